"""A counter that runs past what was typed: while the disk has it there is nothing to save, then there is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.editing.draft import Draft
from app.editing.draft_files import DraftsLoaded, from_bytes, to_bytes
from app.editing.edits import Edit, MetValue, MoveValue, RemoveValue, RenameValue, SetValue
from app.editing.rebasing import with_edits
from app.editing.step_texts import last_step
from persistence.document import ABSENT, Absent, Document, render
from persistence.states.diff import diff
from persistence.values.json_text import JSON
from tests.app.drafted import COUNT, DIRECTORY, NS, attributes, document, edit, version
from tests.app.sitting import PHASE, Sitting
from tests.small_rig import NAMESPACE

BASE: dict[str, JSON] = {"count": 0, "phase": "x", "steps": [1, 2, 3]}


def met(*edits: Edit, **theirs: JSON) -> Draft:
    """A draft with these edits, one step each, facing a version with these values."""
    made = Draft(DIRECTORY, document(**BASE), "e1")
    for one in edits:
        made = made.step((*made.edits, one))
    return made.facing(version("e2", **{**BASE, **theirs}))


def gone_on(draft: Draft, **theirs: JSON) -> Draft:
    return draft.facing(version("e3", **{**attributes(draft), **theirs}))


def test_that_a_counter_that_passes_what_was_typed_does_not_take_it(sitting: Sitting) -> None:
    sitting.select()
    sitting.edit(value=6)
    for count in (3, 6, 9):
        sitting.somebody_saves(value=count)
        sitting.look()
        assert sitting.draft.count == (count != 6)
    assert sitting.banner("outdated") is not None
    (asked,) = sitting.draft.disputes.values()
    assert (asked.base, asked.mine, asked.theirs) == (15, 6, 9)
    sitting.decide(("trial_count",), save=True)
    sitting.wait_until(lambda: bool(sitting.saved))
    assert sitting.on_disk() == 6


def test_that_what_is_met_is_told_as_it_is_and_no_edit_is_counted(sitting: Sitting) -> None:
    sitting.select()
    sitting.edit(value=6)
    sitting.somebody_saves(value=6)
    sitting.look()
    banner = sitting.banner("merged")
    assert banner is not None
    name = sitting.session.name
    met_now = "By now the disk has what you typed in trial_count."
    assert banner.text == f"{name} was changed on disk by bob: trial_count. {met_now}"
    sitting.edit(PHASE, "washout")
    assert sitting.banner("merged") is not None
    sitting.drafts.undo(sitting.directory)
    sitting.drafts.undo(sitting.directory)
    assert sitting.banner("merged") is None


def test_that_a_session_that_is_not_selected_is_looked_at_again_when_it_goes_on(sitting: Sitting) -> None:
    sitting.select()
    sitting.edit(value=6)
    sitting.somebody_saves(value=6)
    sitting.look()
    kept = from_bytes(to_bytes(sitting.draft), render(sitting.draft.base))
    sitting.desk.select(None)
    sitting.drafts.leave_all_but("")
    sitting.drafts.exchange(kept)
    sitting.desk.take_drafts(DraftsLoaded((kept,), ()))
    sitting.somebody_saves(value=9)
    sitting.folders.rescan()
    sitting.wait_until(lambda: sitting.banner("outdated") is not None)
    assert (NAMESPACE, ("trial_count",)) in sitting.draft.disputes


def test_that_what_is_met_has_its_step_of_undo_and_is_forgotten_by_it() -> None:
    there = met(edit("count", 6), count=6)
    assert (there.count, there.met, there.can_undo, last_step(there)) == (
        0, (MetValue(NS, ("count",), 6, 0),), True, "count",
    )  # fmt: skip
    assert not gone_on(there.undone(), count=9).is_kept
    assert COUNT in gone_on(there.undone().redone(), count=9).disputes
    asked = gone_on(there, count=9)
    assert not asked.undone().settled().is_kept
    assert asked.decided([]).undone().settled().count == 1


def test_that_what_the_disk_takes_back_is_an_edit_again_without_a_question() -> None:
    there = gone_on(met(edit("count", 6), count=6), count=0)
    assert (there.outdated, there.count, attributes(there)["count"]) == (False, 1, 6)
    assert met(edit("count", 6), count=6).facing(version("e3", **{**BASE, "count": 6})).met  # still


@pytest.mark.parametrize("how", ["saved", "discarded", "typed over"])
def test_that_it_is_forgotten(how: str) -> None:
    there = met(edit("count", 6), edit("phase", "y"), count=6)
    if how == "saved":
        there = there.after_saving(there.document, "e3")
    elif how == "discarded":
        there = there.step(())
    else:
        there = there.step((*there.edits, edit("count", 7))).step(there.edits[:1])
    assert there.met == ()
    assert not gone_on(there, count=9).disputes


def test_that_an_edit_elsewhere_and_the_same_value_again_leave_it() -> None:
    there = met(edit("count", 6), count=6)
    other = there.step((*there.edits, edit("phase", "y"), edit("count", 6)))
    assert other.met == there.met
    asked = gone_on(other, count=9)
    assert (asked.count, set(asked.disputes)) == (2, {COUNT})
    assert attributes(asked.decided([]))["phase"] == "y"
    assert COUNT not in gone_on(asked.decided([]), count=12).disputes


def test_that_a_decision_about_something_else_leaves_it() -> None:
    there = met(edit("count", 6), edit("phase", "y"), count=6, phase="z")
    assert set(there.disputes) == {(NS, ("phase",))}
    decided = there.decided([])
    assert [one.place for one in decided.met] == [("count",)]
    assert COUNT in gone_on(decided, count=9).disputes


@pytest.mark.parametrize(
    ("edits", "theirs", "later"),
    [
        ((RemoveValue(NS, ("phase",)),), {"phase": ABSENT}, {"phase": "z"}),
        ((edit("new", 1),), {"new": 1}, {"new": 2}),
        ((MoveValue(NS, ("steps", 0), 1),), {"steps": [2, 1, 3]}, {"steps": [2, 1, 9]}),
        ((SetValue(NS, ("steps", 1), 7),), {"steps": [1, 7, 3]}, {"steps": [1, 8, 3]}),
        ((RenameValue(NS, ("phase",), "stage"),), {"phase": ABSENT, "stage": "x"}, {"stage": "z"}),
    ],
)
def test_that_whatever_was_done_is_disputed_when_the_disk_goes_on(
    edits: tuple[Edit, ...], theirs: dict[str, JSON | Absent], later: dict[str, JSON | Absent]
) -> None:
    made = Draft(DIRECTORY, document(**BASE), "e1").step(edits)
    there = made.facing(version("e2", **_with(BASE, theirs)))
    assert (there.count, bool(there.met)) == (0, True)
    kept = from_bytes(to_bytes(there), render(there.base))
    for one in (there, kept):
        asked = one.facing(version("e3", **_with(attributes(there), later)))
        assert (asked.outdated, len(asked.disputes)) == (True, 1)
        assert not diff(with_edits(asked.base, asked.edits), made.document)
        assert not diff(asked.decided(asked.disputes).document, made.document)
        assert asked.undone().settled().count == 0


def test_that_the_base_of_what_came_back_is_no_version_of_the_disk() -> None:
    asked = gone_on(met(edit("count", 6), count=6), count=9)
    assert asked.base_etag not in ("e1", "e2", "e3")
    assert attributes(replace(asked, edits=()))["count"] == 0
    again = asked.facing(version("e2", **{**BASE, "count": 6}))  # the very version that had it
    assert (again.outdated, again.count, len(again.met)) == (False, 0, 1)


def test_that_a_launcher_that_both_sides_have_whole_is_not_remembered() -> None:
    made = Draft(DIRECTORY, Document({"launcher_states": {}}), "e1")
    put = made.stepped_to(document(**BASE)).facing(version("e2", **BASE))
    assert (put.count, put.met) == (0, ())


def _with(base: dict[str, JSON], other: dict[str, JSON | Absent]) -> dict[str, JSON]:
    both = {**base, **other}
    return {key: value for key, value in both.items() if not isinstance(value, Absent)}


def test_that_undo_of_a_discard_asks_again_what_was_not_decided(sitting: Sitting) -> None:
    sitting.select()
    sitting.edit(value=44)
    sitting.somebody_saves(value=12)
    sitting.look()
    sitting.desk.revert(sitting.directory)
    assert (sitting.draft.count, sitting.draft.disputes, sitting.banner("outdated")) == (0, {}, None)
    sitting.drafts.undo(sitting.directory)
    (asked,) = sitting.draft.disputes.values()
    assert (asked.base, asked.mine, asked.theirs) == (15, 44, 12)
    assert sitting.banner("outdated") is not None
    sitting.drafts.redo(sitting.directory)
    assert (sitting.draft.count, sitting.draft.disputes, sitting.in_draft()) == (0, {}, 12)
    sitting.drafts.undo(sitting.directory)
    assert sitting.draft.disputes


def test_that_undo_of_a_discard_asks_again_over_what_the_disk_went_on_to(sitting: Sitting) -> None:
    sitting.select()
    sitting.edit(value=44)
    sitting.somebody_saves(value=3)
    sitting.look()
    sitting.desk.revert(sitting.directory)
    sitting.somebody_saves(value=9)
    sitting.look()
    sitting.drafts.undo(sitting.directory)
    (asked,) = sitting.draft.disputes.values()
    assert (asked.base, asked.mine, asked.theirs) == (15, 44, 9)


def test_that_undo_and_redo_ask_of_what_the_disk_changed_while_it_was_undone() -> None:
    draft = Draft(DIRECTORY, document(**BASE), "e1").step((edit("count", 3),)).step(())
    draft = draft.facing(version("e2", **{**BASE, "count": 9}))
    assert not draft.disputes
    (asked,) = draft.undone().disputes.values()
    assert (asked.base, asked.mine, asked.theirs) == (0, 3, 9)
    begun = draft.undone().undone().settled()
    assert (begun.disputes, attributes(begun)["count"]) == ({}, 9)
    assert begun.redone().disputes
    back = draft.facing(version("e3", **BASE)).undone()
    assert (back.disputes, back.edits) == ({}, (edit("count", 3),))


def test_that_of_two_values_that_are_to_be_asked_again_none_is_lost_when_the_same_is_saved_again() -> None:
    draft = Draft(DIRECTORY, document(**BASE), "e1").step((edit("count", 3),))
    draft = draft.step((edit("count", 5),)).step(())
    draft = draft.facing(version("e2", **{**BASE, "count": 9}))
    again = draft.facing(version("e3", **{**BASE, "count": 9}))
    assert len(again.past) == len(draft.past)
    steps = (again.undone(), again.undone().undone())
    asked = [one.mine for step in steps for one in step.disputes.values()]
    assert asked == [5, 3]


def test_that_what_was_decided_is_not_asked_again_by_undo() -> None:
    draft = Draft(DIRECTORY, document(**BASE), "e1")
    draft = draft.step((edit("count", 3),)).step((edit("count", 3), edit("phase", "y")))
    draft = draft.facing(version("e2", **{**BASE, "count": 9}))
    decided = draft.decided([COUNT])
    assert not decided.undone().disputes
    assert attributes(decided.undone()) == {**BASE, "count": 3}
