"""Names that a person changed and a launcher does not know: said, and only those."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.checks import KnownNames
from app.editing.draft import Draft
from app.editing.edits import InsertValue, RemoveValue, RenameValue, SetValue
from app.words.stranger_texts import NameHints, names_changed, stranger_text
from persistence.rehearsing.rehearsed import Finding
from tests.samples import PREDICTIVE, document

NEW, OWN = Finding("phase", "new"), Finding("experiment_phase", "own")


def test_that_names_come_and_go_with_added_removed_and_renamed_attributes_only() -> None:
    draft = Draft("/data/m1", document(), "1")
    for edit in (
        RenameValue(PREDICTIVE, ("experiment_phase",), "phase"),
        InsertValue(PREDICTIVE, ("opto_power",), 5),
        RemoveValue(PREDICTIVE, ("trial_count",)),
        SetValue(PREDICTIVE, ("reward_volume_ul",), 9.5),
        InsertValue(PREDICTIVE, ("custom_settings", "param9"), 5),
        RenameValue(PREDICTIVE, ("custom_settings", "param1"), "param7"),
    ):
        draft = draft.step((*draft.edits, edit))
    come, gone = names_changed(draft.changes)
    assert (sorted(come), sorted(gone)) == (["opto_power", "phase"], ["experiment_phase", "trial_count"])


def test_that_what_is_lost_by_a_rename_is_said() -> None:
    known = (Finding("trial_count", "restored"), NEW, Finding("opto_power", "new"), OWN)
    assert stranger_text(known, {"phase", "opto_power"}, {"experiment_phase"}) == (
        "phase and opto_power are not known to this launcher; "
        "experiment_phase will start at the launcher's own value."
    )


def test_that_what_the_launcher_saved_itself_is_no_stranger() -> None:
    assert stranger_text((NEW, OWN), set(), set()) == ""
    assert stranger_text((Finding("phase", "restored"),), {"phase"}, {"gone"}) == ""


def test_that_of_many_names_the_first_are_told() -> None:
    many = [Finding(f"a{number}", "new") for number in range(9)]
    assert stranger_text(many, {one.name for one in many}, set()) == (
        "a0, a1, a2, a3 and 5 more are not known to this launcher."
    )


NAMES = frozenset({"reward_volume", "reward_count", "trial_count", "Gain"})
BY_LAUNCHER = KnownNames("/data/m1", PREDICTIVE, NAMES, asked=True)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", ""),
        ("reward_volume", ""),
        ("phase", "phase is not known to this launcher."),
        ("reward_volum3", "reward_volum3 is not known to this launcher. Did you mean reward_volume?"),
        ("gain", "gain is not known to this launcher. Did you mean Gain?"),
        ("t", ""),
        ("tri", "Did you mean trial_count?"),
        ("reward", ""),
        ("reward_v", "Did you mean reward_volume?"),
        ("<b>x</b>", "<b>x</b> is not known to this launcher."),
    ],
)
def test_that_a_name_is_judged_as_it_is_typed(name: str, said: str) -> None:
    assert NameHints(BY_LAUNCHER).of(name) == said


def test_that_what_is_lost_by_a_rename_is_said_while_it_is_typed() -> None:
    assert NameHints(BY_LAUNCHER).of("reward_volum3", was="trial_count") == (
        "reward_volum3 is not known to this launcher; trial_count will start at the launcher's own value. "
        "Did you mean reward_volume?"
    )
    assert NameHints(BY_LAUNCHER).of("reward_volume", was="reward_volum3") == ""
    assert NameHints(BY_LAUNCHER).of("trial_counts", was="trial_count") == (
        "trial_counts is not known to this launcher; trial_count will start at the launcher's own value."
    )


def test_that_saved_states_are_no_word_of_the_launcher() -> None:
    seen = KnownNames("/data/m1", PREDICTIVE, NAMES, sessions=4)
    whose = "of this launcher and subject has"
    assert NameHints(seen).of("phase") == f"None of the 4 other sessions {whose} phase."
    assert NameHints(replace(seen, sessions=1)).of("phase") == f"The one other session {whose} no phase."
    alone = replace(seen, sessions=0)
    assert NameHints(alone).of("phase", was="trial_count") == ""
    assert NameHints(alone).of("reward_volum3") == "Did you mean reward_volume?"
