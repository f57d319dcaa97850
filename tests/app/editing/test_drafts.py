"""Drafts: edits staged, undone and taken back; what happens when the file changes underneath."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from app.editing.draft import Draft
from app.editing.drafts import Drafts
from app.editing.edits import Edits, RemoveValue, RenameValue, SetValue
from app.editing.rebasing import merged
from app.snapshot import SessionSnapshot
from persistence.document import Document
from persistence.errors import StateError
from persistence.states.diff import diff
from persistence.states.edits import get_value
from persistence.states.merge import Merge
from persistence.values.json_text import JSON
from tests.app.drafted import (
    COUNT,
    DIRECTORY,
    NS,
    PHASE,
    attributes,
    document,
    draft_of,
    edit,
    snapshot,
    value,
)


@pytest.fixture
def drafts(qtbot: QtBot) -> Drafts:
    """One open session with two attributes."""
    made = Drafts()
    made.open(snapshot(count=15, phase="baseline"))
    return made


def test_that_an_edit_is_staged_and_told(drafts: Drafts, qtbot: QtBot) -> None:
    with qtbot.waitSignal(drafts.draft_changed) as told:
        drafts.stage(DIRECTORY, edit("count", 150))
    assert told.args == [DIRECTORY]
    assert value(drafts, "count") == 150
    assert [(change.place, change.before, change.after) for change in draft_of(drafts).changes] == [
        (("count",), 15, 150)
    ]
    assert get_value(draft_of(drafts).base, NS, ("count",)) == 15


def test_that_an_edit_back_to_the_base_is_no_change_and_can_be_undone(drafts: Drafts) -> None:
    drafts.stage(DIRECTORY, edit("count", 150))
    drafts.stage(DIRECTORY, edit("count", 15))
    assert draft_of(drafts).count == 0
    drafts.undo(DIRECTORY)
    assert value(drafts, "count") == 150


def test_that_true_is_not_one(drafts: Drafts) -> None:
    drafts.stage(DIRECTORY, edit("count", 15.0))
    assert draft_of(drafts).count == 1


def test_that_an_edit_that_does_not_fit_stages_nothing(drafts: Drafts) -> None:
    with pytest.raises(StateError):
        drafts.stage(DIRECTORY, SetValue(NS, ("nothing", "here"), 1))
    assert not draft_of(drafts).can_undo


def test_that_taking_back_one_value_leaves_the_others(drafts: Drafts) -> None:
    drafts.stage(DIRECTORY, edit("count", 150))
    drafts.stage(DIRECTORY, edit("phase", "washout"))
    drafts.take_back(DIRECTORY, NS, ("count",))
    assert [change.place for change in draft_of(drafts).changes] == [("phase",)]


def test_that_discarding_is_one_step_that_can_be_undone(drafts: Drafts) -> None:
    drafts.stage(DIRECTORY, edit("count", 150))
    drafts.stage(DIRECTORY, edit("phase", "washout"))
    drafts.revert(DIRECTORY)
    assert draft_of(drafts).count == 0
    drafts.undo(DIRECTORY)
    assert draft_of(drafts).count == 2
    drafts.redo(DIRECTORY)
    assert draft_of(drafts).count == 0


VALUES: tuple[JSON, ...] = (1, True, "x", None)
WISHES = st.tuples(
    st.sampled_from(["count", "phase", "new", "undo", "redo", "revert"]), st.sampled_from(VALUES)
)


@given(st.lists(WISHES, max_size=20))
def test_that_undo_and_redo_walk_the_steps_of_a_plain_model(wishes: list[tuple[str, JSON]]) -> None:
    base: dict[str, JSON] = {"count": 15, "phase": "baseline"}
    drafts = Drafts()
    drafts.open(SessionSnapshot(DIRECTORY, document(**base), "e1", 10, 1, None))
    states, at = [base], 0
    for wish, new in wishes:
        if wish == "undo":
            drafts.undo(DIRECTORY)
            at = max(0, at - 1)
        elif wish == "redo":
            drafts.redo(DIRECTORY)
            at = min(len(states) - 1, at + 1)
        else:
            after = base if wish == "revert" else {**states[at], wish: new}
            if wish == "revert":
                drafts.revert(DIRECTORY)
            else:
                drafts.stage(DIRECTORY, edit(wish, new))
            states, at = [*states[: at + 1], after], at + 1
        found = draft_of(drafts).document.namespace(NS).attributes
        assert repr(sorted(found.items())) == repr(sorted(states[at].items()))
    assert draft_of(drafts).can_undo == (at > 0)
    assert draft_of(drafts).can_redo == (at < len(states) - 1)


def test_that_a_new_version_on_disk_is_the_new_base_where_nothing_is_staged(drafts: Drafts) -> None:
    drafts.open(snapshot("e2", count=16, phase="baseline"))
    assert (draft_of(drafts).base_etag, value(drafts, "count")) == ("e2", 16)


def test_that_the_same_version_read_again_is_silence(drafts: Drafts, qtbot: QtBot) -> None:
    drafts.stage(DIRECTORY, edit("count", 150))
    with qtbot.assertNotEmitted(drafts.draft_changed):
        drafts.open(snapshot(count=15, phase="baseline"))


def test_that_a_saved_draft_is_the_new_base(drafts: Drafts) -> None:
    drafts.stage(DIRECTORY, edit("count", 150))
    drafts.saved(snapshot("e2", count=150, phase="baseline"), draft_of(drafts).document, "e2")
    assert (draft_of(drafts).count, draft_of(drafts).can_undo, draft_of(drafts).base_etag) == (0, False, "e2")


def test_that_an_edit_staged_while_it_was_being_saved_is_kept(drafts: Drafts) -> None:
    drafts.stage(DIRECTORY, edit("count", 150))
    being_saved = draft_of(drafts).document
    drafts.stage(DIRECTORY, edit("phase", "washout"))
    drafts.saved(snapshot("e2", count=150, phase="baseline"), being_saved, "e2")
    assert [change.place for change in draft_of(drafts).changes] == [("phase",)]


def test_that_a_session_without_a_state_has_no_draft_unless_edits_were_staged(
    drafts: Drafts, qtbot: QtBot
) -> None:
    gone = replace(snapshot("e2"), document=None)
    drafts.stage(DIRECTORY, edit("count", 150))
    drafts.open(gone)
    assert draft_of(drafts).outdated
    drafts.revert(DIRECTORY)
    drafts.open(gone)
    assert (draft_of(drafts).count, draft_of(drafts).can_undo) == (0, True)
    drafts.undo(DIRECTORY)
    drafts.undo(DIRECTORY)
    drafts.open(snapshot("e3", count=15, phase="washout"))
    drafts.redo(DIRECTORY)
    assert (value(drafts, "count"), value(drafts, "phase")) == (150, "washout")
    untouched = Drafts()
    untouched.open(snapshot(count=15))
    untouched.open(gone)
    assert untouched.get(DIRECTORY) is None


def test_that_newer_edits_are_not_replaced_by_those_of_an_earlier_time(drafts: Drafts) -> None:
    drafts.stage(DIRECTORY, edit("count", 1))
    drafts.restore([Draft(DIRECTORY, document(count=15), "e1", (edit("count", 150),))])
    assert value(drafts, "count") == 1


def test_that_what_is_shown_stays_when_steps_were_undone_while_it_was_being_saved(drafts: Drafts) -> None:
    drafts.stage(DIRECTORY, edit("count", 150))
    drafts.stage(DIRECTORY, edit("phase", "washout"))
    saved = draft_of(drafts).document
    drafts.undo(DIRECTORY)
    drafts.undo(DIRECTORY)
    drafts.stage(DIRECTORY, edit("count", 151))
    drafts.saved(replace(snapshot("e2"), document=saved), saved, "e2")
    assert (value(drafts, "count"), value(drafts, "phase")) == (151, "baseline")
    assert draft_of(drafts).count == 2


def test_that_taking_the_only_edit_back_while_it_is_being_saved_is_an_edit(drafts: Drafts) -> None:
    drafts.stage(DIRECTORY, edit("count", 150))
    saved = draft_of(drafts).document
    drafts.undo(DIRECTORY)
    drafts.saved(replace(snapshot("e2"), document=saved), saved, "e2")
    assert value(drafts, "count") == 15
    assert [(change.before, change.after) for change in draft_of(drafts).changes] == [(150, 15)]


def test_that_a_session_that_is_gone_right_after_a_save_has_no_edits_left(
    drafts: Drafts, qtbot: QtBot
) -> None:
    drafts.stage(DIRECTORY, edit("count", 150))
    saved = draft_of(drafts).document
    with qtbot.waitSignal(drafts.draft_changed):
        drafts.saved(replace(snapshot("absent"), document=None), saved, "e2")
    assert drafts.get(DIRECTORY) is None


def test_that_a_removal_is_an_edit_like_any_other(drafts: Drafts) -> None:
    drafts.stage(DIRECTORY, RemoveValue(NS, ("phase",)))
    assert attributes(draft_of(drafts)) == {"count": 15}
    drafts.undo(DIRECTORY)
    assert draft_of(drafts).count == 0


def test_that_a_removal_and_a_new_name_outlive_a_save_that_was_under_way(drafts: Drafts) -> None:
    drafts.stage(DIRECTORY, edit("count", 150))
    being_saved = draft_of(drafts).document
    drafts.stage(DIRECTORY, RemoveValue(NS, ("phase",)))
    drafts.stage(DIRECTORY, RenameValue(NS, ("count",), "trials"))
    drafts.saved(snapshot("e2", count=150, phase="baseline"), being_saved, "e2")
    assert attributes(draft_of(drafts)) == {"trials": 150}
    assert draft_of(drafts).base_etag == "e2"


def test_that_a_removal_and_an_addition_can_be_taken_back(drafts: Drafts) -> None:
    drafts.stage(DIRECTORY, RemoveValue(NS, ("count",)))
    drafts.stage(DIRECTORY, edit("new", [1]))
    drafts.take_back(DIRECTORY, NS, ("count",))
    assert list(attributes(draft_of(drafts))) == ["count", "phase", "new"]
    drafts.take_back(DIRECTORY, NS, ("new",))
    assert draft_of(drafts).count == 0
    drafts.undo(DIRECTORY)
    assert draft_of(drafts).count == 1


def test_that_what_lies_in_something_removed_comes_back_with_it(qtbot: QtBot) -> None:
    drafts = Drafts()
    drafts.open(snapshot(settings={"a": {"b": 1}, "c": 2}))
    drafts.stage(DIRECTORY, RemoveValue(NS, ("settings", "a")))
    drafts.take_back(DIRECTORY, NS, ("settings", "a", "b"))
    assert draft_of(drafts).count == 0


def test_that_taking_back_what_never_was_changes_nothing(drafts: Drafts, qtbot: QtBot) -> None:
    drafts.take_back(DIRECTORY, NS, ("nothing",))
    assert not draft_of(drafts).can_undo


def test_that_edits_nobody_else_touched_go_onto_a_new_version_by_themselves(drafts: Drafts) -> None:
    drafts.stage(DIRECTORY, edit("count", 150))
    theirs = drafts.open(snapshot("e2", count=15, phase="washout"))
    assert [change.place for change in theirs] == [("phase",)]
    assert (draft_of(drafts).base_etag, draft_of(drafts).outdated) == ("e2", False)
    assert (value(drafts, "count"), value(drafts, "phase")) == (150, "washout")
    drafts.undo(DIRECTORY)
    assert (value(drafts, "count"), value(drafts, "phase")) == (15, "washout")


def test_that_what_the_other_side_changed_is_told_without_one_merge_more(
    drafts: Drafts, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafts.stage(DIRECTORY, edit("count", 150))
    made: list[Document] = []

    def counted(base: Document, edits: Edits, mine: Document, theirs: Document, *told: Any) -> Merge:
        made.append(theirs)
        return merged(base, edits, mine, theirs, *told)

    monkeypatch.setattr("app.editing.draft.merged", counted)
    assert drafts.open(snapshot("e2", count=15, phase="washout"))
    assert made == []


def test_that_a_place_that_both_changed_waits_for_a_decision(drafts: Drafts) -> None:
    drafts.stage(DIRECTORY, edit("count", 150))
    assert drafts.open(snapshot("e2", count=16, phase="baseline")) == ()
    draft = draft_of(drafts)
    assert (draft.base_etag, value(drafts, "count"), draft.outdated) == ("e1", 150, True)
    assert draft.merged is not None
    assert [(one.place, one.theirs) for one in draft.merged.conflicts] == [(("count",), 16)]


def test_that_the_old_version_on_disk_again_ends_the_question(drafts: Drafts) -> None:
    drafts.stage(DIRECTORY, edit("count", 150))
    drafts.open(snapshot("e2", count=16, phase="baseline"))
    drafts.open(snapshot("e1", count=15, phase="baseline"))
    assert not draft_of(drafts).outdated


def test_that_undoing_the_edit_in_question_ends_the_question_and_redo_asks_it_again(drafts: Drafts) -> None:
    drafts.stage(DIRECTORY, edit("phase", "mine"))
    drafts.stage(DIRECTORY, edit("count", 150))
    drafts.open(snapshot("e2", count=16, phase="baseline"))
    drafts.undo(DIRECTORY)
    assert (draft_of(drafts).outdated, value(drafts, "count"), value(drafts, "phase")) == (False, 16, "mine")
    drafts.redo(DIRECTORY)
    (asked,) = draft_of(drafts).disputes.values()
    assert (asked.base, asked.mine, asked.theirs) == (15, 150, 16)
    assert (draft_of(drafts).count, value(drafts, "phase")) == (2, "mine")


@pytest.mark.parametrize(("mine", "count"), [([COUNT], 150), ([], 16)])
def test_that_a_decision_is_taken_over_onto_the_newer_version_and_can_be_undone(
    drafts: Drafts, mine: list[tuple[str, tuple[str]]], count: int
) -> None:
    drafts.stage(DIRECTORY, edit("count", 150))
    drafts.stage(DIRECTORY, edit("phase", "mine"))
    drafts.open(snapshot("e2", count=16, phase="baseline", new=1))
    drafts.decide(DIRECTORY, mine)
    assert (draft_of(drafts).base_etag, draft_of(drafts).outdated) == ("e2", False)
    assert attributes(draft_of(drafts)) == {"count": count, "phase": "mine", "new": 1}
    while draft_of(drafts).can_undo and count == 16 and value(drafts, "count") == 16:
        drafts.undo(DIRECTORY)
    assert value(drafts, "count") == 150


def test_that_reloading_takes_the_disks_version_and_undo_brings_mine_back_onto_it(drafts: Drafts) -> None:
    drafts.stage(DIRECTORY, edit("count", 150))
    theirs = snapshot("e2", count=16, phase="washout")
    drafts.open(theirs)
    drafts.reload(theirs)
    assert (draft_of(drafts).count, draft_of(drafts).outdated, value(drafts, "count")) == (0, False, 16)
    drafts.undo(DIRECTORY)
    assert (value(drafts, "count"), value(drafts, "phase")) == (150, "washout")
    drafts.undo(DIRECTORY)
    assert value(drafts, "count") == 16


def test_that_what_was_left_out_of_a_save_stays_an_edit(drafts: Drafts) -> None:
    drafts.stage(DIRECTORY, edit("count", 150))
    drafts.stage(DIRECTORY, edit("phase", "mine"))
    saved = draft_of(drafts).choose({PHASE})
    assert not diff(saved, document(count=15, phase="mine"))
    drafts.saved(snapshot("e2", count=15, phase="mine"), saved, "e2")
    assert [(change.place, change.before) for change in draft_of(drafts).changes] == [(("count",), 15)]
    drafts.undo(DIRECTORY)
    assert draft_of(drafts).count == 0


def test_that_what_was_left_out_is_merged_when_somebody_saved_right_after(drafts: Drafts) -> None:
    drafts.stage(DIRECTORY, edit("count", 150))
    drafts.stage(DIRECTORY, edit("phase", "mine"))
    saved = draft_of(drafts).choose({PHASE})
    drafts.saved(snapshot("e3", count=16, phase="mine"), saved, "e2")
    draft = draft_of(drafts)
    assert draft.merged is not None
    assert [(one.place, one.base, one.theirs) for one in draft.merged.conflicts] == [(("count",), 15, 16)]


def test_that_drafts_of_an_earlier_time_are_taken_up(qtbot: QtBot) -> None:
    kept = Draft(DIRECTORY, document(count=15), "e1", (edit("count", 150),))
    fresh = Drafts()
    fresh.restore([kept])
    assert fresh.unsaved() == (kept,)
    fresh.open(snapshot("e1", count=15))
    assert not draft_of(fresh).outdated
    fresh.open(snapshot("e2", count=16))
    assert draft_of(fresh).outdated


def test_that_an_open_session_takes_up_its_kept_edits(drafts: Drafts) -> None:
    drafts.restore([Draft(DIRECTORY, document(count=9, phase="baseline"), "e0", (edit("count", 150),))])
    assert draft_of(drafts).outdated
    assert draft_of(drafts).base_etag == "e0"


def test_that_kept_edits_go_onto_what_an_open_session_holds(drafts: Drafts) -> None:
    drafts.restore([Draft(DIRECTORY, document(count=15, phase="old"), "e0", (edit("count", 150),))])
    assert (draft_of(drafts).base_etag, value(drafts, "phase")) == ("e1", "baseline")


def test_that_changes_made_elsewhere_are_staged_as_one_step(drafts: Drafts) -> None:
    before, after = document(count=15, phase="x"), document(count=99, phase="y", new=1)
    drafts.apply(DIRECTORY, diff(before, after))
    assert attributes(draft_of(drafts)) == {"count": 99, "phase": "y", "new": 1}
    drafts.undo(DIRECTORY)
    assert draft_of(drafts).count == 0


def test_that_a_draft_to_which_nothing_was_done_is_not_compared_with_another_version(
    monkeypatch: pytest.MonkeyPatch, drafts: Drafts
) -> None:
    monkeypatch.setattr(Draft, "over", None)  # of a large state it takes its time
    newer = snapshot("etag-2", count=16, phase="baseline")
    assert drafts.open(newer) == ()
    held = drafts.get(newer.directory)
    assert held is not None
    assert held.base is newer.document


def test_that_a_draft_of_an_earlier_time_shares_the_state_that_is_read_then(qtbot: QtBot) -> None:
    earlier, drafts, told = Drafts(), Drafts(), list[str]()
    earlier.open(snapshot(count=15, phase="baseline"))
    earlier.stage(DIRECTORY, edit("count", 150))
    drafts.restore([draft_of(earlier)])
    drafts.draft_changed.connect(told.append)
    read = snapshot(count=15, phase="baseline")
    drafts.open(read)
    assert draft_of(drafts).base is read.document
    assert (value(drafts, "count"), draft_of(drafts).count, told) == (150, 1, [DIRECTORY])
    drafts.open(snapshot(count=15, phase="baseline"))  # once is enough: what is shown stays
    assert draft_of(drafts).base is read.document
    assert told == [DIRECTORY]
    drafts.undo(DIRECTORY)
    assert value(drafts, "count") == 15


def test_that_a_draft_of_an_earlier_time_keeps_its_base_where_another_version_is_read(qtbot: QtBot) -> None:
    earlier, drafts = Drafts(), Drafts()
    earlier.open(snapshot(count=15, phase="baseline"))
    earlier.stage(DIRECTORY, edit("count", 150))
    drafts.restore([draft_of(earlier)])
    assert drafts.open(replace(snapshot(count=15, phase="later"), etag="e2"))
    assert (value(drafts, "count"), value(drafts, "phase"), draft_of(drafts).base_etag) == (
        150,
        "later",
        "e2",
    )
