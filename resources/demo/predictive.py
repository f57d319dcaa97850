"""A launcher as most are: a handful of public attributes of basic types, and one that needs a handler.

Run as `python -m resources.demo.predictive --param_file FILE [--seconds S]`.
"""

from __future__ import annotations

import sys
from datetime import datetime, timedelta, timezone

from resources.demo.rig import Camera, RigLauncher, run


class Protocol:
    """What only this launcher understands, and a handler therefore turns into plain values and back."""

    def __init__(self, name: str, blocks: list[str]) -> None:
        self.name = name
        self.blocks = blocks

    def to_dict(self) -> dict[str, object]:
        return {"name": self.name, "blocks": list(self.blocks)}

    @classmethod
    def from_dict(cls, data: dict[str, object]) -> Protocol:
        blocks = data["blocks"]
        return cls(str(data["name"]), list(blocks) if isinstance(blocks, list) else [])

    def __repr__(self) -> str:
        return f"Protocol({self.name!r}, {self.blocks!r})"


def allowed_volume(microlitres: object) -> object:
    """A reward as it was saved. Raises ValueError for one that no pump of this rig can give."""
    if not isinstance(microlitres, int | float) or not 0 <= microlitres <= 20:
        raise ValueError(f"a reward is 0 to 20 µl, and not {microlitres!r}")
    return microlitres


class PredictiveLauncher(RigLauncher):
    """Sequences of gratings, with rewards."""

    def __init__(self, param_file: str | None = None, rig_config_path: str | None = None) -> None:
        super().__init__(param_file, rig_config_path)
        self.reward_volume_ul = 5.5
        self.register_state_handler("reward_volume_ul", deserializer=allowed_volume)
        self.photodiode_on = True
        self.last_reward_at: datetime | None = None
        self.block_duration = timedelta(0)
        self.custom_settings = {
            "param1": "value1",
            "param2": 42,
            "thresholds": {"lick": 0.35, "running_cm_s": 2.0},
        }
        self.laser_steps_mw = [0.5, 1.0, 2.0, 4.0]
        self.stimulus_order = [f"grating_{(7 * place) % 16:02d}" for place in range(240)]
        self.opto_note: str | None = None
        self.protocol = Protocol("sequence_mismatch", ["habituation", "standard", "oddball"])
        self.register_state_handler(
            "protocol", serializer=lambda protocol: protocol.to_dict(), deserializer=Protocol.from_dict
        )
        # An open device has neither a plain value nor a handler: the state file says so, by name.
        self.camera = Camera()

    def handle_output(self, line: str) -> None:
        if line.startswith("trial ") and line.endswith("hit"):
            now = self.now.astimezone(timezone(timedelta(hours=1)))
            self.block_duration += now - (self.last_reward_at or now)
            self.last_reward_at = now
        super().handle_output(line)


if __name__ == "__main__":
    sys.exit(run(PredictiveLauncher))
