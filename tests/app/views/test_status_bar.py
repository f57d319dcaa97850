"""The status bar: for each folder, when it was looked at last, and what tells of changes in between."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.exchange import Banner
from app.views.parts.making_room import MakingRoom
from app.views.status_bar import StatusBar
from app.views.style.theme import Theme
from app.watch_exchange import WatchedFolder, WatchStatus
from tests.app.views.seen import laid_out, press
from tests.sample_window import Shown
from tests.samples import PREDICTIVE


@pytest.mark.parametrize(
    ("folder", "line"),
    [
        (WatchedFolder("/data"), "/data: not checked yet"),
        (
            WatchedFolder("/data", checked_at="14:32:08", how="by events"),
            "/data: last checked 14:32:08, watched by events",
        ),
        (
            WatchedFolder("/nas", checked_at="14:32:08", how="by looking every 2 s"),
            "/nas: last checked 14:32:08, watched by looking every 2 s",
        ),
        (
            WatchedFolder("/data", True, "14:32:08", "Too few.", "by events in 5 of 9 folders"),
            "/data: last checked 14:32:08, watched by events in 5 of 9 folders. Too few.",
        ),
        (
            WatchedFolder("/data", True, "14:32:08", "/data: rescanning every 10 s.", "by events"),
            "/data: last checked 14:32:08, watched by events. Rescanning every 10 s.",
        ),
        (
            WatchedFolder(
                "/nas", False, "14:32:08", "/nas cannot be reached since 14:30: gone.", "by events"
            ),
            "/nas cannot be reached since 14:30: gone.",
        ),
        (WatchedFolder("/nas", False), "/nas: cannot be reached now"),
    ],
)
def test_that_the_tool_tip_says_of_each_folder_whether_it_is_true(
    qtbot: QtBot, folder: WatchedFolder, line: str
) -> None:
    bar = StatusBar(Theme())
    qtbot.addWidget(bar)
    bar.show_watch_status(WatchStatus((folder, WatchedFolder("/more")), folder.checked_at), 3)
    assert bar.watch.toolTip().splitlines() == [line, "/more: not checked yet"]


PROBLEM = "/data: watching 5 of 9 folders, rescanning every 10 s. /nas cannot be reached since 14:30: gone."


@pytest.mark.parametrize("width", [904, 1024, 1440])
def test_that_what_is_wrong_gives_way_and_neither_the_message_nor_the_facts_do(
    qtbot: QtBot, theme: Theme, width: int
) -> None:
    bar = StatusBar(theme)
    qtbot.addWidget(bar)
    bar.show_watch_status(WatchStatus((WatchedFolder("/data"),), "14:32:08", problem=PROBLEM), 12_345)
    bar.show_message("Edit in trial_count, not saved yet")
    bar.show_unsaved(3)
    bar.resize(width, 28)
    bar.show()
    QApplication.processEvents()
    assert bar.watch.text() == "watching 1 folder  ·  12,345 sessions  ·  last checked 14:32:08"
    assert bar.watch.width() >= bar.watch.sizeHint().width()
    assert bar.message.text() == "Edit in trial_count, not saved yet"
    assert bar.trouble.text().startswith("/data") or width == 904
    assert bar.trouble.toolTip() == ("" if bar.trouble.text() == PROBLEM else PROBLEM)
    right = bar.trouble.mapTo(bar, bar.trouble.rect().topRight()).x()
    assert right < bar.width()
    bar.show_watch_status(WatchStatus((WatchedFolder("/data"),)), 1)
    assert not bar.trouble.isVisible()


LONG = "764521_2026-11-23_14-05-00 was hidden by the filter: all sessions are shown now."


@pytest.mark.parametrize("percent", [100, 150])
def test_that_a_long_message_is_there_whole_and_the_facts_are_told_in_fewer_words(
    qtbot: QtBot, theme: Theme, percent: int
) -> None:
    theme.set_percent(percent)
    bar = StatusBar(theme)
    qtbot.addWidget(bar)
    folders = (WatchedFolder("/data"), WatchedFolder("/nas", False))
    bar.show_watch_status(WatchStatus(folders, "14:32:08"), 12_345)
    bar.resize(theme.px(1024), theme.px(28))
    bar.show()
    facts = bar.watch.text()
    assert facts == "watching 2 folders  ·  1 unavailable  ·  12,345 sessions  ·  last checked 14:32:08"
    bar.show_message(LONG)
    QApplication.processEvents()
    assert bar.message.text() == LONG
    assert "1 unavailable  ·  checked 14:32:08" in bar.watch.text()
    assert bar.watch.accessibleName() == facts
    bar.show_message(f"{LONG} {LONG} {LONG}")
    QApplication.processEvents()
    assert bar.message.text().startswith(LONG[:40])  # what matters first stands first
    assert bar.message.text().endswith("…")
    assert bar.message.toolTip().replace("\u200b", "") == f"{LONG} {LONG} {LONG}"
    assert bar.watch.width() >= bar.watch.sizeHint().width()
    bar.forget_message()
    assert bar.watch.text() == facts


def said(shown: Shown) -> str:
    return shown.window.status.message.accessibleName()


def test_that_what_was_told_of_one_session_goes_when_another_is_selected(shown: Shown) -> None:
    shown.type_value("150", "trial_count")
    assert said(shown) != ""
    shown.open(shown.names[1])
    assert said(shown) == ""


def test_that_a_refused_text_is_told_also_when_another_session_is_selected(shown: Shown) -> None:
    view = shown.window.detail.state.view
    view.go_to(shown.state.find(PREDICTIVE, ("trial_count",)))
    view.in_place.edit_value()
    assert view.in_place.editor is not None
    view.in_place.editor.setText("15o")
    view.in_place.editor.textEdited.emit("15o")
    shown.open(shown.names[1])
    assert said(shown) == f"{shown.names[0]}: what you typed into trial_count waits in its field."


def test_that_what_came_of_an_action_goes_when_the_next_one_begins(shown: Shown) -> None:
    actions = shown.window.actions_
    actions["actionClear"].trigger()
    shown.window.close_sheet()
    assert said(shown) == "Nothing was cleared."
    actions["actionClear"].trigger()
    assert said(shown) == ""
    shown.window.close_sheet()
    shown.window.show_message("Something was done.")
    shown.window.show_banner(Banner("a:1", "green", "Done.", (("Undo", "undo"),)))
    press(shown.window.banners, "Undo")
    assert said(shown) == ""


def test_that_what_an_action_tells_is_told_after_it_has_begun(shown: Shown) -> None:
    shown.type_value("150", "trial_count")
    shown.window.actions_["actionUndo"].trigger()
    assert said(shown) == "Undone"


def test_that_a_notice_that_waits_for_the_hand_on_the_notices_is_told_below(shown: Shown) -> None:
    """It was neither seen nor told, right where one had pressed."""
    window, status, banners = shown.window, shown.window.status, shown.window.banners
    window.show_banner(Banner("a:1", "blue", "The demo."))
    laid_out()
    banners._hand._untouched = QPoint(-9, -9)
    banners.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    window.show_banner(Banner("refused:x", "vermilion", "It was changed on disk."))
    laid_out()
    assert (status.waiting.isVisible(), status.waiting.text()) == (True, "It was changed on disk.")
    window.show_banner(Banner("a:2", "blue", "Another one."))
    assert status.waiting.text() == "Another one."
    banners.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, on=False)
    QApplication.sendEvent(banners, QEvent(QEvent.Type.Leave))
    laid_out()
    assert not status.waiting.isVisible()


def test_that_a_second_notice_that_waits_for_the_hand_in_the_panes_is_told(shown: Shown) -> None:
    """The first one stayed there: only that something waits was heard, and it did already."""
    window, status = shown.window, shown.window.status
    panes = window.splitter.parentWidget()
    assert panes is not None
    panes.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    panes.window().findChild(MakingRoom)._hand._untouched = QPoint(-9, -9)  # type: ignore[union-attr]
    for text in ("/nas cannot be reached.", "It was changed on disk."):
        window.show_banner(Banner(text, "vermilion", text))
        laid_out()
        assert (status.waiting.isVisible(), status.waiting.text()) == (True, text)


def test_that_a_notice_that_waits_for_the_hand_is_told_in_the_place_of_the_message(shown: Shown) -> None:
    """Nothing moves there, and it covers neither the filter nor Resume."""
    window, status = shown.window, shown.window.status
    window.show_message("Edit in trial_count, not saved yet")
    panes = window.splitter.parentWidget()
    assert panes is not None
    panes.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    panes.window().findChild(MakingRoom)._hand._untouched = QPoint(-9, -9)  # type: ignore[union-attr]
    window.show_banner(Banner("a:1", "vermilion", "/nas cannot be reached."))
    laid_out()
    assert (status.waiting.isVisible(), status.message.isVisible()) == (True, False)
    assert status.waiting.text() == "/nas cannot be reached."
    assert not window.sessions.filter.visibleRegion().isEmpty()
    panes.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, on=False)
    QApplication.sendEvent(panes, QEvent(QEvent.Type.Leave))
    assert (status.waiting.isVisible(), status.message.isVisible()) == (False, True)
    assert said(shown) == "Edit in trial_count, not saved yet"


def test_that_what_answers_the_hand_is_read_while_a_notice_waits_for_it(shown: Shown) -> None:
    """A notice waits for as long as one works in the panes, and what one asked there was never answered."""
    status = shown.window.status
    notice = Banner("a:1", "vermilion", "/nas cannot be reached.")
    status.show_message("Nothing is selected")
    status.show_waiting(notice)
    assert (status.waiting.isVisible(), status.message.isVisible()) == (True, False)
    status.show_message("It is being written right now.")
    status.show_waiting(notice)  # it waits still
    assert (status.waiting.isVisible(), status.message.isVisible()) == (False, True)
    assert status._bell.isVisible()
    assert status._bell.toolTip() == "/nas cannot be reached."
    status.forget_message()
    assert (status.waiting.isVisible(), status.message.isVisible()) == (True, False)


def test_that_it_is_said_below_why_a_press_reached_nothing(shown: Shown) -> None:
    for room in shown.window.findChildren(MakingRoom):
        shown.window.show_message("")
        room.refused.emit("The page moved: press again")
        assert said(shown) == "The page moved: press again"


def test_that_what_a_sheet_was_confirmed_for_is_told_in_its_place_at_once(shown: Shown) -> None:
    window, status = shown.window, shown.window.status
    panes = window.splitter.parentWidget()
    assert panes is not None
    panes.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    panes.window().findChild(MakingRoom)._hand._untouched = QPoint(-9, -9)  # type: ignore[union-attr]
    window.actions_["actionAbout"].trigger()
    window.close_sheet()
    window.show_banner(Banner("a:1", "green", "Saved.", (("Undo", "undo"),)))
    laid_out()
    assert (status.waiting.isVisible(), window.banners.visibleRegion().isEmpty()) == (False, False)
