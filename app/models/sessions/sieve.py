"""Which sessions a query lets through. Pure; no Qt.

One idea: what rows share is asked once for each value, what is left is one pass over the rows in pieces, and
whoever runs the passes may let others work between two pieces. Words first, they are quick; conditions then
look at what is left. Not for how a query is read (`persistence.query`), nor for values of the saved state:
whose sessions have those is told from outside.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import takewhile
from typing import TYPE_CHECKING, TypeAlias

from app.models.sessions.extras import Extras
from app.models.sessions.roster import Roster
from app.models.sessions.slices import Work, passing
from app.models.sessions.standings import Standings, words_of
from persistence.sessions.listed import fields_of

if TYPE_CHECKING:  # imported when somebody types (`filter_reader`)
    from persistence.query import Condition, Query

QUICK, SLOW = 20_000, 200
"""Rows of a piece, about a millisecond each: of a pass over texts, of one that makes each row's summary."""
Sift = Callable[[Sequence[int]], list[int]]


class Everything:
    """The query that lets all through: what others are read with is not imported for it."""

    words: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    field_conditions: tuple[Condition, ...] = ()
    attribute_conditions: tuple[Condition, ...] = ()


EVERYTHING = Everything()
Asked: TypeAlias = "Query | Everything"


class Sieve:
    """The sieve over one roster."""

    def __init__(self, roster: Roster, standings: Standings, extras: Extras) -> None:
        self._roster = roster
        self._standings = standings
        self._extras = extras

    def sift(self, rows: Sequence[int], query: Asked, matching: Collection[str] | None) -> Work[list[int]]:
        """The rows that a query lets through, in their order.

        `matching` are the directories that meet its attribute conditions, None where it has none.
        """
        rows = yield from self.having(rows, query.words)
        for word in query.excluded:
            having = yield from self._with(word)
            rows = yield from passing(rows, _without(having), self._piece)
        if matching is not None:
            rows = yield from passing(rows, self._among(matching), QUICK)
        if query.field_conditions:
            rows = yield from passing(rows, self._meeting(query.field_conditions), SLOW)
        return rows if isinstance(rows, list) else list(rows)

    def having(
        self, rows: Sequence[int], words: Iterable[str], *, in_folders: bool = False
    ) -> Work[Sequence[int]]:
        """Those in which all these words stand, which are in lower case, or in the path of their folder, as
        far as that tells one folder from another.
        """
        for word in words:
            having = yield from self._with(word, in_folders=in_folders)
            rows = yield from passing(rows, having, self._piece)
        return rows

    @property
    def _piece(self) -> int:
        return QUICK // 4 if self._extras.chosen else QUICK

    def _with(self, word: str, *, in_folders: bool = False) -> Work[Sift]:
        """Those in which a word stands somewhere."""
        texts, roster = self._roster.texts, self._roster
        cells = yield from self._extras.with_word(word)
        shared: list[tuple[Sequence[int], Collection[int]]] = [
            (roster.subjects.codes, roster.subjects.where(lambda text: word in text.casefold())),
            (roster.launchers.codes, roster.launchers.where(lambda text: word in text.casefold())),
            (self._standings.codes, self._standings.where(lambda status: word in words_of(status))),
            *cells,
            *([(roster.folders.codes, self._folders_with(word))] if in_folders else []),
        ]
        match [(codes, wanted) for codes, wanted in shared if wanted]:
            case []:
                return lambda rows: [row for row in rows if word in texts[row]]
            case [(codes, wanted)]:
                return lambda rows: [row for row in rows if word in texts[row] or codes[row] in wanted]
            case several:
                return lambda rows: [
                    row
                    for row in rows
                    if word in texts[row] or any(codes[row] in wanted for codes, wanted in several)
                ]

    def _folders_with(self, word: str) -> Collection[int]:
        """By code, behind what all of them are in."""
        folders = self._roster.folders
        spelled = [f"{folder}/" for folder in folders.values]
        ends = zip(min(spelled, default=""), max(spelled, default=""), strict=False)
        shared = "".join(one for one, _ in takewhile(lambda pair: pair[0] == pair[1], ends))
        start = max(shared.rfind("/"), shared.rfind("\\")) + 1
        return folders.where(lambda folder: word in folder[start:].casefold())

    def _among(self, matching: Collection[str]) -> Sift:
        directories = self._roster.directories
        return lambda rows: [row for row in rows if directories[row] in matching]

    def _meeting(self, conditions: Collection[Condition]) -> Sift:
        def meets(row: int) -> bool:
            fields = fields_of(self._roster.summary(row), self._standings[row].word)
            return all(condition.holds(fields) for condition in conditions)

        return lambda rows: [row for row in rows if meets(row)]


def narrows(new: Asked, old: Asked) -> bool:
    """Whether all that `new` lets through is among what `old` let through."""
    return (
        all(any(word in longer for longer in new.words) for word in old.words)
        and set(old.excluded) <= set(new.excluded)
        and set(old.conditions) <= set(new.conditions)
    )


def _without(having: Sift) -> Sift:
    def sift(rows: Sequence[int]) -> list[int]:
        left_out = set(having(rows))
        return [row for row in rows if row not in left_out]

    return sift
