"""The nouns of the list: a session as it is shown, the heading of a group, chips and groupings. Pure; no Qt.

One idea: what views are handed is frozen and complete, and made when they ask; what is held of 100,000
sessions is columns (`roster`). Groups are heading rows among the others, because one flat list is what a view
can show at any length.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import IntEnum
from typing import Literal, NamedTuple

from app.session import MarkKind, Status, Summary
from app.words.moments import NEVER

Grouping = Literal["date", "subject", "launcher", "folder", "none"]
GROUPINGS: tuple[Grouping, ...] = ("date", "subject", "launcher", "folder", "none")
Chip = Literal["all", "completed", "running", "problems", "other"]
CHIPS: Mapping[Chip, frozenset[str]] = {
    "all": frozenset(),
    "completed": frozenset({"completed"}),
    "running": frozenset({"running", "finishing"}),
    "problems": frozenset({"failed", "interrupted", "no_state", "damaged", "newer", "unavailable"}),
    "other": frozenset({"ready", "checkpoint", "cleared", "moved", "being_written"}),
}
"""By kind of status; every kind is in one of them. Other: nothing is wrong, and no run came to its end there.
"""
_CHIPS_OF_MARKS: Mapping[MarkKind, Chip] = {"found": "problems", "died": "problems", "live": "running"}
"""What puts a session into a chip whatever its status is."""


class Column(IntEnum):
    """The columns, left to right."""

    SESSION = 0
    SUBJECT = 1
    LAUNCHER = 2
    SAVED = 3
    STATUS = 4


CAN_BE_AWAY = (Column.SUBJECT, Column.LAUNCHER, Column.SAVED)
"""Those that can be put away: without a name and a status no row says what it is."""
FIRST_EXTRA = Column.STATUS + 1
"""The first of the columns by choice."""


class Extra(NamedTuple):
    """A column by choice: an attribute of the saved state by its name, or a `field` of the list itself."""

    name: str
    field: bool = False

    @property
    def title(self) -> str:
        """What the column is called."""
        return _TITLES.get(self, self.name)


OUTCOME, RIG = Extra("outcome", field=True), Extra("rig")
_TITLES: Mapping[Extra, str] = {OUTCOME: "Outcome", RIG: "Rig"}


class SessionRow(NamedTuple):
    """A session of the list; `cells` are the texts of the columns by choice, `beside` the folder where other
    sessions have the same name.
    """

    summary: Summary
    status: Status
    launcher: str
    saved: datetime | None
    cells: tuple[str, ...] = ()
    beside: str = ""

    @property
    def name(self) -> str:
        """What it is called in the list."""
        return named(self.summary.name, self.beside)

    @property
    def key(self) -> str:
        """What tells this row from every other: its directory."""
        return self.summary.directory


class Heading(NamedTuple):
    """The title row of a group; it cannot be selected, and folds its group away."""

    key: str
    title: str
    sessions: int
    collapsed: bool

    @property
    def text(self) -> str:
        """The title as it is shown."""
        return f"{self.title} ({self.sessions:,})"


Line = SessionRow | Heading


def named(name: str, beside: str) -> str:
    """The name of a session, with the folder where that is needed."""
    return f"{name} · {beside}" if beside else name


def launcher_text(summary: Summary) -> str:
    """The launcher's short class name, "2 launchers" when the file holds more."""
    if len(summary.launchers) > 1:
        return f"{len(summary.launchers)} launchers"
    name = summary.launchers[0] if summary.launchers else summary.running.launcher if summary.running else ""
    return name.rpartition(".")[2] or NEVER


def in_chip(status: Status, chip: Chip) -> bool:
    """Whether a session that stands so belongs to a chip; every one belongs to "all"."""
    if any(_CHIPS_OF_MARKS.get(mark.kind) == chip for mark in status.marks):
        return True
    return chip == "all" or status.kind in CHIPS[chip]
