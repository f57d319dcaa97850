"""The state tree: what it shows, what typed text becomes, and that refreshing keeps the rows."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from app.editing.edits import Edit, InsertValue, MoveValue, RemoveValue, RenameValue, SetValue
from app.models.state import state_inside
from app.models.state.filter_words import Words
from app.models.state.row_texts import value_text
from app.models.state.state_inside import GROUP
from app.models.state.state_nodes import Node
from app.models.state.state_texts import Column, Marks, cell_text, launcher_note
from app.models.state.state_tree import StateTreeModel
from app.session import Running
from app.values.edit_text import NO_TEXT, editable_text
from app.values.state_parts import Part
from persistence.document import Document, Place
from persistence.errors import StateError
from persistence.states.edits import get_value
from persistence.values.sameness import same
from tests.samples import ATTRIBUTES, NOW, PREDICTIVE, SLAP2, Edited, document, documents, snapshot

EDIT = Qt.ItemDataRole.EditRole


def watched(model: StateTreeModel) -> QAbstractItemModelTester:
    """Qt's tester, which aborts at a fault; it must not fetch inside a reset and then complain of it."""
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    tester.setUseFetchMore(False)
    return tester


@pytest.fixture
def edited(qapp: object) -> Iterator[Edited]:
    """The sample state, watched by Qt's own model tester."""
    edited = Edited(document())
    tester = watched(edited.model)
    yield edited
    del tester


def rows(model: StateTreeModel, parent: QModelIndex | None = None) -> list[str]:
    """Names of all rows, depth first, fetched as far as there are."""
    found: list[str] = []
    above = parent or QModelIndex()
    while model.canFetchMore(above):
        model.fetchMore(above)
    for row in range(model.rowCount(above)):
        index = model.index(row, 0, above)
        found += [str(index.data()), *rows(model, index)]
    return found


# --- what is shown ------------------------------------------------------------------------------------------


def test_that_the_columns_say_what_the_contract_says(edited: Edited) -> None:
    headers = [edited.model.headerData(i, Qt.Orientation.Horizontal) for i in range(4)]
    assert headers == ["Attribute", "Type", "Value", "Saved value"]


def test_that_attributes_stand_below_their_launcher_in_file_order(edited: Edited) -> None:
    launcher = edited.model.index(0, 0)
    assert launcher.data() == "PredictiveLauncher"
    top = [edited.model.index(row, 0, launcher) for row in range(edited.model.rowCount(launcher))]
    edited.model.fetchMore(launcher)
    top = [edited.model.index(row, 0, launcher) for row in range(edited.model.rowCount(launcher))]
    assert [index.data() for index in top] == list(ATTRIBUTES)


@pytest.mark.parametrize(
    ("place", "kind", "value"),
    [
        (("experiment_phase",), "text", "data_collection"),
        (("trial_count",), "integer", "15"),
        (("photodiode_on",), "yes/no", "yes"),
        (("last_reward_at",), "date-time", "2026-11-23 14:29:51.204618+01:00"),
        (("custom_settings",), "mapping", "3 items"),
        (("custom_settings", "thresholds", "lick"), "decimal", "0.35"),
        (("laser_steps_mw", 3), "decimal", "4.0"),
        (("block",), "tuple", "3 items"),
        (("block", "value", 1), "text", "two"),
        (("gains", "value", 0, 1), "decimal", "0.5"),
        (("opto_note",), "empty", "empty (None)"),
    ],
)
def test_that_values_are_shown_in_words(
    edited: Edited, place: tuple[str | int, ...], kind: str, value: str
) -> None:
    assert edited.text(*place, column=Column.TYPE) == kind
    assert edited.text(*place) == value
    assert edited.text(*place, column=Column.SAVED) == ""


def test_that_a_name_is_shown_on_one_line_and_as_text(qapp: object) -> None:
    edited = Edited(document({"<b>a</b>\nb": "<i>x</i>"}))
    index = edited.cell("<b>a</b>\nb", column=Column.ATTRIBUTE)
    assert index.data() == "<b>a</b>\\nb"


def test_that_two_launchers_stand_side_by_side(qapp: object) -> None:
    states = {name: {"attributes": {"a": 1}} for name in (PREDICTIVE, SLAP2)}
    edited = Edited(documents(states))
    assert [edited.model.index(row, 0).data() for row in range(2)] == ["PredictiveLauncher", "Slap2Launcher"]
    assert edited.cell("a", namespace=SLAP2).data() == "1"


