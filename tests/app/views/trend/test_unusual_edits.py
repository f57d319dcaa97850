"""Unusual numbers in the sheets that decide: hinted at once more, with their names; never refused."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from app.value_errands import Trace
from app.values.numbers import Number, number_in
from app.views.parts.unusual_part import UnusualPart
from app.views.saving.conflict_sheet import ConflictSheet
from app.views.saving.save_sheet import SaveSheet
from app.views.trend.usuals import LAST
from app.words.change_texts import ChangeText, change_text
from persistence.states.diff import Change
from persistence.values.json_text import JSON
from tests.app.views.offers import open_resume
from tests.app.views.saving.test_conflict_sheet import they_save
from tests.app.views.trend.conftest import Looked
from tests.app.views.trend.test_usuals import HINT, USUAL

QUESTION = Trace("edit 0", "trial_count", "PredictiveLauncher", "764521", LAST + 1)
LINE = f"trial_count 1500: {HINT}"


def opened(looked: Looked) -> SaveSheet:
    """The sheet before saving."""
    looked.window.actions_["actionSave"].trigger()
    found = looked.window.findChild(SaveSheet)
    assert found is not None
    return found


def hints(sheet: QWidget) -> list[str]:
    """What is said to be unusual in a sheet."""
    labels = [label for label in sheet.findChildren(QLabel) if label.isVisible()]
    return [label.text() for label in labels if "nusual" in label.text()]


def test_that_saving_says_once_more_what_is_unusual_and_saves_all_the_same(looked: Looked) -> None:
    looked.shown.type_value("1500", "trial_count")
    looked.shown.type_value("washout", "experiment_phase")
    sheet = opened(looked)
    assert QUESTION in looked.asked
    assert hints(sheet) == []
    looked.tell(USUAL, errand=QUESTION)
    assert hints(sheet) == [LINE]
    assert sheet.save.isEnabled()
    assert QApplication.focusWidget() is sheet.save
    QTest.keyClick(sheet.save, Qt.Key.Key_Return)
    assert len(looked.shown.asked_for("save_requested")) == 1
    assert looked.asked[-1] == Trace("edit 0")


def test_that_what_is_not_ticked_is_not_hinted_at(looked: Looked) -> None:
    looked.shown.type_value("1500", "trial_count")
    sheet = opened(looked)
    looked.tell(USUAL, errand=QUESTION)
    sheet.table.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(sheet.table, Qt.Key.Key_Space)
    assert hints(sheet) == []
    QTest.keyClick(sheet.table, Qt.Key.Key_Space)
    assert hints(sheet) == [LINE]


def test_that_each_number_has_its_own_line_and_usual_ones_have_none(looked: Looked) -> None:
    looked.shown.type_value("1500", "trial_count")
    looked.shown.type_value("130.5", "reward_volume_ul")
    sheet = opened(looked)
    asked = {one.name: one for one in looked.asked if one.name}
    assert asked.keys() == {"trial_count", "reward_volume_ul"}
    for errand in asked.values():
        looked.tell(USUAL, errand=errand)
    assert hints(sheet) == [LINE]


def test_that_many_unusual_numbers_are_counted(looked: Looked) -> None:
    part = UnusualPart(looked.window.theme)
    part.say([f"n{number}: unusual" for number in range(7)])
    labels = [label.text() for label in part.findChildren(QLabel) if label.isVisibleTo(part)]
    assert [text for text in labels if text][-2:] == ["n3: unusual", "and 3 more that are unusual"]


def test_that_what_both_changed_is_hinted_at_as_far_as_it_may_be_saved(looked: Looked) -> None:
    looked.shown.type_value("1500", "trial_count")
    they_save(looked.shown, "2", trial_count=16)
    looked.window.actions_["actionSave"].trigger()
    sheet = looked.window.findChild(ConflictSheet)
    assert sheet is not None
    looked.tell(USUAL, errand=QUESTION)
    theirs = f"trial_count 16: {HINT}"
    assert hints(sheet) == [LINE, theirs]
    for key, said in ((Qt.Key.Key_Left, LINE), (Qt.Key.Key_Right, theirs), (Qt.Key.Key_Left, LINE)):
        QTest.keyClick(sheet.table, key)
        assert hints(sheet) == [said]
    assert sheet.save.isEnabled()


def test_that_what_is_mine_alone_is_hinted_at_beside_what_both_changed(looked: Looked) -> None:
    looked.shown.type_value("1500", "trial_count")
    looked.shown.type_value("washout", "experiment_phase")
    they_save(looked.shown, "2", experiment_phase=None)
    looked.window.actions_["actionSave"].trigger()
    sheet = looked.window.findChild(ConflictSheet)
    assert sheet is not None
    looked.tell(USUAL, errand=QUESTION)
    assert hints(sheet) == [LINE]


def test_that_resume_says_it_too_while_edits_are_saved_first(looked: Looked) -> None:
    looked.shown.type_value("1500", "trial_count")
    sheet = open_resume(looked.shown)
    looked.tell(USUAL, errand=QUESTION)
    assert hints(sheet) == [LINE]
    looked.window.close_sheet()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert looked.asked[-1] == Trace("edit 0")
    looked.tell(USUAL, errand=QUESTION)


def test_that_an_answer_costs_no_look_at_numbers_that_nobody_asks_about(
    looked: Looked, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked.shown.type_value(json.dumps({f"n{number}": number for number in range(200)}), "custom_settings")
    sheet = opened(looked)
    looks: list[object] = []

    def counted(value: JSON) -> Number | None:
        looks.append(value)
        return number_in(value)

    def worded(change: Change) -> ChangeText:
        looks.append(change.place)
        return change_text(change)

    monkeypatch.setattr("app.views.trend.unusual_edits.number_in", counted)
    monkeypatch.setattr("app.views.trend.unusual_edits.change_text", worded)
    looked.tell(USUAL, errand=next(one for one in looked.asked if one.asker == "edit 7"))
    assert len(hints(sheet)) == 1
    assert looks == [("custom_settings", "n7")]
