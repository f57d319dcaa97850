"""Searching a state: the rows that a filter keeps, found a little at a time. Pure.

One idea: each attribute is searched by itself, and what was found in it stands as a small tree of its own, so
that an edit lets one attribute be searched again. What was never read is searched in its text, a piece at a
time, and not kept. A search pauses often, and ends where more was found than anybody would look at.

Not for when it is done (`state_filter`), nor for the rows that come of it (`state_rows`).
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field
from typing import TypeAlias, cast

from app.models.state.filter_words import Words, items_text, text_of
from app.models.state.kept_rows import KeptRow
from app.models.state.state_inside import inside
from app.models.state.unread import is_tagged_unread, is_unread, kind_unread, text_in_steps, text_unread
from app.values.state_parts import Part, part_at, removed_keys
from persistence.document import ABSENT, Absent, is_tagged
from persistence.errors import Damaged
from persistence.values.in_pieces import Run, Unfit, reading, runs
from persistence.values.json_text import JSON, parse_text
from persistence.values.kinds import Kind
from persistence.values.spelled import Spelled, plain

Steps: TypeAlias = Generator[None, None, None]

MOST_FOUND = 10_000
"""Rows that are found at the most; who sees as many types another word."""

_STRETCH = 200  # parts that are made at once
_UNPAUSED = 300  # rows that are looked at without a pause
_PIECE = 1 << 18  # of a text that is looked through
_OVERLAP = 1 << 8


@dataclass
class Found:
    """What was found in one attribute, as it is in the draft (`part`) and where it is saved.

    `done`: all of it was searched.
    """

    part: Part
    saved: JSON | Absent
    kept: KeptRow = field(init=False)
    done: bool = False

    def __post_init__(self) -> None:
        self.kept = KeptRow(self.part)

    def is_of(self, part: Part, saved: JSON | Absent) -> bool:
        """Whether it was found in this very attribute."""
        here = self.part
        same = here.value is part.value and here.label == part.label and here.removed == part.removed
        return same and self.saved is saved and self.done

    def match(self, tally: Tally) -> None:
        """The attribute itself matches, as turned out in the end."""
        self.kept.matched = True
        self.kept.size += 1
        tally.found += 1


class Tally:
    """What a search has found and looked at in all: it ends where it found too many, and pauses often."""

    def __init__(self, found: int = 0) -> None:
        self.found = found
        self._looked = 0

    @property
    def enough(self) -> bool:
        """Whether nobody would look at more."""
        return self.found >= MOST_FOUND

    def kept(self, part: Part, *, matched: bool) -> KeptRow:
        """A row that was looked at, counted where it matches."""
        self.found += matched
        self._looked += 1
        return KeptRow(part, matched=matched)

    def wants_pause(self) -> bool:
        """Whether so much was looked at since the last pause that it is time for another."""
        if self._looked < _UNPAUSED:
            return False
        self._looked = 0
        return True


def search(found: Found, words: Words, tally: Tally) -> Steps:
    """Find what an attribute has, a little at a time; it stands in `found.kept` as it comes.

    What is not sound JSON has nothing; whoever judges the file will say so.
    """
    try:
        yield from _search(found, words, tally)
    except (Damaged, Unfit, UnicodeDecodeError):
        return


def _search(found: Found, words: Words, tally: Tally) -> Steps:
    part, held = found.part, cast("JSON | Spelled", found.part.value)
    if isinstance(held, Spelled) and not (yield from _may_stand(part.label, held, words)):
        return
    if isinstance(held, Spelled) and is_unread(held) and not part.removed:
        yield from _search_text(found, held, words, tally)
        return
    value = passing(held)
    found.kept = tally.kept(part, matched=words.match(part.label, value))
    if not part.removed:
        yield from _search_inside(found.kept, value, _saved(found, value), words, tally)


def passing(held: JSON | Spelled) -> JSON:
    """A value, which is not kept when nobody knew it."""
    return parse_text(held.text) if isinstance(held, Spelled) and not held.known else plain(held)


def _saved(found: Found, value: JSON) -> JSON | Absent:
    """What is saved in place of a value, as far as that is known without reading much."""
    if found.saved is found.part.value:
        return value
    return ABSENT if isinstance(found.saved, Absent) or is_unread(found.saved) else plain(found.saved)


def _search_inside(above: KeptRow, value: JSON, saved: JSON | Absent, words: Words, tally: Tally) -> Steps:
    """The rows inside a value that are kept, put into the row of that value."""
    parts = inside(value, _gone(value, saved), saved)
    for first in range(0, parts.count, _STRETCH):
        last = first + _STRETCH
        if value is saved and not words.may_match(parts.names(first, last), parts.values(first, last)):
            if parts.count > _STRETCH:
                yield
            continue
        for part in parts.some(first, last):
            yield from _search_part(above, part, _saved_of(part, value, saved), words, tally)
            if tally.enough:
                return


def _search_part(above: KeptRow, part: Part, saved: JSON | Absent, words: Words, tally: Tally) -> Steps:
    kept = tally.kept(part, matched=words.match(part.label, part.value))
    if isinstance(part.value, list | dict) and not part.removed:
        yield from _search_inside(kept, part.value, saved, words, tally)
    if kept.size:
        above.add(kept)
    if tally.wants_pause():
        yield


def _gone(value: JSON, saved: JSON | Absent) -> list[str]:
    if not isinstance(value, dict) or value is saved or isinstance(saved, Absent):
        return []
    return [] if is_tagged(value) or is_tagged(saved) else removed_keys(saved, value)


def _saved_of(part: Part, value: JSON, saved: JSON | Absent) -> JSON | Absent:
    return part.value if value is saved else part_at(saved, part.steps)


# --- in the text of what was never read -------------------------------------------------------------------


def _may_stand(label: str, held: Spelled, words: Words) -> Generator[None, None, bool]:
    """Whether anything in an attribute may match, or the attribute itself, by its text alone."""
    given, standing = held.as_given, words.standing_in(label)
    for first in range(0, len(given), _PIECE):
        piece = given[max(0, first - _OVERLAP) : first + _PIECE]
        standing |= words.standing_in(piece if isinstance(piece, str) else str(piece, "utf-8", "replace"))
        if words.all_of(standing):
            return True
        yield
    return words.all_of(standing)


def _search_text(found: Found, held: Spelled, words: Words, tally: Tally) -> Steps:
    """A large value that is not to be kept: only its rows that match are."""
    label = found.part.label
    if kind_unread(held) is Kind.UNKNOWN:
        shown = text_unread(held)
    else:
        text = yield from text_in_steps(held)
        try:
            if is_tagged_unread(held):
                raise _Tagged
            shown = items_text((yield from _search_runs(found, text, words, tally)))
        except _Tagged:
            tally.found -= found.kept.size
            found.kept = KeptRow(found.part)
            value = yield from _read(text)
            shown = text_of(value)
            yield from _search_inside(found.kept, value, value, words, tally)
    if not tally.enough and words.match_text(label, shown):
        found.match(tally)


class _Tagged(Exception):
    """What looked like a mapping is something else: its tag does not stand at its beginning."""


def _search_runs(found: Found, text: str, words: Words, tally: Tally) -> Generator[None, None, int]:
    """A list or mapping, some items at a time; how many there are, unless enough was found before."""
    count, start = 0, 0
    for run in runs(text):
        if isinstance(run.items, dict) and is_tagged(run.items):
            raise _Tagged
        region, start = text[start : run.end], run.end
        if words.may_stand_in(region):
            yield from _search_run(found.kept, run, count, words, tally)
        count += len(run.items)
        if tally.enough:
            break
        yield
    return count


def _search_run(above: KeptRow, run: Run, first: int, words: Words, tally: Tally) -> Steps:
    if isinstance(run.items, list):
        parts = [Part((at,), str(at + 1), item) for at, item in enumerate(run.items, first)]
    else:
        parts = [Part((key,), key, item) for key, item in run.items.items()]
    for start in range(0, len(parts), _STRETCH):
        stretch = parts[start : start + _STRETCH]
        if words.may_match((part.label for part in stretch), (part.value for part in stretch)):
            for part in stretch:
                yield from _search_part(above, part, part.value, words, tally)


def _read(text: str) -> Generator[None, None, JSON]:
    work = reading(text)
    while True:
        try:
            next(work)
        except StopIteration as ended:
            value: JSON = ended.value
            return value
        yield
