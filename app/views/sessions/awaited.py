"""A session that is to be selected: now, or as soon as it is listed.

One idea: a run makes its session, and the last window had one selected, before the list knows it; and one
that was selected may go and come back. Whatever else is selected meanwhile is what the user wants. Not for
what is shown of it.
"""

from PySide6.QtCore import QObject

from app.models.sessions.sessions import SessionsModel
from app.views.sessions.session_pane import SessionPane


class AwaitedSession(QObject):
    """Selects in one list."""

    def __init__(self, pane: SessionPane, sessions: SessionsModel) -> None:
        super().__init__(pane)
        self._pane = pane
        self._directory: str | None = None
        self._selected = pane.view.selected_directory
        pane.view.session_selected.connect(self._follow)
        sessions.counts_changed.connect(self._try_again)
        sessions.dataChanged.connect(self._try_again)

    @property
    def directory(self) -> str | None:
        """The session that is waited for, if any."""
        return self._directory

    def select(self, directory: str) -> None:
        """Select a session; a filter that hides it is emptied."""
        uncovered = self._pane.uncover(directory)
        self.expect(directory)
        if uncovered:  # said last: a selection clears what was said of another session
            self._pane.told.emit(uncovered)

    def expect(self, directory: str) -> None:
        """Select a session, and leave a filter as it is."""
        self._directory = None if self._pane.view.select(directory) else directory

    def _follow(self, directory: str | None) -> None:
        """Nothing is selected any more when the list has lost what was."""
        self._directory = self._selected if directory is None else None
        self._selected = directory

    def _try_again(self) -> None:
        if self._directory is not None:
            self.expect(self._directory)
