"""An outline says what the whole document says, or nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persistence.document import STATES, Document, new_document, parse_document, render
from persistence.errors import Damaged
from persistence.states.edits import with_namespace
from persistence.states.outline import Outline, attribute_in, count_in, outline_in, outline_of
from persistence.values.json_text import JSON
from persistence.values.sameness import same

scalars = (
    st.none() | st.booleans() | st.integers() | st.text() | st.floats(allow_nan=False, allow_infinity=False)
)
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3)
)
NAMES = ("trials", "phase", "a b", "é", "more", 'a "quoted" one', "a\\b", "two\nlines")
attributes = st.dictionaries(st.sampled_from(NAMES) | st.text(), values, max_size=5)


def document(launchers: dict[str, dict[str, Any]], extra: dict[str, JSON] | None = None) -> Document:
    made = new_document()
    for name, held in launchers.items():
        made = with_namespace(
            made,
            module="m",
            class_name=name,
            attributes=held,
            saved_at="2025-06-23T10:30:00",
            extra=extra or {},
        )
    return made


def said(found: Outline) -> dict[str, Any]:
    """All that an outline says, every attribute of it looked into."""
    launchers = {
        name: {
            **{key: value for key, value in state.items() if key != "attributes"},
            "attributes": count_in(state),
            **{f"attributes/{key}": attribute_in(state, key) for key in NAMES},
        }
        for name, state in found.launchers.items()
    }
    return {**{key: value for key, value in found.tree.items() if key != STATES}, STATES: launchers}


@given(st.dictionaries(st.text("LMäß1", min_size=1), attributes, min_size=1, max_size=3))
def test_that_an_outline_says_what_the_whole_says(launchers: dict[str, dict[str, Any]]) -> None:
    extra: dict[str, JSON] = {
        "outcome": "failed",
        "resumed_from": {"path": '/d"}', "etag": "x"},
        "skipped": {},
    }
    data = render(document(launchers, extra))
    outline = outline_of(data)
    assert outline is not None
    assert same(said(outline), said(outline_in(parse_document(data))))


def test_that_an_ordinary_file_has_one() -> None:
    data = render(
        document({"Slap2": {"trials": 150, "note": 'a "quoted": note', "list": [{"a": {}}]}, "Other": {}})
    )
    outline = outline_of(data)
    assert outline is not None
    assert list(outline.launchers) == ["m.Slap2", "m.Other"]
    assert [count_in(state) for state in outline.launchers.values()] == [3, 0]
    slap2 = outline.launchers["m.Slap2"]
    assert attribute_in(slap2, "note") == 'a "quoted": note'
    assert attribute_in(slap2, "list") == [{"a": {}}]
    assert attribute_in(slap2, "trials") == 150
    assert attribute_in(slap2, "trial") is None


def test_that_what_an_attribute_holds_is_read_when_it_is_asked_for() -> None:
    data = render(document({"L": {"trials": 150, "phase": "x"}})).replace(b"150", b"15O")
    outline = outline_of(data)
    assert outline is not None
    assert attribute_in(outline.launchers["m.L"], "phase") == "x"
    with pytest.raises(Damaged):
        attribute_in(outline.launchers["m.L"], "trials")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[]",
        "{\n}\n",
        '{\n    "a": 1\n}',
        '{"a": 1}\n',
        '{\n    "a": 1,\n    "a": 2\n}\n',
        "{\n    'a': 1\n}\n",
    ],
)
def test_that_another_layout_has_none_or_the_same(text: str) -> None:
    outline = outline_of(text.encode())
    assert outline is None or dict(outline.tree) == json.loads(text)


@pytest.mark.parametrize("key", ["version", STATES, "saved_at"])
def test_that_a_key_that_stands_twice_is_left_to_who_reads_all(key: str) -> None:
    text = render(document({"A": {"trials": 3}})).decode()
    begin = text.index(f'"{key}": ')
    assert outline_of(text.encode()) is not None
    for more in (f'"{key}": {{}}', f'"{key}":{{}}', f'"{key}" : {{}}'):
        doubled = f"{text[:begin]}{more},\n{text[begin:]}"
        assert outline_of(doubled.encode()) is None
        with pytest.raises(Damaged):
            parse_document(doubled.encode())


SOUND = render(document({"A": {"trials": 3, "phase": "x"}})).decode()


@pytest.mark.parametrize(
    ("ours", "another"),
    [
        (f'{" " * 16}"trials"', '  "trials"'),  # the first line of attributes, indented otherwise
        (f'": {{\n{" " * 16}"trials": 3,\n{" " * 16}"phase": "x"\n{" " * 12}}}', '": {"trials": 1e400}'),
        (f'"{STATES}"', '"other_states"'),  # attributes, but of no launcher
        ('"saved_at": "', '"saved_at": ' + "[" * 100_000 + '"'),
    ],
    ids=["indented", "on one line", "of no launcher", "too deep"],
)
def test_that_what_is_not_laid_out_as_ours_has_none(ours: str, another: str) -> None:
    assert ours in SOUND
    assert outline_of(SOUND.encode()) is not None
    assert outline_of(SOUND.replace(ours, another, 1).encode()) is None


def test_that_what_is_no_state_of_a_launcher_is_passed_over() -> None:
    data = SOUND.replace(f'"{STATES}": {{', f'"{STATES}": {{"m.Odd": 5, ', 1).encode()
    for outline in (outline_of(data), outline_in(parse_document(data))):
        assert outline is not None
        assert list(outline.launchers) == ["m.A"]


def test_that_a_text_which_looks_like_a_key_is_a_text() -> None:
    made = document({"A": {"trials": 3}}, {"note": 'he said "go": and it went'})
    outline = outline_of(render(made))
    assert outline is not None
    assert outline.launchers["m.A"]["note"] == 'he said "go": and it went'


@pytest.mark.parametrize("more", ["{}", "x", "\0"])
def test_that_what_goes_on_after_its_end_has_none(more: str) -> None:
    assert outline_of(SOUND.encode() + more.encode()) is None


@given(st.data())
def test_that_nothing_raises_and_nothing_sound_is_told_wrong(data: st.DataObject) -> None:
    sound = render(document({"L": {"trials": 1, "phase": "x", "more": {"a": [1]}}, "M": {"b": None}}))
    place = data.draw(st.integers(0, len(sound)))
    other = sound[:place] + data.draw(
        st.binary(max_size=3) | st.sampled_from([b"\n", b'"', b",", b"}", b"{\n"])
    )
    broken = other + sound[place + data.draw(st.integers(0, 40)) :]
    outline = outline_of(broken)
    try:
        whole = parse_document(broken)
        found = said(outline) if outline is not None else None
    except Damaged:
        return  # which an outline need not see
    assert found is None or same(found, said(outline_in(whole)))
