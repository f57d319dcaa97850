"""Random lives of a list that is always on its way: each ends as a list that was told the same in quiet.

One idea: sessions, folders, cells, edits and choices come in any order, at any turn of the event loop, in the
smallest slices; what is shown in the end follows from what was told and chosen, never from when. Not for what
it is that follows: the tests of each step say that.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial

import pytest
from PySide6.QtCore import Qt

from app.models.sessions.session_rows import CHIPS, FIRST_EXTRA, GROUPINGS, OUTCOME, Chip, Extra, Grouping
from app.models.sessions.sessions import SessionsModel
from app.session import Delta, Summary
from app.values.cells import Cell
from tests.app.models.sessions.tiny import make_tiny, settle, turn
from tests.samples import NOW, ROOT, summary

LIVES, ROUNDS, ACTS, SESSIONS = (*range(8), 16, 17, 29, 44, 52), 5, 6, 90
"""The last ones each found a fault that was mended; beside them, how long a life is and how many it knows."""
FILTERS = (
    "",
    "a",
    "b1",
    "not:a",
    "completed",
    "outcome=failed",
    "a0 not:c",
    "unavailable",
    "unsaved",
    "t",
    "zz",
)
EXTRAS = (Extra("x"), Extra("y"), OUTCOME)
CELLS = (None, Cell("3", 3), Cell("20", 20), Cell("t"))


def session(number: int) -> Summary:
    """A session in one of three folders; some were started in the same minute."""
    start = datetime(2026, 11, 20) + timedelta(hours=number % 37)
    name = f"{'abc'[number % 3]}{number % 7}_{start:%Y-%m-%d_%H-%M}"
    root = f"{ROOT}/f{number % 3}"
    return summary(name, directory=f"{root}/{name}-{number}", root=root)


class Life:
    """A model, and beside it all that it was told and what was chosen."""

    def __init__(self, chance: random.Random, *, searches: bool) -> None:
        self.chance = chance
        self.model = SessionsModel(lambda: NOW)
        self.told: dict[str, Summary] = {}
        self.unsaved: dict[str, int] = {}
        self.away: tuple[str, ...] = ()
        self.filter = ""
        self.chip: Chip = "all"
        self.grouping: Grouping = "date"
        self.acts: list[Callable[[], None]] = [
            *[self.tell] * 4, self.sort, self.sort, *[self.search if searches else self.edit] * 2,
            self.choose_chip, self.group, self.choose_columns, self.tell_cells, self.tell_cells, self.reach,
            self.edit, self.edit,
        ]  # fmt: skip

    def live(self) -> None:
        """A few acts in a row, and then all that they ask for."""
        for _ in range(ACTS):
            self.chance.choice(self.acts)()
            turn(self.chance.randrange(6))
        settle(self.model)

    def tell(self) -> None:
        """Some sessions are new, written again or gone."""
        new, changed, gone = dict[str, Summary](), dict[str, Summary](), list[str]()
        for number in self.chance.sample(range(SESSIONS), self.chance.randrange(1, 30)):
            one = session(number)
            known = self.told.get(one.directory)
            if known is None:
                new[one.directory] = one
            elif self.chance.random() < 0.4:
                gone.append(one.directory)
            else:
                saved = self.chance.choice((known.saved_at, "2026-11-23T10:00:00"))
                outcome = self.chance.choice(("completed", "failed", "interrupted"))
                changed[one.directory] = known._replace(outcome=outcome, saved_at=saved)
        self.told |= new | changed
        for directory in gone:
            del self.told[directory]
        self.model.apply(Delta(tuple(new.values()), tuple(changed.values()), tuple(gone)))

    def sort(self) -> None:
        column = self.chance.randrange(-1, FIRST_EXTRA + len(self.model.columns))
        falling = column >= 0 and self.chance.random() < 0.5
        order = Qt.SortOrder.DescendingOrder if falling else Qt.SortOrder.AscendingOrder
        self.model.sort(column, order)
        assert self.model.order == (column, order)

    def search(self) -> None:
        self.filter = self.chance.choice(FILTERS)
        self.model.set_filter(self.filter)

    def choose_chip(self) -> None:
        self.chip = self.chance.choice([*CHIPS])
        self.model.set_chip(self.chip)

    def group(self) -> None:
        self.grouping = self.chance.choice(GROUPINGS)
        self.model.set_grouping(self.grouping)

    def choose_columns(self) -> None:
        """The column that is sorted by stays that, wherever it stands then."""
        column, order = self.model.order
        by = self.model.columns[column - FIRST_EXTRA] if column >= FIRST_EXTRA else None
        self.model.set_columns(self.chance.sample(EXTRAS, self.chance.randrange(4)))
        if by in self.model.columns:
            assert self.model.order == (FIRST_EXTRA + self.model.columns.index(by), order)
        elif by is not None:
            assert self.model.order[0] == -1

    def tell_cells(self) -> None:
        names = self._names()
        if names and self.told:
            some = self.chance.sample(sorted(self.told), self.chance.randrange(1, len(self.told) + 1))
            self.model.take_values(names, [(one, self.chance.choices(CELLS, k=len(names))) for one in some])

    def reach(self) -> None:
        """Folders cannot be reached any more, or again."""
        self.away = self.chance.choice(((), (ROOT,), (f"{ROOT}/f1",), (f"{ROOT}/f0", f"{ROOT}/f2")))
        self.model.set_unavailable(self.away)

    def edit(self) -> None:
        if self.told:
            directory = self.chance.choice(sorted(self.told))
            self.unsaved[directory] = self.chance.randrange(9)
            self.model.set_unsaved(directory, self.unsaved[directory])

    def in_quiet(self) -> SessionsModel:
        """A model that was told the same, one after the other."""
        quiet, cells = SessionsModel(lambda: NOW), [(one, self._cells(one)) for one in self.told]
        acts: list[Callable[[], None]] = [
            lambda: quiet.apply(Delta(added=tuple(self.told.values()))),
            lambda: quiet.set_unavailable(self.away),
            *(partial(quiet.set_unsaved, *one) for one in self.unsaved.items()),
            lambda: quiet.set_columns(self.model.columns),
            lambda: quiet.take_values(self._names(), cells),
            lambda: quiet.set_grouping(self.grouping),
            lambda: quiet.set_chip(self.chip),
            lambda: quiet.sort(*self.model.order),
            lambda: quiet.set_filter(self.filter),
        ]
        for act in acts:
            act()
            settle(quiet)
        return quiet

    def _names(self) -> tuple[str, ...]:
        return tuple(extra.name for extra in self.model.columns if not extra.field)

    def _cells(self, directory: str) -> list[Cell | None]:
        """What the model holds of a session: what it was told last, for as long as the column was there."""
        extras, row = self.model._known.extras, self.model._known.roster.row(directory)
        assert row is not None
        return [extras.column(at)[row] for at, extra in enumerate(extras.chosen) if not extra.field]


def seen(model: SessionsModel) -> Iterator[tuple[str, ...]]:
    """Each line as it is read."""
    for row in range(model.rowCount()):
        texts = [str(model.index(row, column).data()) for column in range(model.columnCount())]
        yield (model.line(row).key, *texts)


@pytest.mark.parametrize(
    ("seed", "searches"), [*((seed, True) for seed in LIVES), *((seed, False) for seed in (37, 79))]
)
def test_that_a_list_that_is_never_at_rest_ends_as_one_that_always_was(
    qapp: object, monkeypatch: pytest.MonkeyPatch, seed: int, searches: bool
) -> None:
    make_tiny(monkeypatch)
    life = Life(random.Random(seed), searches=searches)
    for _ in range(ROUNDS):
        life.live()
        quiet = life.in_quiet()
        assert [*seen(life.model)] == [*seen(quiet)]
        assert [life.model.count(chip) for chip in CHIPS] == [quiet.count(chip) for chip in CHIPS]
        assert life.model.session_count() == len(life.told)
