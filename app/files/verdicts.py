"""What is known of the bytes of large files: which are sound, and what can be asked of them.

One idea: what was judged once is not judged again, and what we just wrote ourselves is sound. A verdict is
small and is kept; the bytes and what they say are not. Not for judging (`judge`), nor for who has what the
bytes say (`still_held`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from app.files.apart import ask
from app.files.judge import Verdict

_REMEMBERED = 100  # verdicts, some of which have fifty kilobytes of values


class Verdicts:
    """The verdicts of one folder, by etag."""

    def __init__(self) -> None:
        self._known: dict[str, Verdict] = {}
        self._written = ""

    def wrote(self, etag: str) -> None:
        """These bytes were just written by us."""
        self._written = etag

    def is_sound(self, etag: str) -> bool:
        """Whether bytes are known to say by slices what they say as a whole."""
        known = self._known.get(etag)
        return etag == self._written or (known is not None and known.sliced)

    def find(self, etag: str) -> Verdict | None:
        """What was found in these bytes before, without the same file in our layout."""
        return self._known.get(etag)

    def ask(self, directory: str, limit: int, wanted: Callable[[], bool], *, lay_out: bool) -> Verdict | None:
        """What is found in the bytes that a session has now, of at most `limit`. Raises as `apart.ask`."""
        verdict = ask(directory, limit, wanted, lay_out=lay_out)
        if verdict is not None:
            self._known[verdict.etag] = replace(verdict, laid_out=b"")
            if len(self._known) > _REMEMBERED:
                self._known.pop(next(iter(self._known)))
        return verdict
