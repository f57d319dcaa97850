"""What is chosen in menus: orders, kinds of sessions, tabs, and what else has a button somewhere.

The one idea: a menu does what the mouse does elsewhere, and both show what was done. Not for the actions of
the panes: these are tested with the panes.
"""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from app.models.sessions.session_rows import Column, SessionRow
from app.resume_exchange import Run
from app.views.actions import SPECS
from tests.sample_window import Shown
from tests.samples import PREDICTIVE, ROOT
from tests.syntax import PROJECT


def entry(shown: Shown, name: str) -> QAction:
    found = shown.window.findChild(QAction, name)
    assert found is not None
    return found


def choose(shown: Shown, name: str) -> None:
    entry(shown, name).trigger()


def listed(shown: Shown) -> list[str]:
    lines = [shown.sessions.line(row) for row in range(shown.sessions.rowCount())]
    return [line.summary.name for line in lines if isinstance(line, SessionRow)]


def test_that_the_list_is_sorted_by_menu_and_again_the_other_way(shown: Shown) -> None:
    shown.window.set_grouping("none")
    newest_first = listed(shown)
    choose(shown, f"actionSort{Column.SUBJECT}")
    subjects = [name.split("_")[0] for name in listed(shown)]
    assert subjects == sorted(subjects)
    choose(shown, f"actionSort{Column.SUBJECT}")
    assert [name.split("_")[0] for name in listed(shown)] == sorted(subjects, reverse=True)
    choose(shown, "actionSort-1")
    assert listed(shown) == newest_first


def test_that_the_kind_of_sessions_shown_is_chosen_by_menu_and_seen_in_the_chips(shown: Shown) -> None:
    choose(shown, "actionShowRunning")
    assert listed(shown) == [shown.names[1]]
    assert shown.window.sessions.chips.buttons["running"].isChecked()
    QTest.mouseClick(shown.window.sessions.chips.buttons["all"], Qt.MouseButton.LeftButton)
    assert entry(shown, "actionShowAll").isChecked()


def test_that_one_goes_to_every_tab_by_menu_and_by_key_and_the_keyboard_into_its_page(shown: Shown) -> None:
    detail, ctrl = shown.window.detail, Qt.KeyboardModifier.ControlModifier
    tabs = detail.tabs
    assert shown.type_value("16", "trial_count")
    choose(shown, "actionChanges")
    assert tabs.currentWidget() is detail.changes
    assert QApplication.focusWidget() is detail.changes.view
    QTest.keyClick(detail.changes.view, Qt.Key.Key_1, ctrl)
    assert QApplication.focusWidget() is detail.state.view
    QTest.keyClick(detail.state.view, Qt.Key.Key_2, ctrl)
    assert QApplication.focusWidget() is detail.changes.view
    QTest.keyClick(detail.changes.view, Qt.Key.Key_PageUp, ctrl)
    assert QApplication.focusWidget() is detail.state.view
    QTest.keyClick(detail.state.view, Qt.Key.Key_PageUp, ctrl)
    assert tabs.currentIndex() == tabs.count() - 1
    assert not shown.window.actions_["actionOutput"].isEnabled()
    shown.window.show_run(Run("r", shown.window.selected_directory or "", "x", "running", "", pid=3))
    assert shown.window.actions_["actionOutput"].isEnabled()


def test_that_a_page_that_only_says_something_leaves_the_keyboard_to_its_tab(shown: Shown) -> None:
    tabs = shown.window.detail.tabs
    choose(shown, "actionChanges")
    assert tabs.currentWidget() is shown.window.detail.changes
    assert QApplication.focusWidget() is tabs.tabBar()
    QTest.keyClick(tabs.tabBar(), Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget() is shown.window.detail.state.view


def test_that_a_menu_entry_can_be_chosen_while_its_button_could_be_pressed(shown: Shown) -> None:
    stop = shown.window.actions_["actionStop"]
    shown.window.show_run(Run("r", f"{ROOT}/{shown.names[0]}", "x", "running", "", pid=3))
    assert not stop.isEnabled()
    choose(shown, "actionOutput")
    assert stop.isEnabled()
    shown.window.show_run(Run("r", f"{ROOT}/{shown.names[0]}", "x", "ended", "", pid=3))
    assert not stop.isEnabled()


def test_that_a_menu_that_is_higher_than_the_screen_scrolls_and_is_no_wider_than_that(
    shown: Shown,
) -> None:
    shown.theme.set_percent(200)
    menus = [action.menu() for action in shown.window.menuBar().actions()]
    screen = shown.window.screen().availableGeometry()
    tall = [menu for menu in menus if isinstance(menu, QMenu) and menu.sizeHint().height() > screen.height()]
    assert tall
    assert max(menu.sizeHint().width() for menu in tall) < screen.width()


def test_that_delete_takes_an_edit_back_in_the_saved_state_alone(shown: Shown) -> None:
    shown.type_value("150", "trial_count")
    view = shown.window.detail.state.view
    view.setCurrentIndex(shown.state.find(PREDICTIVE, ("trial_count",)))
    draft = shown.drafts.get(shown.window.selected_directory or "")
    assert draft is not None
    shown.window.sessions.view.setFocus()
    QTest.keyClick(shown.window.sessions.view, Qt.Key.Key_Delete)
    assert shown.drafts.get(draft.directory) == draft
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Delete)
    after = shown.drafts.get(draft.directory)
    assert after is not None
    assert not after.count


def test_that_every_entry_is_explained_to_operators_in_its_own_words() -> None:
    page = (PROJECT / "docs" / "operators.md").read_text("utf-8")
    told = {words.rpartition("→ ")[2] for words in re.findall(r"\*\*([^*\n]+)\*\*", page)}
    assert [spec.text for spec in SPECS if spec.text.replace("&", "") not in told] == []
