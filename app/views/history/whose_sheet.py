"""The sheet that asks whose state a crash's record is, where the session's files do not tell it for sure.

One idea: nothing is guessed. What is known is offered to be chosen; else the launcher is typed, as
module.Class. Not for reading the record.
"""

from __future__ import annotations

import re

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from app.past_errands import Crash
from app.values.fit_text import escaped
from app.views.parts.choices import Radio
from app.views.parts.fields import TextField
from app.views.parts.sheet import MARGIN, Sheet
from app.views.parts.widgets import Button, Label
from app.views.style.theme import Theme

_NAME = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)+")


class WhoseSheet(Sheet):
    """`chosen` carries the launcher, as module.Class."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, window: QWidget, session: str, crash: Crash) -> None:
        super().__init__(theme, window, "help-circle-outline", "Whose state is it?", session, 620)
        self.setObjectName("whoseSheet")
        self._crash = crash
        self._launcher = ""
        self._field = TextField()
        self._go = Button(theme, "Go on", "arrow-right", kind="primary", grand=True)
        self._first: QWidget = self._field
        self._fill()

    @property
    def first(self) -> QWidget:
        """What has the keyboard when the sheet opens."""
        return self._first

    def _fill(self) -> None:
        px, whole = self.theme.px, QVBoxLayout(self.body)
        whole.setContentsMargins(px(MARGIN), px(18), px(MARGIN), px(20))
        whole.setSpacing(px(10))
        named = f" Its class is {escaped(self._crash.class_name)}." if self._crash.class_name else ""
        text = f"The crash's record does not say for sure which launcher it is of.{named}"
        whole.addWidget(Label(self.theme, text, wrap=True))
        if self._crash.launchers:
            self._field.setParent(self.body)
            self._field.hide()
            self._add_choices(whole)
        else:
            self._add_field(whole)
        whole.addStretch(1)
        cancel = Button(self.theme, "Cancel", grand=True)
        cancel.clicked.connect(self.close_sheet)
        self._go.clicked.connect(self._confirm)
        self.end_with(cancel, self._go)
        self._choose(self._launcher)

    def _add_choices(self, whole: QVBoxLayout) -> None:
        group = QButtonGroup(self)
        for name in self._crash.launchers:
            radio = Radio(self.theme, escaped(name))
            radio.clicked.connect(lambda _=False, chosen=name: self._choose(chosen))
            group.addButton(radio)
            whole.addWidget(radio)
        self._first = group.buttons()[0]

    def _add_field(self, whole: QVBoxLayout) -> None:
        self._field.setAccessibleName("Launcher, as module.Class")
        self._field.setPlaceholderText("my_project.launchers.my_launcher.MyLauncher")
        self._field.setFixedHeight(self.theme.px(36))
        self._field.textChanged.connect(self._choose)
        self._field.returnPressed.connect(self._go.click)
        whole.addWidget(Label(self.theme, "Launcher, as module.Class", "section"))
        whole.addWidget(self._field)

    def _choose(self, launcher: str) -> None:
        self._launcher = launcher.strip()
        self._go.setEnabled(_NAME.fullmatch(self._launcher) is not None)

    def _confirm(self) -> None:
        self.close_sheet()
        self.chosen.emit(self._launcher)
