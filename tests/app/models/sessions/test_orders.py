"""Orders of the list, kept while rows come and go."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.sessions.known import KnownSessions
from app.models.sessions.merging import merged
from app.models.sessions.orders import Orders
from app.models.sessions.session_rows import OUTCOME, Column
from app.models.sessions.slices import finished
from tests.app.models.rows import known
from tests.samples import SLAP2, summary


def orders_of(held: KnownSessions) -> Orders:
    orders = Orders(held.roster, held.standings, held.extras)
    finished(orders.change(set(), list(held.roster)))
    return orders


def subjects(held: KnownSessions, rows: list[int]) -> list[str]:
    return [held.roster.subjects[row] for row in rows]


def test_that_sessions_stand_newest_first() -> None:
    held = known(*map(summary, ["1_2026-11-21_10-00", "2_2026-11-23_09-00", "3_2026-11-22_10-00"]))
    assert subjects(held, orders_of(held).newest()) == ["2", "3", "1"]


def test_that_a_session_without_any_time_has_its_place() -> None:
    lost = summary("9_lost", started=None, created_at=None, saved_at="not a time", mtime_ns=10**30)
    held = known(lost, summary())
    assert subjects(held, orders_of(held).newest())[-1] == "9"


@pytest.mark.parametrize("column", range(5))
def test_that_each_column_sorts_both_ways(column: int) -> None:
    held = known(
        summary("2_2026-11-21_10-00", launchers=(SLAP2,), outcome="failed"),
        summary("1_2026-11-23_10-00", saved_at=None, problem=None),
    )
    up, down = (finished(orders_of(held).by(column, descending=way)) for way in (False, True))
    assert up == list(reversed(down))


@pytest.mark.parametrize("column", [Column.SUBJECT, Column.LAUNCHER, Column.SAVED, Column.STATUS])
@pytest.mark.parametrize("descending", [False, True])
def test_that_among_equals_the_newest_comes_first(column: int, descending: bool) -> None:
    saved = "2026-11-23T14:00:00.000000"
    names = ["m_2026-11-21_10-00", "m_2026-11-23_09-00", "M_2026-11-22_10-00"]
    held = known(*(summary(name, saved_at=saved) for name in names))
    ordered = finished(orders_of(held).by(column, descending=descending))
    assert [held.roster.directories[row][-16:] for row in ordered] == [
        "2026-11-23_09-00", "2026-11-22_10-00", "2026-11-21_10-00",
    ]  # fmt: skip


@pytest.mark.parametrize("seed", range(5))
def test_that_orders_kept_through_changes_are_those_made_anew(seed: int) -> None:
    chance = random.Random(seed)
    held = known()
    kept = Orders(held.roster, held.standings, held.extras)
    for _ in range(60):
        day, hour = chance.choice((21, 22, 23)), chance.randrange(3)
        held.put(summary(f"{chance.randrange(9)}_2026-11-{day}_0{hour}-00", size=chance.randrange(99)))
        if chance.random() < 0.3:
            held.remove(held.roster.directories[chance.choice(list(held.roster))])
        if chance.random() < 0.5:
            changes = held.settled()
            finished(kept.change(changes.gone, changes.come))
            held.roster.release()
    changes = held.settled()
    finished(kept.change(changes.gone, changes.come))
    for column in range(-1, 5):
        for way in (False, True):
            anew = finished(orders_of(held).by(column, descending=way))
            assert finished(kept.by(column, descending=way)) == anew


@pytest.mark.parametrize("falling", [False, True])
def test_that_sessions_of_one_minute_stand_by_a_column_by_choice_as_if_they_had_come_together(
    falling: bool,
) -> None:
    held = known()
    held.extras.choose((OUTCOME,))
    orders = Orders(held.roster, held.standings, held.extras)
    orders.by_cells.keep([], 0, falling=falling)
    for subject in "24135":
        held.put(summary(f"{subject}_2026-11-23_09-00"))
        changes = held.settled()
        finished(orders.change(changes.gone, changes.come))
    anew = finished(orders.by_cells.sorting(orders.newest(), 0, falling=falling))
    assert subjects(held, orders.by_cells.rows) == subjects(held, anew)


@given(st.lists(st.integers(0, 9)), st.lists(st.integers(0, 9)))
def test_that_rows_are_put_where_sorting_all_would_put_them(held: list[int], come: list[int]) -> None:
    values = [*held, *come]
    first = sorted(range(len(held)), key=lambda row: (values[row], str(row)))
    rows = finished(merged(first, range(len(held), len(values)), values.__getitem__, str))
    assert rows == sorted(range(len(values)), key=lambda row: (values[row], str(row)))
