"""A yes/no is edited as a choice of two: by key, by click, and by nothing else."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.models.state.state_texts import Column
from app.views.state.state_view import StateView
from app.views.state.value_editor import CellEditor
from app.views.state.yes_no_editor import YesNoEditor
from app.views.style.theme import Theme
from persistence.states.edits import get_value
from tests.sample_window import Shown
from tests.samples import PREDICTIVE, ROOT

Key = Qt.Key
NAME = "photodiode_on"  # which is yes


def view(shown: Shown) -> StateView:
    return shown.window.detail.state.view


def cell(shown: Shown) -> QModelIndex:
    return shown.state.find(PREDICTIVE, (NAME,)).siblingAtColumn(Column.VALUE)


def begin(shown: Shown, key: Qt.Key = Key.Key_F2) -> YesNoEditor:
    view(shown).setFocus()
    view(shown).setCurrentIndex(cell(shown))
    if key == Key.Key_F2:
        shown.window.actions_["actionEditValue"].trigger()
    else:
        QTest.keyClick(view(shown), key)
    (found,) = (one for one in view(shown).viewport().findChildren(YesNoEditor) if one.isVisible())
    return found


def staged(shown: Shown) -> object:
    """What the draft has there; None without any edit."""
    draft = shown.drafts.get(f"{ROOT}/{shown.names[0]}")
    assert draft is not None
    return get_value(draft.document, PREDICTIVE, (NAME,)) if draft.count else None


def is_closed(shown: Shown) -> bool:
    return not any(one.isVisible() for one in view(shown).viewport().findChildren(CellEditor))


@pytest.mark.parametrize("key", [Key.Key_F2, Key.Key_Return, Key.Key_Space])
@pytest.mark.parametrize("end", [Key.Key_Return, Key.Key_Escape])
def test_that_opening_and_closing_chooses_nothing(
    qtbot: QtBot, shown: Shown, key: Qt.Key, end: Qt.Key
) -> None:
    field = begin(shown, key)
    assert (field.chosen, field.touched) == (True, False)
    QTest.keyClick(field, Key.Key_Y)  # it is yes already
    QTest.keyClick(field, end)
    qtbot.waitUntil(lambda: is_closed(shown))
    assert staged(shown) is None


def test_that_a_letter_that_means_neither_is_answered_with_how_one_is_chosen(shown: Shown) -> None:
    field = begin(shown)
    reason = view(shown).viewport().findChild(QFrame, "reason")
    assert reason is not None
    QTest.keyClicks(field, "x")
    assert reason.isVisible()
    assert "Y and N choose" in " ".join(one.text() for one in reason.findChildren(QLabel))
    assert (field.chosen, staged(shown)) == (True, None)
    QTest.keyClicks(field, "TRUE")  # it is that already
    assert not reason.isVisible()


@pytest.mark.parametrize("keys", [[Key.Key_Space], [Key.Key_Right], [Key.Key_Down], [Key.Key_N]])
def test_that_a_key_chooses_and_enter_keeps_it_as_a_yes_no(
    qtbot: QtBot, shown: Shown, keys: list[Qt.Key]
) -> None:
    field = begin(shown)
    for key in keys:
        QTest.keyClick(field, key)
    assert field.chosen is False
    assert staged(shown) is None  # nothing before it is confirmed
    QTest.keyClick(field, Key.Key_Return)
    qtbot.waitUntil(lambda: is_closed(shown))
    assert staged(shown) is False


def test_that_what_was_chosen_is_dropped_by_esc_and_space_goes_to_and_fro(shown: Shown) -> None:
    field = begin(shown)
    for expected in (False, True, False):
        QTest.keyClick(field, Key.Key_Space)
        assert field.chosen is expected
    QTest.keyClick(field, Key.Key_Escape)
    assert staged(shown) is None


def test_that_whole_words_can_be_typed_and_nothing_else_is_taken(qtbot: QtBot, shown: Shown) -> None:
    for typed, chosen in (
        ("no", False), ("false", False), ("off", False), ("0", False), ("n", False), ("noon", True),
        ("nyes", True), ("ny", True), ("o", True), ("on", True), ("xyz", True), ("5,5", True),
        ("noff", False),
    ):  # fmt: skip
        field = begin(shown)
        QTest.keyClicks(field, typed)
        assert field.chosen is chosen, typed
        assert field.problem == "", typed
        for key in (Key.Key_Backspace, Key.Key_Delete):
            QTest.keyClick(field, key)
        assert field.chosen is chosen, typed
        QTest.keyClick(field, Key.Key_Escape)
        qtbot.waitUntil(lambda: is_closed(shown))
        assert staged(shown) is None, typed


def test_that_a_click_chooses(shown: Shown) -> None:
    field = begin(shown)
    for answer in (False, True, False):
        area = field.area_of(answer)
        assert field.rect().contains(area)
        QTest.mouseClick(field, Qt.MouseButton.LeftButton, pos=area.center())
        assert field.chosen is answer
    QTest.mouseClick(field, Qt.MouseButton.LeftButton, pos=field.rect().topRight())
    assert field.chosen is False
    view(shown).setFocus()  # as any text, it is kept when the keyboard goes elsewhere
    assert staged(shown) is False


def test_that_what_is_pasted_counts_where_it_is_one_of_them_and_is_told_where_not(
    qtbot: QtBot, shown: Shown
) -> None:
    field = begin(shown)
    QApplication.clipboard().setText("no")
    QTest.keyClick(field, Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert field.chosen is False
    QApplication.clipboard().setText("maybe")
    field.selectAll()
    QTest.keyClick(field, Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert field.problem == "Type yes or no."
    QTest.keyClick(field, Key.Key_Return)
    assert not is_closed(shown)
    QTest.keyClick(field, Key.Key_N)
    QTest.keyClick(field, Key.Key_Return)
    qtbot.waitUntil(lambda: is_closed(shown))
    assert staged(shown) is False


@pytest.mark.parametrize("percent", [100, 200])
def test_that_both_are_seen_in_any_size_of_text(qtbot: QtBot, percent: int) -> None:
    theme = Theme("light", percent)
    around = QWidget()
    qtbot.addWidget(around)
    field = YesNoEditor(theme, True, around)
    field.begin("yes")
    field.resize(field.wanted_width, theme.px(26))
    yes, no = field.area_of(True), field.area_of(False)
    assert yes.right() < no.left()
    assert no.right() <= field.width() - field.beside
