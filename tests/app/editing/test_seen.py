"""Edits while something is to be decided: each lands on the value that was seen, or is refused."""

from __future__ import annotations

import contextlib
from typing import Any, NamedTuple
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.editing.draft import DiskVersion, Draft, value_at
from app.editing.edits import Edit, InsertValue, MoveValue, RemoveValue, RenameValue, SetValue
from app.editing.rebasing import merged as merged_of
from app.editing.seen import WAITS, apart, is_apart, stepped, stepped_back, stepped_by, why_not
from app.models.state.state_texts import Column
from app.models.state.state_tree import StateTreeModel
from persistence.document import ABSENT, Absent, Document, Place
from persistence.errors import Refused, StateError
from persistence.states.diff import Change, diff
from persistence.states.edits import insert_value, set_value
from persistence.states.merge import Merge
from persistence.store import StateFile
from persistence.values.json_text import JSON
from tests.app.drafted import DIRECTORY, NS, document
from tests.app.sitting import COUNT, PHASE, Sitting
from tests.small_rig import NAMESPACE

LIST: Place = ("list",)
COUNTED: tuple[Edit, ...] = (SetValue(NS, ("count",), 150),)


class Desk(NamedTuple):
    """A sitting, and the tree that is shown there."""

    sitting: Sitting
    tree: StateTreeModel
    refused: list[object]

    def row(self, *place: str | int) -> object:
        return self.tree.find(NAMESPACE, place).siblingAtColumn(Column.VALUE).data()

    def items(self) -> object:
        """The list, as it is shown."""
        assert self.tree.draft is not None
        return value_at(self.tree.draft.shown.document, NAMESPACE, LIST)

    def type_in(self, text: str, *place: str | int) -> bool:
        return self.tree.setData(self.tree.find(NAMESPACE, place).siblingAtColumn(Column.VALUE), text)

    def saved(self, *mine: Place) -> JSON:
        """What the list is when mine is kept at these places, and saved."""
        self.sitting.decide(COUNT, *mine, save=True)
        self.sitting.wait_until(lambda: self.sitting.on_disk() == 150)
        return self.sitting.on_disk(LIST)


def waiting(sitting: Sitting, theirs: JSON) -> Desk:
    """The count is disputed; the list, which nobody edited here, was 1, 2, 3 and is `theirs` on the disk."""
    read = sitting.file.read()
    sitting.file.commit(insert_value(read.document, NAMESPACE, LIST, [1, 2, 3]), expected_etag=read.etag)
    desk = Desk(sitting, StateTreeModel(), [])
    desk.tree.edit_requested.connect(sitting.desk.stage)
    desk.tree.edits_requested.connect(sitting.desk.stage_together)
    desk.tree.late_edit_requested.connect(sitting.desk.stage)
    desk.tree.take_back_requested.connect(sitting.desk.take_back)
    desk.tree.edit_refused.connect(desk.refused.append)
    sitting.desk.session_shown.connect(lambda shown: desk.tree.set_state(*shown))
    sitting.look()
    sitting.edit()
    read = sitting.file.read()
    changed = read.document
    for place, value in ((COUNT, 16), (PHASE, "washout"), (LIST, theirs)):
        changed = set_value(changed, NAMESPACE, place, value)
    StateFile(sitting.session, who="bob").commit(changed, expected_etag=read.etag)
    sitting.look()
    assert sitting.draft.outdated
    return desk


@pytest.mark.parametrize(
    ("theirs", "row", "text"), [([9, 1, 2, 3], 0, "90"), ([9, 1, 2, 3], 3, "33"), ([1, 2, 3, 4], 0, "10")]
)
def test_that_an_item_of_a_list_that_is_another_on_disk_waits(
    sitting: Sitting, theirs: list[JSON], row: int, text: str
) -> None:
    desk = waiting(sitting, theirs)
    assert not desk.type_in(text, "list", row)
    assert desk.refused == [f"Not changed. {WAITS}"]
    assert desk.items() == theirs
    assert desk.saved() == theirs


