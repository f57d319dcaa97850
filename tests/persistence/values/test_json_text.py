"""Bytes to JSON value and back: strict, lossless, and every refusal with its place."""

from __future__ import annotations

import contextlib
import json
import math
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persistence.errors import Damaged
from persistence.values.depth import MAX_DEPTH
from persistence.values.json_text import JSON, MAX_DIGITS, Number, parse
from persistence.values.json_writing import write
from persistence.values.sameness import same

texts = st.text(st.characters(codec=None, categories=None, exclude_categories=["Cs"]), max_size=20)
numbers = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
values: st.SearchStrategy[JSON] = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=20,
)


@given(values)
def test_that_every_value_comes_back_from_its_text(value: JSON) -> None:
    assert same(parse(write(value).encode()), value)


@given(values)
def test_that_the_text_is_what_json_reads(value: JSON) -> None:
    assert json.loads(write(value)) == value


@pytest.mark.parametrize(
    "spelling",
    [
        "1e2",
        "-0",
        "1.10",
        "1E+2",
        "0.1234567890123456789012345678901",
        "-0.0",
        "1.0",
        "5",
        "-7",
        "9" * 5000,
        "1e-400",
    ],
)
def test_that_a_number_nobody_edited_keeps_its_spelling(spelling: str) -> None:
    assert write(parse(f'{{"a": [{spelling}]}}'.encode())) == f'{{"a": [{spelling}]}}'


def test_that_ordinary_numbers_are_plain_python_numbers() -> None:
    assert parse(b"[1, 2.5, -3, 0.0]") == [1, 2.5, -3, 0.0]
    assert parse(b"[1e2, -0]") == [Number("1e2"), Number("-0")]


def test_that_long_integers_are_read_whatever_limit_the_process_has_set() -> None:
    limit = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(640)
    try:
        assert write(parse(b"[" + b"7" * 1000 + b"]")) == "[" + "7" * 1000 + "]"
        assert write([10**999]) == "[1" + "0" * 999 + "]"
    finally:
        sys.set_int_max_str_digits(limit)


@pytest.mark.parametrize("sign", ["", "-"])
def test_that_what_a_number_is_read_as_does_not_depend_on_those_beside_it(sign: str) -> None:
    longest, longer = sign + "7" * MAX_DIGITS, sign + "7" * (MAX_DIGITS + 1)
    assert parse(f"[{longest}, {longer}]".encode()) == [int(longest), Number(longer)]
    assert parse(f"[{longest}, {longer}, -0]".encode()) == [int(longest), Number(longer), Number("-0")]
    assert parse(f"[{longest}]".encode()) == [int(longest)]


@pytest.mark.parametrize(
    ("literal", "text"), [("NaN", "nan"), ("Infinity", "inf"), ("-Infinity", "-inf"), ("1e999", "inf")]
)
def test_that_numbers_json_lacks_are_read_and_written_as_tags_only(literal: str, text: str) -> None:
    value = parse(f"[{literal}]".encode())
    assert isinstance(value, list)
    assert isinstance(value[0], float)
    assert not math.isfinite(value[0])
    assert write(value) == f'[{{"__type__": "float", "value": "{text}"}}]'


def test_that_a_byte_order_mark_is_accepted() -> None:
    assert parse(b'\xef\xbb\xbf{"a": 1}') == {"a": 1}


@pytest.mark.parametrize(
    ("data", "cause", "line", "column"),
    [
        (b"", "empty", 1, 1),
        (bytes(4096), "4,096 zero bytes", 1, 1),
        ('{"a": 1}'.encode("utf-16"), "not UTF-8", 1, 1),
        ('{"a": 1}'.encode("utf-16-le"), "not UTF-8", 1, 1),
        ('{"a": 1}'.encode("utf-32-be"), "not UTF-8", 1, 1),
        (b'{"a":\n "\xff"}', "not UTF-8", 2, 3),
        (b'{"a": 1,\n  "a": 2}', 'the key "a" is there twice', 2, 3),
        (b'{"b": [{"x": 1, "\\u0078": 2}]}', 'the key "\\u0078" is there twice', 1, 17),
        (b'{"a": 1,}', "not valid JSON", 1, 8 if sys.version_info >= (3, 13) else 9),  # the comma, the brace
        (b'{"a" 1}', "not valid JSON", 1, 6),
        (b"{'a': 1}", "not valid JSON", 1, 2),
        (b'{"a": 1} x', "not valid JSON", 1, 10),
        (b'["a\tb"]', "not valid JSON", 1, 4),
        (b"[01]", "not valid JSON", 1, 3),
        (b"[+1]", "not valid JSON", 1, 2),
        (b'["\\x"]', "not valid JSON", 1, 3),
        ("[\u0661]".encode(), "not valid JSON", 1, 2),
        (b'{"a": 1}\0\0\0', "not valid JSON", 1, 9),
    ],
)
def test_that_what_is_no_strict_json_is_damaged_at_its_place(
    data: bytes, cause: str, line: int, column: int
) -> None:
    with pytest.raises(Damaged) as caught:
        parse(data)
    assert cause in str(caught.value)
    assert (caught.value.line, caught.value.column) == (line, column)


@pytest.mark.parametrize(
    "data", [b"", b"{", b'{"a": [1, 2', b'{"a": "unfinis', b'{"a"', b"   \n", '"é"'.encode()[:-2]]
)
def test_that_a_text_cut_off_says_that_it_ends_early(data: bytes) -> None:
    with pytest.raises(Damaged) as caught:
        parse(data)
    assert caught.value.ends_early


@pytest.mark.parametrize("data", [b'{"a": }', b"[1 2]", b'{"a": 1, "a": 2}', b"\xff"])
def test_that_other_damage_does_not_say_so(data: bytes) -> None:
    with pytest.raises(Damaged) as caught:
        parse(data)
    assert not caught.value.ends_early or data == b"\xff"


@pytest.mark.parametrize("depth", [MAX_DEPTH + 1, 900, 100_000])
def test_that_too_deep_a_nesting_is_refused_with_its_place(depth: int) -> None:
    with pytest.raises(Damaged, match="too deeply nested") as caught:
        parse(b"[" * depth + b"]" * depth)
    assert caught.value.column == MAX_DEPTH + 1
    with pytest.raises(Damaged, match="too deeply nested"):
        parse(b'{"a":' * depth + b"1" + b"}" * depth)


@given(
    st.binary(max_size=60)
    | st.text(alphabet='{}[]",:0123456789eE.-+truefalsn \\u\n', max_size=60).map(str.encode)
)
def test_that_any_bytes_are_either_a_value_or_damaged(data: bytes) -> None:
    with contextlib.suppress(Damaged):
        text = write(parse(data))
        assert write(parse(text.encode())) == text
