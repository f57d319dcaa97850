"""Rows that are selected from one to another, however many stand in between."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import pytest
from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt
from PySide6.QtWidgets import QTreeView
from pytestqt.qtbot import QtBot

from app.models.headers import Index
from app.models.state.state_rows import ROOT
from app.models.state.state_tree import StateTreeModel
from app.views.state.state_view import StateView
from app.views.style.theme import Theme
from persistence.document import Place
from tests.app.views.state.rows import Key, Modifier, view
from tests.sample_window import Shown
from tests.samples import PREDICTIVE, document, snapshot

MANY = 6_000


def opened(shown: Shown, *places: Place) -> StateView:
    for place in places:
        view(shown).open_rows.open(shown.state.find(PREDICTIVE, place))
    return view(shown)


def in_sight(tree: QTreeView) -> list[QModelIndex]:
    """The rows as they stand below each other."""
    found = [tree.model().index(0, 0)]
    while (below := tree.indexBelow(found[-1])).isValid():
        found.append(below)
    return found


def selected(tree: QTreeView, rows: Sequence[QModelIndex]) -> list[int]:
    return [number for number, row in enumerate(rows) if tree.selectionModel().isSelected(row)]


def test_that_all_between_two_rows_are_selected_wherever_they_stand(shown: Shown) -> None:
    tree = opened(shown, ("custom_settings",), ("custom_settings", "thresholds"), ("gains",), ("block",))
    rows = in_sight(tree)
    whole = QItemSelectionModel.SelectionFlag.SelectCurrent | QItemSelectionModel.SelectionFlag.Rows
    tree.resize(tree.width(), 60)  # so that few are in sight
    for first, last in combinations(range(len(rows)), 2):
        if last > first + 3:
            assert tree.chosen.reach(tree.visualRect(rows[first]) | tree.visualRect(rows[last]), whole)
            assert selected(tree, rows) == [*range(first, last + 1)]
            assert tree.chosen.count == last + 1 - first


class Counting(StateTreeModel):
    """Counts how often a view asks where a row stands."""

    asked = 0

    def parent(self, index: Index = ROOT) -> QModelIndex:  # type: ignore[override]
        self.asked += 1
        return super().parent(index)

    def index(self, row: int, column: int, parent: Index = ROOT) -> QModelIndex:
        self.asked += 1
        return super().index(row, column, parent)


@pytest.mark.parametrize("held", [Modifier.NoModifier, Modifier.ShiftModifier])
def test_that_the_way_to_the_last_of_many_rows_asks_nothing_of_those_in_between(
    qtbot: QtBot, theme: Theme, held: Qt.KeyboardModifier
) -> None:
    model = Counting()
    tree = StateView(model, theme)
    qtbot.addWidget(tree)
    tree.show()
    model.set_state(snapshot(document({"trace": [0.5] * MANY})), None)
    trace = model.find(PREDICTIVE, ("trace",))
    tree.open_rows.open(trace)
    for heading in range(model.rowCount(trace)):
        tree.open_rows.open(model.index(heading, 0, trace))
    tree.executeDelayedItemsLayout()
    tree.setCurrentIndex(trace)
    model.asked = 0
    qtbot.keyClick(tree, Key.Key_End, held)
    assert 0 < model.asked < MANY / 4
    last = tree.currentIndex()
    assert (last.parent().row(), last.row()) == (MANY // 1_000 - 1, 999)
    assert tree.chosen.count == (1 if held == Modifier.NoModifier else MANY + MANY // 1_000 + 1)
