"""The check in the sheet before a save: asked for what is ticked, waited for, and in nobody's way."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app.checks import Checked, CheckRequest, Checks, Precedents
from app.editing.draft import Draft
from app.exchange import SaveRequest
from app.session import Running
from app.views.saving.save_sheet import SaveSheet
from persistence.rehearsing.rehearsed import Finding, Rehearsed
from tests.sample_window import Shown
from tests.samples import PREDICTIVE, ROOT

DIRECTORY = f"{ROOT}/764521_2026-11-23_14-05"
COUNT, PHASE = (PREDICTIVE, ("trial_count",)), (PREDICTIVE, ("experiment_phase",))
FINE = (Finding("trial_count", "restored"), Finding("experiment_phase", "restored"))
BAD = (Finding("trial_count", "refused", "at most 100"), FINE[1])


class Asked:
    """A sheet with two changes, and the requests to check them; `answer` is a launcher's answer."""

    def __init__(self, shown: Shown, qtbot: QtBot) -> None:
        self.shown = shown
        self.bot = qtbot
        self.requests: list[CheckRequest] = []
        shown.window.checkup.check_requested.connect(self.requests.append)
        shown.type_value("150", "trial_count")
        shown.type_value("washout", "experiment_phase")
        shown.window.actions_["actionSave"].trigger()
        found = shown.window.findChild(SaveSheet)
        assert found is not None
        self.sheet = found
        qtbot.waitUntil(lambda: len(self.requests) == 1)

    @property
    def draft(self) -> Draft:
        draft = self.shown.drafts.get(DIRECTORY)
        assert draft is not None
        return draft

    @property
    def saved(self) -> list[object]:
        return self.shown.asked_for("save_requested")

    def answer(self, *findings: Finding, asking: str = "", how: str = "asked") -> None:
        found = Rehearsed("a:B", PREDICTIVE, findings=findings)
        launchers = () if asking else (Checked(PREDICTIVE, how, "no rig.", found),)  # type: ignore[arg-type]
        known = Checks(
            self.requests[-1], self.draft.document, self.draft.changes, launchers, asking,
            precedents=Precedents(),
        )  # fmt: skip
        self.shown.window.checkup.show_checks(known)

    def untick(self, row: int) -> None:
        self.sheet.table.enter()
        self.bot.keyClick(self.sheet.table, Qt.Key.Key_Home)
        self.sheet.table.selectRow(row)
        self.bot.keyClick(self.sheet.table, Qt.Key.Key_Space)


@pytest.fixture
def asked(shown: Shown, qtbot: QtBot) -> Asked:
    return Asked(shown, qtbot)


def test_that_what_is_ticked_is_checked_when_the_sheet_opens(asked: Asked) -> None:
    assert asked.requests == [CheckRequest(DIRECTORY, frozenset({COUNT, PHASE}))]
    assert asked.sheet.save.isEnabled()


def test_that_a_launcher_that_takes_everything_is_one_line_and_save_goes_on(asked: Asked) -> None:
    asked.answer(*FINE)
    assert not asked.sheet.check.table.isVisible()
    assert "it takes all 2 attributes" in asked.sheet.check.accessibleDescription()
    asked.sheet.save.click()
    assert asked.saved == [SaveRequest(DIRECTORY, "1", frozenset({COUNT, PHASE}), "")]


def test_that_after_a_refusal_only_a_tick_lets_one_save(asked: Asked) -> None:
    asked.sheet.save.setFocus()
    asked.answer(asking=PREDICTIVE)
    asked.answer(*BAD)
    assert not asked.sheet.save.isEnabled()
    asked.bot.keyClick(asked.sheet, Qt.Key.Key_Return)
    assert asked.saved == []
    asked.bot.keyClick(asked.sheet.check.tick, Qt.Key.Key_Space)
    assert asked.sheet.save.isEnabled()
    asked.bot.keyClick(asked.sheet.check.tick, Qt.Key.Key_Return)
    assert len(asked.saved) == 1


