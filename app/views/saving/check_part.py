"""A check of a draft as part of a sheet: who was asked, what they said, and the wait in between.

One idea: it shows what is known now and asks for nothing by itself. Quick answers come without a flicker;
a wait of more than half a second shows itself, and can be ended. What a launcher refused stands there with a
tick that has to be set before anything is saved all the same. Not for asking, and not for saving.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from app.checks import Checks
from app.views.parts.choices import Tick
from app.views.parts.nesting import nest
from app.views.parts.sheet import boxed
from app.views.parts.taking_long import ASKING_MS, TakingLong
from app.views.parts.widgets import Button, Glyph, Label
from app.views.saving.check_table import CheckTable
from app.views.style.theme import Theme
from app.words.check_texts import CheckRow, Sentence, refused, rows, sentences, strange, warnings

_MOST_WARNINGS = 20
_GLYPHS = {"green": "check-circle", "amber": "alert", "vermilion": "cancel", "muted": "information-outline"}


class CheckPart(QWidget):
    """`stop_requested` when nobody wants to wait; `changed` when what `allows` and `waiting` say is new.

    With `all_rows` every attribute has its line, else those that need a look. With `tick` a refusal has to be
    confirmed.
    """

    stop_requested = Signal()
    changed = Signal()

    def __init__(self, theme: Theme, *, all_rows: bool, tick: bool, most_rows: int = 8) -> None:
        super().__init__()
        self.setObjectName("checkPart")
        self._theme = theme
        self._all_rows = all_rows
        self._may_tick = tick
        self._checks: Checks | None = None
        self._rows: tuple[CheckRow, ...] = ()
        self._said: tuple[Sentence, ...] = ()
        self.table = CheckTable(theme, most_rows)
        self._box = boxed(self.table)
        self._sentences = QVBoxLayout()
        self._warnings = Label(theme, "", "small", "muted", wrap=True)
        self.tick = Tick(theme, "Save all the same")
        self._wait, self._asking = QWidget(), Label(theme, "", wrap=True)
        self.stop = Button(theme, "Do not wait")
        self._long = TakingLong(self, ASKING_MS)
        self._lay_out()
        self.stop.clicked.connect(self.stop_requested)
        self.tick.toggled.connect(self.changed)
        self._long.timeout.connect(self._wait.show)

    @property
    def waiting(self) -> bool:
        """Whether a launcher is being asked."""
        return self._checks is not None and (bool(self._checks.asking) or not self._checks.answered)

    @property
    def is_known(self) -> bool:
        """Whether there is anything to show."""
        return self._checks is not None

    @property
    def was_asked(self) -> bool:
        """Whether there is a launcher that could be asked."""
        launchers = self._checks.launchers if self._checks is not None else ()
        return any(launcher.how in ("asked", "stopped") for launcher in launchers)

    @property
    def is_silent(self) -> bool:
        """Whether nothing that was found out needs a look."""
        if self._checks is None:
            return True
        failed = any(launcher.how == "failed" for launcher in self._checks.launchers)
        looked = failed or strange(self._checks) or any(row.needs_a_look for row in self._rows)
        return not (self.waiting or looked)

    @property
    def allows(self) -> bool:
        """Whether one may save: nobody is being asked, and what was refused was confirmed."""
        confirmed = not self._may_tick or self.tick.isChecked()
        return not self.waiting and (self._checks is None or not refused(self._checks) or confirmed)

    def show_checks(self, checks: Checks | None) -> None:
        """Show what is known now; None for nothing yet. A tick counts for the refusal that it was set for."""
        found = rows(checks) if checks else ()
        if found != self._rows:
            self.tick.setChecked(False)
        self._checks, self._rows = checks, found
        self._show_wait(checks.asking if checks else "")
        self._show_sentences(sentences(checks, brief=not self._all_rows) if checks else ())
        shown = found if self._all_rows else tuple(row for row in found if row.needs_a_look)
        self.table.checked.set_rows(shown)
        self._box.setVisible(bool(shown))
        heard = warnings(checks) if checks else ()
        more = (f"and {len(heard) - _MOST_WARNINGS} more",) if len(heard) > _MOST_WARNINGS else ()
        self._warnings.setText("\n".join([*heard[:_MOST_WARNINGS], *more]))
        self._warnings.setVisible(bool(heard))
        self.tick.setVisible(self._may_tick and checks is not None and refused(checks))
        self.setVisible(checks is not None)
        self.changed.emit()

    # --- within ---------------------------------------------------------------------------------------------

    def _show_wait(self, namespace: str) -> None:
        if not namespace:
            self._long.stop()
            self._wait.hide()
            return
        self._asking.setText(f"Asking {namespace.rpartition('.')[2]} …")
        if not self._wait.isVisibleTo(self) and not self._long.isActive():
            self._long.start()

    def _show_sentences(self, said: tuple[Sentence, ...]) -> None:
        if said == self._said:
            return
        self._said = said
        while (item := self._sentences.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for sentence in said:
            line = _line(self._theme, sentence)
            self._sentences.addWidget(line)
            line.show()
        self.setAccessibleDescription(" ".join(sentence.text for sentence in said))

    def _lay_out(self) -> None:
        px, waiting, bar = self._theme.px, QHBoxLayout(self._wait), QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setFixedSize(px(120), px(6))
        bar.setAccessibleName("Asking the launcher")
        waiting.setContentsMargins(0, 0, 0, 0)
        waiting.setSpacing(px(12))
        waiting.addWidget(bar)
        waiting.addWidget(self._asking, 1)
        waiting.addWidget(self.stop)
        self.stop.setObjectName("stopCheckButton")
        self.tick.setObjectName("saveAllTheSame")
        self._warnings.setAccessibleName("What the launcher warned of")
        self._sentences.setSpacing(px(6))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(px(10))
        whole.addWidget(self._wait)
        nest(whole, self._sentences)
        parts: tuple[QWidget, ...] = (self._box, self._warnings, self.tick)
        for part in parts:
            whole.addWidget(part)
        for part in (self._wait, *parts):
            part.hide()
        self.hide()


def _line(theme: Theme, sentence: Sentence) -> QWidget:
    box = QWidget()
    line = QHBoxLayout(box)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(theme.px(8))
    line.addWidget(Glyph(theme, _GLYPHS[sentence.tone], sentence.tone), 0, Qt.AlignmentFlag.AlignTop)
    tone = "muted" if sentence.tone == "muted" else ""
    text = Label(theme, sentence.text, tone=tone, wrap=True)
    text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    line.addWidget(text, 1)
    return box
