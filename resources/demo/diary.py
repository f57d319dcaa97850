"""A launcher that keeps one value of every type that Rigstate saves, and names in several scripts.

Run as `python -m resources.demo.diary --param_file FILE [--seconds S]`.
"""

from __future__ import annotations

import sys
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from uuid import UUID

from resources.demo.rig import RigLauncher, run

NEW_YORK_IN_WINTER = timezone(timedelta(hours=-5))


class DiaryLauncher(RigLauncher):
    """Trains an animal over weeks and writes everything down."""

    def __init__(self, param_file: str | None = None, rig_config_path: str | None = None) -> None:
        super().__init__(param_file, rig_config_path)
        self.experimenter = "Zoë Ångström-Núñez"
        self.animal_name = "さくら 🐭"
        self.größe_mm = 82.5
        self.note = "<b>not bold</b> & 5 < 6\nsecond line, with a \ttab and “quotes”"
        self.right_to_left = "תא 7, العينة"
        self.weighed_at = datetime(2026, 11, 23, 14, 29, 51, 204618, timezone(timedelta(hours=1)))
        self.shipped_at = datetime(2026, 3, 8, 1, 30, 0, 1, NEW_YORK_IN_WINTER)
        self.born_on = date(2026, 6, 1)
        self.lights_off = time(19, 30)
        self.fasted_for = timedelta(hours=21, microseconds=500)
        self.weights_g = [(date(2026, 11, 20), 24.1), (date(2026, 11, 21), 23.9)]
        self.implants = {"left", "right"}
        self.checked_channels = frozenset({1, 2, 3, 5, 8})
        self.calibration = b"\x00\x01\xfe\xff"
        self.transfer_function = 0.5 - 1.25j
        self.dose_mg = Decimal("0.1250")
        self.implant_id = UUID("6f1c1f5e-0d57-4a44-9df5-4b1c6f2a9e10")
        self.video = Path("/data/ビデオ/2026-11-23.mp4")
        self.spout_position_mm = float("nan")
        self.photons = 12345678901234567890123456789
        self.by_day = {1: "habituation", 2: "habituation", 3: "training"}
        self.vet_visit: datetime | None = None


if __name__ == "__main__":
    sys.exit(run(DiaryLauncher))
