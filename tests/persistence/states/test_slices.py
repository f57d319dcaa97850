"""A document by slices is the one that reading the whole file gives, or there is none."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from persistence.document import STATES, Document, mapping_of, parse_document, render
from persistence.errors import Damaged
from persistence.states import passing, slices
from persistence.states.edits import set_value
from persistence.states.passing import OtherLayout, Passing
from persistence.states.slices import begun, parse_by_slices, read_all, sliced, slices_of
from persistence.values import in_pieces
from persistence.values.depth import MAX_DEPTH
from persistence.values.json_text import ForeignNumber, parse_piece
from persistence.values.sameness import same
from tests.persistence.values.test_layout import file

NAME = "m.L"
TEXTS = st.text(alphabet='ab"\\{}[],: \u00e9\n1', max_size=6)
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)
STATE: st.SearchStrategy[Any] = st.fixed_dictionaries(
    {"attributes": st.dictionaries(TEXTS, VALUES, max_size=4)},
    optional={"saved_at": TEXTS, "outcome": VALUES, "other": VALUES},
)
TREES: st.SearchStrategy[Any] = st.fixed_dictionaries(
    {"version": st.sampled_from(["1.0.0", "1.9", 2, None])},
    optional={STATES: st.dictionaries(TEXTS, STATE, max_size=3) | VALUES, "extra": VALUES},
)
LINES = '"a": {"x":1e2,"y" : [ 1.50 ]},\n"b": "\\u00e9",\n"c": 150'


def read(data: bytes) -> Document | None:
    """What reading the whole gives; None for damage."""
    try:
        return parse_document(data)
    except Damaged:
        return None


def outcome(reader: Callable[[bytes], Document], data: bytes) -> str:
    """What a reader makes of bytes, or says of them."""
    try:
        return repr(reader(data).tree)
    except Damaged as error:
        return str(error)


def alike(a: Document, b: Document) -> bool:
    """Whether two documents say the same, in the same order."""
    return same(dict(a.tree), dict(b.tree)) and all(
        [*a.namespace(name).attributes] == [*b.namespace(name).attributes] for name in a.namespaces
    )


def gone_by(data: bytes, piece: int = 1 << 20, going: Passing | None = None) -> Passing:
    """Bytes that went by in pieces of that length, which all had the same room."""
    going = going or Passing()
    for at in range(0, len(data), piece):
        room = bytearray(data[at : at + piece])
        going.take(room)
        room[:] = bytes(len(room))
    return going


@given(TREES)
@example({"version": "1.0.0", STATES: {"": {'"': None}}})
def test_that_what_we_write_has_slices_and_the_same_values(tree: Any) -> None:
    data = render(Document(tree))
    found = sliced(data)
    states = mapping_of(tree.get(STATES))
    saved = [mapping_of(state) for state in states.values()]
    below = [mapping_of(state.get("attributes")) for state in saved]
    keys = [key for names in (states, *saved, *below) for key in names]
    if found is not None:
        read_all(found)
        assert alike(found, parse_document(data))
        assert render(found) == data
    else:  # a name that is written with an escape
        assert any(json.dumps(key, ensure_ascii=False)[1:-1] != key for key in keys)


@given(TREES, st.integers(1, 300), st.integers(24, 80), st.integers(1, 100))
def test_that_what_goes_by_in_pieces_is_begun_and_goes_on_in_the_bytes(
    tree: Any, piece: int, beginning: int, head: int
) -> None:
    data = render(Document(tree))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passing, "BEGINNING", beginning)
        patch.setattr(passing, "HEAD", head)
        told = begun(gone_by(data, piece))
    found = sliced(data)
    if told is None or found is None:
        beside = [line for line in data.split(b"\n") if not line.startswith(b" " * 16)]
        assert (told, found) == (None, None) or max(map(len, beside)) > beginning
        return
    for (*where, here), (*there, whole) in zip(slices_of(told), slices_of(found), strict=True):
        seen = bytes(here.as_given)  # type: ignore[arg-type]  # a view
        assert (where, len(here)) == (there, len(whole))
        assert seen == bytes(whole.as_given)[: len(seen)]  # type: ignore[arg-type]
        assert here.at_hand or (len(seen) >= min(head, beginning - 40) and seen[:1] in (b"[", b"{"))
    assert sliced(data, told) is told
    assert all(held.at_hand and held.as_given.obj is data for _, _, held in slices_of(told))  # type: ignore[union-attr]
    assert alike(told, found)


@pytest.mark.parametrize("other", [
    LINES.replace("150", "151"), LINES.replace('"c"', '"d"'), LINES.replace('"x"', '"z"'),
    LINES + ',\n"d": 1', LINES.replace('"\\u00e9",\n"c": 150', '150,\n"c": "\\u00e9"'),
])  # fmt: skip
def test_that_what_was_begun_of_another_file_stays_as_it_is(other: str) -> None:
    told = begun(gone_by(file(LINES)))
    found = sliced(file(other), told)
    assert told is not None
    assert found is not None
    assert found is not told
    assert alike(told, parse_document(file(LINES)))
    assert alike(found, parse_document(file(other)))


def test_that_no_more_is_kept_of_what_goes_by_than_beginnings_and_what_is_needed_whole() -> None:
    numbers, text = json.dumps([*range(200_000)]), json.dumps("x" * 100_000)
    tagged = json.dumps({"__type__": "tuple", "value": [*range(20_000)]})
    data = file(f'"a": {numbers},\n"b": {text},\n"c": {tagged},\n"d": 1')
    going = gone_by(data, 1 << 16)
    assert going.size == len(data)
    assert len(going.kept) < len(text) + len(tagged) + 2 * passing.HEAD
    told = begun(going)
    assert told is not None
    held = {name: one for _, name, one in slices_of(told)}
    assert {name: one.at_hand for name, one in held.items()} == {"a": False, "b": True, "c": True, "d": True}
    with pytest.raises(Damaged, match="not been read yet"):
        told.namespace(NAME).attributes["a"]


@pytest.mark.parametrize("layout", [{}, {"indent": 2}, {"indent": 4}, {"indent": "\t"}])
@pytest.mark.parametrize("piece", [1 << 16, 7001, 5])
def test_that_of_another_layout_nothing_is_kept(layout: dict[str, Any], piece: int) -> None:
    data = json.dumps({"version": "1", STATES: {NAME: {"attributes": {"a": [*range(10_000)]}}}}, **layout)
    going = Passing()
    with pytest.raises(OtherLayout):
        gone_by(data.encode(), piece, going)
    assert begun(going) is None
    assert len(going.kept) <= min(passing.BEGINNING, piece + 200)


def test_that_what_was_only_begun_is_never_written() -> None:
    data = file(f'"a": {json.dumps([*range(20_000)])},\n"b": 1')
    told = begun(gone_by(data))
    assert told is not None
    for document in (told, set_value(told, NAME, ("b",), 2)):
        with pytest.raises(Damaged, match="not been read yet"):
            render(document)
    assert sliced(data, told) is told
    assert render(told) == data


PUT = st.sampled_from([b"", b",", b"{", b"}", b'"', b"\n", b" ", b"1", b"\xff", b"NaN"])


@given(TREES, st.integers(0, 600), PUT, st.integers(0, 3))
def test_that_damage_is_found_by_slices_as_in_the_whole(tree: Any, at: int, put: bytes, gone: int) -> None:
    whole = render(Document(tree))
    data = whole[:at] + put + whole[at + gone :]
    found, wanted = sliced(data), read(data)
    if found is None:
        return
    try:
        read_all(found)
    except (Damaged, ForeignNumber):
        return
    assert wanted is not None
    assert alike(found, wanted)


@pytest.mark.parametrize("text", [
    file(LINES).replace(b'"\\u00e9",', b'"\\u00e9"'),
    file(LINES).replace(b"150", b"150,"),
    file(LINES).replace(b"            }\n", b"            },\n"),
    file(LINES)[:-1],
    file(LINES)[:-3],
    file(LINES) + b"\n",
    file('"a": 1,\n"a": 2'),
    file('"a": 1,\n'),
    file('"a\\u0062": 1'),
    file(LINES).replace(b'"version": "1.0.0"', b'"version": [1, 1e999]'),
    file(LINES, ',\n    "deep": ' + "[" * MAX_DEPTH + "]" * MAX_DEPTH),
    b"", b"{}\n", b"{\n}\n", b"\xef\xbb\xbf" + file(LINES), b'{"version": "1.0.0", "launcher_states": {}}',
])  # fmt: skip
def test_that_what_lies_in_another_way_has_no_slices(text: bytes) -> None:
    assert sliced(text) is None
    assert outcome(parse_by_slices, text) == outcome(parse_document, text)


@pytest.mark.parametrize("value", [
    "1, 2", "[1", '{"a": 1, "a": 2}', "NaN", "1e999", "", "\ufeff1", "[" * 197 + "]" * 197, "tru", '"\t"',
])  # fmt: skip
def test_that_what_is_wrong_in_a_slice_is_said_as_of_the_whole(value: str) -> None:
    data = file(f'"a": {value},\n"b": 1')
    found = sliced(data)
    assert found is not None
    with pytest.raises((Damaged, ForeignNumber)):
        read_all(found)
    assert outcome(parse_by_slices, data) == outcome(parse_document, data)


def test_that_depth_is_counted_with_what_is_around() -> None:
    deepest = "[" * (MAX_DEPTH - 4) + "]" * (MAX_DEPTH - 4)
    data = file(f'"a": {deepest}')
    assert alike(parse_by_slices(data), parse_document(data))


def test_that_the_bytes_are_held_once_and_a_value_is_read_when_it_is_asked_for() -> None:
    data = file(LINES)
    document = parse_by_slices(data)
    held = [one for _, _, one in slices_of(document)]
    assert all(isinstance(one.as_given, memoryview) and one.as_given.obj is data for one in held)
    assert not any(one.known for one in held)  # what was judged is not kept
    assert document.namespace(NAME).attributes["c"] == 150
    assert [one.known for one in held] == [False, False, True]
    edited = set_value(document, NAME, ("c",), 151)
    assert render(edited) == file(LINES.replace("150", "151"))
    assert [one.known for one in held] == [False, False, True]  # nor for being written again


def test_that_to_find_slices_copies_nothing() -> None:
    data = file(f'"a": {json.dumps([*range(300_000)])},\n"b": {json.dumps("x" * 1_000_000)}')
    tracemalloc.start()
    try:
        assert sliced(data) is not None
        assert tracemalloc.get_traced_memory()[1] < 100_000
    finally:
        tracemalloc.stop()


def test_that_a_large_slice_is_judged_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    real = parse_piece

    def seen(text: str, *arguments: Any, **named: Any) -> Any:
        asked.append(len(text))
        return real(text, *arguments, **named)

    monkeypatch.setattr(in_pieces, "parse_piece", seen)
    monkeypatch.setattr(slices, "parse_piece", seen)
    document = parse_by_slices(file(f'"a": {json.dumps([*range(100_000)])}'))
    assert [name for _, name, _ in slices_of(document)] == ["a"]
    assert max(asked) <= in_pieces.WINDOW + 2
