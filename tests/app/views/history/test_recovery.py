"""The ways back in the window: buttons in the place of the state, menu entries, the question before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.change_errands import Recover
from app.history.proposals import proposed
from app.past_errands import (
    Crash,
    CrashRecord,
    FindWays,
    GoodVersion,
    Remains,
    TryWay,
    Unsaved,
    UnsavedState,
    WaysFound,
    WayTried,
)
from app.resuming.lineage import Lineage, Relative
from app.session import Problem
from app.values.differences import compare
from app.views.history.bring_back_sheet import BringBackSheet
from app.views.history.whose_sheet import WhoseSheet
from persistence.files.absent import ABSENT_ETAG
from tests.app.models.history.test_versions import version
from tests.sample_window import Shown
from tests.samples import NOW, PREDICTIVE, ROOT, SLAP2, document, snapshot

DAMAGED = f"{ROOT}/758833_2026-11-22_09-30"
SOUND = f"{ROOT}/764521_2026-11-23_14-05"
SPILL = Unsaved("/data/x.json", "2026-11-23T14:20:00", (PREDICTIVE,), "the disk is full")
CRASH = Crash("2026-11-23T14:02:11", 10, (PREDICTIVE,))
ALL = ("RestoreGood", "Salvage", "RecoverCrash", "BringIn", "OpenAnyway")


class Looked:
    """A window with a damaged session shown; `wanted` are the ways that were asked for."""

    def __init__(self, shown: Shown) -> None:
        self.shown = shown
        self.window = shown.window
        self.recovery = shown.window.recovery
        self.wanted: list[object] = []
        self.anyway: list[object] = []
        self.recovery.way_wanted.connect(self.wanted.append)
        self.recovery.anyway_requested.connect(self.anyway.append)
        shown.open(shown.names[3])

    def find(self, *, gone: bool = True, directory: str = DAMAGED, **found: object) -> None:
        self.recovery.show_ways(WaysFound(FindWays(directory, gone), **found))  # type: ignore[arg-type]

    @property
    def buttons(self) -> list[QPushButton]:
        found = self.window.detail.state.message.findChildren(QPushButton)
        return [button for button in found if button.isVisible()]

    @property
    def offered(self) -> list[str]:
        return [button.accessibleName() for button in self.buttons]

    def allowed(self) -> list[str]:
        return [name for name in ALL if self.window.actions_[f"action{name}"].isEnabled()]

    def says(self, words: str) -> bool:
        labels = self.window.findChildren(QLabel)
        return any(words in label.text() for label in labels if label.isVisible())


@pytest.fixture
def looked(shown: Shown) -> Looked:
    return Looked(shown)


def keyboard() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def test_that_before_the_ways_are_known_raw_and_history_are_offered(looked: Looked) -> None:
    assert looked.offered == ["Go to Raw", "Go to History"]
    assert looked.allowed() == []
    looked.buttons[0].click()
    assert looked.window.detail.tabs.currentWidget() is looked.window.back.raw
    looked.window.detail.tabs.setCurrentIndex(0)
    looked.buttons[1].click()
    assert looked.window.detail.tabs.currentWidget() is looked.window.back.history


def test_that_enter_in_the_list_goes_to_the_first_thing_that_can_be_done(
    qtbot: QtBot, looked: Looked
) -> None:
    """The keyboard stayed in the list, and Tab went past the ways."""
    sessions = looked.window.sessions.view
    for number, way in ((3, "Restore version 5…"), (5, "Go to History")):
        looked.shown.open(looked.shown.names[number])
        looked.find(good=version(5))
        sessions.setFocus()
        qtbot.keyClick(sessions, Qt.Key.Key_Return)
        assert keyboard().accessibleName() == way
    looked.shown.open(looked.shown.names[4])  # of a newer version: it is shown
    sessions.setFocus()
    qtbot.keyClick(sessions, Qt.Key.Key_Return)
    assert keyboard() is looked.window.detail.state.view


def test_that_where_nothing_can_be_done_enter_goes_to_the_other_tabs(qtbot: QtBot, looked: Looked) -> None:
    sessions, detail = looked.window.sessions.view, looked.window.detail
    nothing = Problem("no_state", "The run left none.")
    looked.window.show_session(replace(snapshot(None, problem=nothing), directory=DAMAGED, versions=0), None)
    assert looked.offered == []
    sessions.setFocus()
    qtbot.keyClick(sessions, Qt.Key.Key_Return)
    assert keyboard() is detail.tabs.tabBar()


def test_that_a_resumed_run_that_never_saved_leads_to_what_it_was_resumed_from(looked: Looked) -> None:
    nothing = Problem("no_state", "The run never saved a state.")
    killed = replace(snapshot(None, problem=nothing), directory=DAMAGED, versions=0)
    name = looked.shown.names[0]
    looked.window.show_session(killed, None)
    looked.window.show_lineage(DAMAGED, Lineage(Relative(name)))
    assert looked.offered == []  # it is not listed, and nothing leads there
    looked.window.show_lineage(DAMAGED, Lineage(Relative(name, SOUND)))
    looked.window.show_session(killed, None)  # read again
    assert looked.offered == ["Go to where it came from"]
    assert looked.says(f"Resumed from {name}, on whose state it began")
    looked.buttons[0].click()
    assert looked.window.selected_directory == SOUND
    assert looked.offered == []


@pytest.mark.parametrize("said", [False, True])
@pytest.mark.parametrize("sound", [False, True])
def test_that_enter_before_the_state_is_read_goes_on_to_what_is_read(
    qtbot: QtBot, looked: Looked, said: bool, sound: bool
) -> None:
    """`said`: that it is being read."""
    window, sessions = looked.window, looked.window.sessions.view
    window.session_selected.disconnect(looked.shown._answer)
    looked.shown.open(looked.shown.names[0])
    looked.shown.open(looked.shown.names[3])
    if said:
        window.shown._waiting.timeout.emit()
    sessions.setFocus()
    qtbot.keyClick(sessions, Qt.Key.Key_Return)
    assert not window.banners.isAncestorOf(keyboard())
    if sound:
        window.show_session(replace(snapshot(document()), directory=DAMAGED), None)
        assert keyboard() is window.detail.state.view
        assert window.detail.state.view.currentIndex().isValid()
    else:
        window.show_session(looked.shown.snapshots[DAMAGED], None)
        assert keyboard().accessibleName() == "Go to Raw"
        looked.find(good=version(5))
        assert keyboard().accessibleName() == "Restore version 5…"


def test_that_each_way_is_told_with_what_it_leads_to_and_asked_for(looked: Looked) -> None:
    looked.find(
        good=version(5), readable=9, lost=3, damage="up to line 15, column 31", crash=CRASH, unsaved=(SPILL,)
    )
    assert looked.offered == [
        "Bring in the unsaved state…",
        "Restore version 5…",
        "Salvage what can be read…",
        "Recover from the crash's own record…",
        "Go to Raw",
        "Go to History",
    ]
    for words in (
        "PredictiveLauncher could not save it at 14:20: the disk is full",
        "The last good one, saved 14:05:10 by rig3",
        "9 attributes, up to line 15, column 31; 3 of version 5 are lost",
        "10 attributes, kept when it crashed at 14:02",
    ):
        assert looked.says(words), words
    for button in looked.buttons[:4]:
        button.click()
    ways = (UnsavedState(SPILL.file), GoodVersion(5), Remains(), CrashRecord(PREDICTIVE))
    assert looked.wanted == [TryWay(DAMAGED, way) for way in ways]


def test_that_each_way_is_in_the_menu_too(looked: Looked) -> None:
    looked.find(good=version(5), readable=1, damage="up to line 1, column 2", crash=CRASH, unsaved=(SPILL,))
    assert looked.allowed() == ["RestoreGood", "Salvage", "RecoverCrash", "BringIn"]
    for name in looked.allowed():
        looked.window.actions_[f"action{name}"].trigger()
    ways = (GoodVersion(5), Remains(), CrashRecord(PREDICTIVE), UnsavedState(SPILL.file))
    assert looked.wanted == [TryWay(DAMAGED, way) for way in ways]


def test_that_buttons_are_reached_and_pressed_by_keys_and_keep_the_keyboard(
    looked: Looked, qtbot: QtBot
) -> None:
    by_tab = Qt.FocusReason.TabFocusReason
    looked.find(good=version(5))
    looked.buttons[0].setFocus(by_tab)
    looked.find(good=version(5))
    looked.buttons[0].setFocus(by_tab)
    looked.find(good=version(5), unsaved=(SPILL,))
    first = looked.buttons[1]
    assert (first.accessibleName(), first.hasFocus()) == ("Restore version 5…", True)
    qtbot.keyClick(first, Qt.Key.Key_Return)
    assert looked.wanted == [TryWay(DAMAGED, GoodVersion(5))]


def test_that_ways_of_another_session_are_not_shown(looked: Looked, shown: Shown) -> None:
    looked.find(directory=f"{ROOT}/other", good=version(5))
    assert looked.allowed() == []
    looked.find(good=version(5))
    shown.open(shown.names[0])
    assert looked.allowed() == []


def test_that_an_unsaved_state_is_told_and_can_be_brought_in_as_soon_as_the_state_is_shown(
    looked: Looked, shown: Shown
) -> None:
    shown.open(shown.names[0])
    assert looked.allowed() == []
    shown.window.show_session(replace(shown.snapshots[SOUND], unsaved=(SPILL,)), None)
    assert looked.says("An unsaved state was found: PredictiveLauncher could not save it")
    looked.window.detail.state.found.button.click()
    assert looked.wanted == [TryWay(SOUND, UnsavedState(SPILL.file))]
    looked.find(gone=False, directory=SOUND)  # it was brought in by somebody else
    assert looked.allowed() == []


def test_that_an_unsaved_state_is_told_above_a_sound_one(looked: Looked, shown: Shown, qtbot: QtBot) -> None:
    shown.open(shown.names[0])
    looked.find(gone=False, directory=SOUND, unsaved=(SPILL, SPILL))
    assert looked.says("2 unsaved states were found, the newest: PredictiveLauncher could not save it")
    assert looked.allowed() == ["BringIn"]
    button = looked.window.detail.state.found.findChild(QPushButton)
    assert button is not None
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert looked.wanted == [TryWay(SOUND, UnsavedState(SPILL.file))]
    looked.find(gone=False, directory=SOUND)
    assert not looked.window.detail.state.found.isVisible()


def test_that_a_file_that_is_too_large_is_opened_when_that_is_wanted(looked: Looked, shown: Shown) -> None:
    shown.snapshots[DAMAGED] = snapshot(
        None, "758833_2026-11-22_09-30", problem=Problem("too_large", "70 bytes are more than the limit.")
    )
    shown.open(shown.names[0])
    shown.open(shown.names[3])
    assert looked.offered == ["Open anyway", "Go to Raw", "Go to History"]
    looked.buttons[0].click()
    looked.window.actions_["actionOpenAnyway"].trigger()
    assert looked.anyway == [DAMAGED, DAMAGED]


def test_that_raw_is_not_offered_where_a_folder_stands_in_the_place_of_the_state(
    looked: Looked, shown: Shown
) -> None:
    unreadable = Problem("unreadable", "It is a folder, not a file.")
    no_file = snapshot(None, "758833_2026-11-22_09-30", problem=unreadable)
    shown.snapshots[DAMAGED] = replace(no_file, etag=ABSENT_ETAG)
    shown.open(shown.names[0])
    shown.open(shown.names[3])
    assert looked.says("It is a folder, not a file.")
    assert looked.offered == ["Go to History"]


def test_that_nothing_is_offered_over_a_file_that_is_being_written(looked: Looked, shown: Shown) -> None:
    shown.snapshots[DAMAGED] = snapshot(
        None, "758833_2026-11-22_09-30", problem=Problem("being_written", "It is being written right now.")
    )
    shown.open(shown.names[0])
    shown.open(shown.names[3])
    looked.find(good=version(5), readable=9, damage="up to line 1, column 2", crash=CRASH, unsaved=(SPILL,))
    assert looked.offered == ["Go to History"]
    assert looked.allowed() == []
    assert looked.says("It is being written right now. It is looked at again in a moment.")
    asked = document({"a": 1})
    proposal = proposed(WayTried(TryWay(DAMAGED, Remains())), asked, compare(asked, asked), NOW)
    looked.window.back.ask(proposal)
    sheet = looked.window.findChild(BringBackSheet)
    assert sheet is not None
    assert not sheet._do.isEnabled()
    sheet.close_sheet()


# --- whose a crash's record is ------------------------------------------------------------------------------


def whose(looked: Looked, launchers: Sequence[str]) -> WhoseSheet:
    looked.find(crash=Crash("", 3, tuple(launchers), "Rig<b>"))
    looked.window.actions_["actionRecoverCrash"].trigger()
    sheet = looked.window.findChild(WhoseSheet)
    assert sheet is not None
    assert sheet.first.hasFocus()
    return sheet


def test_that_of_several_launchers_one_is_chosen(looked: Looked, qtbot: QtBot) -> None:
    sheet = whose(looked, [PREDICTIVE, SLAP2])
    assert not sheet._go.isEnabled()
    qtbot.keyClick(sheet.first, Qt.Key.Key_Space)
    sheet._go.click()
    assert looked.wanted == [TryWay(DAMAGED, CrashRecord(PREDICTIVE))]


def test_that_of_none_a_name_is_typed_and_judged(looked: Looked, qtbot: QtBot) -> None:
    sheet = whose(looked, [])
    for text, good in (("Rig", False), ("my rig.Rig", False), ("my.rig.Rig", True)):
        sheet._field.setText(text)
        assert sheet._go.isEnabled() is good
    qtbot.keyClick(sheet._field, Qt.Key.Key_Return)
    assert looked.wanted == [TryWay(DAMAGED, CrashRecord("my.rig.Rig"))]


def test_that_escape_chooses_nothing(looked: Looked, qtbot: QtBot) -> None:
    sheet = whose(looked, [])
    sheet._field.setText("my.rig.Rig")
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert (looked.wanted, sheet.isVisible()) == ([], False)


# --- the question before ------------------------------------------------------------------------------------


def test_that_what_would_be_salvaged_and_what_is_lost_is_shown_before(looked: Looked) -> None:
    after = document({"a": 1})
    tried = WayTried(
        TryWay(DAMAGED, Remains()), "e", document({"a": 1, "b": 2}), after,
        lost=tuple((f"x{place}", "it is <b>cut</b> off") for place in range(12)), version=version(5),
    )  # fmt: skip
    comparison = compare(document({"a": 1, "b": 2}), after, equal=True)
    asked: list[object] = []
    looked.window.back.bring_back_requested.connect(asked.append)
    looked.window.back.ask(proposed(tried, after, comparison, NOW))
    sheet = looked.window.findChild(BringBackSheet)
    assert sheet is not None
    texts = [label.text() for label in sheet.findChildren(QLabel)]
    assert "1 attribute can be had with certainty; 1 of version 5 cannot." in texts
    assert "x0: it is <b>cut</b> off" in texts
    assert "and 4 more, in the table" in texts
    sheet._do.click()
    (errand,) = asked
    assert isinstance(errand, Recover)
    assert (errand.directory, errand.document, errand.etag) == (DAMAGED, after, "e")


def test_that_without_anything_to_hold_it_against_only_one_side_is_shown(looked: Looked) -> None:
    after = document({"a": 1})
    tried = WayTried(TryWay(DAMAGED, CrashRecord(PREDICTIVE)), "e", None, after, left_out=("params",))
    looked.window.back.ask(proposed(tried, after, compare(after, after, equal=True), NOW))
    sheet = looked.window.findChild(BringBackSheet)
    assert sheet is not None
    assert [sheet.table.isColumnHidden(column) for column in range(4)] == [False, True, False, True]
    assert any("params" in label.text() for label in sheet.findChildren(QLabel))
    sheet.close_sheet()


def test_that_a_question_about_a_session_that_is_not_shown_is_not_asked(looked: Looked, shown: Shown) -> None:
    after = document({"a": 1})
    tried = WayTried(TryWay(DAMAGED, Remains()), "e", after, after)
    proposal = proposed(tried, after, compare(after, after), NOW)
    shown.open(shown.names[0])
    looked.window.back.ask(proposal)
    assert looked.window.findChild(BringBackSheet) is None
