"""How the list of sessions is shaped: filter, chip, grouping, folded groups, order. No Qt.

One idea: the rows that are shown follow from all sessions and these few choices, and from nothing else.
Not for what a row is (`session_rows`), nor for telling a view (`sessions`).
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from app.models.session_rows import (
    CHIPS,
    Chip,
    Grouping,
    Line,
    SessionRow,
    arrange,
    group_of,
    in_chip,
    in_order,
    matches,
)


@dataclass(frozen=True, slots=True)
class Shaped:
    """The rows to show, how many sessions each chip counts, and the longest name of all."""

    lines: list[Line]
    counts: Mapping[Chip, int]
    longest_name: str


@dataclass(slots=True)
class Shape:
    """The choices of one list. `order` is (column, descending); column -1 is newest first."""

    words: tuple[str, ...] = ()
    chip: Chip = "all"
    grouping: Grouping = "date"
    order: tuple[int, bool] = (-1, False)
    collapsed: set[str] = field(default_factory=set)

    def of(self, rows: Iterable[SessionRow], today: date) -> Shaped:
        """Filter, sort and group; chips count what the filter lets through."""
        ordered = in_order(rows, self.order[0], descending=self.order[1])
        found = [row for row in ordered if matches(row, self.words)]
        kinds: Counter[str] = Counter(row.status.kind for row in found)
        kept = [row for row in found if in_chip(row, self.chip)]
        return Shaped(
            arrange(kept, self.grouping, self.collapsed, today),
            {chip: sum(kinds[kind] for kind in CHIPS[chip] or kinds) for chip in CHIPS},
            max((row.summary.name for row in ordered), key=len, default=""),
        )

    def place(self, row: SessionRow, today: date) -> tuple[object, ...]:
        """All that decides where a row stands and which chips count it."""
        shown, group = matches(row, self.words), self.group_key(row, today)
        return shown, group, row.status.kind, row.started, row.saved, row.launcher, row.summary.subject

    def group_key(self, row: SessionRow, today: date) -> str:
        """The key of the heading that a row stands under; empty where there are no groups."""
        return f"{self.grouping}:{group_of(row, self.grouping, today)}" if self.grouping != "none" else ""
