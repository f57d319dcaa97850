"""What is told while the list is still on its way to what was told before: nothing of it is lost."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.models.sessions.session_rows import FIRST_EXTRA, Column, Extra
from app.models.sessions.sessions import SessionsModel
from app.session import Delta, Summary
from app.values.cells import Cell
from tests.app.models.sessions.tiny import listed, make_tiny, sessions, settle, turn
from tests.samples import NOW, ROOT

HELD = sessions(40)
NEW = sessions(5, first=40)
RISING, FALLING = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
A, B = FIRST_EXTRA, FIRST_EXTRA + 1
pytestmark = pytest.mark.usefixtures("qapp", "tiny")


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    make_tiny(monkeypatch)


def made() -> SessionsModel:
    """A list of forty, without headings."""
    model = SessionsModel(lambda: NOW)
    model.set_grouping("none")
    model.apply(Delta(added=HELD))
    settle(model)
    return model


@pytest.mark.parametrize("turns", range(0, 16, 2))
def test_that_sessions_that_land_while_a_filter_is_typed_are_listed(turns: int) -> None:
    model = made()
    model.sort(Column.SAVED)
    settle(model)
    model.apply(Delta(added=NEW))
    turn(turns)
    model.set_filter("m")
    settle(model)
    assert model.rowCount() == len(HELD) + len(NEW)


@pytest.mark.parametrize("turns", range(0, 24, 2))
def test_that_a_session_that_stops_to_match_while_a_filter_is_typed_is_not_listed(turns: int) -> None:
    model = made()
    model.set_filter("m")
    settle(model)
    model.apply(Delta(added=NEW, removed=(HELD[3].directory,)))
    turn(turns)
    model.set_filter("m4")
    settle(model)
    assert {*listed(model)} == {one.directory for one in (*HELD, *NEW) if one.name.startswith("m4")}


@pytest.mark.parametrize("turns", range(0, 24, 2))
def test_that_a_filter_finds_the_sessions_of_a_folder_that_goes_away_meanwhile(turns: int) -> None:
    model = made()
    model.set_filter("m unavailable")
    turn(turns)
    model.set_unavailable((ROOT,))
    settle(model)
    assert model.rowCount() == len(HELD)


@pytest.mark.parametrize("turns", range(0, 24, 2))
def test_that_a_filter_finds_a_mark_that_is_made_meanwhile(turns: int) -> None:
    model = made()
    model.set_filter("unsaved")
    turn(turns)
    model.set_unsaved(HELD[-1].directory, 3)
    settle(model)
    assert listed(model) == [HELD[-1].directory]


@pytest.mark.parametrize("turns", range(6))
def test_that_a_standing_nobody_had_yet_does_not_stop_a_sort_by_status(qtbot: QtBot, turns: int) -> None:
    model = made()
    model.sort(Column.STATUS)
    turn(turns)
    assert model.busy
    with qtbot.captureExceptions() as raised:
        model.set_unsaved(HELD[0].directory, 1)
        settle(model)
    assert raised == []
    assert listed(model) == [one.directory for one in reversed(HELD)]


def test_that_a_list_whose_work_fails_says_so_and_goes_on(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = made()
    ended: list[bool] = []
    model.search_ended.connect(lambda: ended.append(model.searching))

    def fails(*_: object, **__: object) -> object:
        yield
        raise LookupError

    with qtbot.captureExceptions() as raised, monkeypatch.context() as patch:
        patch.setattr(model._shape._orders, "by", fails)
        model.sort(Column.SAVED)
        model.apply(Delta(added=NEW))
        qtbot.waitUntil(lambda: not model.busy)
    assert {kind for kind, *_ in raised} == {LookupError}
    assert ended
    assert model.session_count() == len(HELD) + len(NEW)
    model.sort(-1)
    settle(model)
    assert listed(model) == [one.directory for one in reversed(HELD + NEW)]


def told(model: SessionsModel, wanted: tuple[Summary, ...], key: int) -> None:
    """Tell the cells of sessions: in A their number times a key, in B the other way round."""
    rows = []
    for one in wanted:
        number = HELD.index(one) * key % 41
        rows.append((one.directory, (Cell(str(number), number), Cell(str(-number), -number))))
    model.take_values(("a", "b"), rows)


def with_cells() -> SessionsModel:
    model = made()
    model.set_columns((Extra("a"), Extra("b")))
    told(model, HELD, 7)
    settle(model)
    return model


def numbers(model: SessionsModel, column: int) -> list[int]:
    return [int(str(model.index(row, column).data())) for row in range(model.rowCount())]


@pytest.mark.parametrize("turns", range(0, 12, 2))
def test_that_a_sort_is_not_dropped_for_the_order_before_it_when_cells_change(turns: int) -> None:
    model = with_cells()
    model.sort(A)
    settle(model)
    told(model, HELD[:2], 11)
    turn(turns)
    model.sort(B, FALLING)
    told(model, HELD[2:4], 11)
    settle(model)
    assert model.order == (B, FALLING)
    assert numbers(model, B) == sorted(numbers(model, B), reverse=True)


@pytest.mark.parametrize("turns", range(0, 12, 2))
def test_that_the_first_sort_by_cells_follows_cells_that_change_meanwhile(turns: int) -> None:
    model = with_cells()
    model.sort(A)
    turn(turns)
    told(model, HELD[::2], 11)
    settle(model)
    assert numbers(model, A) == sorted(numbers(model, A))


@pytest.mark.parametrize("turns", range(0, 8, 2))
@pytest.mark.parametrize("before", [-1, A])
def test_that_a_sort_goes_on_when_columns_are_chosen_meanwhile(turns: int, before: int) -> None:
    model = with_cells()
    model.sort(before)
    settle(model)
    model.sort(B, FALLING)
    turn(turns)
    model.set_columns((Extra("b"), Extra("c")))
    assert model.order == (A, FALLING)  # b stands first now
    settle(model)
    assert model.order == (A, FALLING)
    assert numbers(model, A) == sorted(numbers(model, A), reverse=True)


def test_that_a_sort_ends_with_its_column() -> None:
    model = with_cells()
    model.sort(A)
    settle(model)
    model.sort(B)
    model.set_columns((Extra("a"),))
    assert model.order == (-1, RISING)
    settle(model)
    assert listed(model) == [one.directory for one in reversed(HELD)]


def test_that_an_order_is_the_wanted_one_from_the_click_on() -> None:
    model = with_cells()
    model.sort(A, FALLING)
    assert model.busy
    assert model.order == (A, FALLING)


@pytest.mark.parametrize("turns", range(0, 12, 2))
def test_that_cells_that_changed_just_before_columns_are_chosen_are_sorted(turns: int) -> None:
    model = with_cells()
    model.sort(A)
    settle(model)
    told(model, HELD[::2], 11)
    turn(turns)
    model.set_columns((Extra("a"),))
    told_again = [(one.directory, (Cell(str(n := HELD.index(one) * 11 % 41), n),)) for one in HELD[::2]]
    model.take_values(("a",), told_again)
    settle(model)
    assert numbers(model, A) == sorted(numbers(model, A))


@pytest.mark.parametrize("text", ["outcome= comp", "trials trials"])
def test_that_a_search_ends_where_what_is_left_of_it_cannot_be_looked_for(text: str) -> None:
    model = made()
    model.set_names(("complete", "trials_done"))
    ended: list[bool] = []
    model.search_ended.connect(lambda: ended.append(model.searching))
    model.set_filter(text)
    settle(model)
    assert ended[-1:] == [False]
    model.apply(Delta(added=NEW))
    settle(model)
    assert model.session_count() == len(HELD) + len(NEW)


def test_that_a_search_for_a_value_that_no_session_has_shows_nothing() -> None:
    model = made()
    model.set_names(("complete",))
    hints: list[object] = []
    ended: list[bool] = []
    model.filter_refused.connect(hints.append)
    model.search_ended.connect(lambda: ended.append(model.searching))
    model.set_filter("outcome= comp")
    settle(model)
    assert hints == [""]  # comp is a value here, no beginning of a name
    assert ended == [False]
    assert model.rowCount() == 0


def test_that_nothing_is_searched_for_any_more_where_a_text_is_refused_that_asks_for_nothing_else() -> None:
    model = made()
    model.set_filter("trial_count>1")
    assert model.searching  # for the sessions that have such values
    ended: list[bool] = []
    model.search_ended.connect(lambda: ended.append(model.searching))
    model.set_filter("trial_count>1 size>")
    assert ended == [False]
