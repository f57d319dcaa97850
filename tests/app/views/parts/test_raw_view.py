"""The raw rows of a file: where one is stays in sight when the window becomes another size."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QAbstractSlider, QApplication
from pytestqt.qtbot import QtBot

from app.values.raw_text import RawText
from app.views.parts.raw_view import Flaw, RawView
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
    for height in (600, 120, 5, 300, 60):
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


def test_that_a_place_that_was_gone_to_is_shown_with_the_beginning_of_its_line(view: RawView) -> None:
    view.set_text(RawText(b"a short one\n" + b'    "a": 1, "bb": 22\n' + b"x" * 5000))
    across = view.horizontalScrollBar()
    view.resize(60, 400)  # as before the window has laid it out
    view.reveal(28)
    assert across.value() > 0
    view.resize(600, 400)
    assert across.value() == 0
    across.setValue(30)
    view.reveal(28)
    assert across.value() == 0
    view.reveal(4000)  # out of sight from the beginning
    assert across.value() > 0
    view.resize(500, 400)
    assert across.value() > 0


@pytest.mark.parametrize("column", [40, 3000])
def test_that_a_damage_stays_in_sight_with_what_is_said_of_it_at_another_size_of_text(
    qtbot: QtBot, qapp: QApplication, column: int
) -> None:
    theme = Theme("light")
    view = RawView(theme)
    qtbot.addWidget(view)
    view.resize(420, 300)
    view.show()
    before = b"".join(b"%08d\n" % line for line in range(LINES))
    flaw = Flaw(len(before) + column - 1, "The file ends too early.")
    view.set_text(RawText(before + b"x" * column), flaw)
    view.reveal(flaw.offset)
    for percent in (100, 150, 200):
        theme.set_percent(percent)
        across, row = view.horizontalScrollBar(), view._row(LINES)
        assert row is not None
        assert LINES in seen(view)
        place = view._rows.x(row, column - 1) - across.value()
        assert 0 <= place < view._room
        said = view._rows.behind(flaw.sentence)
        assert place + said <= view._room or said > view._room * 2 // 3
    view.verticalScrollBar().setValue(0)
    theme.set_percent(100)
    assert view.verticalScrollBar().value() == 0  # who has gone elsewhere stays there


def test_that_who_has_scrolled_across_is_left_there(view: RawView) -> None:
    view.set_text(RawText(b'    "a": 1, "bb": 22\n' + b"x" * 5000))
    across = view.horizontalScrollBar()
    view.reveal(3)
    across.triggerAction(QAbstractSlider.SliderAction.SliderSingleStepAdd)
    before = across.value()
    assert before > 0
    view.resize(700, 400)
    assert across.value() == before