def test_that_an_item_that_stands_elsewhere_is_not_removed_moved_doubled_or_joined(sitting: Sitting) -> None:
    desk, first = waiting(sitting, [9, 1, 2, 3]), ("list", 0)
    edits: tuple[Edit, ...] = (
        RemoveValue(NAMESPACE, first),
        MoveValue(NAMESPACE, first, 1),
        InsertValue(NAMESPACE, ("list", 1), 9),
        InsertValue(NAMESPACE, ("list", 4), 5),
    )
    for edit in edits:
        before = sitting.draft
        desk.tree.ask(edit)
        assert desk.refused.pop() == f"Not changed. {WAITS}"
        sitting.desk.stage(sitting.directory, edit)  # from elsewhere
        assert WAITS.removesuffix(".")[1:] in sitting.messages.pop()
        assert sitting.draft is before
    assert desk.saved() == [9, 1, 2, 3]


def test_that_what_they_changed_can_have_another_name_before_the_decision(sitting: Sitting) -> None:
    desk = waiting(sitting, [9, 1, 2, 3])
    desk.tree.ask(RenameValue(NAMESPACE, PHASE, "stage"))
    assert not desk.refused
    assert value_at(sitting.draft.shown.document, NAMESPACE, ("stage",)) == "washout"
    assert [one for _, one in sitting.draft.disputes] == [COUNT]
    sitting.drafts.undo(sitting.directory)
    assert value_at(sitting.draft.shown.document, NAMESPACE, PHASE) == "washout"


def test_that_several_edits_are_staged_whole_or_not_at_all(sitting: Sitting) -> None:
    desk = waiting(sitting, [9, 1, 2, 3])
    before = sitting.draft
    removed = [RemoveValue(NAMESPACE, place) for place in (PHASE, ("list", 0))]
    desk.tree.ask_together(tuple(removed))
    assert desk.refused.pop() == f"Not changed. {WAITS}"
    sitting.desk.stage_together(sitting.directory, tuple(removed))  # from elsewhere
    assert WAITS.removesuffix(".")[1:] in sitting.messages.pop()
    assert sitting.draft is before
    desk.tree.ask_together((removed[0], RemoveValue(NAMESPACE, LIST)))
    assert (len(sitting.draft.past), desk.items()) == (len(before.past) + 1, ABSENT)
    sitting.drafts.undo(sitting.directory)
    assert sitting.draft.edits == before.edits


def test_that_a_list_that_is_typed_anew_as_a_whole_is_to_be_decided_with_the_rest(sitting: Sitting) -> None:
    desk = waiting(sitting, [9, 1, 2, 3])
    assert desk.type_in("[90, 1, 2, 3]", "list")
    assert desk.items() == [90, 1, 2, 3]
    assert {place for _, place in sitting.draft.disputes} == {COUNT, LIST}
    assert desk.saved(LIST) == [90, 1, 2, 3]


def test_that_a_value_of_theirs_is_typed_over_and_is_to_be_decided_too(sitting: Sitting) -> None:
    desk = waiting(sitting, [1, 2, 3])
    assert desk.type_in("recovery", *PHASE)
    assert (desk.row(*PHASE), desk.refused) == ("recovery", [])
    assert {place for _, place in sitting.draft.disputes} == {COUNT, PHASE}


def test_that_what_a_value_of_theirs_was_before_waits_and_is_not_silently_dropped(sitting: Sitting) -> None:
    desk = waiting(sitting, [1, 2, 3])
    assert desk.row(*PHASE) == "washout"
    assert not desk.type_in("baseline", *PHASE)
    assert desk.refused == [f"Not changed. {WAITS}"]
    assert desk.row(*PHASE) == "washout"
    with pytest.raises(Refused):  # nor is it copied across
        sitting.drafts.apply(sitting.directory, [Change(NAMESPACE, PHASE, "washout", "baseline")])


def test_that_undo_redo_and_discard_lead_through_what_was_seen(sitting: Sitting) -> None:
    desk = waiting(sitting, [9, 1, 2, 3])
    assert desk.type_in("[90, 1, 2, 3]", "list")
    sitting.drafts.undo(sitting.directory)
    assert desk.items() == [9, 1, 2, 3]
    sitting.drafts.redo(sitting.directory)
    assert desk.items() == [90, 1, 2, 3]
    sitting.desk.revert(sitting.directory)
    assert (desk.items(), desk.row(*COUNT), sitting.draft.count) == ([9, 1, 2, 3], "16", 0)


