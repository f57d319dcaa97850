"""Which code a launcher is: its version, and the revision of the git repository that it lies in.

One idea: what is told was read from files that lie there anyway; git itself is never run, nothing is
imported, and what cannot be found out is an empty text. Not for deciding whether two runs had the same code.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import NamedTuple

from persistence.errors import StateError
from persistence.files.reading import read_file

_LIMIT = 16 << 20  # bytes; the packed references of a large repository
_REVISION = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_FURTHEST = 64  # links from one reference to the next


class Revision(NamedTuple):
    """The revision that is checked out, in hexadecimal digits, and the folder that the repository is in."""

    revision: str = ""
    folder: str = ""


def revision_of(folder: str | os.PathLike[str]) -> Revision:
    """What is checked out in the repository that holds `folder`; an empty one where there is none.

    Never raises.
    """
    for place in (Path(folder).absolute(), *Path(folder).absolute().parents):
        git = _git_directory(place)
        if git is not None:
            return Revision(_head_of(git), str(place))
    return Revision()


def _git_directory(place: Path) -> Path | None:
    """`.git` itself, or the directory that a work tree's `.git` file names."""
    git = place / ".git"
    if git.is_dir():
        return git
    text = _text(git)
    return (place / text.removeprefix("gitdir:").strip()) if text.startswith("gitdir:") else None


def _head_of(git: Path) -> str:
    common = git / (_text(git / "commondir") or ".")
    name = "HEAD"
    for _ in range(_FURTHEST):
        text = _text(git / name) or _text(common / name) or _packed(common, name)
        if not text.startswith("ref:"):
            return text if _REVISION.fullmatch(text) else ""
        name = text.removeprefix("ref:").strip()
        if not name.startswith("refs/") or ".." in name:
            return ""
    return ""


def _packed(common: Path, name: str) -> str:
    found = (line.split(" ") for line in _text(common / "packed-refs").splitlines())
    return next((parts[0] for parts in found if len(parts) == 2 and parts[1] == name), "")


def _text(path: Path) -> str:
    try:
        return read_file(path, limit=_LIMIT).decode("utf-8", "replace").strip()
    except (OSError, StateError, ValueError):  # absent, a link, a name that no file can have
        return ""
