"""Hands on the window: find what is named, type, press, wait until something is there, take a picture.

The one idea: only what an operator has is used, the names of the window and what stands in it, and waiting
is for a condition, never for a time. Serves the tour and the end-to-end test. Not for looking behind the
window.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QAbstractItemModel, QDeadlineTimer, QItemSelectionModel, QModelIndex, QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTreeView,
    QWidget,
)

SECONDS = 30.0
LOOK_MS = 10
_Found = TypeVar("_Found")
_Named = TypeVar("_Named", bound=QObject)


class NotSeen(Exception):
    """What was waited for did not come: one sentence."""


class Hands:
    """On one window."""

    def __init__(self, window: QWidget, seconds: float = SECONDS) -> None:
        self.window = window
        self._seconds = seconds

    def wait(self, look: Callable[[], _Found | None], what: str) -> _Found:
        """What `look` returns, once that is something; the window lives meanwhile. Raises NotSeen."""
        deadline = QDeadlineTimer(round(self._seconds * 1000))
        while not (found := look()):
            if deadline.hasExpired():
                raise NotSeen(f"{what}: not seen within {self._seconds:g} seconds")
            QTest.qWait(LOOK_MS)
        return found

    def named(self, kind: type[_Named], name: str) -> _Named:
        """The part of the window with this object name, once it is there. Raises NotSeen."""
        return self.wait(lambda: self.window.findChild(kind, name), f"{kind.__name__} {name}")

    def row(self, view: str, text: str, **cells: str) -> QModelIndex:
        """The row whose first cell is `text` and whose others, by heading, hold these. Raises NotSeen."""

        def look() -> QModelIndex | None:
            return next((row for row in self.rows(view) if _is_like(row, text, cells)), None)

        wanted = ", ".join([text, *(f"{heading} {cell}" for heading, cell in cells.items())])
        return self.wait(look, f"a row in {view} with {wanted}")

    def new_row(self, view: str, before: set[str]) -> QModelIndex:
        """A row that was not there before. Raises NotSeen."""

        def look() -> QModelIndex | None:
            return next((row for row in self.rows(view) if row.data() not in before and is_row(row)), None)

        return self.wait(look, f"a new row in {view}")

    def rows(self, view: str) -> Iterator[QModelIndex]:
        """The first cell of every row, fetched where need be."""
        yield from _below(self.named(QAbstractItemView, view).model(), QModelIndex())

    def select(self, view: str, row: QModelIndex) -> None:
        """Make it the current row, as a click does."""
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.named(QAbstractItemView, view).selectionModel().setCurrentIndex(row, flags)
        self.named(QAbstractItemView, view).scrollTo(row)

    def expand(self, view: str, row: QModelIndex) -> None:
        """Open a row of a tree."""
        self.named(QTreeView, view).expand(row)

    def edit(self, cell: QModelIndex, text: str) -> None:
        """Give a cell what an operator types there. Raises NotSeen when it is refused."""
        model = cell.model()
        if not model.setData(cell, text, Qt.ItemDataRole.EditRole):
            raise NotSeen(f"{text!r} was refused")

    def trigger(self, name: str) -> None:
        """Trigger the action with this object name or these words, once it can be. Raises NotSeen."""

        def look() -> QAction | None:
            actions = self.window.findChildren(QAction)
            named = (one for one in actions if name in (one.objectName(), one.text().replace("&", "")))
            return next((action for action in named if action.isEnabled()), None)

        self.wait(look, f"the action {name}").trigger()

    def type_into(self, name: str, text: str) -> None:
        """Type, key by key, into the visible field with this object name or spoken name. Raises NotSeen."""

        def look() -> QLineEdit | None:
            fields = self.window.findChildren(QLineEdit)
            named = (field for field in fields if name in (field.objectName(), field.accessibleName()))
            return next((field for field in named if field.isVisible() and field.isEnabled()), None)

        field = self.wait(look, f"the field {name}")
        field.setFocus()
        field.clear()
        QTest.keyClicks(field, text)

    def choose(self, name: str, text: str) -> None:
        """Choose an entry of the box with this spoken name, once it is there. Raises NotSeen."""

        def look() -> QComboBox | None:
            boxes = self.window.findChildren(QComboBox)
            fitting = (box for box in boxes if box.accessibleName() == name and box.isVisible())
            return next((box for box in fitting if box.findText(text) >= 0), None)

        box = self.wait(look, f"{text} in {name}")
        box.setCurrentIndex(box.findText(text))
        box.activated.emit(box.currentIndex())

    def press(self, text: str) -> None:
        """Press the visible button with these words, once it can be pressed. Raises NotSeen."""

        def look() -> QAbstractButton | None:
            buttons = self.window.findChildren(QAbstractButton)
            fitting = (button for button in buttons if button.text().strip(" \u2009") == text)
            return next((button for button in fitting if button.isVisible() and button.isEnabled()), None)

        QTest.mouseClick(self.wait(look, f"the button {text}"), Qt.MouseButton.LeftButton)

    def read(self, words: str) -> None:
        """Wait until these words can be read somewhere in the window, outside of lists. Raises NotSeen."""
        self.wait(lambda: self.can_read(words), f"the words {words!r}")

    def can_read(self, words: str) -> bool:
        """Whether a visible label or text field holds these words."""
        fields = [field for field in self.window.findChildren(QPlainTextEdit) if field.isVisible()]
        labels = [label for label in self.window.findChildren(QLabel) if label.isVisible()]
        texts = [field.toPlainText() for field in fields] + [label.text() for label in labels]
        return any(words in text for text in texts)

    def picture(self, path: Path) -> None:
        """Paint the window, sheets and all, into a PNG file. Raises OSError."""
        QTest.qWait(LOOK_MS)  # what is due to be laid out and painted is painted
        if not self.window.grab().save(str(path)):
            raise OSError(f"{path} could not be written")


def is_row(index: QModelIndex) -> bool:
    """Whether it can be selected; headings of groups cannot."""
    return bool(index.flags() & Qt.ItemFlag.ItemIsSelectable)


def cell(row: QModelIndex, heading: str) -> QModelIndex:
    """The cell of a row below a heading (`Saved_value` for the heading Saved value). Raises NotSeen."""
    found = _cell(row, heading)
    if not found.isValid():
        raise NotSeen(f"no column {heading}")
    return found


def _cell(row: QModelIndex, heading: str) -> QModelIndex:
    """The cell below a heading; an invalid one where no column has it."""
    model = row.model()
    places = range(model.columnCount(row.parent()))
    headings = [model.headerData(place, Qt.Orientation.Horizontal) for place in places]
    wanted = heading if heading in headings else heading.replace("_", " ")
    return row.siblingAtColumn(headings.index(wanted) if wanted in headings else -1)


def _is_like(row: QModelIndex, text: str, cells: dict[str, str]) -> bool:
    """Whether it holds these; a column that is not there may come yet."""
    fits = row.data() == text
    return fits and all(wanted in str(_cell(row, heading).data()) for heading, wanted in cells.items())


def _below(model: QAbstractItemModel, parent: QModelIndex) -> Iterator[QModelIndex]:
    while model.canFetchMore(parent):
        model.fetchMore(parent)
    for place in range(model.rowCount(parent)):
        index = model.index(place, 0, parent)
        yield index
        yield from _below(model, index)
