"""The sheet that starts a launcher again on a saved state.

One idea: everything that will happen is seen before it happens (command, part by part; edits that are
saved first; attributes that are given), and the two things that a person must say are asked each time:
which animal, and who. Not for starting: it only says what was confirmed. Not for what the launcher will
make of the state.
"""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.draft import Draft
from app.edit_text import escaped
from app.exchange import ResumeChoice, ResumeOffer, ResumeRequest
from app.models.moments import ago, clock_or_day, moment
from app.views.fields import ComboBox
from app.views.given_table import EditsList, GivenTable
from app.views.resume_parts import CommandBox, HowToStart, checks, command_line, section
from app.views.sheet import MARGIN, Sheet
from app.views.subject_field import SubjectField
from app.views.theme import Theme
from app.views.widgets import Button, Label
from persistence.diff import Change
from persistence.document import Document

_WIDTH = 1064
_LEFT_WIDTH = 376


class ResumeSheet(Sheet):
    """`resume_requested` carries a ResumeRequest, when the main button was pressed."""

    resume_requested = Signal(object)

    def __init__(
        self, theme: Theme, window: QWidget, offer: ResumeOffer, document: Document | None,
        draft: Draft | None, now: datetime,
    ) -> None:  # fmt: skip
        """`document` is what the launcher will find, edits of `draft` included."""
        self._first = offer.choices[0] if offer.choices else None
        name = self._first.class_name if self._first and len(offer.choices) == 1 else "a launcher"
        super().__init__(
            theme, window, "play-circle-outline", f"Resume with {name}", _subtitle(offer, now), _WIDTH
        )
        self.setObjectName("resumeSheet")
        self._offer = offer
        self._document = document
        self._changes: Sequence[Change] = draft.changes if draft else ()
        self.subject = SubjectField(theme, offer.subject)
        self.user = ComboBox(theme, "User", 36)
        self.launcher = ComboBox(theme, "Launcher", 36)
        self.resume = Button(theme, self._resume_words(), "play", kind="primary", grand=True)
        self.copy = Button(theme, "Copy command", "content-copy", grand=True)
        self.cancel = Button(theme, "Cancel", grand=True)
        self._given = GivenTable(theme)
        self._given_count = Label(theme, "", "small", "muted")
        self._start_box = QVBoxLayout()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, self.body)
        self._line = QFrame()
        self._fill()
        self._connect()
        self._show_choice()

    @property
    def first(self) -> QWidget:
        """What has the keyboard when the sheet opens."""
        return self.subject.field

    @property
    def choice(self) -> ResumeChoice | None:
        """The launcher that is chosen; None for a session without any."""
        position = max(0, self.launcher.currentIndex())
        return self._offer.choices[position] if position < len(self._offer.choices) else None

    def set_one_column(self, narrow: bool) -> None:
        """Two columns side by side, or below each other where the window is narrow."""
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(down if narrow else across)
        self._left.setMinimumWidth(0 if narrow else self.theme.px(_LEFT_WIDTH))
        self._left.setMaximumWidth(16777215 if narrow else self.theme.px(_LEFT_WIDTH))
        self._line.setFixedSize(16777215, 1) if narrow else self._line.setFixedSize(1, 16777215)

    # --- within ---------------------------------------------------------------------------------------------

    def _fill(self) -> None:
        self._line.setObjectName("sheetLine")
        self.resume.setObjectName("resumeButton")
        self.copy.setObjectName("copyCommandButton")
        self.cancel.setObjectName("cancelButton")
        self._left = self._make_left()
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(0)
        self._columns.addWidget(self._left)
        self._columns.addWidget(self._line)
        self._columns.addWidget(self._make_right(), 1)
        self.foot.addWidget(self.copy)
        self.foot.addStretch(1)
        self.foot.addWidget(
            Label(self.theme, "Closing Rigstate leaves the launcher running.", "small", "muted")
        )
        self.foot.addSpacing(self.theme.px(8))
        self.foot.addWidget(self.cancel)
        self.foot.addWidget(self.resume)

    def _make_left(self) -> QWidget:
        left, column = self._make_column()
        column.addWidget(section(self.theme, "Subject"))
        column.addWidget(self.subject)
        column.addSpacing(self.theme.px(8))
        column.addWidget(section(self.theme, "User"))
        self.user.make_editable("Choose or type who resumes")
        self.user.addItems(list(self._offer.users))
        self.user.setCurrentIndex(-1)
        self.user.setEditText("")
        column.addWidget(self.user)
        column.addSpacing(self.theme.px(8))
        if len(self._offer.choices) > 1:
            column.addWidget(section(self.theme, "Launcher"))
            self.launcher.addItems([escaped(choice.class_name) for choice in self._offer.choices])
            column.addWidget(self.launcher)
            column.addSpacing(self.theme.px(8))
        else:
            self.launcher.setParent(self)  # a widget without one would outlive the sheet
            self.launcher.hide()
        column.addLayout(self._start_box)
        warnings = list(self._offer.warnings)
        if self._offer.resumed_as:
            warnings.append(f"This session was already resumed as {self._offer.resumed_as}.")
        column.addWidget(checks(self.theme, warnings))
        column.addStretch(1)
        return left

    def _make_right(self) -> QWidget:
        right, column = self._make_column()
        if self._changes:
            note = Label(self.theme, "saved before the launcher starts", "small", "muted")
            column.addLayout(_titled(section(self.theme, f"Unsaved edits ({len(self._changes)})"), note))
            column.addWidget(EditsList(self.theme, self._changes))
            column.addSpacing(self.theme.px(12))
        column.addLayout(_titled(section(self.theme, "What the launcher is given"), self._given_count))
        box = QFrame()
        box.setObjectName("box")
        inside = QVBoxLayout(box)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self._given)
        column.addWidget(box)
        column.addStretch(1)
        return right

    def _make_column(self) -> tuple[QWidget, QVBoxLayout]:
        px, widget = self.theme.px, QWidget()
        column = QVBoxLayout(widget)
        column.setContentsMargins(px(MARGIN), px(18), px(MARGIN), px(18))
        column.setSpacing(px(8))
        return widget, column

    def _connect(self) -> None:
        self.subject.changed.connect(self._show_ready)
        self.subject.field.returnPressed.connect(self._take_scan)
        self.user.editTextChanged.connect(self._show_ready)
        self.launcher.currentIndexChanged.connect(self._show_choice)
        self.cancel.clicked.connect(self.close_sheet)
        self.copy.clicked.connect(self._copy)
        self.resume.clicked.connect(self._confirm)

    def _take_scan(self) -> None:
        """A scanner ends with Enter: go on after the right subject, wait for another after a wrong one."""
        if self.subject.accepted:
            self.user.setFocus()
        else:
            self.subject.select_all()

    def _show_choice(self) -> None:
        choice = self.choice
        while (item := self._start_box.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if choice is not None:
            box = HowToStart(self.theme, choice) if choice.problem else CommandBox(self.theme, choice)
            self._start_box.addWidget(box)
            self._show_given(choice)
        self.copy.setEnabled(choice is not None and bool(choice.command))
        self._show_ready()

    def _show_given(self, choice: ResumeChoice) -> None:
        if self._document is None or choice.namespace not in self._document.namespaces:
            return
        edited = {
            str(change.place[0])
            for change in self._changes
            if change.namespace == choice.namespace and change.place
        }
        launcher = self._document.namespace(choice.namespace)
        self._given.given.set_launcher(launcher, edited)
        count = len(launcher.attributes)
        self._given_count.setText("1 attribute" if count == 1 else f"{count} attributes")

    def _show_ready(self) -> None:
        choice = self.choice
        startable = choice is not None and not choice.problem
        self.resume.setEnabled(startable and self.subject.accepted and bool(self._user()))

    def _user(self) -> str:
        return self.user.currentText().strip()

    def _resume_words(self) -> str:
        count = len(self._changes)
        if not count:
            return "Resume"
        return f"Save {count} change{'s' * (count != 1)} and resume"

    def _copy(self) -> None:
        if self.choice is not None:
            QGuiApplication.clipboard().setText(command_line(self.choice.command))

    def _confirm(self) -> None:
        if self.choice is not None:
            request = ResumeRequest(
                directory=self._offer.directory,
                namespace=self.choice.namespace,
                subject=self.subject.subject,
                user=self._user(),
                save_first=bool(self._changes),
                etag=self._offer.etag,
            )
            self.resume_requested.emit(request)
            self.close_sheet()


def _titled(title: Label, note: Label) -> QHBoxLayout:
    line = QHBoxLayout()
    line.addWidget(title)
    line.addStretch(1)
    line.addWidget(note)
    return line


def _subtitle(offer: ResumeOffer, now: datetime) -> str:
    saved = moment(offer.saved_at)
    parts = [offer.name]
    if saved is not None:
        same_day = saved.date() == now.date()
        age = f", {ago(saved, now)}" if same_day else f", {(now - saved).days} days ago"
        parts.append(f"saved {clock_or_day(saved, now, seconds=True)}{age}")
    parts += [choice.outcome for choice in offer.choices[:1] if choice.outcome and len(offer.choices) == 1]
    return "  ·  ".join(parts)
