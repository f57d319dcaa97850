"""The sheet that adds something to a state, and names that the launcher does not know."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.checks import KnownNames
from app.views.state.add_sheet import AddSheet
from persistence.values.json_text import JSON, Number
from persistence.values.kinds import Kind
from persistence.values.sameness import same
from tests.app.views.seen import laid_out
from tests.app.views.state.rows import (
    DIRECTORY,
    Key,
    Modifier,
    add,
    draft,
    go_to,
    here,
    no_sheet,
    retype,
    sheet,
    trigger,
    type_on,
    value,
    view,
)
from tests.sample_window import Shown
from tests.samples import ATTRIBUTES, PREDICTIVE

# --- names that the launcher does not know ------------------------------------------------------------------


def knows(shown: Shown, *names: str) -> None:
    """The launcher has said which names it knows."""
    strangers = shown.window.detail.state.strangers
    strangers.take(KnownNames(DIRECTORY, PREDICTIVE, frozenset(names), asked=True))


def test_that_a_new_name_is_judged_while_it_is_typed_and_taken_all_the_same(
    qtbot: QtBot, shown: Shown
) -> None:
    asked: list[tuple[object, object]] = []
    shown.window.detail.state.strangers.names_wanted.connect(lambda *about: asked.append(about))
    found = add(shown, "trial_count")
    assert asked == [(DIRECTORY, PREDICTIVE)]
    qtbot.keyClicks(found._name, "reward_volum3")
    assert found._name.accessibleDescription() == ""
    knows(shown, "trial_count", "reward_volume")
    said = "reward_volum3 is not known to this launcher. Did you mean reward_volume?"
    assert found._name.accessibleDescription() == said
    assert found.confirm.isEnabled()
    qtbot.keyClick(found._name, Key.Key_Backspace)
    assert found._name.accessibleDescription() == "Did you mean reward_volume?"
    qtbot.keyClicks(found._name, "e")
    assert found._name.accessibleDescription() == ""


def test_that_names_inside_a_value_are_nobody_elses(qtbot: QtBot, shown: Shown) -> None:
    asked: list[object] = []
    shown.window.detail.state.strangers.names_wanted.connect(lambda *about: asked.append(about))
    go_to(shown, "custom_settings", "param1")
    trigger(shown, "Rename")
    view(shown).in_place.drop()
    assert asked == []
    found = add(shown, "custom_settings", "param1")
    knows(shown, "trial_count")
    qtbot.keyClicks(found._name, "param9")
    assert found._name.accessibleDescription() == ""


def test_that_another_name_is_judged_while_it_is_typed(qtbot: QtBot, shown: Shown) -> None:
    go_to(shown, "trial_count")
    trigger(shown, "Rename")
    knows(shown, "trial_count", "phase")
    editor = view(shown).in_place.editor
    assert editor is not None
    qtbot.keyClicks(editor, "trials")
    assert editor.accessibleDescription() == (
        "trials is not known to this launcher; trial_count will start at the launcher's own value."
    )
    qtbot.keyClick(editor, Key.Key_Return)
    qtbot.waitUntil(lambda: draft(shown).count == 1)
    assert value(shown, "trials") == ATTRIBUTES["trial_count"]


# --- adding -------------------------------------------------------------------------------------------------


def test_that_an_attribute_is_added_by_keyboard_alone(qtbot: QtBot, shown: Shown) -> None:
    go_to(shown, "trial_count")
    type_on(qtbot, "", Key.Key_Insert)
    type_on(qtbot, "block_count", Key.Key_Tab)
    type_on(qtbot, "3", Key.Key_Return)
    assert no_sheet(shown)
    assert value(shown, "block_count") == 3
    assert list(draft(shown).document.namespace(PREDICTIVE).attributes)[1:3] == ["trial_count", "block_count"]
    assert here(shown) == ("block_count",)


def test_that_tab_leads_from_the_name_to_the_value_so_that_no_digit_is_lost(
    qtbot: QtBot, shown: Shown
) -> None:
    found = add(shown, "trial_count")
    type_on(qtbot, "dose", Key.Key_Tab)
    type_on(qtbot, "5.5", Key.Key_Tab, Key.Key_Tab)
    assert QApplication.focusWidget() is found.form.kinds
    qtbot.keyClick(found.form.kinds, Key.Key_Return, Modifier.ControlModifier)
    assert same(value(shown, "dose"), 5.5)


def test_that_the_type_follows_what_is_typed_until_it_is_chosen(qtbot: QtBot, shown: Shown) -> None:
    found = add(shown, "trial_count")
    type_on(qtbot, "dose", Key.Key_Tab)
    for typed, kind in (("5", Kind.INTEGER), (".5", Kind.DECIMAL), (" ml", Kind.TEXT)):
        type_on(qtbot, typed)
        assert (found.form.kind, found.form.parsed.kind) == (kind, kind)
    assert found.form.parsed.value == "5.5 ml"
    assert not found.form.offer.isVisible()
    type_on(qtbot, "", Key.Key_Backspace, Key.Key_Backspace, Key.Key_Backspace)
    assert found.form.offer.text() == "Taken as a decimal: Ctrl+T keeps it a text"
    assert found._keys.text() == "Enter confirms, Shift+Enter breaks the line"
    type_on(qtbot, "", Key.Key_Return)
    assert same(value(shown, "dose"), 5.5)


def test_that_what_looks_like_a_number_is_kept_a_text_by_a_key(qtbot: QtBot, shown: Shown) -> None:
    found = add(shown, "trial_count")
    type_on(qtbot, "block_count", Key.Key_Tab)
    type_on(qtbot, "12")
    qtbot.keyClick(found.form.box, Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert not found.form.offer.isVisible()
    type_on(qtbot, "3")
    assert found.form.parsed.value == "123"
    qtbot.keyClick(found.form.box, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert value(shown, "block_count") == "123"


def test_that_what_would_become_another_number_is_a_text_unless_one_chooses(
    qtbot: QtBot, shown: Shown
) -> None:
    found = add(shown, "trial_count")
    type_on(qtbot, "rack", Key.Key_Tab)
    type_on(qtbot, "007")
    assert found.form.parsed.value == "007"
    assert found.form.offer.text() == "Kept as a text: Ctrl+T makes it an integer, 7"
    assert found.form._kind_words.text() == "text"
    qtbot.mouseClick(found.confirm, Qt.MouseButton.LeftButton)
    assert value(shown, "rack") == "007"


@pytest.mark.parametrize(("typed", "meant"), [("12", 12), ("007", "007"), ("a b", "a b")])
def test_that_enter_confirms_whatever_was_typed_on_one_line(
    qtbot: QtBot, shown: Shown, typed: str, meant: JSON
) -> None:
    found = add(shown, "trial_count")
    type_on(qtbot, "rack", Key.Key_Tab)
    height, ending = found.form.box.height(), found._keys.text()
    for letter in typed:
        type_on(qtbot, letter)
        assert (found.form.box.height(), found._keys.text()) == (height, ending)
    type_on(qtbot, "", Key.Key_Return)
    assert no_sheet(shown)
    assert value(shown, "rack") == meant


def test_that_shift_and_enter_break_the_line_and_then_enter_does(qtbot: QtBot, shown: Shown) -> None:
    found = add(shown, "trial_count")
    type_on(qtbot, "rack", Key.Key_Tab)
    type_on(qtbot, "1")
    qtbot.keyClick(found.form.box, Key.Key_Return, Modifier.ShiftModifier)
    assert found._keys.text() == "Ctrl+Enter confirms"
    type_on(qtbot, "2", Key.Key_Return)
    type_on(qtbot, "3")
    qtbot.keyClick(found.form.box, Key.Key_Return, Modifier.ControlModifier)
    assert value(shown, "rack") == "1\n2\n3"


def test_that_what_is_kept_a_text_is_made_a_number_by_a_key(qtbot: QtBot, shown: Shown) -> None:
    found = add(shown, "trial_count")
    type_on(qtbot, "dose", Key.Key_Tab)
    type_on(qtbot, "1e5")
    assert found.form.offer.text() == "Kept as a text: Ctrl+T makes it a decimal"
    qtbot.keyClick(found.form.box, Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert not found.form.offer.isVisible()
    assert found.form._kind_words.text() == "decimal"
    type_on(qtbot, "", Key.Key_Return)
    assert same(value(shown, "dose"), Number("1e5"))


def test_that_a_text_that_was_chosen_to_be_one_stays_one(qtbot: QtBot, shown: Shown) -> None:
    found = add(shown, "trial_count")
    found.form.kinds.activated.emit(0)
    found.form.box.setFocus()
    type_on(qtbot, "12")
    assert found.form.kind is Kind.TEXT
    assert not found.form.offer.isVisible()
    shown.window.close_sheet()


def test_that_enter_leads_from_the_type_to_the_value_and_then_ends(qtbot: QtBot, shown: Shown) -> None:
    found = retype(shown, "trial_count")
    type_on(qtbot, "decimal")
    assert found._keys.text() == "Enter confirms"
    type_on(qtbot, "", Key.Key_Return)
    assert found.form.box.hasFocus()
    type_on(qtbot, "", Key.Key_Return)
    assert no_sheet(shown)
    assert same(value(shown, "trial_count"), 15.0)


def test_that_tab_goes_from_top_to_bottom_of_a_sheet_and_round(qtbot: QtBot, shown: Shown) -> None:
    found = add(shown, "custom_settings")
    form = found.form
    form.offer.show()
    parts = [
        found._name,
        form.box,
        form.offer,
        form.kinds,
        found._cancel,
        found.confirm,
        found._where,
        found._name,
    ]
    found.confirm.setEnabled(True)
    laid_out()
    tops = [part.mapTo(found, QPoint(0, 0)).y() for part in parts[:4]]
    assert tops == sorted(tops)
    for part in parts:
        assert QApplication.focusWidget() is part
        type_on(qtbot, "", Key.Key_Tab)
    shown.window.close_sheet()


def test_that_a_name_is_needed_free_and_warned_of(qtbot: QtBot, shown: Shown) -> None:
    found = add(shown)
    assert not found.confirm.isEnabled()
    assert found._hint.text() == ""
    for name, said, ready in (
        ("trial_count", "There is already a trial_count here.", False),
        ("_x", "A launcher will not restore it: the name begins with an underscore.", True),
        ("fresh", "", True),
    ):
        found._name.clear()
        qtbot.keyClicks(found._name, name)
        assert (found._hint.text(), found.confirm.isEnabled()) == (said, ready)
    shown.window.close_sheet()


def test_that_an_item_goes_into_a_list_or_behind_it(qtbot: QtBot, shown: Shown) -> None:
    view(shown).expand(shown.state.find(PREDICTIVE, ("laser_steps_mw",)))
    found = add(shown, "laser_steps_mw")
    assert found.form.box.hasFocus()
    assert found.form.kind is Kind.DECIMAL
    assert not found._name.isVisible()
    qtbot.keyClicks(found.form.box, "8")
    qtbot.keyClick(found.form.box, Key.Key_Return)
    assert value(shown, "laser_steps_mw", 4) == 8.0
    assert view(shown).isExpanded(shown.state.find(PREDICTIVE, ("laser_steps_mw",)))
    assert here(shown) == ("laser_steps_mw", 4)
    found = add(shown, "laser_steps_mw")
    found._where.setCurrentIndex(1)
    assert found._name.isVisible()
    qtbot.keyClicks(found._name, "beside")
    qtbot.mouseClick(found.confirm, Qt.MouseButton.LeftButton)
    assert here(shown) == ("beside",)


def test_that_beside_a_closed_row_an_attribute_is_added_unless_one_chooses(
    qtbot: QtBot, shown: Shown
) -> None:
    add_words = shown.window.actions_["actionAdd"].text
    index = shown.state.find(PREDICTIVE, ("custom_settings",))
    view(shown).collapse(index)
    go_to(shown, "custom_settings")
    assert add_words() == "&Add attribute…"
    view(shown).expand(index)
    assert add_words() == "&Add item…"
    view(shown).collapse(index)
    assert add_words() == "&Add attribute…"
    found = add(shown, "custom_settings")
    told = "custom_settings is closed, so what is new goes after it, unless you choose."
    assert told in [label.text() for label in found.findChildren(QLabel) if label.isVisible()]
    assert found._where.accessibleDescription() == told
    qtbot.keyClicks(found._name, "param9")
    found._where.setCurrentIndex(1)
    qtbot.mouseClick(found.confirm, Qt.MouseButton.LeftButton)
    assert value(shown, "custom_settings", "param9") == ""


def test_that_without_a_row_the_launcher_gets_the_attribute(qtbot: QtBot, shown: Shown) -> None:
    trigger(shown, "Add")
    found = sheet(shown, AddSheet)
    assert isinstance(found, AddSheet)
    assert "in PredictiveLauncher" in [label.text() for label in found.findChildren(QLabel)]
    qtbot.keyClicks(found._name, "last")
    qtbot.mouseClick(found.confirm, Qt.MouseButton.LeftButton)
    assert list(draft(shown).document.namespace(PREDICTIVE).attributes)[-1] == "last"


def test_that_a_typed_name_is_not_dropped_by_one_slip(qtbot: QtBot, shown: Shown) -> None:
    found = add(shown)
    qtbot.keyClicks(found._name, "fresh")
    qtbot.keyClick(found._name, Key.Key_Escape)
    assert found.isVisible()
    qtbot.keyClick(found._name, Key.Key_Escape)
    assert no_sheet(shown)


def test_that_a_decimal_comma_in_a_new_value_is_told(qtbot: QtBot, shown: Shown) -> None:
    """1,5 became a text, and [1,5] two items, without a word."""
    found = add(shown, "trial_count")
    box = found.form.box
    found.form.type_in("1,5")
    assert found.form.kind is Kind.TEXT
    assert box.accessibleDescription() == "Kept as a text. The number is written 1.5."
    found.form.type_in("[1,5]")
    assert box.accessibleDescription() == "1,5 is two items, 1 and 5. The number is written 1.5."
    found.form.type_in("1.5")
    assert box.accessibleDescription() == ""
