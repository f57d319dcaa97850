"""One pass over the bytes gives a launcher what the rules give, for every file there may be."""

from __future__ import annotations

import gc
import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persistence.document import Document, parse_document, render
from persistence.errors import Damaged
from persistence.states import value_reading
from persistence.states.edits import with_namespace
from persistence.states.value_reading import parse_values
from persistence.values.json_text import JSON, Number
from persistence.values.tags import UnknownTag, decode
from tests.persistence.values.test_layout import file
from tests.proof.exactly import exactly

NAME = "m.L"


def slowly(data: bytes) -> Mapping[str, object]:
    """The attributes by the rules."""
    found = parse_document(data).namespace(NAME).attributes
    return {key: decode(value) for key, value in found.items()}


def in_one_pass(data: bytes) -> Mapping[str, object]:
    """The attributes as a launcher is given them."""
    return dict(parse_values(data).namespace(NAME).attributes)


TAGS = st.sampled_from(
    [
        *(
            "datetime",
            "date",
            "time",
            "timedelta",
            "tuple",
            "set",
            "frozenset",
            "bytes",
            "complex",
            "Decimal",
        ),
        *("UUID", "Path", "float", "dict", "ndarray", "unknown", 5),
    ]
)
SCALARS: st.SearchStrategy[Any] = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=4)
    | st.sampled_from(["2026-01-01T00:00:00.000001", "nan", "1e2", "AAAA", "a/b", '":', "__type__", "\ud800"])
    | st.sampled_from([Number("1e2"), Number("-0"), Number("1" * 5000), Number("0.10")])
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(max_size=3), inner, max_size=4)
        | st.fixed_dictionaries({"__type__": TAGS}, optional={"value": inner, "fold": st.just(1), "x": inner})
        | st.lists(st.tuples(inner, inner).map(list), max_size=3).map(
            lambda pairs: {"__type__": "dict", "value": pairs}
        )
    ),
    max_leaves=15,
)


@given(st.dictionaries(st.text(max_size=4), VALUES, max_size=4))
def test_that_one_pass_gives_what_the_rules_give(attributes: dict[str, JSON]) -> None:
    document = with_namespace(
        Document({}), module="m", class_name="L", attributes=attributes, saved_at="2026", extra={}
    )
    data = render(document)
    assert exactly(dict(in_one_pass(data))) == exactly(dict(slowly(data)))
    dense = data.replace(b": ", b" : ")
    assert exactly(dict(in_one_pass(dense))) == exactly(dict(slowly(dense)))


@given(st.binary(max_size=40) | st.text(alphabet='{}[]":,1e ', max_size=30).map(str.encode))
def test_that_what_the_rules_refuse_is_refused_with_the_same_words(data: bytes) -> None:
    def said(parse: Any) -> str:
        try:
            parse(data)
        except Damaged as error:
            return str(error)
        return ""

    assert said(parse_values) == said(parse_document)


@pytest.mark.parametrize(
    "lines",
    [
        '"a": {"b": 1, "b": 2}',
        '"a": {"b" : 1, "b": 2}',
        '"a": {"b": 1, "\\u0062": 2}',
        '"a": [{"b": 1,\n"b"\n: 2}]',
        '"a": 1,\n"a": 1',
        '"a": {"__type__": "tuple", "value": [], "value": []}',
    ],
)
def test_that_a_key_that_stands_twice_is_always_found(lines: str) -> None:
    with pytest.raises(Damaged, match="twice"):
        parse_values(file(lines))


def test_that_depth_is_judged_by_the_text_also_through_tags() -> None:
    def nested(levels: int) -> bytes:
        inner = "1"
        for _ in range(levels):
            inner = f'{{"__type__": "tuple", "value": [{inner}]}}'
        return file(f'"a": {inner}')

    assert exactly(dict(in_one_pass(nested(90)))) == exactly(dict(slowly(nested(90))))
    for levels in (99, 150, 600):
        with pytest.raises(Damaged, match="too deeply nested"):
            parse_values(nested(levels))


