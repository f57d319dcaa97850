"""A press just after rows have moved is for the row that was there."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from app.models.sessions.session_rows import Heading
from app.session import Delta
from app.views.sessions.row_meant import RowMeant
from tests.app.views.sessions.listed import Listed
from tests.samples import ROOT, summary

HOURS = 10**7
NEWCOMER = summary("8_2026-11-23_23-59")


@pytest.fixture
def aimed(listed: Listed) -> Listed:
    """The pointer is in the list, and nobody is as quick as the test is slow."""
    listed.view.scrollToTop()
    listed.view.viewport().setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    meant(listed).reaction = HOURS
    return listed


def meant(listed: Listed) -> RowMeant:
    found = listed.view.findChild(RowMeant)
    assert isinstance(found, RowMeant)
    return found


def place_of(listed: Listed, name: str) -> QPoint:
    return listed.view.visualRect(listed.model.index_of(f"{ROOT}/{name}")).center()


def press(listed: Listed, qtbot: QtBot, point: QPoint) -> None:
    qtbot.mouseClick(listed.view.viewport(), Qt.MouseButton.LeftButton, pos=point)


def test_that_a_press_just_after_a_session_began_is_for_the_one_that_stood_there(
    qtbot: QtBot, aimed: Listed
) -> None:
    name = max(aimed.names)
    point = place_of(aimed, name)
    aimed.model.apply(Delta(added=(NEWCOMER,)))
    assert place_of(aimed, name) != point
    press(aimed, qtbot, point)
    assert aimed.selected == [f"{ROOT}/{name}"]
    assert aimed.view.selected_count == 1


def test_that_a_press_that_had_time_to_see_it_is_for_what_stands_there(qtbot: QtBot, aimed: Listed) -> None:
    point = place_of(aimed, max(aimed.names))
    meant(aimed).reaction = 0
    aimed.model.apply(Delta(added=(NEWCOMER,)))
    press(aimed, qtbot, point)
    assert aimed.selected == [NEWCOMER.directory]


def test_that_a_pointer_elsewhere_aims_at_nothing_in_the_list(qtbot: QtBot, aimed: Listed) -> None:
    point = place_of(aimed, max(aimed.names))
    aimed.view.viewport().setAttribute(Qt.WidgetAttribute.WA_UnderMouse, on=False)
    aimed.model.apply(Delta(added=(NEWCOMER,)))
    press(aimed, qtbot, point)
    assert aimed.selected == [NEWCOMER.directory]


def test_that_a_press_on_a_session_that_went_selects_no_other(qtbot: QtBot, aimed: Listed) -> None:
    name = max(aimed.names)
    point = place_of(aimed, name)
    aimed.model.apply(Delta(removed=(f"{ROOT}/{name}",)))
    press(aimed, qtbot, point)
    assert aimed.selected == []


def test_that_a_press_on_a_heading_that_moved_folds_its_group(qtbot: QtBot, aimed: Listed) -> None:
    row = aimed.model.heading_positions()[1]
    heading = aimed.model.line(row)
    assert isinstance(heading, Heading)
    aimed.view.scrollTo(aimed.model.index(row + 3, 0))
    aimed.view.verticalScrollBar().setValue(0)
    aimed.pane.resize(756, 1_400)
    qtbot.waitUntil(lambda: aimed.view.viewport().height() > 1_000)
    point = aimed.view.visualRect(aimed.model.index(row, 0)).center()
    aimed.model.apply(Delta(added=(NEWCOMER,)))
    press(aimed, qtbot, point)
    index = aimed.model.index_of_heading(heading.key)
    folded = aimed.model.line(index.row())
    assert isinstance(folded, Heading)
    assert folded.collapsed
    assert aimed.selected == []


def test_that_a_row_that_stayed_is_pressed_as_ever_also_with_keys_held(qtbot: QtBot, aimed: Listed) -> None:
    first, second = sorted(aimed.names, reverse=True)[:2]
    press(aimed, qtbot, place_of(aimed, first))
    aimed.model.apply(Delta(changed=(summary(first, outcome="failed"),)))
    control = Qt.KeyboardModifier.ControlModifier
    viewport, left = aimed.view.viewport(), Qt.MouseButton.LeftButton
    qtbot.mouseClick(viewport, left, control, place_of(aimed, second))
    assert aimed.view.selected_count == 2
