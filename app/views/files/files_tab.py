"""What the window has for the files of a session: the Files tab, its actions, and the file manager.

One idea: the tab shows, the actions act on what is in front: a file of the list while one looks at the Files
tab, else the session; and the session where the keyboard is in the list of sessions, as after a click there.
Not for reading, and not for asking a file manager.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication

from app.snapshot import SessionSnapshot
from app.values.fit_text import escaped
from app.views.parts.stage import Stage
from app.views.sessions.session_view import SessionView

_NO_TEXT = re.compile("[\ud800-\udfff]")


class FilesTab(QObject):
    """`show_requested` carries a path that is to be shown in the file manager, `logs_requested` nothing;
    `message_shown` carries a sentence.
    """

    show_requested = Signal(object)
    logs_requested = Signal()
    message_shown = Signal(object)

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage.window)
        self._stage = stage
        self.pane = stage.detail.files
        self._recover = stage.actions["actionRecoverCrash"]
        self._connect()
        self._show_allowed()

    # --- setters --------------------------------------------------------------------------------------------

    def show_selected(self, directory: str | None) -> None:
        """Another session is selected, or none."""
        self.pane.set_live(False)
        self.pane.show_session(directory)
        self._show_allowed()

    def show_session(self, snapshot: SessionSnapshot) -> None:
        """The selected session was read."""
        if snapshot.directory == self.pane.directory:
            running = snapshot.running
            self.pane.set_live(running is not None, elsewhere=running is not None and running.elsewhere)

    # --- within ---------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        actions, pane = self._stage.actions, self.pane
        for name, slot in {
            "Files": self._go_there,
            "ShowFolder": self._show_in_file_manager,
            "CopyPlace": self._copy_place,
            "Logs": self.logs_requested.emit,
        }.items():
            actions[f"action{name}"].triggered.connect(slot)
        pane.file.show_wanted.connect(actions["actionShowFolder"].trigger)
        for wanted in (pane.file.copy_wanted, pane.table.copy_wanted):
            wanted.connect(self._copy_place)
        pane.file.refused.connect(self.message_shown)
        pane.recover_wanted.connect(self._recover.trigger)
        self._recover.changed.connect(self._point_to_recovery)
        pane.table.addActions([actions["actionShowFolder"], actions["actionCopyPlace"]])

    def _show_allowed(self) -> None:
        there = self.pane.directory is not None
        self._stage.actions.enable(Files=there, CopyPlace=there)

    def _point_to_recovery(self) -> None:
        self.pane.offer_recovery(self._recover.isEnabled())

    @property
    def _place(self) -> str:
        """What is in front: the chosen file while the tab is, else the session."""
        in_list = isinstance(self._stage.window.focusWidget(), SessionView)
        in_front = self._stage.detail.tabs.currentWidget() is self.pane and not in_list
        return (self.pane.path if in_front else "") or self.pane.directory or ""

    def _go_there(self) -> None:
        self._stage.detail.tabs.setCurrentWidget(self.pane)
        self.pane.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_in_file_manager(self) -> None:
        if self._place:
            self.show_requested.emit(self._place)

    def _copy_place(self) -> None:
        """A name that is no text is copied as far as it is: no system has lone surrogates in a text."""
        if place := self._place:
            text = _NO_TEXT.sub("\ufffd", place)
            QGuiApplication.clipboard().setText(text)
            self.message_shown.emit(f"Copied {escaped(text)}")