def test_that_a_file_of_ours_is_read_in_one_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_data: bytes) -> None:
        raise AssertionError("read again by the rules")

    monkeypatch.setattr(value_reading, "parse_document", refuse)
    tag = '{"__type__": "tuple", "value": [1, {"__type__": "Decimal", "value": "1.0"}]}'
    lines = f'"a": {tag},\n"b": [{{"c": 1e2}}]'
    found = in_one_pass(file(lines))
    assert repr(found) == "{'a': (1, Decimal('1.0')), 'b': [{'c': 100.0}]}"


def test_that_a_tag_that_nobody_knows_is_kept_with_all_that_is_in_it() -> None:
    inner = '{"__type__": "tuple", "value": []}'
    found = in_one_pass(file(f'"a": {{"__type__": "quaternion", "value": [{inner}]}},\n"b": {inner}'))
    assert type(found["a"]) is UnknownTag
    assert found["a"] == {"__type__": "quaternion", "value": [json.loads(inner)]}
    assert found["b"] == ()


def test_that_the_garbage_collector_is_left_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(value_reading, "_LARGE", 0)
    parse_values(file('"a": 1'))
    assert gc.isenabled()
    with pytest.raises(Damaged):
        parse_values(b"{")
    assert gc.isenabled()
    gc.disable()
    try:
        parse_values(file('"a": 1'))
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_that_two_loads_share_nothing() -> None:
    data = file('"a": [1]')
    assert in_one_pass(data)["a"] is not in_one_pass(data)["a"]


FIELDS = '[["dtype", "|b1"], ["shape", [0]], ["data", ""]]'
BROKEN_OUTSIDE = [
    '{"__type__": "Path", "value": {"__type__": "Path", "value": "C:\\\\data"}}',
    f'{{"__type__": "ndarray", "value": {{"__type__": "dict", "value": {FIELDS}}}}}',
]
STRUCTURES = [
    '{"launcher_states": {"m.L": {"__type__": "Path", "value": "a"}}}',
    '{"launcher_states": {"m.L": {"attributes": {"__type__": "dict", "value": [["a", 1]]}}}}',
    '{"launcher_states": {"__type__": "dict", "value": [["m.L", {"attributes": {"a": 1}}]]}}',
    '{"launcher_states": {"m.L": {"__type__": "float", "value": "-inf"}}}',
    '{"launcher_states": {"m.L": {"attributes": {"__type__": "float", "value": "nan"}}}}',
    '{"launcher_states": {"m.L": {"attributes": {"__type__": "complex", "value": [1, 2]}}}}',
]


@pytest.mark.parametrize("text", BROKEN_OUTSIDE)
def test_that_a_broken_tag_is_not_mended_by_the_tag_inside_it(text: str) -> None:
    pytest.importorskip("numpy")
    data = f'{{"launcher_states": {{"m.L": {{"attributes": {{"a": {text}}}}}}}}}'.encode()
    assert exactly(in_one_pass(data)) == exactly(slowly(data))


@pytest.mark.parametrize("text", STRUCTURES)
def test_that_the_mappings_of_the_file_itself_are_never_tags(text: str) -> None:
    taken, found = parse_values(text.encode()), parse_document(text.encode())
    assert taken.namespaces == found.namespaces
    assert all(
        taken.namespace(name).attributes == found.namespace(name).attributes for name in taken.namespaces
    )


@pytest.mark.parametrize("note", ["skipped", "resumed_from"])
def test_that_notes_beside_the_attributes_are_read_as_they_are_written(note: str) -> None:
    tag = '{"__type__": "tuple", "value": [1]}'
    text = f'{{"launcher_states": {{"m.L": {{"attributes": {{"a": {tag}}}, "{note}": {{"q": [{tag}]}}}}}}}}'
    quick, careful = (parse(text.encode()).namespace(NAME) for parse in (parse_values, parse_document))
    assert (quick.skipped, quick.resumed_from) == (careful.skipped, careful.resumed_from)
    assert repr(quick.attributes["a"]) == "(1,)"
