"""What is done to rows: the edit that it is, and the reason where there is none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from app.editing.edits import Edit, InsertValue, MoveValue, RemoveValue, RenameValue, SetValue
from app.models.state.new_rows import Opening, added_here, openings, why_there
from app.models.state.row_edits import (
    CannotBeDone,
    can_move,
    duplicate,
    moved,
    name_text,
    removal,
    renamed,
    why_fixed,
)
from app.models.state.state_nodes import Node
from persistence.states.edits import get_value
from persistence.values.json_text import JSON
from persistence.values.sameness import same
from tests.samples import ATTRIBUTES, PREDICTIVE, Edited, document

PAIRS: JSON = {"__type__": "dict", "value": [[1, 0.5], [2, 0.25]]}


@pytest.fixture
def edited(qapp: object) -> Edited:
    return Edited(document({**ATTRIBUTES, "frame": {"__type__": "camera", "value": 1}}))


def node(edited: Edited, *place: str | int) -> Node:
    found = edited.model.node(edited.cell(*place))
    assert found is not None
    return found


def outcome(edited: Edited, edit: Edit | None) -> Any:
    """All attributes after an edit."""
    assert edit is not None
    return get_value(edit.apply(edited.draft.document), PREDICTIVE, ())


# --- removing, copying, moving ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "whole"),
    [
        (("trial_count",), ("trial_count",)),
        (("custom_settings", "param2"), ("custom_settings", "param2")),
        (("laser_steps_mw", 1), ("laser_steps_mw", 1)),
        (("block", "value", 1), ("block", "value", 1)),
        (("gains", "value", 0, 1), ("gains", "value", 0)),
        (("frame",), ("frame",)),
    ],
)
def test_that_a_row_is_removed_as_a_whole(
    edited: Edited, place: tuple[str | int, ...], whole: tuple[str | int, ...]
) -> None:
    assert removal(node(edited, *place)) == RemoveValue(PREDICTIVE, whole)


def test_that_a_copy_stands_right_behind_under_a_free_name(edited: Edited) -> None:
    assert duplicate(node(edited, "trial_count")) == InsertValue(
        PREDICTIVE, ("trial_count_copy",), 15, "reward_volume_ul"
    )
    edited.drafts.stage(edited.snapshot.directory, duplicate(node(edited, "trial_count")))
    assert duplicate(node(edited, "trial_count")).place == ("trial_count_copy_2",)
    last = duplicate(node(edited, "custom_settings", "thresholds"))
    assert list(outcome(edited, last)["custom_settings"]) == [
        "param1", "param2", "thresholds", "thresholds_copy",
    ]  # fmt: skip


def test_that_a_copy_of_an_item_comes_behind_it(edited: Edited) -> None:
    assert outcome(edited, duplicate(node(edited, "laser_steps_mw", 0)))["laser_steps_mw"] == [
        0.5, 0.5, 1.0, 2.0, 4.0,
    ]  # fmt: skip
    assert outcome(edited, duplicate(node(edited, "block", "value", 2)))["block"]["value"] == [
        1, "two", None, None,
    ]  # fmt: skip


def test_that_items_move_within_their_list(edited: Edited) -> None:
    assert moved(node(edited, "laser_steps_mw", 1), -1) == MoveValue(PREDICTIVE, ("laser_steps_mw", 1), 0)
    assert moved(node(edited, "block", "value", 0), 1).to == 1
    assert [can_move(node(edited, "laser_steps_mw", at), -1) for at in (0, 1, 3)] == [False, True, True]
    assert [can_move(node(edited, "laser_steps_mw", at), 1) for at in (0, 3)] == [True, False]
    assert not can_move(node(edited, "trial_count"), 1)
    assert not can_move(node(edited, "channels", "value", 0), 1)


@pytest.mark.parametrize(
    ("act", "place", "reason"),
    [
        (removal, (), "Select an attribute"),
        (removal, ("channels", "value", 0), "set"),
        (duplicate, ("gains", "value", 0, 1), "once"),
        (duplicate, ("channels", "value", 0), "set"),
        (lambda row: moved(row, 1), ("trial_count",), "items of a list"),
        (lambda row: moved(row, -1), ("laser_steps_mw", 0), "first"),
        (lambda row: moved(row, 1), ("laser_steps_mw", 3), "last"),
        (lambda row: renamed(row, "x"), ("laser_steps_mw", 0), "no name"),
        (lambda row: renamed(row, ""), ("trial_count",), "Type a name"),
        (lambda row: renamed(row, "opto_note"), ("trial_count",), "already"),
        (lambda row: renamed(row, "__type__"), ("custom_settings", "param1"), "__type__"),
        (lambda row: renamed(row, "2"), ("gains", "value", 0, 1), "already"),
        (lambda row: renamed(row, "x"), ("gains", "value", 0, 1), "whole number"),
    ],
)
def test_that_what_cannot_be_done_is_told(
    edited: Edited, act: Callable[[Node], object], place: tuple[str | int, ...], reason: str
) -> None:
    with pytest.raises(CannotBeDone, match=reason):
        act(node(edited, *place))


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        ((), "no value of its own"),
        (("frame",), "cannot be typed"),
        (("channels", "value", 0), "edit the set itself"),
        (("trial_count",), ""),
        (("channels",), ""),
    ],
)
def test_that_it_is_told_why_a_value_is_fixed(
    edited: Edited, place: tuple[str | int, ...], reason: str
) -> None:
    assert reason in why_fixed(node(edited, *place))
    assert bool(why_fixed(node(edited, *place))) == bool(reason)


def test_that_nothing_is_done_to_what_was_removed(edited: Edited) -> None:
    edited.drafts.stage(edited.snapshot.directory, RemoveValue(PREDICTIVE, ("trial_count",)))
    for act in (removal, duplicate, lambda row: renamed(row, "x")):
        with pytest.raises(CannotBeDone, match="removed already"):
            act(node(edited, "trial_count"))
    assert openings(node(edited, "trial_count")) == ()
    assert "removed already" in why_fixed(node(edited, "trial_count"))


# --- names --------------------------------------------------------------------------------------------------


def test_that_a_name_is_typed_as_text_and_a_key_as_what_it_is(edited: Edited) -> None:
    assert name_text(node(edited, "trial_count")) == "trial_count"
    assert renamed(node(edited, "trial_count"), "trials") == RenameValue(
        PREDICTIVE, ("trial_count",), "trials"
    )
    assert name_text(node(edited, "gains", "value", 1, 1)) == "2"
    assert renamed(node(edited, "gains", "value", 1, 1), "7") == SetValue(
        PREDICTIVE, ("gains", "value", 1, 0), 7
    )


@pytest.mark.parametrize("name", ["a", "two\nlines", 'quoted "x"', "\u202e", "\ud800", ""])
def test_that_the_name_an_editor_opens_with_is_no_change(qapp: object, name: str) -> None:
    edited = Edited(document({name: 1, "other": 2}))
    row = node(edited, name)
    assert renamed(row, name_text(row)) is None


# --- adding -------------------------------------------------------------------------------------------------


def added(edited: Edited, opening: Opening, name: str, value: JSON) -> Any:
    return outcome(edited, opening.insertion(name, value))


def test_that_a_launcher_takes_new_attributes_at_its_end(edited: Edited) -> None:
    (opening,) = openings(node(edited))
    assert (opening.words, opening.what, opening.named) == ("in PredictiveLauncher", "attribute", True)
    assert list(added(edited, opening, "fresh", None))[-1] == "fresh"


def test_that_an_attribute_has_a_place_behind_it(edited: Edited) -> None:
    (opening,) = openings(node(edited, "trial_count"))
    assert (opening.words, opening.deed) == ("as a new attribute, after trial_count", "Add attribute")
    assert list(added(edited, opening, "fresh", 1))[1:4] == ["trial_count", "fresh", "reward_volume_ul"]
    (last,) = openings(node(edited, "frame"))
    assert list(added(edited, last, "fresh", 1))[-1] == "fresh"


def test_that_a_container_has_a_place_inside_first(edited: Edited) -> None:
    inside, behind = openings(node(edited, "custom_settings"))
    assert (inside.words, inside.deed) == ("into custom_settings", "Add into custom_settings")
    assert behind.words == "as a new attribute, after custom_settings"
    assert added(edited, inside, "param3", True)["custom_settings"]["param3"] is True
    assert behind.what == "attribute"


@pytest.mark.parametrize(
    ("place", "opened", "first", "why"),
    [
        (("custom_settings",), True, "into custom_settings", "stands open, so what is new goes into it"),
        (("custom_settings",), False, "as a new attribute, after", "is closed, so what is new goes after it"),
        (("custom_settings", "thresholds"), False, "after thresholds", "thresholds is closed"),
        (("laser_steps_mw",), False, "as a new attribute, after laser", "laser_steps_mw is closed"),
        (("block",), True, "into block", "block stands open"),
        (("gains",), False, "as a new attribute, after gains", "gains is closed"),
        (("none",), False, "into none", "none is empty, so what is new goes into it"),
        (("laser_steps_mw", 0), False, "after item 1", ""),
        (("channels",), False, "as a new attribute, after channels", ""),
        ((), False, "in PredictiveLauncher", ""),
    ],
)
def test_that_what_is_new_is_expected_in_the_line_below_the_row(
    qapp: object, place: tuple[str | int, ...], opened: bool, first: str, why: str
) -> None:
    row = node(Edited(document({**ATTRIBUTES, "none": {}})), *place)
    found = openings(row, opened)
    assert found[0].words.startswith(first)
    assert added_here(row, opened) == found[0].what
    said = why_there(row, found, opened)
    assert why in said
    assert bool(said) == bool(why)


def test_that_a_list_takes_an_item_without_a_name(edited: Edited) -> None:
    inside, _ = openings(node(edited, "laser_steps_mw"))
    assert not inside.named
    assert inside.like == 4.0
    assert added(edited, inside, "", 8.0)["laser_steps_mw"] == [0.5, 1.0, 2.0, 4.0, 8.0]
    behind, attribute = openings(node(edited, "laser_steps_mw", 0))
    assert (behind.words, behind.deed) == ("after item 1", "Add after item 1")
    assert attribute.words == "as a new attribute, after laser_steps_mw"
    assert "fresh" in added(edited, attribute, "fresh", 1)
    assert added(edited, behind, "", 0.7)["laser_steps_mw"] == [0.5, 0.7, 1.0, 2.0, 4.0]
    inside, _ = openings(node(edited, "block"))
    assert added(edited, inside, "", 5)["block"]["value"] == [1, "two", None, 5]


def test_that_a_mapping_with_other_keys_takes_a_key_of_their_type(edited: Edited) -> None:
    inside, _ = openings(node(edited, "gains"))
    edit = inside.insertion("3", 0.125)
    assert same(outcome(edited, edit)["gains"]["value"], [[1, 0.5], [2, 0.25], [3, 0.125]])
    assert inside.value_place(edit) == ("gains", "value", 2, 1)
    assert "already" in inside.key_problem("2")
    assert "whole number" in inside.key_problem("x")
    behind, _ = openings(node(edited, "gains", "value", 0, 1))
    assert [pair[0] for pair in added(edited, behind, "3", 1)["gains"]["value"]] == [1, 3, 2]


def test_that_a_set_takes_nothing_by_item(edited: Edited) -> None:
    (behind,) = openings(node(edited, "channels"))
    assert behind.words == "as a new attribute, after channels"
    assert openings(node(edited, "channels", "value", 0)) == ()


@pytest.mark.parametrize(
    ("name", "warned"),
    [
        ("fresh", ""),
        ("_hidden", "underscore"),
        ("two words", "letters, digits"),
        ("class", "a word of Python"),
    ],
)
def test_that_a_name_that_no_launcher_restores_is_warned_of(edited: Edited, name: str, warned: str) -> None:
    (opening,) = openings(node(edited))
    assert opening.key_problem(name) == ""
    assert warned in opening.warning(name)
    assert bool(opening.warning(name)) == bool(warned)
    inside, _ = openings(node(edited, "custom_settings"))
    assert inside.warning(name) == ""


def test_that_a_name_that_is_taken_is_refused(edited: Edited) -> None:
    (opening,) = openings(node(edited))
    assert opening.key_problem("trial_count") == "There is already a trial_count here."
    with pytest.raises(CannotBeDone):
        opening.insertion("trial_count", 1)


def test_that_a_heading_over_many_items_stands_for_its_list(qapp: object) -> None:
    edited = Edited(document({"long": list(range(2500))}))
    item = node(edited, "long", 1500)
    heading = item.under
    assert heading is not None
    assert heading.span is not None
    inside, _ = openings(heading)
    assert inside.index == 2500
    for act in (removal, duplicate, lambda row: renamed(row, "x"), lambda row: moved(row, 1)):
        with pytest.raises(CannotBeDone, match="Select an attribute"):
            act(heading)
    assert moved(item, 1) == MoveValue(PREDICTIVE, ("long", 1500), 1501)
    assert can_move(node(edited, "long", 2499), -1)
    assert not can_move(node(edited, "long", 2499), 1)
