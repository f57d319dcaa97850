"""A document is its tree: what it says, what it keeps, how it is laid out."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persistence.codec import UnknownTag, decode
from persistence.document import Attributes, Document, is_tagged, new_document, parse_document, render
from persistence.errors import Damaged, NoSuchAttribute, NotRepresentable
from persistence.states.edits import with_namespace
from persistence.values.depth import MAX_DEPTH
from persistence.values.json_text import JSON
from persistence.values.json_writing import write
from persistence.values.sameness import same
from persistence.values.spelled import Spelled

DATA = Path(__file__).parent / "data"
NAME = "my_project.launchers.my_launcher.MyCustomLauncher"

SEED = b"""{
    "version": "1.0.0",
    "launcher_class": "MyCustomLauncher",
    "launcher_module": "my_project.launchers.my_launcher",
    "created_at": "2025-06-23T10:30:00.123456",
    "launcher_states": {
        "my_project.launchers.my_launcher.MyCustomLauncher": {
            "attributes": {
                "experiment_phase": "data_collection",
                "trial_count": 150,
                "custom_settings": {"param1": "value1", "param2": 42}
            },
            "saved_at": "2025-06-23T10:30:00.123456"
        }
    }
}
"""


def states(**fields: JSON) -> Document:
    """A document with one namespace of these fields."""
    return Document({"version": "1.0.0", "launcher_states": {"m.L": dict(fields)}})


# --- layout -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sample", sorted(DATA.glob("version-*.json")), ids=lambda path: path.stem)
def test_that_every_format_version_ever_shipped_renders_to_its_own_bytes(sample: Path) -> None:
    document = parse_document(sample.read_bytes())
    assert render(document) == sample.read_bytes()
    assert not document.problems
    assert not document.newer


def test_that_the_sample_holds_every_tag_and_all_but_the_unknown_one_decode() -> None:
    attributes = parse_document((DATA / "version-1.0.0.json").read_bytes()).namespace(NAME).attributes
    tags = {
        value["__type__"] for value in attributes.values() if isinstance(value, dict) and is_tagged(value)
    }
    assert len(tags) == 15
    undecoded = [name for name, value in attributes.items() if type(decode(value)) is UnknownTag]
    assert undecoded == ([] if "numpy" in sys.modules else ["trace"])


def test_that_the_layout_is_the_one_of_the_format() -> None:
    document = with_namespace(
        new_document(),
        module="my_project.launchers.my_launcher",
        class_name="MyCustomLauncher",
        attributes={
            "experiment_phase": "data_collection",
            "trial_count": 150,
            "custom_settings": {"param1": "value1", "param2": 42},
        },
        saved_at="2025-06-23T10:30:00.123456",
        extra={},
    )
    assert render(document) == SEED


def test_that_empty_mappings_stay_on_their_line() -> None:
    assert render(Document({})) == b"{}\n"
    assert render(Document({"launcher_states": {}})) == b'{\n    "launcher_states": {}\n}\n'
    assert b'"attributes": {},' in render(states(attributes={}, saved_at="x"))


@pytest.mark.parametrize("wrong", [[1, {"a": 2}], "text", 5, None])
def test_that_wrong_shapes_are_written_as_they_are(wrong: JSON) -> None:
    trees: list[dict[str, JSON]] = [
        {"launcher_states": wrong},
        {"launcher_states": {"m.L": wrong}},
        {"launcher_states": {"m.L": {"attributes": wrong}}},
    ]
    for tree in trees:
        data = render(Document(tree))
        assert same(dict(parse_document(data).tree), tree)
        assert render(parse_document(data)) == data


keys = st.text(max_size=5).filter(lambda text: not re.search("[\ud800-\udbff][\udc00-\udfff]", text))
leaves = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | keys
trees = st.dictionaries(
    keys | st.sampled_from(["version", "launcher_states"]),
    st.recursive(
        leaves,
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(keys, inner, max_size=3)
            | st.fixed_dictionaries({"attributes": inner, "saved_at": inner})
        ),
        max_leaves=15,
    ),
    max_size=4,
)


@given(trees)
def test_that_any_document_comes_back_and_renders_to_the_same_bytes(tree: dict[str, JSON]) -> None:
    data = render(Document(tree))
    back = parse_document(data)
    assert same(dict(back.tree), tree)
    assert render(back) == data
    assert isinstance(back.problems, tuple)
    assert isinstance(back.newer, bool)


def test_that_another_layout_changes_nothing_but_the_layout() -> None:
    dense = write(dict(parse_document(SEED).tree)).replace(" ", "").encode()
    assert render(parse_document(dense)) == SEED
    assert render(parse_document(b"\xef\xbb\xbf" + dense)) == SEED


def test_that_what_nobody_could_read_again_is_not_rendered() -> None:
    deep: JSON = 1
    for _ in range(MAX_DEPTH - 4):
        deep = [deep]
    assert parse_document(render(states(attributes={"a": deep}))).problems == ()
    assert parse_document(render(Document({"a": deep}))).problems == ()
    with pytest.raises(NotRepresentable, match="more than 200 levels"):
        render(states(attributes={"a": [deep]}))
    with pytest.raises(NotRepresentable, match="more than 200 levels"):
        render(Document({"a": [[[[deep]]]]}))


# --- what it says -----------------------------------------------------------------------------------------


def test_that_a_document_says_what_the_file_says() -> None:
    document = parse_document((DATA / "version-1.0.0.json").read_bytes())
    assert (document.version, document.launcher_class) == ("1.0.0", "MyCustomLauncher")
    assert document.launcher_module == "my_project.launchers.my_launcher"
    assert document.created_at == "2025-06-23T10:30:00.123456"
    assert document.namespaces == (NAME, "other_project.Launcher")
    space = document.namespace(NAME)
    assert (space.class_name, space.module) == ("MyCustomLauncher", "my_project.launchers.my_launcher")
    assert (space.saved_at, space.outcome, space.replaced) == ("2025-06-23T11:30:00.123456", "completed", 3)
    assert space.skipped == {"camera": "cannot pickle 'Camera' object"}
    assert space.resumed_from == {"path": "D:/data/mouse_12_2025-06-22_10-00-00", "etag": "00ff"}
    assert space.attributes["trial_count"] == 150
    bare = document.namespace("other_project.Launcher")
    assert (bare.outcome, bare.skipped, bare.resumed_from, bare.replaced) == (None, {}, None, None)


def test_that_which_attributes_there_are_is_known_without_reading_one() -> None:
    unread = Spelled("[1, 2]")
    attributes = Attributes({"trace": unread})
    assert "trace" in attributes
    assert "gain" not in attributes
    assert (list(attributes), len(attributes), attributes.keys() - {"trace"}) == (["trace"], 1, set())
    assert not unread.known


def test_that_an_unknown_namespace_is_an_error_that_names_it() -> None:
    with pytest.raises(NoSuchAttribute, match=r"there is no saved state of m\.L") as caught:
        new_document().namespace("m.L")
    assert caught.value.namespace == "m.L"


@pytest.mark.parametrize(
    ("version", "newer"),
    [
        ("1.0.0", False),
        ("1.9.3", False),
        ("0.9", False),
        ("01.0", False),
        ("2.0.0", True),
        ("10.0.0", True),
        ("9" * 5000, True),
        ("2", True),
        ("v2.0", True),
        (2, True),
        (1, False),
        ("soon", False),
        ("", False),
        (None, False),
        ([2], False),
    ],
)
def test_that_a_higher_major_version_is_newer(version: JSON, newer: bool) -> None:
    assert Document({"version": version}).newer is newer


def test_that_a_file_without_a_version_is_of_the_first() -> None:
    assert (new_document().version, new_document().newer) == ("1.0.0", False)


@pytest.mark.parametrize("data", [b"[]", b"5", b'"text"', b"null", b"true", b"1e2"])
def test_that_bytes_that_are_no_mapping_are_damaged(data: bytes) -> None:
    with pytest.raises(Damaged, match="not a saved state"):
        parse_document(data)


def test_that_each_wrong_field_is_told_and_the_rest_is_usable() -> None:
    document = parse_document(
        b"""{"version": 1.5, "created_at": [], "launcher_states": {
            "m.L": {"attributes": {"a": 1}, "saved_at": 5, "skipped": [], "replaced": true, "outcome": {}},
            "m.Broken": [],
            "m.Half": {"attributes": "none", "resumed_from": "there"}}}"""
    )
    assert document.problems == (
        "version should be text, and is a number",
        "created_at should be text, and is a list",
        "m.L: saved_at should be text, and is a number",
        "m.L: outcome should be text, and is a mapping",
        "m.L: skipped should be a mapping, and is a list",
        "m.L: replaced should be a whole number, and is yes/no",
        "m.Broken should be a mapping, and is a list",
        "m.Half: attributes should be a mapping, and is text",
        "m.Half: resumed_from should be a mapping, and is text",
    )
    assert document.namespaces == ("m.L", "m.Half")
    assert document.namespace("m.L").attributes == {"a": 1}
    assert document.namespace("m.L").replaced is None
    assert document.namespace("m.Half").attributes == {}
    assert (document.version, document.created_at) == ("1.0.0", None)


def test_that_numbers_json_lacks_are_told_by_place() -> None:
    document = parse_document(
        b'{"launcher_states": {"m.L": {"attributes": {"a": [1, NaN], "b": -Infinity, "c": 1e999}}}}'
    )
    assert [text.partition(" ")[0] for text in document.problems] == [
        "launcher_states/m.L/attributes/a/1",
        "launcher_states/m.L/attributes/b",
        "launcher_states/m.L/attributes/c",
    ]
    again = parse_document(render(document))
    assert not again.problems
    assert b"NaN" not in render(document)


def test_that_huge_numbers_of_such_places_are_not_all_told() -> None:
    document = parse_document(b'{"a": [' + b", ".join([b"NaN"] * 1000) + b"]}")
    assert len(document.problems) == 10


def test_that_a_newer_version_is_told_as_it_stands_there() -> None:
    document = parse_document(b'{"version": 3}')
    assert (document.newer, document.version) == (True, "3")
