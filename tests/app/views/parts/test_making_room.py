"""Notices come and go above the panes, and nothing moves under the hand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.exchange import Banner
from app.views.parts.banners import BannerBar
from app.views.parts.making_room import MakingRoom
from app.views.style.theme import Theme

HOURS = 10**7
INSIDE, OUTSIDE = QPoint(300, 200), QPoint(780, 580)
UNDER = Qt.WidgetAttribute.WA_UnderMouse
ONE = Banner("one", "vermilion", "A folder cannot be reached.", (), True)


class Place:
    """A button and a field in panes below notices; both report what was done to them."""

    def __init__(self, qtbot: QtBot, theme: Theme) -> None:
        self.banners = BannerBar(theme)
        self.below = QWidget()
        column = QVBoxLayout(self.below)
        self.button, self.field = QPushButton("Row"), QLineEdit()
        column.addWidget(self.button)
        column.addWidget(self.field)
        column.addStretch(1)
        self.pressed: list[object] = []
        self.button.clicked.connect(lambda: self.pressed.append("Row"))
        self.pointer = OUTSIDE
        self._qtbot = qtbot

    def show(self, *, rest: int = HOURS, reaction: int = HOURS) -> None:
        self.room = MakingRoom(
            self.banners, self.below, rest=rest, reaction=reaction, pointer=lambda: self.pointer
        )
        self._qtbot.addWidget(self.room)
        self.room.resize(600, 400)
        self.room.show()
        self.room.activateWindow()
        self._qtbot.waitExposed(self.room)

    @property
    def top(self) -> int:
        """Where the panes begin."""
        return self.below.mapTo(self.room, QPoint(0, 0)).y()

    def enter(self, where: QPoint = INSIDE) -> None:
        """The hand goes into the panes."""
        self.pointer = where
        self.below.setAttribute(UNDER)

    def leave(self) -> None:
        self.pointer = OUTSIDE
        self.below.setAttribute(UNDER, on=False)
        QApplication.sendEvent(self.below, QEvent(QEvent.Type.Leave))

    def put(self, banner: Banner = ONE) -> None:
        self.banners.put(banner)
        self._qtbot.waitUntil(lambda: self.banners.height() > 20)

    def take_away(self) -> None:
        """It goes by itself."""
        self.banners.remove("one")
        self._qtbot.waitUntil(lambda: self.banners.isHidden() and self.top == 0)

    def press_at(self, widget: QWidget) -> None:
        """Press where that is, whatever lies there."""
        where = widget.mapTo(self.room, widget.rect().center())
        window = self.room.windowHandle()
        QTest.mouseClick(window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, where)


@pytest.fixture
def place(qtbot: QtBot, theme: Theme) -> Iterator[Place]:
    made = Place(qtbot, theme)
    yield made
    made.room.close()


def test_that_a_notice_pushes_the_panes_down_while_no_hand_is_there(place: Place) -> None:
    place.show()
    place.put()
    assert place.top == place.banners.height() > 0
    place.take_away()
    assert (place.top, place.room.is_waiting) == (0, False)


def test_that_a_notice_that_comes_under_the_hand_moves_nothing_until_it_leaves(place: Place) -> None:
    place.show()
    place.enter()
    place.put()
    assert (place.top, place.room.is_waiting) == (0, True)
    assert place.banners.isVisible()
    place.leave()
    QApplication.sendPostedEvents()
    assert place.top == place.banners.height() > 0


def test_that_the_room_of_a_notice_that_went_stays_until_the_hand_leaves(place: Place, qtbot: QtBot) -> None:
    place.show()
    place.put()
    place.enter()
    top = place.top
    place.banners.remove("one")
    qtbot.waitUntil(lambda: place.room.is_waiting)
    assert place.top == top > 0
    place.leave()
    qtbot.waitUntil(lambda: place.top == 0)


def test_that_a_press_just_after_a_notice_came_reaches_what_it_covers(place: Place) -> None:
    place.show()
    place.enter()
    place.put()
    place.press_at(place.button)
    assert len(place.pressed) == 1
    assert place.top == 0


def test_that_a_notice_that_was_there_to_be_seen_is_pressed_itself(place: Place, qtbot: QtBot) -> None:
    place.show(reaction=0)
    place.enter()
    place.put()
    transparent = Qt.WidgetAttribute.WA_TransparentForMouseEvents
    holder = place.banners.parentWidget()
    qtbot.waitUntil(lambda: holder is not None and not holder.testAttribute(transparent))
    place.press_at(place.button)
    assert place.pressed == []


def test_that_typing_makes_room_and_holding_a_key_to_select_does_not(place: Place, qtbot: QtBot) -> None:
    place.show()
    place.field.setFocus()
    qtbot.waitUntil(place.field.hasFocus)
    place.enter()
    place.put()
    qtbot.keyClick(place.field, Qt.Key.Key_Control)
    assert place.room.is_waiting
    qtbot.keyClick(place.field, "a")
    qtbot.waitUntil(lambda: place.top == place.banners.height() > 0)


def test_that_a_hand_that_rests_aims_at_nothing(place: Place, qtbot: QtBot) -> None:
    place.show(rest=1)
    place.enter()
    place.put()
    qtbot.waitUntil(lambda: place.top == place.banners.height() > 0)


def test_that_a_pointer_that_nobody_touched_since_the_window_opened_or_since_a_key_is_no_hand(
    place: Place, qtbot: QtBot
) -> None:
    place.enter()
    place.show()
    place.put()
    qtbot.waitUntil(lambda: place.top == place.banners.height())
    place.take_away()
    place.enter(QPoint(310, 210))
    place.put()
    assert place.room.is_waiting
    place.field.setFocus()
    qtbot.waitUntil(place.field.hasFocus)
    qtbot.keyClick(place.field, "a")
    qtbot.waitUntil(lambda: place.top == place.banners.height())
    one = place.top
    place.put(Banner("two", "blue", "Another one."))
    qtbot.waitUntil(lambda: place.top == place.banners.height() > one)


def test_that_another_size_of_the_window_makes_room(place: Place, qtbot: QtBot) -> None:
    place.show()
    place.enter()
    place.put()
    place.room.resize(500, 300)
    qtbot.waitUntil(lambda: place.top == place.banners.height() > 0)


def test_that_a_notice_is_as_high_as_its_sentence_needs_in_the_width_that_there_is(
    qtbot: QtBot, theme: Theme
) -> None:
    """It was as high as in the narrowest window, where it takes several lines."""
    place = Place(qtbot, theme)
    place.show()
    sentence = "This is the demo: its sessions are made up, and one more starts and ends while you look."
    place.banners.put(Banner("long", "blue", sentence))
    place.room.resize(1200, 400)
    qtbot.waitUntil(lambda: place.top > 0)
    wide = place.top
    place.room.resize(420, 400)
    qtbot.waitUntil(lambda: place.top > wide + 10)
    place.room.resize(1200, 400)
    qtbot.waitUntil(lambda: place.top == wide)
    short = Place(qtbot, theme)
    short.show()
    short.room.resize(1200, 400)
    short.banners.put(Banner("short", "blue", "Short."))
    qtbot.waitUntil(lambda: short.top == wide)
