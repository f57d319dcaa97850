"""A process that makes sessions land: `python -m tests.benchmarks.landing ROOT FIRST`.

Reads how many, a number on each line, and says when the last of them was there, by the clock that all
processes of a machine share (seconds). A session's state comes last, by a rename, as launchers write it.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from tests.benchmarks.trees import Place, make_session

STATE = "session_state.json"


def land(root: Path, place: Place) -> float:
    """One session; when its state was there."""
    directory, aside = root / place.path, root / f".{place.number}"
    directory.parent.mkdir(exist_ok=True)
    make_session(aside, place)
    state = aside / STATE
    state.rename(root / f".{STATE}")
    aside.rename(directory)
    (root / f".{STATE}").rename(directory / STATE)
    return time.monotonic()


def main(root: Path, first: int) -> None:
    """Until there is no more line."""
    for line in sys.stdin:
        until = first + int(line)
        landed = [land(root, Place(number)) for number in range(first, until)]
        first = until
        sys.stdout.write(f"{landed[-1]}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
