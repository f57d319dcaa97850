"""What is read in pieces is what is read at once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persistence.errors import Damaged
from persistence.values import in_pieces
from persistence.values.depth import MAX_DEPTH
from persistence.values.in_pieces import Unfit, reading, runs
from persistence.values.json_text import JSON, ForeignNumber, parse_piece, parse_text
from persistence.values.json_writing import write
from persistence.values.sameness import same
from tests.persistence.values.json_texts import VALUES


@pytest.fixture(autouse=True, scope="module")
def small_pieces() -> Iterator[None]:
    """So small that the texts of the tests have many."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(in_pieces, "WINDOW", 24)
        yield


def in_pieces_of(text: str) -> JSON:
    """The value, read to the end."""
    work = reading(text)
    while True:
        try:
            next(work)
        except StopIteration as ended:
            value: JSON = ended.value
            return value


def outcome(read: Callable[[str], JSON], text: str) -> object:
    """The value of a text, or that it has none."""
    try:
        return read(text)
    except (Damaged, Unfit):
        return Damaged


@given(VALUES, st.sampled_from(["", " ", "\n\t"]))
def test_that_a_value_read_in_pieces_is_the_one_that_is_read_at_once(text: str, space: str) -> None:
    assert same(in_pieces_of(space + text + space), parse_text(text))


@given(
    VALUES,
    st.integers(0, 400),
    st.sampled_from([*'[]{}",:1 a\\', "", ', "a": 1', "NaN"]),
    st.integers(0, 3),
)
def test_that_damage_is_never_read_as_something(text: str, at: int, put: str, gone: int) -> None:
    damaged = text[:at] + put + text[at + gone :]
    found, wanted = outcome(in_pieces_of, damaged), outcome(parse_text, damaged)
    if found is not Damaged:  # strange texts may be left to those who read them at once
        assert wanted is not Damaged
        assert same(found, wanted)  # type: ignore[arg-type]  # both are values


@given(VALUES)
def test_that_other_layouts_are_read_too(text: str) -> None:
    for spelled in (
        json.dumps(json.loads(text), indent=2),
        json.dumps(json.loads(text), separators=(",", ":")),
    ):
        assert same(in_pieces_of(spelled), parse_text(spelled))


@given(VALUES)
def test_that_runs_hold_every_item_once_and_in_order(text: str) -> None:
    whole = parse_text(text)
    if not isinstance(whole, list | dict):
        with pytest.raises(Unfit):
            list(runs(text))
        return
    found = [run.items for run in runs(text)]
    if isinstance(whole, list):
        assert same([item for items in found for item in items], whole)
    else:
        members = [member for items in found if isinstance(items, dict) for member in items.items()]
        assert same(dict(members), whole)
        assert [key for key, _ in members] == [*whole]


def test_that_no_piece_is_much_longer_than_it_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    real = parse_piece

    def seen(text: str, levels: int, *, foreign_numbers: bool = True) -> JSON:
        asked.append(len(text))
        return real(text, levels, foreign_numbers=foreign_numbers)

    monkeypatch.setattr(in_pieces, "parse_piece", seen)
    value: JSON = {
        "a": [{"x": index, "y": [index] * 3} for index in range(200)],
        "b": [[1, 2]] * 50,
        "c": "z",
    }
    assert same(in_pieces_of(write(value)), value)
    assert max(asked) <= in_pieces.WINDOW + 2
    assert len(asked) > 100


def test_that_a_key_that_stands_twice_in_two_pieces_is_found() -> None:
    members = [f'"{name}": 1' for name in "abcdefghijklmnop"]
    with pytest.raises(Unfit):
        in_pieces_of("{" + ", ".join([*members, '"a": 2']) + "}")


@pytest.mark.parametrize("levels", [MAX_DEPTH - 1, MAX_DEPTH, MAX_DEPTH + 1, 3000])
def test_that_depth_is_counted_through_the_pieces(levels: int) -> None:
    text = "[" * levels + "1" + "]" * levels
    assert (
        outcome(in_pieces_of, text) is Damaged
        if levels > MAX_DEPTH
        else same(in_pieces_of(text), parse_text(text))
    )


def test_that_a_number_that_json_lacks_is_told_where_it_is_not_wanted() -> None:
    text = json.dumps([*range(20), float("nan")])
    assert str(in_pieces_of(text)).endswith("nan]")
    with pytest.raises(ForeignNumber):
        list(reading(text, foreign_numbers=False))
