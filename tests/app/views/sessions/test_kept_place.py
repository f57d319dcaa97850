"""What is seen of the list stays in its place."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QPoint
from pytestqt.qtbot import QtBot

from app.models.sessions.session_rows import GROUPINGS
from app.session import Delta
from app.views.sessions.session_view import SessionView
from tests.app.views.sessions.listed import Listed
from tests.samples import ROOT, summary


def test_that_new_sessions_leave_selection_and_scroll_in_their_place(qtbot: QtBot, listed: Listed) -> None:
    listed.click(listed.names[45], qtbot)
    index = listed.model.index_of(f"{ROOT}/{listed.names[45]}")
    listed.view.scrollTo(index, SessionView.ScrollHint.PositionAtCenter)
    for grouping in GROUPINGS:
        listed.model.set_grouping(grouping)
        assert listed.view.selectionModel().isSelected(listed.model.index_of(f"{ROOT}/{listed.names[45]}"))
        assert listed.heights_are_right()
    listed.model.apply(Delta(changed=tuple(summary(f"8_2026-11-23_09-{n:02}") for n in range(5))))
    assert listed.selected == [f"{ROOT}/{listed.names[45]}"]
    assert listed.heights_are_right()


def test_that_sessions_that_come_and_go_above_move_nothing_that_is_seen(listed: Listed) -> None:
    bar = listed.view.verticalScrollBar()
    bar.setValue(bar.maximum() // 2 + 7)  # in the middle of a row

    def seen() -> tuple[str, int]:
        index = listed.view.indexAt(QPoint(5, 60)).siblingAtColumn(0)
        return index.data(), listed.view.visualRect(index).top()

    before = seen()
    newest = tuple(summary(f"8_2026-11-23_23-{n:02}") for n in range(5))
    listed.model.apply(Delta(added=newest))
    assert seen() == before
    assert listed.heights_are_right()
    listed.model.apply(Delta(removed=tuple(one.directory for one in newest)))
    assert seen() == before


def test_that_at_the_top_the_newest_session_is_seen_as_it_comes(listed: Listed) -> None:
    listed.view.scrollToTop()
    listed.model.apply(Delta(added=(summary("8_2026-11-23_23-59"),)))
    assert listed.view.verticalScrollBar().value() == 0
    assert listed.view.indexAt(QPoint(5, 45)).siblingAtColumn(0).data() == "8_2026-11-23_23-59"


def test_that_rows_made_anew_keep_the_scroll_position(qtbot: QtBot, listed: Listed) -> None:
    listed.view.scrollTo(
        listed.model.index_of(f"{ROOT}/{listed.names[40]}"), SessionView.ScrollHint.PositionAtTop
    )
    top = listed.view.indexAt(QPoint(5, 5)).siblingAtColumn(0).data()
    between = (f"6_2026-11-{day}_10-{n:02}" for n in range(30) for day in (23, 22))
    with qtbot.waitSignal(listed.model.modelReset):
        listed.model.apply(Delta(added=tuple(summary(name) for name in between)))
    assert listed.view.indexAt(QPoint(5, 5)).siblingAtColumn(0).data() == top


def test_that_rows_that_are_made_anew_in_slices_keep_selection_and_scroll(
    qtbot: QtBot, listed: Listed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in a list of a hundred thousand: nothing moves until all is ready."""
    monkeypatch.setattr("app.models.pieces.SLICE", 0)
    monkeypatch.setattr("app.models.sessions.shape_work.SHORT_LIST", 0)
    monkeypatch.setattr("app.models.sessions.session_lines.SHORT", 0)
    monkeypatch.setattr("app.models.sessions.slices.ROWS", 10)
    chosen = f"{ROOT}/{listed.names[45]}"
    listed.click(listed.names[45], qtbot)
    listed.view.scrollTo(listed.model.index_of(chosen), SessionView.ScrollHint.PositionAtCenter)
    bar, resets = listed.view.verticalScrollBar(), list[str]()
    listed.model.modelReset.connect(lambda: resets.append(listed.model.grouping))
    for grouping in GROUPINGS:
        top = listed.view.indexAt(QPoint(5, 5)).siblingAtColumn(0).data()
        before = bar.value()
        listed.model.set_grouping(grouping)
        listed.model.sort(-1)
        while listed.model.busy:
            seen = listed.view.indexAt(QPoint(5, 5)).siblingAtColumn(0).data()
            assert resets[-1:] == [grouping] or (bar.value(), seen) == (before, top)
            QCoreApplication.processEvents()
        assert listed.view.selectionModel().isSelected(listed.model.index_of(chosen))
        assert listed.view.indexAt(QPoint(5, 5)).siblingAtColumn(0).data() == top
        assert listed.heights_are_right()
    assert listed.selected == [chosen]
