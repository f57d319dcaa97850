"""The sheet that asks before a launcher is stopped: what will happen, and when.

One idea: an animal may be in there; the default is to leave it running, and stopping begins gently. Not for
stopping: it only says what was confirmed.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.resume_exchange import Run
from app.runs.stopping import FIRMLY
from app.values.fit_text import escaped
from app.views.parts.nesting import nest
from app.views.parts.remark import Remark
from app.views.parts.sheet import MARGIN, Sheet
from app.views.parts.widgets import Button, Glyph, Label
from app.views.style.theme import Theme
from app.words.run_texts import came_from, run_name

_GENTLY = (
    "The launcher is asked to end, as Ctrl+C does: it ends its task and saves its state.",
    f"What has not ended after {FIRMLY:.0f} seconds is ended for good, with all that it started.",
)
_ENDED = "The run has ended by itself."
_OVER = ("ended", "failed", "stopped")
_AT_ONCE = (
    "The launcher was asked to end and is still doing so.",
    "It is ended now for good, with all that it started. What it has not saved is lost.",
)


class StopSheet(Sheet):
    """`stop_confirmed` carries the key of the run."""

    stop_confirmed = Signal(object)

    def __init__(self, theme: Theme, window: QWidget, run: Run) -> None:
        again = run.state == "stopping"
        title = "End the launcher now" if again else "Stop the launcher"
        super().__init__(theme, window, "stop-circle-outline", title, run_name(run), 620)
        self.setObjectName("stopSheet")
        self._run = run
        self.leave = Button(theme, "Leave it running", grand=True)
        self.leave.setObjectName("cancelButton")
        self.stop = Button(theme, "End it now" if again else "Stop it", "stop", kind="danger", grand=True)
        self.stop.setObjectName("stopItButton")
        self._about = Label(theme, _about(run), "small", "muted", wrap=True)
        self._sentences, self._ended = QWidget(), Remark(theme, "check")
        self._fill(_AT_ONCE if again else _GENTLY)

    @property
    def first(self) -> QWidget:
        """What has the keyboard when the sheet opens."""
        return self.leave

    def take_run(self, run: Run) -> None:
        """What became of the run meanwhile: one that has ended cannot be stopped any more.

        The sheet stays and says so: what is typed into it just then is not to go to the window.
        """
        if run.key == self._run.key and run.state in _OVER:
            self._about.setText(_about(run))
            self._sentences.hide()
            self._ended.say("The run was stopped." if run.state == "stopped" else _ENDED)
            self.leave.set_words("Close")
            self.leave.setFocus(Qt.FocusReason.OtherFocusReason)
            self.stop.hide()

    def _fill(self, sentences: tuple[str, ...]) -> None:
        px, column = self.theme.px, QVBoxLayout(self.body)
        column.setContentsMargins(px(MARGIN), px(18), px(MARGIN), px(20))
        column.setSpacing(px(8))
        lines = QVBoxLayout(self._sentences)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(px(8))
        for part in (self._about, self._ended, self._sentences):
            column.addWidget(part)
        for sentence in sentences:
            line = QHBoxLayout()
            line.setSpacing(px(10))
            line.addWidget(Glyph(self.theme, "stop-circle-outline", "vermilion"))
            line.addWidget(Label(self.theme, sentence, wrap=True), 1)
            nest(lines, line)
        column.addStretch(1)
        self.end_with(self.leave, self.stop)
        self.leave.clicked.connect(self.close_sheet)
        self.stop.clicked.connect(self._confirm)

    def _confirm(self) -> None:
        self.close_sheet()
        self.stop_confirmed.emit(self._run.key)


def _about(run: Run) -> str:
    process = f"Process {run.pid}." if run.pid else ""
    return " ".join(filter(None, (came_from(run), process, escaped(run.note))))
