"""Changes as rows: ticks that stay with their change, whatever comes and goes around them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from app.models.saving.changes import ChangeColumn, ChangeRole, ChangesModel, MergedModel
from persistence.states.diff import Change

NS = "rig.Counting"
A, B, C = (Change(NS, (name,), 1, 2) for name in "abc")


def model(*changes: Change, ticks: bool = False, take_back: bool = False) -> ChangesModel:
    made = ChangesModel(ticks=ticks, take_back=take_back)
    QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    made.set_changes(changes)
    return made


def rows(made: ChangesModel, column: int = ChangeColumn.ATTRIBUTE) -> list[object]:
    return [made.index(row, column).data() for row in range(made.rowCount())]


def test_that_each_change_is_a_row_and_ticked_at_first(qtbot: QtBot) -> None:
    made = model(A, B, ticks=True)
    assert rows(made) == ["a", "b"]
    assert made.ticked == (A, B)
    assert (made.columnCount(), model(A, take_back=True).columnCount()) == (4, 5)


def test_that_a_tick_is_set_as_qt_sets_it_and_told(qtbot: QtBot) -> None:
    made = model(A, B, ticks=True)
    first = made.index(0, 0)
    assert first.flags() & Qt.ItemFlag.ItemIsUserCheckable
    with qtbot.waitSignal(made.ticks_changed):
        assert made.setData(first, Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    assert made.ticked == (B,)
    assert first.data(Qt.ItemDataRole.AccessibleTextRole) == "Attribute a, left out"
    assert first.data(ChangeRole.TICKED) is False
    with qtbot.assertNotEmitted(made.ticks_changed):
        made.tick(0, ticked=False)


def test_that_without_ticks_nothing_can_be_left_out(qtbot: QtBot) -> None:
    made = model(A)
    assert not made.setData(made.index(0, 0), Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    made.tick(0, ticked=False)
    assert made.is_ticked(0)


def test_that_ticks_stay_with_their_changes(qtbot: QtBot) -> None:
    made = model(A, B, ticks=True)
    made.tick(1, ticked=False)
    other = Change(NS, ("b",), 5, 2)
    made.set_changes((C, A, other))
    assert [made.is_ticked(row) for row in range(3)] == [True, True, False]
    assert rows(made, ChangeColumn.BEFORE) == ["1", "1", "5"]
    made.set_changes((other, A))  # in another order
    assert [made.is_ticked(row) for row in range(2)] == [False, True]
    made.set_changes(())
    assert made.rowCount() == 0


def test_that_a_merge_says_what_becomes_of_each_change(qtbot: QtBot) -> None:
    made = MergedModel()
    made.set_merged([A], [B])
    assert rows(made, ChangeColumn.TYPE) == ["Taken from disk", "Your edit stays"]
    assert [made.text(row).mark for row in range(2)] == ["theirs", "mine"]


def test_that_what_is_ticked_is_found_once_until_a_tick_or_a_change_is_another(qtbot: QtBot) -> None:
    made = model(A, B, C, ticks=True)
    made.tick(1, ticked=False)
    assert made.ticked is made.ticked
    assert made.ticked_spots is made.ticked_spots
    assert made.ticked_spots == {(NS, ("a",)), (NS, ("c",))}
    made.tick(1, ticked=True)
    assert (made.ticked, len(made.ticked_spots)) == ((A, B, C), 3)
    made.set_changes((A, B))
    assert (made.ticked, len(made.ticked_spots)) == ((A, B), 2)
