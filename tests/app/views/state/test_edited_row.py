"""The current row, where rows went and came by an edit, or by what took it back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from app.editing.edits import InsertValue, RemoveValue, RenameValue
from app.models.state.state_texts import Column
from tests.app.views.state.rows import draft, go_to, here, trigger, view
from tests.sample_window import Shown
from tests.samples import PREDICTIVE, document, snapshot

STATE = {"alpha": 0, "comment": "c", "weird_name": 3, "gains": [1, 2]}


def show(shown: Shown, *names: str) -> str:
    """Show these attributes; the directory of the session."""
    one = snapshot(document({name: STATE[name] for name in names}), shown.names[0], etag=" ".join(names))
    shown.snapshots[one.directory] = one
    shown.drafts.open(one)
    shown.window.show_session(one, shown.drafts.get(one.directory))
    return one.directory


def order(shown: Shown) -> list[str]:
    """The attributes as they stand below each other."""
    return [node.label for node in shown.state.rows_below(shown.state.index(0, 0))]


@pytest.mark.parametrize("place", [("comment",), ("gains", 1), ("gains",)])
def test_that_the_current_row_stays_the_current_one_when_all_stand_in_another_order(
    shown: Shown, place: tuple[str | int, ...]
) -> None:
    show(shown, "alpha", "comment", "gains")
    go_to(shown, *place)
    show(shown, "gains", "comment", "alpha")
    assert order(shown) == ["gains", "comment", "alpha"]
    assert here(shown) == place
    assert len(view(shown).chosen.nodes()) == 1


def test_that_a_removed_row_that_undo_brought_back_is_the_current_one(shown: Shown) -> None:
    directory = show(shown, "alpha", "comment", "weird_name")
    shown.drafts.stage(directory, InsertValue(PREDICTIVE, ("neu",), 1, "weird_name"))
    go_to(shown, "weird_name")
    trigger(shown, "Remove")
    trigger(shown, "Undo")
    assert here(shown) == ("weird_name",)


@pytest.mark.parametrize("before", ["weird_name", None])
def test_that_a_removed_row_stays_where_it_is_seen(shown: Shown, before: str | None) -> None:
    directory = show(shown, "alpha", "comment", "weird_name")
    for name in ("neu", "neu_copy"):
        shown.drafts.stage(directory, InsertValue(PREDICTIVE, (name,), 1, before))
    go_to(shown, "weird_name")
    there = order(shown)
    for name in ("Remove", "Undo", "Redo", "TakeBack"):
        trigger(shown, name)
        assert (name, order(shown)) == (name, there)
        assert here(shown) == ("weird_name",)
    attributes = draft(shown).document.namespace(PREDICTIVE).attributes
    assert list(attributes) == there


def test_that_a_removed_row_stays_where_it_is_seen_when_those_beside_it_are_called_otherwise(
    shown: Shown,
) -> None:
    directory = show(shown, "alpha", "comment", "weird_name", "gains")
    shown.drafts.stage(directory, RemoveValue(PREDICTIVE, ("weird_name",)))
    for name in ("comment", "gains"):
        shown.drafts.stage(directory, RenameValue(PREDICTIVE, (name,), name[0]))
    assert order(shown) == ["alpha", "c", "weird_name", "g"]


@pytest.mark.parametrize("inside", [(), (1,)])
def test_that_the_row_stays_the_current_one_as_it_gets_its_other_name_again(
    shown: Shown, inside: tuple[int, ...]
) -> None:
    show(shown, "alpha", "gains", "comment")
    cell = shown.state.find(PREDICTIVE, ("gains",)).siblingAtColumn(Column.ATTRIBUTE)
    assert shown.state.setData(cell, "g", Qt.ItemDataRole.EditRole)
    go_to(shown, "g", *inside)
    for name, now in (("Undo", "gains"), ("Redo", "g"), ("Revert", "gains"), ("Undo", "g")):
        trigger(shown, name)
        assert (name, here(shown)) == (name, (now, *inside))
        assert len(view(shown).chosen.nodes()) == 1


def test_that_another_row_is_left_the_current_one_as_one_gets_its_name_back(shown: Shown) -> None:
    directory = show(shown, "alpha", "gains", "comment")
    shown.drafts.stage(directory, RenameValue(PREDICTIVE, ("gains",), "g"))
    go_to(shown, "comment")
    trigger(shown, "Undo")
    assert here(shown) == ("comment",)
