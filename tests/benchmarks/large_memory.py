"""A process that opens a large state and says what memory that took.

``python -m tests.benchmarks.large_memory ROOT OWN SECONDS``: the window over a folder with one large session,
after so many seconds in which the list judges it. It prints what the process has more than before, in sizes
of the file, as JSON.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from pathlib import Path

from persistence.store import STATE_FILE
from tests.benchmarks.large_states import BIG
from tests.benchmarks.large_window import large_window

_TABLE = Path("/proc/self/statm")
_PAGE = resource.getpagesize()
_UNIT = 1 if sys.platform == "darwin" else 1024  # of what the system tells of the most that there was


def taken() -> int:
    """Bytes of memory that this process has; where that is not told, the most that it had."""
    if _TABLE.is_file():
        return int(_TABLE.read_text("ascii").split()[1]) * _PAGE
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _UNIT


def main(root: str, own: str, seconds: str) -> int:
    """Open, read, and say."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    (file,) = Path(root).rglob(STATE_FILE)
    size, told = file.stat().st_size, dict[str, float]()
    with large_window(Path(root), Path(own), 1) as window:
        window.rest(float(seconds))
        before = taken()

        def tell(when: str) -> None:
            told[when] = max(taken() - before, _PAGE) / size

        window.select(file.parent)
        window.until_judged()
        window.rest(float(seconds) / 5)
        tell("opened")
        window.read(BIG)
        window.rest(float(seconds) / 5)
        tell("and an attribute of 15 MB read")
    sys.stdout.write(json.dumps(told))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
