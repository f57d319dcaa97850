"""Which numbers can be followed: those that the index of the sessions has, and no others."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.models.trend.choices import NumberChoice, choices_in, dotted, likely, value_at
from persistence.document import ABSENT, parse_document, render
from persistence.sessions.gathering import values_of
from persistence.sessions.query_values import MAX_NAMES
from tests.samples import PREDICTIVE, SLAP2, document, documents

NUMBERS = st.integers() | st.floats()
NAMES = st.text("ab.", min_size=1)
VALUES = st.recursive(
    NUMBERS | st.text(max_size=3) | st.booleans() | st.just({"__type__": "Decimal", "value": "1.5"}),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=8,
)


def names(attributes: dict[str, Any]) -> list[str]:
    return [choice.name for choice in choices_in(document(attributes))]


def test_that_numbers_are_offered_in_the_order_of_the_file_also_those_inside_mappings() -> None:
    assert [choice.name for choice in choices_in(document())] == [
        "trial_count",
        "reward_volume_ul",
        "custom_settings.param2",
        "custom_settings.thresholds.lick",
    ]


def test_that_what_is_no_number_or_has_no_name_is_not_offered() -> None:
    tagged = {"__type__": "tuple", "value": [1]}
    assert names({"a": True, "b": "5", "c": None, "d": [1, 2], "e": tagged, "f": {"g": [3]}}) == []
    assert choices_in(None) == ()


def test_that_exact_numbers_and_those_with_a_spelling_are_offered() -> None:
    exact = {"__type__": "Decimal", "value": "1.50"}
    data = render(document({"exact": exact, "long": 7777, "x": 1}))
    read = parse_document(data.replace(b"7777", b"7" * 5000))
    assert [choice.name for choice in choices_in(read)] == ["exact", "long", "x"]


def test_that_two_launchers_with_the_same_name_are_two_choices() -> None:
    both = documents({name: {"attributes": {"count": 1}} for name in (PREDICTIVE, SLAP2)})
    assert choices_in(both) == (NumberChoice(PREDICTIVE, ("count",)), NumberChoice(SLAP2, ("count",)))
    assert [choice.launcher for choice in choices_in(both)] == ["PredictiveLauncher", "Slap2Launcher"]


def test_that_no_more_are_offered_than_the_index_keeps() -> None:
    many = {f"text_{number}": "x" for number in range(MAX_NAMES - 1)}
    assert names({**many, "last": 1, "too_late": 2}) == ["last"]
    assert names({f"list_{number}": [1] for number in range(20_000)} | {"late": 1}) == []


def test_that_a_state_of_many_mappings_is_not_walked_through_for_its_numbers() -> None:
    empty: dict[str, Any] = {f"mapping_{number}": {} for number in range(6000)}
    assert names(empty | {"late": 1}) == []
    deep: dict[str, Any] = {"b": {"c": {str(number): {"e": {}} for number in range(300)}}}
    assert names({"first": 1, **{f"deep_{number}": deep for number in range(20)}, "late": 1}) == ["first"]
    launchers: dict[str, Any] = {f"rig.launchers.L{number}": {"attributes": {}} for number in range(6000)}
    assert choices_in(documents({**launchers, PREDICTIVE: {"attributes": {"late": 1}}})) == ()


def test_that_a_place_has_the_name_that_the_index_gives_it() -> None:
    assert dotted(("a", "b", "c", "d")) == "a.b.c.d"
    assert [dotted(place) for place in ((), ("a", 0), ("a", "b", "c", "d", "e"), ("x" * 300,))] == [""] * 4


def test_that_trials_are_meant_where_nobody_has_chosen_else_the_first_outside_of_mappings() -> None:
    def meant(**attributes: Any) -> str:
        found = document(attributes)
        return likely(choices_in(found), found).name

    assert meant(params={"secs": 9}, gain=1.5, trials=4) == "trials"
    assert meant(params={"secs": 9}, trial_gain=1.5, bias=2) == "trial_gain"
    assert meant(params={"trial_count": 9}, bias=2.5) == "bias"
    assert meant(params={"secs": 9}) == "params.secs"


def test_that_the_value_of_a_choice_is_found_or_not_there() -> None:
    assert value_at(document(), NumberChoice(PREDICTIVE, ("custom_settings", "param2"))) == 42
    assert value_at(document(), NumberChoice(PREDICTIVE, ("gone",))) is ABSENT
    assert value_at(document(), NumberChoice(SLAP2, ("trial_count",))) is ABSENT
    assert value_at(None, NumberChoice(PREDICTIVE, ("trial_count",))) is ABSENT


@given(st.dictionaries(st.text("abc.", min_size=1), VALUES, max_size=6))
def test_that_everything_offered_can_be_asked_for(attributes: dict[str, Any]) -> None:
    """The index and the offer go through a state in the same way."""
    state = document({})
    state.tree["launcher_states"][PREDICTIVE]["attributes"] = attributes  # type: ignore[index,call-overload]
    assert {choice.name for choice in choices_in(state)} <= values_of(state).keys()
