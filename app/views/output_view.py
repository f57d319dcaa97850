"""The Output tab: what a launcher that was started from here says.

One idea: each run keeps its own text, at most its last 10,000 lines; the tab shows the latest run of the
selected session, also when the selected session is the one that the run made. Closing the window leaves the
process running. Not for starting or watching it.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QStackedWidget, QVBoxLayout, QWidget

from app.edit_text import escaped
from app.exchange import Run
from app.views.looks import Look
from app.views.theme import Theme
from app.views.widgets import Label, Pill

_MOST_LINES = 10_000
_STATES = {
    "starting": (Look("progress-check", "blue"), "Starting"),
    "running": (Look("play-circle", "blue"), "Running"),
    "ended": (Look("check-circle", "green"), "Ended"),
    "failed": (Look("close-circle", "vermilion"), "Failed"),
}


class OutputView(QWidget):
    """The output of the runs, one shown at a time."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("outputPage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        self._runs: dict[str, Run] = {}
        self._texts: dict[str, QPlainTextEdit] = {}
        self._shown = ""
        self._pill = Pill(theme)
        self._title = Label(theme, "", "strong")
        self._note = Label(theme, "", "small", "muted", wrap=True)
        self._stack = QStackedWidget()
        self._lay_out()

    def put(self, run: Run) -> None:
        """Take note of a run, or of what became of it."""
        if run.key not in self._texts:
            self._texts[run.key] = self._new_text(run)
            self._stack.addWidget(self._texts[run.key])
        self._runs.pop(run.key, None)
        self._runs[run.key] = run  # the latest run comes last
        if run.key == self._shown:
            self._show_head(run)

    def append(self, key: str, text: str) -> None:
        """Add what a run has said; unknown runs are ignored."""
        field = self._texts.get(key)
        if field is not None:
            bar = field.verticalScrollBar()
            at_end = bar.value() >= bar.maximum() - 4
            cursor = QTextCursor(field.document())
            cursor.movePosition(QTextCursor.MoveOperation.End)
            cursor.insertText(text)
            if at_end:
                bar.setValue(bar.maximum())

    def run_of(self, directory: str | None) -> Run | None:
        """The latest run of a session: started from it, or having made it."""
        found = [
            run for run in self._runs.values() if directory and directory in (run.directory, run.session)
        ]
        return found[-1] if found else None

    def show_run(self, run: Run) -> None:
        """Show one run."""
        self._shown = run.key
        self._stack.setCurrentWidget(self._texts[run.key])
        self._show_head(run)

    def text(self, key: str) -> str:
        """What a run has said, as far as it is kept."""
        field = self._texts.get(key)
        return field.toPlainText() if field is not None else ""

    def _show_head(self, run: Run) -> None:
        look, word = _STATES[run.state]
        self._pill.show_status(look, word)
        self._title.setText(escaped(run.title))
        process = f"Process {run.pid}. " if run.pid else ""
        self._note.setText(f"{process}{escaped(run.note)}".strip())

    def _new_text(self, run: Run) -> QPlainTextEdit:
        field = QPlainTextEdit()
        field.setObjectName("outputView")
        field.setReadOnly(True)
        field.setMaximumBlockCount(_MOST_LINES)
        field.setFont(self._theme.font("mono"))
        field.setTabChangesFocus(True)
        field.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        field.setAccessibleName(f"Output of {run.title}")
        return field

    def _lay_out(self) -> None:
        px = self._theme.px
        first = QHBoxLayout()
        first.setSpacing(px(10))
        first.addWidget(self._title)
        first.addWidget(self._pill)
        first.addStretch(1)
        head = QVBoxLayout()
        head.setContentsMargins(px(16), px(12), px(16), px(10))
        head.setSpacing(px(4))
        head.addLayout(first)
        head.addWidget(self._note)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(self._stack, 1)
