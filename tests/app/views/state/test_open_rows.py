"""Which rows a filter opens by itself."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint
from PySide6.QtWidgets import QTreeView
from pytestqt.qtbot import QtBot

from app.models.state import state_inside
from app.views.state import open_rows
from tests.app.models.large import LARGE, unread
from tests.sample_window import Shown
from tests.samples import PREDICTIVE, snapshot


def open_below(shown: Shown, parent: QModelIndex) -> list[QModelIndex]:
    """The rows that stand open, below an index."""
    rows = [shown.state.index(row, 0, parent) for row in range(shown.state.rowCount(parent))]
    opened = [index for index in rows if shown.window.detail.state.view.isExpanded(index)]
    return opened + [below for index in opened for below in open_below(shown, index)]


def visible_names(shown: Shown) -> list[str]:
    """The names of the rows in sight, from top to bottom."""
    view = shown.window.detail.state.view
    names, index = [], view.indexAt(QPoint(1, 1))
    while index.isValid() and view.visualRect(index).top() < view.viewport().height():
        names.append(str(index.siblingAtColumn(0).data()))
        index = view.indexBelow(index)
    return names


def show_filtered(qtbot: QtBot, shown: Shown, text: str) -> list[str]:
    """Filter a large state; the names of the rows that stand open below its launcher."""
    large = snapshot(unread(LARGE), shown.names[0], etag="large")
    shown.drafts.open(large)
    shown.window.show_session(large, shown.drafts.get(large.directory))
    shown.window.detail.state.filter.setText(text)
    qtbot.waitUntil(lambda: not shown.state.filter.busy)
    return [str(index.data()) for index in open_below(shown, shown.state.index(0, 0))]


class Paints(QObject):
    """How far a tree could be scrolled each time it was painted."""

    def __init__(self, view: QTreeView) -> None:
        super().__init__(view)
        self._view = view
        self.tops: list[int] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.tops.append(self._view.verticalScrollBar().maximum())
        return super().eventFilter(watched, event)


def test_that_a_filter_opens_the_first_of_many_matches_to_their_ends(qtbot: QtBot, shown: Shown) -> None:
    opened = show_filtered(qtbot, shown, "oddball")
    assert opened[0] == "trials"
    assert 15 < len(opened) < 41
    below = visible_names(shown)[-6:]
    assert "stimulus" in below, below


def test_that_a_filter_opens_no_more_than_it_may_look_at(
    qtbot: QtBot, shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(open_rows, "_MOST_SEEN", 12)
    assert 3 < len(show_filtered(qtbot, shown, "oddball")) < 12


def test_that_what_a_filter_finds_is_laid_out_before_it_is_painted(qtbot: QtBot, shown: Shown) -> None:
    bar, found, tops = shown.window.detail.state.view.verticalScrollBar(), shown.state.filter, list[int]()
    show_filtered(qtbot, shown, "subject")
    qtbot.waitUntil(lambda: bar.maximum() == 0)
    found.changed.connect(lambda: tops.append(bar.maximum() if found.count > 100 else 1))  # after the view
    shown.window.detail.state.filter.setText("oddball")
    qtbot.waitUntil(lambda: not found.busy and found.count > 100)
    assert all(top > 0 for top in tops)


def test_that_rows_that_come_as_a_filter_goes_are_laid_out_in_a_turn_of_their_own_and_painted_then(
    qtbot: QtBot, shown: Shown
) -> None:
    """All at once was two frames long; and no paint sees the rows before they stand open again."""
    show_filtered(qtbot, shown, "")
    pane, state = shown.window.detail.state, shown.state
    view, bar = pane.view, pane.view.verticalScrollBar()
    view.open_rows.open(state.find(PREDICTIVE, ("trials",)))
    qtbot.waitUntil(lambda: len(state.rows_below(state.find(PREDICTIVE, ("trials",)))) == 5)
    view.open_rows.open(state.find(PREDICTIVE, ("trials", 1_200)).parent())
    view.executeDelayedItemsLayout()
    whole = bar.maximum()
    assert whole > 900
    pane.filter.setText("subject")
    qtbot.waitUntil(lambda: not state.filter.busy and bar.maximum() == 0)
    view.viewport().installEventFilter(watch := Paints(view))
    pane.filter.clear()
    view.viewport().repaint()
    assert watch.tops == []
    qtbot.waitUntil(lambda: bool(watch.tops))
    assert set(watch.tops) == {whole}


def test_that_rows_that_were_read_are_laid_out_before_they_are_painted(
    qtbot: QtBot, shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(state_inside, "GROUP", 100_000)
    large = snapshot(unread(LARGE), shown.names[0], etag="large")
    shown.drafts.open(large)
    shown.window.show_session(large, shown.drafts.get(large.directory))
    view, trials = shown.window.detail.state.view, shown.state.find(PREDICTIVE, ("trials",))
    bar, tops = view.verticalScrollBar(), list[int]()
    shown.state.grown.connect(lambda: tops.append(bar.maximum() if shown.state.rows_below(trials) else 1))
    view.open_rows.open(trials)
    qtbot.waitUntil(lambda: len(shown.state.rows_below(trials)) > 100)
    assert all(top > 0 for top in tops)
    assert tops[-1] > 100
