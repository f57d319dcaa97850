"""Rows of the catalog: finding and reading all sessions of a tree, against `find` for their files.

One idea: the reference knows names only, and is the least that anybody can do who wants to be sure. Ours
reads each session, or knows that it need not; both on a warm disk, in turns.

Not for: showing what was found (`tests.benchmarks.session_list`).
"""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

from app.garbage import spare_what_is_there
from app.listing.index import Index
from app.listing.ledger import Ledger
from app.listing.walk import THREADS, Walk
from app.right_of_way import TURN_SECONDS
from persistence.scan import find_sites, glance
from persistence.store import STATE_FILE
from tests.benchmarks import delays
from tests.benchmarks.figures import Terms
from tests.benchmarks.race import Contender, Field, Race
from tests.benchmarks.trees import make_tree, standing_tree

CHECKOUT = Path(__file__).resolve().parents[2]
SESSIONS = 100_000
FAR = 5000
"""Sessions on another computer: a hundred thousand would take an hour with one thread."""


def walked(root: Path, cache: Path | None = None, *, threads: int = 1) -> int:
    """A whole look at a tree, as the window takes it; how many sessions it met.

    What is new is told before it is written into the index, which is not waited for.
    """
    index = Index(cache, str(root))
    ledger = Ledger(index, str(root))
    walk, ended = Walk(str(root), ledger, lambda: False, threads), False
    for _ in ledger.remember():
        pass
    while not ended:
        _, ended = walk.piece(1.0, 1000)
    walk.end()
    index.close()
    return len(walk.seen)


def fill(root: Path, cache: Path) -> None:
    """Let the index know all sessions of a tree."""
    ledger = Ledger(Index(cache, str(root)), str(root))
    for site in find_sites(root):
        ledger.survey(site)
    ledger.close()


def program(name: str, *arguments: str, root: Path, also: str = "") -> Contender:
    """Another program, where it is installed; `also`: the name that it has on other systems."""
    found = shutil.which(name) or shutil.which(also)
    if found is None:
        return Contender(name, None)
    command = [found, *arguments]
    return Contender(name, lambda: subprocess.run(command, cwd=root, stdout=subprocess.DEVNULL, check=True))


def find(root: Path) -> Contender:
    """The reference."""
    named = program("find", ".", "-name", STATE_FILE, root=root)
    return Contender(f"`find ROOT -name {STATE_FILE}`", named.work)


def local(work: Callable[[Path, Path], object], terms: Terms, ends: ExitStack) -> Field:
    """On a disk of this computer. The cache is filled before it is timed."""
    ends.enter_context(as_in_the_window())
    ends.enter_context(compiled(terms.directory / "compiled"))
    root, cache = standing_tree(terms, terms.shrunk(SESSIONS)), terms.directory / "cache"
    time.sleep(0 if terms.shrink > 1 else 3)  # files of a moment ago have no signature yet
    fill(root, cache)
    others = [
        program("fd", "--unrestricted", "--glob", STATE_FILE, root=root, also="fdfind"),
        program("rg", "--files", "--no-ignore", "--hidden", root=root),
    ]
    return Field(find(root), [Contender("", partial(work, root, cache))], others)


@contextmanager
def as_in_the_window() -> Iterator[None]:
    """Let threads take turns, and Python collect what is left in cycles, as the window has it."""
    turn, thresholds = sys.getswitchinterval(), gc.get_threshold()
    spare_what_is_there()
    sys.setswitchinterval(TURN_SECONDS)
    try:
        yield
    finally:
        sys.setswitchinterval(turn)
        gc.set_threshold(*thresholds)


@contextmanager
def compiled(folder: Path) -> Iterator[None]:
    """Let our programs find their modules compiled, as they are where they are installed."""
    usual = dict(os.environ)
    os.environ["PYTHONPYCACHEPREFIX"] = str(folder)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    try:
        subprocess.run([sys.executable, "-P", "-c", "import app.listing.scout"], check=True)
        yield
    finally:
        os.environ.clear()
        os.environ.update(usual)


def far(terms: Terms, ends: ExitStack) -> Field:
    """On another computer, where each call takes its time."""
    root = terms.directory / "root"
    make_tree(root, terms.shrunk(FAR))
    ends.enter_context(as_in_the_window())
    ends.enter_context(compiled(terms.directory / "compiled"))
    ends.enter_context(delayed(terms.directory / "delayed"))
    alone = Contender("one thread", partial(with_one_thread, root))
    together = Contender("", partial(walked, root, threads=THREADS))
    return Field(alone, [together], [])


def with_one_thread(root: Path) -> int:
    """A whole look by one thread of one program."""
    return sum(glance(site, str(root)) is not None for site in find_sites(root))


@contextmanager
def delayed(folder: Path) -> Iterator[None]:
    """Let each call of the system that a network would answer take half a millisecond: here, and in programs
    that are started meanwhile, by a module in `folder` that Python reads first.
    """
    sound, usual = delays.slow_down(), dict(os.environ)
    folder.mkdir()
    (folder / "sitecustomize.py").write_text("from tests.benchmarks import delays\ndelays.slow_down()\n")
    os.environ["PYTHONPATH"] = os.pathsep.join((str(folder), str(CHECKOUT)))
    try:
        yield
    finally:
        for name, call in sound.items():
            setattr(os, name, call)
        os.environ.clear()
        os.environ.update(usual)


FIRST = (
    "every session is a walk into its folder, two files opened and read, an outline of some thirty lines in"
    " Python and a hash of the bytes; the reference opens no file."
)
ROWS = (
    Race(
        "first-listing",
        "first listing of 100,000 sessions, each read",
        1.0,
        partial(local, lambda root, _cache: walked(root)),
        pieces=1,
        shortfall=FIRST,
    ),
    Race(
        "next-start",
        "next start: 100,000 sessions listed and compared with the disk",
        0.5,
        partial(local, walked),
        pieces=1,
        shortfall="times and sizes of three names are asked for each session, which `find` does not ask, and"
        " all that was known of each is made anew from the index.",
    ),
    Race("far-listing", "first listing of another computer's sessions (0.5 ms a call)", 0.1, far, pieces=1),
)
