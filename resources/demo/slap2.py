"""A launcher of another rig: two-photon planes, as a list of mappings, and a checkpoint in mid-run.

Run as `python -m resources.demo.slap2 --param_file FILE [--seconds S]`.
"""

from __future__ import annotations

import sys

from resources.demo.rig import RigLauncher, run


class Slap2Launcher(RigLauncher):
    """Images planes while the task runs."""

    def __init__(self, param_file: str | None = None, rig_config_path: str | None = None) -> None:
        super().__init__(param_file, rig_config_path)
        self.laser_power_mw = 18.0
        self.frame_rate_hz = 200
        self.planes = [{"depth_um": -120 - 40 * plane, "roi": (64, 512), "saved": True} for plane in range(6)]
        self.z_drift_um = [0.0, 0.12, 0.31]
        self.objective = "25x 1.05 NA"


if __name__ == "__main__":
    sys.exit(run(Slap2Launcher))
