"""The pages of the preferences: what they show as it changes, what leaves them; and that they have room."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel, QPushButton, QScrollArea, QWidget

from app.exchange import FolderTrust, Preferences
from app.launchers.registry import Entry, Registry
from app.settings import FONT_PERCENTS
from app.views.parts.remark import Remark
from app.views.parts.widgets import ElidedLabel
from app.views.preferences.preferences_sheet import PreferencesSheet
from app.watch_exchange import WatchedFolder
from tests.sample_window import Shown

PAGES = ("Folders", "Launchers", "Resume", "History", "Appearance", "Log")
LONG = "/mnt/a-share/neuropixels/archive/2026/sessions_of_the_whole_platform_and_all_of_its_rigs"
CHOSEN = Preferences("dark", 125, 48, True, f"{LONG}/settings.json", f"{LONG}/rigstate.log", 2 << 20)
WATCHED = (
    WatchedFolder("/data", True, "14:32:08", "", "by events", sessions=12),
    WatchedFolder(LONG, True, "14:32:08", "", "by looking every 2 s", remote=True),
)
ENTRY = Entry("my_project.launchers.one.OneLauncher", ("{python}", "-m", "one"), "/envs/one/bin/python")


def opened(shown: Shown, page: str = "Folders") -> PreferencesSheet:
    preferring = shown.window.preferring
    preferring.show_folders((FolderTrust("/data", "trusted"), FolderTrust(LONG, "unasked")))
    preferring.show_watched(WATCHED)
    preferring.show_preferences(CHOSEN)
    preferring.open(Registry(Path(LONG), {ENTRY.namespace: ENTRY}))
    sheet = shown.window.findChild(PreferencesSheet)
    assert sheet is not None
    sheet.pages.setCurrentIndex(PAGES.index(page))
    return sheet


def chosen(shown: Shown) -> list[object]:
    return shown.asked_for("preferring.setting_chosen")


def choose(box: QComboBox, text: str) -> None:
    """With the keyboard: up to the first one, then down to the one that is wanted."""
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Home)
    for _ in range(box.findText(text)):
        QTest.keyClick(box, Qt.Key.Key_Down)
    assert box.currentText() == text


def test_that_every_page_has_its_tab(shown: Shown) -> None:
    pages = opened(shown).pages
    assert tuple(pages.tabText(page) for page in range(pages.count())) == PAGES


# --- folders ------------------------------------------------------------------------------------------------


def test_that_how_a_folder_is_watched_is_told_while_one_looks(shown: Shown) -> None:
    cards = opened(shown).folders.cards
    assert cards["/data"].how.text() == "Watched by events; last checked 14:32:08, 12 sessions."
    assert "On another computer" in cards[LONG].how.text()
    cards["/data"].network.setFocus()
    lost = WATCHED[0]._replace(
        losses=2, how="by events in 5 of 9 folders", note="/data: watching 5 of 9 folders."
    )
    shown.window.preferring.show_watched((lost, WATCHED[1]))
    text = cards["/data"].how.text()
    assert "by events in 5 of 9 folders" in text
    assert "Events were lost 2 times" in text
    assert text.endswith("Watching 5 of 9 folders.")
    assert QApplication.focusWidget() is cards["/data"].network


def test_that_a_folder_is_treated_as_one_of_a_network_by_a_tick(shown: Shown) -> None:
    cards = opened(shown).folders.cards
    assert not cards["/data"].network.isChecked()
    cards["/data"].network.click()
    assert shown.asked_for("preferring.network_chosen") == [("/data", True)]
    assert cards[LONG].network.isChecked()
    assert not cards[LONG].network.isEnabled()  # the system says so itself


def test_that_a_tick_of_the_operator_can_be_taken_back_on_a_folder_of_another_computer(shown: Shown) -> None:
    cards = opened(shown).folders.cards
    shown.window.preferring.show_watched((WATCHED[0], WATCHED[1]._replace(as_network=True)))
    cards[LONG].network.click()
    assert shown.asked_for("preferring.network_chosen") == [(LONG, False)]


def test_that_folders_come_and_go_while_one_looks(shown: Shown) -> None:
    page = opened(shown).folders
    page.cards["/data"].stop.setFocus()
    page.cards["/data"].stop.click()
    assert shown.asked_for("stop_watching_requested") == ["/data"]
    shown.window.preferring.show_folders((FolderTrust(LONG, "unasked"), FolderTrust("/new", "trusted")))
    assert [*page.cards] == [LONG, "/new"]
    assert QApplication.focusWidget() is page.add
    shown.window.preferring.show_folders(())
    assert [*page.cards] == []


# --- what is chosen -----------------------------------------------------------------------------------------


def test_that_colours_and_size_are_chosen(shown: Shown) -> None:
    page = opened(shown, "Appearance").appearance
    assert page.themes["dark"].isChecked()
    assert page.text_size.currentText() == "125 %"
    page.themes["light"].click()
    choose(page.text_size, "150 %")
    assert chosen(shown)[0] == ("theme", "light")
    assert chosen(shown)[-1] == ("font_percent", 150)


def test_that_the_age_is_chosen_also_from_one_that_is_not_offered(shown: Shown) -> None:
    page = opened(shown, "Resume").resume
    assert page.age.currentText() == "2 days"
    shown.window.preferring.show_preferences(replace(CHOSEN, old_after_hours=36))
    assert page.age.currentText() == "36 hours"
    choose(page.age, "1 hour")
    assert chosen(shown)[-1] == ("old_after_hours", 1)


def test_that_the_log_says_where_it_is_and_can_say_more(shown: Shown) -> None:
    page = opened(shown, "Log").log
    assert "rigstate.log" in page.where.text().replace("\u200b", "")
    assert "2 MB" in page.kept.text()
    page.detailed.click()
    page.open.click()
    assert chosen(shown) == [("detailed_log", False)]
    assert shown.asked_for("files.logs_requested") == [()]


def test_that_what_history_keeps_is_said_in_the_librarys_own_figures(shown: Shown) -> None:
    page = opened(shown, "History").kept
    words = " ".join(label.text() for label in page.findChildren(QLabel))
    assert "newest 32" in words
    assert "512 MB" in words
    assert "not set here" in words


def test_that_text_grows_and_shrinks_by_keys_up_to_both_ends(shown: Shown) -> None:
    for percent, name, wanted in (
        (100, "Larger", 110), (140, "Larger", 150), (140, "Smaller", 125), (175, "Usual", 100),
    ):  # fmt: skip
        shown.window.preferring.show_preferences(Preferences(font_percent=percent))
        shown.window.actions_[f"actionText{name}"].trigger()
        assert chosen(shown)[-1] == ("font_percent", wanted)
    asked = len(chosen(shown))
    for percent, name in ((FONT_PERCENTS[-1], "Larger"), (FONT_PERCENTS[0], "Smaller")):
        shown.window.preferring.show_preferences(Preferences(font_percent=percent))
        shown.window.actions_[f"actionText{name}"].trigger()
    assert len(chosen(shown)) == asked


def test_that_going_back_to_the_defaults_is_asked_for_twice(shown: Shown) -> None:
    sheet = opened(shown)
    sheet.reset.click()
    assert shown.asked_for("preferring.defaults_wanted") == []
    sheet.pages.setCurrentIndex(2)
    assert not sheet.really.isVisibleTo(sheet)
    sheet.reset.click()
    assert QApplication.focusWidget() is sheet.really
    sheet.really.click()
    assert len(shown.asked_for("preferring.defaults_wanted")) == 1
    assert QApplication.focusWidget() is sheet.reset


def test_that_the_page_that_was_seen_last_is_opened_again(shown: Shown) -> None:
    opened(shown, "Log").close_sheet()
    shown.window.preferring.open(Registry(Path(LONG), {}))
    sheet = next(one for one in shown.window.findChildren(PreferencesSheet) if one.isVisible())
    assert sheet.pages.tabText(sheet.pages.currentIndex()) == "Log"


# --- room ---------------------------------------------------------------------------------------------------


def clipped(area: QRect, inside: QWidget) -> list[str]:
    """What a page shows and is cut at its sides, or has too little room for its words."""
    found = []
    for widget in inside.findChildren(QWidget):
        if not widget.isVisible() or not isinstance(widget, QLabel | QPushButton | QCheckBox | QComboBox):
            continue
        place = QRect(widget.mapTo(widget.window(), QPoint(0, 0)), widget.size())
        wide = place.left() < area.left() or place.right() > area.right()
        needs = widget.heightForWidth(widget.width()) if widget.hasHeightForWidth() else 0
        small = widget.height() < needs or widget.width() < widget.minimumSizeHint().width()
        if wide or (small and not isinstance(widget, ElidedLabel)):
            found.append(f"{type(widget).__name__} {widget.accessibleName() or widget.property('text')}")
    return found


def test_that_only_a_page_that_has_no_room_scrolls_and_the_sheet_stays_as_high(shown: Shown) -> None:
    shown.window.resize(1024, 700)
    sheet = opened(shown)
    shown.theme.set_percent(150)
    area = sheet.findChild(QScrollArea, "sheetScroll")
    assert area is not None
    heights, scrolling = set[int](), dict[str, bool]()
    for place, name in enumerate(PAGES):
        sheet.pages.setCurrentIndex(place)
        for _ in range(3):
            QTest.qWait(0)
        heights.add(sheet.frame.height())
        scrolling[name] = area.verticalScrollBar().isVisible()
    assert len(heights) == 1
    assert scrolling["Folders"]
    assert not scrolling["Resume"]
    assert not scrolling["Appearance"]


@pytest.mark.parametrize("percent", [100, 200])
def test_that_every_page_fits_a_small_window_at_every_size_of_text(shown: Shown, percent: int) -> None:
    shown.window.setMinimumSize(600, 400)
    shown.window.resize(1024, 700)
    sheet = opened(shown)
    shown.theme.set_percent(percent)
    area = sheet.findChild(QScrollArea, "sheetScroll")
    assert area is not None
    for page in range(len(PAGES)):
        sheet.pages.setCurrentIndex(page)
        sheet.reset.click()
        for _ in range(3):
            QTest.qWait(0)
        frame = QRect(sheet.frame.mapTo(shown.window, QPoint(0, 0)), sheet.frame.size())
        assert shown.window.rect().contains(frame)
        assert sheet.body.width() <= area.viewport().width()
        assert clipped(frame, sheet.frame) == [], PAGES[page]
        note = sheet.findChild(Remark, "whatGoesBack")
        assert note is not None
        assert not note.visibleRegion().isEmpty(), PAGES[page]  # what the button would do
