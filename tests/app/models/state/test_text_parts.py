"""What is put together a part at a time is what is written at once."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.models.state import text_parts
from app.models.state.row_texts import json_of, value_text
from app.models.state.state_nodes import Node
from app.models.state.state_tree import StateTreeModel
from app.models.state.text_parts import Copied, has_text, is_small, taken, too_much
from persistence.document import ABSENT, STATES, Document
from persistence.values import written_in_pieces
from persistence.values.json_text import Number
from persistence.values.json_writing import write
from tests.app.models.large import LARGE, spelled, unread
from tests.samples import PREDICTIVE, document, snapshot

scalars = st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.just(Number("1.50"))
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=9)
        | st.dictionaries(st.text(max_size=5), inner, max_size=9)
        | st.builds(
            lambda tag, items: {"__type__": tag, "value": items},
            st.sampled_from(["tuple", "set", "quaternion"]),
            st.lists(inner, max_size=9),
        )
    ),
    max_leaves=30,
)


def node(shown: Document, *place: str) -> Node:
    model = StateTreeModel()
    model.set_state(snapshot(shown), None)
    found = model.node(model.find(PREDICTIVE, place))
    assert found is not None
    return found


def copied(one: Node, *, as_json: bool) -> Copied:
    found, work = Copied(taken(one), as_json), Copied.work
    for _ in work(found):
        pass
    return found


@given(values, st.booleans())
@settings(max_examples=60)
def test_that_parts_are_the_whole(value: Any, of_launcher: bool) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(written_in_pieces, "GROUP", 2)
        patch.setattr(text_parts, "_SLICE", 5)
        held = {"one": value, "two": [value]}
        states: Any = {PREDICTIVE: {"attributes": held}}  # as an edit leaves them
        for shown in (unread(held), Document({STATES: states})):
            one = node(shown, *([] if of_launcher else ["one"]))
            assert copied(one, as_json=True).json == json_of(one)
            if not of_launcher:
                found = copied(one, as_json=False)
                assert (found.json if found.text is None else found.text) == value_text(one)


def test_that_a_large_list_or_launcher_is_not_read_for_it() -> None:
    shown = unread(LARGE)
    assert [name for name in LARGE if has_text(node(shown, name))] == ["trials", "gains"]
    assert has_text(node(shown))
    assert not any(is_small(node(shown, *place)) for place in ((), ("trials",)))
    for place in ((), ("trials",), ("gains",)):
        assert copied(node(shown, *place), as_json=True).progress == 1
    assert not any(spelled(shown, name).known for name in LARGE if name != "subject")
    assert is_small(node(shown, "subject"))


@pytest.mark.parametrize("as_read", [False, True])
def test_that_what_becomes_of_a_row_meanwhile_is_not_in_its_copy(as_read: bool) -> None:
    pair = LARGE["pair"]
    one = node(document({"pair": pair}) if as_read else unread({"pair": pair}), "pair")
    found = Copied(taken(one), as_json=False)
    work = found.work()
    next(work)
    one.hold({"__type__": "tuple", "value": [1]}, ABSENT)
    one.label = "other"
    for _ in work:
        pass
    assert (json.loads(found.json), found.text, found.row.name) == (pair, write(pair["value"]), "pair")


def test_that_what_is_too_much_ends_early_and_names_size_and_another_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(text_parts, "MOST_COPIED", 1_000)
    shown = unread({"trials": [*range(9_000)], "few": [1]})
    for place, way in (((), "show FOLDER --json"), (("trials",), "get FOLDER trials")):
        found = copied(node(shown, *place), as_json=True)
        assert found.too_much
        assert not found.json
        assert too_much(found).endswith(f"rigstate {way}")
        assert " 0 MB" in too_much(found)
    edited = copied(node(document({"trials": [*range(9_000)]}), "trials"), as_json=True)
    assert edited.too_much
    assert edited.size < 2_000  # one group more, and no further
    assert "more than 0 MB" in too_much(edited)
