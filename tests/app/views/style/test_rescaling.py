"""Another size of text in an open window: as if it had been built so, and back again without a trace."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QLayout, QWidget
from pytestqt.qtbot import QtBot

from app.models.state.state_tree import Column
from app.settings import FONT_PERCENTS
from app.views.sessions.row_heights import HEADING_ROW, ROW
from app.views.sessions.session_view import SessionView
from app.views.style.rescaling import Rescaling
from app.views.style.theme import Theme
from tests.sample_window import Shown
from tests.samples import ROOT

Measures = list[tuple[str, tuple[int, ...]]]


@given(st.integers(0, 4000), st.lists(st.sampled_from(FONT_PERCENTS), max_size=6))
def test_that_no_length_drifts_however_often_the_size_changes(pixels: int, percents: list[int]) -> None:
    now, length = 100, pixels
    for percent in (*percents, 100):
        length = Rescaling(now / 100, percent / 100).length(length)
        now = percent
    assert length == pixels


def test_that_lines_and_what_has_no_limit_stay() -> None:
    twice = Rescaling(1, 2)
    assert [twice.length(pixels) for pixels in (-1, 0, 1, 2, (1 << 24) - 1)] == [-1, 0, 1, 4, (1 << 24) - 1]


def measures(window: QWidget) -> Measures:
    """Fonts and limits of all that we build ourselves."""
    found: Measures = []
    for widget in (window, *window.findChildren(QWidget)):
        if widget.objectName().startswith("qt_") or isinstance(widget.parent(), QAbstractScrollArea):
            continue
        name = f"{widget.metaObject().className()} {widget.objectName()}"
        if widget.testAttribute(Qt.WidgetAttribute.WA_SetFont):
            found.append((f"font of {name}", (widget.font().pixelSize(),)))
        if not widget.isWindow() and widget.minimumWidth() < 200:  # the others are measured by their words
            width = 0 if widget.property("kind") == "chip" else widget.minimumWidth()  # by the pane's width
            limits = (width, widget.minimumHeight(), widget.maximumHeight())
            found.append((f"limits of {name}", limits))
    return found


def margins(window: QWidget) -> list[tuple[int, int]]:
    """Of all layouts, in no order."""
    found = [layout.contentsMargins() for layout in window.findChildren(QLayout)]
    return sorted((one.left(), one.top()) for one in found)


@pytest.mark.parametrize("percent", [125, 200])
def test_that_an_open_window_becomes_as_one_that_was_built_so(
    qtbot: QtBot, shown: Shown, percent: int
) -> None:
    shown.theme.set_percent(percent)
    other = Shown(Theme("light", percent))
    qtbot.addWidget(other.window)
    other.window.resize(1440, 900)
    other.window.show()
    other.open(other.names[0])
    for _ in range(3):
        QTest.qWait(0)  # panes get their new widths, and what lies in them fits itself to these
    ours, theirs = measures(shown.window), measures(other.window)
    assert len(ours) == len(theirs)
    for (what, found), (_, wanted) in zip(ours, theirs, strict=True):
        assert found == pytest.approx(wanted, abs=6), what
    fonts = [[size for what, (size, *_) in one if what.startswith("font")] for one in (ours, theirs)]
    assert fonts[0] == fonts[1]
    other.window.close()


def test_that_the_usual_size_comes_back_without_a_trace(shown: Shown) -> None:
    before = measures(shown.window), margins(shown.window)
    for percent in (200, 110, 175, 100):
        shown.theme.set_percent(percent)
    assert (measures(shown.window), margins(shown.window)) == before


def test_that_the_window_keeps_its_size_and_can_be_made_as_small_on_every_screen(
    monkeypatch: pytest.MonkeyPatch, shown: Shown
) -> None:
    monkeypatch.setattr(shown.window, "_room", lambda: QSize(1424, 852))
    shown.window.resize(1100, 700)
    smallest = shown.window.minimumSize()
    for percent in (150, 200, 100):
        shown.theme.set_percent(percent)
        assert shown.window.minimumSize() == smallest
        assert shown.window.size() == QSize(1100, 700)
    shown.theme.set_percent(150)
    shown.window.resize(1024, 700)
    panes = shown.window.sessions, shown.window.detail
    assert [pane.isHidden() for pane in panes].count(True) == 1  # one at a time


def test_that_rows_and_headings_of_the_list_grow(shown: Shown) -> None:
    shown.theme.set_percent(150)
    rows = shown.window.sessions.view.verticalHeader()
    heights = {rows.sectionSize(row) for row in range(rows.count())}
    assert heights == {shown.theme.px(ROW), shown.theme.px(HEADING_ROW)}


def test_that_words_are_cut_anew_and_less_room_is_made_do_with(shown: Shown) -> None:
    header = shown.window.detail.header
    assert "Launcher" in header.meta.text()  # a wide window says the path and the launcher
    shown.theme.set_percent(200)
    assert "Launcher" not in header.meta.text()
    assert header.meta.fontMetrics().horizontalAdvance(header.meta.text()) <= header.meta.width()
    assert header.name.fontMetrics().horizontalAdvance(header.name.text()) <= header.name.width()


def test_that_a_smaller_size_than_the_usual_one_is_not_to_be_had(shown: Shown) -> None:
    shown.theme.set_percent(50)
    assert shown.theme.percent == 100


def test_that_the_selected_session_stays_in_view(qtbot: QtBot, shown: Shown) -> None:
    view = shown.window.sessions.view
    shown.window.resize(1440, 560)
    view.select(f"{ROOT}/{shown.names[-1]}")
    qtbot.waitUntil(lambda: is_in_view(view, shown))
    shown.theme.set_percent(200)
    qtbot.waitUntil(lambda: is_in_view(view, shown))
    assert view.verticalScrollBar().maximum() > 0  # there is more than fits


def is_in_view(view: SessionView, shown: Shown) -> bool:
    index = shown.sessions.index_of(view.selected_directory or "")
    return view.viewport().rect().contains(view.visualRect(index).center())


@pytest.mark.parametrize("percent", FONT_PERCENTS)
def test_that_chips_have_round_ends(shown: Shown, percent: int) -> None:
    shown.theme.set_percent(percent)
    chip = shown.window.sessions.chips.buttons["completed"]
    QTest.qWait(0)
    picture = chip.grab().toImage()
    assert picture.pixelColor(0, 0) != picture.pixelColor(0, picture.height() // 2)


def test_that_large_text_in_a_small_window_hides_no_tool_cuts_no_chip_and_leaves_values_room(
    shown: Shown,
) -> None:
    shown.theme.set_percent(200)
    for _ in range(3):
        QTest.qWait(0)
    bar, chips = shown.window.tool_bar, shown.window.sessions.chips
    assert shown.window.width() == 1440
    assert bar.sizeHint().width() <= bar.width()
    assert sum(chip.width() for chip in chips.buttons.values()) <= chips.width()
    assert shown.window.detail.state.view.columnWidth(Column.VALUE) >= shown.theme.px(90)
    shown.theme.set_percent(100)
    for _ in range(3):
        QTest.qWait(0)
    assert bar.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonTextBesideIcon
    assert not shown.window.detail.state.view.isColumnHidden(Column.SAVED)
