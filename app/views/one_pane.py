"""List and detail one at a time, where the window has no room for both side by side.

One idea: with large text in a small window each of the two has the whole width, and what one asks for brings
the side in front that has it: a click or Enter on a session its detail, the filter and the way back the list.
Nothing else is different there. Not for how wide the two are when both are shown (see `frame`).
"""

from PySide6.QtCore import QModelIndex, QObject, Qt
from PySide6.QtWidgets import QApplication

from app.views.actions import Actions
from app.views.detail import DetailPane
from app.views.sessions.session_pane import SessionPane

OF_DETAIL = (
    "State", "Changes", "Raw", "History", "Comparison", "Trend", "Files", "Output", "NextTab", "PreviousTab",
    "EditValue", "EditInBox", "ChangeType", "Rename", "Add", "FindAttributes", "FindNext", "FindPrevious",
    "FindRaw", "FindRawBack", "GoToDamage", "GoToEnd", "NotSaved", "ShowEqual",
)  # fmt: skip
"""What is done, or shown, in the detail of a session."""


class OnePane(QObject):
    """Which of the two is in front. To be made before those who put the keyboard where these actions lead."""

    def __init__(self, sessions: SessionPane, detail: DetailPane, actions: Actions, parent: QObject) -> None:
        super().__init__(parent)
        self._sessions = sessions
        self._detail = detail
        self._tight = self._detailed = False
        view = sessions.view
        view.entered_session.connect(self.show_detail)
        view.clicked.connect(self._take_click)
        view.session_selected.connect(self._take_selection)
        detail.state.view.in_place.stopped.connect(self.show_detail)
        for name in OF_DETAIL:
            actions[f"action{name}"].triggered.connect(self.show_detail)
        actions["actionList"].triggered.connect(self.go_to_list)
        detail.header.back.clicked.connect(actions["actionList"].trigger)

    def set_tight(self, tight: bool) -> None:
        """Show one at a time, or both."""
        if tight != self._tight:
            self._tight = tight
            self._detailed = tight and self._detail.isAncestorOf(QApplication.focusWidget() or self._sessions)
            self._show()

    def show_detail(self) -> None:
        """Bring the detail in front, where a session is selected."""
        self._detailed = self._detail.shows_session
        self._show()

    def show_list(self) -> None:
        """Bring the list in front."""
        self._detailed = False
        self._show()

    def go_to_list(self) -> None:
        """Bring the list in front, and the keyboard into it."""
        self.show_list()
        self._sessions.view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show(self) -> None:
        self._detail.header.back.setVisible(self._tight)
        for pane, shown in ((self._sessions, not self._detailed), (self._detail, self._detailed)):
            if shown or not self._tight:
                pane.show()  # first the one that is to be seen, so that the keyboard has somewhere to go
        if self._tight:
            (self._sessions if self._detailed else self._detail).hide()

    def _take_click(self, index: QModelIndex) -> None:
        """A plain click on a session opens it; one that selects several, or folds a group, does not."""
        plain = QApplication.keyboardModifiers() == Qt.KeyboardModifier.NoModifier
        if self._tight and plain and index.flags() & Qt.ItemFlag.ItemIsSelectable:
            self.show_detail()
            self._detail.enter_state()

    def _take_selection(self, directory: str | None) -> None:
        if directory is None:
            self.show_list()