def test_that_an_item_that_is_taken_back_is_what_is_saved_and_no_other_changes() -> None:
    """Theirs is longer by one: that is one list to decide, and mine is shown."""
    mine = facing({"list": [1, 2, 3]}, {"list": [9, 1, 2, 3]}, (SetValue(NS, ("list", 2), 30),))
    assert value_at(mine.shown.document, NS, LIST) == [1, 2, 30]
    back = stepped_back(mine, NS, ("list", 0))
    assert value_at(back.settled().shown.document, NS, LIST) == [9, 2, 30]
    assert value_at(stepped_back(mine, NS, LIST).settled().shown.document, NS, LIST) == [9, 1, 2, 3]


def test_that_an_item_that_only_mine_has_is_taken_back_without_the_rest_of_the_list() -> None:
    """Mine is as long as theirs, and what both began with is shorter."""
    mine = facing({"list": [1]}, {"list": [2, 1]}, (SetValue(NS, LIST, [1, 2]),))
    back = stepped_back(mine, NS, ("list", 1))
    assert value_at(back.settled().shown.document, NS, LIST) == [1, 1]


def test_that_a_name_that_both_have_is_taken_back_without_the_one_that_went_for_it() -> None:
    """For mine that is one change, and beside theirs two: one goes, and the other is another value."""
    edits: tuple[Edit, ...] = (*COUNTED, RenameValue(NS, ("volume",), "new"))
    mine = facing({"count": 15, "volume": 5.5}, {"count": 16, "volume": 5.5, "new": 0}, edits)
    assert {one.place for one in mine.shown.changes} == {("count",), ("volume",), ("new",)}
    for back in (stepped_back(mine, NS, ("new",)), stepped(mine, SetValue(NS, ("new",), 0))):
        seen = back.settled().shown.document
        assert [value_at(seen, NS, (name,)) for name in ("count", "volume", "new")] == [150, ABSENT, 0]
    seen = stepped_back(mine, NS, ("volume",)).settled().shown.document
    assert [value_at(seen, NS, (name,)) for name in ("volume", "new")] == [5.5, 5.5]


def test_that_a_name_in_a_list_is_taken_back_with_its_value() -> None:
    edits: tuple[Edit, ...] = (SetValue(NS, ("list", 1), 3),)
    mine = facing({"list": [{"k": 1}, 2]}, {"list": [{"k": 1}, 4]}, edits)
    named = stepped(mine, RenameValue(NS, ("list", 0, "k"), "m"))
    changed = stepped(named, SetValue(NS, ("list", 0, "m"), 7))
    for draft in (named, changed):
        back = stepped_back(draft, NS, ("list", 0, "m")).settled()
        assert value_at(back.shown.document, NS, LIST) == [{"k": 1}, 3]
        assert [one.place for one in back.shown.changes] == [("list", 1)]


def test_that_what_lies_in_something_that_went_comes_back_with_it_and_nothing_is_no_change() -> None:
    edits: tuple[Edit, ...] = (*COUNTED, RemoveValue(NS, ("map",)), SetValue(NS, ("list",), [1]))
    saved: dict[str, JSON] = {"map": {"k": {"l": 1}}, "list": [1, 2, 3]}
    mine = facing({"count": 15, **saved}, {"count": 16, **saved}, edits)
    for place in (("map", "k", "l"), ("list", 2)):
        back = stepped_back(mine, NS, place).settled().shown.document
        assert value_at(back, NS, place[:1]) == saved[str(place[0])]
    assert stepped_back(mine, NS, ("none",)) is mine


def test_that_no_item_of_a_list_is_where_it_is_shown_where_one_of_them_is_another_on_disk() -> None:
    draft = facing({"count": 15, "list": [1, 2, 3]}, {"count": 16, "list": [1, 5, 3]}, COUNTED)
    found = apart(draft)
    assert [is_apart(found, NS, place) for place in (LIST, ("list", 0), ("list", 1), ("count",))] == [
        False, True, True, False,
    ]  # fmt: skip


def test_that_what_the_older_version_has_not_is_not_changed_from_elsewhere() -> None:
    draft = facing({"count": 15}, {"count": 16, "fresh": {"a": 1}}, COUNTED)
    with pytest.raises(Refused, match="decide first"):
        stepped_by(draft, [Change(NS, ("fresh", "a"), 1, 2)])
    assert why_not(draft, SetValue(NS, ("fresh", "a"), 2)) == WAITS


