"""A suite about the suites: take one precaution out of the library, and see which of them notices.

One idea: a proof that cannot fail proves nothing. Each removal is made in a copy of the library, and short
forms of the suites that are named for it run on that copy, one after the other, until one sees it. A removal
that none of them sees has survived, and that is what this suite calls a violation. On a copy from which
nothing was removed the same suites see nothing; else they would not tell anything.

Not for: whether the suites are right about the library as it is; they run on that by themselves.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from tests.proof.removals import REMOVALS, Removal
from tests.proof.suite import Outcome, Suite

CHECKOUT = Path(__file__).resolve().parents[2]
_SECONDS = 900  # for one suite on one removal; one that never ends has noticed, too


def run(rounds: int, directory: Path) -> Outcome:
    """The first so many removals."""
    chosen = REMOVALS[:rounds]
    _copy(untouched := directory / "untouched")
    for name, times in dict.fromkeys(by for removal in chosen for by in removal.seen_by):
        if _notices(name, times, untouched):
            return Outcome(0, (f"{name} sees something missing where nothing is",))
    seen = {
        removal.what: _seen(removal, directory / f"removal{number}") for number, removal in enumerate(chosen)
    }
    survivors = tuple(f"nobody sees that {what} is missing" for what, by in seen.items() if not by)
    counts = [by for by in seen.values() if by]
    told = ", ".join(f"{name} {counts.count(name)}" for name in dict.fromkeys(counts))
    return Outcome(len(chosen), survivors, f"seen by: {told}")


def _seen(removal: Removal, root: Path) -> str:
    """The suite that sees that it is missing; "" for none."""
    _copy_without(removal, root)
    for name, rounds in removal.seen_by:
        if _notices(name, rounds, root):
            return name if rounds else "tests of the ordinary run"
    shutil.rmtree(root)
    return ""


def _copy(root: Path) -> None:
    """A checkout of what the suites need."""
    for folder in ("persistence", "tests"):
        shutil.copytree(
            CHECKOUT / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__", "build")
        )
    for name in ("pyproject.toml", "bootstrap.py"):
        shutil.copy(CHECKOUT / name, root / name)


def _copy_without(removal: Removal, root: Path) -> None:
    """The same, with the library changed."""
    _copy(root)
    path = root / "persistence" / removal.file
    source = path.read_text("utf-8")
    if source.count(removal.old) != 1:
        raise LookupError(f"{removal.file} does not say once what is to be removed: {removal.what}")
    path.write_text(source.replace(removal.old, removal.new), "utf-8")


def _notices(name: str, rounds: int, root: Path) -> bool:
    """Whether a suite finds something broken; one that cannot run here does not."""
    what = ["tests.proof", name, "--rounds", str(rounds)] if rounds else ["pytest", *_QUIETLY, name]
    command = [sys.executable, "-P", "-c", _IN_HERE, str(root), *what]
    try:
        ended = subprocess.run(command, cwd=root, capture_output=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return True
    return ended.returncode == 1


_QUIETLY = ("-q", "-x", "-p", "no:cacheprovider")
# The copy must be found before the checkout, whatever the environment says.
_IN_HERE = """
import runpy, sys
sys.path.insert(0, sys.argv[1])
sys.argv = sys.argv[2:]
runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
"""


SUITE = Suite(
    name="mutation",
    how=(
        "take one precaution out of the library (a sync, the lock, the look at the etag, the reading back,"
        " the spare copy ...) and run the suites on what is left: one of them sees it"
    ),
    unit="removals",
    full=len(REMOVALS),
    short=1,
    run=run,
)
