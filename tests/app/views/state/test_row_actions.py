"""What can be done to a row at once, by menu and by key, and all of it undone again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QToolTip
from pytestqt.qtbot import QtBot

from app.models.state.row_edits import MEMBER, NO_VALUE
from app.models.state.state_texts import Column
from app.views.menus import ROW_ACTIONS
from app.views.state.add_sheet import AddSheet
from app.views.state.value_sheets import ValueSheet
from persistence.document import Place
from tests.app.views.state.rows import (
    Key,
    Modifier,
    draft,
    go_to,
    here,
    no_sheet,
    paste,
    sheet,
    told,
    trigger,
    value,
    view,
)
from tests.sample_window import Shown
from tests.samples import PREDICTIVE

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


def test_that_it_is_said_that_a_name_or_a_new_row_was_taken_back(qtbot: QtBot, shown: Shown) -> None:
    rename(shown, "trial_count", "cnt")
    assert told(shown) == "Renamed trial_count to cnt, not saved yet"
    qtbot.keyClick(go_to(shown, "cnt"), Key.Key_Delete)
    assert told(shown) == "The edit of trial_count was taken back"
    act_on(shown, "Duplicate", "trial_count")
    qtbot.keyClick(go_to(shown, "trial_count_copy"), Key.Key_Delete)
    assert told(shown) == "The edit of trial_count_copy was taken back"
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


@pytest.mark.parametrize("how", ["Del", "Remove", "Undo"])
def test_that_an_added_row_that_goes_leaves_its_neighbour_current(
    qtbot: QtBot, shown: Shown, how: str
) -> None:
    qtbot.keyClick(
        go_to(shown, "reward_volume_ul"), Key.Key_D, Modifier.ControlModifier | Modifier.ShiftModifier
    )
    (added,) = here(shown)
    assert added not in ("reward_volume_ul", "")
    below = view(shown).indexBelow(view(shown).currentIndex()).siblingAtColumn(Column.ATTRIBUTE).data()
    if how == "Del":
        qtbot.keyClick(view(shown), Key.Key_Delete)
    else:
        trigger(shown, how)
    assert added not in draft(shown).document.namespace(PREDICTIVE).attributes
    assert here(shown) == (below,)


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


def test_that_an_item_of_a_set_is_told_to_be_edited_with_its_set(shown: Shown) -> None:
    for name in ["EditValue", "EditInBox", "ChangeType", "Add", "Duplicate", "Remove"]:
        shown.window.show_message("")
        go_to(shown, "channels", "value", 0)
        trigger(shown, name)
        assert "edit the set itself" in told(shown), name
        assert no_sheet(shown), name
        assert not draft(shown).can_undo, name


def test_that_editing_is_not_offered_on_a_row_without_a_value_of_its_own(qtbot: QtBot, shown: Shown) -> None:
    action = shown.window.actions_["actionEditValue"]
    for place, offered in (((), False), (("trial_count",), True), ((), False)):
        go_to(shown, *place)
        assert action.isEnabled() is offered
        assert (NO_VALUE in action.toolTip()) is not offered
        said = {label.text() for label in shown.window.detail.state.not_saved.findChildren(QLabel)}
        assert ("No value of its own" in said) is not offered
        assert any(one.startswith("F2 edit") for one in said) is offered
    assert shown.type_value("16", "trial_count")
    assert not action.isEnabled()
    qtbot.keyClick(view(shown), Key.Key_F2)
    assert told(shown) == NO_VALUE


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


GREY: list[tuple[Place, str, str]] = [
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
]


def test_that_what_is_grey_of_a_row_says_why(shown: Shown) -> None:
    for place, name, reason in GREY:
        go_to(shown, *place)
        assert not shown.window.actions_[f"action{name}"].isEnabled(), place
        assert tip_of(shown, name) == reason, place


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
