"""The plan of a resume: each attribute has one fate, by the launcher's own word or by the file alone."""

from collections.abc import Mapping
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.resuming.plan import WORDS, Fate, Given, Plan, Row, plan
from persistence.document import ABSENT, parse_document
from persistence.rehearsing.rehearsed import Finding, Rehearsed
from persistence.values.json_text import Number
from persistence.values.json_writing import write

SAVED = {"trial_count": 15, "reward_volume_ul": 5.5, "experiment_phase": "baseline"}


def planned(
    attributes: Mapping[str, Any],
    *findings: Finding,
    left_out: tuple[str, ...] = (),
    error: str = "",
    **known: Any,
) -> Plan:
    rehearsed = Rehearsed("m:C", findings=findings, error=error) if findings or error else None
    return plan(Given(attributes, **known), rehearsed).without(left_out)


def only(found: Plan) -> Row:
    (row,) = found.rows
    return row


def fates(found: Plan) -> dict[str, str]:
    return {row.name: row.fate for row in found.rows}


@pytest.mark.parametrize(
    ("before", "after", "note"),
    [
        ([0.5, 1.0, 2.0, 4.0], [0.5, 1.0, 2.5, 4.0], "item 3: 2.0 → 2.5"),
        ([0.5, 1.0], [0.5, 1.0, 8.0], "item 3 is new"),
        ({"param1": 1, "param2": 2}, {"param1": 3, "param2": 4}, "param1: 1 → 3; 1 more differs"),
        ([1, 2], {"a": 1}, "the launcher saved a list, 2 items before"),
    ],
)
def test_that_of_a_list_or_mapping_it_is_said_what_became_another(before: Any, after: Any, note: str) -> None:
    assert only(planned({"a": after}, own={"a": before})).note == note


def test_that_without_more_knowledge_everything_is_restored_in_the_order_of_the_file() -> None:
    found = planned(SAVED)
    assert [row.name for row in found.rows] == list(SAVED)
    assert set(fates(found).values()) == {"restored"}
    assert (found.taken, found.leave_out, found.asked) == (3, (), False)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("_hidden", "begins with an underscore"),
        ("__class__", "begins with an underscore"),
        ("no identifier", "letters, digits and _ only"),
        ("class", "a word of Python"),
        ("checkpoint", "a method of the class"),
        ("save_session_state", "a method of the class"),
    ],
)
def test_that_a_name_that_no_launcher_restores_is_refused_from_the_file_alone(name: str, why: str) -> None:
    row = only(found := planned({name: 1}))
    assert (row.fate, row.choosable, row.taken) == ("refused", False, False)
    assert why in row.note
    assert found.leave_out == (name,)


def test_that_an_edit_since_the_launchers_own_save_is_told_with_what_was_there() -> None:
    found = planned({**SAVED, "trial_count": 150}, own=SAVED)
    assert fates(found)["trial_count"] == "edited"
    row = next(one for one in found.rows if one.name == "trial_count")
    assert (row.note, row.taken) == ("15 before", True)


def test_that_an_edit_that_is_not_saved_yet_says_that_it_will_be() -> None:
    found = planned({**SAVED, "trial_count": 150}, own=SAVED, unsaved=frozenset({"trial_count"}))
    assert next(one.note for one in found.rows if one.name == "trial_count") == "15 before, saved first"
    assert only(planned({"a": 1}, unsaved=frozenset({"a"}))).note == "changed, saved first"
    assert only(planned({"a": 1}, own={}, unsaved=frozenset({"a"}))).note == "added by hand, saved first"


def test_that_true_is_not_one_and_one_is_not_one_point_zero() -> None:
    for before, after in ((1, True), (1, 1.0), (1, Number("1e0"))):
        assert only(planned({"a": after}, own={"a": before})).fate in ("edited", "type_differs")
    assert only(planned({"a": Number("1e2")}, own={"a": Number("1e2")})).fate == "restored"


@pytest.mark.parametrize(
    ("before", "after", "fate"),
    [
        (15, "many", "type_differs"),
        (15, True, "type_differs"),
        ([1], {"a": 1}, "type_differs"),
        (15, 15.5, "edited"),
        (15, None, "edited"),
        (None, "many", "edited"),
        ([1], {"__type__": "tuple", "value": [1]}, "edited"),
    ],
)
def test_that_a_type_that_the_launcher_did_not_save_may_not_fit_and_may_still_be_tried(
    before: Any, after: Any, fate: str
) -> None:
    row = only(planned({"a": after}, own={"a": before}))
    assert (row.fate, row.taken) == (fate, True)
    assert row.note.startswith("the launcher saved ") == (fate == "type_differs")


def test_that_what_was_removed_by_hand_is_named_and_is_nothing_to_leave_out() -> None:
    found = planned({"a": 1}, own={"a": 1, "trial_count": 15})
    row = found.rows[-1]
    assert (row.name, row.value, row.fate, row.choosable) == ("trial_count", ABSENT, "left_out", False)
    assert row.note == "removed by hand, 15 before"
    assert found.leave_out == ()


@pytest.mark.parametrize(
    ("value", "parameter", "overrides"),
    [
        (5.5, 6.0, True),
        (6, 6.0, False),
        (Number("6.00"), 6, False),
        (1, True, True),
        ("a", "a", False),
        ({"__type__": "tuple", "value": [1, 2]}, [1, 2], False),
        ({"__type__": "tuple", "value": [1, 2]}, [1, 3], True),
        ({"__type__": "Path", "value": "/a"}, "/a", False),
        ({"a": 1}, {"a": 1.0}, False),
        ({"a": 1}, {"b": 1}, True),
        ({"__type__": "timedelta", "value": [0, 5, 0]}, 5, False),
        (None, None, False),
    ],
)
def test_that_a_value_that_overrides_another_parameter_is_told(
    value: Any, parameter: Any, overrides: bool
) -> None:
    row = only(planned({"a": value}, parameters={"a": parameter}))
    assert row.fate == ("overrides" if overrides else "restored")
    assert row.note.startswith("file says") == overrides


