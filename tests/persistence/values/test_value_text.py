"""The quick text of a value is the text that the codec's rules give, for every value there is."""

from __future__ import annotations

import datetime as dt
import threading
import uuid
from collections import OrderedDict
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persistence.codec import encode
from persistence.errors import NotRepresentable
from persistence.values import value_text
from persistence.values.json_writing import write
from persistence.values.value_text import text_of


class Text(str):
    """A text of somebody's own."""

    __slots__ = ()


class Whole(int):
    """A number of somebody's own."""


TEXTS = st.text(st.characters(), max_size=4) | st.sampled_from(
    ["__type__", "\ud800", "\ud83d\ude00", "é", Text("a")]
)
SCALARS: st.SearchStrategy[Any] = (
    TEXTS
    | st.integers()
    | st.just(5000).map(lambda digits: 10**digits)
    | st.floats()
    | st.booleans()
    | st.none()
    | st.datetimes()
    | st.datetimes(timezones=st.just(dt.UTC))
    | st.dates()
    | st.times()
    | st.timedeltas()
    | st.binary(max_size=3)
    | st.complex_numbers()
    | st.sampled_from(
        [
            Decimal(1),
            uuid.UUID(int=1),
            Path("a"),
            Whole(1),
            object(),
            print,
            dt.datetime(1, 1, 1, fold=1),
        ]
    )
)
KEYS = TEXTS | st.integers(0, 2) | st.booleans() | st.none()
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(KEYS, inner, max_size=4)
        | st.tuples(inner)
        | st.sets(st.integers() | st.text(max_size=2), max_size=3)
        | st.builds(OrderedDict)
        | inner.map(lambda value: [value, value])
    ),
    max_leaves=15,
)


def slowly(value: object) -> str:
    """By the codec's rules, or why not."""
    try:
        return write(encode(value))
    except NotRepresentable as error:
        return str(error)


@given(VALUES)
def test_that_the_text_is_the_one_of_the_rules(value: object) -> None:
    try:
        found = text_of(value)
    except NotRepresentable as error:
        found = str(error)
    assert found == slowly(value)


@given(VALUES)
def test_that_it_is_so_without_the_encoder_in_c(value: object) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(value_text, "_ENCODER", None)
        try:
            found = text_of(value)
        except NotRepresentable as error:
            found = str(error)
    assert found == slowly(value)


def test_that_most_states_take_the_quick_way(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_value: object) -> None:
        raise AssertionError("the slow way")

    state = {"a": [1, 2.5, None, {"b": "é", "at": dt.datetime(2026, 1, 1)}], "c": True}
    expected = write(encode(state))
    monkeypatch.setattr(value_text, "write", refuse)
    assert text_of(state) == expected


def containing_itself() -> list[object]:
    """One that would be walked for ever, in two ways at each level."""
    made: list[object] = []
    made.extend([made, made, {"a": made}])
    return made


@pytest.mark.parametrize("depth", [15, 25, 150, 300])
def test_that_depth_is_judged_by_the_rules(depth: int) -> None:
    value: object = 1
    for _ in range(depth):
        value = [value]
    if depth < 190:
        assert text_of(value) == "[" * depth + "1" + "]" * depth
    else:
        with pytest.raises(NotRepresentable, match="levels deep"):
            text_of(value)
    with pytest.raises(NotRepresentable, match="containing itself"):
        text_of(containing_itself())


def test_that_what_another_thread_puts_in_meanwhile_is_never_flattened(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    value: list[object] = [1]
    quick = value_text._quick_text

    def put_in_then_write(found: object) -> str | None:
        value.append((2,))
        return quick(found)

    monkeypatch.setattr(value_text, "_quick_text", put_in_then_write)
    done = threading.Event()
    other = threading.Thread(target=done.wait)
    other.start()
    try:
        assert text_of(value) == '[1, {"__type__": "tuple", "value": [2]}]'
    finally:
        done.set()
        other.join()


@pytest.mark.parametrize("kind", [TypeError, RuntimeError, ValueError])
def test_that_what_the_quick_way_cannot_write_goes_the_slow_one(
    monkeypatch: pytest.MonkeyPatch, kind: type[Exception]
) -> None:
    monkeypatch.setattr(value_text, "_ENCODER", raising(kind))
    assert text_of([1]) == "[1]"


def test_that_a_mistake_of_ours_on_the_quick_way_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(value_text, "_ENCODER", raising(ZeroDivisionError))
    with pytest.raises(ZeroDivisionError):
        text_of([1])


def raising(kind: type[Exception]) -> Callable[[object, int], list[str]]:
    def encoder(_value: object, _level: int) -> list[str]:
        raise kind

    return encoder


@pytest.mark.parametrize("levels", range(20))
def test_that_what_is_deep_in_a_set_is_refused_at_the_depth_of_the_rules(levels: int) -> None:
    inner: object = ()
    for _ in range(93):
        inner = (inner,)
    value: object = {inner}
    for _ in range(levels):
        value = [value]
    try:
        found = text_of(value)
    except NotRepresentable as error:
        found = str(error)
    assert found == slowly(value)
