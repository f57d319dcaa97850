"""What is remembered from one start of the real window to the next, chosen through its own controls."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from app.front import Front
from app.hands import Hands, cell
from app.main import Application
from app.settings_text import NAME
from app.views.preferences.folders_page import FoldersPage
from app.views.preferences.preferences_sheet import PreferencesSheet
from app.views.resume.resume_sheet import ResumeSheet
from tests.small_rig import made_session


class Desk:
    """One computer: a folder of sessions, a directory of settings, and the windows that are open on them."""

    def __init__(self, folder: Path, qtbot: QtBot) -> None:
        self.root, self.config = folder / "data", folder / "config"
        self.root.mkdir()
        self.qtbot = qtbot
        self.open: list[Application] = []

    def start(self) -> Application:
        application = Application(roots=[self.root], config_dir=self.config, rescan_seconds=1)
        application.window.show()
        self.open.append(application)
        return application

    def stop(self) -> None:
        while self.open:
            self.open.pop().shutdown()

    def wait(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition)

    def preferences(self, application: Application) -> PreferencesSheet:
        """The preferences, opened as a person does."""
        application.window.actions_["actionPreferences"].trigger()
        self.wait(lambda: application.window.findChild(PreferencesSheet) is not None)
        found = application.window.findChild(PreferencesSheet)
        assert isinstance(found, PreferencesSheet)
        return found

    def kept(self) -> dict[str, Any]:
        """What the settings file says."""
        found: dict[str, Any] = json.loads((self.config / NAME).read_text(encoding="utf-8"))
        return found

    def banner(self, application: Application) -> str:
        return " ".join(one.text for one in application.window.banners.banners() if one.key == "settings")


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(tmp_path, qtbot)
    yield made
    made.stop()


def test_that_what_is_chosen_holds_at_once_and_at_the_next_start(desk: Desk) -> None:
    application = desk.start()
    sheet = desk.preferences(application)
    sheet.appearance.themes["dark"].click()
    sheet.setting_chosen.emit("font_percent", 150)
    assert application._theme.colors.dark
    assert application.window.detail.header.name.font().pixelSize() == 30
    assert sheet.appearance.text_size.currentText() == "150 %"
    sheet.log.detailed.click()
    log = desk.config / "data" / "rigstate.log"
    desk.wait(lambda: log.exists() and " ms" in log.read_text(encoding="utf-8"))
    desk.stop()
    application = desk.start()
    assert application._theme.colors.dark
    assert application.window.detail.header.name.font().pixelSize() == 30
    sheet = desk.preferences(application)
    assert sheet.log.detailed.isChecked()
    assert str(log) in sheet.log.where.text().replace("\u200b", "")
    sheet.reset.click()
    sheet.really.click()
    assert application.window.detail.header.name.font().pixelSize() == 20
    assert not sheet.log.detailed.isChecked()
    desk.stop()
    assert (desk.kept()["theme"], desk.kept()["font_percent"], desk.kept()["detailed_log"]) == (
        "system", 100, False,
    )  # fmt: skip


def test_that_from_when_on_a_state_is_old_reaches_the_resume_sheet(desk: Desk) -> None:
    made_session(desk.root)
    application = desk.start()
    window = application.window
    window.select_session(str(next(desk.root.iterdir())))
    window.preferring.setting_chosen.emit("old_after_hours", 3)
    desk.wait(window.actions_["actionResume"].isEnabled)
    window.actions_["actionResume"].trigger()
    desk.wait(lambda: window.findChild(ResumeSheet) is not None)
    sheet = window.findChild(ResumeSheet)
    assert isinstance(sheet, ResumeSheet)
    assert sheet._offer.old_after.total_seconds() == 3 * 3600


def test_that_a_folder_goes_on_to_be_treated_as_one_of_a_network(desk: Desk) -> None:
    application = desk.start()
    card = desk.preferences(application).folders.cards[str(desk.root)]
    desk.wait(lambda: "by events" in card.how.text())
    card.network.click()
    desk.wait(lambda: "by looking every" in card.how.text())
    desk.stop()
    assert desk.kept()["as_network"] == [str(desk.root)]
    application = desk.start()
    card = desk.preferences(application).folders.cards[str(desk.root)]
    desk.wait(lambda: "by looking every" in card.how.text())
    card.network.click()
    desk.wait(lambda: "by events" in card.how.text())


def test_that_order_chip_tab_and_selection_come_back(desk: Desk) -> None:
    sessions = [made_session(desk.root, f"764521_2026-11-2{day}_10-00-00") for day in (1, 2, 3)]
    application = desk.start()
    window = application.window
    window.select_session(str(sessions[1]))
    desk.wait(lambda: window.selected_directory == str(sessions[1]))
    window.sessions.view.horizontalHeader().setSortIndicator(0, Qt.SortOrder.DescendingOrder)
    window.sessions.chips.buttons["other"].click()
    window.detail.show_tab("History")
    desk.stop()
    window = desk.start().window
    assert window.detail.tab == "History"
    assert window.sessions.chip == "other"
    assert window.sessions.view.horizontalHeader().sortIndicatorSection() == 0
    desk.wait(lambda: window.selected_directory == str(sessions[1]))


def test_that_a_session_that_is_gone_is_not_waited_for_in_the_way_of_others(desk: Desk) -> None:
    session = made_session(desk.root, "764521_2026-11-21_10-00-00")
    window = desk.start().window
    window.restore_layout({"selected": str(desk.root / "gone")})
    window.select_session(str(session))
    desk.wait(lambda: window.selected_directory == str(session))
    made_session(desk.root, "gone")
    desk.wait(lambda: window._sessions.session_count() == 2)
    assert window.selected_directory == str(session)


def test_that_settings_of_another_version_are_kept_aside_and_told(desk: Desk) -> None:
    desk.config.mkdir()
    newer = b'{"version": 2, "theme": {"of": "another kind"}}'
    (desk.config / NAME).write_bytes(newer)
    application = desk.start()
    aside = desk.config / "settings.other-version-1.json"
    assert str(aside) in desk.banner(application)
    assert "version 2" in desk.banner(application)
    application.window.actions_["actionTextLarger"].trigger()
    desk.stop()
    assert aside.read_bytes() == newer
    assert (desk.kept()["version"], desk.kept()["font_percent"]) == (1, 110)


def test_that_settings_that_break_while_the_window_is_open_are_kept_aside_and_told(desk: Desk) -> None:
    application = desk.start()
    application.window.actions_["actionTextLarger"].trigger()
    desk.wait((desk.config / NAME).exists)
    (desk.config / NAME).write_bytes(b"{")
    application.window.actions_["actionTextLarger"].trigger()
    desk.wait(lambda: "settings.broken-1.json" in desk.banner(application))
    assert (desk.config / "settings.broken-1.json").read_bytes() == b"{"
    assert desk.kept()["font_percent"] == 125


def test_that_the_demo_watches_no_folder_but_its_own(desk: Desk, tmp_path: Path) -> None:
    front = Front([desk.root], desk.config, only=desk.root)
    application = Application(rescan_seconds=1, front=front)
    desk.open.append(application)
    application.build_all()
    window = application.window
    window.watch_folder_requested.emit(str(tmp_path))
    (banner,) = [one for one in window.banners.banners() if one.key == "own-folder-only"]
    assert banner.text.startswith("The demo shows its own folder. To watch yours, start rigstate-gui")
    assert [one.path for one in window.watched] == [str(desk.root)]
    window.stop_watching_requested.emit(str(desk.root))
    window.watch_folder_requested.emit(str(desk.root))
    assert [one.path for one in window.watched] == [str(desk.root)]


def test_that_the_demo_says_so_before_anybody_looks_for_another_folder(desk: Desk) -> None:
    front = Front([desk.root], desk.config, only=desk.root)
    application = Application(rescan_seconds=1, front=front)
    desk.open.append(application)
    application.build_all()
    window = application.window
    assert "To watch yours, start rigstate-gui" in window.actions_["actionWatchFolder"].toolTip()
    window.actions_["actionWatchFolder"].trigger()
    assert window.findChild(QFileDialog) is None
    assert any(one.key == "own-folder-only" for one in window.banners.banners())
    window.stop_watching_requested.emit(str(desk.root))
    window.actions_["actionWatchFolder"].trigger()
    assert window.findChild(QFileDialog) is None
    assert [one.path for one in window.watched] == [str(desk.root)]
    window.actions_["actionPreferences"].trigger()
    desk.wait(lambda: window.findChild(FoldersPage) is not None)
    page = window.findChild(FoldersPage)
    assert page is not None
    assert not page.add.isEnabled()
    assert "start rigstate-gui" in " ".join(label.text() for label in page.findChildren(QLabel))


def test_that_two_windows_leave_each_other_what_they_remember(desk: Desk, tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("one", "two")]
    windows = [desk.start().window for _ in folders]
    for window, folder in zip(windows, folders, strict=True):
        folder.mkdir()
        window.watch_folder_requested.emit(str(folder))
    windows[0].actions_["actionTextLarger"].trigger()
    windows[1].menus.theme_chosen.emit("dark")
    desk.stop()
    kept = desk.kept()
    assert sorted(kept["folders"]) == [str(folder) for folder in folders]
    assert (kept["font_percent"], kept["theme"]) == (110, "dark")


def test_that_a_folder_around_others_is_remembered_in_their_place(desk: Desk, tmp_path: Path) -> None:
    inner = tmp_path / "more" / "rig3"
    inner.mkdir(parents=True)
    window = desk.start().window

    def is_remembered(folder: Path) -> bool:
        return (desk.config / NAME).exists() and desk.kept().get("folders") == [str(folder)]

    for folder in (inner, inner.parent):
        window.watch_folder_requested.emit(str(folder))
        desk.wait(partial(is_remembered, folder))


def test_that_a_folder_that_the_one_around_it_leaves_out_stays_remembered_and_asked_about(
    desk: Desk, tmp_path: Path
) -> None:
    inner = tmp_path / "more" / ".snapshots"
    inner.mkdir(parents=True)
    application = desk.start()
    for folder in (inner, inner.parent):
        application.window.watch_folder_requested.emit(str(folder))
    asked = [one.path for one in application._trusting.folders if one.trust == "unasked"]
    assert asked == [str(inner), str(inner.parent)]
    desk.stop()
    assert desk.kept()["folders"] == [str(inner), str(inner.parent)]


def test_that_watching_a_folder_around_others_leaves_what_is_typed_where_it_is(
    desk: Desk, tmp_path: Path
) -> None:
    application, session = desk.start(), made_session(desk.root)
    window, hands = application.window, Hands(application.window)
    gone: list[object] = []
    application._desk.session_gone.connect(lambda *told: gone.append(told))
    application._trusting.choose(str(tmp_path), "trusted")
    desk.wait(lambda: application._catalog.get(str(session)) is not None)
    window.select_session(str(session))
    hands.select("stateView", cell(hands.row("stateView", "trial_count"), "Value"))
    hands.trigger("actionEditValue")
    editor = window.detail.state.view.in_place.editor
    assert editor is not None
    QTest.keyClicks(editor, "150")
    read_before = application._desk.selected
    window.watch_folder_requested.emit(str(tmp_path))
    desk.wait(lambda: application._desk.selected is not read_before)
    desk.wait(
        lambda: [root.root for root in application._catalog.roots if root.checked_at] == [str(tmp_path)]
    )
    assert (window.detail.state.view.in_place.editor, gone) == (editor, [])
    QTest.keyClick(editor, Qt.Key.Key_Return)
    row = hands.row("stateView", "trial_count", Value="150", Saved_value="15")
    assert window.detail.state.view.currentIndex().row() == row.row()


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_that_a_link_to_a_watched_folder_is_left_out_and_kept_until_somebody_says_otherwise(
    desk: Desk, tmp_path: Path
) -> None:
    link = tmp_path / "link"
    link.symlink_to(desk.root)
    key = f"doubled:{link}"

    def is_left_out(application: Application) -> bool:
        banners = {one.key: one.text for one in application.window.banners.banners()}
        return "is the same folder as" in banners.get(key, "")

    application = desk.start()
    application.window.watch_folder_requested.emit(str(link))
    desk.wait(lambda: is_left_out(application))
    assert application._folders.roots == (str(desk.root),)
    desk.stop()
    assert desk.kept()["folders"] == [str(link)]
    application = desk.start()
    desk.wait(lambda: is_left_out(application))
    Hands(application.window).press("Stop watching")
    assert not application.window.banners.banners()
    desk.stop()
    assert desk.kept().get("folders", []) == []


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_that_a_link_named_at_the_start_is_left_out_and_offers_nothing_to_forget(
    desk: Desk, tmp_path: Path
) -> None:
    link = tmp_path / "link"
    link.symlink_to(desk.root)
    application = desk.start()
    application._remembering.watch_named([str(link)])
    desk.wait(lambda: [one.actions for one in application.window.banners.banners()] == [()])


def test_that_a_name_in_which_nothing_started_is_not_worked_under(desk: Desk) -> None:
    application = desk.start()
    resumption, operator = application._resumption, application.window.status._operator
    resumption.user_confirmed.emit("ann")
    resumption.user_confirmed.emit("dnat")
    assert operator.text().startswith("working as dnat")
    resumption.user_withdrawn.emit("dnat")
    assert operator.text().startswith("working as ann")
    resumption.user_confirmed.emit("ann")
    resumption.user_withdrawn.emit("ann")
    assert operator.text().startswith("working as ann")
    desk.stop()
    assert desk.kept()["users"] == ["ann"]
