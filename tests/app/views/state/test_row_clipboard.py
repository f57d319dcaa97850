"""A row on its way to the clipboard, and what comes from there."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.editing.edits import SetValue
from app.views.state.value_sheets import RetypeSheet
from persistence.document import Place
from persistence.values.json_text import Number
from persistence.values.kinds import Kind
from persistence.values.sameness import same
from tests.app.views.state.rows import (
    DIRECTORY,
    Key,
    Modifier,
    clipboard,
    draft,
    go_to,
    no_sheet,
    paste,
    sheet,
    told,
    trigger,
    value,
)
from tests.sample_window import Shown
from tests.samples import ATTRIBUTES, PREDICTIVE

COPIES: list[tuple[Place, str, str]] = [
    (("experiment_phase",), "CopyValue", "data_collection"),
    (("trial_count",), "CopyValue", "15"),
    (("last_reward_at",), "CopyValue", "2026-11-23 14:29:51.204618+01:00"),
    (("block",), "CopyValue", '[1, "two", null]'),
    (("block",), "CopyJson", '{"__type__": "tuple", "value": [1, "two", null]}'),
    (("custom_settings", "thresholds", "lick"), "CopyPath", "custom_settings/thresholds/lick"),
    (("gains", "value", 0, 1), "CopyPath", "gains/value/0/1"),
    ((), "CopyPath", PREDICTIVE),
]


def test_that_a_row_is_copied_as_it_is(shown: Shown) -> None:
    for place, name, text in COPIES:
        go_to(shown, *place)
        trigger(shown, name)
        assert clipboard() == text, place


def test_that_text_is_copied_to_the_character(qtbot: QtBot, shown: Shown) -> None:
    for text in ["=1+1", "-x", "@a", "+1", "a\r\nb\n", "no-break\u00a0space", '"q"', "\x00", "\u2029"]:
        shown.drafts.stage(DIRECTORY, SetValue(PREDICTIVE, ("experiment_phase",), text))
        qtbot.keyClick(go_to(shown, "experiment_phase"), Key.Key_C, Modifier.ControlModifier)
        assert clipboard() == text, text


def test_that_half_characters_are_copied_as_json_and_that_is_said(shown: Shown) -> None:
    shown.drafts.stage(DIRECTORY, SetValue(PREDICTIVE, ("experiment_phase",), "a\ud800"))
    go_to(shown, "experiment_phase")
    trigger(shown, "CopyValue")
    assert clipboard() == '"a\\ud800"'
    assert "half characters" in told(shown)


def test_that_a_copied_value_is_pasted_as_what_it_is(qtbot: QtBot, shown: Shown) -> None:
    shown.drafts.stage(DIRECTORY, SetValue(PREDICTIVE, ("experiment_phase",), "150"))
    shown.drafts.stage(DIRECTORY, SetValue(PREDICTIVE, ("laser_steps_mw", 0), Number("1.50")))
    for source, target in (
        (("experiment_phase",), ("custom_settings", "param1")),
        (("laser_steps_mw", 0), ("reward_volume_ul",)),
    ):
        qtbot.keyClick(go_to(shown, *source), Key.Key_C, Modifier.ControlModifier)
        qtbot.keyClick(go_to(shown, *target), Key.Key_V, Modifier.ControlModifier)
        assert no_sheet(shown)
        assert same(value(shown, *target), value(shown, *source))


def test_that_json_of_the_same_type_is_pasted_at_once(qtbot: QtBot, shown: Shown) -> None:
    paste(shown, "150", "trial_count")
    assert value(shown, "trial_count") == 150
    paste(shown, '{"__type__": "set", "value": [3, 1]}', "channels")
    assert value(shown, "channels") == {"__type__": "set", "value": [1, 3]}
    QGuiApplication.clipboard().setText("[1.0]")
    qtbot.keyClick(go_to(shown, "laser_steps_mw"), Key.Key_V, Modifier.ControlModifier)
    assert value(shown, "laser_steps_mw") == [1.0]


@pytest.mark.parametrize("text", ["1500", " 1500\n"])
def test_that_an_integer_is_pasted_on_a_decimal_as_it_would_be_typed_there(shown: Shown, text: str) -> None:
    paste(shown, text, "reward_volume_ul")
    assert no_sheet(shown)
    assert same(value(shown, "reward_volume_ul"), 1500.0)


def test_that_esc_leaves_at_once_what_was_only_pasted(qtbot: QtBot, shown: Shown) -> None:
    paste(shown, '"many"', "trial_count")
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Escape)
    assert no_sheet(shown)
    paste(shown, '"many"', "trial_count")
    qtbot.keyClicks(sheet(shown, RetypeSheet).form.box, "!")
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Escape)
    assert not no_sheet(shown)
    shown.window.close_sheet()


def test_that_json_of_another_type_has_to_be_confirmed(qtbot: QtBot, shown: Shown) -> None:
    paste(shown, '"many"', "trial_count")
    assert value(shown, "trial_count") == 15
    found = sheet(shown, RetypeSheet)
    assert found.form.kind is Kind.TEXT
    assert found.form.box.text() == "many"
    qtbot.mouseClick(found.confirm, Qt.MouseButton.LeftButton)
    assert value(shown, "trial_count") == "many"


NO_JSON_OF_OURS: list[tuple[str, str, str]] = [
    ("", "trial_count", "Not valid JSON"),
    ("{", "custom_settings", "Not valid JSON"),
    ('{"a": 1, "a": 2}', "custom_settings", "a"),
    ('{"__type__": "date", "value": "soon"}', "trial_count", "Not a valid date"),
    ('{"__type__": "camera", "value": 1}', "trial_count", "does not know this type"),
    ('{"__type__": "datetime", "value": "2026-11-23T14:00:00"}', "last_reward_at", "zone"),
]


def test_that_what_is_no_json_of_ours_is_refused_with_the_reason(shown: Shown) -> None:
    for text, place, reason in NO_JSON_OF_OURS:
        shown.window.show_message("")
        paste(shown, text, place)
        assert told(shown).startswith(f"{place} stays as it is."), text
        assert reason in told(shown), text
        assert no_sheet(shown), text
        assert not draft(shown).can_undo, text


def test_that_copied_json_can_be_pasted_again(shown: Shown) -> None:
    for name in ATTRIBUTES:
        go_to(shown, name)
        trigger(shown, "CopyJson")
        trigger(shown, "PasteJson")
    assert not draft(shown).can_undo


def test_that_a_pasted_list_with_a_comma_that_may_have_been_meant_as_a_point_is_taken_and_told(
    shown: Shown,
) -> None:
    paste(shown, "[1,5]", "laser_steps_mw")
    assert value(shown, "laser_steps_mw") == [1, 5]
    assert told(shown) == (
        "laser_steps_mw, not saved yet: 1,5 is two items, 1 and 5. The number is written 1.5."
    )
