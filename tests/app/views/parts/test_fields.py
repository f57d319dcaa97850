"""Fields and buttons: whose keys are whose, and what the mouse leaves alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QToolButton

from app.views.style.theme import Theme
from tests.app.views.seen import laid_out
from tests.sample_window import Shown
from tests.samples import ROOT

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key


@pytest.mark.parametrize("name", ["sessions", "attributes"])
def test_that_undo_and_redo_in_a_filter_are_of_what_was_typed_there_and_of_nothing_else(
    shown: Shown, name: str
) -> None:
    directory = f"{ROOT}/{shown.names[0]}"
    shown.type_value("150", "trial_count")
    shown.type_value("washout", "experiment_phase")
    shown.drafts.undo(directory)
    before = shown.drafts.get(directory)
    field = shown.window.sessions.filter if name == "sessions" else shown.window.detail.state.filter
    field.setFocus()
    QTest.keyClicks(field, "tri")
    for _ in range(3):
        QTest.keyClick(field, Key.Key_Z, CONTROL)
    assert field.text() == ""
    QTest.keyClick(field, Key.Key_Y, CONTROL)
    assert field.text() == "tri"
    QTest.keyClick(field, Key.Key_Z, CONTROL)
    QTest.keyClick(field, Key.Key_Z, CONTROL | SHIFT)
    assert field.text() == "tri"
    for _ in range(3):
        QTest.keyClick(field, Key.Key_Y, CONTROL)
    assert shown.drafts.get(directory) == before
    shown.window.detail.state.view.setFocus()
    QTest.keyClick(shown.window.detail.state.view, Key.Key_Y, CONTROL)
    after = shown.drafts.get(directory)
    assert after is not None
    assert not after.can_redo


@pytest.mark.parametrize("name", ["sessions", "attributes"])
@pytest.mark.parametrize("way", ["Esc", "click"])
def test_that_undo_goes_back_to_edits_when_the_filter_was_given_up(shown: Shown, name: str, way: str) -> None:
    shown.type_value("150", "trial_count")
    field = shown.window.sessions.filter if name == "sessions" else shown.window.detail.state.filter
    field.setFocus()
    QTest.keyClicks(field, "tri")
    if way == "Esc":
        QTest.keyClick(field, Key.Key_Escape)
        field.setFocus()
    else:
        QTest.mouseClick(field.findChildren(QToolButton)[0], Qt.MouseButton.LeftButton)
    assert field.text() == ""
    QTest.keyClick(field, Key.Key_Z, CONTROL)
    assert field.text() == ""
    draft = shown.drafts.get(f"{ROOT}/{shown.names[0]}")
    assert draft is None or not draft.can_undo
    QTest.keyClick(field, Key.Key_Y, CONTROL)
    draft = shown.drafts.get(f"{ROOT}/{shown.names[0]}")
    assert draft is not None
    assert draft.can_undo


def test_that_a_click_on_a_button_leaves_the_keyboard_where_it_is(shown: Shown) -> None:
    shown.window.detail.state.view.setFocus()
    chip = shown.window.sessions.chips.buttons["running"]
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert chip.isChecked()
    assert QApplication.focusWidget() is shown.window.detail.state.view


def test_that_the_wheel_over_a_choice_chooses_nothing(shown: Shown) -> None:
    box = shown.window.sessions.groups
    box.setFocus()
    before = box.currentIndex()
    for turn in (120, -120):
        where = QPointF(box.rect().center())
        event = QWheelEvent(
            where, box.mapToGlobal(where), QPoint(), QPoint(0, turn), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QCoreApplication.sendEvent(box, event)
        assert box.currentIndex() == before


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_that_a_dialog_for_folders_is_as_light_or_dark_as_the_window(
    shown: Shown, theme: Theme, scheme: str
) -> None:
    theme.set_choice(scheme)
    shown.window.actions_["actionWatchFolder"].trigger()
    dialog = shown.window.findChild(QFileDialog)
    assert dialog is not None
    own = dialog.testOption(QFileDialog.Option.DontUseNativeDialog)
    assert own == (scheme == "dark")  # here the system says nothing of itself, and counts as light
    assert dialog.accessibleName() == "Watch a folder"
    assert dialog.grab().toImage().pixelColor(3, 3).lightness() < 128 or scheme == "light"
    QTest.keyClick(dialog, Key.Key_Escape)
    assert not dialog.isVisible()


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_that_the_sign_that_empties_a_filter_is_as_large_as_its_text(shown: Shown, percent: int) -> None:
    """Qt's own was as small at 200 % as at 100 %."""
    shown.theme.set_percent(percent)
    field = shown.window.sessions.filter
    assert not [one for one in field.findChildren(QToolButton) if one.isVisible()]
    field.setText("764521")
    (sign,) = (one for one in field.findChildren(QToolButton) if one.isVisible())
    assert sign.iconSize().height() == shown.theme.px(16)
    assert field.rect().contains(sign.geometry())
    assert sign.accessibleName() == "Empty the filter"
    field.setFocus()
    QTest.mouseClick(sign, Qt.MouseButton.LeftButton)
    assert field.text() == ""
    assert field.hasFocus()
    assert not sign.isVisible()


def test_that_what_a_filter_says_it_found_is_shorter_where_it_would_cut_what_is_typed(shown: Shown) -> None:
    """The first letters went out of sight beside "no match", and beside "13 matches"."""
    shown.window.resize(1024, 700)
    field, found = shown.window.detail.state.filter, shown.state.filter
    laid_out()
    start = field.cursorRect().x()
    for text, notes in (("t", "13 matches"), ("reward camera stdout_data", "no match"), ("e", "13 matches")):
        field.clear()
        QTest.keyClicks(field, text)
        laid_out()
        field.grab()  # it is scrolled as it is painted
        assert not found.busy
        assert abs(field.cursorRect().x() - start - field.fontMetrics().horizontalAdvance(text)) < 2, text
        assert notes.split()[-1] in field.accessibleDescription()
