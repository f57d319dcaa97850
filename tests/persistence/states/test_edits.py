"""Edits are pure: a document in, another out, and nothing beside the place is touched."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persistence.document import Document, Place, parse_document, render
from persistence.errors import NoSuchAttribute, Refused
from persistence.states.edits import (
    format_pointer,
    get_value,
    parse_pointer,
    remove_value,
    rename_value,
    set_value,
    with_namespace,
    without_namespaces,
)
from persistence.values.json_text import JSON
from persistence.values.sameness import same

SAMPLE = Path(__file__).parents[1] / "data" / "version-1.0.0.json"
NAME = "my_project.launchers.my_launcher.MyCustomLauncher"
OTHER = "other_project.Launcher"


@pytest.fixture
def document() -> Document:
    """The sample file of the format."""
    return parse_document(SAMPLE.read_bytes())


def test_that_an_edit_changes_its_line_and_no_other(document: Document) -> None:
    edited = set_value(document, NAME, ("custom_settings", "param2"), 43)
    before, after = SAMPLE.read_text("utf-8").splitlines(), render(edited).decode().splitlines()
    assert [(a, b) for a, b in zip(before, after, strict=True) if a != b] == [
        (
            '                "custom_settings": {"param1": "value1", "param2": 42},',
            '                "custom_settings": {"param1": "value1", "param2": 43},',
        )
    ]
    assert render(document) == SAMPLE.read_bytes()


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("trial_count",), 150),
        (("custom_settings", "param1"), "value1"),
        (("events", 0, "what"), "lick"),
        (("events", "0", "what"), "lick"),
        (("block", "value", 1), "a"),
        (("by_number", "value", 1, 0), "1"),
    ],
)
def test_that_a_value_is_found_at_its_place(document: Document, place: Place, value: JSON) -> None:
    assert get_value(document, NAME, place) == value
    changed = set_value(document, NAME, place, ["new"])
    assert get_value(changed, NAME, place) == ["new"]
    assert render(set_value(changed, NAME, place, value)) == render(document)


def test_that_the_empty_place_is_all_attributes(document: Document) -> None:
    assert same(get_value(document, NAME, ()), dict(document.namespace(NAME).attributes))
    with pytest.raises(NoSuchAttribute):
        set_value(document, NAME, (), {})
    with pytest.raises(NoSuchAttribute):
        remove_value(document, NAME, ())


def test_that_a_new_last_key_or_item_is_added_at_the_end(document: Document) -> None:
    added = set_value(document, NAME, ("custom_settings", "param3"), None)
    assert get_value(added, NAME, ("custom_settings",)) == {"param1": "value1", "param2": 42, "param3": None}
    added = set_value(document, NAME, ("block", "value", 2), True)
    assert get_value(added, NAME, ("block", "value")) == [1, "a", True]
    added = set_value(document, NAME, ("fresh",), 1)
    assert list(added.namespace(NAME).attributes)[-1] == "fresh"


@pytest.mark.parametrize(
    "place",
    [
        ("nothing",),
        ("custom_settings", "nothing"),
        ("custom_settings", 0),
        ("trial_count", "x"),
        ("experiment_phase", 0),
        ("events", 1),
        ("events", -1),
        ("events", "-1"),
        ("events", "00"),
        ("events", "+0"),
        ("events", "\u0660"),
        ("events", "9" * 5000),
        ("events", 0, "what", "deeper"),
    ],
)
def test_that_a_place_that_is_not_there_is_named(document: Document, place: Place) -> None:
    pointer = format_pointer(place)
    for edit in (get_value, remove_value):
        with pytest.raises(NoSuchAttribute) as caught:
            edit(document, NAME, place)
        assert (caught.value.namespace, caught.value.pointer) == (NAME, pointer)
    with pytest.raises(NoSuchAttribute):
        rename_value(document, NAME, place, "new")
    with pytest.raises(NoSuchAttribute):
        set_value(document, NAME, (*place, "deeper"), 1)


@pytest.mark.parametrize(
    "place", [("custom_settings", 0), ("events", 2), ("events", "x"), ("trial_count", "x")]
)
def test_that_setting_never_changes_what_a_container_is(document: Document, place: Place) -> None:
    with pytest.raises(NoSuchAttribute):
        set_value(document, NAME, place, 1)


def test_that_an_unknown_namespace_is_named(document: Document) -> None:
    for edit in (
        lambda: get_value(document, "no.Such", ("a",)),
        lambda: set_value(document, "no.Such", ("a",), 1),
    ):
        with pytest.raises(NoSuchAttribute, match=r"no\.Such"):
            edit()


def test_that_removing_and_renaming_keep_the_order(document: Document) -> None:
    names = list(document.namespace(NAME).attributes)
    removed = remove_value(document, NAME, ("trial_count",))
    assert list(removed.namespace(NAME).attributes) == [name for name in names if name != "trial_count"]
    renamed = rename_value(document, NAME, ("trial_count",), "trials")
    assert list(renamed.namespace(NAME).attributes) == [
        "trials" if name == "trial_count" else name for name in names
    ]
    assert get_value(renamed, NAME, ("trials",)) == 150
    shorter = remove_value(document, NAME, ("block", "value", "0"))
    assert get_value(shorter, NAME, ("block", "value")) == ["a"]


def test_that_renaming_never_takes_a_name_that_is_there(document: Document) -> None:
    with pytest.raises(Refused, match="already a dose"):
        rename_value(document, NAME, ("trial_count",), "dose")
    with pytest.raises(Refused, match="list item"):
        rename_value(document, NAME, ("events", 0), "first")
    assert render(rename_value(document, NAME, ("dose",), "dose")) == render(document)


# --- a launcher's own save --------------------------------------------------------------------------------


def test_that_a_launchers_save_replaces_its_namespace_and_nothing_else(document: Document) -> None:
    saved = with_namespace(
        document,
        module="my_project.launchers.my_launcher",
        class_name="MyCustomLauncher",
        attributes={"only": 1},
        saved_at="2026-01-01T00:00:00",
        extra={"outcome": "failed"},
    )
    states = saved.tree["launcher_states"]
    assert isinstance(states, dict)
    assert same(
        states[NAME],
        {
            "attributes": {"only": 1},
            "saved_at": "2026-01-01T00:00:00",
            "lab_tag": {"a key": "that nobody here knows"},
            "outcome": "failed",
        },
    )
    before = document.tree["launcher_states"]
    assert isinstance(before, dict)
    assert same(states[OTHER], before[OTHER])
    assert list(states) == list(before)
    assert list(saved.tree) == list(document.tree)
    assert same(saved.tree["lab"], document.tree["lab"])
    assert saved.created_at == "2025-06-23T10:30:00.123456"


def test_that_another_launcher_becomes_the_last_and_comes_last(document: Document) -> None:
    saved = with_namespace(document, module="", class_name="Third", attributes={}, saved_at="now", extra={})
    assert (saved.launcher_class, saved.launcher_module) == ("Third", "")
    assert saved.namespaces == (NAME, OTHER, "Third")
    assert same(dict(saved.namespace(NAME).attributes), dict(document.namespace(NAME).attributes))


@pytest.mark.parametrize("wrong", [None, [], "text"])
def test_that_a_save_replaces_a_compartment_of_a_wrong_shape(wrong: JSON) -> None:
    for tree in ({"launcher_states": wrong}, {"launcher_states": {"m.L": wrong}}):
        saved = with_namespace(
            Document(tree), module="m", class_name="L", attributes={"a": 1}, saved_at="x", extra={}
        )
        assert saved.namespace("m.L").attributes == {"a": 1}
        assert not saved.problems


def test_that_a_minor_version_of_another_hand_is_kept() -> None:
    saved = with_namespace(
        Document({"version": "1.7.0"}), module="m", class_name="L", attributes={}, saved_at="x", extra={}
    )
    assert saved.version == "1.7.0"


def test_that_clearing_keeps_the_rest_of_the_file(document: Document) -> None:
    one = without_namespaces(document, [OTHER])
    assert one.namespaces == (NAME,)
    none = without_namespaces(document, None)
    assert none.namespaces == ()
    assert [key for key in none.tree if key != "launcher_states"] == [
        key for key in document.tree if key != "launcher_states"
    ]
    with pytest.raises(NoSuchAttribute):
        without_namespaces(document, [OTHER, "no.Such"])


# --- pointers ---------------------------------------------------------------------------------------------

steps = st.lists(st.text(max_size=5), min_size=1, max_size=4).map(tuple).filter(lambda place: place != ("",))


@given(steps)
def test_that_a_pointer_comes_back_as_its_place(place: tuple[str, ...]) -> None:
    assert parse_pointer(format_pointer(place)) == place


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (("custom_settings", "param2"), "custom_settings/param2"),
        (("a/b", "~c"), "a~1b/~0c"),
        (("~1",), "~01"),
        (("events", 3), "events/3"),
        ((), ""),
    ],
)
def test_that_pointers_are_written_as_rfc_6901_says(place: Place, text: str) -> None:
    assert format_pointer(place) == text
    assert parse_pointer(text) == tuple(str(step) for step in place)