def test_that_a_launcher_is_described(edited: Edited) -> None:
    launcher = edited.snapshot.document.namespace(PREDICTIVE)  # type: ignore[union-attr]
    note = launcher_note(launcher, NOW, with_module=True)
    assert note == "my_project.launchers.predictive · 11 attributes · saved 14:30:00"


def test_that_what_was_not_saved_is_told_with_its_reason(qapp: object) -> None:
    edited = Edited(document(skipped={"camera": "an open device"}))
    assert edited.model.not_saved() == (("camera", "an open device"),)


def test_that_a_screen_reader_hears_value_and_edit(edited: Edited) -> None:
    spoken = Qt.ItemDataRole.AccessibleTextRole
    assert edited.cell("trial_count").data(spoken) == "Value 15"
    edited.model.setData(edited.cell("trial_count"), "150", EDIT)
    assert edited.cell("trial_count").data(spoken) == "Value 150, unsaved edit"
    assert edited.cell("trial_count", column=Column.TAKE_BACK).data(spoken) == "Take this edit back"


# --- typed text ---------------------------------------------------------------------------------------------


def test_that_typed_text_becomes_an_edit_and_the_saved_value_stays_visible(edited: Edited) -> None:
    assert edited.model.setData(edited.cell("trial_count"), "150", EDIT)
    assert edited.text("trial_count") == "150"
    assert edited.text("trial_count", column=Column.SAVED) == "15"
    assert edited.draft.edits == (SetValue(PREDICTIVE, ("trial_count",), 150),)


@pytest.mark.parametrize("name", list(ATTRIBUTES))
def test_that_the_text_of_an_editor_left_alone_stages_nothing(edited: Edited, name: str) -> None:
    text = edited.cell(name).data(EDIT)
    assert edited.model.setData(edited.cell(name), text, EDIT)
    assert edited.draft.edits == ()
    assert not edited.draft.can_undo


def test_that_the_saved_text_takes_the_edit_back(edited: Edited) -> None:
    edited.model.setData(edited.cell("trial_count"), "150", EDIT)
    assert edited.model.setData(edited.cell("trial_count"), "15", EDIT)
    assert edited.draft.count == 0
    assert edited.text("trial_count", column=Column.SAVED) == ""


@pytest.mark.parametrize(
    ("name", "text"),
    [("trial_count", "15o"), ("reward_volume_ul", "5,5"), ("custom_settings", "{"), ("block", "1")],
)
def test_that_text_which_is_not_of_the_type_is_refused_with_a_sentence(
    qtbot: QtBot, edited: Edited, name: str, text: str
) -> None:
    with qtbot.waitSignal(edited.model.edit_refused) as told:
        assert not edited.model.setData(edited.cell(name), text, EDIT)
    assert told.args is not None
    assert str(told.args[0]).startswith(f"{name} stays ")
    assert edited.draft.edits == ()


def test_that_containers_take_json(edited: Edited) -> None:
    assert edited.model.setData(edited.cell("laser_steps_mw"), "[1.0, 2.5]", EDIT)
    assert edited.text("laser_steps_mw") == "2 items"
    assert edited.text("laser_steps_mw", 1) == "2.5"
    assert edited.text("laser_steps_mw", column=Column.SAVED) == "4 items"


def test_that_an_item_of_a_list_is_edited_where_it_stands(edited: Edited) -> None:
    assert edited.model.setData(edited.cell("laser_steps_mw", 2), "2.25", EDIT)
    assert get_value(edited.draft.document, PREDICTIVE, ("laser_steps_mw", 2)) == 2.25
    assert edited.text("laser_steps_mw", 2, column=Column.SAVED) == "2.0"


def test_that_an_item_of_a_tuple_is_edited_and_marked_with_its_tuple(edited: Edited) -> None:
    assert edited.model.setData(edited.cell("block", "value", 1), "three", EDIT)
    marks = [edited.model.marks(edited.model.node(edited.cell(*place)))  # type: ignore[arg-type]
             for place in (("block",), ("block", "value", 0), ("block", "value", 1))]  # fmt: skip
    assert [mark.edited for mark in marks] == [True, False, True]


def test_that_a_container_with_an_edit_inside_is_marked(edited: Edited) -> None:
    edited.model.setData(edited.cell("custom_settings", "thresholds", "lick"), "0.5", EDIT)
    marks = [edited.model.marks(edited.model.node(edited.cell(*place)))  # type: ignore[arg-type]
             for place in (("custom_settings",), ("custom_settings", "thresholds"), ("block",))]  # fmt: skip
    assert [(mark.edited, mark.inside) for mark in marks] == [(False, True), (False, True), (False, False)]


