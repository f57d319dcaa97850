"""Steps put onto another version: each for itself, looking at what they touch and nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import pytest

from app.editing.edits import Edits, MoveValue, PutLauncher, RemoveValue, RenameValue, SetValue
from app.editing.rebasing import EditSteps, are_disputed, narrowed, put_onto, with_edits
from persistence.document import Document
from persistence.errors import NoSuchAttribute
from persistence.states.diff import diff
from persistence.states.edits import without_namespaces
from persistence.values.json_text import JSON
from tests.app.drafted import NS, document, edit

BASE = document(count=15, phase="baseline", steps=[1, 2, 3], other=0)


def said(theirs: Document, edits: Edits) -> dict[str, JSON]:
    return dict(with_edits(theirs, edits).namespace(NS).attributes)


def test_that_only_attributes_that_are_touched_are_looked_at() -> None:
    steps = [(edit("count", 1), RenameValue(NS, ("phase",), "stage")), (MoveValue(NS, ("steps", 0), 2),)]
    theirs = document(count=15, new=1, stage="x")
    base, narrow = narrowed(steps, BASE, theirs)
    assert list(base.namespace(NS).attributes) == ["count", "phase", "steps"]
    assert list(narrow.namespace(NS).attributes) == ["count", "stage"]


def test_that_whole_launchers_are_looked_at_whole() -> None:
    gone = without_namespaces(BASE, None)
    assert narrowed([(edit("count", 1),)], BASE, gone) == (BASE, gone)
    put = PutLauncher(NS, {"attributes": {"a": 1}})
    assert narrowed([(put,)], gone, gone) == (gone, gone)


@pytest.mark.parametrize(
    ("edits", "disputed"),
    [
        ((edit("count", 150),), True),
        ((edit("count", 16),), False),
        ((edit("phase", "mine"),), False),
        ((RemoveValue(NS, ("count",)),), True),
        ((RenameValue(NS, ("count",), "trials"),), False),
        ((RenameValue(NS, ("count",), "trials"), edit("trials", 16)), False),
        ((RenameValue(NS, ("count",), "trials"), edit("trials", 150)), True),
        ((RenameValue(NS, ("count",), "trials"), edit("count", 3)), True),
        ((), False),
    ],
)
def test_that_only_what_both_changed_to_something_else_is_disputed(edits: Edits, disputed: bool) -> None:
    theirs = document(count=16, phase="baseline", steps=[1, 2, 3], other=9)
    assert are_disputed(edits, BASE, theirs) is disputed


def test_that_what_they_changed_in_a_list_lands_on_no_item_that_was_moved_to_its_place() -> None:
    ports: list[JSON] = [{"port": 1, "count": 0}, {"port": 2, "count": 0}]
    base = document(ports=ports, pair={"__type__": "tuple", "value": ports})
    for place in (("ports",), ("pair", "value")):
        edits: Edits = (MoveValue(NS, (*place, 1), 0),)
        theirs = SetValue(NS, (*place, 0, "count"), 7).apply(base)
        same_again = edits[0].apply(base)
        assert are_disputed(edits, base, theirs)
        assert not are_disputed(edits, base, same_again)
        found = put_onto(EditSteps(edits, past=((),)), base, theirs)
        assert not diff(with_edits(theirs, found.now), same_again)  # mine, all of it
        assert not diff(with_edits(theirs, found.past[0]), theirs)
    mine: Edits = (MoveValue(NS, ("ports", 1), 0),)
    beside = SetValue(NS, ("pair", "value", 0), 5).apply(base)
    assert not are_disputed(mine, base, beside)


def test_that_each_step_keeps_what_they_changed() -> None:
    one, two = edit("count", 1), edit("phase", "mine")
    steps = EditSteps((one, two), past=((), (one,)), future=((one, two, edit("other", 5)),))
    theirs = document(count=15, phase="baseline", steps=[9], other=0)
    found = put_onto(steps, BASE, theirs)
    assert [said(theirs, edits) for edits in (*found.past, found.now, *found.future)] == [
        {"count": 15, "phase": "baseline", "steps": [9], "other": 0},
        {"count": 1, "phase": "baseline", "steps": [9], "other": 0},
        {"count": 1, "phase": "mine", "steps": [9], "other": 0},
        {"count": 1, "phase": "mine", "steps": [9], "other": 5},
    ]


def test_that_steps_stay_as_they_are_over_a_version_with_the_same_below_them() -> None:
    counted, typed, moved = edit("count", 1), edit("count", 2), MoveValue(NS, ("steps", 0), 1)
    steps = EditSteps((counted, typed, moved), past=((), (counted,), (counted, typed)), future=((typed,),))
    theirs = document(count=15, phase="theirs", steps=[1, 2, 3], other=0)
    found = put_onto(steps, BASE, theirs)
    assert found == steps
    again = replace(steps, past=((), (counted,), (counted,), (counted, typed)))
    assert put_onto(again, BASE, theirs) == steps  # but for what leads nowhere


def test_that_of_a_dispute_mine_is_an_edit_of_what_they_say() -> None:
    theirs = document(count=16, phase="baseline")
    found = put_onto(EditSteps((edit("count", 150),), past=((),)), BASE, theirs)
    assert found == EditSteps((edit("count", 150),), past=((),))


@pytest.mark.parametrize("taken", [{"count": 16, "trials": 1}, {"trials": 16}, {}])
def test_that_a_name_that_they_cannot_have_is_told_apart_as_before(taken: dict[str, JSON]) -> None:
    """They have another value of that name, or none of the old one."""
    edits: Edits = (RenameValue(NS, ("count",), "trials"),)
    theirs = document(**taken)
    found = put_onto(EditSteps(edits, past=((),)), document(count=15), theirs)
    assert said(theirs, found.now) == {"trials": 15}
    assert not found.past or said(theirs, found.past[0]) == taken


def test_that_what_they_changed_inside_a_renamed_value_is_found_under_its_name() -> None:
    base, theirs = (document(box={"x": 1, "y": y, "z": 3}) for y in (2, 20))
    edits: Edits = (
        RenameValue(NS, ("box", "x"), "w"),
        RenameValue(NS, ("box",), "case"),
        SetValue(NS, ("case", "z"), 30),
    )
    assert not are_disputed(edits, base, theirs)
    found = put_onto(EditSteps(edits, past=((),)), base, theirs)
    assert said(theirs, found.now) == {"case": {"w": 1, "y": 20, "z": 30}}
    assert [type(one) for one in found.now] == [RenameValue, RenameValue, SetValue]


def test_that_what_goes_beside_each_other_is_taken_out_one_after_another() -> None:
    steps = [RemoveValue(NS, ("steps", index)) for index in (0, 1)]
    assert said(BASE, (*steps, RemoveValue(NS, ("other",)), RemoveValue(NS, ("count",)))) == {
        "phase": "baseline", "steps": [2],
    }  # fmt: skip
    with pytest.raises(NoSuchAttribute, match="steps/2: steps has 2 items"):
        said(BASE, (steps[0], RemoveValue(NS, ("steps", 2))))
    assert said(BASE, ())["steps"] == [1, 2, 3]


def test_that_nobody_waits_until_many_rows_of_a_list_go_or_are_set(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    long = document(trace=[0.5] * 20_000)
    made: list[object] = []

    def counted(tree: dict[str, JSON]) -> Document:
        made.append(tree)
        return Document(tree)

    monkeypatch.setattr("persistence.states.edits.Document", counted)
    rows = tuple(RemoveValue(NS, ("trace", index)) for index in range(999, -1, -1))
    assert len(cast(list[JSON], said(long, rows)["trace"])) == 19_000
    assert len(made) == 1
    others = tuple(SetValue(NS, ("trace", index), index) for index in range(1000))
    assert cast(list[JSON], said(long, others)["trace"])[:1001] == [*range(1000), 0.5]
    assert len(made) == 2
