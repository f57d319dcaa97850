"""Why a command about the selected session cannot be given now, said where one looks for it: in the tool tip
of what is grey, and in the status bar when its key is pressed.

One idea: what is grey has a reason, and its key is not silent; nor does it go on telling what is over. Not
for finding the reasons (`allowed`), nor for what can be done only to some rows of a state.
"""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QShortcut

from app.values.fit_text import escaped
from app.views.frame import Frame
from app.words.plain import tip

_RESUME = "Resume… (Ctrl+Enter)"
_KEYED = ("Resume", "Clear", "Save", "Check", "EditValue", "Undo", "Redo")
"""Commands whose keys are heard wherever one is in the window."""


class WhyNot(QObject):
    """The reasons of one window. `told` carries a sentence for the status bar, `resume_refused` one that is
    told in the place of the sheet that was asked for.
    """

    told = Signal(object)
    resume_refused = Signal(object)

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._frame = frame
        self._reasons: Mapping[str, str] = {}
        self._keys = {name: self._listen(name) for name in _KEYED}

    def show(self, reasons: Mapping[str, str]) -> None:
        """Take in why commands are grey, by the ends of their names. The others are not grey."""
        before, self._reasons = self._reasons, reasons
        for over in set(before.values()).difference(reasons.values()):
            self._frame.status.end_message(over)
        self._frame.actions_.explain(reasons)
        self._frame.detail.header.resume.setToolTip(tip(escaped(reasons.get("Resume", _RESUME))))
        for name, key in self._keys.items():
            key.setEnabled(name in reasons)  # else it would take the key from the command

    def _listen(self, name: str) -> QShortcut:
        key = QShortcut(self._frame)
        key.setKeys(self._frame.actions_[f"action{name}"].shortcuts())
        key.setEnabled(False)
        key.activated.connect(lambda: self._tell(name))
        return key

    def _tell(self, name: str) -> None:
        """What is typed and refused comes first: it says itself what is wrong."""
        if self._frame.detail.state.view.in_place.finish() and name in self._reasons:
            reason = self._reasons[name]
            if name == "Resume":
                self.resume_refused.emit(reason)
            self.told.emit(reason)
