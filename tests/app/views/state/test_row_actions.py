"""What can be done to a row: by menu and by key, through sheets and at once, and all of it undone again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QHelpEvent
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QToolTip
from pytestqt.qtbot import QtBot

from app.checks import KnownNames
from app.editing.draft import Draft
from app.editing.edits import SetValue
from app.models.state.row_edits import MEMBER, NO_VALUE
from app.models.state.state_texts import Column
from app.values.retyping import CHOICES
from app.views.menus import ROW_ACTIONS
from app.views.parts.sheet import Sheet
from app.views.state.add_sheet import AddSheet
from app.views.state.state_view import StateView
from app.views.state.value_sheets import BoxSheet, RetypeSheet, ValueSheet
from persistence.document import Place
from persistence.states.edits import get_value, remove_value
from persistence.values.json_text import JSON, Number
from persistence.values.kinds import Kind
from persistence.values.sameness import same
from tests.sample_window import Shown
from tests.samples import ATTRIBUTES, PREDICTIVE, ROOT

Key, Modifier = Qt.Key, Qt.KeyboardModifier
DIRECTORY = f"{ROOT}/764521_2026-11-23_14-05"


def view(shown: Shown) -> StateView:
    return shown.window.detail.state.view


def go_to(shown: Shown, *place: str | int) -> StateView:
    """Make a row the current one, with the keyboard in the tree."""
    view(shown).setFocus()
    view(shown).setCurrentIndex(shown.state.find(PREDICTIVE, place).siblingAtColumn(Column.VALUE))
    return view(shown)


def here(shown: Shown) -> tuple[str | int, ...]:
    """The place of the current row."""
    node = shown.state.node(view(shown).currentIndex())
    assert node is not None
    return node.place


def trigger(shown: Shown, name: str) -> None:
    action = shown.window.actions_[f"action{name}"]
    assert action.isEnabled()
    action.trigger()


def draft(shown: Shown) -> Draft:
    found = shown.drafts.get(DIRECTORY)
    assert found is not None
    return found


def value(shown: Shown, *place: str | int) -> JSON:
    return get_value(draft(shown).document, PREDICTIVE, place)


def told(shown: Shown) -> str:
    return shown.window.status.message.accessibleName()


def clipboard() -> str:
    return QGuiApplication.clipboard().text()


def sheet(shown: Shown, kind: type[ValueSheet]) -> ValueSheet:
    found = [one for one in shown.window.findChildren(kind) if one.isVisible()]
    assert len(found) == 1
    return found[0]


def no_sheet(shown: Shown) -> bool:
    return not any(one.isVisible() for one in shown.window.findChildren(Sheet))


# --- at once ------------------------------------------------------------------------------------------------


def test_that_del_removes_and_the_row_stays_to_be_brought_back(qtbot: QtBot, shown: Shown) -> None:
    qtbot.keyClick(go_to(shown, "trial_count"), Key.Key_Delete)
    assert "trial_count" not in draft(shown).document.namespace(PREDICTIVE).attributes
    assert here(shown) == ("trial_count",)
    qtbot.keyClick(view(shown), Key.Key_Delete)
    assert told(shown).startswith("It is removed already")
    assert shown.window.actions_["actionTakeBack"].text().replace("&", "") == "Bring it back"
    trigger(shown, "TakeBack")
    assert value(shown, "trial_count") == 15
    assert draft(shown).count == 0


def test_that_del_takes_back_what_was_edited_and_the_menu_says_so(qtbot: QtBot, shown: Shown) -> None:
    remove, back = (shown.window.actions_[f"action{name}"] for name in ("Remove", "TakeBack"))
    go_to(shown, "trial_count")
    assert (remove.shortcut().toString(), back.shortcut().toString()) == ("Del", "")
    assert not back.isEnabled()
    shown.type_value("150", "trial_count")
    assert (remove.shortcut().toString(), back.shortcut().toString()) == ("", "Del")
    qtbot.keyClick(view(shown), Key.Key_Delete)
    assert value(shown, "trial_count") == 15
    qtbot.keyClick(view(shown), Key.Key_Delete)
    assert draft(shown).count == 1


def test_that_keys_of_rows_do_nothing_elsewhere(qtbot: QtBot, shown: Shown) -> None:
    go_to(shown, "trial_count")
    shown.window.sessions.view.setFocus()
    for key in (Key.Key_Delete, Key.Key_Insert):
        qtbot.keyClick(shown.window.sessions.view, key)
    assert not draft(shown).can_undo
    assert no_sheet(shown)


def test_that_a_list_item_that_goes_leaves_its_neighbour_current(qtbot: QtBot, shown: Shown) -> None:
    qtbot.keyClick(go_to(shown, "laser_steps_mw", 3), Key.Key_Delete)
    assert value(shown, "laser_steps_mw") == [0.5, 1.0, 2.0]
    assert here(shown) == ("laser_steps_mw", 2)
    for _ in range(3):
        trigger(shown, "Remove")
    assert value(shown, "laser_steps_mw") == []
    assert here(shown) == ("laser_steps_mw",)


def test_that_a_copy_is_current_and_can_be_edited(qtbot: QtBot, shown: Shown) -> None:
    go_to(shown, "trial_count")
    trigger(shown, "Duplicate")
    assert here(shown) == ("trial_count_copy",)
    assert value(shown, "trial_count_copy") == 15
    go_to(shown, "laser_steps_mw", 0)
    qtbot.keyClick(view(shown), Key.Key_D, Modifier.ControlModifier | Modifier.ShiftModifier)
    assert here(shown) == ("laser_steps_mw", 1)
    assert value(shown, "laser_steps_mw") == [0.5, 0.5, 1.0, 2.0, 4.0]


def test_that_an_item_is_moved_by_keys_and_followed(qtbot: QtBot, shown: Shown) -> None:
    go_to(shown, "laser_steps_mw", 0)
    for _ in range(2):
        qtbot.keyClick(view(shown), Key.Key_Down, Modifier.AltModifier)
    assert value(shown, "laser_steps_mw") == [1.0, 2.0, 0.5, 4.0]
    assert here(shown) == ("laser_steps_mw", 2)
    qtbot.keyClick(view(shown), Key.Key_Up, Modifier.AltModifier)
    assert here(shown) == ("laser_steps_mw", 1)
    go_to(shown, "laser_steps_mw", 0)
    assert not shown.window.actions_["actionMoveUp"].isEnabled()
    go_to(shown, "trial_count")
    assert not shown.window.actions_["actionMoveDown"].isEnabled()


@pytest.mark.parametrize("name", ["EditValue", "EditInBox", "ChangeType", "Add", "Duplicate", "Remove"])
def test_that_an_item_of_a_set_is_told_to_be_edited_with_its_set(shown: Shown, name: str) -> None:
    go_to(shown, "channels", "value", 0)
    trigger(shown, name)
    assert "edit the set itself" in told(shown)
    assert no_sheet(shown)
    assert not draft(shown).can_undo


def test_that_without_a_row_it_is_said_what_is_missing(shown: Shown) -> None:
    trigger(shown, "EditValue")
    assert told(shown) == "Select an attribute first."
    assert not shown.window.actions_["actionRemove"].isEnabled()


def test_that_nothing_can_be_done_to_a_running_session(shown: Shown) -> None:
    shown.open(shown.names[1])
    go_to(shown, "trial_count")
    enabled = [name for name in ROW_ACTIONS if name and shown.window.actions_[f"action{name}"].isEnabled()]
    assert enabled == ["CopyValue", "CopyPath", "CopyJson"]
    assert not shown.window.detail.state.buttons.isVisible()


def tip_of(shown: Shown, name: str) -> str:
    return shown.window.actions_[f"action{name}"].toolTip().partition("\n")[2]


@pytest.mark.parametrize(
    ("place", "name", "reason"),
    [
        ((), "Rename", "Select an attribute to rename it."),
        ((), "Remove", "Select an attribute to remove it."),
        ((), "PasteJson", NO_VALUE),
        (("laser_steps_mw", 1), "Rename", "A list item has no name; move it to give it another number."),
        (("channels", "value", 0), "Rename", MEMBER),
        (
            ("trial_count",),
            "MoveUp",
            "Only the items of a list can be moved; attributes and keys have no order.",
        ),
        (("laser_steps_mw", 0), "MoveUp", "It is the first item."),
        (("laser_steps_mw", 3), "MoveDown", "It is the last item."),
        (("trial_count",), "TakeBack", "Nothing of this row is an unsaved edit."),
    ],
)
def test_that_what_is_grey_of_a_row_says_why(shown: Shown, place: Place, name: str, reason: str) -> None:
    go_to(shown, *place)
    assert not shown.window.actions_[f"action{name}"].isEnabled()
    assert tip_of(shown, name) == reason


def test_that_a_reason_goes_when_the_command_is_not_grey_any_more(shown: Shown) -> None:
    names = ("Rename", "PasteJson", "Duplicate", "MoveUp", "Remove")
    assert {tip_of(shown, name) for name in names} == {"Select an attribute first."}
    go_to(shown, "laser_steps_mw", 1)
    assert [name for name in names if tip_of(shown, name)] == ["Rename"]
    go_to(shown, "trial_count")
    assert [name for name in names if tip_of(shown, name)] == ["MoveUp"]


def test_that_the_session_is_the_reason_before_the_row_is(shown: Shown) -> None:
    go_to(shown, "trial_count")
    shown.open(shown.names[1])
    go_to(shown, "trial_count")
    for name in ("Rename", "PasteJson", "Duplicate", "MoveUp", "Remove"):
        assert "is still running" in tip_of(shown, name)
    buttons = shown.window.detail.state.buttons.buttons
    assert "is still running" in buttons["Remove"].toolTip()


def test_that_a_menu_shows_why_an_entry_is_grey_and_no_other_tips(
    shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _at, text, _of: told.append(text))
    go_to(shown, "trial_count")
    view(shown).customContextMenuRequested.emit(QPoint(20, 60))
    menu = view(shown).findChildren(QMenu)[-1]
    for name in ("MoveUp", "Rename"):
        at = menu.actionGeometry(shown.window.actions_[f"action{name}"]).center()
        QApplication.sendEvent(menu, QHelpEvent(QEvent.Type.ToolTip, at, menu.mapToGlobal(at)))
    moved, other = told
    assert moved.startswith("Move up (Alt+Up)\nOnly the items of a list can be moved")
    assert other == ""
    menu.close()


def test_that_what_is_being_typed_is_an_edit_before_the_next(qtbot: QtBot, shown: Shown) -> None:
    go_to(shown, "trial_count")
    trigger(shown, "EditValue")
    qtbot.keyClicks(QApplication.focusWidget(), "150")
    trigger(shown, "Duplicate")
    assert value(shown, "trial_count_copy") == 150


def test_that_the_menu_of_a_row_has_the_same_actions(qtbot: QtBot, shown: Shown) -> None:
    go_to(shown, "trial_count")
    view(shown).customContextMenuRequested.emit(QPoint(20, 60))
    menu = view(shown).findChildren(QMenu)[-1]
    offered = [one.objectName() for one in menu.actions() if not one.isSeparator()]
    assert offered == [f"action{name}" for name in ROW_ACTIONS if name]
    menu.close()


def test_that_the_buttons_above_the_tree_do_what_the_menu_does(qtbot: QtBot, shown: Shown) -> None:
    buttons = shown.window.detail.state.buttons.findChildren(QPushButton)
    by_name = {button.accessibleName(): button for button in buttons}
    assert not by_name["Duplicate"].isEnabled()
    go_to(shown, "trial_count")
    qtbot.mouseClick(by_name["Duplicate"], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(by_name["Remove"], Qt.MouseButton.LeftButton)
    assert draft(shown).count == 0
    qtbot.mouseClick(by_name["Add"], Qt.MouseButton.LeftButton)
    assert sheet(shown, AddSheet).isVisible()
    shown.window.close_sheet()


# --- another type -------------------------------------------------------------------------------------------


def retype(shown: Shown, *place: str | int) -> RetypeSheet:
    go_to(shown, *place)
    trigger(shown, "ChangeType")
    found = sheet(shown, RetypeSheet)
    assert isinstance(found, RetypeSheet)
    return found


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


@pytest.mark.parametrize("name", list(ATTRIBUTES))
def test_that_every_type_can_be_looked_at_without_a_change(qtbot: QtBot, shown: Shown, name: str) -> None:
    found = retype(shown, name)
    for kind in CHOICES:
        found.form.choose(kind)
        assert found.form.parsed.problem or found.form.parsed.kind is kind
    qtbot.keyClick(found.form.box, Key.Key_Escape)
    assert no_sheet(shown)
    assert not draft(shown).can_undo


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


# --- names that the launcher does not know ------------------------------------------------------------------


def knows(shown: Shown, *names: str) -> None:
    """The launcher has said which names it knows."""
    strangers = shown.window.detail.state.strangers
    strangers.take(KnownNames(DIRECTORY, PREDICTIVE, frozenset(names), asked=True))


def test_that_a_new_name_is_judged_while_it_is_typed_and_taken_all_the_same(
    qtbot: QtBot, shown: Shown
) -> None:
    asked: list[tuple[object, object]] = []
    shown.window.detail.state.strangers.names_wanted.connect(lambda *about: asked.append(about))
    found = add(shown, "trial_count")
    assert asked == [(DIRECTORY, PREDICTIVE)]
    qtbot.keyClicks(found._name, "reward_volum3")
    assert found._name.accessibleDescription() == ""
    knows(shown, "trial_count", "reward_volume")
    said = "reward_volum3 is not known to this launcher. Did you mean reward_volume?"
    assert found._name.accessibleDescription() == said
    assert found.confirm.isEnabled()
    qtbot.keyClick(found._name, Key.Key_Backspace)
    assert found._name.accessibleDescription() == "Did you mean reward_volume?"
    qtbot.keyClicks(found._name, "e")
    assert found._name.accessibleDescription() == ""


def test_that_names_inside_a_value_are_nobody_elses(qtbot: QtBot, shown: Shown) -> None:
    asked: list[object] = []
    shown.window.detail.state.strangers.names_wanted.connect(lambda *about: asked.append(about))
    go_to(shown, "custom_settings", "param1")
    trigger(shown, "Rename")
    view(shown).in_place.drop()
    assert asked == []
    found = add(shown, "custom_settings", "param1")
    knows(shown, "trial_count")
    qtbot.keyClicks(found._name, "param9")
    assert found._name.accessibleDescription() == ""


def test_that_another_name_is_judged_while_it_is_typed(qtbot: QtBot, shown: Shown) -> None:
    go_to(shown, "trial_count")
    trigger(shown, "Rename")
    knows(shown, "trial_count", "phase")
    editor = view(shown).in_place.editor
    assert editor is not None
    qtbot.keyClicks(editor, "trials")
    assert editor.accessibleDescription() == (
        "trials is not known to this launcher; trial_count will start at the launcher's own value."
    )
    qtbot.keyClick(editor, Key.Key_Return)
    qtbot.waitUntil(lambda: draft(shown).count == 1)
    assert value(shown, "trials") == ATTRIBUTES["trial_count"]


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
    assert no_sheet(shown)


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


# --- adding -------------------------------------------------------------------------------------------------


def add(shown: Shown, *place: str | int) -> AddSheet:
    go_to(shown, *place)
    trigger(shown, "Add")
    found = sheet(shown, AddSheet)
    assert isinstance(found, AddSheet)
    return found


def type_on(qtbot: QtBot, text: str, *keys: Qt.Key) -> None:
    """Type where the keyboard is, whatever has it."""
    qtbot.keyClicks(QApplication.focusWidget(), text)
    for key in keys:
        qtbot.keyClick(QApplication.focusWidget(), key)


def test_that_an_attribute_is_added_by_keyboard_alone(qtbot: QtBot, shown: Shown) -> None:
    go_to(shown, "trial_count")
    type_on(qtbot, "", Key.Key_Insert)
    type_on(qtbot, "block_count", Key.Key_Tab)
    type_on(qtbot, "integer", Key.Key_Tab)
    type_on(qtbot, "3", Key.Key_Return)
    assert no_sheet(shown)
    assert value(shown, "block_count") == 3
    assert list(draft(shown).document.namespace(PREDICTIVE).attributes)[1:3] == ["trial_count", "block_count"]
    assert here(shown) == ("block_count",)


def test_that_the_type_follows_what_is_typed_until_it_is_chosen(qtbot: QtBot, shown: Shown) -> None:
    found = add(shown, "trial_count")
    type_on(qtbot, "dose", Key.Key_Tab, Key.Key_Tab)
    for typed, kind in (("5", Kind.INTEGER), (".5", Kind.DECIMAL), (" ml", Kind.TEXT)):
        type_on(qtbot, typed)
        assert (found.form.kind, found.form.parsed.kind) == (kind, kind)
    assert found.form.parsed.value == "5.5 ml"
    assert not found.form.offer.isVisible()
    type_on(qtbot, "", Key.Key_Backspace, Key.Key_Backspace, Key.Key_Backspace)
    assert found.form.offer.text() == "Taken as a decimal: Ctrl+T keeps it a text"
    assert found._keys.text() == "Enter confirms, Shift+Enter breaks the line"
    type_on(qtbot, "", Key.Key_Return)
    assert same(value(shown, "dose"), 5.5)


def test_that_what_looks_like_a_number_is_kept_a_text_by_a_key(qtbot: QtBot, shown: Shown) -> None:
    found = add(shown, "trial_count")
    type_on(qtbot, "block_count", Key.Key_Tab, Key.Key_Tab)
    type_on(qtbot, "12")
    qtbot.keyClick(found.form.box, Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert not found.form.offer.isVisible()
    type_on(qtbot, "3")
    assert found.form.parsed.value == "123"
    qtbot.keyClick(found.form.box, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert value(shown, "block_count") == "123"


def test_that_what_would_become_another_number_is_a_text_unless_one_chooses(
    qtbot: QtBot, shown: Shown
) -> None:
    found = add(shown, "trial_count")
    type_on(qtbot, "rack", Key.Key_Tab, Key.Key_Tab)
    type_on(qtbot, "007")
    assert found.form.parsed.value == "007"
    assert found.form.offer.text() == "Kept as a text: Ctrl+T makes it an integer, 7"
    assert found.form._kind_words.text() == "text"
    qtbot.mouseClick(found.confirm, Qt.MouseButton.LeftButton)
    assert value(shown, "rack") == "007"


@pytest.mark.parametrize(("typed", "meant"), [("12", 12), ("007", "007"), ("a b", "a b")])
def test_that_enter_confirms_whatever_was_typed_on_one_line(
    qtbot: QtBot, shown: Shown, typed: str, meant: JSON
) -> None:
    found = add(shown, "trial_count")
    type_on(qtbot, "rack", Key.Key_Tab, Key.Key_Tab)
    height, ending = found.form.box.height(), found._keys.text()
    for letter in typed:
        type_on(qtbot, letter)
        assert (found.form.box.height(), found._keys.text()) == (height, ending)
    type_on(qtbot, "", Key.Key_Return)
    assert no_sheet(shown)
    assert value(shown, "rack") == meant


def test_that_shift_and_enter_break_the_line_and_then_enter_does(qtbot: QtBot, shown: Shown) -> None:
    found = add(shown, "trial_count")
    type_on(qtbot, "rack", Key.Key_Tab, Key.Key_Tab)
    type_on(qtbot, "1")
    qtbot.keyClick(found.form.box, Key.Key_Return, Modifier.ShiftModifier)
    assert found._keys.text() == "Ctrl+Enter confirms"
    type_on(qtbot, "2", Key.Key_Return)
    type_on(qtbot, "3")
    qtbot.keyClick(found.form.box, Key.Key_Return, Modifier.ControlModifier)
    assert value(shown, "rack") == "1\n2\n3"


def test_that_what_is_kept_a_text_is_made_a_number_by_a_key(qtbot: QtBot, shown: Shown) -> None:
    found = add(shown, "trial_count")
    type_on(qtbot, "dose", Key.Key_Tab, Key.Key_Tab)
    type_on(qtbot, "1e5")
    assert found.form.offer.text() == "Kept as a text: Ctrl+T makes it a decimal"
    qtbot.keyClick(found.form.box, Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert not found.form.offer.isVisible()
    assert found.form._kind_words.text() == "decimal"
    type_on(qtbot, "", Key.Key_Return)
    assert same(value(shown, "dose"), Number("1e5"))


def test_that_a_text_that_was_chosen_to_be_one_stays_one(qtbot: QtBot, shown: Shown) -> None:
    found = add(shown, "trial_count")
    found.form.kinds.activated.emit(0)
    found.form.box.setFocus()
    type_on(qtbot, "12")
    assert found.form.kind is Kind.TEXT
    assert not found.form.offer.isVisible()
    shown.window.close_sheet()


def test_that_enter_leads_from_the_type_to_the_value_and_then_ends(qtbot: QtBot, shown: Shown) -> None:
    found = retype(shown, "trial_count")
    type_on(qtbot, "decimal")
    assert found._keys.text() == "Enter confirms"
    type_on(qtbot, "", Key.Key_Return)
    assert found.form.box.hasFocus()
    type_on(qtbot, "", Key.Key_Return)
    assert no_sheet(shown)
    assert same(value(shown, "trial_count"), 15.0)


def test_that_tab_goes_from_top_to_bottom_of_a_sheet_and_round(qtbot: QtBot, shown: Shown) -> None:
    found = add(shown, "custom_settings")
    form = found.form
    parts = [found._name, form.kinds, form.box, found._cancel, found.confirm, found._where, found._name]
    found.confirm.setEnabled(True)
    for part in parts:
        assert QApplication.focusWidget() is part
        type_on(qtbot, "", Key.Key_Tab)
    shown.window.close_sheet()


def test_that_a_name_is_needed_free_and_warned_of(qtbot: QtBot, shown: Shown) -> None:
    found = add(shown)
    assert not found.confirm.isEnabled()
    assert found._hint.text() == ""
    for name, said, ready in (
        ("trial_count", "There is already a trial_count here.", False),
        ("_x", "A launcher will not restore it: the name begins with an underscore.", True),
        ("fresh", "", True),
    ):
        found._name.clear()
        qtbot.keyClicks(found._name, name)
        assert (found._hint.text(), found.confirm.isEnabled()) == (said, ready)
    shown.window.close_sheet()


def test_that_an_item_goes_into_a_list_or_behind_it(qtbot: QtBot, shown: Shown) -> None:
    view(shown).expand(shown.state.find(PREDICTIVE, ("laser_steps_mw",)))
    found = add(shown, "laser_steps_mw")
    assert found.form.box.hasFocus()
    assert found.form.kind is Kind.DECIMAL
    assert not found._name.isVisible()
    qtbot.keyClicks(found.form.box, "8")
    qtbot.keyClick(found.form.box, Key.Key_Return)
    assert value(shown, "laser_steps_mw", 4) == 8.0
    assert view(shown).isExpanded(shown.state.find(PREDICTIVE, ("laser_steps_mw",)))
    assert here(shown) == ("laser_steps_mw", 4)
    found = add(shown, "laser_steps_mw")
    found._where.setCurrentIndex(1)
    assert found._name.isVisible()
    qtbot.keyClicks(found._name, "beside")
    qtbot.mouseClick(found.confirm, Qt.MouseButton.LeftButton)
    assert here(shown) == ("beside",)


def test_that_beside_a_closed_row_an_attribute_is_added_unless_one_chooses(
    qtbot: QtBot, shown: Shown
) -> None:
    add_words = shown.window.actions_["actionAdd"].text
    index = shown.state.find(PREDICTIVE, ("custom_settings",))
    view(shown).collapse(index)
    go_to(shown, "custom_settings")
    assert add_words() == "&Add attribute…"
    view(shown).expand(index)
    assert add_words() == "&Add item…"
    view(shown).collapse(index)
    assert add_words() == "&Add attribute…"
    found = add(shown, "custom_settings")
    told = "custom_settings is closed, so what is new goes after it, unless you choose."
    assert told in [label.text() for label in found.findChildren(QLabel) if label.isVisible()]
    assert found._where.accessibleDescription() == told
    qtbot.keyClicks(found._name, "param9")
    found._where.setCurrentIndex(1)
    qtbot.mouseClick(found.confirm, Qt.MouseButton.LeftButton)
    assert value(shown, "custom_settings", "param9") == ""


def test_that_without_a_row_the_launcher_gets_the_attribute(qtbot: QtBot, shown: Shown) -> None:
    trigger(shown, "Add")
    found = sheet(shown, AddSheet)
    assert isinstance(found, AddSheet)
    qtbot.keyClicks(found._name, "last")
    qtbot.mouseClick(found.confirm, Qt.MouseButton.LeftButton)
    assert list(draft(shown).document.namespace(PREDICTIVE).attributes)[-1] == "last"


def test_that_a_typed_name_is_not_dropped_by_one_slip(qtbot: QtBot, shown: Shown) -> None:
    found = add(shown)
    qtbot.keyClicks(found._name, "fresh")
    qtbot.keyClick(found._name, Key.Key_Escape)
    assert found.isVisible()
    qtbot.keyClick(found._name, Key.Key_Escape)
    assert no_sheet(shown)


# --- the clipboard ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "name", "text"),
    [
        (("experiment_phase",), "CopyValue", "data_collection"),
        (("trial_count",), "CopyValue", "15"),
        (("last_reward_at",), "CopyValue", "2026-11-23 14:29:51.204618+01:00"),
        (("block",), "CopyValue", '[1, "two", null]'),
        (("block",), "CopyJson", '{"__type__": "tuple", "value": [1, "two", null]}'),
        (("custom_settings", "thresholds", "lick"), "CopyPath", "custom_settings/thresholds/lick"),
        (("gains", "value", 0, 1), "CopyPath", "gains/value/0/1"),
        ((), "CopyPath", PREDICTIVE),
    ],
)
def test_that_a_row_is_copied_as_it_is(shown: Shown, place: Place, name: str, text: str) -> None:
    go_to(shown, *place)
    trigger(shown, name)
    assert clipboard() == text


@pytest.mark.parametrize(
    "text", ["=1+1", "-x", "@a", "+1", "a\r\nb\n", "no-break\u00a0space", '"q"', "\x00", "\u2029"]
)
def test_that_text_is_copied_to_the_character(qtbot: QtBot, shown: Shown, text: str) -> None:
    shown.drafts.stage(DIRECTORY, SetValue(PREDICTIVE, ("experiment_phase",), text))
    qtbot.keyClick(go_to(shown, "experiment_phase"), Key.Key_C, Modifier.ControlModifier)
    assert clipboard() == text


def test_that_half_characters_are_copied_as_json_and_that_is_said(shown: Shown) -> None:
    shown.drafts.stage(DIRECTORY, SetValue(PREDICTIVE, ("experiment_phase",), "a\ud800"))
    go_to(shown, "experiment_phase")
    trigger(shown, "CopyValue")
    assert clipboard() == '"a\\ud800"'
    assert "half characters" in told(shown)


def test_that_a_copied_value_is_pasted_as_what_it_is(qtbot: QtBot, shown: Shown) -> None:
    shown.drafts.stage(DIRECTORY, SetValue(PREDICTIVE, ("experiment_phase",), "150"))
    shown.drafts.stage(DIRECTORY, SetValue(PREDICTIVE, ("laser_steps_mw", 0), Number("1.50")))
    for source, target in (
        (("experiment_phase",), ("custom_settings", "param1")),
        (("laser_steps_mw", 0), ("reward_volume_ul",)),
    ):
        qtbot.keyClick(go_to(shown, *source), Key.Key_C, Modifier.ControlModifier)
        qtbot.keyClick(go_to(shown, *target), Key.Key_V, Modifier.ControlModifier)
        assert no_sheet(shown)
        assert same(value(shown, *target), value(shown, *source))


def paste(shown: Shown, text: str, *place: str | int) -> None:
    QGuiApplication.clipboard().setText(text)
    go_to(shown, *place)
    trigger(shown, "PasteJson")


def test_that_json_of_the_same_type_is_pasted_at_once(qtbot: QtBot, shown: Shown) -> None:
    paste(shown, "150", "trial_count")
    assert value(shown, "trial_count") == 150
    paste(shown, '{"__type__": "set", "value": [3, 1]}', "channels")
    assert value(shown, "channels") == {"__type__": "set", "value": [1, 3]}
    QGuiApplication.clipboard().setText("[1.0]")
    qtbot.keyClick(go_to(shown, "laser_steps_mw"), Key.Key_V, Modifier.ControlModifier)
    assert value(shown, "laser_steps_mw") == [1.0]


@pytest.mark.parametrize("text", ["1500", " 1500\n"])
def test_that_an_integer_is_pasted_on_a_decimal_as_it_would_be_typed_there(shown: Shown, text: str) -> None:
    paste(shown, text, "reward_volume_ul")
    assert no_sheet(shown)
    assert same(value(shown, "reward_volume_ul"), 1500.0)


def test_that_esc_leaves_at_once_what_was_only_pasted(qtbot: QtBot, shown: Shown) -> None:
    paste(shown, '"many"', "trial_count")
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Escape)
    assert no_sheet(shown)
    paste(shown, '"many"', "trial_count")
    qtbot.keyClicks(sheet(shown, RetypeSheet).form.box, "!")
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Escape)
    assert not no_sheet(shown)
    shown.window.close_sheet()


def test_that_json_of_another_type_has_to_be_confirmed(qtbot: QtBot, shown: Shown) -> None:
    paste(shown, '"many"', "trial_count")
    assert value(shown, "trial_count") == 15
    found = sheet(shown, RetypeSheet)
    assert found.form.kind is Kind.TEXT
    assert found.form.box.text() == "many"
    qtbot.mouseClick(found.confirm, Qt.MouseButton.LeftButton)
    assert value(shown, "trial_count") == "many"


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        ("", "trial_count", "Not valid JSON"),
        ("{", "custom_settings", "Not valid JSON"),
        ('{"a": 1, "a": 2}', "custom_settings", "a"),
        ('{"__type__": "date", "value": "soon"}', "trial_count", "Not a valid date"),
        ('{"__type__": "camera", "value": 1}', "trial_count", "does not know this type"),
        ('{"__type__": "datetime", "value": "2026-11-23T14:00:00"}', "last_reward_at", "zone"),
    ],
)
def test_that_what_is_no_json_of_ours_is_refused_with_the_reason(
    shown: Shown, text: str, place: str, reason: str
) -> None:
    paste(shown, text, place)
    assert told(shown).startswith(f"{place} stays as it is.")
    assert reason in told(shown)
    assert no_sheet(shown)
    assert not draft(shown).can_undo


def test_that_copied_json_can_be_pasted_again(shown: Shown) -> None:
    for name in ATTRIBUTES:
        go_to(shown, name)
        trigger(shown, "CopyJson")
        trigger(shown, "PasteJson")
    assert not draft(shown).can_undo


# --- undo ---------------------------------------------------------------------------------------------------


def act_on(shown: Shown, name: str, *place: str | int) -> None:
    go_to(shown, *place)
    trigger(shown, name)


def rename(shown: Shown, old: str, new: str) -> None:
    cell = shown.state.find(PREDICTIVE, (old,)).siblingAtColumn(Column.ATTRIBUTE)
    assert shown.state.setData(cell, new, Qt.ItemDataRole.EditRole)


def test_that_undo_and_redo_cover_everything(qtbot: QtBot, shown: Shown) -> None:
    acts: list[Callable[[], object]] = [
        lambda: shown.type_value("6.5", "reward_volume_ul"),
        lambda: act_on(shown, "Remove", "trial_count"),
        lambda: act_on(shown, "Duplicate", "photodiode_on"),
        lambda: act_on(shown, "MoveDown", "laser_steps_mw", 0),
        lambda: rename(shown, "block", "blocks"),
        lambda: paste(shown, '{"a": 1}', "custom_settings"),
        lambda: act_on(shown, "TakeBack", "trial_count"),
    ]
    states = [list(draft(shown).document.namespace(PREDICTIVE).attributes.items())]
    for act in acts:
        act()
        states.append(list(draft(shown).document.namespace(PREDICTIVE).attributes.items()))
    for before in reversed(states[:-1]):
        trigger(shown, "Undo")
        assert list(draft(shown).document.namespace(PREDICTIVE).attributes.items()) == before
    assert draft(shown).count == 0
    for after in states[1:]:
        trigger(shown, "Redo")
        assert list(draft(shown).document.namespace(PREDICTIVE).attributes.items()) == after


def words(sheet: ValueSheet, text: str) -> bool:
    """Whether a label of a sheet says this."""
    return any(label.text() == text for label in sheet.findChildren(QLabel))