def test_that_an_edited_value_says_as_well_what_the_parameter_file_says() -> None:
    row = only(planned({"a": 5.5}, own={"a": 6.0}, parameters={"a": 6.0}))
    assert (row.fate, row.note) == ("edited", "6.0 before, file says 6.0")


def test_that_subject_and_user_are_no_part_of_the_plan() -> None:
    found = planned({"subject_id": "764521", "user_id": "ann", "a": 1})
    assert [row.name for row in found.rows] == ["a"]
    assert found.people == ("subject", "user")  # but they are told, so that the numbers can be understood
    assert planned({"user_id": "ann"}).people == ("user",)
    assert planned({"a": 1}).people == ()


def test_that_a_long_text_edited_by_hand_is_told_where_it_was_edited() -> None:
    long = "word " * 400
    (row,) = plan(Given({"long": f"{long}and more"}, own={"long": long})).rows
    assert row.note == "was …word, is …and more"


# --- by the launcher's own word ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("finding", "fate", "choosable"),
    [
        (Finding("a", "restored"), "restored", True),
        (Finding("a", "new"), "new", True),
        (Finding("a", "changed", "it would not be saved again"), "restored", True),
        (Finding("a", "taken"), "restored", True),
        (Finding("a", "left_out", "describes one run and not the state"), "left_out", False),
        (Finding("a", "type_differs", "text does not fit an integer"), "type_differs", False),
        (Finding("a", "no_handler", "an object there"), "no_handler", False),
        (Finding("a", "refused", "a method of the class"), "refused", False),
    ],
)
def test_that_the_launcher_knows_better_than_the_file(finding: Finding, fate: str, choosable: bool) -> None:
    found = planned({"a": 1}, finding)
    row = only(found)
    assert found.asked
    assert (row.fate, row.choosable) == (fate, choosable)
    assert finding.reason.rstrip(".") in row.note
    assert found.leave_out == (() if choosable else ("a",))


def test_that_what_a_launcher_has_besides_is_nothing_to_be_restored() -> None:
    assert fates(planned({"a": 1}, Finding("a", "restored"), Finding("mine", "own"))) == {"a": "restored"}


def test_that_a_rehearsal_that_failed_says_nothing() -> None:
    found = planned({"a": 1}, Finding("a", "refused"), error="there is no such program.")
    assert (found.asked, only(found).fate) == (False, "restored")


def test_that_the_launcher_takes_a_type_that_the_file_alone_would_doubt_and_the_edit_is_still_told() -> None:
    row = only(planned({"a": "many"}, Finding("a", "restored"), own={"a": 15}))
    assert (row.fate, row.taken) == ("type_differs", True)
    row = only(planned({"a": 2}, Finding("a", "new"), own={"a": 1}))
    assert (row.fate, row.note) == ("edited", "1 before, the launcher lacks it, is added")


def test_that_the_operator_may_leave_out_what_would_be_restored_and_nothing_else() -> None:
    found = planned({"a": 1, "b": 2, "_c": 3}, left_out=("a", "_c", "unheard"))
    assert fates(found) == {"a": "left_out", "b": "restored", "_c": "refused"}
    assert found.rows[0].note == "by you"
    assert (found.taken, found.leave_out) == (1, ("a", "_c"))


# --- whatever the state is --------------------------------------------------------------------------------

NAMES = st.one_of(
    st.sampled_from(["a", "b", "run", "checkpoint", "subject_id", "_x", "class"]), st.text(max_size=6)
)
PLAIN = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=5)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=6,
)
STATES = st.dictionaries(NAMES, PLAIN, max_size=6)
RESULTS = st.sampled_from(
    ["restored", "new", "changed", "taken", "left_out", "type_differs", "refused", "own"]
)


@given(
    state=STATES,
    own=st.none() | STATES,
    parameters=STATES,
    findings=st.dictionaries(NAMES, RESULTS, max_size=5),
    left_out=st.lists(NAMES, max_size=4),
)
def test_that_every_plan_names_each_attribute_once_and_adds_up(
    state: dict[str, Any],
    own: dict[str, Any] | None,
    parameters: dict[str, Any],
    findings: dict[str, Any],
    left_out: list[str],
) -> None:
    told = tuple(Finding(name, result) for name, result in findings.items())
    found = planned(state, *told, left_out=tuple(left_out), own=own, parameters=parameters)
    names = [row.name for row in found.rows]
    people = {"subject_id", "user_id"}
    assert len(set(names)) == len(names)
    assert set(names) == (set(state) | set(own or ())) - people
    assert {row.fate for row in found.rows} <= set(get_args(Fate)) == set(WORDS)
    taken = {row.name for row in found.rows if row.taken}
    assert not taken & set(left_out)
    assert taken | set(found.leave_out) == set(state) - people
    assert len(taken) == found.taken


@given(state=STATES)
def test_that_a_plan_is_the_same_for_values_that_were_not_read_yet(state: dict[str, Any]) -> None:
    text = write({"launcher_states": {"m.C": {"attributes": state}}})
    read = parse_document(text.encode("utf-8", "surrogatepass")).namespace("m.C").attributes
    rows = plan(Given(read, own=read)).rows
    assert [(row.name, row.fate, row.note) for row in rows] == [
        (row.name, row.fate, row.note) for row in plan(Given(state, own=state)).rows
    ]
