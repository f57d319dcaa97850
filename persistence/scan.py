"""Finding sessions below a folder.

One idea: a directory is a session when one of a few names stands in it, and below a session there is none.
So the walk looks at names alone and opens no file. It follows no link and no Windows junction, hence there
are no loops and nothing outside the root; folders whose names begin with a dot (snapshots, waste baskets) are
left out.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from persistence.sessions.site import Site, has_sign, has_signature, ours_among, own_status
from persistence.sessions.summary import Problem, Summary
from persistence.sessions.surveying import Survey, glance, problem_by, summarize, summary_by, survey

__all__ = [
    "Cancelled",
    "Problem",
    "Site",
    "Summary",
    "Survey",
    "find_sessions",
    "find_sites",
    "folders_below",
    "glance",
    "has_signature",
    "look_into",
    "problem_by",
    "site_at",
    "summarize",
    "summary_by",
    "survey",
]

_ON_WINDOWS = os.name == "nt"
_ASK_EVERY = 1000  # entries of one folder
_MOST_NAMES = 10_000  # of a session's own files; where there are more, each of ours is looked for by its name
_JUNCTION = getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", 0xA0000003)


class Cancelled(Exception):
    """The caller has lost interest."""


def find_sessions(root: Path, *, cancelled: Callable[[], bool] = lambda: False) -> Iterator[Path]:
    """Every session directory below `root`, itself included; as `find_sites`."""
    return (Path(site.directory) for site in find_sites(root, cancelled=cancelled))


def find_sites(
    root: Path,
    *,
    cancelled: Callable[[], bool] = lambda: False,
    unlisted: Callable[[str], object] = lambda _folder: None,
) -> Iterator[Site]:
    """Every session below `root`, itself included, as it is found: those of later names first.

    Names mostly hold the date, so what is new is found early. Folders that cannot be listed are passed over;
    `unlisted` is called with each. `cancelled` is asked before each folder, and now and then within a large
    one.
    """
    waiting = [os.fspath(root)]
    while waiting:
        folder = waiting.pop()
        try:
            found = look_into(folder, cancelled)
        except Cancelled:
            return
        if isinstance(found, Site):
            yield found
        elif found is None:
            unlisted(folder)
        else:
            waiting.extend(found)


def site_at(directory: str) -> Site | None:
    """The session that a directory is; None where it is none."""
    found = look_into(directory)
    return found if isinstance(found, Site) else None


def folders_below(folder: str) -> list[str] | None:
    """The folders in which there may be sessions, as a walk goes through them; None when this is a session.

    Raises OSError where it cannot be listed.
    """
    found = _listed(folder, lambda: False, ())
    return None if isinstance(found, Site) else found


def look_into(
    folder: str, cancelled: Callable[[], bool] = lambda: False, *, to_be_signed: bool = True
) -> Site | list[str] | None:
    """The session that a folder is, or the folders in it, by name; None where it is there and cannot be
    listed. One that is not `to_be_signed` can have no signature, and is had a little sooner.

    Raises Cancelled when `cancelled`, which is asked now and then, says so.
    """
    try:
        found = _listed(folder, cancelled, own_status(folder) if to_be_signed else ())
    except (FileNotFoundError, NotADirectoryError):  # gone meanwhile
        return []
    except OSError:
        return None
    return found if isinstance(found, Site) else sorted(found)


def _listed(folder: str, cancelled: Callable[[], bool], own: tuple[int, ...]) -> Site | list[str]:
    """The same; `own` is the folder's own status. Raises OSError."""
    ours: frozenset[str] = frozenset()
    below: list[str] = []
    session, count = False, 0
    with os.scandir(folder) as entries:
        while some := list(islice(entries, _ASK_EVERY)):
            if cancelled():
                raise Cancelled
            ours |= ours_among([entry.name for entry in some])
            session = session or has_sign(ours)
            count += len(some)
            if session and count >= _MOST_NAMES:
                return Site(folder)
            if not session:
                below += [entry.path for entry in some if entry.name[0] != "." and _is_folder(entry)]
    return Site(folder, ours, own) if session else below


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        if not entry.is_dir(follow_symlinks=False):
            return False
        return not _ON_WINDOWS or getattr(entry.stat(follow_symlinks=False), "st_reparse_tag", 0) != _JUNCTION
    except FileNotFoundError:
        return False
    except OSError:  # the place of a disk that does not answer: whoever lists it will be told so
        return True
