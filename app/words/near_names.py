"""Which of many names was meant, perhaps, by one that is typed, found between two keys. Pure.

One idea: to hold a name against a hundred thousand others takes seconds, and whoever has so many of them is
helped by none. So all stand in one text, which is searched in no time, and a name is compared only with those
of its length and first letters, and only where these are few. Not for what is said (`words.stranger_texts`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from difflib import get_close_matches
from itertools import islice

_NEAR = 0.75
_SHORTER = _NEAR / (2 - _NEAR)
"""Of two names that are so near, how long the shorter one is at least, as a part of the longer one."""
_FIRST = 3  # letters
_MOST = 300  # names with these first letters
_WORK = 50_000
"""Characters of the name times those of all that it is compared with: some milliseconds."""
_TELLING = 3
"""Characters; a shorter text stands in many names."""
_END = "\0"


class NearNames:
    """Names, laid out to be searched at each key. One that has a zero character is in none of the answers."""

    def __init__(self, names: Collection[str]) -> None:
        self._names = tuple(name for name in names if _END not in name)
        self._text = "".join(f"{_END}{name}" for name in self._names) + _END
        self._folded = self._text.casefold()

    def beginning(self, start: str, but: str = "") -> list[str]:
        """Two of the names that begin so, or as many as there are, without the one to be left out."""
        found: list[str] = []
        for _, name in _found(self._text, start):
            if name != but:
                found.append(name)
            if len(found) > 1:
                break
        return found

    def nearest(self, typed: str, but: str = "") -> str:
        """The name that is nearly the same as a typed one, but for the one to be left out; "" for none, and
        where too many could be it.
        """
        name, left_out = typed.casefold(), but.casefold()
        places = {
            other: at for at, other in self._comparable(name) if other != left_out or self._at(at) != but
        }
        if len(name) * sum(map(len, places)) > _WORK:
            return ""
        near = get_close_matches(name, places, n=1, cutoff=_NEAR)
        return self._at(places[near[0]]) if near else ""

    def meant(self, typed: str) -> str:
        """The name that is nearly the same as a typed one, else the shortest one in which it stands; "" for
        none, or where it is too little to tell.
        """
        part = typed.casefold()
        if (near := self.nearest(typed)) or len(part) < _TELLING or _END in part:
            return near
        places = dict(islice(self._holding(part), _MOST))
        return self._at(min(places, key=lambda at: len(places[at]))) if places else ""

    def _holding(self, part: str) -> Iterator[tuple[int, str]]:
        """Where the names that hold a text stand, folded, and which they are."""
        at = self._folded.find(part)
        while at >= 0:
            start, end = self._folded.rindex(_END, 0, at), self._folded.index(_END, at)
            yield start, self._folded[start + 1 : end]
            at = self._folded.find(part, end)

    def _comparable(self, name: str) -> Iterator[tuple[int, str]]:
        """All names where they are few, else those of the same first letters: where they stand, folded."""
        few = len(name) * len(self._folded) <= _WORK
        start = "" if few else name[:_FIRST]
        if few or self._folded.count(_END + start) <= _MOST:
            for at, other in _found(self._folded, start):
                if min(len(name), len(other)) >= _SHORTER * max(len(name), len(other)):
                    yield at, other

    def _at(self, at: int) -> str:
        """The name that stands there in the folded text, as it is."""
        return self._names[self._folded.count(_END, 0, at)]


def _found(text: str, start: str) -> Iterator[tuple[int, str]]:
    """Where the names that begin so stand in a text, and which they are."""
    at = text.find(_END + start)
    while 0 <= at < len(text) - 1:
        end = text.index(_END, at + 1)
        if (name := text[at + 1 : end]).startswith(start):
            yield at, name
        at = text.find(_END + start, at + 1)
