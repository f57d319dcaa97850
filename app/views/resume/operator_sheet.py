"""The sheet that asks who works here, for accounts that several people share.

One idea: what is saved, cleared and restored from here on stands in History under this name, until another is
chosen or the window is closed; an empty name is the account's own. Not for who may do what: nobody is asked
for a password.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.values.fit_text import escaped
from app.views.parts.name_box import NameBox
from app.views.parts.sheet import MARGIN, Sheet
from app.views.parts.widgets import Button, Label
from app.views.style.theme import Theme
from app.words.people_texts import signing_text

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class OperatorSheet(Sheet):
    """`operator_chosen` carries the name, empty for the account's own."""

    operator_chosen = Signal(object)

    def __init__(
        self, theme: Theme, window: QWidget, now: str, users: Sequence[str], account: str = ""
    ) -> None:
        super().__init__(theme, window, "account-outline", "Work as", "", 560)
        self.setObjectName("operatorSheet")
        whose = f", {escaped(account)}" if account else ""
        self.name = NameBox(theme, "Name", f"The name of this computer's account{whose}")
        self.name.addItems([escaped(user) for user in users])
        self.name.setCurrentIndex(-1)
        self.name.setEditText(now)
        self.use = Button(theme, "Use this name", kind="primary", grand=True)
        self.cancel = Button(theme, "Cancel", grand=True)
        self._fill(account)
        for widget in (self.name, self.name.lineEdit()):
            if widget is not None:
                widget.installEventFilter(self)

    @property
    def first(self) -> QWidget:
        """What has the keyboard when the sheet opens."""
        return self.name

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in the field uses the name."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in _ENTER:
            self._confirm()
            return True
        return super().eventFilter(watched, event)

    def _fill(self, account: str) -> None:
        px, column = self.theme.px, QVBoxLayout(self.body)
        column.setContentsMargins(px(MARGIN), px(18), px(MARGIN), px(20))
        column.setSpacing(px(8))
        column.addWidget(Label(self.theme, "Who works here now", "section"))
        column.addWidget(self.name)
        column.addWidget(Label(self.theme, signing_text(account), "small", "muted", wrap=True))
        column.addStretch(1)
        self.end_with(self.cancel, self.use)
        self.cancel.clicked.connect(self.close_sheet)
        self.use.clicked.connect(self._confirm)

    def _confirm(self) -> None:
        name = self.name.currentText().strip()
        self.close_sheet()
        self.operator_chosen.emit(name)
