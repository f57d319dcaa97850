"""The outlines of large files that went by: what is shown of one at once when it is opened.

One idea: to see where the attributes of a file stand all of it has to go by, which takes as long as all else
until it is shown. So what was seen once is kept, and is shown again as long as the system says that it is the
same file. Where that is not so all the same, whoever reads the bytes finds it out, as he does of a file that
becomes another one meanwhile.

Not for what bytes are sound (`verdicts`), nor for what they say (`still_held`).
"""

from __future__ import annotations

import os
from pathlib import Path

from persistence.errors import StateError
from persistence.files.reading import Going, pass_by
from persistence.states import slices
from persistence.states.passing import OtherLayout, Passing

_LARGEST, _MOST = 1 << 20, 1 << 24  # bytes of one that is kept, and of all; most have a hundred thousand
_Mark = tuple[int, ...]


class Outlines:
    """Those of one folder, by the paths of the files."""

    def __init__(self) -> None:
        self._known: dict[Path, tuple[_Mark, Passing]] = {}

    def find(self, path: Path, limit: int) -> Passing | None:
        """What went by of the file that stands there; None where nobody has seen it, or it has more bytes
        than that.
        """
        mark, passing = self._known.get(path, ((), None))
        same = passing is not None and passing.size <= limit and mark == _mark(path)
        return passing if same else None

    def look(self, path: Path, limit: int, going: Going) -> Passing | None:
        """Let a file go by, and keep what is to be seen of it; None where that is nothing: whoever reads the
        bytes says why. `going` is called between two pieces, and what it raises ends the look.
        """
        passing, before = Passing(), _mark(path)

        def take(piece: bytearray) -> None:
            going()
            passing.take(piece)

        try:
            pass_by(path, take, limit=limit)
        except (OSError, StateError, OtherLayout):
            return None
        self._keep(path, before, passing)
        return passing

    def _keep(self, path: Path, before: _Mark, passing: Passing) -> None:
        self._known.pop(path, None)
        is_whole = before != () and before == _mark(path)
        if is_whole and passing.size >= slices.LARGE and len(passing.kept) <= _LARGEST:
            self._known[path] = before, passing
        while sum(len(one.kept) for _, one in self._known.values()) > _MOST:
            self._known.pop(next(iter(self._known)))


def _mark(path: Path) -> _Mark:
    """What the system says of a file that is another one where its bytes are; () where it says nothing."""
    try:
        found = os.lstat(path)
    except OSError:
        return ()
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns
