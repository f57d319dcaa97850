"""The table of a trend: in words what the plot shows, for readers, screen readers and spreadsheets."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy

from app.models.trend.choices import NumberChoice
from app.models.trend.points import Own, PointValue
from app.models.trend.trend_table import TrendTable
from tests.app.models.trend.test_points import COUNT, OWN, SESSIONS, made
from tests.samples import PREDICTIVE

NOT_NUMBERS = ("=1+1", "@SUM(A1)", "-cmd", "+x", "'quoted")


@pytest.fixture
def table() -> TrendTable:
    table = TrendTable()
    QAbstractItemModelTester(table, QAbstractItemModelTester.FailureReportingMode.Fatal, table)
    return table


def texts(table: TrendTable, role: int = Qt.ItemDataRole.DisplayRole) -> list[list[str]]:
    return [
        [str(table.index(row, column).data(role)) for column in range(table.columnCount())]
        for row in range(table.rowCount())
    ]


def test_that_the_newest_stands_on_top_and_everything_is_said(table: TrendTable) -> None:
    table.set_trend(made({"11-22": 147, "11-21": None}))
    assert texts(table) == [
        ["764521_2026-11-23_14-05", "15", "-132", "Completed"],
        ["764521_2026-11-22_14-05", "147", "", "Completed"],
        ["764521_2026-11-21_14-05", "", "", "Completed"],
    ]
    assert table.headerData(1, Qt.Orientation.Horizontal) == "trial_count"


def test_that_screen_readers_hear_this_session_gaps_and_the_edit(table: TrendTable) -> None:
    edited = Own(OWN.directory, OWN.saved, PointValue("150", 150))
    table.set_trend(made({"11-22": "15; 20", "11-21": None}, edited))
    spoken = texts(table, Qt.ItemDataRole.AccessibleTextRole)
    assert spoken[0][0] == "Session 764521_2026-11-23_14-05, this session"
    assert spoken[0][3] == "Completed, your edit: 150"
    assert [row[1] for row in spoken] == ["15", "15; 20 (no number)", "no value"]


def test_that_the_same_sessions_stay_in_their_places(table: TrendTable) -> None:
    table.set_trend(made({"11-22": 147}))
    resets, changes = QSignalSpy(table.modelReset), QSignalSpy(table.dataChanged)
    table.set_trend(made({"11-22": 148}))
    assert (resets.count(), changes.count()) == (0, 1)
    table.set_trend(made({"11-22": 148, "11-21": 1}))
    assert resets.count() == 1
    table.set_trend(None)
    assert table.rowCount() == 0


def test_that_rows_are_found_by_their_session(table: TrendTable) -> None:
    table.set_trend(made({"11-22": 147}))
    assert (table.row_of(SESSIONS[2].directory), table.row_of(SESSIONS[1].directory)) == (0, 1)
    assert table.row_of("/nowhere") == -1


@pytest.mark.parametrize("name", NOT_NUMBERS)
def test_that_nothing_in_a_copied_table_is_a_formula(table: TrendTable, name: str) -> None:
    found = made({"11-22": 147, "11-21": name})
    found = replace(found, choice=NumberChoice(PREDICTIVE, (name,)))
    table.set_trend(found)
    lines = [line.split("\t") for line in table.as_text().split("\n")]
    assert lines[0] == ["Session", f"'{name}", "Change", "Status"]
    assert lines[1] == ["764521_2026-11-23_14-05", "15", "-132", "Completed"]
    assert lines[3][1] == f"'{name}"


def test_that_names_of_many_lines_stay_in_their_cell(table: TrendTable) -> None:
    table.set_trend(replace(made({"11-22": 147}), choice=replace(COUNT, place=("a\n\tb",))))
    assert len(table.as_text().split("\n")) == 3
    assert all(line.count("\t") == 3 for line in table.as_text().split("\n"))
