"""The folder of one run: its output, its parameters, the launcher's report, and what was started.

One idea: all that a later window needs to find a run again stands in files beside its output, written before
and right after the start. A folder is kept for a month, and never removed while its run lives. Touches the
disk. Not for whether a run lives (`process_group`), nor for what its report means (`run_report`).
"""

import json
import re
import secrets
import shutil
import socket
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta
from pathlib import Path

from persistence.errors import StateError
from persistence.files.durable import write_file
from persistence.files.reading import read_file

RUNS, OUTPUT, REPORT, RECORD = "runs", "output.log", "report.json", "run.json"
KEPT = timedelta(days=30)
MOST_READ = 500
_SIZE_LIMIT = 1 << 20
_KEY = re.compile(r"(\d{4}-\d{2}-\d{2}_\d{2}-\d{2}-\d{2})_[0-9a-f]{6}")


@dataclass(frozen=True, slots=True)
class RunRecord:
    """What was started: on which session, by which command. `pid` is 0 until the process is there.

    `began` tells the process from a later one of its number (`process_group.began_at`); `host` is this
    computer. `state` and `note` say how it ended, and are empty as long as no window has seen that. `user`
    resumed; empty where that was not written down.
    """

    key: str
    directory: str
    namespace: str
    command: tuple[str, ...]
    host: str
    pid: int = 0
    began: str = ""
    state: str = ""
    note: str = ""
    user: str = ""


def new_key(now: datetime) -> str:
    """A name for a run, by which runs sort in the order of their starts."""
    return f"{now:%Y-%m-%d_%H-%M-%S}_{secrets.token_hex(3)}"


def begun_at(key: str) -> str:
    """When a run was started, by its name: a local time in ISO format; empty for another name."""
    match = _KEY.fullmatch(key)
    return f"{match[1][:10]}T{match[1][11:].replace('-', ':')}" if match else ""


def this_computer() -> str:
    """As running markers and records name it."""
    return socket.gethostname()


def write_record(folder: Path, record: RunRecord) -> None:
    """Write it down, whole or not at all. Raises OSError."""
    text = json.dumps(asdict(record), indent=2, ensure_ascii=True)
    write_file(folder / RECORD, text.encode("ascii") + b"\n")


def read_record(folder: Path) -> RunRecord | None:
    """What was started there; None for a folder that holds no run."""
    try:
        found = json.loads(read_file(folder / RECORD, limit=_SIZE_LIMIT))
        known = {one.name: found[one.name] for one in fields(RunRecord) if one.name != "user"}
        user = found.get("user", "")  # older windows did not write it down
        record = RunRecord(**{**known, "command": tuple(known["command"]), "user": user})
    except (OSError, StateError, ValueError, RecursionError, TypeError, KeyError):
        return None
    named = (record.key, record.directory, record.namespace, record.host, record.began)
    texts = (*named, record.state, record.note, record.user, *record.command)
    well = type(record.pid) is int and all(isinstance(text, str) for text in texts)
    return record if well and record.key == folder.name else None


def records_in(runs: Path) -> Iterator[RunRecord]:
    """The newest runs of this computer, oldest first."""
    for folder in _folders_in(runs)[-MOST_READ:]:
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
    match = _KEY.fullmatch(name)
    if match is None:
        return False
    try:
        datetime.strptime(match[1], "%Y-%m-%d_%H-%M-%S")
    except ValueError:
        return False
    return True
