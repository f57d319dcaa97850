"""What is typed over a row of the tree edits its value, or nothing at all: it leads to no other row."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.views.state.value_editor import CellEditor
from app.views.state.yes_no_editor import YesNoEditor
from persistence.values.json_text import JSON
from tests.app.models.large import LARGE, unread
from tests.app.views.state.rows import DIRECTORY, go_to, here, told, type_on, value, view
from tests.sample_window import Shown
from tests.samples import ATTRIBUTES, document, snapshot

Key = Qt.Key


def field(shown: Shown) -> CellEditor:
    found = view(shown).in_place.editor
    assert found is not None
    return found


def press(qtbot: QtBot, text: str, *keys: Qt.Key) -> None:
    """Key after key, each where the keyboard is by then; what Enter hands over is there before the next."""
    for letter in text:
        type_on(qtbot, letter)
    for key in keys:
        type_on(qtbot, "", key)
        QApplication.processEvents()


@pytest.mark.parametrize(
    ("place", "text", "becomes"),
    [
        (("trial_count",), "35", 35),
        (("trial_count",), "-4", -4),
        (("reward_volume_ul",), ".5", 0.5),
        (("experiment_phase",), "idle two", "idle two"),
        (("photodiode_on",), "n", False),
        (("laser_steps_mw", 2), "35", 35.0),
    ],
)
def test_that_what_is_typed_over_a_value_takes_its_place(
    qtbot: QtBot, shown: Shown, place: tuple[str | int, ...], text: str, becomes: JSON
) -> None:
    go_to(shown, *place)
    press(qtbot, text, Key.Key_Return)
    assert value(shown, *place) == becomes
    assert here(shown) == place


def test_that_items_are_typed_one_after_the_other_as_in_a_table(qtbot: QtBot, shown: Shown) -> None:
    go_to(shown, "laser_steps_mw", 0)
    press(qtbot, "", Key.Key_Return)
    press(qtbot, "7", Key.Key_Return, Key.Key_Down)  # after an edit Qt searched the values
    press(qtbot, "15", Key.Key_Return, Key.Key_Down)
    press(qtbot, "42", Key.Key_Return)
    assert value(shown, "laser_steps_mw") == [7.0, 15.0, 42.0, 4.0]


def test_that_an_item_whose_list_the_disk_changed_meanwhile_is_told_as_it_was_begun(
    qtbot: QtBot, shown: Shown
) -> None:
    go_to(shown, "laser_steps_mw", 1)
    before = shown.snapshots[DIRECTORY]
    was = value(shown, "laser_steps_mw", 1)
    press(qtbot, "7")
    theirs = document({**ATTRIBUTES, "laser_steps_mw": [4.0, 0.5, 1.0, 2.0, 9.0]})
    shown.snapshots[DIRECTORY] = replace(before, document=theirs, etag="theirs")
    shown.drafts.open(shown.snapshots[DIRECTORY])
    said = "The list was changed on disk while you typed; this is item 2 of before."
    assert field(shown).accessibleDescription() == said
    press(qtbot, "5", Key.Key_Return)
    assert told(shown).startswith(f"laser_steps_mw › 2: {was} → 75.0")


def test_that_esc_drops_what_was_typed_over_a_value(qtbot: QtBot, shown: Shown) -> None:
    go_to(shown, "trial_count")
    press(qtbot, "35", Key.Key_Escape)
    draft = shown.drafts.get(DIRECTORY)
    assert draft is None or draft.count == 0
    assert here(shown) == ("trial_count",)


def test_that_what_is_no_value_of_the_type_is_told_while_it_is_typed(qtbot: QtBot, shown: Shown) -> None:
    go_to(shown, "trial_count")
    press(qtbot, "b")
    assert (field(shown).text(), bool(field(shown).problem)) == ("b", True)
    press(qtbot, "", Key.Key_Escape)


def test_that_a_letter_that_is_neither_yes_nor_no_chooses_nothing(qtbot: QtBot, shown: Shown) -> None:
    go_to(shown, "photodiode_on")
    press(qtbot, "x")
    assert isinstance(field(shown), YesNoEditor)
    assert not field(shown).touched
    press(qtbot, "", Key.Key_Escape)


@pytest.mark.parametrize(
    ("place", "told_is"),
    [
        (("laser_steps_mw",), "Enter edits it. Only what stands whole in its row is begun by typing."),
        ((), "Ctrl+Shift+F finds an attribute."),
    ],
)
def test_that_typing_over_what_has_rows_leads_nowhere(
    qtbot: QtBot, shown: Shown, place: tuple[str, ...], told_is: str
) -> None:
    tree = go_to(shown, *place)
    tree.open_rows.open(tree.currentIndex().siblingAtColumn(0))
    press(qtbot, "2e")
    assert here(shown) == place
    assert told(shown) == told_is
    assert tree.in_place.editor is None


def test_that_minus_closes_and_plus_opens_what_has_rows(qtbot: QtBot, shown: Shown) -> None:
    tree = go_to(shown, "laser_steps_mw")
    index = tree.currentIndex().siblingAtColumn(0)
    press(qtbot, "+")
    assert tree.isExpanded(index)
    press(qtbot, "-")
    assert not tree.isExpanded(index)


def test_that_space_is_not_typed_over_a_text(qtbot: QtBot, shown: Shown) -> None:
    go_to(shown, "experiment_phase")
    press(qtbot, " ")
    assert view(shown).in_place.editor is None


def test_that_a_state_that_can_only_be_looked_at_says_so(qtbot: QtBot, shown: Shown) -> None:
    shown.open("758833_2026-11-19_11-40")
    go_to(shown, "trial_count")
    press(qtbot, "e")
    assert here(shown) == ("trial_count",)
    assert view(shown).in_place.editor is None
    assert told(shown)


def test_that_a_value_that_is_not_read_yet_is_not_begun_by_typing(qtbot: QtBot, shown: Shown) -> None:
    large = snapshot(unread(LARGE), shown.names[0], etag="large")
    shown.snapshots[large.directory] = large
    shown.window.show_session(large, None)
    tree = go_to(shown, "trials")
    before = here(shown)
    press(qtbot, "12")
    assert here(shown) == before
    assert tree.in_place.editor is None


def test_that_typing_with_several_rows_selected_changes_none(qtbot: QtBot, shown: Shown) -> None:
    tree = go_to(shown, "trial_count")
    qtbot.keyClick(tree, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    press(qtbot, "3")
    assert tree.in_place.editor is None
    assert tree.chosen.several


def test_that_ctrl_and_a_letter_is_a_command(qtbot: QtBot, shown: Shown) -> None:
    tree = go_to(shown, "trial_count")
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert tree.in_place.editor is None


def test_that_down_keeps_what_was_typed_and_goes_on(qtbot: QtBot, shown: Shown) -> None:
    go_to(shown, "laser_steps_mw", 1)
    press(qtbot, "35", Key.Key_Down)
    press(qtbot, "36", Key.Key_Down)
    assert value(shown, "laser_steps_mw") == [0.5, 35.0, 36.0, 4.0]


def test_that_a_value_that_was_typed_over_is_told_with_the_way_back(qtbot: QtBot, shown: Shown) -> None:
    """A scanner types a subject wherever the keyboard is, and Enter."""
    go_to(shown, "trial_count")
    press(qtbot, "764521", Key.Key_Return)
    assert told(shown) == "trial_count: 15 → 764521  ·  Ctrl+Z takes it back"
    press(qtbot, "", Key.Key_F2)
    press(qtbot, "12", Key.Key_Return)  # who opened it meant it
    assert value(shown, "trial_count") == 12
    assert "Ctrl+Z" not in told(shown)
    press(qtbot, "12", Key.Key_Return)
    assert "Ctrl+Z" not in told(shown)
