"""Rows while something is to be decided: what is on the disk, and what is typed, stand beside each other."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt

from app.editing.edits import RemoveValue
from app.models.state.state_texts import Column
from persistence.document import Document
from persistence.states.diff import diff
from persistence.states.edits import remove_value, set_value, without_namespaces
from tests.samples import PREDICTIVE, Edited, document

COUNT, PHASE = ("trial_count",), ("experiment_phase",)
TIP = Qt.ItemDataRole.ToolTipRole
SPOKEN = Qt.ItemDataRole.AccessibleTextRole


@pytest.fixture
def edited(qapp: object) -> Edited:
    """150 is typed where 15 is saved."""
    edited = Edited(document())
    assert edited.model.setData(edited.cell(*COUNT), "150")
    return edited


def somebody_saves(edited: Edited, saved: Document, etag: str = "theirs") -> None:
    """The disk holds another version, and is read again."""
    edited.snapshot = replace(edited.snapshot, document=saved, etag=etag)
    edited.drafts.open(edited.snapshot)


def row(edited: Edited, *place: str) -> list[str]:
    return [edited.text(*place, column=column) for column in (Column.VALUE, Column.SAVED)]


def test_that_what_is_typed_stands_beside_what_is_on_the_disk_now(edited: Edited) -> None:
    theirs = set_value(set_value(document(), PREDICTIVE, COUNT, 16), PREDICTIVE, PHASE, "washout")
    somebody_saves(edited, set_value(theirs, PREDICTIVE, ("fresh",), 1))
    assert edited.draft.outdated
    assert row(edited, *COUNT) == ["150", "16"]
    saved = edited.cell(*COUNT, column=Column.SAVED)
    assert saved.data(TIP) == "On disk now: 16\nBefore: 15\nBoth of you changed it."
    assert saved.data(SPOKEN) == "Saved value 16, changed on disk while you were editing"
    assert row(edited, *PHASE) == ["washout", ""]  # nobody here has edited that
    assert row(edited, "fresh") == ["1", ""]


def test_that_what_is_taken_back_then_is_what_is_on_the_disk(edited: Edited) -> None:
    somebody_saves(edited, set_value(document(), PREDICTIVE, COUNT, 16))
    assert edited.model.take_back(edited.cell(*COUNT))
    assert (row(edited, *COUNT), edited.draft.outdated, edited.draft.count) == (["16", ""], False, 0)


@pytest.mark.parametrize("text", ["16", "15"])
def test_that_the_value_of_the_disk_or_of_before_typed_again_leaves_nothing_to_decide(
    edited: Edited, text: str
) -> None:
    somebody_saves(edited, set_value(document(), PREDICTIVE, COUNT, 16))
    assert edited.model.setData(edited.cell(*COUNT), text)
    assert (row(edited, *COUNT), edited.draft.outdated) == (["16", ""], False)


def test_that_another_value_typed_meanwhile_is_still_to_be_decided(edited: Edited) -> None:
    somebody_saves(edited, set_value(document(), PREDICTIVE, COUNT, 16))
    assert edited.model.setData(edited.cell(*COUNT), "151")
    assert (row(edited, *COUNT), edited.draft.outdated) == (["151", "16"], True)


def test_that_what_they_removed_is_said_at_its_row(edited: Edited) -> None:
    somebody_saves(edited, remove_value(document(), PREDICTIVE, COUNT))
    assert row(edited, *COUNT) == ["150", "Removed"]
    saved = edited.cell(*COUNT, column=Column.SAVED)
    assert str(saved.data(TIP)).startswith("On disk now: nothing any more\nBefore: 15\n")


def test_that_what_i_removed_and_they_changed_is_said_at_its_row(qapp: object) -> None:
    edited = Edited(document())
    edited.drafts.stage(edited.snapshot.directory, RemoveValue(PREDICTIVE, COUNT))
    somebody_saves(edited, set_value(document(), PREDICTIVE, COUNT, 16))
    assert row(edited, *COUNT) == ["Removed", "16"]
    assert edited.model.take_back(edited.cell(*COUNT))
    assert (row(edited, *COUNT), edited.draft.outdated) == (["16", ""], False)


def test_that_a_launcher_that_went_takes_no_row_away_and_makes_none_new(edited: Edited) -> None:
    somebody_saves(edited, without_namespaces(document(), [PREDICTIVE]))
    assert edited.draft.outdated
    assert row(edited, *COUNT) == ["150", "15"]
    assert row(edited, *PHASE) == ["data_collection", ""]


def test_that_a_draft_is_shown_as_it_is_where_nothing_is_to_be_decided(edited: Edited) -> None:
    draft: Any = edited.draft
    assert draft.shown is draft
    somebody_saves(edited, set_value(document(), PREDICTIVE, COUNT, 16))
    shown = edited.draft.shown
    assert [(one.before, one.after) for one in shown.changes] == [(16, 150)]
    assert not diff(shown.base, edited.snapshot.document or document())
