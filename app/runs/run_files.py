"""The folders of all runs: each has the output, the parameters, the launcher's report, and what was started.

One idea: a folder is kept for a month, and never removed while its run lives. What was started is written
down in it before and right after the start (`run_record`). Touches the disk. Not for whether a run lives
(`process_group`), nor for what its report means (`run_report`).
"""

import shutil
from collections.abc import Container, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from persistence.launching.run_record import KEY, RunRecord, read_record, this_computer

OUTPUT = "output.log"
KEPT = timedelta(days=30)
MOST_READ = 500


def records_in(runs: Path, *, but: Container[str] = ()) -> Iterator[RunRecord]:
    """The newest runs of this computer, oldest first, without those of these keys."""
    for folder in _folders_in(runs)[-MOST_READ:]:
        if folder.name in but:
            continue
        record = read_record(folder)
        if record is not None and record.host == this_computer():
            yield record


def remove_old(runs: Path, now: datetime, *, keep: frozenset[str]) -> None:
    """Remove what is older than a month, but for these runs. What cannot be removed stays."""
    for folder in _folders_in(runs):
        begun = datetime.strptime(folder.name[:19], "%Y-%m-%d_%H-%M-%S")
        if now - begun > KEPT and folder.name not in keep:
            with suppress(OSError):
                shutil.rmtree(folder)


def _folders_in(runs: Path) -> list[Path]:
    """Folders that are named like runs of ours, by name; a link is none of them."""
    try:
        found = [entry for entry in runs.iterdir() if _is_key(entry.name)]
    except OSError:
        return []
    return sorted(folder for folder in found if folder.is_dir() and not folder.is_symlink())


def _is_key(name: str) -> bool:
    match = KEY.fullmatch(name)
    if match is None:
        return False
    try:
        datetime.strptime(match[1], "%Y-%m-%d_%H-%M-%S")
    except ValueError:
        return False
    return True
