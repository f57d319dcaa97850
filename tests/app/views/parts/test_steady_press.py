"""A press just after the list has moved is not taken, since it was meant for another row."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QMoveEvent
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.views.parts.steady_press import SteadyPress

HOURS = 10**7


class Place:
    """A button in a part that something above it pushes down."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.above, self.moving = QWidget(), QWidget()
        self.above.setFixedHeight(40)
        self.above.hide()
        column = QVBoxLayout(self.window)
        column.addWidget(self.above)
        column.addWidget(self.moving)
        self.button = QPushButton("One", self.moving)
        self.pressed: list[bool] = []
        self.button.clicked.connect(lambda *_: self.pressed.append(True))
        self.told: list[object] = []
        self._qtbot = qtbot

    def watch(self, reaction: int) -> None:
        SteadyPress(self.moving, self.button, reaction).told.connect(self.told.append)
        self.window.show()
        self._qtbot.waitExposed(self.window)

    def push(self) -> None:
        before = self.moving.y()
        self.above.show()
        self._qtbot.waitUntil(lambda: self.moving.y() > before)

    def press(self) -> None:
        self._qtbot.mouseClick(self.button, Qt.MouseButton.LeftButton)


@pytest.fixture
def place(qtbot: QtBot) -> Iterator[Place]:
    made = Place(qtbot)
    yield made
    made.window.close()


def test_that_a_press_just_after_a_move_is_not_taken_and_told(place: Place) -> None:
    place.watch(HOURS)
    place.push()
    place.press()
    assert place.pressed == []
    assert len(place.told) == 1


def test_that_a_press_that_had_time_to_see_it_is_taken(place: Place) -> None:
    place.watch(0)
    place.push()
    place.press()
    assert (len(place.pressed), place.told) == (1, [])


def test_that_where_nothing_moved_every_press_is_taken(place: Place) -> None:
    place.watch(HOURS)
    place.press()
    assert (len(place.pressed), place.told) == (1, [])


def test_that_being_laid_out_in_the_same_place_is_no_move(place: Place) -> None:
    place.watch(HOURS)
    where = place.moving.pos()
    QApplication.sendEvent(place.moving, QMoveEvent(where, where))
    place.press()
    assert (len(place.pressed), place.told) == (1, [])
