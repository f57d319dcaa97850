"""The query language: what it takes, what it refuses and how, and which sessions it finds."""

import operator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persistence.errors import WrongQuery
from persistence.query import FIELDS, Condition, Query, parse

FOUND: dict[str, Any] = {"session": ["764521_2026-11-23"], "subject": ["mouse_12"], "outcome": [None]}
FOUND |= {"saved": ["2026-11-23T14:30:00"], "status": ["Completed"], "launcher": ["Rig", "Camera"]}
VALUES: dict[str, Any] = {
    "trial_count": [150],
    "phase": ["Data", "warm-up"],
    "settings.volume": [5.5],
    "settings.left arm": ["up"],
    "status": ["ok"],
    "C": ["\\data"],
}
TEXT = "764521_2026-11-23 mouse_12 rig 14:30 completed two words"


def finds(text: str) -> bool:
    return parse(text).matches(TEXT, FOUND, VALUES)


# --- what it takes ----------------------------------------------------------------------------------------


def test_that_a_query_is_words_and_conditions() -> None:
    assert parse("trial_count>100 phase=data subject:mouse_12 Mouse") == Query(
        words=("mouse",),
        conditions=(
            Condition("trial_count", ">", "100"),
            Condition("phase", "=", "data"),
            Condition("subject", ":", "mouse_12", field=True),
        ),
    )


def test_that_fields_and_attributes_can_be_asked_apart() -> None:
    query = parse("a=1 saved>=2025 b.c:x")
    assert [condition.name for condition in query.field_conditions] == ["saved"]
    assert [condition.name for condition in query.attribute_conditions] == ["a", "b.c"]
    assert query.matches_row("", {"saved": ["2026-01-01"]})
    assert query.matches_values({"a": [1], "b.c": ["xy"]})


@pytest.mark.parametrize("text", ["", " ", "\n\t"])
def test_that_an_empty_query_finds_everything(text: str) -> None:
    assert parse(text) == Query()
    assert parse(text).matches("", {}, {})


@pytest.mark.parametrize("name", FIELDS)
def test_that_names_of_the_list_are_fields_in_any_case(name: str) -> None:
    for typed in (name, name.upper()):
        (condition,) = parse(f"{typed}:x").conditions
        assert (condition.name, condition.field) == (name, True)


def test_that_name_is_another_word_for_session() -> None:
    assert parse("name:x") == parse("session:x")


def test_that_a_name_in_quotes_is_an_attribute() -> None:
    assert parse('"status"=x').conditions == (Condition("status", "=", "x"),)
    assert finds('"status"=ok status=completed')
    assert not finds('"status"=completed')


def test_that_queries_are_values() -> None:
    assert {parse("a=1 b"), parse("  b   a=1 ")} == {parse("b a=1")}


# --- which sessions it finds ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "trial_count>100 phase=data subject:mouse_12",
        "MOUSE 764521",
        '"two words"',
        "14:30",
        "phase=warm-up",
        "phase:ARM",
        "phase!=data",
        "settings.volume>5",
        '"settings.left arm"=UP',
        "launcher=camera",
        "saved>2025-11 saved<=2026-11 saved=2026",
        'saved>="2026-11-23 14:30"',
        "outcome=none",
        "not:camera not:phase=other not:gone=1",
        "NOT:gone:x",
        "C:\\data",
        "trial_count!=abc",
    ],
)
def test_that_it_finds(text: str) -> None:
    assert finds(text)


@pytest.mark.parametrize(
    "text",
    [
        "trial_count>150",
        "mouse rat",
        '"words two"',
        "14:31",
        "phase=dat",
        "gone!=1",
        "Trial_count=150",
        "not:mouse",
        "not:phase=data",
        "saved>2026-11",
        "outcome:e",
        "trial_count:5 trial_count=15",
    ],
)
def test_that_it_does_not_find(text: str) -> None:
    assert not finds(text)


def test_that_another_value_is_not_the_same_as_no_such_value() -> None:
    with_another, without = {"phase": ["other"]}, dict[str, Any]()
    assert parse("phase!=data").matches_values(with_another)
    assert not parse("phase!=data").matches_values(without)
    assert parse("not:phase=data").matches_values(with_another)
    assert parse("not:phase=data").matches_values(without)


_COMPARE = {
    "=": operator.eq,
    "!=": operator.ne,
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
}


@given(
    values=st.lists(st.integers(-5, 5) | st.sampled_from("abAB"), max_size=3),
    sign=st.sampled_from([*_COMPARE]),
    typed=st.integers(-5, 5) | st.sampled_from("abAB"),
    negated=st.booleans(),
)
def test_that_it_agrees_with_comparing_in_python(
    values: list[Any], sign: str, typed: Any, negated: bool
) -> None:
    def holds(value: Any) -> bool:
        if isinstance(value, str):  # a saved text is compared as text, whatever was typed
            return bool(_COMPARE[sign](value.casefold(), str(typed).casefold()))
        return bool(_COMPARE[sign](value, typed)) if isinstance(typed, int) else sign == "!="

    query = parse(f"{'not:' * negated}x{sign}{typed}")
    assert query.matches_values({"x": values}) is (any(map(holds, values)) is not negated)


