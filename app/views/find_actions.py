"""Finding by menu or key in what is shown of a session: the filter of attributes, and the next match.

One idea: one looks for something in what is shown, and the keyboard goes where the words are typed. Not for
what a filter finds, nor for the filter of sessions, which is there before (`frame`).
"""

from PySide6.QtCore import QObject

from app.views.frame import Frame


class FindActions(QObject):
    """Connects the actions of one window."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._frame = frame
        for name, slot in {
            "FindAttributes": self._find_attributes,
            "FindNext": lambda: self._find(1),
            "FindPrevious": lambda: self._find(-1),
        }.items():
            frame.actions_[f"action{name}"].triggered.connect(slot)

    def _find_attributes(self) -> None:
        self._frame.detail.tabs.setCurrentWidget(self._frame.detail.state)
        self._frame.focus_filter(self._frame.detail.state.filter)

    def _find(self, by: int) -> None:
        """The next match, or the one before, in what is shown; else in the raw file."""
        if not self._frame.detail.find_next(by):
            self._frame.actions_["actionFindRaw" if by > 0 else "actionFindRawBack"].trigger()
