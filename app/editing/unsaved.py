"""The way to unsaved edits, wherever their session is.

One idea: what is counted can be reached. Sessions that are listed are selected one after another; of those
that are gone, or in no watched folder, it is told again what can be done with their edits. Not for what that
is (`gone`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtCore import QObject, Signal

from app.editing.drafts import Drafts

_ALL_HERE = "All unsaved edits are those of this session: Changes has them."
_ASIDE = "The notice above has the unsaved edits of this session that another window left."
_GONE = "The notices above have the edits of sessions that are not listed."


class Unsaved(QObject):
    """`session_chosen` carries the directory of a session, `message_shown` a sentence."""

    session_chosen = Signal(object)
    message_shown = Signal(object)

    def __init__(
        self,
        drafts: Drafts,
        is_listed: Callable[[str], bool],
        look_for: Callable[[str], None],
        aside: Callable[[], Collection[str]],
        parent: QObject | None = None,
    ) -> None:
        """`look_for` finds out whether a session is there, and tells what can be done with its edits; `aside`
        gives the sessions of which there are more edits than are shown.
        """
        super().__init__(parent)
        self._drafts = drafts
        self._is_listed = is_listed
        self._look_for = look_for
        self._aside = aside

    def show_next(self, selected: str | None) -> None:
        """Go to the next session with edits, and tell of all that cannot be gone to."""
        aside = self._aside()
        edited = sorted({draft.directory for draft in self._drafts.unsaved()}.union(aside))
        listed = [one for one in edited if self._is_listed(one)]
        for directory in edited:
            if directory not in listed:
                self._look_for(directory)
        others = [one for one in listed if one != selected]
        if others:
            self.session_chosen.emit(next((one for one in others if one > (selected or "")), others[0]))
        elif edited:
            here = _ASIDE if selected in aside else _ALL_HERE
            self.message_shown.emit(here if edited == listed else _GONE)
