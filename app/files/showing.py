"""How each system is asked to show a file or folder, marked, in its file manager. Pure.

One idea: a file manager is told a name and shows it; nothing is ever opened, so that a folder or file that
became something else meanwhile cannot be run. Commands are lists of arguments, and no shell reads them.

Not for starting them (`beside.file_manager`).
"""

from __future__ import annotations

import ntpath
import posixpath
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

_UNRESERVED = "/-._~"  # D-Bus's own tool takes a comma as the end of a name
_ASKING = (
    "--session",
    "--print-reply",
    "--reply-timeout=5000",
    "--dest=org.freedesktop.FileManager1",
    "/org/freedesktop/FileManager1",
    "org.freedesktop.FileManager1.ShowItems",
)


@dataclass(frozen=True, slots=True)
class ShowCommand:
    """One command. `tells`: its exit code says whether it was done; else it goes on by itself."""

    command: tuple[str, ...]
    tells: bool = False


def show_commands(
    path: str, platform: str, find: Callable[[str], str | None], variables: Mapping[str, str]
) -> tuple[ShowCommand, ...]:
    """The ways to show an absolute path, the best first. `find` says where a program is (None: nowhere),
    `platform` is `sys.platform`, `variables` are those of the environment.
    """
    if platform == "win32":
        explorer = ntpath.join(variables.get("SYSTEMROOT", "C:\\Windows"), "explorer.exe")
        return (ShowCommand((explorer, "/select,", ntpath.normpath(path))),)
    if platform == "darwin":
        return (ShowCommand(("/usr/bin/open", "-R", path), tells=True),)
    return tuple(_freedesktop(path, find))


def _freedesktop(path: str, find: Callable[[str], str | None]) -> list[ShowCommand]:
    """The file manager over D-Bus, which marks what it shows; else the folder around, by xdg-open."""
    found: list[ShowCommand] = []
    if asking := _absolute(find("dbus-send")):
        found.append(ShowCommand((asking, *_ASKING, f"array:string:{uri(path)}", "string:"), tells=True))
    if opening := _absolute(find("xdg-open")):
        # With the slash it is a folder, or nothing.
        found.append(ShowCommand((opening, posixpath.join(posixpath.dirname(path), ""))))
    return found


def uri(path: str) -> str:
    """A path of this system as other programs take it; bytes that are no text stay what they are."""
    return "file://" + quote(path.encode("utf-8", "surrogateescape"), safe=_UNRESERVED)


def _absolute(program: str | None) -> str:
    """Nothing for a program that would be found only from where one happens to be."""
    return program if program and posixpath.isabs(program) else ""
