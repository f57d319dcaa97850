"""A press by a pointer that has not moved since the page did: pages in each other, and a sheet above."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.views.parts.unmoved_press import REFUSED, UnmovedPress
from tests.app.views.seen import laid_out

WHERE = QPoint(100, 80)


class Pages:
    """A page in a page in a window, full of a row that says when it is pressed."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window, self.outer, self.inner = QWidget(), QWidget(), QWidget()
        self.pressed: list[str] = []
        self.told: list[object] = []
        for around, one in ((self.window, self.outer), (self.outer, self.inner)):
            column = QVBoxLayout(around)
            column.addWidget(one)
        row = QPushButton("Row", self.inner)
        row.setGeometry(0, 0, 400, 300)
        row.clicked.connect(lambda: self.pressed.append("Row"))
        qtbot.addWidget(self.window)
        self.window.resize(400, 300)
        self.window.show()
        qtbot.waitExposed(self.window)
        laid_out()

    def move(self, page: QWidget) -> None:
        """Something took its place above what stands in it."""
        moved = UnmovedPress(page, lambda: self.window.mapToGlobal(WHERE))
        moved.refused.connect(self.told.append)
        moved.expect()

    def press(self) -> None:
        """Each is half a second after the one before, by the clock of presses."""
        QTest.mouseClick(self.window.windowHandle(), Qt.MouseButton.LeftButton, pos=WHERE)


@pytest.fixture
def pages(qtbot: QtBot) -> Pages:
    return Pages(qtbot)


def test_that_where_two_pages_in_each_other_moved_presses_reach_nothing_once(pages: Pages) -> None:
    """Each refused the first press that it saw, and the inner one saw only what the other let by."""
    pages.move(pages.inner)
    pages.move(pages.outer)
    for _ in range(4):
        pages.press()
    assert (pages.pressed[:1], pages.told) == (["Row"], [REFUSED])


def test_that_a_sheet_that_has_come_over_the_page_is_pressed(pages: Pages) -> None:
    """It was opened by a key after the page had moved: what lies under the pointer there was aimed at."""
    pages.move(pages.inner)
    sheet = QPushButton("Save", pages.window)
    sheet.clicked.connect(lambda: pages.pressed.append("Save"))
    sheet.setGeometry(0, 0, 400, 300)
    sheet.show()
    pages.press()
    assert (pages.pressed, pages.told) == (["Save"], [])
