"""numpy's arrays and scalars come back equal and of the same type, and numpy is never imported for them."""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path
from typing import Any

import pytest

import persistence
from persistence.codec import UnknownTag, decode, encode
from persistence.errors import Mismatch, NotRepresentable
from persistence.values.arrays import decode_array, encode_array
from persistence.values.attributes import fit
from persistence.values.json_text import JSON, parse
from persistence.values.kinds import Kind, kind_of, word_for_type
from tests.persistence.launcher_scripts import finished, start

np = pytest.importorskip("numpy")


def again(value: Any) -> Any:
    """Through JSON text and back."""
    return decode(json.loads(json.dumps(encode(value))))


VALUES = [
    np.float64(1.5),
    np.float64("nan"),
    np.float16(2),
    np.longdouble(1) / 3,
    np.int8(-3),
    np.uint64(2**64 - 1),
    np.bool_(True),
    np.complex64(1 + 2j),
    np.str_("ü"),
    np.str_(""),
    np.bytes_(b"\x00\x01"),
    np.datetime64("2020-01-01T00:00:00.000000001"),
    np.datetime64("NaT"),
    np.timedelta64(5, "D"),
    np.void(b"abc"),
    np.array(5),
    np.zeros((2, 3)),
    np.arange(6).reshape(2, 3).T,
    np.asfortranarray(np.arange(6).reshape(2, 3)),
    np.arange(10)[::3],
    np.array([], dtype="f4"),
    np.zeros((0, 5)),
    np.array(["a", "bc"]),
    np.array([1.0, math.nan], dtype=">f8"),
    np.array([(1, (2.5, 3.5))], dtype=[("a", "<i4"), ("b", ">f8", (2,))]),
    np.array([(1, (2, 3))], dtype=[("a", "i4"), ("n", [("x", "i2"), ("y", "i2")])]),
    np.array(["2020", "NaT"], dtype="datetime64[ms]"),
]


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_that_a_value_of_numpys_comes_back_the_same(value: Any) -> None:
    back = again(value)
    assert type(back) is type(value)
    assert (back.dtype, back.shape) == (value.dtype, value.shape)
    assert back.tobytes() == value.tobytes()
    assert kind_of(encode(value)) is Kind.ARRAY


def test_that_an_array_that_was_read_can_be_changed_and_shares_nothing() -> None:
    tree = encode(np.zeros(3))
    one, other = decode(tree), decode(tree)
    one[0] = 1  # type: ignore[index]
    assert list(other) == [0, 0, 0]  # type: ignore[call-overload]


def test_that_arrays_stand_at_any_depth() -> None:
    back = again({"a": [np.float32(1), (np.arange(2),)], np.int64(3): 1})
    assert type(back["a"][0]) is np.float32
    assert back["a"][1][0].tolist() == [0, 1]
    assert [type(key) for key in back] == [str, np.int64]


@pytest.mark.parametrize(
    "value",
    [
        np.array([object()]),
        np.array([(1, 2)], dtype=np.dtype([("a", "u1"), ("b", "f8")], align=True)),
        np.ma.array([1]),
        np.random.default_rng(1),
        np.float64,
        np.array([(1, object())], dtype=[("a", "i4"), ("b", "O")]),
    ],
    ids=["objects", "aligned record", "masked array", "generator", "type", "record with an object"],
)
def test_that_what_is_more_than_bytes_is_refused_by_name(value: Any) -> None:
    with pytest.raises(NotRepresentable):
        encode(value)


def test_that_a_subclass_is_refused() -> None:
    Own = type("Own", (np.ndarray,), {})  # noqa: N806 - a class
    with pytest.raises(NotRepresentable, match="Own cannot be saved without a handler"):
        encode(np.zeros(2).view(Own))


@pytest.mark.parametrize(
    "changed",
    [
        {"dtype": "O"},
        {"dtype": "|O8"},
        {"dtype": "f8,i4"},
        {"dtype": "object"},
        {"dtype": [["a", "O"]]},
        {"dtype": [["a", "<f8"], ["a", "<f8"]]},
        {"dtype": []},
        {"dtype": "<f8" * 2},
        {"dtype": "<f3"},
        {"shape": [2]},
        {"shape": [-1]},
        {"shape": [1.0]},
        {"shape": [True]},
        {"shape": [10**18, 10**18]},
        {"shape": 1},
        {"data": "%"},
        {"data": "AAAA"},
        {"data": None},
        {"array": False},
        {"more": 1},
    ],
    ids=str,
)
def test_that_a_broken_array_is_a_mapping_that_stays_as_it_is(changed: dict[str, Any]) -> None:
    sound: Any = encode(np.zeros(1))
    tree: Any = {"__type__": "ndarray", "value": {**sound["value"], **changed}}
    back = decode(tree)
    assert type(back) is UnknownTag
    assert encode(back) == tree


@pytest.mark.parametrize(
    "held",
    [
        '{"dtype": "<f8", "shape": [-0], "data": ""}',
        '{"dtype": [["a", "|b1", [2, -0]]], "shape": [], "data": ""}',
        '{"dtype": [["a", "|b1", -0]], "shape": [1], "data": ""}',
    ],
)
def test_that_a_length_is_one_however_it_is_spelled(held: str) -> None:
    read = parse(b'{"__type__": "ndarray", "value": ' + held.encode() + b"}")
    value = decode(read)
    assert kind_of(read) is Kind.ARRAY
    assert type(decode(encode(value))) is type(value)


def test_that_a_number_of_numpys_and_one_of_pythons_fit_each_other() -> None:
    for current in (0, 0.0, np.float64(0), np.int8(0)):
        for value in (1, 1.5, np.float32(2), np.uint8(3)):
            assert fit(current, value) is value
    for current, value in [(0, np.bool_(1)), (0, np.float64("inf")), (np.int8(0), True), (1, np.zeros(1))]:
        with pytest.raises(Mismatch):
            fit(current, value)
    assert fit(None, np.zeros(1)) is not None
    assert word_for_type(np.zeros(1)) == "an array"


def test_that_a_launcher_without_numpy_keeps_the_arrays_of_others(tmp_path: Path) -> None:
    class Rig:
        pass

    rig: Any = Rig()
    rig.weights = np.arange(3)
    assert persistence.save(rig, tmp_path)
    script = (
        "import sys, persistence\n"
        "class Rig: pass\n"
        "Rig.__module__, rig = sys.argv[2], Rig()\n"
        "assert persistence.load(rig, sys.argv[1])\n"
        "assert 'numpy' not in sys.modules\n"
        "print(rig.weights['__type__'], persistence.save(rig, sys.argv[1]).ok)\n"
    )
    assert finished(start("-c", script, tmp_path, __name__))[1] == "ndarray True\n"
    again_: Any = Rig()
    assert persistence.load(again_, tmp_path)
    assert again_.weights.tolist() == [0, 1, 2]


def test_that_numpy_is_not_asked_for_where_nobody_loaded_it(monkeypatch: pytest.MonkeyPatch) -> None:
    told = encode_array(np.zeros(1))
    monkeypatch.delitem(sys.modules, "numpy")
    with pytest.raises(ValueError):  # noqa: PT011 - as constructors do, see `values.tags`
        decode_array(told)


def test_that_items_without_bytes_cost_nothing() -> None:
    pytest.importorskip("numpy")
    tag: JSON = {"__type__": "ndarray", "value": {"dtype": "|S0", "shape": [10**8], "data": ""}}
    value: Any = decode(tag)
    assert value == tag if isinstance(value, dict) else value.nbytes == 0
