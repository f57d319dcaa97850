"""A row of the sample window's state, as an operator acts on it: for tests of what can be done to one."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.editing.draft import Draft
from app.models.state.state_texts import Column
from app.views.parts.sheet import Sheet
from app.views.state.add_sheet import AddSheet
from app.views.state.state_view import StateView
from app.views.state.value_sheets import RetypeSheet, ValueSheet
from persistence.states.edits import get_value
from persistence.values.json_text import JSON
from tests.sample_window import Shown
from tests.samples import PREDICTIVE, ROOT

Key, Modifier = Qt.Key, Qt.KeyboardModifier

DIRECTORY = f"{ROOT}/764521_2026-11-23_14-05"


def view(shown: Shown) -> StateView:
    return shown.window.detail.state.view


def go_to(shown: Shown, *place: str | int) -> StateView:
    """Make a row the current one, with the keyboard in the tree."""
    view(shown).setFocus()
    view(shown).setCurrentIndex(shown.state.find(PREDICTIVE, place).siblingAtColumn(Column.VALUE))
    return view(shown)


def here(shown: Shown) -> tuple[str | int, ...]:
    """The place of the current row."""
    node = shown.state.node(view(shown).currentIndex())
    assert node is not None
    return node.place


def trigger(shown: Shown, name: str) -> None:
    action = shown.window.actions_[f"action{name}"]
    assert action.isEnabled()
    action.trigger()


def draft(shown: Shown) -> Draft:
    found = shown.drafts.get(DIRECTORY)
    assert found is not None
    return found


def value(shown: Shown, *place: str | int) -> JSON:
    return get_value(draft(shown).document, PREDICTIVE, place)


def told(shown: Shown) -> str:
    return shown.window.status.message.accessibleName()


def clipboard() -> str:
    return QGuiApplication.clipboard().text()


def sheet(shown: Shown, kind: type[ValueSheet]) -> ValueSheet:
    found = [one for one in shown.window.findChildren(kind) if one.isVisible()]
    assert len(found) == 1
    return found[0]


def no_sheet(shown: Shown) -> bool:
    return not any(one.isVisible() for one in shown.window.findChildren(Sheet))


def retype(shown: Shown, *place: str | int) -> RetypeSheet:
    go_to(shown, *place)
    trigger(shown, "ChangeType")
    found = sheet(shown, RetypeSheet)
    assert isinstance(found, RetypeSheet)
    return found


def add(shown: Shown, *place: str | int) -> AddSheet:
    go_to(shown, *place)
    trigger(shown, "Add")
    found = sheet(shown, AddSheet)
    assert isinstance(found, AddSheet)
    return found


def type_on(qtbot: QtBot, text: str, *keys: Qt.Key) -> None:
    """Type where the keyboard is, whatever has it."""
    qtbot.keyClicks(QApplication.focusWidget(), text)
    for key in keys:
        qtbot.keyClick(QApplication.focusWidget(), key)


def paste(shown: Shown, text: str, *place: str | int) -> None:
    QGuiApplication.clipboard().setText(text)
    go_to(shown, *place)
    trigger(shown, "PasteJson")
