"""One draft as a value: base and edits, some of them chosen, put onto other versions, decided."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.editing.draft import DiskVersion, Draft
from app.editing.edits import InsertValue, PutLauncher, RemoveValue, RenameValue
from app.editing.taken_back import taken_back
from app.editing.told_anew import edits_between
from persistence.document import ABSENT, Absent, Document, parse_document
from persistence.errors import NoSuchAttribute
from persistence.states.diff import Change, diff
from persistence.states.edits import get_value, without_namespaces
from persistence.states.merge import Merge, Spot, merge
from persistence.values.json_text import JSON
from persistence.values.sameness import same
from tests.app.drafted import COUNT, DIRECTORY, NS, PHASE, attributes, document, edit, version


def draft(*edits: object, **base: JSON) -> Draft:
    """A draft with these edits, one step each."""
    made = Draft(DIRECTORY, document(**(base or {"count": 15, "phase": "baseline"})), "e1")
    for one in edits:
        made = made.step((*made.edits, one))  # type: ignore[arg-type]  # edits, whatever kind
    return made


def attributes_of(made: Document) -> dict[str, JSON]:
    return dict(made.namespace(NS).attributes)


def test_that_number_spellings_beside_an_edit_stay() -> None:
    base = parse_document(b'{"launcher_states": {"rig.Counting": {"attributes": {"a": 1e2, "b": 1}}}}')
    made = Draft(DIRECTORY, base, "e1", (edit("b", 2),))
    assert get_value(made.document, NS, ("a",)) is get_value(base, NS, ("a",))


def test_that_all_changes_together_are_the_document_that_is_shown() -> None:
    made = draft(RenameValue(NS, ("count",), "trials"))
    assert list(attributes(made)) == ["trials", "phase"]
    assert made.choose({(change.namespace, change.place) for change in made.changes}) is made.document


def test_that_a_chosen_change_comes_alone() -> None:
    made = draft(edit("count", 150), RemoveValue(NS, ("phase",)), edit("new", True))
    assert not diff(made.choose({COUNT}), document(count=150, phase="baseline"))
    assert not diff(made.choose({PHASE}), document(count=15))
    assert not diff(made.choose([]), made.base)
    assert made.choose(None) is made.document


def test_that_the_chosen_changes_are_those_at_their_places() -> None:
    made = draft(edit("count", 150), edit("new", True))
    assert [one.place for one in made.chosen({COUNT, PHASE})] == [("count",)]
    assert made.chosen([]) == ()
    assert made.chosen(None) == made.changes


def test_that_a_rename_is_one_change_and_comes_alone_in_its_place() -> None:
    made = draft(RenameValue(NS, ("count",), "trials"), edit("phase", "x"))
    assert made.count == 2
    (chosen,) = [one for one in made.changes if one.place == ("trials",)]
    alone = made.choose({(chosen.namespace, chosen.place)})
    assert attributes_of(alone) == {"trials": 15, "phase": "baseline"}
    assert list(attributes_of(alone)) == ["trials", "phase"]
    assert attributes_of(made.choose({PHASE})) == {"count": 15, "phase": "x"}


def test_that_what_was_put_in_front_of_a_renamed_one_comes_there_without_the_name() -> None:
    made = draft(InsertValue(NS, ("new",), 0, "count"), RenameValue(NS, ("count",), "trials"))
    assert list(attributes_of(made.choose({(NS, ("new",))}))) == ["new", "count", "phase"]
    assert list(attributes_of(made.choose({(NS, ("trials",))}))) == ["trials", "phase"]


def test_that_a_renamed_and_changed_value_is_taken_back_with_its_name() -> None:
    made = draft(RenameValue(NS, ("count",), "trials"), edit("trials", 7))
    assert made.count == 1
    back = taken_back(made, NS, ("trials",))
    assert list(attributes(back)) == ["count", "phase"]
    assert (back.count, attributes(back)["count"]) == (0, 15)
    assert attributes(back.undone())["trials"] == 7


def test_that_a_rename_is_one_change_still_when_others_were_saved_or_the_file_is_another() -> None:
    made = draft(RenameValue(NS, ("count",), "trials"), edit("phase", "x"))
    left = made.after_saving(made.choose({PHASE}), "e2")
    assert [one.place for one in left.changes] == [("trials",)]
    there = made.facing(version(count=15, phase="baseline", new=None))
    assert [one.place for one in there.changes] == [("trials",), ("phase",)]
    assert there.undone().count == 1


def test_that_a_renamed_value_is_what_the_disk_has_now_and_the_name_is_one_step() -> None:
    """Nothing was typed but the name."""
    there = draft(RenameValue(NS, ("count",), "trials")).facing(version(count=19, phase="baseline"))
    assert not there.outdated
    assert list(attributes(there).items()) == [("trials", 19), ("phase", "baseline")]
    (change,) = there.changes
    assert (change.place, change.before, change.after) == (("trials",), 19, 19)
    assert attributes(there.undone()) == {"count": 19, "phase": "baseline"}
    assert not there.undone().can_undo


def test_that_a_renamed_value_that_both_typed_is_decided_under_its_new_name() -> None:
    there = draft(RenameValue(NS, ("count",), "trials"), edit("trials", 7)).facing(version(count=19))
    (one,) = there.disputes.values()
    assert (one.place, one.base, one.mine, one.theirs) == (("trials",), 15, 7, 19)
    assert attributes(there.shown)["trials"] == 7
    for mine, value in (({(NS, ("trials",))}, 7), (set(), 19)):
        made = there.decided(mine)
        assert attributes(made) == {"trials": value}
        assert made.count == 1
        assert attributes(made.undone())["trials"] == (19 if mine else 7)  # mine was there already


def test_that_what_was_decided_of_a_renamed_value_is_not_asked_again_under_its_old_name() -> None:
    typed = draft(edit("count", 7), RenameValue(NS, ("count",), "trials"))
    made = typed.facing(version(count=19)).decided({(NS, ("trials",))})
    assert (made.undone().outdated, attributes(made.undone())) == (False, {"count": 7})


def test_that_undoing_the_discard_of_a_renamed_value_brings_it_back_as_a_question() -> None:
    typed = draft(RenameValue(NS, ("count",), "trials"), edit("trials", 7)).step(())
    again = typed.facing(version(count=19)).undone()
    (one,) = again.disputes.values()
    assert (one.place, one.mine, one.theirs) == (("trials",), 7, 19)
    assert attributes(again.shown) == {"trials": 7}


def test_that_a_renamed_value_that_they_met_is_decided_when_they_go_on() -> None:
    met = draft(RenameValue(NS, ("count",), "trials"), edit("trials", 7)).facing(version(count=7))
    assert (met.count, met.outdated, attributes(met)) == (1, False, {"trials": 7})
    (one,) = met.facing(version("e3", count=8)).disputes.values()
    assert (one.place, one.mine, one.theirs) == (("trials",), 7, 8)


def test_that_the_version_of_the_base_is_no_news() -> None:
    made = draft(edit("count", 150))
    assert made.facing(DiskVersion(document(count=15), "e1")) == made


def test_that_every_step_goes_onto_another_version() -> None:
    made = draft(edit("count", 1), edit("count", 2), edit("phase", "x")).undone()
    there = made.facing(version(count=15, phase="baseline", new=None))
    states = []
    for _ in range(3):
        states.append(attributes(there))
        there = there.undone()
    assert states == [{"count": n, "phase": "baseline", "new": None} for n in (2, 1, 15)]
    assert attributes(there.redone().redone().redone()) == {"count": 2, "phase": "x", "new": None}


def test_that_steps_that_lead_nowhere_any_more_are_dropped() -> None:
    made = draft(edit("count", 1), edit("count", 2))
    there = made.onto(version(count=2, phase="baseline"))
    assert (there.count, len(there.past)) == (0, 2)
    assert attributes(there.undone()) == {"count": 1, "phase": "baseline"}
    again = draft(edit("count", 2), edit("count", 2))
    assert len(again.onto(version(count=2, phase="washout")).past) == 1


def test_that_a_version_that_cannot_be_read_leaves_the_draft_waiting() -> None:
    made = draft(edit("count", 150)).facing(DiskVersion(None, "e2"))
    assert (made.outdated, made.merged, made.count) == (True, None, 1)
    with pytest.raises(ValueError, match="nothing to decide"):
        made.decided([])
    with pytest.raises(ValueError, match="nothing to put"):
        made.onto(DiskVersion(None, "e2"))
    assert made.facing(version(count=15, phase="x")).base_etag == "e2"


def test_that_a_launcher_that_was_cleared_comes_back_whole_if_that_is_decided() -> None:
    made = draft(edit("count", 150))
    cleared = DiskVersion(without_namespaces(made.base, None), "e2")
    waiting = made.facing(cleared)
    assert waiting.merged is not None
    assert [one.place for one in waiting.merged.conflicts] == [()]
    kept = waiting.decided([(NS, ())])
    assert attributes(kept) == {"count": 150, "phase": "baseline"}
    assert [type(one) for one in kept.edits] == [PutLauncher]
    assert kept.count == 1
    assert waiting.would_be([(NS, ())]).document == kept.document
    gone = waiting.decided([])
    assert (gone.count, gone.document.namespaces) == (0, ())
    assert attributes(gone.undone()) == {"count": 150, "phase": "baseline"}


def test_that_what_a_choice_would_lead_to_costs_no_merge_for_each_step(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = draft(*(edit("count", 100 + number) for number in range(20)), edit("phase", "mine"))
    waiting = made.facing(version(count=16, phase="theirs", other=9))
    assert waiting.merged is not None  # for it is to be decided
    merged: list[Document] = []

    def counted(base: Document, mine: Document, theirs: Document, changes: tuple[Change, ...]) -> Merge:
        merged.append(mine)
        return merge(base, mine, theirs, changes)

    for mine in ([], [COUNT], [PHASE], [COUNT, PHASE]):
        with monkeypatch.context() as patched:
            patched.setattr("app.editing.rebasing.merge", counted)
            would_be = waiting.would_be(mine)
        decided = waiting.decided(mine)
        assert (would_be.document, would_be.changes) == (decided.document, decided.changes)
        assert (would_be.base, would_be.base_etag) == (decided.base, decided.base_etag)
    assert len(merged) == 1
    with pytest.raises(ValueError, match="nothing to decide"):
        made.would_be([])


def test_that_what_is_left_after_saving_can_be_undone_one_by_one() -> None:
    made = draft(edit("count", 150), edit("phase", "x"), edit("new", 1))
    left = made.after_saving(made.choose({COUNT}), "e2")
    assert attributes(left) == attributes(made)
    assert (left.count, left.undone().count, left.undone().undone().count) == (2, 1, 0)


VALUES: tuple[JSON, ...] = (0, 1, True, 1.0, None, "x", [1], {"k": 1}, {"k": 2, "l": None})
states = st.dictionaries(st.sampled_from("abc"), st.sampled_from(VALUES), max_size=3)


@given(states, st.lists(states, min_size=1, max_size=4), states, st.integers(0, 3), st.data())
def test_that_whatever_was_staged_ends_on_the_other_version_as_the_merge_and_the_decision_say(
    base: dict[str, JSON],
    steps: list[dict[str, JSON]],
    theirs: dict[str, JSON],
    undone: int,
    data: st.DataObject,
) -> None:
    other = DiskVersion(document(**theirs), "e2")
    made = Draft(DIRECTORY, document(**base), "e1")
    for state in steps:
        made = made.step(edits_between(made.base, document(**state)))
    for _ in range(undone):
        made = made.undone()
    found = made.over(document(**theirs))
    spots: list[Spot] = [(one.namespace, one.place) for one in found.conflicts]
    mine = data.draw(st.sets(st.sampled_from(spots))) if spots else set()
    there = made.facing(other)
    assert there.outdated == bool(spots)
    there = there.decided(mine) if spots else there
    assert there.base_etag == "e2"
    wanted = {(one.namespace, one.place): one.after for one in (*found.applied, *found.theirs_alone)}
    wanted |= {
        (one.namespace, one.place): one.mine if (one.namespace, one.place) in mine else one.theirs
        for one in found.conflicts
    }
    told = {(one.namespace, one.place): one.after for one in diff(made.base, there.document)}
    for spot, value in wanted.items():
        assert alike(value_at(there.document, spot), value)
    assert all(any(around(spot, one) for one in wanted) for spot in told)


def around(spot: Spot, wanted: Spot) -> bool:
    """Whether a place is the wanted one, or within it, or around it."""
    shorter = min(len(spot[1]), len(wanted[1]))
    return spot[0] == wanted[0] and spot[1][:shorter] == wanted[1][:shorter]


def value_at(found: Document, spot: Spot) -> JSON | Absent:
    try:
        return get_value(found, *spot)
    except NoSuchAttribute:
        return ABSENT


def alike(a: JSON | Absent, b: JSON | Absent) -> bool:
    return a is b if isinstance(a, Absent) or isinstance(b, Absent) else same(a, b)