def test_that_edits_inside_a_row_are_told_of_it_and_taken_back_as_a_whole(edited: Edited) -> None:
    edited.model.setData(edited.cell("custom_settings", "thresholds", "lick"), "0.5", EDIT)
    stage(edited, RenameValue(PREDICTIVE, ("custom_settings", "param1"), "first"))
    node = edited.model.node(edited.cell("custom_settings"))
    assert node is not None
    marks = edited.model.marks(node)
    assert (marks.can_take_back, marks.can_take_inside) == (False, True)
    spoken = edited.cell("custom_settings", column=Column.ATTRIBUTE).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Attribute custom_settings, edited inside"
    assert cell_text(node, marks, Column.SAVED) == ""
    assert cell_text(node, marks._replace(closed=True), Column.SAVED) == "edited inside"
    assert edited.model.take_back(edited.cell("custom_settings"))
    assert edited.draft.count == 0
    assert not edited.model.marks(node).inside
    assert not edited.model.take_back(edited.cell("custom_settings"))


def test_that_a_mapping_that_lost_a_key_can_be_taken_back_as_a_whole(edited: Edited) -> None:
    edited.model.setData(edited.cell("custom_settings"), '{"param1": "value1", "extra": 1}', EDIT)
    assert edited.text("custom_settings", "extra", column=Column.SAVED) == "New"
    assert edited.model.take_back(edited.cell("custom_settings"))
    assert edited.draft.count == 0
    assert edited.text("custom_settings") == "3 items"


# --- what came, went or is called otherwise -----------------------------------------------------------------


def stage(edited: Edited, edit: Edit) -> None:
    edited.drafts.stage(edited.snapshot.directory, edit)


def marks(edited: Edited, *place: str | int) -> Marks:
    node = edited.model.node(edited.cell(*place))
    assert node is not None
    return edited.model.marks(node)


def names(edited: Edited, *place: str | int) -> list[str]:
    """What stands below a row."""
    above = edited.cell(*place, column=Column.ATTRIBUTE)
    edited.model.fetchMore(above)
    return [edited.model.index(row, 0, above).data() for row in range(edited.model.rowCount(above))]


@pytest.mark.parametrize("looked", [True, False])
def test_that_what_was_removed_stays_where_it_stood_until_it_is_saved(edited: Edited, looked: bool) -> None:
    if looked:
        rows(edited.model)
    for name in ("trial_count", "opto_note", "custom_settings"):
        stage(edited, RemoveValue(PREDICTIVE, (name,)))
    assert names(edited) == list(ATTRIBUTES)
    assert edited.text("trial_count") == "Removed"
    assert edited.text("trial_count", column=Column.SAVED) == "15"
    assert marks(edited, "trial_count").removed
    assert not edited.cell("trial_count").flags() & Qt.ItemFlag.ItemIsEditable
    assert not edited.model.hasChildren(edited.cell("custom_settings", column=0))


def test_that_what_was_removed_is_brought_back_to_where_it_stood(edited: Edited) -> None:
    gone = ("trial_count", "reward_volume_ul", "opto_note", "experiment_phase")
    for name in gone:
        stage(edited, RemoveValue(PREDICTIVE, (name,)))
    for name in gone:
        assert edited.model.take_back(edited.cell(name))
    assert list(edited.draft.document.namespace(PREDICTIVE).attributes) == list(ATTRIBUTES)
    assert edited.draft.count == 0
    assert marks(edited, "trial_count") == Marks()
    assert edited.text("trial_count") == "15"


def test_that_a_mapping_that_was_removed_and_brought_back_has_its_rows_again(edited: Edited) -> None:
    before = rows(edited.model)
    stage(edited, RemoveValue(PREDICTIVE, ("custom_settings",)))
    assert [name for name in before if name not in rows(edited.model)] == [
        "param1", "param2", "thresholds", "lick",
    ]  # fmt: skip
    assert edited.model.take_back(edited.cell("custom_settings"))
    assert rows(edited.model) == before


def test_that_a_mapping_from_which_all_was_removed_still_shows_what_it_had(edited: Edited) -> None:
    for name in ("param1", "param2", "thresholds"):
        stage(edited, RemoveValue(PREDICTIVE, ("custom_settings", name)))
    assert edited.model.hasChildren(edited.cell("custom_settings", column=0))
    assert names(edited, "custom_settings") == ["param1", "param2", "thresholds"]


