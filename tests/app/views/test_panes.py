"""List and detail in large text: nothing is squeezed, and what has the keyboard is in sight."""

from __future__ import annotations

from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.views.sessions.chips import _HOW
from tests.sample_window import Shown


def test_that_in_text_of_the_usual_size_nothing_is_ever_moved_aside(shown: Shown) -> None:
    for width in (1440, 1024, 984):
        shown.window.resize(width, 700)
        QTest.qWait(0)
        assert shown.window.panes.horizontalScrollBar().maximum() == 0


def test_that_in_large_text_both_sides_keep_the_room_they_need_and_follow_the_keyboard(
    qtbot: QtBot, shown: Shown
) -> None:
    window, panes = shown.window, shown.window.panes
    window.resize(1024, 700)
    shown.theme.set_percent(200)
    window.activateWindow()
    bar = panes.horizontalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    assert window.sessions.chips.width() >= window.sessions.chips._width(_HOW[-1])
    assert window.status.width() == window.width()
    window.detail.tabs.tabBar().setFocus()
    qtbot.waitUntil(lambda: bar.value() == bar.maximum())
    window.sessions.filter.setFocus()
    qtbot.waitUntil(lambda: bar.value() == 0)
