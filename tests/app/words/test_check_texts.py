"""Checks in words: who was asked, what needs a look, and never a green word for what is not known."""

from typing import Any, Literal, get_args

import pytest
from PySide6.QtCore import Qt

from app.checks import Checked, CheckRequest, Checks, Precedents
from app.models.saving.checked import HEADERS, ROW_ROLE, CheckedModel
from app.words.check_texts import MOST_ROWS, WORDS, CheckMark, refused, rows, sentences, strange, warnings
from persistence.document import ABSENT, Document
from persistence.rehearsing.rehearsed import Changed, Finding, HeardLine, Rehearsed, Result
from persistence.states.diff import diff
from persistence.states.edits import set_value
from persistence.values.kinds import Kind
from tests.samples import PREDICTIVE, SLAP2, document, documents

BASE = document({"trial_count": 15, "reward": 5.5, "steps": [1, 2], "phase": "x"})


def checks(*findings: Finding, edited: Document = BASE, **known: Any) -> Checks:
    """What is known after the sample launcher answered with these."""
    found = Rehearsed("a:B", PREDICTIVE, True, findings=findings, heard=known.pop("heard", ()))
    launchers = known.pop("launchers", (Checked(PREDICTIVE, "asked", found=found),))
    return Checks(CheckRequest("/data/m1"), edited, diff(BASE, edited), launchers, **known)


def unasked(edited: Document, precedents: Precedents | None) -> Checks:
    """What is known where the launcher may not be asked."""
    launchers = (Checked(PREDICTIVE, "not_asked", "It has no entry."),)
    return checks(edited=edited, launchers=launchers, precedents=precedents)


@pytest.mark.parametrize("result", get_args(Result))
def test_that_every_result_has_a_row_and_a_word(result: Result) -> None:
    (row,) = rows(checks(Finding("trial_count", result, "because")))
    assert (row.attribute, row.value, row.reason, row.edited) == ("trial_count", "15", "because", False)
    assert WORDS[row.mark]
    expected = result in ("changed", "type_differs", "no_handler", "refused")
    assert row.needs_a_look is expected
    assert refused(checks(Finding("x", result))) is (expected and result != "changed")


def test_that_every_mark_has_a_word() -> None:
    assert WORDS.keys() == set(get_args(CheckMark))


def test_that_what_needs_a_look_comes_first_and_changes_before_the_rest() -> None:
    edited = set_value(BASE, PREDICTIVE, ("steps", 1), 9)
    found = rows(
        checks(
            Finding("trial_count", "restored"),
            Finding("steps", "restored"),
            Finding("reward", "changed", changes=(Changed(("reward",), 5.5, 5),)),
            Finding("phase", "refused", "no"),
            edited=edited,
        )
    )
    assert [row.attribute for row in found] == ["phase", "reward", "steps", "trial_count"]
    assert [row.edited for row in found] == [False, False, True, False]


def test_that_of_very_many_attributes_the_first_are_listed_quickly_and_none_that_matters_is_left_out() -> (
    None
):
    names = [f"a{number}" for number in range(30_000)]
    many = document(dict.fromkeys(names, 1))
    findings = tuple(Finding(name, "refused" if name == "a29999" else "restored") for name in names)
    found = Rehearsed("a:B", PREDICTIVE, findings=findings)
    edited = set_value(many, PREDICTIVE, ("a29000",), 2)
    launchers = (Checked(PREDICTIVE, "asked", found=found),)
    known = Checks(CheckRequest("/data/m1"), edited, diff(many, edited), launchers)
    made = rows(known)
    assert [row.attribute for row in made[:3]] == ["a29999", "a29000", "a0"]
    assert len(made) == MOST_ROWS
    assert sentences(known)[-1].text == "The first 1,000 of 30,000 are listed."


def test_that_what_a_launcher_makes_of_a_value_is_told_at_its_place() -> None:
    changes = (
        Changed(("steps", "1"), 2, 9),
        Changed(("phase",), "x", ABSENT),
        Changed(("a",), '"lo', 1, cut=True),
    )
    told = [
        (row.attribute, row.value, row.reason)
        for row in rows(checks(Finding("s", "changed", changes=changes)))
    ]
    assert told == [
        ("steps › 2", "2", "the launcher makes 9 of it"),
        ("phase", "x", "the launcher would not save it again"),
        ("a", '"lo', "the launcher makes 1 of it"),
    ]


@pytest.mark.parametrize(
    ("findings", "tone", "sentence"),
    [
        ([("a", "restored"), ("b", "new"), ("c", "own")], "green", "it takes all 2 attributes."),
        ([("a", "restored")], "green", "it takes its one attribute."),
        ([("a", "restored"), ("b", "changed")], "amber", "takes all 2 attributes, and changes 1 of them."),
        (
            [("a", "refused"), ("b", "changed"), ("c", "no_handler")],
            "vermilion",
            "does not take 2 of 3 attributes.",
        ),
        ([("a", "type_differs")], "vermilion", "does not take its one attribute."),
    ],
)
def test_that_a_launcher_that_was_asked_has_a_sentence(
    findings: list[tuple[str, Result]], tone: str, sentence: str
) -> None:
    (said,) = sentences(checks(*(Finding(name, result) for name, result in findings)))
    assert (said.tone, said.text.endswith(sentence)) == (tone, True), said.text


def test_that_it_is_told_which_launcher_was_asked_in_the_place_of_one_that_has_moved() -> None:
    found = Rehearsed("new:PredictiveLauncher", PREDICTIVE, findings=(Finding("a", "restored"),))
    moved = Checked(PREDICTIVE, "asked", found=found, started_as="new.rig.PredictiveLauncher")
    (said,) = sentences(checks(launchers=(moved,)))
    assert said.text == "Checked by PredictiveLauncher of new.rig itself: it takes its one attribute."


