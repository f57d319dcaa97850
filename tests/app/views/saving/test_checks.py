"""Checks in the window: what a sheet shows while a launcher is asked and afterwards, and what it allows."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.checks import Checked, CheckRequest, Checks, Precedents
from app.views.saving.check_part import CheckPart
from app.views.saving.check_sheet import CheckSheet
from app.views.style.theme import Theme
from persistence.document import Document
from persistence.rehearsing.rehearsed import Finding, HeardLine, Rehearsed, Result
from persistence.states.diff import diff
from persistence.states.edits import rename_value
from tests.app.views.seen import laid_out
from tests.sample_window import Shown
from tests.samples import PREDICTIVE, ROOT, document

DIRECTORY = f"{ROOT}/764521_2026-11-23_14-05"
BASE = document()
FINE = (Finding("trial_count", "restored"), Finding("experiment_phase", "restored"))
BAD = (Finding("trial_count", "refused", "ValueError: at most 100"), FINE[1])
HOSTILE = "<table><tr><td>x</td></tr></table>"


def checks(*findings: Finding, asking: str = "", edited: Document = BASE, **found: object) -> Checks:
    rehearsed = Rehearsed("a:B", PREDICTIVE, True, findings=findings)
    rehearsed = replace(rehearsed, **found)  # type: ignore[arg-type]  # names are those of the fields
    launchers = () if asking else (Checked(PREDICTIVE, "asked", found=rehearsed),)
    return Checks(
        CheckRequest(DIRECTORY), edited, diff(BASE, edited), launchers, asking, precedents=Precedents()
    )


def words(widget: QWidget) -> str:
    """All that can be read."""
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget))


# --- the part ---------------------------------------------------------------------------------------------


@pytest.fixture
def part(qtbot: QtBot, theme: Theme) -> CheckPart:
    """As it stands in a sheet before a save."""
    made = CheckPart(theme, all_rows=False, tick=True)
    qtbot.addWidget(made)
    made.show()
    return made


def test_that_nothing_is_shown_before_anything_is_known(part: CheckPart) -> None:
    part.show_checks(None)
    assert not part.isVisible()
    assert (part.waiting, part.allows) == (False, True)


def test_that_a_short_wait_shows_nothing_and_a_long_one_itself(part: CheckPart, qtbot: QtBot) -> None:
    part.show_checks(checks(asking=PREDICTIVE))
    assert not part.stop.isVisible()
    assert (part.waiting, part.allows) == (True, False)
    qtbot.waitUntil(part.stop.isVisible)
    assert "Asking PredictiveLauncher …" in words(part)
    with qtbot.waitSignal(part.stop_requested):
        qtbot.mouseClick(part.stop, Qt.MouseButton.LeftButton)
    part.show_checks(checks(*FINE))
    assert not part.stop.isVisible()
    assert part.allows


def test_that_all_being_well_is_one_sentence(part: CheckPart) -> None:
    part.show_checks(checks(*FINE))
    assert words(part) == "Checked by PredictiveLauncher itself: it takes all 2 attributes."
    assert not part.table.isVisible()
    assert not part.tick.isVisible()
    assert "takes all 2 attributes" in part.accessibleDescription()


def test_that_a_name_that_the_launcher_does_not_know_is_told_before_the_rest(part: CheckPart) -> None:
    renamed = rename_value(BASE, PREDICTIVE, ("experiment_phase",), "phase")
    part.show_checks(
        checks(FINE[0], Finding("phase", "new"), Finding("experiment_phase", "own"), edited=renamed)
    )
    first, second = words(part).splitlines()
    assert first == (
        "phase is not known to this launcher; experiment_phase will start at the launcher's own value."
    )
    assert second == "Checked by PredictiveLauncher itself: it takes all 2 attributes."
    assert (part.is_silent, part.allows) == (False, True)


def test_that_what_was_refused_is_shown_and_wants_a_tick(part: CheckPart, qtbot: QtBot) -> None:
    part.show_checks(checks(*BAD))
    assert part.table.isVisible()
    assert part.table.checked.rowCount() == 1
    assert part.table.checked.index(0, 2).data() == "Refused: ValueError: at most 100"
    assert not part.allows
    with qtbot.waitSignal(part.changed):
        part.tick.click()
    assert part.allows


def test_that_a_tick_counts_for_the_refusal_that_it_was_set_for(part: CheckPart) -> None:
    part.show_checks(checks(*BAD))
    part.tick.click()
    part.show_checks(checks(*BAD))
    allowed = [part.allows]
    other = Finding("experiment_phase", "no_handler", "nobody knows it")
    part.show_checks(checks(BAD[0], other))
    assert [*allowed, part.allows] == [True, False]
    assert part.table.checked.rowCount() == 2


def test_that_a_launcher_that_cannot_be_asked_stops_nobody(part: CheckPart) -> None:
    failed = (Checked(PREDICTIVE, "failed", "there is no module rig."),)
    part.show_checks(replace(checks(), launchers=failed))
    assert part.allows
    assert "could not be asked: there is no module rig." in words(part)


def test_that_warnings_are_told_and_a_flood_is_cut(part: CheckPart) -> None:
    heard = tuple(HeardLine("load", "warning", "lab.rig", f"{HOSTILE} {number}") for number in range(50))
    part.show_checks(checks(*FINE, heard=heard))
    lines = words(part).splitlines()
    assert f"lab.rig: {HOSTILE} 0" in lines
    assert "and 30 more" in lines
    assert f"lab.rig: {HOSTILE} 20" not in lines
    assert part.allows


@pytest.mark.parametrize("choice", ["light", "dark"])
def test_that_every_kind_of_row_can_be_painted_in_both_palettes(
    part: CheckPart, theme: Theme, choice: str
) -> None:
    theme.set_choice(choice)
    kinds: tuple[Result, ...] = ("refused", "no_handler", "type_differs", "changed")
    part.show_checks(checks(*(Finding(kind, kind, HOSTILE) for kind in kinds)))
    part.table.setFocus()
    part.table.selectRow(1)
    assert not part.grab().isNull()
    assert part.table.height() >= part.table.rowHeight(0) * 4


# --- the sheet --------------------------------------------------------------------------------------------


def open_sheet(shown: Shown) -> CheckSheet:
    shown.window.actions_["actionCheck"].trigger()
    found = shown.window.findChild(CheckSheet)
    assert found is not None
    return found


def test_that_the_action_asks_and_shows_every_attribute(shown: Shown, qtbot: QtBot) -> None:
    with qtbot.waitSignal(shown.window.checkup.check_requested) as asked:
        sheet = open_sheet(shown)
    assert asked.args == [CheckRequest(DIRECTORY)]
    before = sheet.frame.height()
    shown.window.checkup.show_checks(checks(*BAD, printed=f"looking for the rig\n{HOSTILE}\x1b[31m\n"))
    assert sheet.part.table.checked.rowCount() == 2
    assert not sheet.part.tick.isVisible()
    (printed,) = sheet.findChildren(QPlainTextEdit)
    assert printed.toPlainText() == f"looking for the rig\n{HOSTILE}\\u001b[31m"
    qtbot.waitUntil(lambda: sheet.frame.height() > before + sheet.part.table.height())
    assert "does not take 1 of 2 attributes" in words(sheet)


def test_that_of_a_launcher_that_cannot_be_asked_it_is_not_said_that_it_is(shown: Shown) -> None:
    sheet = open_sheet(shown)
    why = "The entry of lab.LickLauncher does not say which class can be asked: fill in “Class to ask” in "
    why += "Preferences, Launchers, Edit. The list is /srv/operator/.config/rigstate/launchers.toml."
    unasked = (Checked(PREDICTIVE, "not_asked", why),)
    shown.window.checkup.show_checks(replace(checks(), launchers=(), answered=False))
    assert "The launcher is asked in a process of its own" in words(sheet)
    shown.window.checkup.show_checks(replace(checks(), launchers=unasked))
    assert "The launcher is asked" not in words(sheet)
    assert "Not checked by the launcher." in words(sheet)


def test_that_no_scroll_bar_stays_for_the_line_that_it_makes_itself(shown: Shown) -> None:
    sheet = open_sheet(shown)
    why = "It does not say which class can be asked: fill in “Class to ask” in Preferences, Launchers, Edit. "
    tried = Checked(PREDICTIVE, "failed", f"{why}The list is /srv/operator/.config/rigstate/launchers.toml.")
    shown.window.checkup.show_checks(replace(checks(), launchers=(), answered=False))
    laid_out()
    shown.window.checkup.show_checks(replace(checks(), launchers=(tried,)))
    laid_out()
    assert sheet._scroll.verticalScrollBar().maximum() == 0


def test_that_only_the_answer_to_its_own_question_is_shown(shown: Shown) -> None:
    sheet = open_sheet(shown)
    shown.window.checkup.show_checks(replace(checks(*BAD), request=CheckRequest("/data/another")))
    shown.window.checkup.show_checks(replace(checks(*BAD), request=CheckRequest(DIRECTORY, frozenset())))
    assert sheet.part.table.checked.rowCount() == 0


def test_that_closing_waits_for_nobody_and_shows_nothing_more(shown: Shown, qtbot: QtBot) -> None:
    sheet = open_sheet(shown)
    shown.window.checkup.show_checks(checks(asking=PREDICTIVE))
    with qtbot.waitSignal(shown.window.checkup.stop_requested):
        qtbot.keyClick(sheet.first, Qt.Key.Key_Escape)
    shown.window.checkup.show_checks(checks(*BAD))
    assert shown.window.findChild(QPushButton, "stopCheckButton") is None or not sheet.isVisible()


def test_that_the_sheet_fits_the_smallest_window(shown: Shown, qtbot: QtBot) -> None:
    shown.window.resize(1024, 700)
    sheet = open_sheet(shown)
    shown.window.checkup.show_checks(checks(*(Finding(f"a{number}", "restored") for number in range(60))))
    qtbot.waitUntil(lambda: sheet.rect().contains(sheet.frame.geometry()) and sheet.frame.height() > 400)
    assert sheet.close_button.isVisible()


def test_that_it_can_be_asked_of_every_state_and_of_nothing_else(shown: Shown) -> None:
    action = shown.window.actions_["actionCheck"]
    assert action.isEnabled()
    shown.open(shown.names[1])  # a running one
    assert action.isEnabled()
    shown.open(shown.names[3])  # a damaged one
    assert not action.isEnabled()


def test_that_what_is_typed_is_part_of_what_is_checked(shown: Shown, qtbot: QtBot) -> None:
    view = shown.window.detail.state.view
    view.setFocus()
    view.setCurrentIndex(shown.state.find(PREDICTIVE, ("trial_count",)))
    assert view.in_place.edit_value()
    field = view.findChild(QLineEdit, "valueText")
    assert field is not None
    field.selectAll()
    qtbot.keyClicks(field, "151")
    open_sheet(shown)
    draft = shown.drafts.get(DIRECTORY)
    assert draft is not None
    assert draft.document.namespace(PREDICTIVE).attributes["trial_count"] == 151
