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
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TypeAlias

from persistence.sessions.site import Site, has_sign, ours_among, own_status, unchanged
from persistence.sessions.summary import Problem, Summary
from persistence.sessions.surveying import Survey, glance, summarize, summary_by, survey

__all__ = [
    "Problem",
    "Site",
    "Summary",
    "Survey",
    "find_sessions",
    "find_sites",
    "find_step_by_step",
    "folders_below",
    "glance",
    "site_at",
    "summarize",
    "summary_by",
    "survey",
    "unchanged",
]

_ON_WINDOWS = os.name == "nt"
_ASK_EVERY = 1000  # entries of one folder
_IN_HAND = 4  # folders for each thread, so that none waits for the next one to be handed out
_MOST_NAMES = 10_000  # of a session's own files; where there are more, each of ours is looked for by its name
_JUNCTION = getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", 0xA0000003)


class _Cancelled(Exception):
    """The caller has lost interest."""


def find_sessions(root: Path, *, cancelled: Callable[[], bool] = lambda: False) -> Iterator[Path]:
    """Every session directory below `root`, itself included; as `find_sites`."""
    return (Path(site.directory) for site in find_sites(root, cancelled=cancelled))


def find_sites(
    root: Path, *, cancelled: Callable[[], bool] = lambda: False, threads: int = 1
) -> Iterator[Site]:
    """Every session below `root`, itself included, as it is found: those of later names first.

    Names mostly hold the date, so what is new is found early. Folders that cannot be read are passed over.
    `cancelled` is asked before each folder, and now and then within a large one. `threads`: so many folders
    are looked into at once, which pays where each look is a question to another computer; then the order is
    theirs.
    """
    steps = find_step_by_step(root, cancelled=cancelled, threads=threads)
    return (site for site in steps if site is not None)


def find_step_by_step(
    root: Path,
    *,
    cancelled: Callable[[], bool] = lambda: False,
    threads: int = 1,
    unlisted: Callable[[str], object] = lambda _folder: None,
    known: Callable[[str], Site | None] = lambda _folder: None,
) -> Iterator[Site | None]:
    """The same, for who has other things to do in between: also None, after folders that are no sessions.

    `unlisted` is told of each folder that is there and cannot be listed, and `known` is asked of each folder
    for the session that it still is, which need not be listed then; both on any of the threads.
    """
    look = partial(_look_unless_known, known=known, cancelled=cancelled, unlisted=unlisted)
    folder = os.fspath(root)
    return _find_together(folder, look, threads) if threads > 1 else _find_alone(folder, look)


_Look: TypeAlias = "Callable[[str], Site | list[str]]"


def _find_alone(root: str, look: _Look) -> Iterator[Site | None]:
    waiting = [root]
    while waiting:
        try:
            found = look(waiting.pop())
        except _Cancelled:
            return
        if isinstance(found, Site):
            yield found
        else:
            waiting.extend(sorted(found))
            yield None


def _find_together(root: str, look: _Look, threads: int) -> Iterator[Site | None]:
    waiting = [root]
    pool = ThreadPoolExecutor(threads, "scan")
    asked: set[Future[Site | list[str]]] = set()
    try:
        while waiting or asked:
            while waiting and len(asked) < _IN_HAND * threads:
                asked.add(pool.submit(look, waiting.pop()))
            done, asked = wait(asked, return_when=FIRST_COMPLETED)
            for found in (one.result() for one in done):
                if isinstance(found, Site):
                    yield found
                else:
                    waiting.extend(sorted(found))
            yield None
    except _Cancelled:
        return
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def site_at(directory: str) -> Site | None:
    """The session that a directory is; None where it is none."""
    found = _look_into(directory, lambda: False, lambda _folder: None)
    return found if isinstance(found, Site) else None


def folders_below(folder: str) -> list[str] | None:
    """The folders in which there may be sessions, as a walk goes through them; None when this is a session.

    Raises OSError where it cannot be listed.
    """
    found = _listed(folder, lambda: False)
    return None if isinstance(found, Site) else found


def _look_unless_known(
    folder: str,
    known: Callable[[str], Site | None],
    cancelled: Callable[[], bool],
    unlisted: Callable[[str], object],
) -> Site | list[str]:
    site = known(folder)
    if site is None:
        return _look_into(folder, cancelled, unlisted)
    if cancelled():
        raise _Cancelled
    return site


def _look_into(
    folder: str, cancelled: Callable[[], bool], unlisted: Callable[[str], object]
) -> Site | list[str]:
    """The session that a folder is, or the folders in it; none where it cannot be listed."""
    try:
        return _listed(folder, cancelled)
    except (FileNotFoundError, NotADirectoryError):  # gone meanwhile
        return []
    except OSError:
        unlisted(folder)
        return []


def _listed(folder: str, cancelled: Callable[[], bool]) -> Site | list[str]:
    """The same; raises OSError."""
    ours: set[str] = set()
    below: list[str] = []
    session, count = False, 0
    own = own_status(folder)
    with os.scandir(folder) as entries:
        while some := list(islice(entries, _ASK_EVERY)):
            if cancelled():
                raise _Cancelled
            ours |= ours_among([entry.name for entry in some])
            session = session or has_sign(ours)
            count += len(some)
            if session and count >= _MOST_NAMES:
                return Site(folder)
            if not session:
                below += [entry.path for entry in some if entry.name[0] != "." and _is_folder(entry)]
    return Site(folder, frozenset(ours), own) if session else below


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        if not entry.is_dir(follow_symlinks=False):
            return False
        return not _ON_WINDOWS or getattr(entry.stat(follow_symlinks=False), "st_reparse_tag", 0) != _JUNCTION
    except FileNotFoundError:
        return False
    except OSError:  # the place of a disk that does not answer: whoever lists it will be told so
        return True
