"""Of damaged bytes, what stands before the damage and is certain; never half of a value."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persistence.document import Document, parse_document, render
from persistence.errors import Damaged
from persistence.states.front import Front, Lost, read_front
from persistence.values.json_text import JSON, Number
from persistence.values.sameness import same

SAMPLE = (Path(__file__).parents[1] / "data" / "version-1.0.0.json").read_bytes()
NAME = "rig.Rig"
HEAD = (
    b'{\n    "version": "1.0.0",\n    "created_at": "then",\n    "launcher_states": {\n'
    b'        "rig.Rig": {\n            "attributes": {\n'
)


def attributes(data: bytes, name: str = NAME) -> dict[str, JSON]:
    """What the front of the bytes has of one launcher."""
    found = read_front(data).document
    return dict(found.namespace(name).attributes) if name in found.namespaces else {}


def names(found: Front) -> list[str]:
    return [lost.attribute for lost in found.lost if lost.attribute]


# --- whole attributes, and no half ones -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        (b'"a": 1, "b": 150', {"a": 1}),
        (b'"a": 1, "b": 150\n', {"a": 1, "b": 150}),
        (b'"a": 1, "b": 150,', {"a": 1, "b": 150}),
        (b'"a": 1, "b": 1.', {"a": 1}),
        (b'"a": 1, "b": 1e', {"a": 1}),
        (b'"a": 1, "b": 1e5', {"a": 1}),
        (b'"a": 1, "b": -', {"a": 1}),
        (b'"a": 1, "b": tru', {"a": 1}),
        (b'"a": 1, "b": true', {"a": 1, "b": True}),
        (b'"a": 1, "b": null', {"a": 1, "b": None}),
        (b'"a": 1, "b": "tex', {"a": 1}),
        (b'"a": 1, "b": "text"', {"a": 1, "b": "text"}),
        (b'"a": 1, "b": "te\\"', {"a": 1}),
        (b'"a": 1, "b": [1, 2', {"a": 1}),
        (b'"a": 1, "b": [1, 2]', {"a": 1, "b": [1, 2]}),
        (b'"a": 1, "b": {"x": {"y": 1}', {"a": 1}),
        (b'"a": 1, "b": {"x": {"y": 1}}', {"a": 1, "b": {"x": {"y": 1}}}),
        (b'"a": 1, "b":', {"a": 1}),
        (b'"a": 1, "b"', {"a": 1}),
        (b'"a": 1, "b', {"a": 1}),
        (b'"a": 1,', {"a": 1}),
        (b'"a": 1e2, "b": -0, "c": ' + b"9" * 5000 + b"}", None),
    ],
)
def test_that_a_cut_file_gives_whole_values_only(rest: bytes, expected: dict[str, JSON] | None) -> None:
    wanted = expected or {"a": Number("1e2"), "b": Number("-0"), "c": Number("9" * 5000)}
    assert same(attributes(HEAD + rest), wanted)


@pytest.mark.parametrize(
    ("rest", "lost"),
    [
        (b'"a": 1, "b": 15', ["b"]),
        (b'"a": 1, "b": "te', ["b"]),
        (b'"a": 1, "b": {"x": 1', ["b"]),
        (b'"a": 1, "b"', ["b"]),
        (b'"a": 1, "b\\"\\u00fc": [', ['b"ü']),
        (b'"a": 1, "tri', []),
        (b'"a": 1, ', []),
    ],
)
def test_that_what_is_lost_is_named_where_its_name_is_whole(rest: bytes, lost: list[str]) -> None:
    found = read_front(HEAD + rest)
    assert names(found) == lost
    assert all(one.namespace == NAME and "cut off" in one.reason for one in found.lost if one.attribute)


def test_that_the_place_of_the_damage_is_told_as_elsewhere() -> None:
    for rest in (b'                "a": 1,\n                "b": "te', b'"a": 1, #'):
        with pytest.raises(Damaged) as caught:
            parse_document(HEAD + rest)
        found = read_front(HEAD + rest)
        assert (found.line, found.column) == (caught.value.line, caught.value.column)
    assert read_front(SAMPLE).line is None


def test_that_unknown_keys_and_whole_launchers_before_the_damage_stay() -> None:
    document = parse_document(SAMPLE)
    cut = SAMPLE[: SAMPLE.index(b'"other_project.Launcher"')]
    found = read_front(cut).document
    assert found.namespaces == document.namespaces[:1]
    name = document.namespaces[0]
    whole, kept = (tree["launcher_states"] for tree in (document.tree, found.tree))
    assert isinstance(whole, dict)
    assert isinstance(kept, dict)
    assert same(kept[name], whole[name])
    for key in found.tree:
        if key != "launcher_states":
            assert same(found.tree[key], document.tree[key])
    assert list(found.tree) == [key for key in document.tree if key in found.tree]


def test_that_a_launcher_of_whom_nothing_is_left_is_not_there_and_is_named() -> None:
    for rest in (b"", b'"a": 1', b'"a'):
        found = read_front(HEAD + rest)
        assert found.document.namespaces == ()
        assert Lost(("launcher_states", NAME), "nothing of it can be read") in found.lost
    assert read_front(HEAD + b'"a": 1,').document.namespaces == (NAME,)


# --- other damage than an early end -----------------------------------------------------------------------


@pytest.mark.parametrize("tail", [b"\0" * 4096, b"}", b"rest of an older, longer file\n}", b"\xff\xfe\xff"])
def test_that_a_whole_state_with_something_after_it_is_whole(tail: bytes) -> None:
    found = read_front(SAMPLE + tail)
    assert render(found.document) == SAMPLE
    assert found.lost == ()
    with pytest.raises(Damaged):
        parse_document(SAMPLE + tail)


@pytest.mark.parametrize(
    "nothing", [b"", b"\0" * 512, b" \n", b"[1, 2]", b'"text"', b"\xff\xfe{\0", b"{", b'{"']
)
def test_that_of_nothing_there_is_nothing(nothing: bytes) -> None:
    found = read_front(nothing)
    assert dict(found.document.tree) == {}
    assert found.lost == ()
    assert (found.line, found.column) != (None, None)


def test_that_zero_bytes_of_a_power_cut_end_the_front() -> None:
    cases: list[tuple[bytes, dict[str, JSON]]] = [
        (b'"a": 1, "b": "x"', {"a": 1, "b": "x"}),
        (b'"a": 1, "b": 15', {"a": 1}),
        (b'"a": 1, "b": "x', {"a": 1}),
    ]
    for rest, expected in cases:
        for tail in (b"\0" * 600, b"\0" * 600 + b'0, "c": 1}}}}\n'):
            assert same(attributes(HEAD + rest + tail), expected)


@pytest.mark.parametrize("garbage", [b"#?", b"\x07", b"\xc3\x28", b"]", b'"', b"0 1"])
def test_that_a_value_that_touches_garbage_is_not_certain(garbage: bytes) -> None:
    after = b',\n                "c": 3\n            }\n        }\n    }\n}\n'
    for value in (b"1", b'"x"', b"[1]", b'{"y": 1}', b"true"):
        found = read_front(HEAD + b'                "a": 1,\n                "b": ' + value + garbage + after)
        assert same(dict(found.document.namespace(NAME).attributes), {"a": 1})
        assert "b" in names(found)


def test_that_what_stands_after_the_damage_is_lost_by_name() -> None:
    document = Document(
        {
            "version": "1.0.0",
            "launcher_states": {
                NAME: {"attributes": {"a": 1, "b": 2, 'c"': {"d": 1}, "e": [1]}, "saved_at": "then"},
                "x.Other": {"attributes": {"f": 1}, "saved_at": "then"},
            },
        }
    )
    data = render(document).replace(b'"b": 2', b'"b": \x01\x02')
    found = read_front(data)
    assert same(dict(found.document.namespace(NAME).attributes), {"a": 1})
    assert [(lost.namespace, lost.attribute) for lost in found.lost] == [
        (NAME, "b"),
        (NAME, 'c"'),
        (NAME, "e"),
        ("x.Other", "f"),
    ]
    assert found.document.namespaces == (NAME,)


def test_that_attributes_of_a_launcher_whose_name_is_damaged_are_given_to_nobody() -> None:
    data = render(Document({"launcher_states": {NAME: {"attributes": {"a": 1}}}}))
    found = read_front(data.replace(b'"rig.Rig"', b'"rig.Rig'))
    assert (found.lost, dict(found.document.tree)) == ((), {})


def test_that_in_another_layout_no_names_are_made_up() -> None:
    deep = {"x": {"y": {"z": {"w": 1}}}}
    tree = {"launcher_states": {NAME: {"attributes": {"a": deep, "b": deep}}}}
    data = json.dumps(tree, indent=2).encode().replace(b'"x"', b"?", 1)
    assert [lost.place[-1] for lost in read_front(data).lost] == ["a", NAME]


def test_that_of_a_key_that_is_there_twice_neither_value_is_certain() -> None:
    found = read_front(HEAD + b'"a": 1, "b": 1, "a": 2}}}}')
    assert same(dict(found.document.namespace(NAME).attributes), {"b": 1})
    assert [(lost.attribute, lost.reason) for lost in found.lost] == [("a", "its name is there twice")]
    inside = read_front(HEAD + b'"a": 1, "b": {"x": 1, "x": 2}, "c": 1}}}}')
    assert same(dict(inside.document.namespace(NAME).attributes), {"a": 1})
    assert names(inside)[0] == "b"


def test_that_a_value_too_deep_to_be_written_again_ends_the_front() -> None:
    for depth in (195, 5000, 200_000):
        found = read_front(HEAD + b'"a": 1, "b": ' + b"[" * depth + b"]" * depth + b', "c": 1}}}}')
        assert same(dict(found.document.namespace(NAME).attributes), {"a": 1})
        assert names(found)[0] == "b"
        render(found.document)


def test_that_a_byte_order_mark_is_accepted() -> None:
    assert same(attributes(b"\xef\xbb\xbf" + HEAD + b'"a": 1}'), {"a": 1})


def test_that_a_compartment_of_another_shape_is_kept_as_it_is_or_lost_as_one() -> None:
    assert same(
        dict(read_front(b'{"launcher_states": [1, 2], "x": 1').document.tree), {"launcher_states": [1, 2]}
    )
    assert dict(read_front(b'{"launcher_states": [1, 2').document.tree) == {}
    found = read_front(b'{"launcher_states": {"m.L": {"attributes": [1], "saved_at": "x"}, "n.K": 5, ')
    whole: JSON = {"m.L": {"attributes": [1], "saved_at": "x"}, "n.K": 5}
    assert same(found.document.tree["launcher_states"], whole)


# --- in general -------------------------------------------------------------------------------------------

values: st.SearchStrategy[JSON] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


def state(found: dict[str, dict[str, JSON]], lab: JSON) -> Document:
    launchers: dict[str, JSON] = {
        name: {"attributes": dict(attributes), "saved_at": "then"} for name, attributes in found.items()
    }
    return Document({"version": "1.0.0", "lab": lab, "launcher_states": launchers})


documents = st.builds(
    state,
    st.dictionaries(st.text(min_size=1), st.dictionaries(st.text(), values, max_size=4), max_size=2),
    values,
)


@given(documents, st.data(), st.sampled_from([b"", b"\0\0", b"\x01", b"\xff"]))
def test_that_whatever_is_cut_off_what_is_read_stood_there(
    document: Document, data: st.DataObject, tail: bytes
) -> None:
    whole = json.dumps(document.tree).encode() if data.draw(st.booleans()) else render(document)
    cut = data.draw(st.integers(0, len(whole) - 1))
    found = read_front(whole[:cut] + tail).document
    for key, value in found.tree.items():
        if key != "launcher_states":
            assert same(value, document.tree[key])
    for name in found.namespaces:
        there, before = found.namespace(name), document.namespace(name)
        for attribute, kept in there.attributes.items():
            assert same(kept, before.attributes[attribute])
        assert there.saved_at in (None, "then")
    parse_document(render(found))


@given(documents)
def test_that_of_a_sound_file_everything_is_read(document: Document) -> None:
    found = read_front(render(document))
    assert (render(found.document), found.lost, found.line) == (render(document), (), None)


@given(
    st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass"))
)
def test_that_no_bytes_are_too_strange(data: bytes) -> None:
    parse_document(render(read_front(data).document))
