"""What was started on a saved state, written down for windows: a record in a folder of its own for each run.

One idea: all that somebody later needs to find a run again, and what came of it, stands in that folder,
whoever started it: a window, or a hand on a command line. Touches the disk. Not for how long folders are kept
(`app.runs.run_files`), nor for the launcher's own report (`resume_request`).
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path

from persistence.errors import StateError
from persistence.files.durable import write_file
from persistence.files.reading import read_file

RUNS, REPORT, RECORD = "runs", "report.json", "run.json"
_SIZE_LIMIT = 1 << 20
KEY = re.compile(r"(\d{4}-\d{2}-\d{2}_\d{2}-\d{2}-\d{2})_[0-9a-f]{6}")


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
    import secrets  # here, because a command line that starts nothing has no use for it

    return f"{now:%Y-%m-%d_%H-%M-%S}_{secrets.token_hex(3)}"


def begun_at(key: str) -> str:
    """When a run was started, by its name: a local time in ISO format; empty for another name."""
    match = KEY.fullmatch(key)
    return f"{match[1][:10]}T{match[1][11:].replace('-', ':')}" if match else ""


def this_computer() -> str:
    """As running markers and records name it."""
    import socket

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