@pytest.mark.parametrize("pressed", [False, True])
def test_that_the_keyboard_goes_to_the_changes_after_a_refusal_and_never_to_the_tick(
    asked: Asked, pressed: bool
) -> None:
    asked.sheet.save.setFocus()
    asked.answer(asking=PREDICTIVE)
    if pressed:
        asked.sheet.save.click()
    asked.answer(*BAD)
    asked.bot.waitUntil(asked.sheet.check.tick.isVisible)
    focus = QApplication.focusWidget()
    assert focus is asked.sheet.table
    asked.bot.keyClick(focus, Qt.Key.Key_Space)
    asked.bot.keyClick(focus, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert not asked.sheet.check.tick.isChecked()


def test_that_a_press_outlasts_a_moment_in_which_nothing_can_be_saved(asked: Asked) -> None:
    """As while a session is read again."""
    window, snapshot = asked.shown.window, asked.shown.snapshots[DIRECTORY]
    asked.answer(asking=PREDICTIVE)
    asked.sheet.save.click()
    window.show_session(replace(snapshot, not_writable_because="it is read again"), asked.draft)
    assert not asked.sheet.save.isEnabled()
    window.show_session(snapshot, asked.draft)
    asked.bot.waitUntil(lambda: len(asked.requests) == 2)
    asked.answer(*FINE)
    assert len(asked.saved) == 1


@pytest.mark.parametrize("where", ["changes", "check"])
def test_that_a_note_typed_after_a_refusal_is_a_note_and_takes_no_tick_away(asked: Asked, where: str) -> None:
    asked.sheet.save.setFocus()
    asked.answer(asking=PREDICTIVE)
    asked.answer(*BAD)
    if where == "check":
        asked.sheet.check.table.setFocus(Qt.FocusReason.TabFocusReason)
    for key in " by hand, 2 of 3":
        asked.bot.keyClicks(QApplication.focusWidget(), key)
    assert asked.sheet.note.line.text() == " by hand, 2 of 3"
    assert asked.sheet.save.accessibleName() == "Save 2 changes"
    asked.sheet.check.tick.click()
    asked.bot.keyClick(asked.sheet.note.line, Qt.Key.Key_Return)
    assert asked.saved == [SaveRequest(DIRECTORY, "1", frozenset({COUNT, PHASE}), "by hand, 2 of 3")]


@pytest.mark.parametrize("way", ["tab", "key", "click"])
def test_that_space_ticks_on_a_row_that_one_went_to(asked: Asked, way: str) -> None:
    table = asked.sheet.table
    asked.sheet.save.setFocus()
    asked.answer(asking=PREDICTIVE)
    asked.answer(*BAD)
    assert table.hasFocus()
    if way == "tab":
        asked.sheet.save.setEnabled(True)
        asked.sheet.save.setFocus()
        table.setFocus(Qt.FocusReason.TabFocusReason)
    elif way == "key":
        asked.bot.keyClick(table, Qt.Key.Key_Down)
    else:
        middle = table.visualRect(table.model().index(1, 2)).center()
        asked.bot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    asked.bot.keyClick(table, Qt.Key.Key_Space)
    assert asked.sheet.save.accessibleName() == "Save 1 change"
    assert asked.sheet.note.line.text() == ""


def test_that_leaving_the_refused_change_out_is_the_other_way(asked: Asked) -> None:
    asked.answer(*BAD)
    asked.untick(1)
    assert asked.sheet.check.waiting  # what was said is not about what would be saved now
    asked.bot.waitUntil(lambda: len(asked.requests) == 2)
    assert asked.requests[-1].places == frozenset({PHASE})
    asked.answer(*FINE)
    assert asked.sheet.save.isEnabled()
    assert not asked.sheet.check.tick.isVisible()


def test_that_an_answer_to_what_was_asked_before_is_none_to_what_would_be_saved_now(asked: Asked) -> None:
    asked.answer(asking=PREDICTIVE)
    asked.untick(1)
    asked.answer(*FINE)
    assert asked.sheet.check.waiting
    asked.bot.waitUntil(lambda: len(asked.requests) == 2)
    asked.answer(*FINE)
    assert not asked.sheet.check.waiting


def test_that_who_ticks_and_saves_in_one_go_saves_after_the_answer_however_long_it_is_awaited(
    asked: Asked,
) -> None:
    asked.answer(asking=PREDICTIVE)
    asked.untick(1)
    asked.sheet.save.click()
    asked.bot.waitUntil(lambda: len(asked.requests) == 2)
    asked.answer(asking=PREDICTIVE)  # still
    assert asked.saved == []
    asked.answer(*FINE)
    assert len(asked.saved) == 1


def test_that_ticks_that_are_set_in_a_row_ask_once(asked: Asked) -> None:
    asked.answer(*FINE)
    asked.untick(0)
    asked.untick(1)
    asked.untick(0)
    asked.bot.waitUntil(lambda: len(asked.requests) == 2)
    assert asked.requests[-1].places == frozenset({PHASE})


def test_that_with_nothing_ticked_nothing_is_asked_or_shown(asked: Asked) -> None:
    asked.answer(*BAD)
    asked.untick(0)
    asked.untick(1)
    asked.bot.waitUntil(lambda: not asked.sheet.check.isVisible())
    assert len(asked.requests) == 1


def test_that_who_presses_save_meanwhile_saves_when_all_is_well(asked: Asked) -> None:
    asked.answer(asking=PREDICTIVE)
    asked.sheet.save.click()
    assert asked.saved == []
    assert asked.sheet.save.accessibleName() == "Saving when checked …"
    asked.answer(*FINE)
    assert len(asked.saved) == 1


@pytest.mark.parametrize("way", ["refused", "changed", "failed"])
def test_that_who_presses_save_meanwhile_sees_what_there_is_to_see_first(asked: Asked, way: str) -> None:
    asked.answer(asking=PREDICTIVE)
    asked.sheet.save.click()
    findings = {"refused": BAD, "changed": (Finding("trial_count", "changed", "because"),), "failed": ()}[way]
    asked.answer(*findings, how="failed" if way == "failed" else "asked")
    assert asked.saved == []
    assert asked.sheet.isVisible()
    assert asked.sheet.save.isEnabled() is (way != "refused")
    assert asked.sheet.save.accessibleName() == "Save 2 changes"


def test_that_not_waiting_is_saving_unchecked(asked: Asked) -> None:
    asked.answer(asking=PREDICTIVE)
    asked.sheet.save.click()
    with asked.bot.waitSignal(asked.shown.window.checkup.stop_requested):
        asked.sheet.check.stop.click()
    asked.answer(how="stopped")
    assert len(asked.saved) == 1


def test_that_a_folder_that_answers_first_is_no_answer_of_the_launcher(asked: Asked) -> None:
    known = Checks(asked.requests[-1], asked.draft.document, answered=False, precedents=Precedents())
    asked.shown.window.checkup.show_checks(known)
    asked.sheet.save.click()
    assert asked.saved == []
    asked.answer(*FINE)
    assert len(asked.saved) == 1


def test_that_without_an_entry_one_line_says_so_and_nothing_waits(asked: Asked) -> None:
    asked.answer(how="not_asked")
    said = asked.sheet.check.accessibleDescription()
    assert said.startswith("Not checked by the launcher. There is no other session")
    assert "no rig" not in said
    asked.sheet.save.click()
    assert len(asked.saved) == 1


def test_that_a_later_version_of_the_draft_is_checked_anew(asked: Asked) -> None:
    asked.answer(*FINE)
    asked.shown.type_value("151", "trial_count")
    asked.bot.waitUntil(lambda: len(asked.requests) == 2)
    assert asked.sheet.check.waiting


def test_that_a_sheet_that_is_gone_asks_nothing_more_and_is_told_nothing(shown: Shown, qtbot: QtBot) -> None:
    requests: list[CheckRequest] = []
    shown.window.checkup.check_requested.connect(requests.append)
    shown.type_value("150", "trial_count")
    shown.window.actions_["actionSave"].trigger()
    sheet = shown.window.findChild(SaveSheet)
    assert sheet is not None
    sheet.save.click()
    asked = [CheckRequest(DIRECTORY, frozenset({COUNT}))]
    assert requests == asked  # before it is saved; there is nobody here who would answer
    QCoreApplication.processEvents()  # timers are heard of, and what goes is not gone yet
    assert requests == asked
    qtbot.waitUntil(lambda: not isValid(sheet))
    draft = shown.drafts.get(DIRECTORY)
    assert draft is not None
    shown.window.checkup.show_checks(Checks(CheckRequest(DIRECTORY, frozenset({COUNT})), draft.document))
    assert len(shown.asked_for("save_requested")) == 1


def test_that_two_presses_in_the_same_moment_save_nothing_unchecked(shown: Shown) -> None:
    """The second one came before the check had begun, which it does between two events."""
    checkup = shown.window.checkup

    def answer(request: CheckRequest, *launchers: Checked) -> None:
        draft = shown.drafts.get(DIRECTORY)
        assert draft is not None
        known = Checks(request, draft.document, draft.changes, launchers, precedents=Precedents())
        checkup.show_checks(replace(known, asking="" if launchers else PREDICTIVE))

    requests: list[CheckRequest] = []
    checkup.check_requested.connect(requests.append)
    checkup.check_requested.connect(answer)
    shown.type_value("150", "trial_count")
    shown.window.actions_["actionSave"].trigger()
    sheet = shown.window.findChild(SaveSheet)
    assert sheet is not None
    QTest.keyClick(sheet, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert shown.asked_for("save_requested") == []
    assert sheet.save.accessibleName() == "Saving when checked …"
    answer(requests[-1], Checked(PREDICTIVE, "asked", "", Rehearsed("a:B", PREDICTIVE, findings=BAD)))
    assert shown.asked_for("save_requested") == []
    assert not sheet.save.isEnabled()


def test_that_while_a_launcher_runs_nothing_is_asked(shown: Shown, qtbot: QtBot) -> None:
    requests: list[CheckRequest] = []
    shown.window.checkup.check_requested.connect(requests.append)
    shown.type_value("150", "trial_count")
    running = replace(shown.snapshots[DIRECTORY], running=Running("rig3", 77, PREDICTIVE, "", False))
    shown.window.show_session(running, shown.drafts.get(DIRECTORY))
    shown.window.actions_["actionSave"].trigger()
    sheet = shown.window.findChild(SaveSheet)
    assert sheet is not None
    qtbot.waitUntil(lambda: not sheet.check._rest.isActive())
    assert requests == []
    assert not sheet.check.isVisible()


def test_that_the_changes_tab_has_the_same_in_a_button(shown: Shown, qtbot: QtBot) -> None:
    shown.type_value("150", "trial_count")
    with qtbot.waitSignal(shown.window.checkup.check_requested) as asked:
        shown.window.detail.changes.check.click()
    assert asked.args == [CheckRequest(DIRECTORY)]
