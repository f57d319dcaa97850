"""A part has been seen when all of it was painted."""

from __future__ import annotations

from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.views.parts.sight import Sight

HEIGHT = 100


def test_that_a_part_is_seen_when_all_of_it_was_on_the_screen_at_some_time(qtbot: QtBot) -> None:
    """The second is higher than what is shown at once: nobody ever sees all of it in one moment."""
    area, parts = scrolling(qtbot, 60, 2 * HEIGHT, 60)
    sight, told = Sight(area), list[int]()
    sight.changed.connect(lambda: told.append(1))
    sight.watch("x", [(part, f"part {number}") for number, part in enumerate(parts)])
    qtbot.waitUntil(lambda: sight.unseen == parts[1:])
    for place in range(0, 241, 30):
        area.verticalScrollBar().setValue(place)
        area.viewport().repaint()
    qtbot.waitUntil(lambda: sight.unseen == [])
    assert len(told) == len(parts)


def test_that_half_a_part_has_not_been_seen(qtbot: QtBot) -> None:
    area, parts = scrolling(qtbot, HEIGHT - 20, 60)
    sight = Sight(area)
    sight.watch("x", [(part, str(number)) for number, part in enumerate(parts)])
    qtbot.waitUntil(lambda: sight.unseen == parts[1:])
    parts[1].repaint()
    assert sight.unseen == parts[1:]


def test_that_what_was_seen_stays_so_until_it_says_something_else(qtbot: QtBot) -> None:
    area, (part, *_) = scrolling(qtbot, 40, 40)
    sight = Sight(area)
    sight.watch("x", [(part, "one")])
    qtbot.waitUntil(lambda: sight.unseen == [])
    sight.watch("x", [(part, "two")])
    assert sight.unseen == [part]
    qtbot.waitUntil(lambda: sight.unseen == [])  # it is painted anew
    sight.watch("x", [(part, "one")])
    assert sight.unseen == []


def test_that_what_is_not_watched_any_more_holds_nobody_up(qtbot: QtBot) -> None:
    area, parts = scrolling(qtbot, 2 * HEIGHT, 40)
    sight = Sight(area)
    sight.watch("x", [(parts[0], "one")])
    sight.watch("y", [(parts[1], "two")])
    assert sight.unseen == parts
    sight.watch("x", [])
    assert sight.unseen == parts[1:]


def scrolling(qtbot: QtBot, *heights: int) -> tuple[QScrollArea, list[QWidget]]:
    """Parts of these heights below each other, of which a hundred pixels are shown."""
    area, inside = QScrollArea(), QWidget()
    column, parts = QVBoxLayout(inside), list[QWidget]()
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for height in heights:
        part = QWidget()
        part.setFixedSize(150, height)
        column.addWidget(part)
        parts.append(part)
    area.setWidget(inside)
    area.setFixedSize(200, HEIGHT)
    qtbot.addWidget(area)
    area.show()
    qtbot.waitExposed(area)
    return area, parts
