"""The small JSON files beside a saved state: `session.json` and those in `launcher_metadata/`.

One idea: they are for people and for other programs, and advisory to us. They are written plainly, as any
JSON reader expects them, and read leniently: what is missing, torn or of another shape is simply not known.

Not for the saved state itself, which `persistence.store` alone touches.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from persistence.codec import encode
from persistence.errors import StateError
from persistence.files.durable import write_file
from persistence.files.reading import read_file
from persistence.values.json_writing import write as json_text
from persistence.values.whole import encode_attribute

SESSION = "session.json"
METADATA = "launcher_metadata"
END_STATE = "end_state.json"
DEBUG_STATE = "debug_state.json"
WHOSE = (
    "Whose session this is stands in session.json, or in the end state; subject_id says it where neither "
    "names a subject. A resumed run is for the subject that is typed then."
)
"""What is said where somebody changes the subject that a saved state names."""
_LIMIT = 4 * 1024 * 1024  # bytes; a debug state may hold a launcher's whole output
_STARTED = ("session_start_time", "start_time", "started_at")
_FOLDER_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})_(\d{2})-(\d{2})(?:-(\d{2}))?")
_FOLDER_DATE = re.compile(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)|(?<!\d)20\d{6}[_T-]\d{4}(?:\d{2})?(?!\d)")
"""A date alone, or one without dashes where a time follows: eight digits alone may be an animal."""
_NUMBERED = re.compile(r"[^\d_]+_\d+[^\W\d_]?(?=_|$)")


def write(path: Path, content: Mapping[str, object]) -> None:
    """Replace the file by `content`; what JSON lacks (dates, paths) goes in as text. Raises OSError."""
    text = json.dumps(_with_text_keys(content), indent=2, ensure_ascii=False, default=str)
    write_file(path, text.encode("utf-8", "backslashreplace") + b"\n")


def _with_text_keys(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(key): _with_text_keys(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_with_text_keys(item) for item in value]
    return value


def readable(
    values: Mapping[str, object], serializers: Mapping[str, Callable[[Any], object] | None]
) -> dict[str, object]:
    """Any values as JSON: as a state file has them where it can, else by their `repr`."""
    found: dict[str, object] = {}
    for name, value in values.items():
        try:
            serializer = serializers.get(name)
            told = encode_attribute(value) if serializer is None else encode(serializer(value))
            found[str(name)] = json.loads(json_text(told))
        except Exception:  # noqa: BLE001 - a value's own code may raise anything, here even its repr
            found[str(name)] = _shown(value)
    return found


def _shown(value: object) -> str:
    try:
        return repr(value)
    except Exception:  # noqa: BLE001 - a repr is the value's own code, too
        return f"<{type(value).__name__}>"


def read(path: Path | str) -> dict[str, object]:
    """The JSON object in the file, or an empty one when there is none to be had. Never raises."""
    try:
        data = read_file(path, limit=_LIMIT)
        found = _decode(data.decode()) if data[:1] == b"{" else json.loads(data)  # which finds the encoding
    except (OSError, StateError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


_decode = json.JSONDecoder().decode  # `json.loads` asks first what it was given


class About(NamedTuple):
    """Whom a session is about, when it began (local ISO time) and on which rig, as its files tell; "" where
    they do not.
    """

    subject: str = ""
    started: str = ""
    rig: str = ""
    by_metadata: bool = False
    """Whether `launcher_metadata` was looked into."""


def about(directory: Path | str, may_hold: Callable[[str], bool] = lambda _name: True) -> About:
    """What `session.json` says; without it the subject by the end state, the start by the directory's name.

    `may_hold` says of a name in the directory whether it is worth looking for.
    """
    session = read(f"{directory}{os.sep}{SESSION}") if may_hold(SESSION) else {}
    started = _first_text(session, _STARTED)
    subject = _subject_in(session)
    if by_metadata := not subject and may_hold(METADATA):
        subject = _subject_in(read(os.path.join(directory, METADATA, END_STATE)))
    started = started or started_in_name(os.path.basename(directory))
    return About(subject, started, _said_in(session, "rig_id"), by_metadata)


def _subject_in(found: Mapping[str, object]) -> str:
    return _said_in(found, "subject_id")


def _said_in(found: Mapping[str, object], key: str) -> str:
    inner = found.get("session_info")  # as older launchers nest it
    return _text(found.get(key)) or (_text(inner.get(key)) if isinstance(inner, dict) else "")


def subject_in_name(name: str) -> str:
    """Whom a session directory's name is about: what stands before its date, such as `mouse_12`, or behind it
    where it comes first; without a date its first part, with the number behind a word (`mouse_12_training`).
    """
    found = _FOLDER_TIME.search(name) or _FOLDER_DATE.search(name)
    if not found:
        numbered = _NUMBERED.match(name)
        return numbered[0] if numbered else name.partition("_")[0]
    return name[: found.start()].rstrip("_-") or name[found.end() :].strip("_-")


def started_in_name(name: str) -> str:
    """The time in a name such as `764521_2026-11-23_14-05-00`, in ISO format; "" without one."""
    found = _FOLDER_TIME.search(name)
    if not found:
        return ""
    return f"{found[1]}T{found[2]}:{found[3]}:{found[4] or '00'}"


def crash_of(directory: Path) -> str:
    """The error that the launcher's debug state tells ("ValueError: no camera"), or an empty text."""
    found = read(directory / METADATA / DEBUG_STATE)
    info = found.get("crash_info")
    if isinstance(info, dict) and _text(info.get("exception_type")):
        message = _text(info.get("message"))
        return f"{info['exception_type']}: {message}" if message else str(info["exception_type"])
    return _text(found.get("exception"))


def _first_text(found: Mapping[str, object], keys: Iterable[str]) -> str:
    for key in keys:
        if text := _text(found.get(key)):
            return text
    return ""


def _text(value: object) -> str:
    """A text or a number as text; a subject is often written as a number."""
    if isinstance(value, str):
        return value
    return str(value) if type(value) in (int, float) else ""
