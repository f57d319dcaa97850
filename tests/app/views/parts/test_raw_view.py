"""The raw rows of a file: where one is stays in sight when the window becomes another size."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.values.raw_text import RawText
from app.views.parts.raw_view import RawView
from app.views.style.theme import Theme

LINES = 200


@pytest.fixture
def view(qtbot: QtBot, qapp: QApplication) -> RawView:
    view = RawView(Theme("light"))
    qtbot.addWidget(view)
    view.resize(400, 600)
    view.show()
    view.set_text(RawText(b"".join(b"%08d\n" % line for line in range(LINES))))
    return view


def seen(view: RawView) -> range:
    first = view.verticalScrollBar().value()
    return range(first, first + view._page_rows)


@pytest.mark.parametrize("row", [3, 20, 100, 199])
def test_that_the_row_that_was_gone_to_stays_in_sight(view: RawView, row: int) -> None:
    view.reveal(9 * row)
    for height in (600, 120, 300, 60):
        view.resize(400, height)
        assert row in seen(view)


def test_that_who_has_scrolled_elsewhere_is_left_there(view: RawView) -> None:
    view.reveal(9 * 100)
    view.verticalScrollBar().setValue(10)
    view.resize(400, 120)
    assert view.verticalScrollBar().value() == 10


def test_that_who_follows_a_log_stays_at_its_end(view: RawView) -> None:
    view.follow(True)
    view.resize(400, 20_000)
    view.reveal(0)
    view.go_to_end()
    view.resize(400, 120)
    assert view.is_at_end
