"""A run that was resumed on a command line, written down where windows look for what was resumed.

One idea: a new session that lies where nobody watches can tell no window what it came from, so the run does,
as one that a window started would; no animal is resumed twice because somebody typed instead of pressing a
button. Written when the run is over: while it lasts, the session that it came from is marked as in use.

Nothing depends on it: where it cannot be written, the run was a run all the same.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from persistence.errors import StateError
from persistence.files.durable import write_file
from persistence.files.places import data_directory
from persistence.files.version_log import signer
from persistence.launching.run_record import REPORT, RUNS, RunRecord, new_key, this_computer, write_record

_HAND = "Resumed on a command line."
log = logging.getLogger(__name__)


def write_down(
    directory: Path, report: Path, told: Mapping[str, Any], began: datetime, *, well: bool
) -> None:
    """Note a run on the session in `directory`, as its launcher's `report` told; `well`: it did not fail."""
    key = new_key(began)
    record = RunRecord(
        key, str(directory), str(told.get("namespace") or ""), tuple(sys.orig_argv), this_computer(),
        state="ended" if well else "failed",
        note=f"{_HAND} It has ended." if well else f"{_HAND} The run failed or was stopped.",
        user=signer(),
    )  # fmt: skip
    try:
        folder = data_directory() / RUNS / key
        folder.mkdir(parents=True)
        write_file(folder / REPORT, report.read_bytes())
        write_record(folder, record)
    except (OSError, StateError, RuntimeError, ValueError) as error:
        log.warning("Windows will not be told of this run: %s", error)