def test_that_a_new_attribute_is_new_and_can_be_taken_back(edited: Edited) -> None:
    stage(edited, InsertValue(PREDICTIVE, ("fresh",), {"a": 1}, "trial_count"))
    assert names(edited)[:3] == ["experiment_phase", "fresh", "trial_count"]
    assert marks(edited, "fresh").new
    assert edited.text("fresh", column=Column.SAVED) == "New"
    assert marks(edited, "fresh", "a") == Marks()
    assert edited.model.take_back(edited.cell("fresh"))
    assert edited.draft.count == 0


OTHER_ITEM = Marks(edited=True, other_value=True, of_list=True)
"""An item that its list does not have where it is saved."""


def test_that_items_typed_over_and_added_keep_their_marks_in_a_list_that_grew(edited: Edited) -> None:
    assert edited.model.setData(edited.cell("laser_steps_mw", 0), "0.6", EDIT)
    stage(edited, InsertValue(PREDICTIVE, ("laser_steps_mw", 1), 0.8))
    items = len(edited.model.node(edited.cell("laser_steps_mw")).value)  # type: ignore[union-attr, arg-type]
    found = [marks(edited, "laser_steps_mw", row) for row in range(items)]
    assert found == [OTHER_ITEM, OTHER_ITEM, *[Marks()] * (items - 2)]
    assert edited.text("laser_steps_mw", 0, column=Column.SAVED) == ""
    assert not edited.model.take_back(edited.cell("laser_steps_mw", 0))
    assert edited.model.take_back(edited.cell("laser_steps_mw"))
    assert edited.draft.count == 0


def test_that_the_saved_type_is_told_where_the_texts_are_alike(edited: Edited) -> None:
    stage(edited, SetValue(PREDICTIVE, ("trial_count",), "15"))
    assert edited.text("trial_count", column=Column.SAVED) == "15 (integer)"
    stage(edited, SetValue(PREDICTIVE, ("trial_count",), "16"))
    assert edited.text("trial_count", column=Column.SAVED) == "15"


@pytest.mark.parametrize(
    "edit",
    [
        MoveValue(PREDICTIVE, ("laser_steps_mw", 0), 2),
        InsertValue(PREDICTIVE, ("laser_steps_mw", 0), 9.0),
        RemoveValue(PREDICTIVE, ("laser_steps_mw", 0)),
    ],
)
def test_that_a_list_whose_items_moved_is_edited_as_a_whole(edited: Edited, edit: Edit) -> None:
    stage(edited, edit)
    assert marks(edited, "laser_steps_mw").other_value
    for row in range(3):
        added = isinstance(edit, InsertValue) and row == 0
        assert marks(edited, "laser_steps_mw", row) == (OTHER_ITEM if added else Marks())
    assert edited.model.take_back(edited.cell("laser_steps_mw"))
    assert edited.draft.count == 0
    assert edited.text("laser_steps_mw", 0) == "0.5"


def test_that_a_tuple_whose_items_moved_is_edited_as_a_whole(edited: Edited) -> None:
    stage(edited, MoveValue(PREDICTIVE, ("block", "value", 0), 1))
    stage(edited, RenameValue(PREDICTIVE, ("block",), "blocks"))
    assert marks(edited, "blocks").other_value
    assert [marks(edited, "blocks", "value", row) for row in range(3)] == [Marks()] * 3


def test_that_what_is_edited_in_a_list_in_order_is_one_item(edited: Edited) -> None:
    stage(edited, MoveValue(PREDICTIVE, ("laser_steps_mw", 0), 2))
    stage(edited, MoveValue(PREDICTIVE, ("laser_steps_mw", 2), 0))
    assert marks(edited, "laser_steps_mw") == Marks()
    assert edited.model.setData(edited.cell("block", "value", 1), "three", EDIT)
    assert marks(edited, "block", "value", 1).edited


def test_that_a_renamed_attribute_is_the_same_under_another_name(edited: Edited) -> None:
    stage(edited, RenameValue(PREDICTIVE, ("custom_settings",), "settings"))
    assert "custom_settings" not in rows(edited.model)
    assert marks(edited, "settings") == Marks(edited=True, can_take_back=True, was="custom_settings")
    assert marks(edited, "settings", "param2") == Marks()
    assert edited.text("settings", column=Column.SAVED) == "was custom_settings"
    tool_tip = Qt.ItemDataRole.ToolTipRole
    assert edited.cell("settings", column=Column.ATTRIBUTE).data(tool_tip) == "settings, was custom_settings"
    assert edited.model.take_back(edited.cell("settings"))
    assert edited.draft.count == 0