def test_that_a_launcher_that_was_not_asked_is_never_told_in_green() -> None:
    edited = set_value(BASE, PREDICTIVE, ("trial_count",), 16)
    how: Literal["failed", "not_asked", "stopped"]
    for how, text in (
        ("failed", "PredictiveLauncher could not be asked: no rig."),
        ("not_asked", "Not checked by the launcher. no rig."),
        ("stopped", "Not checked by the launcher: PredictiveLauncher was not waited for."),
    ):
        found = checks(edited=edited, launchers=(Checked(PREDICTIVE, how, "no rig."),))
        (said,) = sentences(found)
        assert said.text == text
        assert said.tone != "green"
        assert not refused(found)


def test_that_types_are_compared_where_nobody_was_asked() -> None:
    edited = BASE
    for place, value in ((("trial_count",), "many"), (("reward",), 7), (("steps", 0), None), (("phase",), 3)):
        edited = set_value(edited, PREDICTIVE, place, value)
    edited = set_value(edited, PREDICTIVE, ("fresh",), 1)
    kinds = {
        (PREDICTIVE, ("trial_count",)): frozenset({Kind.INTEGER}),
        (PREDICTIVE, ("reward",)): frozenset({Kind.DECIMAL}),
        (PREDICTIVE, ("steps", 0)): frozenset({Kind.INTEGER}),
        (PREDICTIVE, ("phase",)): frozenset({Kind.EMPTY}),
    }
    found = unasked(edited, Precedents(kinds, {PREDICTIVE: 4}))
    told = {row.attribute: (row.mark, row.reason) for row in rows(found)}
    assert told == {
        "trial_count": ("type_differs", "text, and integer in 4 other sessions"),
        "reward": ("alike", "decimal in 4 other sessions, too"),
        "steps › 1": ("alike", "integer in 4 other sessions, too"),
        "phase": ("alike", "empty in 4 other sessions, too"),
        "fresh": ("new", "in none of 4 other sessions of this launcher and subject"),
    }
    assert sentences(found)[1].text.startswith("Only the types of your changes were compared, with 4 other")
    assert not refused(found)


def test_that_without_other_sessions_that_is_said() -> None:
    edited = set_value(BASE, PREDICTIVE, ("trial_count",), "many")
    found = unasked(edited, Precedents({}, {PREDICTIVE: 0}))
    assert rows(found) == ()
    assert sentences(found)[1].text.startswith("There is no other session")
    assert len(sentences(unasked(edited, None))) == 1
    assert len(sentences(unasked(BASE, Precedents()))) == 1


def test_that_of_several_launchers_each_row_says_whose_it_is() -> None:
    two = documents({name: {"attributes": {"x": 1}} for name in (PREDICTIVE, SLAP2)})
    launchers = tuple(
        Checked(name, "asked", found=Rehearsed(findings=(Finding("x", "restored"),)))
        for name in two.namespaces
    )
    found = Checks(CheckRequest("/data/m1"), two, (), launchers)
    assert [row.attribute for row in rows(found)] == ["PredictiveLauncher › x", "Slap2Launcher › x"]


def test_that_warnings_are_told_once_and_on_one_line() -> None:
    heard = HeardLine("load", "warning", "lab", "too\nhigh")
    assert warnings(checks(Finding("x", "restored"), heard=(heard, heard))) == ("lab: too\\nhigh",)


def test_that_the_table_shows_what_the_rows_say(qapp: object) -> None:
    model = CheckedModel()
    made = rows(checks(Finding("trial_count", "refused", "<b>no</b>")))
    model.set_rows(made)
    cells = [model.index(0, column).data() for column in range(model.columnCount())]
    assert cells == ["trial_count", "15", "Refused: <b>no</b>"]
    assert model.index(0, 0).data(ROW_ROLE) is made[0]
    assert "<b>" not in model.index(0, 2).data(Qt.ItemDataRole.ToolTipRole)
    assert [model.headerData(column, Qt.Orientation.Horizontal) for column in range(3)] == list(HEADERS)


MISSPELLED = "reward_volum: did you mean reward_volume?"


def names_known(known: Checks) -> list[str]:
    return [one.text for one in sentences(known, brief=True) if one.tone == "amber"]


def test_that_a_new_name_that_resembles_another_one_is_told_before_it_is_saved() -> None:
    state = set_value(BASE, PREDICTIVE, ("trial_counts",), 5)
    assert names_known(unasked(state, None)) == ["trial_counts: did you mean trial_count?"]
    assert strange(unasked(state, None))
    other = set_value(BASE, PREDICTIVE, ("reward_volum",), 5)
    assert names_known(unasked(other, Precedents())) == []
    earlier = Precedents(names={PREDICTIVE: frozenset({"reward_volume"})}, sessions={PREDICTIVE: 6})
    assert names_known(unasked(other, earlier)) == [MISSPELLED]
    known = Precedents(names={PREDICTIVE: frozenset({"trial_counts"})}, sessions={PREDICTIVE: 6})
    assert names_known(unasked(state, known)) == []  # it was there before
    copied = set_value(BASE, PREDICTIVE, ("trial_count_copy",), 5)
    assert names_known(unasked(copied, None)) == []
    assert not strange(unasked(copied, None))


def test_that_the_launchers_own_word_is_followed_by_the_name_that_was_meant() -> None:
    edited = set_value(BASE, PREDICTIVE, ("reward_volum",), 5)
    answered = checks(Finding("reward_volum", "new"), Finding("reward_volume", "own"), edited=edited)
    assert names_known(answered) == ["reward_volum is not known to this launcher.", MISSPELLED]
