"""A session that a run makes while the list is filtered: that it is there, and why it is not seen.

One idea: whoever starts a launcher looks for its session, and a filter that was typed for another one hides
it without a word. It is told once, when the session is listed, and the filter stays: somebody works with it.
Not for a session that somebody asked to see: that empties the filter (`awaited`).
"""

from PySide6.QtCore import QObject

from app.models.sessions.sessions import SessionsModel
from app.views.sessions.session_pane import SessionPane


class CoveredSession(QObject):
    """Looks for new sessions in one list."""

    def __init__(self, pane: SessionPane, sessions: SessionsModel) -> None:
        super().__init__(pane)
        self._pane = pane
        self._sessions = sessions
        self._awaited: set[str] = set()
        self._known: set[str] = set()
        sessions.counts_changed.connect(self._look)
        sessions.search_ended.connect(self._look)

    def expect(self, directory: str) -> None:
        """A run makes this session: it is listed now, or soon."""
        if directory not in self._known:
            self._known.add(directory)
            self._awaited.add(directory)
            self._look()

    def _look(self) -> None:
        if not self._awaited or self._sessions.searching:
            return
        for directory in [one for one in self._awaited if self._sessions.summary(one) is not None]:
            self._awaited.discard(directory)
            self._tell(directory)

    def _tell(self, directory: str) -> None:
        summary = self._sessions.summary(directory)
        if summary is not None and self._pane.is_filtered and not self._sessions.lets_through(directory):
            self._pane.told.emit(f"{summary.name} is listed, but hidden by the filter.")