def test_that_value_and_name_are_taken_back_one_after_the_other(edited: Edited) -> None:
    stage(edited, RenameValue(PREDICTIVE, ("custom_settings",), "settings"))
    stage(edited, RenameValue(PREDICTIVE, ("settings", "param2"), "param3"))
    assert edited.model.setData(edited.cell("settings", "param3"), "43", EDIT)
    assert edited.text("settings", "param3", column=Column.SAVED) == "42, was param2"
    assert marks(edited, "settings", "param3").other_value
    assert edited.model.take_back(edited.cell("settings", "param3"))
    assert edited.text("settings", "param3") == "42"
    assert edited.model.take_back(edited.cell("settings", "param3"))
    assert marks(edited, "settings", "param2") == Marks()
    assert marks(edited, "settings").was == "custom_settings"


def test_that_the_saved_text_takes_an_edit_back_under_another_name_too(edited: Edited) -> None:
    stage(edited, RenameValue(PREDICTIVE, ("trial_count",), "trials"))
    assert edited.model.setData(edited.cell("trials"), "150", EDIT)
    assert edited.model.setData(edited.cell("trials"), "15", EDIT)
    assert not marks(edited, "trials").other_value


def test_that_a_row_says_anew_what_is_in_it_and_what_can_be_done_to_its_name(edited: Edited) -> None:
    def told(*place: str | int) -> tuple[bool, bool, bool]:
        index = edited.cell(*place, column=Column.ATTRIBUTE)
        flags = index.flags()
        childless = bool(flags & Qt.ItemFlag.ItemNeverHasChildren)
        return edited.model.hasChildren(index), childless, bool(flags & Qt.ItemFlag.ItemIsEditable)

    assert told("trial_count") == (False, True, True)
    stage(edited, SetValue(PREDICTIVE, ("trial_count",), ["one", ["two"]]))
    assert told("trial_count") == (True, False, True)
    assert told("trial_count", 0) == (False, True, False)
    assert told("trial_count", 1) == (True, False, False)
    stage(edited, SetValue(PREDICTIVE, ("trial_count",), {"one": "two"}))
    assert told("trial_count", "one") == (False, True, True)
    stage(edited, SetValue(PREDICTIVE, ("trial_count",), 16))
    assert told("trial_count") == (False, True, True)
    edited.model.set_state(replace(edited.snapshot, checked=False), edited.draft)
    assert told("trial_count") == (False, True, False)


def test_that_only_values_can_be_edited(edited: Edited) -> None:
    editable = Qt.ItemFlag.ItemIsEditable
    assert edited.cell("trial_count").flags() & editable
    assert not edited.cell("trial_count", column=Column.TYPE).flags() & editable
    assert not edited.cell().flags() & editable  # the launcher
    assert not edited.cell("channels", "value", 0).flags() & editable  # an item of a set
    assert edited.cell("channels").flags() & editable
    assert not edited.model.setData(edited.cell("trial_count", column=Column.TYPE), "text", EDIT)
    assert not edited.model.setData(edited.cell("trial_count"), "16", Qt.ItemDataRole.DisplayRole)
    assert not edited.model.setData(QModelIndex(), "16", EDIT)


def test_that_names_can_be_edited_where_there_are_any(edited: Edited) -> None:
    def can_be(*place: str | int) -> bool:
        return bool(edited.cell(*place, column=Column.ATTRIBUTE).flags() & Qt.ItemFlag.ItemIsEditable)

    assert can_be("trial_count")
    assert can_be("custom_settings", "param1")
    assert can_be("gains", "value", 0, 1)
    assert not any(can_be(*place) for place in ((), ("laser_steps_mw", 0), ("channels", "value", 0)))
    assert edited.cell("laser_steps_mw", 0, column=Column.ATTRIBUTE).data(EDIT) is None


def test_that_a_typed_name_renames_and_the_row_is_followed(qtbot: QtBot, edited: Edited) -> None:
    name = edited.cell("trial_count", column=Column.ATTRIBUTE)
    assert name.data(EDIT) == "trial_count"
    assert edited.model.setData(name, "trial_count", EDIT)
    assert not edited.draft.can_undo
    with qtbot.waitSignal(edited.model.followed) as told:
        assert edited.model.setData(name, "trials", EDIT)
    assert told.args == [PREDICTIVE, ("trials",)]
    assert edited.text("trials") == "15"
    with qtbot.waitSignal(edited.model.followed) as told:
        assert edited.model.setData(edited.cell("gains", "value", 0, 1, column=Column.ATTRIBUTE), "7", EDIT)
    assert told.args == [PREDICTIVE, ("gains", "value", 0, 1)]
    assert names(edited, "gains") == ["7", "2"]


