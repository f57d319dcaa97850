"""Sheets in which a value is typed: another type, and texts that one line is too little for."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.editing.edits import SetValue
from app.models.state.state_texts import Column
from app.values.retyping import CHOICES
from app.views.state.value_box import ValueBox
from app.views.state.value_sheets import BoxSheet, RetypeSheet, ValueSheet
from persistence.states.edits import remove_value
from persistence.values.json_text import JSON
from persistence.values.kinds import Kind
from persistence.values.sameness import same
from tests.app.views.state.rows import (
    DIRECTORY,
    Key,
    Modifier,
    add,
    draft,
    go_to,
    no_sheet,
    paste,
    retype,
    sheet,
    told,
    trigger,
    type_on,
    value,
    view,
)
from tests.sample_window import Shown
from tests.samples import ATTRIBUTES, PREDICTIVE, ROOT

# --- another type -------------------------------------------------------------------------------------------


def test_that_a_type_is_changed_by_choice_and_keyboard_alone(qtbot: QtBot, shown: Shown) -> None:
    found = retype(shown, "trial_count")
    assert not found.confirm.isEnabled()
    type_on(qtbot, "decimal", Key.Key_Tab)
    assert found.form.box.text() == "15.0"
    type_on(qtbot, "", Key.Key_Return)
    assert no_sheet(shown)
    assert same(value(shown, "trial_count"), 15.0)
    assert shown.state.find(PREDICTIVE, ("trial_count",)).siblingAtColumn(Column.TYPE).data() == "decimal"


def test_that_an_empty_attribute_can_be_filled_and_emptied(qtbot: QtBot, shown: Shown) -> None:
    found = retype(shown, "opto_note")
    found.form.choose(Kind.DECIMAL)
    assert found.form.box.text() == ""
    assert not found.confirm.isEnabled()
    qtbot.keyClicks(found.form.box, "5,5")
    assert found.form.box.accessibleDescription() == "Use a point: 5.5"
    assert not found.confirm.isEnabled()
    found.form.box.selectAll()
    qtbot.keyClicks(found.form.box, "5.5")
    qtbot.mouseClick(found.confirm, Qt.MouseButton.LeftButton)
    assert value(shown, "opto_note") == 5.5
    found = retype(shown, "opto_note")
    found.form.choose(Kind.EMPTY)
    qtbot.mouseClick(found.confirm, Qt.MouseButton.LeftButton)
    assert value(shown, "opto_note") is None
    assert draft(shown).count == 0


def test_that_what_was_typed_stays_when_the_type_is_chosen_after_it(qtbot: QtBot, shown: Shown) -> None:
    found = retype(shown, "trial_count")
    found.form.box.selectAll()
    qtbot.keyClicks(found.form.box, "16")
    for kind in (Kind.TEXT, Kind.EMPTY, Kind.DECIMAL):
        found.form.choose(kind)
    assert found.form.box.text() == "16"
    assert found.form.parsed.kind is Kind.DECIMAL


def test_that_every_type_can_be_looked_at_without_a_change(qtbot: QtBot, shown: Shown) -> None:
    for name in ATTRIBUTES:
        found = retype(shown, name)
        for kind in CHOICES:
            found.form.choose(kind)
            assert found.form.parsed.problem or found.form.parsed.kind is kind, name
        qtbot.keyClick(found.form.box, Key.Key_Escape)
        assert no_sheet(shown), name
        assert not draft(shown).can_undo, name


def test_that_escape_asks_once_before_it_drops_what_was_typed(qtbot: QtBot, shown: Shown) -> None:
    found = retype(shown, "trial_count")
    qtbot.keyClicks(found.form.box, "6")
    qtbot.keyClick(found.form.box, Key.Key_Escape)
    assert found.isVisible()
    assert "Esc again" in found._slip.text()
    qtbot.keyClicks(found.form.box, "7")
    assert found._slip.text() == ""
    for _ in range(2):
        qtbot.keyClick(found.form.box, Key.Key_Escape)
    assert no_sheet(shown)
    assert not draft(shown).can_undo


def test_that_a_value_whose_row_went_under_the_sheet_is_told(qtbot: QtBot, shown: Shown) -> None:
    found = retype(shown, "laser_steps_mw", 3)
    found.form.choose(Kind.TEXT)
    shown.drafts.stage(DIRECTORY, SetValue(PREDICTIVE, ("laser_steps_mw",), [0.5]))
    qtbot.mouseClick(found.confirm, Qt.MouseButton.LeftButton)
    assert told(shown) == "Not changed: it is not there any more."
    assert value(shown, "laser_steps_mw") == [0.5]


def test_that_a_value_that_somebody_removed_under_the_sheet_is_decided(qtbot: QtBot, shown: Shown) -> None:
    found = retype(shown, "laser_steps_mw")
    found.form.choose(Kind.TEXT)
    colleague_removes(shown, "laser_steps_mw")
    qtbot.mouseClick(found.confirm, Qt.MouseButton.LeftButton)
    merged = draft(shown).merged
    assert merged is not None
    assert [one.place for one in merged.conflicts] == [("laser_steps_mw",)]
    assert isinstance(value(shown, "laser_steps_mw"), str)


def test_that_nothing_is_wrong_with_a_new_value_before_anybody_has_typed(qtbot: QtBot, shown: Shown) -> None:
    found = add(shown, "laser_steps_mw", 1)
    assert found.form.kind is Kind.DECIMAL
    assert found.form.box.property("verdict") != "wrong"
    assert not found.form._glyph.isVisible()
    assert not found.confirm.isEnabled()
    qtbot.keyClicks(found.form.box, "x")
    assert found.form.box.property("verdict") == "wrong"
    assert found.form._glyph.isVisible()


def test_that_what_is_added_where_somebody_removed_everything_is_decided(qtbot: QtBot, shown: Shown) -> None:
    found = add(shown, "custom_settings", "param1")
    found._name.setText("param9")
    found.form.box.setPlainText("7")
    colleague_removes(shown, "custom_settings")
    qtbot.mouseClick(found.confirm, Qt.MouseButton.LeftButton)
    merged = draft(shown).merged
    assert merged is not None
    assert [one.place for one in merged.conflicts] == [("custom_settings",)]
    assert value(shown, "custom_settings", "param9") == 7


def colleague_removes(shown: Shown, name: str) -> None:
    """The disk holds another version now, which is read at once."""
    before = shown.snapshots[DIRECTORY]
    assert before.document is not None
    without = remove_value(before.document, PREDICTIVE, (name,))
    shown.snapshots[DIRECTORY] = replace(before, document=without, etag="theirs")
    shown.drafts.open(shown.snapshots[DIRECTORY])


# --- many lines ---------------------------------------------------------------------------------------------


TEXTS = (
    "first\nsecond", "with an end\n", "windows\r\nlines\r\n", "old mac\rlines", "no-break\u00a0space\n",
    "\u2028\u2029", "\ud800 half\n", "tab\there\n", " \n ", "x" * 40_000, "right\u202eleft\n", "\ufdd0\n",
)  # fmt: skip


def box_of(shown: Shown, text: str) -> ValueSheet:
    """The box that opens on a text."""
    shown.drafts.stage(DIRECTORY, SetValue(PREDICTIVE, ("experiment_phase",), text))
    go_to(shown, "experiment_phase")
    trigger(shown, "EditInBox")
    return sheet(shown, BoxSheet)


@pytest.mark.parametrize("way", ["enter", "escape"])
def test_that_opening_and_closing_the_box_changes_nothing(qtbot: QtBot, shown: Shown, way: str) -> None:
    for text in TEXTS:
        found = box_of(shown, text)
        before = draft(shown)
        if way == "enter":
            qtbot.keyClick(found.form.box, Key.Key_Return, Modifier.ControlModifier)
        else:
            qtbot.keyClick(found.form.box, Key.Key_Escape)
        assert no_sheet(shown)
        assert draft(shown) is before, text


def test_that_a_letter_typed_into_a_box_is_the_only_change(qtbot: QtBot, shown: Shown) -> None:
    for text in TEXTS:
        found = box_of(shown, text)
        found.form.box.moveCursor(found.form.box.textCursor().MoveOperation.Start)
        qtbot.keyClicks(found.form.box, "!")
        qtbot.mouseClick(found.confirm, Qt.MouseButton.LeftButton)
        assert value(shown, "experiment_phase") == f"!{text}"


def test_that_f2_takes_the_box_where_a_line_is_too_little(qtbot: QtBot, shown: Shown) -> None:
    shown.drafts.stage(DIRECTORY, SetValue(PREDICTIVE, ("experiment_phase",), "first\nsecond"))
    go_to(shown, "experiment_phase")
    trigger(shown, "EditValue")
    found = sheet(shown, BoxSheet)
    assert found.form.box.hasFocus()
    assert found.form._count.text() == "2 lines · 12 characters"
    qtbot.keyClick(found.form.box, Key.Key_End, Modifier.ControlModifier)
    qtbot.keyClick(found.form.box, Key.Key_Return)
    qtbot.keyClicks(found.form.box, "third")
    qtbot.keyClick(found.form.box, Key.Key_Return, Modifier.ControlModifier)
    assert value(shown, "experiment_phase") == "first\nsecond\nthird"


def test_that_a_mapping_is_edited_as_json_and_refused_at_each_keystroke(qtbot: QtBot, shown: Shown) -> None:
    go_to(shown, "custom_settings")
    qtbot.keyClick(view(shown), Key.Key_Return, Modifier.ShiftModifier)
    found = sheet(shown, BoxSheet)
    qtbot.keyClick(found.form.box, Key.Key_End, Modifier.ControlModifier)
    qtbot.keyClick(found.form.box, Key.Key_Backspace)
    assert not found.confirm.isEnabled()
    assert "JSON" in found.form.box.accessibleDescription()
    qtbot.keyClicks(found.form.box, ', "more": 1}')
    qtbot.mouseClick(found.confirm, Qt.MouseButton.LeftButton)
    assert value(shown, "custom_settings", "more") == 1


def test_that_a_moment_keeps_its_zone_in_a_box_and_by_choice_may_lose_it(qtbot: QtBot, shown: Shown) -> None:
    for name, reason in (("EditInBox", "It has a zone"), ("ChangeType", "")):
        go_to(shown, "last_reward_at")
        trigger(shown, name)
        found = sheet(shown, ValueSheet)
        found.form.box.selectAll()
        qtbot.keyClicks(found.form.box, "2026-11-23 14:00:00")
        assert found.form.box.accessibleDescription().startswith(reason)
        assert found.confirm.isEnabled() is not bool(reason)
        shown.window.close_sheet()


def test_that_a_sheet_changes_nothing_in_another_session(qtbot: QtBot, shown: Shown) -> None:
    found = retype(shown, "trial_count")
    found.form.choose(Kind.TEXT)
    shown.open(shown.names[2])
    qtbot.mouseClick(found.confirm, Qt.MouseButton.LeftButton)
    assert told(shown) == "Not changed: it is not there any more."
    assert all(
        not one.can_undo for one in (draft(shown), shown.drafts.get(f"{ROOT}/{shown.names[2]}")) if one
    )


def test_that_a_text_without_end_is_not_put_into_a_box(shown: Shown) -> None:
    shown.drafts.stage(DIRECTORY, SetValue(PREDICTIVE, ("experiment_phase",), "x" * 200_001))
    go_to(shown, "experiment_phase")
    trigger(shown, "EditValue")
    assert "too long to be typed here" in told(shown)
    trigger(shown, "ChangeType")
    assert "too long for that: copy null" in told(shown)
    paste(shown, json.dumps("x" * 200_001), "trial_count")
    assert "of another type, and too long" in told(shown)
    assert no_sheet(shown)


@pytest.mark.parametrize(("copied", "becomes"), [("null", None), ("5", 5)])
def test_that_a_text_without_end_becomes_another_type_by_pasting_without_being_laid_out(
    qtbot: QtBot, shown: Shown, monkeypatch: pytest.MonkeyPatch, copied: str, becomes: JSON
) -> None:
    laid_out: list[str] = []
    put = ValueBox.put

    def counted(box: ValueBox, text: str) -> None:
        laid_out.append(text)
        put(box, text)

    monkeypatch.setattr(ValueBox, "put", counted)
    shown.drafts.stage(DIRECTORY, SetValue(PREDICTIVE, ("experiment_phase",), "x" * 200_001))
    paste(shown, copied, "experiment_phase")
    qtbot.mouseClick(sheet(shown, RetypeSheet).confirm, Qt.MouseButton.LeftButton)
    assert value(shown, "experiment_phase") == becomes
    assert max(map(len, laid_out)) < 20


def test_that_a_long_text_is_judged_when_the_hand_pauses(qtbot: QtBot, shown: Shown) -> None:
    shown.drafts.stage(DIRECTORY, SetValue(PREDICTIVE, ("laser_steps_mw",), [0.5] * 9000))
    go_to(shown, "laser_steps_mw")
    trigger(shown, "EditValue")
    found = sheet(shown, BoxSheet)
    qtbot.keyClicks(found.form.box, "x")
    assert found.confirm.isEnabled()
    qtbot.mouseClick(found.confirm, Qt.MouseButton.LeftButton)
    assert found.isVisible()
    qtbot.waitUntil(lambda: not found.confirm.isEnabled())
    qtbot.keyClick(found.form.box, Key.Key_Backspace)
    qtbot.waitUntil(found.confirm.isEnabled)
    qtbot.mouseClick(found.confirm, Qt.MouseButton.LeftButton)
    assert no_sheet(shown)
    assert draft(shown).count == 1
