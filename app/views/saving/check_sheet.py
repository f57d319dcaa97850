"""The sheet that shows what the launchers make of the state as it is edited now, attribute by attribute.

One idea: it can be looked at before anything is saved, and it changes nothing. Not for saving, nor for
starting a launcher.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from app.checks import Checks
from app.values.fit_text import escaped
from app.views.parts.sheet import MARGIN, Sheet
from app.views.parts.widgets import Button, Label
from app.views.saving.check_part import CheckPart
from app.views.style.theme import Theme

_WIDTH = 880
_MOST_ROWS = 16
_ABOUT = (
    "The launcher is asked in a process of its own: it takes the state in and gives it back. No experiment "
    "is run, and no file of yours is changed."
)


class CheckSheet(Sheet):
    """`stop_requested`: the operator does not want to wait. Closing stops it, too."""

    stop_requested = Signal()

    def __init__(self, theme: Theme, window: QWidget, name: str) -> None:
        """`name` is the session's."""
        super().__init__(theme, window, "clipboard-check-outline", "Check with the launcher", name, _WIDTH)
        self.setObjectName("checkSheet")
        self.part = CheckPart(theme, all_rows=True, tick=False, most_rows=_MOST_ROWS)
        self._about = Label(theme, _ABOUT, "small", "muted", wrap=True)
        self._printed_title = Label(theme, "What it printed", "section")
        self._printed = QPlainTextEdit()
        self.close_button = Button(theme, "Close", grand=True)
        self._fill()
        self.part.stop_requested.connect(self.stop_requested)
        self.close_button.clicked.connect(self.close_sheet)
        self.closed.connect(self.stop_requested)

    @property
    def first(self) -> QWidget:
        """What has the keyboard when the sheet opens."""
        return self.close_button

    def show_checks(self, checks: Checks) -> None:
        """Show what is known now."""
        self.part.show_checks(checks)
        tried = any(one.how != "not_asked" for one in checks.launchers)
        self._about.setVisible(tried or bool(checks.asking) or not checks.answered)
        lines = [one.found.printed for one in checks.launchers if one.found is not None]
        text = "\n".join(escaped(line) for printed in lines for line in printed.splitlines())
        self._printed.setPlainText(text)
        self._printed.setVisible(bool(text))
        self._printed_title.setVisible(bool(text))

    def _fill(self) -> None:
        px, whole = self.theme.px, QVBoxLayout(self.body)
        whole.setContentsMargins(px(MARGIN), px(18), px(MARGIN), px(20))
        whole.setSpacing(px(12))
        self._printed.setObjectName("registryLines")
        self._printed.setReadOnly(True)
        self._printed.setTabChangesFocus(True)
        self._printed.setFont(self.theme.font("mono"))
        self._printed.setAccessibleName("What the launcher printed")
        self._printed.setFixedHeight(px(140))
        for widget in (self._about, self.part, self._printed_title, self._printed):
            whole.addWidget(widget)
        self._printed.hide()
        self._printed_title.hide()
        whole.addStretch(1)
        self.close_button.setObjectName("closeButton")
        self.end_with(self.close_button)
