"""What is asked of the session that is shown, by menu, key or button: to save, check, resume it, to go back a
step.

One idea: what is being typed becomes an edit first, so that the wish is about what the operator sees; what
cannot become one stops the wish. Not for how a wish goes on, nor for wishes about a row
(`state.row_actions`).
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.views.allowed import redoes_back, undoes_back
from app.views.frame import Frame
from app.views.saving.checkup import Checkup
from app.views.saving.saving import Saving
from app.views.shown_session import ShownSession


class SessionActions(QObject):
    """Connects the actions of one window. `..._requested` carry a directory, `told` a sentence for the status
    bar. `undo_last_clear_requested`: no edit is there to be undone, but a clear was the last that was done.
    `turn_back_requested`: that a state was brought back is to be undone, or to be done again.
    """

    revert_requested = Signal(object)
    undo_requested = Signal(object)
    redo_requested = Signal(object)
    undo_clear_requested = Signal(object)
    undo_last_clear_requested = Signal(object)
    turn_back_requested = Signal(object)
    resume_sheet_requested = Signal(object)
    told = Signal(object)

    def __init__(self, frame: Frame, shown: ShownSession, saving: Saving, checkup: Checkup) -> None:
        super().__init__(frame)
        self._frame = frame
        self._shown = shown
        self._checkup = checkup
        self._connect("Save", saving.ask, decides=True)
        self._connect("Check", self._check)
        self._connect("Revert", self.revert_requested.emit)
        self._connect("Undo", self._undo)
        self._connect("Redo", self._redo)
        self._connect("Resume", self.resume_sheet_requested.emit)
        self._connect("UndoClear", self.undo_clear_requested.emit)
        detail, actions = frame.detail, frame.actions_
        detail.header.resume.clicked.connect(actions["actionResume"].trigger)
        detail.changes.check.clicked.connect(actions["actionCheck"].trigger)

    def _connect(self, name: str, act: Callable[[str], object], *, decides: bool = False) -> None:
        self._frame.actions_[f"action{name}"].triggered.connect(lambda: self._begin(act, decides))

    def _begin(self, act: Callable[[str], object], decides: bool = False) -> None:
        """Do it, after what is typed became an edit; what waits for a decision does not stand in its way."""
        in_place = self._frame.detail.state.view.in_place
        is_free = (decides and in_place.waits) or in_place.finish()
        if is_free and self._shown.directory is not None:
            act(self._shown.directory)

    def _undo(self, directory: str) -> None:
        draft = self._shown.draft
        if undoes_back(draft, self._shown.back):
            self.turn_back_requested.emit(directory)
        elif draft is not None and draft.can_undo:
            self.undo_requested.emit(directory)
            self.told.emit("Undone")
        else:
            self.undo_last_clear_requested.emit(directory)

    def _redo(self, directory: str) -> None:
        if redoes_back(self._shown.draft, self._shown.back):
            self.turn_back_requested.emit(directory)
        else:
            self.redo_requested.emit(directory)
            self.told.emit("Redone")

    def _check(self, directory: str) -> None:
        if self._shown.snapshot is not None:
            self._checkup.open(directory)
