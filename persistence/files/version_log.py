"""The log of a history: one line of JSON for each version, which tells who made it, when and why.

One idea: the log is advice. Whatever of it can be read is used, and nothing is wrong when it cannot: a torn
last line, a line of nonsense or no log at all only leave versions unexplained.

Not for: numbers and bytes of versions, which come from the files beside it (`files.history`).
"""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from persistence.errors import Damaged, Refused
from persistence.files import durable, opening, reading
from persistence.values.json_text import JSON, parse
from persistence.values.json_writing import write

FOLDER = ".session_state_history"
LOG = "log.jsonl"
FOREIGN = "foreign"
"""The action of a version of which nothing else is known: whoever wrote it has left no line."""
Clock: TypeAlias = Callable[[], dt.datetime]
"""What tells the local time, naive: this computer's, or that of a simulated rig."""
TAIL_BYTES = 16384
"""How much of the log's end is read to find its last line; a line is about 300 bytes."""

_BEGINNING = re.compile(rb'\{"sequence": (\d{1,9}),')
"""Of a line as we write it."""
_FIELDS = ("time", "who", "program", "action", "etag_before", "etag", "note")


@dataclass(frozen=True)
class Version:
    """One content that a state file had.

    `time` is local and naive, ISO. `available`: its bytes can be had. `current`: it is the live file.
    """

    sequence: int
    time: str
    who: str
    program: str
    action: str
    etag: str
    etag_before: str
    note: str = ""
    available: bool = False
    current: bool = False


def local_time(seconds: float | None = None) -> str:
    """Now, or seconds since the epoch, as local naive ISO text with microseconds.

    "" for a time that no calendar has.
    """
    try:
        moment = dt.datetime.now() if seconds is None else dt.datetime.fromtimestamp(seconds)
    except (ValueError, OverflowError, OSError):  # of a file: it is shown, and decides nothing
        return ""
    return moment.isoformat(timespec="microseconds")


def tail(directory: Path, limit: int = TAIL_BYTES) -> tuple[Version, ...]:
    """The last log lines of a session directory, oldest first, from the last `limit` bytes and nothing else.

    Cheap, for lists. `available` and `current` are not looked up. Empty where there is no readable log.
    """
    try:
        return tuple(lines_in(reading.read_end(directory / FOLDER / LOG, limit)))
    except (OSError, Refused):
        return ()


def lines_in(data: bytes) -> Iterator[Version]:
    """The versions that log lines tell of; a torn line (the last, the first of an excerpt) tells of none."""
    return (version for line in data.split(b"\n") if (version := _version(line)) is not None)


def lines_about(data: bytes, sequences: Container[int]) -> Iterator[Version]:
    """The versions of these numbers, as `lines_in` tells them; the lines of others are not looked into."""
    for line in data.split(b"\n"):
        found = _BEGINNING.match(line)
        if found is None or int(found[1]) in sequences:
            version = _version(line)
            if version is not None and version.sequence in sequences:
                yield version


def last_line_in(data: bytes) -> Version | None:
    """The last whole line, without looking at those before it."""
    found = (_version(line) for line in reversed(data.split(b"\n")))
    return next((version for version in found if version is not None), None)


def _version(line: bytes) -> Version | None:
    try:
        said = parse(line)
    except Damaged:
        return None
    if not isinstance(said, dict):
        return None
    sequence = said.get("sequence")
    texts = {name: text for name in _FIELDS if isinstance(text := said.get(name, ""), str)}
    if type(sequence) is not int or not 0 < sequence < 10**9 or len(texts) < len(_FIELDS):
        return None
    return Version(
        sequence,
        texts["time"],
        who=texts["who"],
        program=texts["program"],
        action=texts["action"],
        etag=texts["etag"],
        etag_before=texts["etag_before"],
        note=texts["note"],
    )


def _line(version: Version) -> str:
    said: dict[str, JSON] = {"sequence": version.sequence}
    said.update({name: getattr(version, name) for name in _FIELDS})
    return write(said) + "\n"


def _without_torn_end(descriptor: int) -> bytes:
    """Cut a torn last line off the log, and return what must come before the next line."""
    size = os.fstat(descriptor).st_size
    os.lseek(descriptor, max(0, size - TAIL_BYTES), os.SEEK_SET)
    _, newline, torn = os.read(descriptor, TAIL_BYTES).rpartition(b"\n")
    if not torn:
        return b""
    if _version(torn) is not None or (not newline and size > TAIL_BYTES):
        return b"\n"  # whole but for its end (somebody's editor), or nothing that we could cut at
    os.ftruncate(descriptor, size - len(torn))
    return b""


def append(path: Path, versions: Iterable[Version]) -> None:
    """Add lines to the log; all of them or, when that fails with an OSError, none."""
    text = "".join(map(_line, versions)).encode("utf-8")
    descriptor = opening.open_shared(path, os.O_APPEND)
    try:
        text = _without_torn_end(descriptor) + text
        size = os.fstat(descriptor).st_size
        try:
            durable.write_all(descriptor, text)
        except OSError:
            os.ftruncate(descriptor, size)
            raise
    finally:
        os.close(descriptor)


OPERATOR = "RIGSTATE_OPERATOR"
"""In the environment of what a window started: the name of who did, where that is known."""


def signer() -> str:
    """In whose name something is saved, where nobody says otherwise: that of who started this program from a
    window, else of the account. Several people share the account of a rig.
    """
    return os.environ.get(OPERATOR) or account()


def account() -> str:
    """The name of the account, which signs a line for people to read; "" where it has none. root is nobody's
    name: whoever asked for its rights is one person with and without them.
    """
    name = _account()
    asked = (os.environ.get("SUDO_USER") or os.environ.get("DOAS_USER")) if name == "root" else ""
    return asked or name


def _account() -> str:
    for name in ("LOGNAME", "USER", "USERNAME"):
        if os.environ.get(name):
            return os.environ[name]
    try:
        import pwd

        return pwd.getpwuid(os.getuid()).pw_name
    except (ImportError, KeyError):  # Windows; an account without a name, as in containers
        return ""
