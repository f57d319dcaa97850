"""What can be asked of a saved state: single values by dotted name, bounded, and the same after storing."""

import datetime as dt
import json
import math
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from persistence.codec import encode
from persistence.document import Document, parse_document, render
from persistence.sessions.gathering import values_of
from persistence.sessions.query_values import LONGEST, MAX_NAMES, dump_values, load_values
from persistence.values.json_writing import write


def document(*states: dict[str, Any]) -> Document:
    spaces: dict[str, Any] = {
        f"m.L{number}": {"attributes": attributes} for number, attributes in enumerate(states)
    }
    return parse_document(write({"launcher_states": spaces}).encode())


def values(*states: dict[str, Any]) -> dict[str, Any]:
    """Of a file in our layout and of one in another; they are the same."""
    found = document(*states)
    laid_out = values_of(parse_document(render(found)))
    assert json.dumps(laid_out) == json.dumps(values_of(found))
    return dict(laid_out)


def test_that_single_values_are_kept_as_they_are() -> None:
    state = {"count": 150, "gain": 5.5, "on": True, "note": None, "phase": "data"}
    found = values(state)
    assert found == {name: [value] for name, value in state.items()}
    assert found["on"][0] is True


def test_that_mappings_are_reached_into_by_dotted_names_three_deep() -> None:
    found = values({"a": {"b": {"c": {"d": 1, "e": {"f": 2}}}, "g": 3}, "h.i": 4, "h": {"i": 5}})
    assert found == {"a.b.c.d": [1], "a.g": [3], "h.i": [4, 5]}


def test_that_each_launcher_adds_its_value() -> None:
    assert values({"gain": 1, "x": True}, {"gain": "high"}) == {"gain": [1, "high"], "x": [True]}


def test_that_tagged_values_are_kept_by_what_they_are() -> None:
    moment = dt.datetime(2026, 11, 23, 14, 29, 51, 204618, tzinfo=dt.timezone(dt.timedelta(hours=1)))
    identity = UUID(int=5)
    assert values(
        {
            "at": encode(moment),
            "day": encode(moment.date()),
            "clock": encode(moment.time()),
            "exact": encode(Decimal("1.50")),
            "nan": encode(math.nan),
            "id": encode(identity),
            "file": encode(Path("a/b")),
        }
    ) == {
        "at": [{"time": moment.isoformat()}],
        "day": [{"time": "2026-11-23"}],
        "clock": [{"clock": "14:29:51.204618"}],
        "exact": [{"number": "1.50"}],
        "nan": [{"number": "nan"}],
        "id": [str(identity)],
        "file": ["a/b"],
    }


def test_that_numbers_keep_their_spelling() -> None:
    digits = "1" + "0" * 5000
    text = '{"launcher_states": {"m.L": {"attributes": {"a": 1e2, "b": %s, "c": 1e999, "d": NaN}}}}'
    assert values_of(parse_document((text % digits).encode())) == {
        "a": [{"number": "1e2"}],
        "b": [{"number": digits}],
        "c": [{"number": "inf"}],
        "d": [{"number": "nan"}],
    }


def test_that_nothing_else_is_kept() -> None:
    odd: dict[str, Any] = {"__type__": "unheard", "value": "x"}
    broken: dict[str, Any] = {"__type__": "datetime", "value": 5}
    parts = {
        "list": [1],
        "tuple": encode((1, 2)),
        "set": encode({1}),
        "bytes": encode(b"x"),
        "pairs": encode({1: 2}),
    }
    assert (
        values(parts | {"odd": odd, "broken": broken, "long": "x" * (LONGEST + 1), "y" * (LONGEST + 1): 1})
        == {}
    )
    assert len(values({"text": "x" * LONGEST})) == 1


def test_that_what_is_spelled_out_is_limited_too() -> None:
    assert values({"path": encode(Path("x" * (LONGEST + 1)))}) == {}
    text = '{"launcher_states": {"m.L": {"attributes": {"a": %s}}}}'
    assert values_of(parse_document((text % ("1" * 10_001)).encode())) == {}


def test_that_names_are_limited_to_the_first() -> None:
    found = values({f"a{number}": number for number in range(MAX_NAMES + 5)}, {"a0": "more", "b": 1})
    assert [*found] == [f"a{number}" for number in range(MAX_NAMES)]
    assert found["a0"] == [0, "more"]


def test_that_a_file_of_other_shapes_has_no_values() -> None:
    for tree in ({}, {"launcher_states": 5}, {"launcher_states": {"m.L": 5, "m.M": {"attributes": [1]}}}):
        assert values_of(parse_document(json.dumps(tree).encode())) == {}


def refuse(name: str) -> None:
    raise AssertionError(f"{name} is no JSON")


_SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()


@given(st.dictionaries(st.text(), _SCALARS))
def test_that_values_are_the_same_after_storing(attributes: dict[str, Any]) -> None:
    found = values_of(Document({"launcher_states": {"m.L": {"attributes": attributes}}}))
    text = dump_values(found)
    assert text.isascii()
    assert repr(load_values(text)) == repr(found)
    json.loads(text, parse_constant=refuse)
