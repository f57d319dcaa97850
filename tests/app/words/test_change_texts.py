"""Changes in words: the same ones wherever a change is shown."""

from __future__ import annotations

import pytest

from app.values.renamed import Renamed
from app.words.change_texts import change_text, place_text
from persistence.document import ABSENT, Absent
from persistence.states.diff import Change
from persistence.values.json_text import JSON
from persistence.values.kinds import Kind, kind_of

NS = "rig.launchers.Counting"


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (15, 150, ("15", "150", "integer, stays", "")),
        (42, 42.5, ("42", "42.5", "integer becomes decimal", "other_type")),
        (1, True, ("1", "yes", "integer becomes yes/no", "other_type")),
        (ABSENT, None, ("not there", "empty (None)", "empty, added", "")),
        (ABSENT, "", ("not there", '"" (empty text)', "text, added", "")),
        ({}, "", ("{}", '"" (empty text)', "mapping becomes text", "other_type")),
        ("a", ABSENT, ("a", "removed", "text, removed", "")),
        ([0.5, 1.0], [0.5], ("[0.5, 1.0]", "[0.5]", "list, stays", "")),
        ([0.5, 1.0], [1], ("[0.5, 1.0]", "[1]", "list, decimal becomes integer inside", "other_type")),
        ({"a": 1}, [], ('{"a": 1}', "[]", "mapping becomes list", "other_type")),
    ],
)
def test_that_a_change_says_from_what_to_what_and_what_becomes_of_the_type(
    before: JSON | Absent, after: JSON | Absent, words: tuple[str, str, str, str]
) -> None:
    text = change_text(Change(NS, ("settings", "gains", 0), before, after))
    assert text == ("settings › gains › 1", *words)


@pytest.mark.parametrize(
    ("after", "note"), [(15, "integer, renamed"), (1.5, "integer becomes decimal, renamed")]
)
def test_that_a_renamed_value_is_told_with_both_names(after: JSON, note: str) -> None:
    text = change_text(Renamed(NS, ("settings", "trials"), 15, after, ("settings", "trial_count")))
    assert text[:4] == ("settings › trials (was trial_count)", "15", str(after), note)


def test_that_a_whole_launcher_and_one_of_several_are_named() -> None:
    assert place_text(NS, ()) == "all of Counting"
    assert place_text(NS, ("a",), with_launcher=True) == "Counting › a"
    assert change_text(Change(NS, (), ABSENT, {"a": 1})).note == "launcher, added"


@pytest.mark.parametrize(
    ("before", "after", "ends"),
    [
        ("word " * 400, "word " * 400 + "and more", ("word ", "and more")),
        ("word " * 400 + "one" + " x" * 900, "word " * 400 + "two" + " x" * 900, ("one x", "two x")),
        ([0.5, "word " * 400 + "a"], [0.5, "word " * 400 + "b"], ('word a"]', 'word b"]')),
    ],
)
def test_that_a_change_far_inside_a_long_text_is_seen(
    before: JSON, after: JSON, ends: tuple[str, str]
) -> None:
    text = change_text(Change(NS, ("long",), before, after))
    assert text.before.startswith("…")
    assert text.after.startswith("…")
    assert text.before != text.after
    assert (ends[0] in text.before[50:], ends[1] in text.after[50:]) == (True, True)
    assert max(map(len, text[1:3])) <= 300


def test_that_nobody_waits_until_large_values_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[JSON] = []

    def counted(value: JSON) -> Kind:
        looked.append(value)
        return kind_of(value)

    monkeypatch.setattr("persistence.values.retyped.kind_of", counted)
    many: list[JSON] = [1.5] * 30_000
    assert change_text(Change("m.C", ("trace",), many, many[1:])).note == "list, stays"
    few = many[:1_000]
    assert change_text(Change("m.C", ("trace",), few, [*few[1:], 1, 2])).mark == "other_type"
    assert len(looked) < 10_000
