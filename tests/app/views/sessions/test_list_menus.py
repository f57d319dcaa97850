"""What a right click opens in the list, and the key for menus: actions of the menu bar, on what is there."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from app.models.sessions.session_rows import Heading, SessionRow
from app.views.sessions.session_view import SessionView
from tests.sample_window import Shown
from tests.samples import ROOT

MOUSE, KEY = QContextMenuEvent.Reason.Mouse, QContextMenuEvent.Reason.Keyboard


def view(shown: Shown) -> SessionView:
    return shown.window.sessions.view


def row_of(shown: Shown, name: str) -> int:
    return shown.sessions.index_of(f"{ROOT}/{name}").row()


def right_click(shown: Shown, row: int) -> QMenu:
    """The menu that a right click on a row opens."""
    point = view(shown).visualRect(shown.sessions.index(row, 0)).center()
    return opened(shown, QContextMenuEvent(MOUSE, point, view(shown).viewport().mapToGlobal(point)))


def opened(shown: Shown, event: QContextMenuEvent) -> QMenu:
    target = view(shown) if event.reason() == KEY else view(shown).viewport()
    QCoreApplication.sendEvent(target, event)
    (menu,) = open_menus()
    return menu


def open_menus() -> list[QMenu]:
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, QMenu) and one.isVisible()]


def texts(menu: QMenu) -> list[str]:
    return [one.text().replace("&", "") for one in menu.actions() if not one.isSeparator()]


def headings(shown: Shown) -> list[Heading]:
    lines = map(shown.sessions.line, shown.sessions.heading_positions())
    return [line for line in lines if isinstance(line, Heading)]


def test_that_a_right_click_selects_the_session_and_offers_what_the_menu_bar_does(shown: Shown) -> None:
    name = shown.names[2]
    menu = right_click(shown, row_of(shown, name))
    assert shown.window.selected_directory == f"{ROOT}/{name}"
    wanted = ["Resume…", "Clear saved state…", "Undo clear", "Compare…", "Show in file manager"]
    assert [text for text in texts(menu) if text in wanted] == wanted
    resume = next(one for one in menu.actions() if one.text() == "&Resume…")
    assert resume is shown.window.actions_["actionResume"]
    menu.close()


def test_that_what_is_grey_says_the_same_as_everywhere(shown: Shown) -> None:
    menu = right_click(shown, row_of(shown, shown.names[1]))
    (resume,) = (one for one in menu.actions() if one.text() == "&Resume…")
    assert not resume.isEnabled()
    assert len(resume.toolTip().splitlines()) > 1
    menu.close()


def test_that_a_right_click_on_one_of_several_leaves_them_selected(shown: Shown) -> None:
    view(shown).selectAll()
    chosen = view(shown).selected_directories(99)
    right_click(shown, row_of(shown, shown.names[2])).close()
    assert view(shown).selected_directories(99) == chosen
    assert len(chosen) == len(shown.names)


def test_that_the_key_for_menus_opens_the_menu_at_the_row_of_the_keyboard(shown: Shown) -> None:
    view(shown).setFocus()
    far_away = QPoint(700, 800)
    menu = opened(shown, QContextMenuEvent(KEY, far_away, view(shown).mapToGlobal(far_away)))
    row = view(shown).visualRect(view(shown).currentIndex())
    assert "Resume…" in texts(menu)
    assert abs(menu.y() - view(shown).viewport().mapToGlobal(row.bottomLeft()).y()) < row.height()
    menu.close()


def test_that_a_heading_folds_and_unfolds_by_its_menu_and_all_do(shown: Shown) -> None:
    position = shown.sessions.heading_positions()[1]
    selected = shown.window.selected_directory
    menu = right_click(shown, position)
    assert texts(menu) == ["Fold the group", "Fold all groups", "Unfold all groups"]
    menu.actions()[0].trigger()
    assert [one.collapsed for one in headings(shown)][:2] == [False, True]
    assert texts(menu)[0] == "Unfold the group"
    menu.close()
    shown.window.actions_["actionFoldGroups"].trigger()
    assert all(one.collapsed for one in headings(shown))
    shown.window.actions_["actionUnfoldGroups"].trigger()
    assert not any(one.collapsed for one in headings(shown))
    assert shown.window.selected_directory == selected


def test_that_the_group_of_the_session_with_the_keyboard_is_folded_by_menu(shown: Shown) -> None:
    row = row_of(shown, shown.names[2])
    assert isinstance(shown.sessions.line(row), SessionRow)
    shown.open(shown.names[2])
    heading = view(shown).headings.current
    assert heading is not None
    shown.window.actions_["actionFoldGroup"].trigger()
    assert [one.key for one in headings(shown) if one.collapsed] == [heading.key]


def test_that_where_there_are_no_groups_folding_is_grey_and_says_why(shown: Shown) -> None:
    fold = shown.window.actions_["actionFoldGroups"]
    assert fold.isEnabled()
    shown.window.set_grouping("none")
    assert not fold.isEnabled()
    assert "no groups" in fold.toolTip()


def test_that_a_right_click_beside_all_rows_opens_nothing(shown: Shown) -> None:
    below = QPoint(60, view(shown).viewport().height() - 4)
    event = QContextMenuEvent(MOUSE, below, view(shown).viewport().mapToGlobal(below))
    QCoreApplication.sendEvent(view(shown).viewport(), event)
    assert not open_menus()


@pytest.mark.skipif(sys.platform == "win32", reason="the system sees to it")
def test_that_shift_f10_opens_the_menu_of_the_list_and_of_the_tree(qtbot: QtBot, shown: Shown) -> None:
    tree = shown.window.detail.state.view
    tree.go_to(shown.state.index(0, 0))
    for widget, wanted in ((view(shown), "actionResume"), (tree, "actionCopyValue")):
        widget.setFocus()
        qtbot.waitUntil(widget.hasFocus)
        qtbot.keyClick(widget, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
        (menu,) = open_menus()
        assert shown.window.actions_[wanted] in menu.actions()
        menu.close()
