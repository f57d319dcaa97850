"""What is said above the tree of a state comes and goes without moving the rows under the hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.exchange import Banner
from app.models.state.state_texts import Column
from app.session import Running
from app.views.parts.making_room import MakingRoom
from app.views.state.row_buttons import RowButtons
from tests.sample_window import Shown
from tests.samples import PREDICTIVE, ROOT, SLAP2

UNDER = Qt.WidgetAttribute.WA_UnderMouse


@pytest.fixture(autouse=True)
def moved(shown: Shown) -> Iterator[None]:
    """The pointer was moved since the window is there, and is left where it was."""
    before = QCursor.pos()
    QCursor.setPos(before + QPoint(700, 500))
    QCoreApplication.processEvents()
    yield
    QCursor.setPos(before)


def top(shown: Shown) -> int:
    """Where the tree begins, in its tab."""
    pane = shown.window.detail.state
    return pane.view.mapTo(pane, QPoint(0, 0)).y()


def leave(widget: QWidget | None) -> None:
    """The pointer is nowhere over it: what is held back for a hand there would wait for a minute."""
    while widget is not None:
        widget.setAttribute(UNDER, on=False)
        widget = widget.parentWidget()


def begin_run(shown: Shown) -> None:
    """The session that is shown is resumed elsewhere: nothing of it can be edited now."""
    running = replace(
        shown.snapshots[f"{ROOT}/{shown.names[0]}"], running=Running("rig3", 7, SLAP2, "", False)
    )
    shown.window.show_session(running, None)


def test_that_a_notice_above_the_tree_waits_for_the_hand_in_it(qtbot: QtBot, shown: Shown) -> None:
    room = shown.window.detail.state.currentWidget()
    assert isinstance(room, MakingRoom)
    below = shown.window.detail.state.view.parentWidget()
    assert below is not None
    before = top(shown)
    below.setAttribute(UNDER)
    begin_run(shown)
    qtbot.waitUntil(lambda: room.is_waiting)
    assert top(shown) == before
    below.setAttribute(UNDER, on=False)
    QCoreApplication.sendEvent(below, QEvent(QEvent.Type.Leave))
    qtbot.waitUntil(lambda: top(shown) > before)


def test_that_another_session_has_its_notices_in_their_place_wherever_the_hand_is(
    qtbot: QtBot, shown: Shown
) -> None:
    before = top(shown)
    below = shown.window.detail.state.view.parentWidget()
    assert below is not None
    below.setAttribute(UNDER)
    shown.open(shown.names[1])
    qtbot.waitUntil(lambda: top(shown) > before)
    shown.open(shown.names[0])
    qtbot.waitUntil(lambda: top(shown) == before)


def test_that_what_is_being_typed_stays_in_sight_when_a_notice_takes_room(qtbot: QtBot, shown: Shown) -> None:
    view = shown.window.detail.state.view
    view.expandAll()
    view.go_to(shown.state.find(PREDICTIVE, ("opto_note",)).siblingAtColumn(Column.VALUE))
    last = view.visualRect(view.currentIndex()).bottom()
    shown.window.resize(1440, shown.window.height() - (view.viewport().height() - last) + 4)
    qtbot.waitUntil(lambda: view.viewport().height() < last + 20)
    shown.window.actions_["actionEditValue"].trigger()
    qtbot.waitUntil(lambda: view.in_place.editor is not None and view.in_place.editor.hasFocus())
    height = view.viewport().height()
    leave(view)
    shown.window.show_banner(Banner("one", "amber", "The run replaced your edit."))
    qtbot.waitUntil(lambda: view.viewport().height() < height)
    editor = view.in_place.editor
    assert editor is not None
    qtbot.waitUntil(lambda: view.viewport().rect().contains(editor.geometry()))


@pytest.mark.parametrize(("width", "text_size"), [(1440, 175), (1024, 100), (1024, 125)])
def test_that_what_is_done_to_rows_has_its_place_in_every_window(
    qtbot: QtBot, shown: Shown, width: int, text_size: int
) -> None:
    shown.theme.set_percent(text_size)
    shown.window.resize(width, 900)
    shown.window.actions_["actionState"].trigger()
    pane = shown.window.detail.state
    for typed in ("", "trial"):  # with what was found beside it
        pane.filter.setText(typed)
        assert all(one.isVisible() for one in pane.buttons.buttons.values())
        qtbot.waitUntil(lambda: _fit(pane.buttons))


def test_that_where_the_buttons_are_icons_the_filter_has_the_room_that_is_left(
    qtbot: QtBot, shown: Shown
) -> None:
    """Icons stood at the end of empty room, and what was found had none in the filter."""
    shown.window.resize(1024, 700)
    shown.window.actions_["actionState"].trigger()
    pane = shown.window.detail.state
    buttons = pane.buttons.buttons.values()
    pane.filter.setText("trial_count")
    qtbot.waitUntil(lambda: pane.filter.note == "1 match" and _fit(pane.buttons))
    qtbot.waitUntil(
        lambda: pane.filter.textMargins().right() > pane.filter.fontMetrics().averageCharWidth() * 4
    )
    assert {one.text() for one in buttons} == {""}
    line = pane.filter.parentWidget()
    assert line is not None
    before = min(one.mapTo(line, QPoint(0, 0)).x() for one in buttons)
    room = before - pane.matches.geometry().right()
    assert room < 20 or pane.filter.width() == pane.filter.maximumWidth()
    shown.window.resize(1440, 900)
    qtbot.waitUntil(lambda: {bool(one.text()) for one in buttons} == {True} and _fit(pane.buttons))


def _fit(buttons: RowButtons) -> bool:
    """Whether each is there as a whole, and says what it is."""
    return all(
        button.accessibleName() == name
        and buttons.rect().contains(button.geometry())
        and button.width() >= button.sizeHint().width()
        for name, button in buttons.buttons.items()
    )
