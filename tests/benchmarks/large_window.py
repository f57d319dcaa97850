"""The whole window on a large state: opened, read, searched, edited and saved as an operator does it.

One idea: only what an operator has is used, and the event loop is turned by hand, as in
`tests.benchmarks.watching`, so that what holds it up is seen.

Not for figures (`tests.benchmarks.state_tree`).
"""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from PySide6.QtCore import QEvent, QModelIndex, QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QWidget

from app.garbage import spare_what_is_there
from app.models.state.state_texts import Column
from app.models.state.state_tree import StateTreeModel
from app.views.saving.save_sheet import SaveSheet
from app.views.state.state_view import StateView
from persistence.files.places import VARIABLE
from tests.benchmarks.large_states import NAMESPACE
from tests.benchmarks.watching import Watching


@dataclass(frozen=True)
class Took:
    """How long something took, and the longest that the event loop was held up meanwhile, in ms."""

    time: float
    block: float


class LargeWindow(Watching):
    """The application over a folder of large sessions."""

    def __init__(self, root: Path, own: Path) -> None:
        super().__init__(root, own)
        window = self.application.window
        self.view = cast(StateView, window.findChild(QWidget, "stateView"))
        self._filter = cast(QLineEdit, window.findChild(QLineEdit, "stateFilter"))
        self._save = cast(QAction, window.findChild(QAction, "actionSave"))
        self._paints = 0
        self.view.viewport().installEventFilter(self)

    @property
    def state(self) -> StateTreeModel:
        """The rows of the selected session."""
        return cast(StateTreeModel, self.view.model())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take note of each paint of rows of the tree, too."""
        if event.type() == QEvent.Type.Paint and watched is self.view.viewport():
            self._paints += self.state.rowCount() > 0
            return False
        return super().eventFilter(watched, event)

    # --- what an operator does, each until it was painted ---------------------------------------------------

    def select(self, session: Path) -> None:
        """Select a session; its first rows."""
        self._do(lambda: self.application.window.select_session(str(session)))
        self.until(lambda: self.state.directory == str(session) and self._paints > 0)

    def until_judged(self) -> None:
        """Until the state that is shown can be edited."""
        self.until(lambda: self.state.editable)

    def open(self, *place: str | int) -> None:
        """Open a row; the first rows in it."""
        index = self.row(*place)
        self._do(lambda: self.view.open_rows.open(index))
        self.until(lambda: self.state.rowCount(index) > 0)
        self._until_painted()

    def close(self, *place: str | int) -> None:
        """Close a row."""
        self._do(lambda: self.view.collapse(self.row(*place)))
        self._until_painted()

    def read(self, *place: str | int) -> None:
        """Open an attribute, and wait until all of it was read."""
        self.open(*place)
        self.until(lambda: self.state.is_at_hand(self.state.node(self.row(*place))))

    def type_filter(self, text: str) -> None:
        """Set the filter of the tree; the first row that it finds."""
        self._do(lambda: self._filter.setText(text))
        self.until(lambda: self.state.filter.count > 0)
        self._until_painted()

    def until_searched(self) -> None:
        """Until all of the state was searched."""
        self.until(lambda: not self.state.filter.busy)
        self._until_painted()

    def clear_filter(self) -> None:
        """Show all rows again."""
        self._do(self._filter.clear)
        self._until_painted()

    def go_to(self, *place: str | int) -> None:
        """Make a row the current one; it, with all open that it stands in."""
        self._do(lambda: self.view.go_to(self.row(*place).siblingAtColumn(Column.VALUE)))
        self._until_painted()

    def edit(self, text: str) -> None:
        """Type a value into the current row."""
        self._do(lambda: self._type(self.view.currentIndex(), text))
        self._until_painted()

    def save(self) -> None:
        """Save on the sheet, and wait until nothing is left to be saved."""
        self._do(self._save.trigger)
        self.until(lambda: self._sheet() is not None)
        sheet = cast(SaveSheet, self._sheet())
        self.until(sheet.save.isEnabled)
        self._do(sheet.save.click)
        self.until(lambda: not self._save.isEnabled() and self.state.editable)

    # --- within ---------------------------------------------------------------------------------------------

    def took(self, work: Callable[[], object]) -> Took:
        """Do something of this, and say how long it took."""
        self.longest = 0.0
        began = time.perf_counter()
        work()
        return Took(1000 * (time.perf_counter() - began), 1000 * self.longest)

    def row(self, *place: str | int) -> QModelIndex:
        """The row of a value."""
        found = self.state.find(NAMESPACE, place)
        if not found.isValid():
            raise LookupError(place)
        return found

    def _do(self, work: Callable[[], object]) -> None:
        """As a signal handler does it: what it takes holds up the event loop."""
        self._paints = 0
        began = time.perf_counter()
        work()
        self.longest = max(self.longest, time.perf_counter() - began)

    def _until_painted(self) -> None:
        """Until the tree has been painted, which it is asked to: what is shown need not have changed."""
        self._paints = 0
        self.view.viewport().update()
        self.until(lambda: self._paints > 0)

    def _type(self, cell: QModelIndex, text: str) -> None:
        if not self.state.setData(cell, text):
            raise ValueError(text)

    def _sheet(self) -> SaveSheet | None:
        """The one that is open; older ones are still to be deleted."""
        sheets = self.application.window.findChildren(SaveSheet)
        return next((sheet for sheet in sheets if sheet.isVisible()), None)


@contextmanager
def large_window(root: Path, own: Path, sessions: int) -> Iterator[LargeWindow]:
    """The window as `app` starts it, with so many sessions listed, until the end of the measurement.

    What else lies in the folders of whoever measures, as states that could not be saved, has no part in it.
    """
    before, threshold = os.environ.get(VARIABLE), gc.get_threshold()
    os.environ[VARIABLE] = str(own)
    made = LargeWindow(root, own)
    spare_what_is_there()
    try:
        made.until_painted(sessions)
        yield made
    finally:
        os.environ.pop(VARIABLE)
        if before is not None:
            os.environ[VARIABLE] = before
        gc.unfreeze()
        gc.set_threshold(*threshold)
        made.end()
