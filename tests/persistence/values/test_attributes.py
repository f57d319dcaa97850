"""The rules about names and values: what is state, what fits what."""

import datetime as dt
import functools
import io
import logging
import math
import multiprocessing
import socket
import subprocess
import sys
import threading
import types
from collections import OrderedDict
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persistence.errors import Mismatch
from persistence.launching.session_folder import SessionFolder
from persistence.values.attributes import fit, instance_attributes, made_by_class, refusal, state_of, tool


class Slotted:
    __slots__ = ("_hidden", "first", "never_set")

    def __init__(self) -> None:
        self.first = 1
        self._hidden = 2


class Thing(Slotted):
    default = 5

    def __init__(self) -> None:
        super().__init__()
        self.second = "two"
        self._private = 3

    def method(self) -> None: ...

    @property
    def computed(self) -> int:
        return 1

    @functools.cached_property
    def remembered(self) -> int:
        return 2

    @classmethod
    def of_class(cls) -> None: ...

    @staticmethod
    def static() -> None: ...


def test_that_public_attributes_of_slots_and_of_the_instance_are_found_in_order() -> None:
    assert instance_attributes(Thing()) == {"first": 1, "second": "two"}
    assert list(instance_attributes(Thing())) == ["first", "second"]


def test_that_an_object_without_any_attributes_has_no_state() -> None:
    assert instance_attributes(object()) == instance_attributes(7) == {}


def test_that_what_the_class_computes_is_no_state() -> None:
    thing = Thing()
    assert thing.remembered == 2  # now it stands in __dict__
    values, excluded = state_of(thing, frozenset())
    assert "remembered" not in values
    assert excluded == {"remembered": "a descriptor of the class"}


def test_that_names_of_a_run_are_no_state() -> None:
    values, excluded = state_of(Thing(), frozenset({"second", "unheard of"}))
    assert values == {"first": 1}
    assert list(excluded) == ["second"]


def test_that_a_name_that_could_never_be_restored_is_not_saved() -> None:
    thing = Thing()
    vars(thing)["two words"] = 1
    assert state_of(thing, frozenset())[1] == {
        "two words": "a name has letters, digits and _ only, and no digit first"
    }


TOOLS = {
    "a lambda": (lambda: lambda: 1, "callable"),
    "a class": (lambda: dict, "callable"),
    "a module": (lambda: types, "a module"),
    "a thread": (threading.Thread, "a thread"),
    "a lock": (threading.Lock, "a lock"),
    "a recursive lock": (threading.RLock, "a lock"),
    "an event": (threading.Event, "a lock"),
    "a condition": (threading.Condition, "a lock"),
    "a text file": (lambda: io.StringIO("x"), "an open file"),
    "a binary file": (lambda: io.BytesIO(b"x"), "an open file"),
    "a logger": (lambda: logging.getLogger("x"), "a logger"),
    "a logger's adapter": (lambda: logging.LoggerAdapter(logging.getLogger("x"), {}), "a logger"),
    "a process": (lambda: multiprocessing.get_context("spawn").Process(), "a process"),
}


@pytest.mark.parametrize(("make", "what"), TOOLS.values(), ids=TOOLS)
def test_that_tools_are_no_state(make: Any, what: str) -> None:
    assert tool(make()) == what


def test_that_a_started_process_and_a_socket_are_no_state() -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as process, socket.socket() as connection:
        assert tool(process) == "a process"
        assert tool(connection) == "an open connection"


@pytest.mark.parametrize("value", [None, 1, "x", [], {}, object(), dt.datetime.now(), Path(), Decimal(1)])
def test_that_values_are_no_tools(value: object) -> None:
    assert tool(value) == ""


