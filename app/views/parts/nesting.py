"""A layout inside another one, of whose items PySide knows nothing afterwards.

One idea: `addLayout` makes a Python object of each item that the inner layout holds by then. Qt deletes an
item with its widget, and PySide goes on to know it. Whatever comes to stand in that place of memory later,
another widget, an icon, is then taken for two things at once, and its end ends the program. So what was made
is let go of.
"""

from __future__ import annotations

from PySide6.QtWidgets import QBoxLayout, QGridLayout, QLayout
from shiboken6 import Shiboken


def nest(outer: QBoxLayout, inner: QLayout, stretch: int = 0) -> None:
    """As `outer.addLayout(inner, stretch)`."""
    outer.addLayout(inner, stretch)
    _let_go_of_items(inner)


def nest_in_grid(outer: QGridLayout, inner: QLayout, row: int, column: int) -> None:
    """As `outer.addLayout(inner, row, column)`."""
    outer.addLayout(inner, row, column)
    _let_go_of_items(inner)


def _let_go_of_items(layout: QLayout) -> None:
    for position in range(layout.count()):
        item = layout.itemAt(position)
        below = item.layout() if item is not None else None
        if below is not None:
            _let_go_of_items(below)
        elif item is not None:
            Shiboken.invalidate(item)
