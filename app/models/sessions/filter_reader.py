"""What the text in the filter of the list asks for, whole or half typed, and what is said of it. Pure; no Qt.

One idea: a list opens unfiltered, and whatever reads a filter (its grammar, numbers, names that are near) is
imported by `searching` when somebody types. A text that asks for nothing is read as `EVERYTHING`. Not for
what a query means (`persistence.query`), nor for when it is searched for.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from contextlib import suppress

from app.models.sessions.half_typed import (
    before_mistake,
    is_shorter,
    last_word,
    name_begun,
    name_hint,
    without_unfinished,
)
from app.models.sessions.sieve import EVERYTHING, Asked
from app.values.fit_text import escaped
from app.words.near_names import NearNames
from persistence.errors import WrongQuery
from persistence.query import FIELDS, Query, parse

_UNQUOTED = re.compile(r'[\s"<>=:!]')


class FilterReader:
    """Reads texts, and knows the names of saved values that it was told."""

    def __init__(self) -> None:
        self._names: Collection[str] = ()
        self._near = NearNames(FIELDS)

    def set_names(self, names: Collection[str]) -> None:
        """Say which names of saved values there are."""
        self._names, self._near = names, NearNames((*FIELDS, *names))

    def query(self, text: str) -> Asked:
        """What a text asks for. Raises WrongQuery."""
        found = parse(text)
        return EVERYTHING if found == Query() else found

    def without_end(self, text: str, whole: str, mistake: int) -> Asked | None:
        """What a wrong text asks for without the comparison at its end, or before its mistake, which is at
        that place; None where that is nothing, and while somebody deletes from the end of `whole`, which was
        right.
        """
        if is_shorter(text, whole):
            return None
        rest = without_unfinished(text)
        return self._rest(before_mistake(text, mistake) if rest is None else rest)

    def without_word(self, text: str) -> tuple[Asked, str] | None:
        """The same without the word at its end, and that word, which may be the beginning of a name."""
        rest, word = last_word(text) or (None, "")
        query = self._rest(rest)
        return None if query is None else (query, word)

    def name_hint(self, word: str) -> str:
        """How a value is asked for by the name that a word is the beginning of; "" for none."""
        name = name_begun(word, self._names)
        return name_hint(word, name) if name else ""

    def folder_hint(self, word: str) -> str:
        """How a word is looked for where the list does not show it."""
        quoted = word.replace('"', '""')
        asked = f'"{quoted}"' if _UNQUOTED.search(word) else word
        return (
            f" Words are looked for in what the list shows. To look in folders, type folder:{escaped(asked)}"
        )

    def slip(self, query: Asked) -> str:
        """How what was meant, perhaps, is asked for, such as a number with a comma; else empty."""
        return query.slip if isinstance(query, Query) else ""

    def offer(self, unknown: Collection[str]) -> str:
        """The names that were meant, perhaps, by those that no session has."""
        found = [meant for name in sorted(unknown) if (meant := self._near.meant(name))]
        return f" Did you mean {' or '.join(map(escaped, dict.fromkeys(found)))}?" if found else ""

    def _rest(self, rest: str | None) -> Asked | None:
        with suppress(WrongQuery):
            return None if rest is None else self.query(rest)
        return None
