"""The part of the Resume sheet that a person must fill in: which animal, and who resumes.

One idea: both are asked each time, and Enter leads from one to the other, as a scanner does. What is missing
is a sentence. Not for looking anybody up.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from app.values.fit_text import escaped
from app.views.parts.name_box import NameBox
from app.views.parts.remark import Remark
from app.views.parts.widgets import Label
from app.views.resume.subject_field import SubjectField, SubjectStand
from app.views.style.theme import Theme
from app.words.people_texts import new_name_text

_MISSING = {
    SubjectStand.WAITING: "Type or scan the subject first.",
    SubjectStand.WRONG: "The subject is not the one of this session.",
}
_UNTOLD = "Press Enter after the user's name."
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class People(QWidget):
    """`changed` is emitted at each keystroke, `scanned` when the keyboard went on from the subject to the
    user, `done` when Enter was pressed after all was filled in; `said` carries what is told of the name, as
    pairs of a widget and its text.
    """

    changed = Signal()
    scanned = Signal()
    done = Signal()
    said = Signal(object)

    def __init__(self, theme: Theme, expected: str, users: Sequence[str]) -> None:
        super().__init__()
        self.subject = SubjectField(theme, expected)
        self.user = NameBox(theme, "User", "Choose or type who resumes")
        self.user.setObjectName("userField")
        self.user.addItems([escaped(user) for user in users])
        self._known = tuple(users)
        self._new = Remark(theme, "alert", "amber")
        self._told = ""
        self.user.setCurrentIndex(-1)
        self.user.setEditText("")
        self._line = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._lay_out(theme)
        self.subject.changed.connect(self.changed)
        self.user.editTextChanged.connect(lambda _: self._tell(""))
        self.user.typed.connect(self._tell_new)
        self.subject.field.returnPressed.connect(self._take_scan)
        for widget in (self.user, self.user.lineEdit()):  # either has the keyboard
            if widget is not None:
                widget.installEventFilter(self)

    @property
    def user_name(self) -> str:
        """Who resumes, without spaces around the name."""
        return self.user.currentText().strip()

    @property
    def missing(self) -> str:
        """The sentence that says what is still to be filled in; empty when nothing is."""
        if not self.subject.accepted:
            return _MISSING.get(self.subject.stand, "")
        if not self.user_name:
            return "Choose or type who resumes."
        return "" if self._told == new_name_text(self.user_name, self._known) else _UNTOLD

    def fill_in(self, subject: str, user: str) -> None:
        """What was typed before the sheet had to go for another one."""
        self.subject.field.setText(subject)
        self.user.setEditText(user)
        self._tell_new()

    def add_known(self, users: Sequence[str]) -> None:
        """More names that are known; what is typed or chosen stays."""
        others = tuple(one for one in users if one not in self._known)
        if not others:
            return
        self._known += others
        typed, chosen = self.user.currentText(), self.user.currentIndex()
        quiet = QSignalBlocker(self.user)
        self.user.addItems([escaped(user) for user in others])
        self.user.setCurrentIndex(chosen)
        self.user.setEditText(typed)
        quiet.unblock()
        if self._told:
            self._tell_new()

    def set_side_by_side(self, wide: bool) -> None:
        """Subject and user beside each other, where there is the width for it and no height to lose."""
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._line.setDirection(across if wide else down)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in the user's field goes on, when all is filled in."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in _ENTER:
            self._tell_new()
            if not self.missing:
                self.done.emit()
            return True
        return super().eventFilter(watched, event)

    def _tell_new(self) -> None:
        """A name that nobody had yet may be mistyped; while it is typed it is no name yet."""
        self._tell(new_name_text(self.user_name, self._known))

    def _tell(self, text: str) -> None:
        self._told = text
        self._new.say(text)
        self.said.emit([(self._new, text)] if text else [])
        self.changed.emit()

    def _take_scan(self) -> None:
        """A scanner ends with Enter: go on after the right subject, wait for another after a wrong one."""
        if self.subject.accepted:
            self.user.setFocus()
            self.scanned.emit()
        else:
            self.subject.select_all()

    def _lay_out(self, theme: Theme) -> None:
        px = theme.px
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(px(16))
        for title, widget in (("Subject", self.subject), ("User", self.user)):
            part = QWidget()
            column = QVBoxLayout(part)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(px(8))
            column.addWidget(Label(theme, title, "section"))
            column.addWidget(widget)
            if widget is self.user:
                column.addWidget(self._new)
            column.addStretch(1)
            self._line.addWidget(part, 1)
