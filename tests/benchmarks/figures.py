"""What a benchmark is asked and answers: terms, rows, groups; figures and the lines of the table.

One idea: a figure is a median with its spread, and a line of the table is data. Who prints it or writes it
into the docs needs to know nothing of what was measured.

Not for: measuring (`tests.benchmarks.race`), wording tables (`tests.benchmarks.report`).
"""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True)
class Terms:
    """On what terms a row is measured.

    `directory`: where its files go. `pace`: the length of its runs, 1 as the row wants them, 0 for single
    calls. `shrink`: what sizes and counts are divided by; more than 1 for tests only. `full_day`: see the row
    `day`. `common`: where rows keep what they only read, and others may read, too; None: nowhere.
    """

    directory: Path
    runs: int = 7
    pace: float = 1.0
    shrink: int = 1
    full_day: bool = False
    common: Path | None = None

    def shrunk(self, size: int) -> int:
        """A size or a count on these terms, at least 1."""
        return max(1, size // self.shrink)


@dataclass(frozen=True)
class Figure:
    """A median and its spread. Without a unit it is a ratio to the reference."""

    median: float
    low: float
    high: float
    unit: str = ""

    def __str__(self) -> str:
        unit = f" {self.unit}" if self.unit else ""
        if self.low == self.high:
            return f"{number(self.median)}{unit}"
        return f"{number(self.median)}{unit} ({number(self.low)}–{number(self.high)})"


def figure_of(values: Sequence[float], unit: str = "") -> Figure:
    """The figure that several runs give."""
    return Figure(statistics.median(values), min(values), max(values), unit)


def number(value: float) -> str:
    """With as many digits as anybody should believe."""
    if value >= 100:
        return f"{value:,.0f}"
    if value >= 10:
        return f"{value:.1f}"
    return f"{value:.2f}" if value >= 0.1 else f"{value:.3f}"


@dataclass(frozen=True)
class Line:
    """One line of the table.

    `peers`: None stands for one that is not installed. `shortfall`: what is known of why the goal is not
    reached, said only where it is not.
    """

    work: str
    reference: str
    ours: Figure
    peers: Mapping[str, Figure | None] = field(default_factory=dict)
    goal: float | None = None
    shortfall: str = ""

    @property
    def reached(self) -> bool | None:
        """Whether the median is within the goal; None where there is none."""
        return None if self.goal is None else self.ours.median <= self.goal


class Row(Protocol):
    """Something that is measured; it may give several lines."""

    @property
    def name(self) -> str:
        """As it is typed."""

    def measure(self, terms: Terms) -> list[Line]:
        """The lines; whatever it made in the directory is removed."""


@dataclass(frozen=True)
class Group:
    """Rows that belong together: a word to type, a section of the docs. `peers`: whose versions matter."""

    name: str
    title: str
    rows: tuple[Row, ...]
    peers: tuple[str, ...] = ()
