"""The filter of the list while it is typed: from a text to the rows that are found.

One idea: only the newest text counts. A search that a newer one overtakes is dropped, and so is an answer
about conditions that nobody asks any more; until there is a result the list stays as it was. What is half
typed does not empty it. Not for what a text asks for (`filter_reader`) nor for finding (`sieve`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.models.sessions.known import KnownSessions
from app.models.sessions.shape import Shape
from app.models.sessions.shape_work import ShapeWork
from app.models.sessions.sieve import EVERYTHING, Asked
from persistence.errors import WrongQuery

if TYPE_CHECKING:  # imported when somebody types
    from app.models.sessions.filter_reader import FilterReader


class Searching(ShapeWork):
    """Searches for a shape; `show` is called when that has become another, `ended` tells that there is a
    result, or none is wanted any more. `names_wanted` asks which names of saved values there are.
    """

    refused = Signal(object)
    conditions_wanted = Signal(object)
    names_wanted = Signal()
    ended = Signal()

    def __init__(self, known: KnownSessions, shape: Shape, show: Callable[[], None], parent: QObject) -> None:
        super().__init__(known, shape, parent)
        self._show = show
        self._query: Asked = EVERYTHING
        self._found_for: Asked = EVERYTHING  # what the list shows now
        self._text = self._whole = ""  # as it is typed, and when it was a whole query last
        self._asked = False  # whether names were asked for since the field was empty
        self._held = False
        self._answer: frozenset[str] | None = None
        self._unknown: frozenset[str] = frozenset()
        self._refused = False
        self._outdated = False
        self._edition = 0  # of the shape, when the search began

    @cached_property
    def _reader(self) -> FilterReader:
        from app.models.sessions.filter_reader import FilterReader

        return FilterReader()

    @property
    def waiting(self) -> bool:
        """Whether what was asked for is not found yet: it is searched for, or saved values are waited for."""
        asked = bool(self._query.attribute_conditions) and self._answer is None
        return self.busy or (asked and not self._refused)

    def set_text(self, text: str) -> None:
        """Search for what a text asks for."""
        self._text, self._held = text, False
        self._asked = self._asked and bool(text)
        try:
            query = self._reader.query(text)
        except WrongQuery as wrong:
            sentence = str(wrong)
            rest = self._reader.without_end(text, self._whole, wrong.position)
            self._refuse(sentence[:1].upper() + sentence[1:], rest)
            return
        self._refused = False
        self._whole = text
        self.refused.emit(self._reader.slip(query))
        self._take(query)

    def set_names(self, names: Collection[str]) -> None:
        """Say which names of saved values there are."""
        self._reader.set_names(names)
        if not self.busy and self._shape.found_nothing:
            self._hold_on()

    def _refuse(self, sentence: str, rest: Asked | None) -> None:
        """Say what is wrong. While a comparison is being typed, the list is what the rest asks for: its name
        was looked for as a word a moment ago, and stands in no row. While one is being deleted, the list is
        what it asked for when it was whole.
        """
        waited, self._refused = self.waiting, True
        if rest is not None:
            self._take(rest)
        if waited and not self.waiting:
            self.ended.emit()
        self.refused.emit(sentence)

    def _hold_on(self) -> bool:
        """Nothing is found: where the text ends in the beginning of a name, which is a word as long as no
        comparison follows, the list is what the rest asks for, and it is said how one goes on. Not where the
        rest asks for nothing else: then the word is a value, or stands there twice.
        """
        is_over = not self._text or self._refused or self._held
        found = None if is_over else self._reader.without_word(self._text)
        if found is None or found[0] == self._query:
            return False
        rest, word = found
        if hint := self._reader.name_hint(word):
            self._held = True
            self.refused.emit(hint)
            self._take(rest)
        else:
            self._ask_names()
        return self._held

    def _ask_names(self) -> None:
        if not self._asked:
            self._asked = True
            self.names_wanted.emit()

    def _take(self, query: Asked) -> None:
        if query == self._query:
            return
        others = query.attribute_conditions != self._query.attribute_conditions
        self._query = query
        if others:
            self._answer = None
            self._pieces.drop()
            self.ended.emit()
            self.conditions_wanted.emit(query.attribute_conditions)
        self.again()

    def want_again(self) -> None:
        """Say once more what is asked of saved values, if anything is."""
        if self._query.attribute_conditions:
            self.conditions_wanted.emit(self._query.attribute_conditions)
        if self._asked:
            self.names_wanted.emit()

    def why_nothing(self) -> str:
        """What is to be said where nothing is found; "" for a text that could not be looked for, unless names
        in the rest of it are names that no session has: that is another mistake. Nothing is said of a text
        that is not searched for yet, nor of the one before it.
        """
        if self._query != self._found_for:
            return "Searching …"
        if self._query.attribute_conditions and self._unknown:
            names, offer = ", ".join(sorted(self._unknown)), self._reader.offer(self._unknown)
            rest = f".{offer}" if offer else "; lists cannot be asked for."
            return f"No session has a single value called {names}{rest}"
        if self._refused:
            return ""
        words = self._query.words
        return f"No session matches the filter.{self._reader.folder_hint(words[-1]) if words else ''}"

    def set_matching(self, conditions: object, directories: frozenset[str], unknown: frozenset[str]) -> None:
        """Take an answer to `conditions_wanted`; later ones take its place."""
        if conditions == self._query.attribute_conditions != ():
            self._answer = directories
            self._unknown = unknown
            if unknown and not directories:
                self._ask_names()
            self._outdated = self.busy  # many answers in a row must not keep a search from its end
            if not self._outdated:
                self.again()

    def follow_rows(self) -> None:
        """Rows may be others than those a search began with, or not all be found."""
        if not self._shape.is_found or (self.busy and self._edition != self._shape.edition):
            self.again()

    def again_if_words(self) -> None:
        """What is shown of rows became different: words may stand in others than before."""
        if self._query.words or self._query.excluded:
            self.again()

    def again(self) -> None:
        """Search from the beginning."""
        self._outdated = False
        query, matching = self._query, self._answer
        if query.attribute_conditions and matching is None:
            return  # until there is an answer
        self._edition = self._shape.edition
        self._work(self._shape.search(query, matching), partial(self._found, query, matching))

    def _found(self, query: Asked, matching: frozenset[str] | None, found: list[int]) -> None:
        outdated = self._edition != self._shape.edition
        if not (found or outdated) and self._hold_on():
            return
        if not outdated:
            self._found_for = query
            if self._shape.find(query, matching, found):
                self._show()
        if outdated or self._outdated:
            self.again()
        else:
            self.ended.emit()
