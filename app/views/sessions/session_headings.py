"""Headings of the session list, as the branches of a tree: which one is meant, and folding it.

One idea: the keyboard stands in a group, on its heading or on a session below it, and what is done to a group
is done to that one. Not for which key or click means what (`session_view`), nor for what is folded: the model
knows.
"""

from bisect import bisect_left

from PySide6.QtCore import QItemSelectionModel, QModelIndex
from PySide6.QtWidgets import QTableView

from app.models.sessions.session_rows import Heading
from app.models.sessions.sessions import SessionsModel


class SessionHeadings:
    """The headings of one table that has its model."""

    def __init__(self, view: QTableView, sessions: SessionsModel) -> None:
        self._view = view
        self._sessions = sessions

    @property
    def current(self) -> Heading | None:
        """The heading of the group that the keyboard stands in; None where there is none."""
        position = self._above(self._view.currentIndex().row() + 1)
        line = self._sessions.line(position) if position >= 0 else None
        return line if isinstance(line, Heading) else None

    def is_open(self, position: int) -> bool:
        """Whether a row is a heading whose group is open."""
        line = None if self._sessions.is_session(position) else self._sessions.line(position)
        return isinstance(line, Heading) and not line.collapsed

    def toggle(self, heading: Heading) -> None:
        """Fold a group, or open it again; the keyboard goes to its heading."""
        self._sessions.toggle(heading)
        self.go_to(self._sessions.index_of_heading(heading.key))

    def toggle_current(self) -> None:
        """The same of the group that the keyboard stands in."""
        if (heading := self.current) is not None:
            self.toggle(heading)

    def go_above(self, position: int) -> None:
        """Put the keyboard on the heading above a row."""
        above = self._above(position)
        if above >= 0:
            self.go_to(self._sessions.index(above, 0))

    def go_to(self, index: QModelIndex) -> None:
        """Put the keyboard on a heading; what is selected stays so."""
        self._view.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)

    def _above(self, position: int) -> int:
        """The row of the last heading above a row, -1 for none."""
        positions = self._sessions.heading_positions()
        above = bisect_left(positions, position)
        return positions[above - 1] if above else -1
