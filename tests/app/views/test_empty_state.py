"""How to begin, in whatever room there is."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QFrame
from pytestqt.qtbot import QtBot

from app.views.empty_state import EmptyState
from app.views.style.theme import Theme
from tests.app.views.seen import laid_out


def test_that_cards_stand_side_by_side_or_below_each_other_where_they_have_no_room(
    qtbot: QtBot, theme: Theme
) -> None:
    page = EmptyState(theme)
    qtbot.addWidget(page)
    page.show()

    def places() -> tuple[int, int]:
        """In how many columns, and in how many rows."""
        laid_out()
        cards = [one for one in page.findChildren(QFrame, "card") if one.isVisible()]
        points = [one.mapTo(page, QPoint()) for one in cards]
        return len({one.x() for one in points}), len({one.y() for one in points})

    page.resize(1000, 700)
    assert places() == (3, 1)
    page.resize(500, 700)
    assert places() == (1, 3)
