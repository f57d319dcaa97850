"""The raw rows of a file: where one is stays in sight when the window becomes another size."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
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


LONG = b"2026-11-28 00:44:16,548 INFO persistence.launching.saving: Saved 24 attributes of m.Launcher%04d\n"


@pytest.fixture
def log(view: RawView) -> RawView:
    """Lines that are wider than the view, wrapped."""
    view.wrap(True)
    view.follow(True)
    view.set_text(RawText(b"".join(LONG % line for line in range(LINES))))
    view.go_to_end()
    return view


def lines(view: RawView, row: int) -> list[str]:
    found = view._row(row)
    assert found is not None
    return [part.text for part in view._rows.lines(found, view._wrapped_at)]


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


def test_that_a_wrapped_line_stands_whole_on_as_many_lines_as_it_takes(log: RawView) -> None:
    parts = lines(log, 3)
    assert len(parts) > 1
    assert "".join(parts).encode() + b"\n" == LONG % 3
    assert all(part.endswith(" ") for part in parts[:-1])  # no word is cut that has room on a line
    assert not any(part.startswith(" ") for part in parts)
    assert log.horizontalScrollBar().maximum() == 0


def test_that_a_word_without_room_on_a_line_is_cut(log: RawView) -> None:
    log.set_text(RawText(b"x" * 900 + b"\n" + "\u4e2d".encode() * 300))
    for row in (0, 1):
        found = log._row(row)
        assert found is not None
        parts = log._rows.lines(found, log._wrapped_at)
        assert "".join(part.text for part in parts) == found.text
        assert all(log._rows.width(part) <= log._wrapped_at for part in parts)
    log.resize(10, 600)  # less than a character has room
    assert all(len(part) == 1 for part in lines(log, 0))


def test_that_the_last_wrapped_line_stands_whole_at_the_end_whatever_comes(log: RawView) -> None:
    def shown(view: RawView) -> int:
        rows = range(view.verticalScrollBar().value(), view.text.rows)
        return sum(len(lines(view, row)) for row in rows) * view._rows.height

    assert log.is_at_end
    assert shown(log) <= log.viewport().height()
    log.grow(log.text.grown(LONG % 7 + b"short\n", keep=1 << 20))
    assert log.is_at_end
    assert shown(log) <= log.viewport().height()
    log.resize(300, 250)
    assert log.is_at_end
    assert shown(log) <= log.viewport().height()


def test_that_what_is_clicked_and_selected_in_a_wrapped_line_is_what_stands_there(log: RawView) -> None:
    log.verticalScrollBar().setValue(5)
    first, second = lines(log, 5)[:2]
    height, left = log._rows.height, log._left
    QTest.mousePress(log.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(left + 2, height + height // 2))
    assert log.caret_offset == 5 * len(LONG % 5) + len(first)
    QTest.mouseDClick(log.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(left + 9, height + height // 2))
    log.copy()
    assert second.startswith(QGuiApplication.clipboard().text())
    row = log.verticalScrollBar().value() + 1
    below = len(lines(log, 5)) * height + height // 2
    QTest.mousePress(log.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(left, below))
    assert log.caret_offset == row * len(LONG % 5)


@pytest.mark.parametrize("row", [0, 100, 199])
def test_that_what_was_found_in_wrapped_lines_stays_in_sight(log: RawView, row: int) -> None:
    log.reveal(row * len(LONG % 5) + 60, 5)
    for width, height in ((400, 600), (300, 200), (900, 300)):
        log.resize(width, height)
        assert row in seen(log)
