"""The Output tab and the sheet that stops: what they say of a run, and what leaves them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.exchange import Banner
from app.resume_exchange import Run
from app.runs.run_report import LoadedAttribute
from app.views.resume.stop_sheet import StopSheet
from tests.app.views.offers import is_gone, words
from tests.sample_window import Shown
from tests.samples import ROOT

LOADED = (
    LoadedAttribute("trial_count", "restored"),
    LoadedAttribute("gains", "added"),
    LoadedAttribute("phase", "mismatched", "text does not fit an integer"),
    LoadedAttribute("camera", "left_out", "the operator left it out"),
)


def run(shown: Shown, **changes: object) -> Run:
    plain = Run(
        "2026-11-23_14-33-00_aaaaaa",
        f"{ROOT}/{shown.names[0]}",
        shown.names[0],
        "running",
        "All is well.",
        pid=7,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]  # names are those of the fields


def show(shown: Shown, **changes: object) -> Run:
    made = run(shown, **changes)
    shown.window.show_run(made)
    shown.window.show_output_of(made)
    return made


def test_that_what_was_restored_and_what_not_is_told_with_the_reason(shown: Shown) -> None:
    show(shown, loaded=LOADED)
    text = words(shown.window.detail.output)
    assert "Restored (2): trial_count, gains" in text
    assert "phase: type differs (text does not fit an integer)" in text
    assert "camera: left out" in text


def test_that_a_launcher_that_refused_has_restored_nothing(shown: Shown) -> None:
    show(shown, loaded=LOADED, refused=True, state="failed")
    text = words(shown.window.detail.output)
    assert "Restored" not in text
    assert "phase: type differs (text does not fit an integer)" in text


def test_that_a_run_is_called_by_the_session_that_it_makes_and_names_its_source(shown: Shown) -> None:
    made = show(shown)
    output = shown.window.detail.output
    assert output._title.text() == made.title
    show(shown, session=f"{ROOT}/764521_2026-11-23_15-00")
    assert output._title.text() == "764521_2026-11-23_15-00"
    assert f"Resumed from {made.title}. Process 7. All is well." in words(output)
    assert output._field(made).accessibleName() == "Output of 764521_2026-11-23_15-00"
    output.stop.click()
    sheet = shown.window.findChild(StopSheet)
    assert sheet is not None
    assert "764521_2026-11-23_15-00" in words(sheet)
    assert f"Resumed from {made.title}." in words(sheet)


def test_that_of_many_that_were_not_restored_all_are_named_and_few_take_room(shown: Shown) -> None:
    show(shown, loaded=tuple(LoadedAttribute(f"a{number}", "refused", "x") for number in range(40)))
    text = words(shown.window.detail.output)
    assert "and 35 more: a5, a6" in text
    assert text.count("refused (x)") == 5


def test_that_a_reason_is_read_whole_in_a_small_window_and_names_up_to_a_limit(
    shown: Shown, qtbot: QtBot
) -> None:
    reason = "the saved value is a text, and the launcher has a mapping of channels to gains there"
    restored = tuple(LoadedAttribute(f"attribute_{number}", "restored", "") for number in range(90))
    shown.window.resize(1024, 700)
    shown.window.one_pane.show_detail()
    show(shown, loaded=(*restored, LoadedAttribute("channel_gains", "mismatched", reason)))
    labels = shown.window.detail.output._loaded.findChildren(QLabel)
    names, told = (next(one for one in labels if start in one.text()) for start in ("Restored", "channel_g"))
    assert told.text() == f"channel_gains: type differs ({reason})"
    qtbot.waitUntil(lambda: 0 < told.heightForWidth(told.width()) <= told.height())
    assert names.text().endswith(" more")
    assert "attribute_89" in names.toolTip()


def test_that_below_many_notices_nothing_said_of_a_run_is_cut_and_stop_stays(
    shown: Shown, qtbot: QtBot
) -> None:
    names = ("params", "trial_count", "phase", "reward_volume", "photodiode_on", "laser_steps", "settings")
    shown.window.resize(1024, 700)
    made = show(shown, loaded=tuple(LoadedAttribute(one, "restored") for one in names), note="Loaded them.")
    for number in range(6):
        shown.window.show_banner(Banner(f"{number}", "blue", "It was changed on disk by root. " * 4))
    shown.window.banners._turn_over()
    output = shown.window.detail.output
    said = [output._note, *output._loaded.findChildren(QLabel)]
    qtbot.waitUntil(lambda: output.height() < 160)
    qtbot.waitUntil(lambda: all(0 < one.heightForWidth(one.width()) <= one.height() for one in said))
    text = output._texts[made.key]
    assert text.height() >= text.fontMetrics().lineSpacing() * 3
    text.setFocus(Qt.FocusReason.TabFocusReason)
    for seen in (text, output.stop):
        assert not seen.visibleRegion().isEmpty()
    assert text.visibleRegion().boundingRect().height() >= text.fontMetrics().lineSpacing() * 4


def test_that_a_running_launcher_can_be_stopped_after_a_question_whose_default_is_no(
    qtbot: QtBot, shown: Shown
) -> None:
    made = show(shown)
    output = shown.window.detail.output
    assert output.stop.accessibleName() == "Stop…"
    output.stop.click()
    sheet = shown.window.findChild(StopSheet)
    assert sheet is not None
    assert QApplication.focusWidget() is sheet.leave
    assert "as Ctrl+C does" in words(sheet)
    qtbot.keyClick(sheet.leave, Qt.Key.Key_Return)
    assert is_gone(shown)
    assert shown.asked_for("resuming.stop_requested") == []
    output.stop.click()
    sheet = shown.window.findChild(StopSheet)
    assert sheet is not None
    sheet.stop.click()
    assert shown.asked_for("resuming.stop_requested") == [made.key]


def test_that_one_that_is_ending_can_be_ended_at_once(shown: Shown) -> None:
    show(shown, state="stopping")
    shown.window.detail.output.stop.click()
    sheet = shown.window.findChild(StopSheet)
    assert sheet is not None
    assert "What it has not saved is lost." in words(sheet)


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ("ended", "The run has ended by itself."),
        ("failed", "The run has ended by itself."),
        ("stopped", "The run was stopped."),
    ],
)
def test_that_nobody_is_asked_about_a_run_that_has_ended_and_the_sheet_says_so(
    qtbot: QtBot, shown: Shown, state: str, told: str
) -> None:
    """It stays until it is closed: the next key would go to the window otherwise."""
    show(shown)
    shown.window.detail.output.stop.click()
    sheet = shown.window.findChild(StopSheet)
    assert sheet is not None
    sheet.stop.setFocus()
    shown.window.show_run(run(shown, state=state))
    assert told in words(sheet)
    assert "as Ctrl+C does" not in words(sheet)
    assert (sheet.leave.text(), sheet.stop.isVisible()) == ("Close", False)
    assert QApplication.focusWidget() is sheet.leave
    qtbot.keyClick(sheet.leave, Qt.Key.Key_Return)
    assert is_gone(shown)
    assert shown.asked_for("resuming.stop_requested") == []
    assert not shown.window.detail.output.stop.isVisibleTo(shown.window)


def test_that_the_output_of_a_run_that_ended_before_is_read_when_it_is_looked_at_and_once(
    shown: Shown,
) -> None:
    wanted: list[object] = []
    shown.window.detail.output.output_wanted.connect(wanted.append)
    made = run(shown, state="ended", found=True, directory=f"{ROOT}/{shown.names[2]}")
    shown.window.show_run(made)
    assert wanted == []
    shown.open(shown.names[2])
    assert wanted == [made.key]
    shown.window.append_output(made.key, "long ago")
    shown.open(shown.names[0])
    shown.open(shown.names[2])
    assert wanted == [made.key]
    assert shown.window.detail.output.text(made.key) == "long ago"


def test_that_the_latest_run_of_a_session_is_shown_in_whatever_order_they_are_told(shown: Shown) -> None:
    later = run(shown, key="2026-11-23_15-00-00_bbbbbb")
    for one in (later, run(shown)):
        shown.window.show_run(one)
    assert shown.window.detail.output.run_of(later.directory) == later
