"""What stands in a file in our layout is written again as it stands, and nothing else is taken for it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persistence.document import Document, parse_document, render, with_texts
from persistence.errors import NotRepresentable
from persistence.states.edits import get_value, remove_value, rename_value, set_value, with_namespace
from persistence.values.json_text import JSON, Number, parse
from persistence.values.json_writing import write
from persistence.values.layout import spelled_as
from persistence.values.sameness import same
from persistence.values.spelled import Spelled

NAME = "m.L"


def file(attributes: str, beside: str = "") -> bytes:
    """A state file in our layout, with these lines as attributes."""
    lines = [
        "{",
        '    "version": "1.0.0",',
        '    "launcher_states": {',
        '        "m.L": {',
        '            "attributes": {',
        *(f"                {line}" for line in attributes.splitlines()),
        "            }",
        "        }",
        f"    }}{beside}",
        "}",
        "",
    ]
    return "\n".join(lines).encode()


def texts(document: Document) -> dict[str, str | None]:
    """What each attribute is known to be spelled as."""
    states: object = document.tree["launcher_states"]
    assert isinstance(states, dict)
    attributes = states[NAME]["attributes"]
    return {key: value.text if isinstance(value, Spelled) else None for key, value in attributes.items()}


ODD = '"a": {"x":1e2,"y" : [ 1.50 ]},\n"b": "\\u00e9",\n"c": 150'


def test_that_an_edit_of_one_attribute_leaves_the_text_of_the_others() -> None:
    document = parse_document(file(ODD))
    assert texts(document) == {"a": '{"x":1e2,"y" : [ 1.50 ]}', "b": '"\\u00e9"', "c": "150"}
    edited = set_value(document, NAME, ("c",), 151)
    assert render(edited) == file(ODD.replace("150", "151"))
    deeper = set_value(document, NAME, ("a", "y", "0"), 2)
    assert texts(deeper) == {"a": None, "b": '"\\u00e9"', "c": "150"}
    assert render(deeper) == file(ODD.replace('{"x":1e2,"y" : [ 1.50 ]}', '{"x": 1e2, "y": [2]}'))
    assert render(remove_value(document, NAME, ("a",))) == file('"b": "\\u00e9",\n"c": 150')
    assert texts(rename_value(document, NAME, ("b",), "d"))["d"] == '"\\u00e9"'


def test_that_values_are_those_that_the_text_says_and_the_same_each_time() -> None:
    document = parse_document(file(ODD))
    attributes = document.namespace(NAME).attributes
    assert same(dict(attributes), {"a": {"x": Number("1e2"), "y": [Number("1.50")]}, "b": "é", "c": 150})
    assert get_value(document, NAME, ("a",)) is attributes["a"]
    assert Spelled("[1]").value == [1]
    assert (found := Spelled("[1]")).value is found.value
    assert Spelled("1") == Spelled("1", 1) == 1 != Spelled("2")
    assert repr(Spelled("1")) == "Spelled('1')"
    assert write({"a": [Spelled("1e2")]}) == '{"a": [1e2]}'  # type: ignore[list-item]


@pytest.mark.parametrize("number", ["NaN", "-Infinity", "1e999", "-1e999", '[1, {"a": Infinity}]'])
def test_that_a_number_that_json_lacks_is_never_written_as_it_stands(number: str) -> None:
    document = parse_document(file(f'"a": {number},\n"b": 1'))
    assert texts(document) == {"a": None, "b": None}
    assert b'"__type__": "float"' in render(set_value(document, NAME, ("b",), 2))


@pytest.mark.parametrize(
    "data",
    [
        file(ODD).replace(b"    ", b"  "),
        file(ODD).replace(b"\n", b"\r\n"),
        file(ODD).replace(b',\n                "b"', b', "b"'),
        file(ODD).replace(b"[ 1.50 ]}", b"[\n1.50 ]}"),
        json.dumps(json.loads(file(ODD)), indent=4).encode(),
        json.dumps(json.loads(file(ODD))).encode(),
        file(ODD).replace(b'"attributes": {', b'"attributes": { '),
        file(ODD).replace(b'"version"', b' "version"'),
        file(ODD).replace(b'"a": {', b'"a":{'),
        file(ODD).replace(b'"a"', b'"\\u0061"'),
    ],
)
def test_that_another_layout_is_spelled_anew(data: bytes) -> None:
    document = parse_document(data)
    assert set(texts(document).values()) == {None}
    attributes = parse_document(render(document)).namespace(NAME).attributes
    assert same(dict(attributes), dict(document.namespace(NAME).attributes))
    assert len(render(document).splitlines()) == len(file(ODD).splitlines())


def test_that_brackets_and_commas_in_texts_mislead_nobody() -> None:
    lines = '"a": "},",\n"}": "x,",\n"b\\n,": [",", 1]'
    document = parse_document(file(lines, beside=',\n    "z": "},"'))
    assert texts(document) == {"a": '"},"', "}": '"x,"', "b\n,": '[",", 1]'}
    assert render(document) == file(lines, beside=',\n    "z": "},"')
    uncertain = file('"a": ["{"]')
    assert texts(parse_document(uncertain)) == {"a": None}
    assert render(parse_document(uncertain)) == uncertain


def test_that_a_text_that_is_too_deep_is_not_spelled() -> None:
    deep: JSON = 0
    for _ in range(198):
        deep = [deep]
    document = with_namespace(
        Document({}), module="m", class_name="L", attributes={"a": deep}, saved_at="", extra={}
    )
    with pytest.raises(NotRepresentable):
        with_texts(document)
    with pytest.raises(NotRepresentable):
        render(document)


keys = st.text(max_size=3) | st.sampled_from(["launcher_states", "attributes", NAME, "}", "},", "\n"])
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from([Number("1e2")]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
    max_leaves=12,
)
attributes_ = st.dictionaries(keys, values, max_size=4)
trees = st.fixed_dictionaries(
    {
        "launcher_states": st.dictionaries(
            keys, st.fixed_dictionaries({"attributes": attributes_}), max_size=2
        )
    },
    optional={"version": st.just("1.0.0"), "x": values},
)


@given(trees, st.sampled_from(["ours", "indent", "dense"]))
def test_that_texts_never_change_what_a_document_says(tree: dict[str, JSON], how: str) -> None:
    document = Document(tree)
    data = render(document)
    if how != "ours":
        again = json.loads(data)
        data = json.dumps(again, indent=4 if how == "indent" else None).encode()
    back = parse_document(data)
    assert same(dict(parse_document(render(back)).tree), dict(back.tree))
    assert same(dict(with_texts(back).tree), dict(back.tree))
    assert render(with_texts(back)) == render(back)
    if how == "ours":
        assert render(back) == data
        assert same(dict(back.tree), tree)
        assert same(dict(parse(data)), dict(back.tree))  # type: ignore[arg-type]
    assert spelled_as({}, "{}") == {}


@pytest.mark.parametrize(
    "lines",
    [
        '"a": 1,\n"b": {\n"c": 1\n}',
        '"a": 1,\n"b": [\n]',
        '"a": {\n            }',
        '"a": {"x": 1,\n"b": 2}, "b": 3',
        '"a": {"x": {},\n"b": {}}, "b": {"c": 1}',
        '"a": {"x": "}",\n"b": {}}, "b": {"c": 1}',
        '"a": ["]",\n"b"]',
        '"a": 1, "b": 2',
        '"a": 1, "b": {"c": 2,\n"b": {},\n"d": 5}, "d": 6',
        '"a": "x", "b": {"c": 2,\n"b": {},\n"d": "y"}, "d": "z"',
    ],
)
def test_that_a_value_is_never_cut_where_a_line_ends(lines: str) -> None:
    document = parse_document(file(lines))
    assert set(texts(document).values()) == {None}
    for name in document.namespace(NAME).attributes:
        edited = set_value(document, NAME, (name,), "new")
        back = parse_document(render(edited)).namespace(NAME).attributes
        assert same(dict(back), {**document.namespace(NAME).attributes, name: "new"})


def test_that_a_file_of_a_launcher_is_known_by_its_texts() -> None:
    document = with_namespace(
        Document({}),
        module="m",
        class_name="L",
        attributes={"a": [1]},
        saved_at="x",
        extra={"outcome": "failed"},
    )
    back = parse_document(
        render(
            with_namespace(
                document, module="m", class_name="Other", attributes={"b": {}}, saved_at="x", extra={}
            )
        )
    )
    assert texts(back) == {"a": "[1]"}
