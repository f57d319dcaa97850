"""The columns by choice: cells by row, told early or late, sorted and searched in any number of pieces."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.sessions.cell_order import CellOrder
from app.models.sessions.extras import outcome_cell
from app.models.sessions.known import KnownSessions
from app.models.sessions.session_rows import OUTCOME, RIG, Extra
from app.models.sessions.slices import finished
from app.values.cells import Cell
from tests.app.models.rows import known, row
from tests.samples import summary

COUNT = Extra("trial_count")
ONE, OTHER, THIRD = (summary(f"{n}_2026-11-23_14-0{n}") for n in range(3))


def held(*chosen: Extra) -> KnownSessions:
    made = known(ONE, OTHER)
    made.extras.choose(chosen)
    return made


def test_that_cells_stand_in_the_row_of_their_session_and_equal_ones_are_silence() -> None:
    made = held(COUNT, OUTCOME, RIG)
    assert made.extras.names == ("trial_count", "rig")
    assert made.extras.take(ONE.directory, (Cell("15", 15), None))
    assert not made.extras.take(ONE.directory, (Cell("15", 15), None))
    assert made.extras.texts(row(made, ONE)) == ("15", "Completed", "")
    assert made.extras.texts(row(made, OTHER)) == ("", "Completed", "")
    assert made.shown(row(made, ONE)).cells == ("15", "Completed", "")


def test_that_cells_that_come_before_their_session_wait_for_it() -> None:
    made = held(COUNT)
    assert not made.extras.take(THIRD.directory, (Cell("3", 3),))
    made.put(THIRD)
    assert made.extras.texts(row(made, THIRD)) == ("3",)


def test_that_a_row_that_another_session_gets_has_no_cells_of_the_one_before() -> None:
    made = held(COUNT, OUTCOME)
    made.extras.take(ONE.directory, (Cell("15", 15),))
    made.remove(ONE.directory)
    made.roster.release()
    made.put(summary("9_2026-11-23_14-09", outcome=None))
    assert made.extras.texts(row(made, summary("9_2026-11-23_14-09"))) == ("", "")


def test_that_what_is_known_of_columns_that_stay_is_kept() -> None:
    made = held(COUNT, RIG)
    made.extras.take(ONE.directory, (Cell("15", 15), Cell("rig3")))
    made.extras.choose((OUTCOME, RIG))
    assert made.extras.texts(row(made, ONE)) == ("Completed", "rig3")


@pytest.mark.parametrize(
    ("outcome", "text"),
    [("completed", "Completed"), ("failed", "Failed"), ("odd\n", "odd\\n"), (None, None), ("", None)],
)
def test_that_an_outcome_is_told_in_words(outcome: str | None, text: str | None) -> None:
    cell = outcome_cell(outcome)
    assert (cell.text if cell else None) == text


VALUES = st.lists(st.none() | st.integers(-3, 3) | st.sampled_from(["a", "B"]), min_size=1, max_size=40)


@given(VALUES, st.booleans(), st.randoms(use_true_random=False))
def test_that_sorting_in_pieces_and_row_by_row_gives_the_same_order(
    values: list[int | str | None], falling: bool, chance: random.Random
) -> None:
    """Equal values newest first, none at the end, whichever way."""
    made = known(*(summary(f"{n}_2026-11-{1 + n % 28:02}_10-{n:02}") for n in range(len(values))))
    made.extras.choose((COUNT,))
    for place, value in enumerate(values):
        cell = None if value is None else Cell(str(value), value if isinstance(value, int) else None)
        made.extras.take(made.roster.directories[place], (cell,))
    newest = sorted(made.roster, key=lambda one: (made.roster.began[one], made.roster.directories[one]))[::-1]
    whole = CellOrder(made.roster, made.extras)
    rows = finished(whole.sorting(newest, 0, falling=falling))
    cells = [made.extras.column(0)[one] for one in rows]
    keys = [cell.key for cell in cells if cell is not None]
    assert keys == sorted(keys, reverse=falling)
    assert cells[len(keys) :] == [None] * (len(values) - len(keys))
    for one, other in pairwise(rows):
        if made.extras.column(0)[one] == made.extras.column(0)[other]:
            assert newest.index(one) < newest.index(other)
    late = set(chance.sample(rows, len(rows) // 2))
    bit = CellOrder(made.roster, made.extras)
    bit.keep([one for one in rows if one not in late], 0, falling=falling)
    bit.rows = finished(bit.changed((), late))
    assert bit.rows == rows
    assert finished(bit.changed(late, ())) == [one for one in rows if one not in late]


def test_that_a_column_that_went_is_let_go_of_in_slices_and_may_come_back_meanwhile(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("app.models.sessions.extras._FREED", 1)
    made = held(COUNT, RIG)
    gone = made.extras.column(0)
    made.extras.take(ONE.directory, (Cell("15", 15), Cell("rig3")))
    made.extras.choose((RIG,))
    first = made.extras.letting_go()
    next(first)
    made.extras.choose((RIG, COUNT))
    made.extras.take(ONE.directory, (Cell("rig3"), Cell("16", 16)))
    assert sum(1 for _ in made.extras.letting_go()) >= 1
    assert (gone.values, gone.keys, gone.folded) == ([], [], [])
    assert made.extras.texts(row(made, ONE)) == ("rig3", "16")


def test_that_words_are_found_in_the_columns_that_are_shown() -> None:
    made = held(RIG)
    made.extras.take(ONE.directory, (Cell("Rig3"),))
    assert finished(made.extras.with_word("rig4")) == []
    ((codes, having),) = finished(made.extras.with_word("rig3"))
    assert [one for one in made.roster if codes[one] in having] == [row(made, ONE)]
