"""The words of a filter, and whether rows have them: in names or in what is shown of values. Pure.

One idea: nearly all rows are quickly known not to match. Many rows are turned into one text, and only where
all words stand in that they are looked at one by one. And a word that can stand in a row only as it stands in
the file (it has a letter that no number, date or count has) is looked for in the text of the file before
anything is read of it.

Not for walking through a state (`state_search`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.models.state.state_inside import inside
from app.values.edit_text import SHOWN_LIMIT, shown
from app.values.fit_text import is_fit
from persistence.document import is_tagged
from persistence.values.in_pieces import Items
from persistence.values.json_text import JSON
from persistence.values.readable import EMPTY_TEXT

_SMALL = 10**18
_OWN_LETTERS = re.compile(r"[g-hk-mo-su-wy-z]")
"""Letters that stand in no number, date, duration, bytes, and in none of these other texts of ours:"""
_OUR_WORDS = (
    *("yes", "no", "empty", "(none)", "items", "days", "fold=1", "bytes", "of", "one", "kept", "as", "it"),
    *("is", "inf", "nan", "text"),
)
_MOST_TOGETHER = 8_000  # rows that are looked at as one text
_LONGEST = 200  # of a word that is looked for in texts, which are cut somewhere
_PLAIN = re.compile(r"[a-z0-9_]+")
_ESCAPES = ("\\u", "\\b", "\\f")
"""What the file may have in place of a letter, or of a sign that the column shows as letters."""


class Words:
    """What was typed, in lower case. All words have to be in one row."""

    def __init__(self, text: str = "") -> None:
        self.words = tuple(text.casefold().split())
        self._numbers = any(word.isdigit() for word in self.words)  # which items of lists are called by
        self._telling = frozenset(word for word in self.words if _only_as_written(word))

    def __bool__(self) -> bool:
        return bool(self.words)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Words) and other.words == self.words

    def __hash__(self) -> int:
        return hash(self.words)

    def match(self, label: str, value: JSON) -> bool:
        """Whether a row has all words."""
        text = f"{label} {text_of(value)}".casefold()
        return all(word in text for word in self.words)

    def may_match(self, labels: Iterable[str], values: Iterable[JSON]) -> bool:
        """False when none of these rows, nor any inside them, can match; they are not edited anywhere."""
        texts: list[str] = []
        try:
            _gather(labels, values, texts, numbers=self._numbers)
        except _TooMany:
            return True
        text = "\n".join(texts).casefold()
        return all(word in text for word in self.words)

    def match_text(self, label: str, text: str) -> bool:
        """The same, where what the value column shows is known."""
        whole = f"{label} {text}".casefold()
        return all(word in whole for word in self.words)

    def standing_in(self, text: str) -> frozenset[str]:
        """Of the words that can stand in a row only as the file has them, those that a piece of JSON text may
        have; what stands in a row stands in the text of it.
        """
        if not self._telling or any(escape in text for escape in _ESCAPES) or not is_fit(text):
            return self._telling
        folded = text.casefold()
        return frozenset(word for word in self._telling if word in folded)

    def may_stand_in(self, text: str) -> bool:
        """False when no row that stands as a whole in this JSON text can match."""
        return self.standing_in(text) == self._telling

    def all_of(self, standing: frozenset[str]) -> bool:
        """Whether those that were found standing are all that have to."""
        return standing >= self._telling


def text_of(value: JSON) -> str:
    """What the value column shows, as `edit_text.shown`, without asking what kind most values are."""
    kind = type(value)
    if kind is str and isinstance(value, str):
        return value if value and len(value) <= SHOWN_LIMIT and value.isprintable() else shown(value)
    if kind is float or (kind is int and isinstance(value, int) and -_SMALL < value < _SMALL):
        return repr(value)
    if kind is bool or value is None:
        return EMPTY_TEXT if value is None else "yes" if value else "no"
    if isinstance(value, list) or (isinstance(value, dict) and not is_tagged(value)):
        return items_text(len(value))
    return shown(value)


def items_text(count: int) -> str:
    """What the value column shows of a container."""
    return "1 item" if count == 1 else f"{count:,} items"


class _TooMany(Exception):
    """So much is inside that it has to be looked at in pieces."""


def _gather(labels: Iterable[str], values: Iterable[JSON], texts: list[str], *, numbers: bool) -> None:
    """The texts of rows and of all rows inside them; the `numbers` of list items only where a word is one.

    Raises _TooMany.
    """
    texts += labels
    for value in values:
        texts.append(text_of(value))
        kind = type(value)
        if (kind is dict or kind is list) and isinstance(value, dict | list):
            if len(texts) + len(value) > _MOST_TOGETHER:
                raise _TooMany
            _gather(*_within(value, numbers=numbers), texts, numbers=numbers)


def _within(value: Items, *, numbers: bool) -> tuple[Iterable[str], Iterable[JSON]]:
    """The names and the values inside a container; plain ones are there already."""
    if isinstance(value, list):
        return (map(str, range(1, len(value) + 1)) if numbers else ()), value
    if not is_tagged(value):
        return value, value.values()
    found = inside(value)
    return found.names(0, found.count), found.values(0, found.count)


def _only_as_written(word: str) -> bool:
    """Whether a row can have the word only where the file has it, letter by letter."""
    if not _PLAIN.fullmatch(word) or not _OWN_LETTERS.search(word) or len(word) > _LONGEST:
        return False
    return not any(word in ours for ours in _OUR_WORDS)
