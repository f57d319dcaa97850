"""The row of a file that somebody has gone to, whole below it, where it is cut."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.values.raw_text import RawText
from app.views.parts.raw_view import Flaw, RawView
from app.views.parts.whole_row import WholeRow
from app.views.style.theme import Theme

LONG = "2026-11-23 11:57:00,000 ERROR persistence.launching: " + "the reward controller does not answer; " * 3


class Read:
    """A file of a short, a long and a very long row, with its strip below it."""

    def __init__(self, theme: Theme) -> None:
        self.page = QWidget()
        self.view = RawView(theme)
        self.strip = WholeRow(theme, self.view)
        column = QVBoxLayout(self.page)
        column.addWidget(self.view, 1)
        column.addWidget(self.strip)
        self.page.resize(360, 300)
        self.page.show()
        self.view.set_text(RawText(f"short\n{LONG}\n{'x' * 900}\n".encode()))
        self.view.setFocus()

    def key(self, key: Qt.Key) -> None:
        QTest.keyClick(self.view, key)


@pytest.fixture
def read(qtbot: QtBot, theme: Theme) -> Read:
    made = Read(theme)
    qtbot.addWidget(made.page)
    return made


def test_that_a_cut_row_that_somebody_goes_to_stands_whole_below(read: Read) -> None:
    assert not read.strip.isVisible()
    read.key(Qt.Key.Key_Down)
    assert read.strip.isVisible()
    assert read.strip.toPlainText() == LONG
    read.key(Qt.Key.Key_Up)
    assert not read.strip.isVisible()  # all of it can be read in its row


def test_that_all_of_it_can_be_seen_and_reached_by_tab(read: Read, qtbot: QtBot) -> None:
    read.key(Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: read.strip.verticalScrollBar().maximum() == 0)
    read.key(Qt.Key.Key_Tab)
    qtbot.waitUntil(read.strip.hasFocus)
    read.view.setFocus()
    read.key(Qt.Key.Key_Down)
    bar = read.strip.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)  # of 900 letters the rest is scrolled to
    assert read.strip.height() < read.page.height() / 2
    read.page.resize(9000, 300)
    qtbot.waitUntil(lambda: not read.strip.isVisible())


def test_that_a_click_shows_a_row_and_a_damage_or_another_file_none(read: Read) -> None:
    where = QPoint(200, read.view._rows.height + 2)
    QTest.mouseClick(read.view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert read.strip.isVisible()
    text = RawText(f"{LONG}\n".encode())
    read.view.set_text(text, Flaw(90, "The file ends too early."))
    assert not read.strip.isVisible()
    read.view.reveal(90)
    assert not read.strip.isVisible()  # the place is in sight, with what is said of it
    read.view.reveal(90, 4)
    assert read.strip.isVisible()  # what was found is read
