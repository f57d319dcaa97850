"""The Output tab: what a launcher that was started from here says, and what it restored.

One idea: each run keeps its own text, at most its last 10,000 lines; the tab shows the latest run of the
selected session, also when the selected session is the one that the run made. Closing the window leaves the
process running, and the next one shows it again. Not for starting, following or stopping it.
"""

from PySide6.QtCore import Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from app.resume_exchange import Run
from app.values.fit_text import escaped
from app.views.parts.nesting import nest
from app.views.parts.scrolled import Scrolled, Wrapping
from app.views.parts.widgets import Button, Label, Pill
from app.views.resume.loaded_box import LoadedBox
from app.views.style.looks import RUN_LOOKS
from app.views.style.theme import Theme
from app.words.plain import tip
from app.words.run_texts import came_from, run_name

_MOST_LINES = 10_000
_LEAST = 80
"""Of the height, for the output: where there is less, one scrolls from what is said above to it."""


class OutputView(QWidget):
    """The output of the runs, one shown at a time. `stop_requested` carries a Run, `output_wanted` the key of
    a run that ended before and was not read yet.
    """

    stop_requested = Signal(object)
    output_wanted = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("outputPage")
        self._theme = theme
        self._runs: dict[str, Run] = {}
        self._texts: dict[str, QPlainTextEdit] = {}
        self._shown = ""
        self._pill = Pill(theme)
        self._title = Label(theme, "", "strong")
        self._note = Label(theme, "", "small", "muted", wrap=True)
        self.stop = Button(theme, "Stop…", "stop")
        self.stop.setObjectName("stopButton")
        self._loaded = LoadedBox(theme)
        self._stack = QStackedWidget()
        self._area = Scrolled()
        self._lay_out()
        self.stop.clicked.connect(self._ask_stop)

    def put(self, run: Run) -> None:
        """Take note of a run, or of what became of it."""
        self._runs.pop(run.key, None)
        self._runs[run.key] = run  # the latest run comes last
        if run.key == self._shown:
            self._show_head(run)

    def append(self, key: str, text: str) -> None:
        """Add what a run has said; unknown runs are ignored."""
        if key not in self._runs:
            return
        field = self._field(self._runs[key])
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
        return max(found, key=lambda run: run.key, default=None)

    def run_that_made(self, session: str) -> Run | None:
        """The run that has made a session."""
        return next((run for run in self._runs.values() if session and run.session == session), None)

    def show_run(self, run: Run) -> None:
        """Show one run; of one that ended before this window was opened, the output is asked for."""
        self._shown = run.key
        if run.found and run.key not in self._texts:
            self.output_wanted.emit(run.key)
        self._stack.setCurrentWidget(self._field(run))
        self._show_head(run)

    def text(self, key: str) -> str:
        """What a run has said, as far as it is kept."""
        field = self._texts.get(key)
        return field.toPlainText() if field is not None else ""

    # --- within ---------------------------------------------------------------------------------------------

    def _show_head(self, run: Run) -> None:
        look, word = RUN_LOOKS[run.state]
        self._pill.show_status(look, word)
        self._title.setText(run_name(run))
        self._field(run).setAccessibleName(f"Output of {run_name(run)}")
        process = f"Process {run.pid}." if run.pid else ""
        self._note.setText(" ".join(filter(None, (came_from(run), process, escaped(run.note)))))
        self._note.setToolTip(tip(" ".join(map(escaped, run.command))))
        self.stop.setVisible(run.state in ("starting", "running", "stopping"))
        self.stop.set_words("End it now…" if run.state == "stopping" else "Stop…")
        # One that refused has restored nothing, whatever it says that it would have.
        self._loaded.show_loaded([one for one in run.loaded if not (run.refused and one.restored)])

    def _ask_stop(self) -> None:
        if self._shown in self._runs:
            self.stop_requested.emit(self._runs[self._shown])

    def _field(self, run: Run) -> QPlainTextEdit:
        if run.key not in self._texts:
            self._texts[run.key] = self._new_text()
            self._stack.addWidget(self._texts[run.key])
        return self._texts[run.key]

    def _new_text(self) -> QPlainTextEdit:
        field = QPlainTextEdit()
        field.setObjectName("outputView")
        field.setReadOnly(True)
        field.setMaximumBlockCount(_MOST_LINES)
        field.setFont(self._theme.font("mono"))
        field.setTabChangesFocus(True)
        field.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self._area.follow(field)
        return field

    def _lay_out(self) -> None:
        px = self._theme.px
        first = QHBoxLayout()
        first.setSpacing(px(10))
        for widget in (self._title, self._pill):
            first.addWidget(widget)
        first.addStretch(1)
        first.addWidget(self.stop)
        first.setContentsMargins(px(16), px(12), px(16), px(4))
        words = QVBoxLayout()
        words.setContentsMargins(px(16), 0, px(16), px(10))
        words.setSpacing(px(4))
        words.addWidget(self._note)
        words.addWidget(self._loaded)
        inside = Wrapping()
        below = QVBoxLayout(inside)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(0)
        nest(below, words)
        below.addWidget(self._stack, 1)
        self._stack.setMinimumHeight(px(_LEAST))
        self._stack.setSizePolicy(
            QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored
        )  # else what it hints
        self._area.put(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        nest(whole, first)
        whole.addWidget(self._area, 1)
