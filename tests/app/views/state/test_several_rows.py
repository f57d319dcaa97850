"""Several rows of the state at once: selected by key and mouse, copied, and removed as one edit."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.editing.edits import SetValue
from app.models.state.several_rows import MOST, SEVERAL
from app.models.state.state_texts import Column
from app.views.menus import ROW_ACTIONS
from persistence.document import Place
from persistence.values.json_text import JSON
from tests.app.views.state.rows import (
    DIRECTORY,
    Key,
    Modifier,
    clipboard,
    draft,
    go_to,
    here,
    no_sheet,
    told,
    trigger,
    value,
    view,
)
from tests.sample_window import Shown
from tests.samples import PREDICTIVE, documents, snapshot

LIST = "laser_steps_mw"


def select(shown: Shown, *places: Place) -> None:
    """Select these rows, the last one current."""
    go_to(shown, *places[0])
    rows = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    for place in places[1:]:
        view(shown).selectionModel().setCurrentIndex(shown.state.find(PREDICTIVE, place), rows)


def click(shown: Shown, *place: str | int, held: Qt.KeyboardModifier) -> None:
    index = shown.state.find(PREDICTIVE, place).siblingAtColumn(Column.VALUE)
    at = view(shown).visualRect(index).center()
    QTest.mouseClick(view(shown).viewport(), Qt.MouseButton.LeftButton, held, at)


def selected(shown: Shown) -> list[Place]:
    return [node.place for node in view(shown).chosen.nodes()]


def tip_of(shown: Shown, name: str) -> str:
    return shown.window.actions_[f"action{name}"].toolTip().partition("\n")[2]


def test_that_items_selected_by_keys_are_removed_as_one_edit(qtbot: QtBot, shown: Shown) -> None:
    go_to(shown, LIST, 1)
    for _ in range(2):
        qtbot.keyClick(view(shown), Key.Key_Down, Modifier.ShiftModifier)
    assert selected(shown) == [(LIST, 1), (LIST, 2), (LIST, 3)]
    qtbot.keyClick(view(shown), Key.Key_Delete)
    assert value(shown, LIST) == [0.5]
    assert told(shown) == "Removed 3 values, not saved yet"
    assert here(shown) == (LIST, 0)
    assert selected(shown) == [(LIST, 0)]
    trigger(shown, "Undo")
    assert value(shown, LIST) == [0.5, 1.0, 2.0, 4.0]
    assert not draft(shown).can_undo


def test_that_attributes_picked_by_click_are_struck_out_and_come_back_with_one_undo(shown: Shown) -> None:
    go_to(shown, "trial_count")
    click(shown, "opto_note", held=Modifier.ControlModifier)
    click(shown, LIST, held=Modifier.ControlModifier)
    assert selected(shown) == [("trial_count",), (LIST,), ("opto_note",)]
    trigger(shown, "Remove")
    assert draft(shown).count == 3
    assert here(shown) == ("trial_count",)
    trigger(shown, "Undo")
    assert draft(shown).count == 0


def test_that_what_stands_inside_another_selected_row_goes_with_it(shown: Shown) -> None:
    select(shown, (LIST, 0), (LIST,), ("gains", "value", 1, 1), ("custom_settings", "thresholds", "lick"))
    trigger(shown, "Remove")
    attributes = draft(shown).document.namespace(PREDICTIVE).attributes
    assert LIST not in attributes
    assert value(shown, "gains", "value") == [[1, 0.5]]
    assert value(shown, "custom_settings", "thresholds") == {}
    trigger(shown, "Undo")
    assert draft(shown).count == 0


def test_that_items_far_apart_go_and_no_others(shown: Shown) -> None:
    select(shown, (LIST, 3), (LIST, 0), (LIST, 2))
    trigger(shown, "Remove")
    assert value(shown, LIST) == [1.0]


def test_that_what_is_removed_already_stays_so_and_the_others_go(qtbot: QtBot, shown: Shown) -> None:
    qtbot.keyClick(go_to(shown, "trial_count"), Key.Key_Delete)
    select(shown, ("trial_count",), ("opto_note",))
    trigger(shown, "Remove")
    assert draft(shown).count == 2
    select(shown, ("trial_count",), ("opto_note",))
    assert not shown.window.actions_["actionRemove"].isEnabled()
    assert "removed already" in tip_of(shown, "Remove")


COPIES: list[tuple[tuple[Place, ...], str, str]] = [
    (((LIST, 0), (LIST, 3)), "CopyValue", "0.5\n4.0"),
    ((("opto_note",), ("trial_count",)), "CopyValue", "15\nempty (None)"),
    (((LIST, 0), (LIST, 3)), "CopyPath", f"{LIST}/0\n{LIST}/3"),
    (((LIST, 0), (LIST, 3)), "CopyJson", "[0.5, 4.0]"),
    ((("block", "value", 2), ("block", "value", 1)), "CopyJson", '["two", null]'),
    ((("channels", "value", 0), ("channels", "value", 1)), "CopyJson", "[1, 2]"),
    ((("trial_count",), ("opto_note",)), "CopyJson", '{"trial_count": 15, "opto_note": null}'),
    ((("trial_count",), (LIST, 1)), "CopyJson", f'{{"trial_count": 15, "{LIST}/1": 1.0}}'),
    (
        (("gains", "value", 0, 1), ("gains", "value", 1, 1)),
        "CopyJson",
        '{"gains/value/0/1": 0.5, "gains/value/1/1": 0.25}',
    ),
]


def test_that_several_rows_are_copied_in_the_order_of_the_tree(shown: Shown) -> None:
    for places, name, text in COPIES:
        shown.window.show_message("")
        select(shown, *places)
        trigger(shown, name)
        assert clipboard() == text, places
        assert told(shown).startswith("Copied 2 "), places


def test_that_a_value_of_several_lines_keeps_to_one_beside_others(shown: Shown) -> None:
    shown.drafts.stage(DIRECTORY, SetValue(PREDICTIVE, ("experiment_phase",), "a\nb"))
    select(shown, ("experiment_phase",), ("trial_count",))
    trigger(shown, "CopyValue")
    assert clipboard() == '"a\\nb"\n15'


def test_that_copied_items_are_pasted_as_a_list(qtbot: QtBot, shown: Shown) -> None:
    select(shown, (LIST, 0), (LIST, 3))
    qtbot.keyClick(view(shown), Key.Key_C, Modifier.ControlModifier)
    qtbot.keyClick(go_to(shown, LIST), Key.Key_V, Modifier.ControlModifier)
    assert value(shown, LIST) == [0.5, 4.0]


def test_that_what_is_done_to_one_row_is_grey_for_several_and_says_so(qtbot: QtBot, shown: Shown) -> None:
    select(shown, (LIST, 0), (LIST, 1))
    names = [name for name in ROW_ACTIONS if name]
    offered = [name for name in names if shown.window.actions_[f"action{name}"].isEnabled()]
    assert offered == ["Remove", "MoveDown", "CopyValue", "CopyPath", "CopyJson"]
    told_of = {name: tip_of(shown, name) for name in names if name not in offered}
    assert told_of.pop("MoveUp") == "It is the first item."
    assert set(told_of.values()) == {SEVERAL}
    for key in (Key.Key_F2, Key.Key_Return):
        qtbot.keyClick(view(shown), key)
        assert told(shown) == SEVERAL
    assert view(shown).in_place.editor is None
    assert no_sheet(shown)
    words = [shown.window.actions_[f"action{name}"].text().replace("&", "") for name in offered]
    assert words == [
        "Remove 2 rows", "Move 2 items down", "Copy 2 values", "Copy 2 paths", "Copy 2 rows as JSON",
    ]  # fmt: skip
    go_to(shown, LIST, 0)
    assert shown.window.actions_["actionEditValue"].isEnabled()
    assert shown.window.actions_["actionRemove"].text().replace("&", "") == "Remove"


def test_that_an_edit_of_one_item_names_it_by_its_number(qtbot: QtBot, shown: Shown) -> None:
    """Removed laser_steps_mw › 3: the third item, or the one that was 3?"""
    qtbot.keyClick(go_to(shown, LIST, 2), Key.Key_Up, Modifier.AltModifier)
    assert told(shown) == f"Moved item 3 of {LIST} to 2, not saved yet"
    qtbot.keyClick(go_to(shown, LIST, 2), Key.Key_Delete)
    assert told(shown) == f"Removed item 3 of {LIST}, not saved yet"


def test_that_items_beside_each_other_are_moved_as_one_and_stay_selected(qtbot: QtBot, shown: Shown) -> None:
    select(shown, (LIST, 2), (LIST, 3))
    for moved in ([0.5, 2.0, 4.0, 1.0], [2.0, 4.0, 0.5, 1.0]):
        qtbot.keyClick(view(shown), Key.Key_Up, Modifier.AltModifier)
        assert value(shown, LIST) == moved
        assert told(shown) == "Moved 2 items up, not saved yet"
    assert selected(shown) == [(LIST, 0), (LIST, 1)]
    assert view(shown).selectionModel().selection().size() == 1  # Qt holds each stretch against all others
    qtbot.keyClick(view(shown), Key.Key_Down, Modifier.AltModifier)
    assert value(shown, LIST) == [0.5, 2.0, 4.0, 1.0]
    trigger(shown, "Undo")
    assert value(shown, LIST) == [2.0, 4.0, 0.5, 1.0]


@pytest.mark.parametrize(
    ("places", "key", "reason"),
    [
        (((LIST, 0), (LIST, 1)), Key.Key_Up, "It is the first item."),
        (((LIST, 0), (LIST, 2)), Key.Key_Down, "stand beside each other"),
        (((LIST, 0), ("trial_count",)), Key.Key_Down, "Only the items of a list can be moved"),
        ((("trial_count",), ("opto_note",)), Key.Key_Up, "Only the items of a list can be moved"),
        ((("trial_count",),), Key.Key_Up, "Only the items of a list can be moved"),
    ],
)
def test_that_what_is_not_moved_stays_selected_and_says_why(
    qtbot: QtBot, shown: Shown, places: tuple[Place, ...], key: Qt.Key, reason: str
) -> None:
    select(shown, *places)
    before = selected(shown)
    qtbot.keyClick(view(shown), key, Modifier.AltModifier)
    assert selected(shown) == before
    assert reason in told(shown)
    found = shown.drafts.get(DIRECTORY)
    assert found is None or found.count == 0


def test_that_a_launcher_among_them_is_told_and_nothing_goes(shown: Shown) -> None:
    select(shown, (), ("trial_count",))
    for name in ("Remove", "CopyValue", "CopyJson"):
        assert not shown.window.actions_[f"action{name}"].isEnabled()
        assert "no value of its own" in tip_of(shown, name)
    trigger(shown, "CopyPath")
    assert clipboard() == f"{PREDICTIVE}\ntrial_count"


def test_that_items_of_sets_are_not_removed_with_others(shown: Shown) -> None:
    select(shown, ("channels", "value", 0), ("trial_count",))
    assert not shown.window.actions_["actionRemove"].isEnabled()
    assert "edit the set itself" in tip_of(shown, "Remove")


def test_that_the_keyboard_picks_rows_that_do_not_stand_together(qtbot: QtBot, shown: Shown) -> None:
    go_to(shown, LIST, 0)
    for key in (Key.Key_Down, Key.Key_Down, Key.Key_Space):
        qtbot.keyClick(view(shown), key, Modifier.ControlModifier)
    assert selected(shown) == [(LIST, 0), (LIST, 2)]


def test_that_the_one_selected_row_is_meant_and_not_where_the_keyboard_went(
    qtbot: QtBot, shown: Shown
) -> None:
    go_to(shown, LIST, 0)
    qtbot.keyClick(view(shown), Key.Key_Down, Modifier.ControlModifier)
    assert here(shown) == (LIST, 1)
    qtbot.keyClick(view(shown), Key.Key_Delete)
    assert value(shown, LIST) == [1.0, 2.0, 4.0]
    select(shown, (LIST, 0), (LIST, 2))
    click(shown, LIST, 2, held=Modifier.ControlModifier)  # not that one after all
    trigger(shown, "Duplicate")
    assert value(shown, LIST) == [1.0, 1.0, 2.0, 4.0]


def test_that_select_all_takes_what_stands_beside_the_current_row(qtbot: QtBot, shown: Shown) -> None:
    qtbot.keyClick(go_to(shown, LIST, 2), Key.Key_A, Modifier.ControlModifier)
    assert selected(shown) == [(LIST, row) for row in range(4)]
    assert here(shown) == (LIST, 2)
    qtbot.keyClick(view(shown), Key.Key_Delete)
    assert value(shown, LIST) == []


def test_that_more_rows_than_can_be_done_at_once_are_refused(qtbot: QtBot, shown: Shown) -> None:
    many = snapshot(documents({PREDICTIVE: {"attributes": {"a": [*range(900)], "b": [*range(900)]}}}))
    shown.drafts.open(many)
    shown.window.show_session(many, None)
    for name in "ab":
        view(shown).open_rows.open(shown.state.find(PREDICTIVE, (name,)))
    go_to(shown, "a", 0)
    qtbot.keyClick(view(shown), Key.Key_End, Modifier.ShiftModifier)
    assert view(shown).chosen.count > MOST
    assert tip_of(shown, "Remove").startswith(f"These are more than {MOST:,} rows")


def test_that_a_row_that_is_gone_to_is_selected_alone_whatever_keys_are_held(
    qtbot: QtBot, shown: Shown
) -> None:
    go_to(shown, LIST, 0)
    with qtbot.waitSignal(view(shown).selectionModel().currentChanged):
        QTest.keyPress(view(shown), Key.Key_Control, Modifier.ControlModifier)
        view(shown).go_to(shown.state.find(PREDICTIVE, ("trial_count",)))
    QTest.keyRelease(view(shown), Key.Key_Control)
    assert selected(shown) == [("trial_count",)]


def test_that_an_edited_row_shows_that_it_is_selected(shown: Shown) -> None:
    shown.type_value("150", "trial_count")
    index = shown.state.find(PREDICTIVE, ("trial_count",))
    spot = view(shown).visualRect(index.siblingAtColumn(Column.TYPE)).bottomRight()
    spot.setY(spot.y() - 3)

    def ground() -> str:
        return view(shown).viewport().grab().toImage().pixelColor(spot).name()

    go_to(shown, LIST)
    assert ground() == shown.theme.colors.hue("amber").tint.name()
    select(shown, (LIST,), ("trial_count",))
    assert ground() == shown.theme.colors["highlight"].name()


def test_that_the_menu_of_a_selected_row_leaves_all_of_them_selected(shown: Shown) -> None:
    select(shown, (LIST, 0), (LIST, 1))
    index = shown.state.find(PREDICTIVE, (LIST, 0)).siblingAtColumn(Column.VALUE)
    at = view(shown).visualRect(index).center()
    QTest.mouseClick(view(shown).viewport(), Qt.MouseButton.RightButton, Modifier.NoModifier, at)
    assert selected(shown) == [(LIST, 0), (LIST, 1)]


def test_that_json_of_several_is_json(shown: Shown) -> None:
    select(shown, ("custom_settings",), ("last_reward_at",), ("custom_settings", "param1"))
    trigger(shown, "CopyJson")
    assert set(json.loads(clipboard())) == {"custom_settings", "last_reward_at"}


def test_that_of_keys_that_are_no_texts_the_next_is_gone_to_and_not_looked_for_one_by_one(
    shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    items: list[JSON] = [[number, number] for number in range(50)]
    shown.drafts.stage(DIRECTORY, SetValue(PREDICTIVE, ("gains",), {"__type__": "dict", "value": items}))
    looked: list[Place] = []
    find = shown.state.find

    def counted(namespace: str, place: Place) -> QModelIndex:
        looked.append(place)
        return find(namespace, place)

    select(shown, *(("gains", "value", index, 1) for index in (30, 31)))
    monkeypatch.setattr(shown.state, "find", counted)
    trigger(shown, "Remove")
    assert here(shown) == ("gains", "value", 30, 1)
    select(shown, *(("gains", "value", index, 1) for index in (46, 47)))
    looked.clear()
    trigger(shown, "Remove")
    assert here(shown) == ("gains", "value", 45, 1)
    assert len(looked) < 8


def test_that_rows_that_stand_behind_each_other_are_selected_as_one_stretch(shown: Shown) -> None:
    places: list[Place] = [(LIST, 0), (LIST, 1), (LIST, 3), ("block", "value", 0), ("block", "value", 1)]
    view(shown).chosen.take_all([shown.state.find(PREDICTIVE, place) for place in places])
    assert selected(shown) == places
    assert view(shown).selectionModel().selection().size() == 3
