"""The keyboard stays where the work is when what had it goes: never on a banner by itself."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMainWindow, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.exchange import Banner
from app.past_errands import HistoryRead, ReadHistory
from app.session import Delta
from app.views.parts.message_page import MessagePage, Offer
from app.views.parts.sheet import Sheet
from app.views.style.theme import Theme
from tests.app.models.history.test_versions import version
from tests.app.views.seen import DIRECTORY, laid_out
from tests.sample_window import Shown
from tests.samples import ROOT

_TABS = ("State", "Changes", "History", "Raw", "Files")


@pytest.fixture
def warned(shown: Shown) -> Shown:
    """The window with a banner of two buttons, an unsaved edit, and the keyboard in the tree."""
    shown.window.show_banner(Banner("some", "amber", "Changed on disk.", (("Decide", "decide"),)))
    shown.type_value("150", "trial_count")
    shown.window.detail.enter_state()
    laid_out()
    return shown


def keyboard() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def on_a_banner(shown: Shown) -> bool:
    return shown.window.banners.isAncestorOf(keyboard())


def takers(shown: Shown) -> list[QWidget]:
    """What can have the keyboard now, but for banners."""
    inside = [one for one in shown.window.findChildren(QWidget) if one.isVisible() and one.isEnabled()]
    able = [one for one in inside if one.focusPolicy() & Qt.FocusPolicy.TabFocus and not one.focusProxy()]
    return [one for one in able if not shown.window.banners.isAncestorOf(one)]


@pytest.mark.parametrize("tab", _TABS)
def test_that_whatever_is_greyed_or_hidden_gives_the_keyboard_to_no_banner(warned: Shown, tab: str) -> None:
    warned.window.detail.show_tab(tab)
    for widget in takers(warned):
        for turn in (widget.setEnabled, widget.setVisible):
            widget.setFocus()
            assert keyboard() is widget
            turn(False)
            assert not on_a_banner(warned)
            assert keyboard().isVisible()
            turn(True)


def test_that_a_session_that_goes_gives_the_keyboard_to_the_page_that_says_so(
    qtbot: QtBot, warned: Shown
) -> None:
    """In the list, Enter opened another session, and what was typed on would have been an edit there."""
    warned.sessions.apply(Delta(removed=(f"{ROOT}/{warned.names[0]}",)))
    warned.window.show_problem(f"{ROOT}/{warned.names[0]}", "It is gone.")
    laid_out()
    assert keyboard() is warned.window.detail.nothing
    for key in (Qt.Key.Key_Down, Qt.Key.Key_7, Qt.Key.Key_Return, Qt.Key.Key_Space):
        qtbot.keyClick(keyboard(), key)
    assert warned.window.selected_directory is None


def test_that_a_session_that_comes_instead_has_the_keyboard(warned: Shown) -> None:
    warned.sessions.apply(Delta(removed=(f"{ROOT}/{warned.names[0]}",)))
    warned.window.detail.nothing.setFocus()
    warned.open(warned.names[2])
    assert keyboard().objectName() == "stateView"


def test_that_a_greyed_button_of_history_gives_the_keyboard_to_the_versions(warned: Shown) -> None:
    history = warned.window.back.history
    warned.window.actions_["actionHistory"].trigger()
    versions = (version(1), version(2, "edit"), version(3, current=True))
    history.show_history(HistoryRead(ReadHistory(DIRECTORY), versions))
    restore = next(one for one in history.findChildren(QPushButton) if "Restore" in one.text())
    restore.setEnabled(True)
    restore.setFocus()
    restore.setEnabled(False)
    assert keyboard() is history.table


def test_that_a_sheet_gives_the_keyboard_to_the_tab_where_its_button_is_greyed_by_then(
    qtbot: QtBot, warned: Shown
) -> None:
    detail = warned.window.detail
    detail.tabs.setCurrentWidget(detail.changes)
    detail.changes.check.setFocus()
    warned.window.actions_["actionAbout"].trigger()
    (sheet,) = warned.window.findChildren(Sheet)
    assert sheet.before is detail.changes.check
    detail.changes.check.setEnabled(False)
    qtbot.keyClick(keyboard(), Qt.Key.Key_Escape)
    assert keyboard() is detail.changes.view


def test_that_tab_still_leads_to_the_buttons_of_a_banner(qtbot: QtBot, warned: Shown) -> None:
    warned.window.sessions.filter.setFocus()
    for _ in range(60):
        qtbot.keyClick(keyboard(), Qt.Key.Key_Tab)
        if on_a_banner(warned):
            break
    assert on_a_banner(warned)


def test_that_a_banner_that_is_clicked_away_leaves_the_keyboard_where_it_is(
    qtbot: QtBot, warned: Shown
) -> None:
    before = keyboard()
    dismiss = next(one for one in warned.window.banners.findChildren(QPushButton) if one.text() == "Dismiss")
    qtbot.mouseClick(dismiss, Qt.MouseButton.LeftButton)
    assert warned.window.banners.banners() == ()
    assert keyboard() is before


def test_that_a_banner_that_is_dismissed_by_key_gives_the_keyboard_to_the_list(
    qtbot: QtBot, warned: Shown
) -> None:
    warned.window.show_banner(Banner("other", "blue", "Another."))
    dismiss = next(one for one in warned.window.banners.findChildren(QPushButton) if one.text() == "Dismiss")
    dismiss.setFocus()
    qtbot.keyClick(dismiss, Qt.Key.Key_Space)
    assert keyboard().objectName() == "sessionView"


def test_that_what_went_while_another_program_was_in_front_gives_the_keyboard_to_no_banner(
    qtbot: QtBot, warned: Shown
) -> None:
    other = QMainWindow()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(other.isActiveWindow)
    warned.window.detail.state.show_message("Gone", "It is gone.")
    warned.window.activateWindow()
    qtbot.waitUntil(warned.window.isActiveWindow)
    assert not on_a_banner(warned)


@pytest.fixture
def page(qtbot: QtBot, theme: Theme) -> MessagePage:
    page = MessagePage(theme)
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    return page


HISTORY, UNDO = Offer("history", "history", "Go to History", ""), Offer("undo", "undo", "Undo clear", "")


def on(page: MessagePage) -> str:
    found = keyboard()
    return found.text().strip("\u2009") if isinstance(found, QPushButton) else ""


def test_that_a_keyboard_that_came_by_itself_is_on_the_first_way(page: MessagePage) -> None:
    page.setFocus()
    page.offer((HISTORY,))
    assert on(page) == "Go to History"
    page.offer((UNDO, HISTORY))
    assert on(page) == "Undo clear"
    page.offer(())
    page.offer((UNDO,))
    assert on(page) == "Undo clear"


def test_that_a_keyboard_that_somebody_put_on_a_way_stays_there(page: MessagePage) -> None:
    page.offer((HISTORY,))
    page.findChildren(QPushButton)[0].setFocus(Qt.FocusReason.TabFocusReason)
    for offers in ((UNDO, HISTORY), (HISTORY,), (UNDO, HISTORY)):
        page.offer(offers)
        assert on(page) == "Go to History"
