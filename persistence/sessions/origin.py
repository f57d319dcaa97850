"""Whose a debug state is: the namespace that its session's files tell.

One idea: a debug state rarely says which launcher wrote it, but the files around it do, some more surely
than others. What was saved before under a class's name is surer than the command line, which only tells
which script or module was started. Where the surest leaves several, nothing is chosen.

Not for: reading these files, and not for importing what they name; a namespace is text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PureWindowsPath

from persistence.sessions.session_files import DEBUG_STATE, SESSION

_BEFORE = "what was saved before"


@dataclass(frozen=True)
class Origin:
    """The namespaces that it may be, none when nothing tells; by what they are known; the class's name."""

    namespaces: tuple[str, ...]
    told_by: str
    class_name: str


def origin_of(
    debug: Mapping[str, object],
    *,
    session: Mapping[str, object],
    command_line: Mapping[str, object],
    known: Sequence[str],
) -> Origin:
    """Whose `debug` is, as far as it, `session.json`, the command line and the `known` namespaces tell."""
    own_name = _text(debug.get("launcher_class")) or _text(debug.get("launcher"))
    module = _text(debug.get("launcher_module"))
    name = own_name or _text(session.get("launcher"))
    if own_name and module:
        return Origin((f"{module}.{own_name}",), DEBUG_STATE, name)
    by = DEBUG_STATE if own_name else SESSION
    alike = tuple(dict.fromkeys(one for one in known if not name or one.rpartition(".")[2] == name))
    if alike:
        return Origin(alike, f"{by} and {_BEFORE}" if name else _BEFORE, name)
    module = _module_in(command_line)
    if name and module:
        return Origin((f"{module}.{name}",), f"{by} and the command line", name)
    return Origin((), "", name)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _module_in(command_line: Mapping[str, object]) -> str:
    """The `-m` name, else the script's stem, as `launching.namespaces` has it of a `__main__`."""
    arguments, original = (_texts(command_line.get(key)) for key in ("arguments", "original_arguments"))
    script = arguments[0] if arguments else ""
    before = original[: len(original) - len(arguments) + 1] if arguments else original
    if "-m" in before[:-1]:
        return before[before.index("-m") + 1].removesuffix(".__main__")
    path = PureWindowsPath(script)  # takes the slashes of both systems
    if script.startswith("-"):
        return ""
    return path.parent.stem if path.stem == "__main__" else path.stem


def _texts(value: object) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
