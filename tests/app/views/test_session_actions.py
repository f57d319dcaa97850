"""What is asked of the session that is shown: after what was typed has become an edit."""

from __future__ import annotations

from dataclasses import replace
from operator import attrgetter

import pytest
from PySide6.QtWidgets import QToolButton, QWidget
from pytestqt.qtbot import QtBot

from app.past_exchange import BackOffer
from app.views.actions import plain_words
from app.views.parts.sheet import Sheet
from app.views.state.value_editor import CellEditor
from tests.app.views.seen import DIRECTORY, action
from tests.sample_window import Shown
from tests.samples import PREDICTIVE


def test_that_save_says_how_many_edits_there_are_and_asks_before(shown: Shown) -> None:
    shown.type_value("150", "trial_count")
    shown.type_value("6.5", "reward_volume_ul")
    button = shown.window.tool_bar.widgetForAction(action(shown, "Save"))
    assert isinstance(button, QToolButton)
    assert button.text().strip() == "Save (2)"
    assert button.property("tone") == "amber"
    action(shown, "Save").trigger()
    assert shown.window.findChild(QWidget, "saveSheet") is not None
    assert shown.asked_for("save_requested") == []
    shown.window.close_sheet()
    action(shown, "Revert").trigger()
    assert button.text().strip() == "Save"
    assert button.property("tone") == ""


@pytest.mark.parametrize(
    ("name", "intent"),
    [
        ("Save", "saving.sheet_opened"),
        ("Check", "checkup.check_requested"),
        ("Resume", "asking.resume_sheet_requested"),
        ("Undo", "asking.undo_requested"),
    ],
)
def test_that_what_is_being_typed_is_an_edit_before_anything_is_asked(
    qtbot: QtBot, shown: Shown, name: str, intent: str
) -> None:
    shown.type_value("6.5", "reward_volume_ul")
    view, staged = shown.window.detail.state.view, list[int]()
    shown.window.asking.undo_requested.disconnect(shown.drafts.undo)  # which would take it back at once
    attrgetter(intent)(shown.window).connect(lambda _: staged.append(len(shown.drafts.unsaved()[0].changes)))
    view.go_to(shown.state.find(PREDICTIVE, ("trial_count",)))
    assert view.in_place.edit_value()
    field = view.findChild(CellEditor)
    assert field is not None
    qtbot.keyClicks(field, "150")
    action(shown, name).trigger()
    assert staged == [2]


def test_that_an_undo_is_told(shown: Shown) -> None:
    shown.type_value("150", "trial_count")
    for name, word in (("Undo", "Undone"), ("Redo", "Redone")):
        action(shown, name).trigger()
        assert shown.window.status.message.accessibleName() == word


@pytest.mark.parametrize(
    ("name", "tab"),
    [
        ("Save", "Changes"),
        *((name, "State") for name in ("Check", "Resume", "Undo", "Revert", "Clear", "Remove", "Rename")),
    ],
)
def test_that_what_is_refused_stays_where_it_was_typed_and_stops_what_was_asked_for(
    qtbot: QtBot, shown: Shown, name: str, tab: str
) -> None:
    shown.type_value("77", "trial_count")
    view, heard = shown.window.detail.state.view, list[object]()
    for asked in ("resume_sheet_requested", "revert_requested", "undo_requested"):
        getattr(shown.window.asking, asked).connect(heard.append)
    shown.window.checkup.check_requested.connect(heard.append)
    view.go_to(shown.state.find(PREDICTIVE, ("reward_volume_ul",)))
    assert view.in_place.edit_value()
    field = view.in_place.editor
    assert field is not None
    qtbot.keyClicks(field, "50 ul")
    shown.window.detail.show_tab(tab)
    action(shown, name).trigger()
    assert (heard, shown.window.findChildren(Sheet)) == ([], [])
    assert view.in_place.editor is field
    assert field.isVisible()
    assert field.hasFocus()
    assert field.text() == "50 ul"
    assert field.accessibleDescription() == field.problem != ""
    assert field.problem in shown.window.status.message.accessibleName()
    draft = shown.drafts.get(DIRECTORY)
    assert draft is not None
    assert [change.place for change in draft.changes] == [("trial_count",)]


def test_that_undo_and_redo_say_what_they_take_back(shown: Shown) -> None:
    def said() -> list[str]:
        return [action(shown, name).text().replace("&", "") for name in ("Undo", "Redo")]

    view, bar = shown.window.detail.state.view, shown.window.tool_bar
    shown.type_value("150", "trial_count")
    assert said() == ["Undo trial_count", "Redo"]
    view.go_to(shown.state.find(PREDICTIVE, ("reward_volume_ul",)))
    action(shown, "Remove").trigger()
    assert said() == ["Undo removed reward_volume_ul", "Redo"]
    button = bar.widgetForAction(action(shown, "Undo"))
    assert isinstance(button, QToolButton)
    assert button.text().strip() == "Undo"
    assert button.accessibleName() == "Undo removed reward_volume_ul"
    assert button.toolTip() == "Undo removed reward_volume_ul (Ctrl+Z)"
    action(shown, "Undo").trigger()
    assert said() == ["Undo trial_count", "Redo removed reward_volume_ul"]
    action(shown, "Revert").trigger()
    assert said() == ["Undo discarded edits", "Redo"]
    action(shown, "Undo").trigger()
    assert said() == ["Undo trial_count", "Redo discarded edits"]
    action(shown, "Undo").trigger()
    assert said() == ["Undo", "Redo trial_count"]
    assert button.accessibleName() == "Undo"


def test_that_undo_and_redo_name_a_save_a_restore_and_a_clear(shown: Shown) -> None:
    before = shown.snapshots[DIRECTORY]
    shown.window.show_session(before, shown.drafts.get(DIRECTORY))
    for offer, words in (
        (BackOffer(0, what="save"), ["Undo save", "Redo"]),
        (BackOffer(0, again=True, what="restore"), ["Undo", "Redo restore"]),
    ):
        shown.window.shown.show_back_offers({DIRECTORY: offer})
        assert [plain_words(action(shown, name)) for name in ("Undo", "Redo")] == words
    shown.window.shown.show_back_offers({})
    shown.window.show_session(replace(before, cleared=3), None)
    assert plain_words(action(shown, "Undo")) == "Undo clear"
