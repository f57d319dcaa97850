"""All keys and what they do: those of the actions as the menus have them, and those of lists and sheets.

One idea: what stands in a menu with a key stands here, so that the page of shortcuts is complete without
anybody keeping it; it says the same wherever it is opened, whatever is selected there. Only keys that are no
actions are written down. Not for how they are shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from app.views.actions import usual_keys, usual_words

_NATIVE = QKeySequence.SequenceFormat.NativeText


class Section(NamedTuple):
    """Keys that belong together, each with what it does."""

    title: str
    keys: tuple[tuple[str, str], ...]


_LISTS = Section(
    "In lists and trees",
    (
        ("Up, Down", "Go from row to row"),
        ("Left, Right", "Close and open"),
        ("Home, End", "First and last row"),
        ("Shift+Up, Shift+Down", "Select several rows"),
        ("Ctrl+Up, Ctrl+Space", "Select rows that stand apart"),
        ("Enter", "Go into a session, edit a value, go to a change"),
        ("Letters, digits", "Type over the value of an attribute"),
        ("Del", "Take the edit of a row back, or remove the row"),
        ("Space", "Tick or untick"),
        ("Shift+F10", "Open the menu of a row"),
        ("Esc", "Empty the filter, give up typing"),
    ),
)
_SHEETS = Section(
    "In sheets",
    (
        ("Tab, Shift+Tab", "Next control, the one before"),
        ("Enter", "Confirm, from a field or a text on one line"),
        ("Enter in Resume", "From the subject to the user, to Resume, and start"),
        ("Shift+Enter", "Break the line of a text"),
        ("Ctrl+Enter", "Confirm, from a table or any text"),
        ("Left or 1, Right or 2", "Take yours, or what is on disk"),
        ("PgUp, PgDown", "Scroll"),
        ("Esc", "Close without doing anything"),
    ),
)


def sections(bar: QMenuBar) -> tuple[Section, ...]:
    """The keys by menu, then those of lists and of sheets."""
    by_menu = (
        Section(usual_words(entry), tuple(_keys(menu)))
        for entry in bar.actions()
        if isinstance(menu := entry.menu(), QMenu)
    )
    return (*(one for one in by_menu if one.keys), _LISTS, _SHEETS)


def _keys(menu: QMenu) -> Iterator[tuple[str, str]]:
    for entry in menu.actions():
        inner = entry.menu()
        if isinstance(inner, QMenu):
            yield from _keys(inner)
        elif names := _names(entry):
            yield " or ".join(names), usual_words(entry)


def _names(entry: QAction) -> list[str]:
    """Return and Enter are one key to everybody but Qt, and it is called Enter."""
    names = [keys.toString(_NATIVE) for keys in usual_keys(entry)]
    return [name for name in names if name.replace("Return", "Enter") == name or len(names) == 1]
