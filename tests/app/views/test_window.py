"""The window: what it asks, what it shows when it is told, and what can be done when."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QTabWidget,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.exchange import Banner
from app.models.sessions.session_rows import Column
from app.views.frame import smallest
from app.views.style.theme import Theme
from app.watch_exchange import WatchedFolder, WatchStatus
from tests.app.views.seen import action, press, texts
from tests.sample_window import Shown
from tests.samples import ROOT


def grouping(shown: Shown) -> str:
    return shown.sessions.grouping


# --- names --------------------------------------------------------------------------------------------------


PARTS: dict[str, type[QWidget]] = {
    "sessionView": QAbstractItemView,
    "sessionFilter": QLineEdit,
    "stateView": QAbstractItemView,
    "stateFilter": QLineEdit,
    "detailTabs": QTabWidget,
    "banners": QWidget,
    "watchStatus": QLabel,
}


def test_that_the_parts_have_the_names_of_the_contract(shown: Shown) -> None:
    assert [name for name, kind in PARTS.items() if shown.window.findChild(kind, name) is None] == []


def test_that_the_actions_have_the_names_of_the_contract(shown: Shown) -> None:
    names = "WatchFolder Rescan Resume EditValue Clear Save Revert Undo Redo"
    for name in names.split():
        assert action(shown, name).objectName() == f"action{name}"


def test_that_every_action_is_in_a_menu(shown: Shown) -> None:
    def below(menu: QMenu) -> set[str]:
        inner = [entry.menu() for entry in menu.actions() if isinstance(entry.menu(), QMenu)]
        names = {entry.objectName() for entry in menu.actions()}
        return names.union(*(below(one) for one in inner if isinstance(one, QMenu)))

    menus = [entry.menu() for entry in shown.window.menuBar().actions()]
    found = set[str]().union(*(below(menu) for menu in menus if isinstance(menu, QMenu)))
    assert {one.objectName() for one in shown.window.actions_.findChildren(QAction)} <= found


def test_that_no_two_actions_share_a_shortcut(shown: Shown) -> None:
    keys = [k.toString() for one in shown.window.findChildren(QAction) for k in one.shortcuts()]
    assert len(keys) == len(set(keys))
    assert {"F5", "F2", "Ctrl+F", "Ctrl+Shift+F", "Ctrl+S", "Ctrl+Z", "Ctrl+Y", "Ctrl+E", "F1"} <= set(keys)
    assert QKeySequence("Ctrl+Return").toString() in keys
    assert QKeySequence("Ctrl+Del").toString() in keys


def test_that_no_menu_has_the_same_mnemonic_twice(shown: Shown) -> None:
    menus = [shown.window.menuBar(), *shown.window.menuBar().findChildren(QMenu)]
    for menu in menus:
        marked = [
            one.text()[one.text().index("&") + 1].lower() for one in menu.actions() if "&" in one.text()
        ]
        assert len(marked) == len(set(marked)), marked


# --- editing ------------------------------------------------------------------------------------------------


def test_that_unsaved_edits_are_counted_in_the_status_bar(shown: Shown) -> None:
    shown.type_value("150", "trial_count")
    assert shown.window.status.unsaved.text() == "1 unsaved edit"
    shown.type_value("7", "reward_volume_ul")
    assert shown.window.status.unsaved.text() == "2 unsaved edits"
    assert shown.window.status.message.accessibleName() == "Edit in reward_volume_ul, not saved yet"


def test_that_refused_text_is_explained_in_the_status_bar(shown: Shown) -> None:
    assert not shown.type_value("15o", "trial_count")
    assert shown.window.status.message.accessibleName().startswith("trial_count stays 15. ")


# --- folders, banners, runs ---------------------------------------------------------------------------------


def test_that_without_folders_the_window_teaches_how_to_begin(qtbot: QtBot, theme: Theme) -> None:
    shown = Shown(theme, watching=False)
    qtbot.addWidget(shown.window)
    shown.window.show()
    assert {"Watch a folder to see its sessions", "See", "Correct", "Resume"} <= set(texts(shown.window))
    assert not action(shown, "Rescan").isEnabled()
    press(shown.window, "Open the demo")
    assert shown.asked == [("demo_requested", ())]
    press(shown.window, "Watch a folder…")
    dialog = shown.window.findChild(QFileDialog)
    assert dialog is not None
    dialog.reject()
    shown.window.show_watch_status(WatchStatus((WatchedFolder(ROOT),)))
    assert "Watch a folder to see its sessions" not in texts(shown.window)
    assert any("No sessions here yet" in text for text in texts(shown.window))


def test_that_a_folder_is_chosen_without_stopping_the_window(shown: Shown) -> None:
    action(shown, "WatchFolder").trigger()
    dialog = shown.window.findChild(QFileDialog)
    assert dialog is not None
    assert dialog.isVisible()
    dialog.fileSelected.emit("/data/more")
    assert shown.asked_for("watch_folder_requested") == ["/data/more"]
    dialog.reject()


@pytest.mark.parametrize(("available", "begins"), [(True, "rigs"), (False, "")])
def test_that_a_folder_is_looked_for_beside_those_that_are_watched_else_at_home(
    shown: Shown, tmp_path: Path, available: bool, begins: str
) -> None:
    """A folder that cannot be reached may hang: nothing beside it is looked at."""
    folder = tmp_path / "rigs" / "rig1"
    folder.mkdir(parents=True)
    shown.window.show_watch_status(WatchStatus((WatchedFolder(str(folder), available),)))
    action(shown, "WatchFolder").trigger()
    dialog = shown.window.findChild(QFileDialog)
    assert dialog is not None
    wanted = tmp_path / begins if begins else Path.home()
    assert Path(dialog.directory().absolutePath()) == wanted
    dialog.reject()


def test_that_the_watch_status_says_whether_the_list_is_true(shown: Shown) -> None:
    label = shown.window.status.watch
    assert label.text() == "watching 1 folder  ·  6 sessions  ·  last checked 14:32:08"
    away = WatchedFolder("/nas", available=False, note="/nas cannot be reached since 14:20: gone.")
    shown.window.show_watch_status(WatchStatus((WatchedFolder(ROOT), away), "14:33:00", "reading 2 of 6"))
    assert "2 folders  ·  1 unavailable" in label.text()
    assert "reading 2 of 6" in label.text()
    assert "/nas cannot be reached since 14:20: gone." in label.toolTip()


def test_that_each_folder_can_be_left_alone_again(shown: Shown) -> None:
    entry = next(one for one in shown.window.findChildren(QAction) if one.text() == ROOT)
    entry.trigger()
    assert shown.asked_for("stop_watching_requested") == [ROOT]


def test_that_a_banner_says_one_sentence_and_hands_on_what_was_pressed(shown: Shown) -> None:
    shown.window.show_banner(Banner("cleared:x", "green", "Cleared <b>x</b>.", (("Undo", "undo"),)))
    assert "Cleared <b>x</b>." in texts(shown.window.banners)
    press(shown.window.banners, "Undo")
    assert shown.asked_for("banner_action") == [("cleared:x", "undo")]
    press(shown.window.banners, "Dismiss")
    assert shown.asked_for("banner_dismissed") == ["cleared:x"]
    assert not shown.window.banners.isVisible()


def test_that_a_banner_is_replaced_by_its_key_and_removed_by_it(shown: Shown) -> None:
    for text in ("first", "second"):
        shown.window.show_banner(Banner("a", "amber", text, dismissible=False))
    assert texts(shown.window.banners) == ["second"]
    shown.window.remove_banner("a")
    shown.window.remove_banner("never there")
    assert not shown.window.banners.isVisible()


def test_that_many_banners_leave_room_for_work(shown: Shown) -> None:
    for number in range(8):
        shown.window.show_banner(Banner(str(number), "blue", f"notice {number}"))
    assert texts(shown.window.banners) == ["notice 7", "notice 6"]
    shown.window.remove_banner("6")
    assert texts(shown.window.banners) == ["notice 7", "notice 5"]


def test_that_how_many_more_banners_there_are_is_told_and_those_are_shown_by_it(shown: Shown) -> None:
    banners = shown.window.banners
    shown.window.show_banner(Banner("0", "blue", "waits", dismissible=False))
    for number in range(1, 5):
        shown.window.show_banner(Banner(str(number), "blue", f"notice {number}"))
    assert texts(banners) == ["notice 4", "waits"]
    press(banners, "and 3 more")
    assert texts(banners) == ["notice 4", "notice 3", "notice 2", "notice 1", "waits"]
    press(banners, "Show 2 only")
    assert texts(banners) == ["notice 4", "waits"]
    for key in ("4", "3", "2"):
        shown.window.remove_banner(key)
    assert texts(banners) == ["notice 1", "waits"]
    assert not any(
        one.text().startswith("and") for one in banners.findChildren(QAbstractButton) if one.isVisible()
    )


def test_that_the_window_asks_to_be_closed_and_closes(shown: Shown) -> None:
    shown.window.close()
    assert shown.asked_for("closing") == [()]
    assert not shown.window.isVisible()


# --- looks --------------------------------------------------------------------------------------------------


def test_that_a_theme_is_asked_for_and_switched_live(shown: Shown) -> None:
    before = shown.window.grab().toImage().pixelColor(5, 5)
    dark = shown.window.findChild(QAction, "actionThemeDark")
    assert dark is not None
    dark.trigger()
    assert shown.asked_for("preferring.setting_chosen") == [("theme", "dark")]
    shown.theme.set_choice("dark")
    after = shown.window.grab().toImage().pixelColor(5, 5)
    assert before.lightness() > 200
    assert after.lightness() < 60
    assert shown.theme.colors.dark


def test_that_a_narrow_window_keeps_every_word_and_every_action(qtbot: QtBot, shown: Shown) -> None:
    shown.window.resize(1024, 700)
    bar = shown.window.tool_bar
    assert bar.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonTextUnderIcon
    for one in bar.actions():
        widget = bar.widgetForAction(one)
        if isinstance(widget, QToolButton):
            qtbot.waitUntil(widget.isVisible)
            assert bar.rect().contains(widget.geometry()), one.text()
    assert shown.window.sessions.view.isColumnHidden(2)
    assert shown.window.detail.header.meta.text() == "/data  ·  4.2 kB  ·  saved 14:05"
    shown.window.resize(1440, 900)
    assert not shown.window.sessions.view.isColumnHidden(2)


def test_that_the_layout_is_remembered_and_a_broken_one_is_ignored(shown: Shown) -> None:
    shown.window.set_panes(500, 900)
    shown.window.set_grouping("subject")
    layout = shown.window.layout_state()
    shown.window.set_panes(700, 700)
    shown.window.set_grouping("none")
    broken: list[dict[str, object]] = [
        {}, {"panes": "wide"}, {"panes": [1, True]}, {"geometry": "é"}, {"grouping": 3},
    ]  # fmt: skip
    for values in broken:
        shown.window.restore_layout(values)
    assert grouping(shown) == "none"
    shown.window.restore_layout({**layout, "geometry": ""})  # the screen of tests is a small one
    assert grouping(shown) == "subject"
    assert shown.window.sessions.groups.currentText() == "Group by subject"
    assert shown.window.splitter.sizes()[0] == pytest.approx(500, abs=40)


def test_that_list_and_detail_share_a_window_that_became_small(shown: Shown, qtbot: QtBot) -> None:
    shown.window.resize(1024, 700)
    qtbot.waitUntil(lambda: shown.window.splitter.sizes() == [516, 507])
    shown.window.resize(1440, 900)
    qtbot.waitUntil(lambda: shown.window.splitter.sizes() == [756, 683])


@pytest.mark.parametrize("percent", [100, 125, 150])
def test_that_list_and_detail_share_what_a_window_has(shown: Shown, qtbot: QtBot, percent: int) -> None:
    """Whatever it was before: the list took all that came, and the detail had the least that it needs."""
    shown.theme.set_percent(percent)
    for width in (1024, 1440, 1920, 1440):
        shown.window.resize(width, 900)
    qtbot.waitUntil(lambda: 720 < shown.window.splitter.sizes()[0] < 780)
    assert sum(shown.window.splitter.sizes()) == 1439
    assert not shown.window.sessions.view.isColumnHidden(Column.SAVED)


def test_that_no_tool_is_pushed_out_of_the_tool_bar(shown: Shown, qtbot: QtBot) -> None:
    bar = shown.window.tool_bar
    assert shown.type_value("150", "trial_count")
    for width in (shown.window.minimumWidth(), 1024, 1200, 1280, 1440):
        shown.window.resize(width, 700)
        qtbot.waitUntil(lambda: bar.sizeHint().width() <= bar.width())


def test_that_the_keyboard_goes_from_the_beginning_to_the_sessions(qtbot: QtBot) -> None:
    """Not to a banner, which stands before them."""
    shown = Shown(Theme("light"), watching=False)
    qtbot.addWidget(shown.window)
    shown.window.show()
    shown.window.activateWindow()
    shown.window.beginning.findChildren(QPushButton)[0].setFocus()
    qtbot.waitUntil(lambda: shown.window.beginning.isAncestorOf(shown.window.focusWidget()))
    shown.window.show_banner(Banner("x", "blue", "Do you trust this folder?", (("Trust", "y"),)))
    shown.window.show_watch_status(WatchStatus((WatchedFolder(ROOT),), "14:32:08"))
    assert shown.window.focusWidget() is shown.window.sessions.filter


def test_that_a_window_asks_for_no_more_than_the_screen_has() -> None:
    assert smallest(QSize(1424, 852)) == QSize(984, 560)
    assert smallest(QSize(944, 552)) == QSize(944, 552)  # a screen of 1440x900 at 150 %
    assert smallest(QSize(784, 752)) == QSize(784, 560)
    assert smallest(QSize(704, 402)) == QSize(704, 402)  # one of 1440x900 at 200 %


def test_that_a_window_yields_to_a_screen_that_has_less_when_it_comes_there(
    shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = shown.window
    for room in (QSize(704, 402), QSize(1900, 1000)):
        monkeypatch.setattr(window, "_room", lambda room=room: room)
        window.move(window.pos() + QPoint(5, 5))
        assert window.minimumSize() == smallest(room)
    window.resize(1024, 700)
    monkeypatch.setattr(window, "_room", lambda: QSize(624, 312))
    window.resize(984, 560)  # as far as it lets its system go, which has it smaller then
    assert window.minimumSize() == QSize(624, 312)
