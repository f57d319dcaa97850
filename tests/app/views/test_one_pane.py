"""Large text in a small window: list and detail one at a time, and nothing in either is cut.

The window is as wide and as high as a screen of 1024 x 700 leaves, with text of 200 %.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.models.state.state_tree import Column
from app.resuming.plan import Plan, Row
from app.views.parts.sheet import Sheet
from app.views.parts.widgets import ElidedButton, ElidedLabel
from app.views.resume.resume_plan import PlanSection
from app.views.style.theme import Theme
from tests.app.views import every_place
from tests.app.views.seen import laid_out
from tests.sample_window import Shown

SIZE = (1024, 652)


@pytest.fixture
def shown(theme: Theme, qtbot: QtBot) -> Iterator[Shown]:
    """As the fixture of the same name, with large text in a small window."""
    theme.set_percent(200)
    shown = Shown(theme)
    qtbot.addWidget(shown.window)
    shown.window.resize(*SIZE)
    shown.window.show()
    shown.window.activateWindow()
    shown.open(shown.names[0])
    laid_out()
    yield shown
    shown.window.close()
    theme.set_percent(100)


def in_front(shown: Shown) -> str:
    there = {"list": shown.window.sessions.isVisible(), "detail": shown.window.detail.isVisible()}
    return " and ".join(name for name, visible in there.items() if visible)


def click_on_selected(shown: Shown, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    view = shown.window.sessions.view
    where = view.visualRect(view.currentIndex()).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, modifier, where)
    laid_out()  # what comes in front


def test_that_a_click_opens_a_session_and_one_goes_back_by_button_menu_and_key(shown: Shown) -> None:
    assert in_front(shown) == "list"
    click_on_selected(shown)
    assert in_front(shown) == "detail"
    assert shown.window.detail.state.view.hasFocus()
    QTest.mouseClick(shown.window.detail.header.back, Qt.MouseButton.LeftButton)
    assert in_front(shown) == "list"
    assert shown.window.sessions.view.hasFocus()
    QTest.keyClick(shown.window.sessions.view, Qt.Key.Key_Return)
    assert in_front(shown) == "detail"
    assert shown.window.detail.state.view.hasFocus()
    shown.window.actions_["actionFindSessions"].trigger()
    assert in_front(shown) == "list"
    assert shown.window.sessions.filter.hasFocus()


@pytest.mark.parametrize("name", ["State", "Changes", "Trend", "NextTab", "EditValue", "FindAttributes"])
def test_that_what_is_of_the_detail_brings_it_in_front_with_the_keyboard(shown: Shown, name: str) -> None:
    shown.window.actions_[f"action{name}"].trigger()
    assert in_front(shown) == "detail"
    focus = shown.window.focusWidget()
    assert focus is not None
    assert focus.isVisible()
    assert shown.window.detail.isAncestorOf(focus)


def test_that_a_group_that_is_folded_and_a_selection_of_several_stay_in_the_list(shown: Shown) -> None:
    view = shown.window.sessions.view
    heading = view.visualRect(view.model().index(0, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, heading)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, heading)
    click_on_selected(shown, Qt.KeyboardModifier.ControlModifier)
    assert in_front(shown) == "list"


def test_that_the_list_comes_in_front_when_no_session_is_selected_any_more(shown: Shown) -> None:
    click_on_selected(shown)
    shown.window.sessions.view.clearSelection()
    shown.window.sessions.view.session_selected.emit(None)
    assert in_front(shown) == "list"
    shown.window.detail.show_nothing()
    shown.window.actions_["actionHistory"].trigger()
    assert in_front(shown) == "list"


def test_that_both_are_there_again_with_their_widths_where_there_is_room(shown: Shown) -> None:
    window = shown.window
    window.theme.set_percent(100)
    window.set_panes(400, 623)
    window.theme.set_percent(200)
    assert in_front(shown) == "list"
    assert window.chosen_panes is not None
    assert window.chosen_panes[0] == pytest.approx(400, abs=2)
    window.theme.set_percent(100)
    laid_out()
    assert in_front(shown) == "list and detail"
    assert not window.detail.header.back.isVisible()
    assert window.splitter.sizes()[0] == pytest.approx(400, abs=2)


def test_that_several_attributes_are_in_sight_and_the_filter_is_one_key_away(shown: Shown) -> None:
    click_on_selected(shown)
    pane = shown.window.detail.state
    rows = pane.view.viewport().height() // shown.theme.px(28)
    assert rows >= 3
    assert pane.view.columnWidth(Column.VALUE) >= shown.theme.px(90)
    assert not pane.filter.isVisible()
    shown.window.actions_["actionFindAttributes"].trigger()
    assert pane.filter.hasFocus()


PLACES = (
    every_place.nothing, every_place.changes, every_place.saving, every_place.deciding,
    every_place.clear, every_place.resume, every_place.entry, every_place.nothing_watched,
)  # fmt: skip


def test_that_no_button_and_no_words_are_cut(shown: Shown) -> None:
    for place in every_place.each_in_turn(shown, PLACES):
        laid_out()
        sheets = [sheet for sheet in shown.window.findChildren(Sheet) if sheet.isVisible()]
        if not sheets:
            shown.window.one_pane.show_detail()
            laid_out()
        below = sheets[-1] if sheets else shown.window
        assert [words_of(one) for one in below.findChildren(QWidget) if is_cut(one, below)] == [], place
        assert [sheet for sheet in sheets if sheet.body.width() > sheet.frame.width()] == [], place


def test_that_no_sheet_is_wider_than_its_frame_at_any_size_of_text(shown: Shown) -> None:
    for percent in (125, 150, 175):
        shown.theme.set_percent(percent)
        for place in every_place.each_in_turn(shown, [every_place.deciding]):
            laid_out()
            (sheet,) = (one for one in shown.window.findChildren(Sheet) if one.isVisible())
            assert sheet.body.width() <= sheet.frame.width(), (percent, place)


def test_that_a_plan_of_many_attributes_is_no_wider_than_its_sheet(shown: Shown) -> None:
    every_place.resume(shown)
    section = shown.window.findChild(PlanSection)
    assert section is not None
    rows = (Row(f"attribute_{number}", number, "restored") for number in range(1_300))
    section.show_plan(Plan(tuple(rows), people=("subject_id", "user_id")))
    laid_out()
    (sheet,) = (one for one in shown.window.findChildren(Sheet) if one.isVisible())
    assert section.minimumSizeHint().width() < sheet.frame.width() - 2 * shown.theme.px(24)


def words_of(widget: QWidget) -> str:
    return widget.text() if isinstance(widget, QLabel | QAbstractButton) else type(widget).__name__


def is_cut(widget: QWidget, within: QWidget) -> bool:
    """Whether something with words has less width than they need, or reaches beyond its surroundings."""
    if (
        isinstance(widget, ElidedLabel | ElidedButton)
        or not widget.isVisible()
        or not words_of(widget).strip()
    ):
        return False
    if isinstance(widget, QLabel) and widget.wordWrap():
        return False
    if not isinstance(widget, QLabel | QPushButton):
        return False
    needed = widget.sizeHint().width() if isinstance(widget, QLabel) else text_width(widget)
    place = QRect(widget.mapTo(within, widget.rect().topLeft()), widget.size())
    return widget.width() < needed - 1 or place.left() < 0 or place.right() > within.width()


def text_width(button: QAbstractButton) -> int:
    icon = button.iconSize().width() if not button.icon().isNull() else 0
    return icon + button.fontMetrics().horizontalAdvance(button.text())