def test_that_looking_for_tools_imports_nothing() -> None:
    code = (
        "import sys; from persistence.values.attributes import tool; tool(object());"
        "print([m for m in ('subprocess','socket','multiprocessing') if m in sys.modules])"
    )
    output = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=".")
    assert output.stdout == "[]\n"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("_private", "the name begins with an underscore"),
        ("__class__", "the name begins with an underscore"),
        ("two words", "a name has letters, digits and _ only, and no digit first"),
        ("", "a name has letters, digits and _ only, and no digit first"),
        ("class", "the name is a word of Python itself"),
        ("method", "a method of the class"),
        ("of_class", "a method of the class"),
        ("static", "a method of the class"),
        ("computed", "a property of the class"),
        ("remembered", "a descriptor of the class"),
    ],
)
def test_that_such_a_name_is_never_restored(name: str, reason: str) -> None:
    assert refusal(Thing, name) == reason


@pytest.mark.parametrize("name", ["first", "second", "default", "new", "größe"])
def test_that_any_other_name_may_be_restored(name: str) -> None:
    assert refusal(Thing, name) == ""


def test_that_a_descriptor_that_only_stores_is_an_attribute_like_any_other() -> None:
    class WithFolder:
        output_session_folder = SessionFolder(None)

    assert made_by_class(WithFolder, "output_session_folder") == ""


# --- what fits what ---------------------------------------------------------------------------------------


class Colour(Enum):
    RED = 1


class Custom:
    pass


class Derived(Custom):
    pass


CUSTOM = Custom()
NOW = dt.datetime(2025, 1, 1)
FITTING: list[tuple[Any, Any, Any]] = [
    (None, 5, 5),
    ("x", None, None),
    (1, 2, 2),
    (1, 2.5, 2.5),
    (2.5, 1, 1),
    (1.0, math.inf, math.inf),
    (math.inf, 3, 3),  # "the best so far", before there was one
    (True, False, False),
    ([1], (2,), [2]),
    ((1,), [2], (2,)),
    ({"a": 1}, {}, {}),
    (NOW, NOW, NOW),
    (CUSTOM, CUSTOM, CUSTOM),
    (Path("a"), Path("b"), Path("b")),
]


@pytest.mark.parametrize(("current", "value", "expected"), FITTING)
def test_that_it_fits(current: object, value: object, expected: object) -> None:
    found = fit(current, value)
    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize(
    ("current", "value"),
    [
        (1, True),
        (True, 1),
        (1.0, True),
        (1, "1"),
        (1, math.nan),
        (1, -math.inf),
        (1, 1j),
        ("x", 1),
        ("x", b"x"),
        ([1], {1}),
        ([1], "x"),
        ({}, []),
        (NOW, NOW.date()),
        (NOW.date(), NOW),
        (OrderedDict(), {}),
        (Colour.RED, "RED"),
        (CUSTOM, {}),
        (Derived(), Custom()),
        (Decimal(1), 1.0),
        (Path("a"), "a"),
    ],
)
def test_that_it_does_not_fit(current: object, value: object) -> None:
    with pytest.raises(Mismatch, match="does not fit"):
        fit(current, value)


def test_that_a_value_of_a_class_derived_from_the_launchers_own_fits() -> None:
    value = Derived()
    assert fit(Custom(), value) is value


def test_that_the_reason_names_both_types_in_words() -> None:
    with pytest.raises(Mismatch) as mismatch:
        fit(1, "x")
    assert mismatch.value.cause == "text does not fit an integer"


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.text(),
    st.binary(),
    st.lists(st.integers()),
    st.tuples(st.integers()),
    st.dictionaries(st.text(), st.integers()),
    st.sets(st.integers()),
    st.datetimes(),
    st.dates(),
    st.decimals(allow_nan=False),
)


@given(VALUES, VALUES)
def test_that_what_fits_is_equal_and_of_the_own_type_save_for_numbers_and_none(
    current: Any, value: Any
) -> None:
    try:
        found = fit(current, value)
    except Mismatch:
        assert type(current) is not type(value)
        return
    assert found == (
        list(value) if isinstance(found, list) else tuple(value) if isinstance(found, tuple) else value
    )
    if current is not None and value is not None and not isinstance(current, int | float):
        assert type(found) is type(current)
    assert isinstance(current, bool) == isinstance(found, bool) or current is None or found is None


@given(VALUES)
def test_that_every_value_fits_its_own_place(value: Any) -> None:
    assert fit(value, value) == value
