"""PySide knows no item of a layout, which Qt deletes without telling it."""

from __future__ import annotations

import gc

from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayoutItem,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app.views.parts import nesting
from app.views.parts.nesting import nest, nest_in_grid
from app.views.preferences.preferences_sheet import PreferencesSheet
from app.views.style.theme import Theme
from tests.sample_window import Shown
from tests.syntax import sources


def known_items() -> list[QLayoutItem]:
    """Those that are no layouts: what PySide takes for alive, whatever became of it."""
    found = (one for one in gc.get_objects() if issubclass(type(one), QLayoutItem))
    return [one for one in found if isValid(one) and one.layout() is None]


def test_that_no_item_is_known_of_a_layout_in_another_one(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    outer, grid, inner, innermost = QVBoxLayout(window), QGridLayout(), QHBoxLayout(), QHBoxLayout()
    for layout in (inner, innermost):
        layout.addWidget(QLabel("x"))
        layout.addStretch(1)
    before = len(known_items())
    nest(inner, innermost, 1)
    nest(outer, inner)
    nest(outer, grid)
    other = QHBoxLayout()
    other.addWidget(QLabel("y"))
    nest_in_grid(grid, other, 0, 0)
    assert len(known_items()) == before
    assert (inner.stretch(2), outer.count(), window.layout()) == (1, 2, outer)
    assert [label.text() for label in window.findChildren(QLabel)] == ["x", "x", "y"]
    assert all(label.parent() is window for label in window.findChildren(QLabel))


def test_that_nobody_else_asks_for_items_of_a_layout() -> None:
    asking = {"addLayout", "insertLayout", "itemAt", "itemAtPosition"}
    found = {source.module for source in sources("app") for name, _ in source.calls() if name in asking}
    assert found == {nesting.__name__}


def test_that_none_is_known_of_the_whole_window(shown: Shown, theme: Theme, qapp: QApplication) -> None:
    sheet = PreferencesSheet(theme, shown.window)
    sheet.show()
    qapp.processEvents()
    assert known_items() == []