@pytest.mark.parametrize("text", ["", "opto_note"])
def test_that_a_name_that_cannot_be_is_refused_with_a_sentence(
    qtbot: QtBot, edited: Edited, text: str
) -> None:
    with qtbot.waitSignal(edited.model.edit_refused) as told:
        assert not edited.model.setData(edited.cell("trial_count", column=Column.ATTRIBUTE), text, EDIT)
    assert told.args is not None
    assert str(told.args[0]).startswith("trial_count keeps its name. ")
    assert not edited.draft.can_undo


def test_that_a_value_of_an_unknown_type_cannot_be_edited(qapp: object) -> None:
    edited = Edited(document({"frame": {"__type__": "ndarray", "data": "AA=="}}))
    assert not edited.cell("frame").flags() & Qt.ItemFlag.ItemIsEditable
    assert not edited.model.setData(edited.cell("frame"), "1", EDIT)


def test_that_nothing_can_be_edited_while_the_launcher_runs(qapp: object) -> None:
    edited = Edited(document(), running=Running("rig3", 1, SLAP2, "", False))
    assert not edited.cell("trial_count").flags() & Qt.ItemFlag.ItemIsEditable
    assert not edited.model.setData(edited.cell("trial_count"), "16", EDIT)
    assert edited.draft.edits == ()


# --- refreshing ---------------------------------------------------------------------------------------------


def test_that_a_new_version_keeps_the_rows_that_are_still_there(qtbot: QtBot, edited: Edited) -> None:
    kept = QPersistentModelIndex(edited.cell("custom_settings", "thresholds", "lick"))
    gone = QPersistentModelIndex(edited.cell("opto_note"))
    changed = {name: value for name, value in ATTRIBUTES.items() if name != "opto_note"}
    changed = {"first": 1, **changed, "trial_count": 16, "last": 2}
    with qtbot.assertNotEmitted(edited.model.modelReset):
        edited.model.set_state(snapshot(document(changed), etag="2"), None)
    assert kept.isValid()
    assert edited.model.node(kept) is edited.model.node(edited.cell("custom_settings", "thresholds", "lick"))
    assert not gone.isValid()
    assert edited.text("trial_count") == "16"
    assert [name for name in rows(edited.model) if name in changed] == list(changed)


def test_that_another_session_starts_anew(qtbot: QtBot, edited: Edited) -> None:
    with qtbot.waitSignal(edited.model.modelReset):
        edited.model.set_state(snapshot(document({"other": 1}), "1_2026-11-23_10-00"), None)
    assert rows(edited.model) == ["PredictiveLauncher", "other"]
    edited.model.set_state(None, None)
    assert rows(edited.model) == []


def test_that_reordered_attributes_are_shown_in_their_new_order(edited: Edited) -> None:
    rows(edited.model)
    turned = dict(reversed(ATTRIBUTES.items()))
    edited.model.set_state(snapshot(document(turned), etag="2"), None)
    assert [name for name in rows(edited.model) if name in turned] == list(turned)


def test_that_a_filter_hides_what_does_not_match_and_gives_it_back(edited: Edited) -> None:
    before = rows(edited.model)
    edited.model.set_filter("LICK")
    assert rows(edited.model) == ["PredictiveLauncher", "custom_settings", "thresholds", "lick"]
    edited.model.set_filter("custom_settings")
    assert "param2" in rows(edited.model)
    edited.model.set_filter("nothing has this")
    assert rows(edited.model) == []
    edited.model.set_filter("")
    assert rows(edited.model) == before


def below(model: StateTreeModel, index: QModelIndex) -> list[str]:
    """The names right below a row."""
    above = index.siblingAtColumn(0)
    model.fetchMore(above)
    return [str(model.index(row, 0, above).data()) for row in range(model.rowCount(above))]


def test_that_many_items_stand_below_headings_of_a_thousand(qapp: object) -> None:
    edited = Edited(
        document({"long": list(range(2 * GROUP + 5)), "names": {f"n{i:04}": i for i in range(1001)}})
    )
    assert below(edited.model, edited.cell("long")) == ["1 … 1,000", "1,001 … 2,000", "2,001 … 2,005"]
    assert below(edited.model, edited.cell("names")) == ["n0000 … n0999", "n1000 … n1000"]
    made = len(edited.model._nodes)
    assert edited.text("long", 2 * GROUP + 4) == str(2 * GROUP + 4)
    assert len(edited.model._nodes) == made + 5  # only the way there is fetched
    heading = edited.cell("long", 2 * GROUP + 4).parent()
    assert heading.parent() == edited.cell("long", column=0)
    assert heading.data(Qt.ItemDataRole.AccessibleTextRole) == "items 2,001 … 2,005"
    assert heading.data(Qt.ItemDataRole.ToolTipRole) == "long › 2,001 … 2,005"
    assert edited.model.marks(edited.model.node(heading)).edited is False  # type: ignore[arg-type]


