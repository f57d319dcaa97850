"""Drafts: base and edits as values; undo over everything; what happens when the file changes underneath."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from app.draft import Draft
from app.drafts import Drafts
from app.edits import RemoveValue, RenameValue, SetValue
from app.session import Snapshot
from persistence.document import Document, parse_document
from persistence.edits import get_value
from persistence.errors import StateError
from persistence.json_text import JSON

NS = "rig.Counting"
DIRECTORY = "/data/s1"


def document(**attributes: JSON) -> Document:
    """A state with one launcher and these attributes."""
    return Document({"launcher_states": {NS: {"attributes": dict(attributes)}}})


def snapshot(etag: str = "e1", **attributes: JSON) -> Snapshot:
    """That state as it was read."""
    return Snapshot(DIRECTORY, document(**attributes), etag, 10, 1, None)


def edit(name: str, value: JSON) -> SetValue:
    return SetValue(NS, (name,), value)


def value(drafts: Drafts, name: str) -> JSON:
    draft = drafts.get(DIRECTORY)
    assert draft is not None
    return get_value(draft.document, NS, (name,))


def draft_of(drafts: Drafts) -> Draft:
    draft = drafts.get(DIRECTORY)
    assert draft is not None
    return draft


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


def test_that_a_removal_is_an_edit_like_any_other(drafts: Drafts) -> None:
    drafts.stage(DIRECTORY, RemoveValue(NS, ("phase",)))
    assert draft_of(drafts).net_edits() == (RemoveValue(NS, ("phase",)),)
    later = draft_of(drafts).over(document(count=16, phase="washout", more=1))
    assert dict(later.namespace(NS).attributes) == {"count": 16, "more": 1}
    drafts.undo(DIRECTORY)
    assert draft_of(drafts).net_edits() == ()


def test_that_a_removal_and_a_new_name_outlive_a_save_that_was_under_way(drafts: Drafts) -> None:
    being_saved = draft_of(drafts).step((edit("count", 150),)).document
    drafts.stage(DIRECTORY, edit("count", 150))
    drafts.stage(DIRECTORY, RemoveValue(NS, ("phase",)))
    drafts.stage(DIRECTORY, RenameValue(NS, ("count",), "trials"))
    drafts.saved(snapshot("e2", count=150, phase="baseline"), being_saved)
    assert dict(draft_of(drafts).document.namespace(NS).attributes) == {"trials": 150}
    assert draft_of(drafts).base_etag == "e2"


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
    drafts.open(Snapshot(DIRECTORY, document(**base), "e1", 10, 1, None))
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


def test_that_a_new_version_on_disk_leaves_the_edits_and_marks_them_outdated(drafts: Drafts) -> None:
    drafts.stage(DIRECTORY, edit("count", 150))
    drafts.open(snapshot("e2", count=16, phase="baseline"))
    assert draft_of(drafts).outdated
    assert (draft_of(drafts).base_etag, value(drafts, "count")) == ("e1", 150)
    drafts.open(snapshot("e1", count=15, phase="baseline"))
    assert not draft_of(drafts).outdated


def test_that_reloading_takes_the_disks_version_and_undo_the_edits_that_fit(drafts: Drafts) -> None:
    drafts.stage(DIRECTORY, edit("count", 150))
    drafts.open(snapshot("e2", count=16, phase="washout"))
    drafts.reload(snapshot("e2", count=16, phase="washout"))
    assert (draft_of(drafts).count, draft_of(drafts).outdated, value(drafts, "count")) == (0, False, 16)
    drafts.undo(DIRECTORY)
    assert (value(drafts, "count"), value(drafts, "phase")) == (150, "washout")


def test_that_a_saved_draft_is_the_new_base(drafts: Drafts) -> None:
    drafts.stage(DIRECTORY, edit("count", 150))
    drafts.saved(snapshot("e2", count=150, phase="baseline"), draft_of(drafts).document)
    assert (draft_of(drafts).count, draft_of(drafts).can_undo, draft_of(drafts).base_etag) == (0, False, "e2")


def test_that_an_edit_staged_while_it_was_being_saved_is_kept(drafts: Drafts) -> None:
    drafts.stage(DIRECTORY, edit("count", 150))
    being_saved = draft_of(drafts).document
    drafts.stage(DIRECTORY, edit("phase", "washout"))
    drafts.saved(snapshot("e2", count=150, phase="baseline"), being_saved)
    assert [change.place for change in draft_of(drafts).changes] == [("phase",)]


def test_that_a_session_without_a_state_has_no_draft_unless_edits_are_staged(drafts: Drafts) -> None:
    gone = replace(snapshot("e2"), document=None)
    drafts.stage(DIRECTORY, edit("count", 150))
    drafts.open(gone)
    assert draft_of(drafts).outdated
    drafts.revert(DIRECTORY)
    drafts.open(gone)
    assert drafts.get(DIRECTORY) is None


def test_that_drafts_of_an_earlier_time_are_taken_up(qtbot: QtBot) -> None:
    kept = Draft(DIRECTORY, document(count=15), "e1", (edit("count", 150),))
    fresh = Drafts()
    fresh.restore([kept])
    assert fresh.unsaved() == (kept,)
    fresh.open(snapshot("e1", count=15))
    assert not draft_of(fresh).outdated
    fresh.open(snapshot("e2", count=16))
    assert draft_of(fresh).outdated


def test_that_newer_edits_are_not_replaced_by_those_of_an_earlier_time(drafts: Drafts) -> None:
    drafts.stage(DIRECTORY, edit("count", 1))
    drafts.restore([Draft(DIRECTORY, document(count=15), "e1", (edit("count", 150),))])
    assert value(drafts, "count") == 1


def test_that_an_open_session_takes_up_its_kept_edits(drafts: Drafts) -> None:
    drafts.restore([Draft(DIRECTORY, document(count=9), "e0", (edit("count", 150),))])
    assert draft_of(drafts).outdated


def test_that_number_spellings_beside_an_edit_stay() -> None:
    base = parse_document(b'{"launcher_states": {"rig.Counting": {"attributes": {"a": 1e2, "b": 1}}}}')
    draft = Draft(DIRECTORY, base, "e1", (edit("b", 2),))
    assert get_value(draft.document, NS, ("a",)) is get_value(base, NS, ("a",))


def test_that_what_is_shown_stays_when_steps_were_undone_while_it_was_being_saved(drafts: Drafts) -> None:
    drafts.stage(DIRECTORY, edit("count", 150))
    drafts.stage(DIRECTORY, edit("phase", "washout"))
    document = draft_of(drafts).document
    drafts.undo(DIRECTORY)
    drafts.undo(DIRECTORY)
    drafts.stage(DIRECTORY, edit("count", 151))
    drafts.saved(replace(snapshot("e2"), document=document), document)
    assert (value(drafts, "count"), value(drafts, "phase")) == (151, "baseline")
    assert draft_of(drafts).count == 2


def test_that_taking_the_only_edit_back_while_it_is_being_saved_is_an_edit(drafts: Drafts) -> None:
    drafts.stage(DIRECTORY, edit("count", 150))
    document = draft_of(drafts).document
    drafts.undo(DIRECTORY)
    drafts.saved(replace(snapshot("e2"), document=document), document)
    assert value(drafts, "count") == 15
    assert [(change.before, change.after) for change in draft_of(drafts).changes] == [(150, 15)]


def test_that_a_session_that_is_gone_right_after_a_save_has_no_edits_left(
    drafts: Drafts, qtbot: QtBot
) -> None:
    drafts.stage(DIRECTORY, edit("count", 150))
    document = draft_of(drafts).document
    with qtbot.waitSignal(drafts.draft_changed):
        drafts.saved(replace(snapshot("absent"), document=None), document)
    assert drafts.get(DIRECTORY) is None
