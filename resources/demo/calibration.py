"""A launcher with 1,500 attributes: three for each channel of an amplifier.

Run as `python -m resources.demo.calibration --param_file FILE [--seconds S]`.
"""

from __future__ import annotations

import sys

from resources.demo.rig import RigLauncher, run

CHANNELS = 500


class CalibrationLauncher(RigLauncher):
    """Calibrates an amplifier channel by channel."""

    def __init__(self, param_file: str | None = None, rig_config_path: str | None = None) -> None:
        super().__init__(param_file, rig_config_path)
        for channel in range(1, CHANNELS + 1):
            setattr(self, f"channel_{channel:03d}_gain", 1 + channel % 7 / 100)
            setattr(self, f"channel_{channel:03d}_offset_uv", -channel % 13)
            setattr(self, f"channel_{channel:03d}_usable", channel % 50 != 0)


if __name__ == "__main__":
    sys.exit(run(CalibrationLauncher))