def test_that_headings_stand_below_headings_where_there_are_a_million(
    qapp: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(state_inside, "GROUP", 10)
    edited = Edited(document({"long": list(range(1234))}))
    assert below(edited.model, edited.cell("long")) == ["1 … 1,000", "1,001 … 1,234"]
    assert below(edited.model, edited.model.index(1, 0, edited.cell("long", column=0))) == [
        "1,001 … 1,100", "1,101 … 1,200", "1,201 … 1,234",
    ]  # fmt: skip
    assert edited.text("long", 1233) == "1233"


def test_that_an_edit_in_a_long_list_refreshes_what_was_edited_and_nothing_else(
    qapp: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    edited = Edited(document({"long": [[index] for index in range(5000)], "other": {"a": [1, 2]}}))
    rows(edited.model)
    told: list[tuple[QModelIndex, QModelIndex]] = []
    edited.model.dataChanged.connect(lambda first, last: told.append((first, last)))
    held: list[Place] = []
    real = Node.put

    def seen(node: Node, part: Part, base: Any) -> None:
        held.append(part.steps)
        real(node, part, base)

    monkeypatch.setattr(Node, "put", seen)
    assert edited.model.setData(edited.cell("long", 4321, 0), "17", EDIT)
    assert edited.text("long", 4321, 0) == "17"
    assert held == [(), ("long",), (4321,), (0,)]  # the launcher, and the way to the item
    assert all(first.row() == last.row() for first, last in told)
    assert marks(edited, "long", 4321).inside


def test_that_a_long_list_that_grows_or_shrinks_keeps_its_headings(qapp: object) -> None:
    edited = Edited(document({"long": list(range(2500))}))
    rows(edited.model)
    kept = QPersistentModelIndex(edited.cell("long", 1500))
    stage(edited, InsertValue(PREDICTIVE, ("long", 0), -1))
    assert edited.text("long", 0) == "-1"
    assert edited.text("long", 2500) == "2499"
    assert kept.isValid()
    assert kept.data() == "1499"
    for _ in range(2):
        stage(edited, RemoveValue(PREDICTIVE, ("long", 0)))
    assert below(edited.model, edited.cell("long")) == ["1 … 1,000", "1,001 … 2,000", "2,001 … 2,499"]
    assert edited.text("long", 2498) == "2499"
    assert edited.model.setData(edited.cell("long"), "[5]", EDIT)
    assert below(edited.model, edited.cell("long")) == ["1"]
    assert not kept.isValid()


def test_that_a_list_that_grows_shows_its_new_items(qapp: object) -> None:
    edited = Edited(document({"steps": [1]}))
    assert edited.text("steps", 0) == "1"
    edited.model.setData(edited.cell("steps"), "[1, 2, 3]", EDIT)
    assert rows(edited.model) == ["PredictiveLauncher", "steps", "1", "2", "3"]
    edited.model.setData(edited.cell("steps"), "[]", EDIT)
    assert rows(edited.model) == ["PredictiveLauncher", "steps"]
    edited.model.setData(edited.cell("steps"), "[7]", EDIT)
    assert edited.text("steps", 0) == "7"


def random_value(chance: random.Random, depth: int = 0) -> Any:
    pick = chance.randrange(8 if depth < 3 else 5)
    if pick < 5:
        return (chance.randrange(3), chance.random(), "text", None, chance.random() < 0.5)[pick]
    items = [random_value(chance, depth + 1) for _ in range(chance.randrange(4))]
    if pick == 5:
        return items
    if pick == 6:
        return {"__type__": "tuple", "value": items}
    return {name: random_value(chance, depth + 1) for name in chance.sample("abcd", chance.randrange(4))}


@pytest.mark.parametrize("group", [state_inside.GROUP, 2])
@pytest.mark.parametrize("seed", range(8))
def test_that_a_life_of_changes_ends_with_the_document(
    qapp: object, seed: int, group: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(state_inside, "GROUP", group)  # with two, there are headings everywhere
    chance = random.Random(seed)
    edited = Edited(document({name: random_value(chance) for name in "abcde"}))
    tester = watched(edited.model)
    for step in range(40):
        edited.model.set_filter(chance.choice(("", "", "a", "text")))
        edited.model.set_filter("")
        rows(edited.model)
        namespace = edited.draft.document.namespaces[0]
        names = sorted(edited.draft.document.namespace(namespace).attributes)
        value = random_value(chance)
        act = chance.randrange(6)
        if act == 0 and names:
            edited.drafts.stage(
                edited.snapshot.directory, SetValue(namespace, (chance.choice(names),), value)
            )
        elif act == 1:
            edited.drafts.undo(edited.snapshot.directory)
        elif act == 2:
            edited.drafts.redo(edited.snapshot.directory)
        elif act == 3:
            kept = chance.sample("abcdefg", chance.randrange(1, 7))
            fresh = document({name: random_value(chance) for name in kept})
            edited.snapshot = snapshot(fresh, etag=str(step))
            edited.drafts.revert(edited.snapshot.directory)
            edited.drafts.open(edited.snapshot)
        elif act == 4 and names:
            index = edited.cell(chance.choice(names))
            edited.model.setData(index, index.data(EDIT), EDIT)
        else:
            with contextlib.suppress(StateError):
                stage(edited, random_edit(chance, edited.draft.document))
        take_back_something(chance, edited)
        for place, value in every_value(edited.draft.document.namespace(PREDICTIVE).attributes):
            index = edited.cell(*place)
            assert index.data(EDIT) == editable_text(value)
            node = edited.model.node(index)
            assert node is not None
            assert same(node.value, value)
    del tester


def random_edit(chance: random.Random, document: Document) -> Edit:
    """One of those that change which rows there are, somewhere."""
    places = [place for place, _ in every_value(document.namespace(PREDICTIVE).attributes)]
    place = chance.choice([*places, ("new",)])
    new = (*place[:-1], chance.choice("abcdefg") if isinstance(place[-1], str) else place[-1])
    edits: tuple[Edit, ...] = (
        RemoveValue(PREDICTIVE, place),
        RenameValue(PREDICTIVE, place, chance.choice("abcdefg")),
        InsertValue(PREDICTIVE, new, random_value(chance), chance.choice("abcdefg")),
        MoveValue(PREDICTIVE, place, chance.randrange(3)),
    )
    return chance.choice(edits)


def take_back_something(chance: random.Random, edited: Edited) -> None:
    """Sometimes, one of the edits that can be; then it is one edit less, or one that is smaller."""
    nodes = [node for node in edited.model._nodes.values() if edited.model.marks(node).can_take_back]
    if nodes and chance.random() < 0.3:
        node = chance.choice(nodes)
        with contextlib.suppress(StateError):
            assert edited.model.take_back(edited.model.index_of(node))


def every_value(attributes: Any) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Every plain place in a document and its value; tagged values as a whole."""
    items: Any = enumerate(attributes) if isinstance(attributes, list) else attributes.items()
    for key, value in items:
        yield (key,), value
        if isinstance(value, list) or (isinstance(value, dict) and "__type__" not in value):
            yield from (((key, *place), inner) for place, inner in every_value(value))


@pytest.mark.parametrize(
    ("typed", "saved", "ends"),
    [("y" * 700 + " old", "y" * 700 + " new", ("old", "new")), ("8" * 900 + "1", int("8" * 900 + "2"), "12")],
)
def test_that_long_values_that_differ_at_their_ends_are_not_shown_alike(
    qapp: object, typed: str, saved: str | int, ends: tuple[str, str]
) -> None:
    edited = Edited(document({"note": saved}))
    assert edited.model.setData(edited.cell("note"), typed)
    for column, end in ((Column.VALUE, ends[0]), (Column.SAVED, ends[1])):
        assert edited.text("note", column=column).endswith(end)
        assert edited.text("note", column=column).startswith("…")
    edited.drafts.undo(edited.snapshot.directory)
    assert edited.text("note").endswith("…")


def test_that_what_is_too_long_for_a_tip_is_told_there_from_where_it_differs(qapp: object) -> None:
    edited = Edited(document({"note": "y" * 3000 + "old"}))
    edited.model.setData(edited.cell("note"), "y" * 3000 + "new")
    for column, end in ((Column.VALUE, "new"), (Column.SAVED, "old")):
        assert end in str(edited.cell("note", column=column).data(Qt.ItemDataRole.ToolTipRole))


def test_that_an_empty_text_is_told_and_stays_empty_where_it_is_edited_or_copied(qapp: object) -> None:
    edited = Edited(document({"note": ""}))
    index = edited.cell("note", column=Column.VALUE)
    node = edited.model.node(index)
    assert node is not None
    assert (index.data(), index.data(Qt.ItemDataRole.EditRole), value_text(node)) == (NO_TEXT, "", "")
    assert Words("empty").match_text("note", node.text)
    assert Words("empty").match("note", "")
