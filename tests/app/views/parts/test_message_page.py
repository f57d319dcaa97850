"""A page in the place of what cannot be shown: whole in little room, by keys as well."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.views.parts.message_page import MessagePage, Offer
from app.views.style.looks import Look
from app.views.style.theme import Theme

OFFERS = (
    Offer("good", "history", "Restore version 1…", "The last good one, saved 18:54:46 by ann"),
    Offer(
        "rest", "lifebuoy", "Salvage what can be read…",
        "10 attributes, up to line 19, column 2196; 3 of version 1 are lost",
    ),
    Offer("raw", "file-document-outline", "Go to Raw", "The file as it is"),
    Offer("history", "history", "Go to History", "2 versions"),
)  # fmt: skip


@pytest.fixture
def page(qtbot: QtBot, theme: Theme) -> MessagePage:
    """What stands in the place of a damaged state."""
    made = MessagePage(theme)
    qtbot.addWidget(made)
    made.setStyleSheet(theme.stylesheet())
    look = Look("alert-octagon", "vermilion")
    made.say("Damaged", "The file ends too early, at line 19, column 2196.", look)
    made.offer(OFFERS)
    made.show()
    return made


def buttons(page: MessagePage) -> list[QPushButton]:
    return sorted(page.findChildren(QPushButton), key=lambda one: one.mapTo(page, QPoint(0, 0)).y())


@pytest.mark.parametrize("height", [120, 200, 310, 330, 350, 380, 500])
def test_that_nothing_of_it_is_cut_where_there_is_little_room(page: MessagePage, height: int) -> None:
    page.resize(506, height)
    QApplication.processEvents()
    for label in page.findChildren(QLabel):
        assert not label.isVisible() or label.height() >= label.heightForWidth(label.width()), label.text()
    column = buttons(page)
    for above, below in pairwise(column):
        assert below.geometry().top() - above.geometry().bottom() > 4


def test_that_what_is_empty_above_it_goes_before_it_scrolls(page: MessagePage) -> None:
    first = {}
    for height in (600, 340):
        page.resize(506, height)
        QApplication.processEvents()
        (title,) = (one for one in page.findChildren(QLabel) if one.text() == "Damaged")
        first[height] = title.mapTo(page, QPoint(0, 0)).y()
        last = buttons(page)[-1]
        assert last.mapTo(page, QPoint(0, last.height())).y() <= height
    assert first[600] == 64 + 32 + 8
    assert first[340] < first[600]


def test_that_a_way_comes_into_sight_with_the_keyboard(page: MessagePage, qtbot: QtBot) -> None:
    page.resize(506, 160)
    page.activateWindow()
    column = buttons(page)
    column[0].setFocus(Qt.FocusReason.TabFocusReason)
    for _ in column[1:]:
        qtbot.keyClick(QApplication.focusWidget() or page, Qt.Key.Key_Tab)
    assert column[-1].hasFocus()
    assert column[-1].mapTo(page, QPoint(0, column[-1].height())).y() <= page.height()
