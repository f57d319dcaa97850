"""What was typed and cannot stand waits in its red field, also while another session is looked at."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.session import Delta
from app.views.parts.sheet import Sheet
from app.views.state.value_editor import CellEditor
from tests.app.views.seen import DIRECTORY, action
from tests.sample_window import Shown
from tests.samples import PREDICTIVE, document, snapshot


def typed(qtbot: QtBot, shown: Shown, text: str, name: str = "reward_volume_ul") -> CellEditor:
    """Type a value into its field, and leave the field open."""
    view = shown.window.detail.state.view
    view.setFocus()
    view.go_to(shown.state.find(PREDICTIVE, (name,)))
    assert view.in_place.edit_value()
    field = view.in_place.editor
    assert field is not None
    qtbot.keyClicks(field, text)
    return field


def field(shown: Shown) -> CellEditor:
    found = shown.window.detail.state.view.in_place.editor
    assert found is not None
    return found


@pytest.fixture
def left(qtbot: QtBot, shown: Shown) -> Shown:
    """A red field, left for another session, with the keyboard in the list."""
    typed(qtbot, shown, "50 ul")
    shown.window.sessions.view.setFocus()
    shown.open(shown.names[2])
    assert shown.window.detail.state.view.in_place.editor is None
    return shown


def test_that_a_red_field_comes_back_with_its_session_and_its_text(left: Shown) -> None:
    left.open(left.names[0])
    assert field(left).text() == "50 ul"
    assert field(left).property("verdict") == "wrong"
    assert field(left).accessibleDescription() == field(left).problem != ""
    node = field(left).node
    assert node is not None
    assert node.place == ("reward_volume_ul",)
    assert QApplication.focusWidget() is left.window.sessions.view


def test_that_all_that_is_asked_for_waits_again(left: Shown) -> None:
    left.open(left.names[0])
    left.type_value("77", "trial_count")
    action(left, "Save").trigger()
    assert left.window.findChildren(Sheet) == []
    assert field(left).hasFocus()


def test_that_it_waits_through_any_number_of_sessions(left: Shown) -> None:
    for _ in range(2):
        left.open(left.names[0])
        assert field(left).text() == "50 ul"
        left.open(left.names[1])


def test_that_esc_drops_it_for_good(qtbot: QtBot, left: Shown) -> None:
    left.open(left.names[0])
    qtbot.keyClick(field(left), Qt.Key.Key_Escape)
    left.open(left.names[2])
    left.open(left.names[0])
    assert left.window.detail.state.view.in_place.editor is None
    draft = left.drafts.get(DIRECTORY)
    assert draft is None or draft.edits == ()


def test_that_a_filter_that_hides_it_is_emptied(left: Shown) -> None:
    left.window.detail.state.filter.setText("trial_count")
    left.open(left.names[0])
    assert field(left).text() == "50 ul"


def test_that_a_name_that_cannot_be_is_kept_as_well(qtbot: QtBot, shown: Shown) -> None:
    view = shown.window.detail.state.view
    view.go_to(shown.state.find(PREDICTIVE, ("reward_volume_ul",)))
    assert view.in_place.edit_name()
    qtbot.keyClicks(field(shown), "trial_count")
    assert field(shown).problem
    shown.open(shown.names[2])
    shown.open(shown.names[0])
    assert field(shown).text() == "trial_count"
    assert field(shown).problem


def test_that_what_was_typed_into_a_row_that_is_gone_is_told_in_a_banner(left: Shown) -> None:
    left.snapshots[DIRECTORY] = snapshot(document({"trial_count": 15}), etag="other")
    left.open(left.names[0])
    (banner,) = left.window.banners.banners()
    said = f"{left.names[0]}: reward_volume_ul cannot be edited any more. You had typed: 50 ul"
    assert (banner.hue, banner.text) == ("amber", said)
    assert left.window.detail.state.view.in_place.editor is None


def test_that_a_session_that_went_gives_the_text_back_when_it_is_there_again(
    qtbot: QtBot, shown: Shown
) -> None:
    typed(qtbot, shown, "50 ul")
    summary = shown.sessions.summary(DIRECTORY)
    assert summary is not None
    shown.sessions.apply(Delta(removed=(DIRECTORY,)))
    shown.window.show_problem(DIRECTORY, "It is gone.")
    shown.sessions.apply(Delta(added=(summary,)))
    shown.open(shown.names[0])
    assert field(shown).text() == "50 ul"


def test_that_what_can_stand_is_an_edit_and_does_not_wait(qtbot: QtBot, shown: Shown) -> None:
    typed(qtbot, shown, "6.5")
    shown.open(shown.names[2])
    shown.open(shown.names[0])
    assert shown.window.detail.state.view.in_place.editor is None
    draft = shown.drafts.get(DIRECTORY)
    assert draft is not None
    assert draft.count == 1


def centre(shown: Shown, name: str) -> QPoint:
    view = shown.window.detail.state.view
    return view.visualRect(shown.state.find(PREDICTIVE, (name,)).siblingAtColumn(0)).center()


@pytest.mark.parametrize("button", [Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton])
def test_that_a_press_on_another_row_leaves_it_open(
    qtbot: QtBot, shown: Shown, button: Qt.MouseButton
) -> None:
    typed(qtbot, shown, "50 ul")
    view = shown.window.detail.state.view
    qtbot.mouseClick(view.viewport(), button, pos=centre(shown, "trial_count"))
    assert (field(shown).text(), field(shown).property("verdict")) == ("50 ul", "wrong")
    assert field(shown).hasFocus()
    assert "First correct reward_volume_ul, or drop it with Esc." in shown.window.status.message.toolTip()
    qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=centre(shown, "trial_count"))
    assert field(shown).text() == "50 ul"


def test_that_what_to_do_with_it_is_told_for_as_long_as_it_is_open(qtbot: QtBot, shown: Shown) -> None:
    typed(qtbot, shown, "50 ul")
    view, message = shown.window.detail.state.view, shown.window.status.message
    view.go_to(shown.state.find(PREDICTIVE, ("trial_count",)))
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=centre(shown, "trial_count"))
    assert message.accessibleName().startswith("First correct reward_volume_ul")
    qtbot.keyClick(field(shown), Qt.Key.Key_Escape)
    assert message.accessibleName() == ""


@pytest.mark.parametrize("key", [Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Tab, Qt.Key.Key_PageDown])
def test_that_no_key_leads_away_from_it(qtbot: QtBot, shown: Shown, key: Qt.Key) -> None:
    typed(qtbot, shown, "50 ul")
    view = shown.window.detail.state.view
    qtbot.keyClick(field(shown), key)
    assert field(shown).text() == "50 ul"
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Control)
    assert view.hasFocus()
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert (field(shown).text(), field(shown).hasFocus()) == ("50 ul", True)


def test_that_it_stays_where_something_else_leads_to_another_row(qtbot: QtBot, shown: Shown) -> None:
    typed(qtbot, shown, "50 ul")
    view = shown.window.detail.state.view
    view.go_to(shown.state.find(PREDICTIVE, ("trial_count",)))
    assert field(shown).text() == "50 ul"
    action(shown, "EditValue").trigger()
    assert (field(shown).text(), field(shown).hasFocus()) == ("50 ul", True)
    shown.window.detail.state.filter.setText("trial_count")
    assert (field(shown).text(), field(shown).problem != "") == ("50 ul", True)


def test_that_what_is_right_is_kept_as_an_edit_by_a_press_on_another_row(qtbot: QtBot, shown: Shown) -> None:
    typed(qtbot, shown, "50")
    view = shown.window.detail.state.view
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=centre(shown, "trial_count"))
    assert view.in_place.editor is None
    assert view.current_node is not None
    assert view.current_node.path == "trial_count"
    draft = shown.drafts.get(DIRECTORY)
    assert draft is not None
    assert draft.count == 1
