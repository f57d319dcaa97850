"""Columns by choice in the list: they come and go, are sorted by and searched in, short lists and long."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from app.models.sessions.session_rows import OUTCOME, RIG, Extra, Heading
from app.models.sessions.sessions import SessionsModel
from app.session import Delta
from app.values.cells import Cell
from tests.samples import NOW, ROOT, summary

COUNT = Extra("trial_count")
NAMES = ("1_2026-11-23_14-05", "2_2026-11-23_13-41", "3_2026-11-22_15-12", "4_2026-11-10_09-58")
FALLING = Qt.SortOrder.DescendingOrder


@pytest.fixture(params=["short", "long"])
def model(
    qapp: object, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[SessionsModel]:
    """Four sessions, taken in at once or in the smallest pieces."""
    if request.param == "long":
        monkeypatch.setattr("app.models.pieces.SLICE", 0)
        for room in ("arrivals", "cell_arrivals", "shape_work"):
            monkeypatch.setattr(f"app.models.sessions.{room}.SHORT_LIST", 0)
        for name in ("SHOWN_MS", "FOLLOWED_MS"):
            monkeypatch.setattr(f"app.models.sessions.cell_arrivals.{name}", 1)
        monkeypatch.setattr("app.models.sessions.in_order.RUN", 1)
        monkeypatch.setattr("app.models.sessions.slices.ROWS", 1)
    model = SessionsModel(lambda: NOW)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.apply(Delta(added=tuple(summary(name) for name in NAMES)))
    yield model
    del tester


def tell(model: SessionsModel, **cells: object) -> None:
    """Tell one value of each session, by its subject."""
    rows = tuple(
        (f"{ROOT}/{name}", (Cell(str(value), value if isinstance(value, int) else None),))
        for name in NAMES
        if (value := cells.get(f"s{name[0]}")) is not None
    )
    model.take_values(model._known.extras.names, rows)


def subjects(model: SessionsModel) -> str:
    lines = [model.line(position) for position in range(model.rowCount())]
    return "".join(line.summary.subject for line in lines if not isinstance(line, Heading))


def text(model: SessionsModel, name: str, column: int, role: int = Qt.ItemDataRole.DisplayRole) -> object:
    return model.index_of(f"{ROOT}/{name}").siblingAtColumn(column).data(role)


def ready(qtbot: QtBot, model: SessionsModel) -> None:
    qtbot.waitUntil(lambda: model.session_count() == len(NAMES) and not model._arrivals._rest.isActive())


def test_that_every_column_has_the_same_sign_where_there_is_nothing(
    qtbot: QtBot, model: SessionsModel
) -> None:
    """A blank cell would say that nobody has looked."""
    ready(qtbot, model)
    model.set_columns((OUTCOME, COUNT))
    bare = summary(NAMES[1], subject="", launchers=(), saved_at=None, outcome=None)
    model.apply(Delta(changed=(bare,)))
    tell(model, s1=15)
    qtbot.waitUntil(lambda: text(model, NAMES[0], 6) == "15")
    qtbot.waitUntil(lambda: text(model, NAMES[1], 3) == "—")
    assert [text(model, NAMES[1], column) for column in (1, 2, 3, 5, 6)] == ["—"] * 5
    spoken = [text(model, NAMES[1], one, Qt.ItemDataRole.AccessibleTextRole) for one in (1, 6)]
    assert spoken == ["Subject nothing", "trial_count nothing"]


def test_that_columns_come_and_go_and_values_are_wanted(qtbot: QtBot, model: SessionsModel) -> None:
    ready(qtbot, model)
    wanted: list[object] = []
    model.values_wanted.connect(wanted.append)
    with qtbot.waitSignal(model.columnsInserted), qtbot.assertNotEmitted(model.modelReset):
        model.set_columns((OUTCOME, COUNT))
    tell(model, s1=15)
    qtbot.waitUntil(lambda: text(model, NAMES[0], 6) == "15")
    headers = [model.headerData(i, Qt.Orientation.Horizontal) for i in range(model.columnCount())]
    assert headers[5:] == ["Outcome", "trial_count"]
    assert [text(model, NAMES[0], column) for column in (5, 6)] == ["Completed", "15"]
    assert text(model, NAMES[0], 6, Qt.ItemDataRole.AccessibleTextRole) == "trial_count 15"
    assert text(model, NAMES[0], 6, Qt.ItemDataRole.ToolTipRole) == "15"
    model.set_columns((COUNT, RIG))
    assert model.columns == (COUNT, RIG)
    assert text(model, NAMES[0], 5) == "15"
    model.set_columns(())
    assert (model.columnCount(), wanted) == (5, [("trial_count",), ("trial_count", "rig"), ()])


def test_that_a_late_answer_about_an_earlier_choice_is_dropped(qtbot: QtBot, model: SessionsModel) -> None:
    ready(qtbot, model)
    model.set_columns((COUNT,))
    model.take_values(("rig",), ((f"{ROOT}/{NAMES[0]}", (Cell("rig3"),)),))
    tell(model, s2=3)
    qtbot.waitUntil(lambda: text(model, NAMES[1], 5) == "3")
    assert text(model, NAMES[0], 5) == "—"


def test_that_the_list_is_sorted_by_values_as_they_come(qtbot: QtBot, model: SessionsModel) -> None:
    ready(qtbot, model)
    model.set_grouping("none")
    model.set_columns((COUNT,))
    tell(model, s1=100, s2=9, s4=20)
    model.sort(5)
    qtbot.waitUntil(lambda: subjects(model) == "2413")
    model.sort(5, FALLING)
    qtbot.waitUntil(lambda: subjects(model) == "1423")
    tell(model, s3=50)
    qtbot.waitUntil(lambda: subjects(model) == "1342")
    model.apply(Delta(added=(summary("5_2026-11-23_14-30"),)))
    qtbot.waitUntil(lambda: subjects(model) == "13425")
    model.apply(Delta(removed=(f"{ROOT}/{NAMES[0]}",)))
    qtbot.waitUntil(lambda: subjects(model) == "3425")


def test_that_an_outcome_that_becomes_another_moves_its_row(qtbot: QtBot, model: SessionsModel) -> None:
    ready(qtbot, model)
    model.set_grouping("none")
    model.set_columns((OUTCOME,))
    model.sort(5)
    qtbot.waitUntil(lambda: subjects(model) == "1234")
    model.apply(Delta(changed=(summary(NAMES[0], outcome="failed"),)))
    qtbot.waitUntil(lambda: subjects(model) == "2341")


def test_that_the_order_stays_when_other_columns_go_and_ends_with_its_own(
    qtbot: QtBot, model: SessionsModel
) -> None:
    ready(qtbot, model)
    model.set_grouping("none")
    model.set_columns((RIG, COUNT))
    model.take_values(
        ("rig", "trial_count"),
        tuple((f"{ROOT}/{name}", (Cell("r"), Cell(name[0], -int(name[0])))) for name in NAMES),
    )
    model.sort(6)
    qtbot.waitUntil(lambda: subjects(model) == "4321")
    model.set_columns((COUNT,))
    assert (model.order[0], subjects(model)) == (5, "4321")
    model.apply(Delta(changed=(summary(NAMES[0], started="2026-11-23T14:06:00"),)))
    qtbot.waitUntil(lambda: not model.busy)
    assert subjects(model) == "4321"
    model.set_columns((RIG,))
    assert model.order[0] == -1
    qtbot.waitUntil(lambda: subjects(model) == "1234")


def test_that_words_are_found_in_values_that_are_shown(qtbot: QtBot, model: SessionsModel) -> None:
    ready(qtbot, model)
    model.set_columns((RIG,))
    tell(model, s1="Rig3")
    model.set_filter("rig3")
    qtbot.waitUntil(lambda: subjects(model) == "1")
    tell(model, s4="rig3b")
    qtbot.waitUntil(lambda: subjects(model) == "14")
    model.set_filter("not:rig3")
    qtbot.waitUntil(lambda: subjects(model) == "23")
    model.set_filter("rig3")
    model.set_columns(())
    qtbot.waitUntil(lambda: subjects(model) == "")
