"""How a session's launcher was started, as its own record tells: text for a person to look at and correct.

One idea: what a session says is never started and never made an entry by itself; it only saves typing. What
could not be read part by part (control characters, too long, a text that turns the direction of writing) is
not even offered. Touches the disk. Not for judging whether an entry can be started (`registry`, `commands`).
"""

from collections.abc import Mapping
from pathlib import Path, PureWindowsPath

from app.launchers.arguments import PLACEHOLDER
from app.resume_exchange import EntryText
from app.session import holds
from app.values.fit_text import escaped
from persistence.sessions import session_files

RECORD = "command_line_arguments.json"
_MOST_PARTS = 60
_LONGEST = 1000  # characters of one part


def prefilled(session: str, namespace: str) -> EntryText:
    """The record of the session as an entry; an empty one where there is none that could be shown."""
    told = session_files.read(Path(session) / session_files.METADATA / RECORD)
    command = _command(told)
    if not command:
        return EntryText(namespace)
    cwd = _text(told, "working_directory")
    return EntryText(
        namespace,
        python=_text(told, "python_executable"),
        command=command,
        cwd="" if holds(session, cwd) else cwd,
        from_record=True,
    )


def _command(told: Mapping[str, object]) -> tuple[str, ...]:
    """Its arguments, the program and the parameter file replaced by what stands for them."""
    parts = _parts(told.get("original_arguments"))[1:] or _parts(told.get("arguments"))
    if not parts:
        return ()
    own = _text(told, "original_param_file")
    return ("{python}", *("{param_file}" if own and _same(part, own) else _plain(part) for part in parts))


def _parts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not 0 < len(value) <= _MOST_PARTS:
        return ()
    return tuple(value) if all(_is_readable(part) for part in value) else ()


def _is_readable(part: object) -> bool:
    return isinstance(part, str) and len(part) <= _LONGEST and escaped(part) == part


def _plain(part: str) -> str:
    """A record has no placeholders: what looks like one must not become one unseen."""
    return PLACEHOLDER.sub(r"(\1)", part)


def _same(one: str, other: str) -> bool:
    return PureWindowsPath(one) == PureWindowsPath(other)


def _text(told: Mapping[str, object], key: str) -> str:
    value = told.get(key)
    return value if isinstance(value, str) and _is_readable(value) else ""
