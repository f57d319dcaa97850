"""Rows while something is to be decided: what has to wait says why, and what was typed is not lost."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import pytest
from pytestqt.qtbot import QtBot

from app.editing.draft import value_at
from app.editing.seen import WAITS
from app.views.saving.conflict_sheet import ConflictSheet
from app.views.state.value_editor import CellEditor
from app.views.state.value_sheets import BoxSheet
from persistence.states.edits import set_value
from persistence.values.json_text import JSON
from tests.app.views.seen import DIRECTORY, action
from tests.app.views.state.rows import Key, add, draft, go_to, no_sheet, sheet, told, trigger, value, view
from tests.sample_window import Shown
from tests.samples import PREDICTIVE

PHASE, LIST = "experiment_phase", "laser_steps_mw"


def somebody_saves(shown: Shown, **changes: JSON) -> None:
    """The disk holds another version, and is read again."""
    before = shown.snapshots[DIRECTORY]
    document = before.document
    assert document is not None
    for name, changed in changes.items():
        document = set_value(document, PREDICTIVE, (name,), changed)
    shown.snapshots[DIRECTORY] = replace(before, document=document, etag=f"{before.etag}, theirs")
    shown.drafts.open(shown.snapshots[DIRECTORY])


@pytest.fixture
def waiting(shown: Shown) -> Shown:
    """Both changed the count; they changed the phase, and put an item in front of a list, too."""
    shown.type_value("150", "trial_count")
    items = value(shown, LIST)
    assert isinstance(items, list)
    theirs: dict[str, JSON] = {PHASE: "washout", LIST: [9.0, *items]}
    somebody_saves(shown, trial_count=16, **theirs)
    assert draft(shown).outdated
    return shown


def typed(qtbot: QtBot, shown: Shown, text: str) -> CellEditor:
    """Type it over the phase, and press Enter."""
    in_place = go_to(shown, PHASE).in_place
    assert in_place.edit_value()
    field = in_place.editor
    assert field is not None
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Key.Key_Return)
    return field


def test_that_what_is_done_to_a_row_that_stands_elsewhere_is_grey_and_says_why(waiting: Shown) -> None:
    go_to(waiting, LIST, 0)
    actions = waiting.window.actions_
    for name in ("EditInBox", "ChangeType", "PasteJson", "Duplicate", "Remove", "MoveDown"):
        assert not actions[f"action{name}"].isEnabled(), name
        assert WAITS in actions[f"action{name}"].toolTip(), name
    assert not view(waiting).in_place.edit_value()
    assert told(waiting) == WAITS
    go_to(waiting, "trial_count")
    assert all(
        actions[f"action{name}"].isEnabled() for name in ("EditInBox", "Remove", "Duplicate", "Rename")
    )
    go_to(waiting, PHASE)
    assert all(actions[f"action{name}"].isEnabled() for name in ("EditInBox", "Remove", "Rename"))


def test_that_all_can_be_done_again_once_it_is_decided(waiting: Shown) -> None:
    go_to(waiting, LIST, 0)
    waiting.drafts.decide(DIRECTORY, ())
    go_to(waiting, LIST, 0)
    trigger(waiting, "Remove")
    assert value(waiting, LIST) == [0.5, 1.0, 2.0, 4.0]


def test_that_what_has_to_wait_stays_in_its_red_field_until_it_is_decided(
    qtbot: QtBot, waiting: Shown
) -> None:
    field = typed(qtbot, waiting, "data_collection")
    assert (field.text(), field.property("verdict")) == ("data_collection", "wrong")
    assert field.accessibleDescription() == WAITS
    action(waiting, "Save").trigger()  # which asks first what is to be kept
    assert waiting.window.saving._sheet is not None  # the field does not stand in its way
    waiting.drafts.decide(DIRECTORY, ())
    assert view(waiting).in_place.editor is field
    assert (field.text(), field.property("verdict")) == ("data_collection", "right")
    qtbot.keyClick(field, Key.Key_Return)
    qtbot.waitUntil(lambda: value(waiting, PHASE) == "data_collection")


def test_that_another_value_is_typed_over_theirs(qtbot: QtBot, waiting: Shown) -> None:
    typed(qtbot, waiting, "recovery")
    qtbot.waitUntil(lambda: value(waiting, PHASE) == "recovery")
    assert (PREDICTIVE, (PHASE,)) in draft(waiting).disputes


def test_that_a_sheet_with_what_has_to_wait_stays_with_its_text(qtbot: QtBot, waiting: Shown) -> None:
    go_to(waiting, PHASE)
    trigger(waiting, "EditInBox")
    box = sheet(waiting, BoxSheet)
    box.form.box.selectAll()
    qtbot.keyClicks(box.form.box, "data_collection")
    box.confirm.click()
    assert box.isVisible()
    assert WAITS in [label.text() for label in box.findChildren(type(box._slip))]
    qtbot.keyClick(box, Key.Key_Escape)  # once is a slip, whatever stands there
    assert box.isVisible()
    box.form.type_in("recovery")
    box.confirm.click()
    assert value(waiting, PHASE) == "recovery"


@pytest.fixture
def deciding(waiting: Shown) -> Shown:
    """What is decided on the sheet becomes the draft."""
    waiting.window.saving.decided.connect(lambda asked: waiting.drafts.decide(asked.directory, asked.mine))
    return waiting


def conflicts(shown: Shown) -> ConflictSheet:
    (found,) = (one for one in shown.window.findChildren(ConflictSheet) if one.isVisible())
    return found


@pytest.mark.parametrize("side", ["mine", "theirs"])
def test_that_a_sheet_that_has_to_wait_leads_to_the_decision_and_comes_back(
    qtbot: QtBot, deciding: Shown, side: Literal["mine", "theirs"]
) -> None:
    go_to(deciding, PHASE)
    trigger(deciding, "EditInBox")
    box = sheet(deciding, BoxSheet)
    assert not box.decide.isVisible()
    box.form.type_in("data_collection")
    box.confirm.click()
    box.decide.click()
    assert not box.isVisible()
    conflicts(deciding)._model.choose_all(side)
    conflicts(deciding).use.click()
    qtbot.waitUntil(box.isVisible)
    assert (box.form.box.toPlainText(), box.decide.isVisible()) == ("data_collection", False)
    assert not deciding.window.menuBar().isEnabled()
    assert box.isAncestorOf(deciding.window.focusWidget())
    box.confirm.click()
    assert value(deciding, PHASE) == "data_collection"
    assert no_sheet(deciding)
    assert deciding.window.menuBar().isEnabled()


def test_that_a_sheet_comes_back_undecided_too_and_waits_again(qtbot: QtBot, deciding: Shown) -> None:
    found = add(deciding, LIST, 4)
    found.form.type_in("8.0")
    found.confirm.click()
    for _ in range(2):
        found.decide.click()
        qtbot.keyClick(conflicts(deciding), Key.Key_Escape)
        qtbot.waitUntil(found.isVisible)
        found.confirm.click()
        assert WAITS in [label.text() for label in found.findChildren(type(found._slip))]
    found.decide.click()
    conflicts(deciding)._model.choose_all("theirs")
    conflicts(deciding).use.click()
    qtbot.waitUntil(found.isVisible)
    found.confirm.click()
    assert value(deciding, LIST) == [9.0, 0.5, 1.0, 2.0, 4.0, 8.0]


def test_that_what_was_to_go_into_a_list_that_became_another_one_meanwhile_is_not_lost(
    qtbot: QtBot, deciding: Shown
) -> None:
    theirs = value_at(draft(deciding).shown.document, PREDICTIVE, (LIST,))
    assert isinstance(theirs, list)
    found = add(deciding, LIST, 4)
    found.form.type_in("8.0")
    found.confirm.click()
    found.decide.click()
    somebody_saves(deciding, **{LIST: [7.0, *theirs]})
    conflicts(deciding)._model.choose_all("mine")
    conflicts(deciding).use.click()
    qtbot.waitUntil(found.isVisible)
    found.confirm.click()
    said = [label.text() for label in found.findChildren(type(found._slip))]
    assert "Something else stands here by now. Copy what you typed." in said
    assert (found.isVisible(), found.decide.isVisible()) == (True, False)
    assert value(deciding, LIST) == [7.0, *theirs]


def test_that_a_sheet_comes_back_where_there_is_nothing_to_decide_any_more(
    qtbot: QtBot, deciding: Shown
) -> None:
    go_to(deciding, PHASE)
    trigger(deciding, "EditInBox")
    box = sheet(deciding, BoxSheet)
    box.form.type_in("data_collection")
    box.confirm.click()
    deciding.drafts.revert(DIRECTORY)
    box.decide.click()
    qtbot.waitUntil(box.isVisible)
    assert box.form.box.toPlainText() == "data_collection"


def test_that_a_sheet_that_was_open_before_it_came_is_staged_as_it_was_meant(shown: Shown) -> None:
    """Its row is another item by now."""
    shown.type_value("150", "trial_count")
    items = value(shown, LIST)
    assert isinstance(items, list)
    go_to(shown, LIST, 0)
    trigger(shown, "EditInBox")
    box = sheet(shown, BoxSheet)
    somebody_saves(shown, trial_count=16, **{LIST: [9.0, *items]})
    box.form.type_in("0.7")
    box.confirm.click()
    assert value(shown, LIST) == [0.7, *items[1:]]
    assert (PREDICTIVE, (LIST,)) in draft(shown).disputes