# --- what it refuses --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "position", "words"),
    [
        ("trial_count>", 12, "a value is missing right after trial_count>"),
        ("phase= ", 7, "a value is missing right after phase="),
        ("a > b<5", 3, "a value is missing right after a>"),
        ("trial_count> phase=data", 12, "a value is missing right after trial_count>"),
        (">5", 0, "a name is missing right before >"),
        (" > 5", 1, "a name is missing right before >"),
        ("x :5", 2, "a name is missing right before :"),
        ('""=5', 0, "a name is missing right before ="),
        ('a "two words', 2, "the closing quote of a text is missing"),
        ('a="two words', 2, "the closing quote of a text is missing"),
        ('"a"b', 3, "a space is missing before or after a quoted text"),
        ('ab"c"', 2, "a space is missing before or after a quoted text"),
        ("phase==data", 6, "after phase= stands a second sign of comparison"),
        ("a=>5", 2, "after a= stands a second sign of comparison"),
        ("not: a", 4, "a word or a comparison is missing right after not:"),
        ("x not:", 6, "a word or a comparison is missing right after not:"),
        ("a saved>yesterday", 8, "yesterday is no date or time"),
        ("started=5", 8, "5 is no date or time"),
    ],
)
def test_that_a_wrong_query_is_told_with_its_place_and_an_example(
    text: str, position: int, words: str
) -> None:
    with pytest.raises(WrongQuery) as caught:
        parse(text)
    assert caught.value.position == position
    assert str(caught.value) == f"{words} (character {position + 1}). For example: {caught.value.example}"
    assert parse(caught.value.example) != Query()


@pytest.mark.parametrize(
    ("text", "example"),
    [
        ("gain>", "gain>100"),
        ("a b <=", "b<=100"),
        ('"two words"=', '"two words"=data'),
        ("not:phase:", "not:phase:data"),
        ("saved>", "saved>2025-11-23"),
        ("saved>=27.11.2026", "saved>=2026-11-27"),
        ("saved<3/4/2026", "saved<2026-03-04"),
    ],
)
def test_that_the_example_is_of_what_was_begun(text: str, example: str) -> None:
    with pytest.raises(WrongQuery) as caught:
        parse(text)
    assert caught.value.example == example


@pytest.mark.parametrize(
    ("text", "slip"),
    [
        ("a=1 b>1,5", "Use a point: b>1.5"),
        ("x<0x10", "Use digits only: x<16"),
        ("last>=27.11.2026", "Year first: last>=2026-11-27"),
        ('"last one"=3/4/2026', 'Year first: "last one"=2026-03-04 or "last one"=2026-04-03'),
        ('not:last>"2026/11/27 9:15"', 'With hyphens: not:last>"2026-11-27 09:15"'),
        ('last>"2026-11-27 9:15"', ""),
        ("version=1.2.3", ""),
        ("a,b", ""),
        ("phase=31.11.2026", ""),
    ],
)
def test_that_it_is_said_how_what_was_meant_is_asked_for(text: str, slip: str) -> None:
    assert parse(text).slip == slip


def test_that_null_asks_for_what_is_empty_as_none_does() -> None:
    for text in ("a=null", "a=None", "a=empty"):
        assert parse(text).matches_values({"a": [None]})
        assert not parse(text).matches_values({"a": [0, ""]})


@pytest.mark.parametrize("text", ["a>5 b", "a > 5 b", "a >5 b", "a> 5 b", " a  >\t5  b "])
def test_that_spaces_around_a_sign_of_comparison_mean_nothing(text: str) -> None:
    assert parse(text) == parse("a>5 b")


def test_that_a_sentence_repeats_no_more_than_a_line() -> None:
    with pytest.raises(WrongQuery) as caught:
        parse("x" * 10_000 + ">")
    assert len(str(caught.value)) < 200


_PIECES = [
    "not:",
    '"',
    '""',
    "=",
    "!=",
    "!",
    ">=",
    "<",
    ":",
    " ",
    "\n",
    "a",
    "saved",
    "name",
    "12",
    "\\",
    "Ä",
    "\ud800",
]
_TEXTS = st.lists(st.sampled_from(_PIECES) | st.text(max_size=3), max_size=12).map("".join)


def parsed(text: str) -> Query | WrongQuery:
    try:
        return parse(text)
    except WrongQuery as error:
        return error


@given(_TEXTS)
def test_that_no_text_raises_anything_else_and_its_printed_form_says_the_same(text: str) -> None:
    found = parsed(text)
    if isinstance(found, WrongQuery):
        assert 0 <= found.position <= len(text)
        return
    assert parse(str(found)) == found
    assert str(parse(str(found))) == str(found)
    found.matches(TEXT, FOUND, VALUES)


_NAMES = st.text(min_size=1).filter(lambda name: '"' not in name)


@given(
    words=st.lists(st.text().map(str.casefold), max_size=2),
    excluded=st.lists(st.text().map(str.casefold), max_size=2),
    conditions=st.lists(
        st.builds(Condition, _NAMES, st.sampled_from([*_COMPARE, ":"]), st.text()), max_size=2
    ),
)
def test_that_every_query_can_be_typed(
    words: list[str], excluded: list[str], conditions: list[Condition]
) -> None:
    query = Query(tuple(words), tuple(excluded), tuple(conditions))
    assert parse(str(query)) == query


@pytest.mark.parametrize("name", ["not", "Not", "12", "name", "SAVED", "status", "a b", "a:b", "!="])
def test_that_an_attribute_of_any_name_can_be_typed(name: str) -> None:
    query = Query(conditions=(Condition(name, ":", "x"),))
    assert parse(str(query)) == query
