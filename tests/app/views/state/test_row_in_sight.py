"""The current row of the tree, while a filter searches again what was edited."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex
from pytestqt.qtbot import QtBot

from app.models.state import state_filter
from tests.app.views.seen import laid_out
from tests.app.views.state.rows import Key, draft, type_on, view
from tests.sample_window import Shown
from tests.samples import PREDICTIVE, document, snapshot

STATE = {"notes": ["samples", "no samples", "more samples"], "samples": list(range(3_000))}


def row(shown: Shown, *place: str | int) -> QModelIndex:
    return shown.state.find(PREDICTIVE, place)


@pytest.fixture
def last(qtbot: QtBot, shown: Shown, monkeypatch: pytest.MonkeyPatch) -> QModelIndex:
    """The last item of a large list that a filter has found by its name, the only one of its headings that is
    open, and above it a closed list of which items were found. The search takes its time.
    """
    monkeypatch.setattr(state_filter, "AT_ONCE", 0)
    many = snapshot(document(STATE), shown.names[0], etag="many")
    shown.snapshots[many.directory] = many
    shown.drafts.open(many)
    shown.window.show_session(many, shown.drafts.get(many.directory))
    shown.window.detail.state.filter.setText("samples")
    qtbot.waitUntil(lambda: shown.state.filtering and not shown.state.filter.busy)
    view(shown).setFocus()
    view(shown).collapse(row(shown, "notes"))
    view(shown).setCurrentIndex(row(shown, "samples").siblingAtColumn(2))
    for key in (Key.Key_Right, Key.Key_End, Key.Key_Right, Key.Key_End):
        qtbot.keyClick(view(shown), key)
    return view(shown).currentIndex()


def test_that_an_edited_row_stays_where_it_is_seen_while_the_filter_searches_again(
    qtbot: QtBot, shown: Shown, last: QModelIndex
) -> None:
    place = view(shown).visualRect(last)
    assert view(shown).viewport().rect().contains(place)
    type_on(qtbot, "12", Key.Key_Return)
    qtbot.waitUntil(lambda: view(shown).isExpanded(row(shown, "notes")))
    qtbot.waitUntil(lambda: not shown.state.filter.busy)
    assert draft(shown).count == 1
    assert view(shown).currentIndex() == last
    assert view(shown).visualRect(last) == place


def test_that_a_filter_opens_no_heading_of_what_it_has_found_by_its_name(
    qtbot: QtBot, shown: Shown, last: QModelIndex
) -> None:
    headings = [shown.state.index(number, 0, row(shown, "samples")) for number in range(3)]
    type_on(qtbot, "12", Key.Key_Return)
    qtbot.waitUntil(lambda: view(shown).isExpanded(row(shown, "notes")))
    qtbot.waitUntil(lambda: not shown.state.filter.busy)
    assert [view(shown).isExpanded(one) for one in headings] == [False, False, True]


def test_that_the_row_that_is_worked_on_stays_wholly_in_sight_when_the_tree_gets_lower(
    qtbot: QtBot, shown: Shown
) -> None:
    """A notice came above, and half of the row was gone."""
    tree = view(shown)
    many = snapshot(document({f"value{one:02d}": one for one in range(60)}), shown.names[0], etag="many")
    shown.snapshots[many.directory] = many
    shown.drafts.open(many)
    shown.window.show_session(many, shown.drafts.get(many.directory))
    rows = [row(shown, f"value{one:02d}") for one in range(60)]
    height = tree.viewport().height()
    lowest = next(one for one in reversed(rows) if 0 < tree.visualRect(one).bottom() < height)
    tree.setCurrentIndex(lowest)
    shown.window.resize(shown.window.width(), shown.window.height() - 60)
    qtbot.waitUntil(lambda: tree.viewport().height() < height)
    assert tree.viewport().rect().contains(tree.visualRect(lowest))
    tree.verticalScrollBar().setValue(tree.verticalScrollBar().maximum())
    place = tree.verticalScrollBar().value()
    shown.window.resize(shown.window.width(), shown.window.height() - 60)
    laid_out()
    assert tree.verticalScrollBar().value() >= place  # who has scrolled away is left there