def test_that_what_only_mine_has_comes_and_goes_and_what_both_have_is_removed() -> None:
    draft = facing({"count": 15, "old": 1}, {"count": 16, "old": 1}, COUNTED)
    added = stepped(draft, InsertValue(NS, ("new",), 1))
    assert value_at(added.settled().shown.document, NS, ("new",)) == 1
    back = stepped_back(added, NS, ("new",)).settled().shown.document
    assert isinstance(value_at(back, NS, ("new",)), Absent)
    removed = stepped(draft, RemoveValue(NS, ("old",)))
    assert isinstance(value_at(removed.settled().shown.document, NS, ("old",)), Absent)


VALUES: st.SearchStrategy[JSON] = st.sampled_from(
    [1, 2, [1], [1, 2], [2, 1, 2], {"a": 1}, {"a": 2, "b": [1]}]
)
STATES = st.dictionaries(st.sampled_from("pqr"), VALUES, min_size=1)
PLACES = st.tuples(st.sampled_from("pqr"), st.sampled_from([(), (0,), (1,), ("a",), ("b",), ("b", 0)])).map(
    lambda parts: (parts[0], *parts[1])
)
EDITS: st.SearchStrategy[Edit] = st.one_of(
    st.builds(SetValue, st.just(NS), PLACES, VALUES),
    st.builds(RemoveValue, st.just(NS), PLACES),
    st.builds(RenameValue, st.just(NS), PLACES, st.sampled_from("abp")),
    st.builds(InsertValue, st.just(NS), PLACES, VALUES),
    st.builds(MoveValue, st.just(NS), PLACES, st.integers(0, 2)),
)


@given(STATES, STATES, EDITS)
def test_that_what_is_staged_is_what_was_made_of_what_was_seen(
    base: dict[str, JSON], theirs: dict[str, JSON], edit: Edit
) -> None:
    count = (SetValue(NS, ("count",), 150),)
    draft = facing({**base, "count": 15}, {**theirs, "count": 16}, count)
    made, refused = None, ""
    try:
        made = stepped(draft, edit)
    except Refused as error:
        refused = f"{error.cause[0].upper()}{error.cause[1:]}."
    except StateError:
        return
    if made is not None:
        assert not diff(edit.apply(draft.shown.document), made.settled().shown.document)
        assert not why_not(draft, edit)
    elif refused == WAITS and not isinstance(edit, SetValue):  # one that changes nothing is asked of nobody
        assert why_not(draft, edit) == WAITS


@given(STATES, STATES, st.lists(EDITS, max_size=5), EDITS)
def test_that_whether_an_edit_waits_is_seen_from_the_attributes_that_it_touches_alone(
    base: dict[str, JSON], theirs: dict[str, JSON], edits: list[Edit], edit: Edit
) -> None:
    made = Draft(DIRECTORY, document(**{**base, "count": 15}), "e1", COUNTED)
    for one in edits:
        with contextlib.suppress(StateError):
            made = made.step((*made.edits, one))
    draft = made.facing(DiskVersion(document(**{**theirs, "count": 16}), "e2"))
    found = why_not(draft, edit)
    with mock.patch("app.editing.seen._around", lambda draft, _edit: draft):
        assert found == why_not(draft, edit)


def test_that_whether_an_edit_waits_does_not_cost_more_where_others_are_edited(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    many = {f"a{number}": number for number in range(200)}
    edits = tuple(SetValue(NS, (name,), -1) for name in many)
    theirs: dict[str, JSON] = dict.fromkeys(many, -2)
    draft = facing({**many}, theirs, edits)
    assert len(draft.disputes) == 200
    seen: list[Document] = []

    def merged(base: Document, *given: Any) -> Merge:
        seen.append(base)
        return merged_of(base, *given)

    monkeypatch.setattr("app.editing.draft.merged", merged)
    assert not why_not(draft, SetValue(NS, ("a7",), 3))
    assert seen
    assert {len(one.namespace(NS).attributes) for one in seen} == {1}


def facing(base: dict[str, JSON], theirs: dict[str, JSON], edits: tuple[Edit, ...]) -> Draft:
    """A draft that waits for a decision."""
    draft = Draft(DIRECTORY, document(**base), "e1", edits).facing(DiskVersion(document(**theirs), "e2"))
    assert draft.outdated
    return draft
