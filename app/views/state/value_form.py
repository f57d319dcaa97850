"""Type and value as a form: the choice of a type, the box, and what the text means as that type.

One idea: the text is parsed at each keystroke (a long one at each pause) as the type that is chosen; what is
wrong stands below the box, and `parsed` says it. Another type offers the value converted, as long as nothing
was typed; what was typed stays. Not for what becomes of the value (`value_sheets`).
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.values.box_text import MANY_LINES, MAX_CHARACTERS, TEXTS, Boxed, parse_box
from app.values.edit_text import Parsed, parse
from app.values.retyping import CHOICES, Guess, guessed, offered
from app.views.parts.nesting import nest
from app.views.parts.widgets import Button, Glyph, Label
from app.views.state.kind_choice import KindChoice
from app.views.state.value_box import ValueBox
from app.views.style.kind_icons import KIND_ICONS
from app.views.style.theme import Theme
from app.words.comma_texts import kept_text, parted_text
from app.words.kind_texts import example_text, guess_text, retyped_text
from persistence.values.json_text import JSON
from persistence.values.kinds import Kind, kind_of
from persistence.values.readable import EMPTY_TEXT

_ESCAPES = r"Written with escapes: \r is a carriage return, \\ a backslash."
TAKE_TYPE = "Ctrl+T"
"""The key that takes the other way: it keeps a text what it is, or makes it what it could be."""
_PAUSE_MS = 150
"""A long text is judged when the hand pauses."""


class ValueForm(QWidget):
    """`changed` tells of every keystroke and choice, `confirmed` of Enter."""

    changed = Signal()
    confirmed = Signal()

    def __init__(self, theme: Theme, value: JSON, kind: Kind | None = None, *, lines: int = 6) -> None:
        """Begins with a value; `kind` is chosen at first, else its own. `lines` are shown of long texts."""
        super().__init__()
        self._lines = lines
        self._theme = theme
        self._value = value
        self._start = Boxed("")
        self._typed = False
        self._fixed = False
        self._follows = False
        self._guess = Guess()
        self._aside = ""
        self._brought = ""
        self._parsed: Parsed | None = None
        self._hint: Callable[[JSON], str] = _no_hint
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._judge)
        self._kind_row = QWidget()
        self.kinds = KindChoice(theme)
        self.box = ValueBox(theme)
        self._glyph = Glyph(theme, "alert-circle", "vermilion", 14)
        self._verdict = Label(theme, "", "small", "vermilion", wrap=True)
        self._count = Label(theme, "", "small", "muted")
        self._kind_glyph = Glyph(theme, KIND_ICONS[Kind.TEXT], "muted", 14)
        self._kind_words = Label(theme, "", "small", "muted")
        self._escapes = Label(theme, _ESCAPES, "small", "muted", wrap=True)
        self.offer = Button(theme, "", kind="inline")
        self.offer.setObjectName("otherType")
        self._lay_out()
        self._connect()
        self.choose(kind or kind_of(value))

    def _connect(self) -> None:
        self.kinds.gone_on.connect(lambda: self.box.setFocus(Qt.FocusReason.TabFocusReason))
        self.kinds.confirmed.connect(self.confirmed)
        self.offer.clicked.connect(self.take_offer)
        self.box.edited.connect(self._take_typed)
        self.box.confirmed.connect(self.confirmed)
        self.kinds.currentIndexChanged.connect(self._take_kind)

    # --- setters --------------------------------------------------------------------------------------------

    def choose(self, kind: Kind) -> None:
        """Choose a type."""
        if self.kinds.currentIndex() == CHOICES.index(kind):
            self._take_kind()
        self.kinds.setCurrentIndex(CHOICES.index(kind))

    def type_in(self, text: str) -> None:
        """Put a text into the box as if somebody had typed it, but for what would be lost: it is at hand."""
        self._brought = text
        self.box.setPlainText(text)

    def hint_by(self, hint: Callable[[JSON], str]) -> None:
        """Say from now on what should be known of a value, in amber; it is never a reason not to take it."""
        self._hint = hint
        self.judge_again()

    def judge_again(self) -> None:
        """Say what is to be said of the value, as it is known now."""
        if not self._pause.isActive():
            self._judge()

    def follow_type(self) -> None:
        """Take from now on what is typed for what it looks like, for as long as nobody has chosen a type; the
        type stands beside the value, and the choice of one below it: few need that, and Tab comes there last.
        """
        self._follows = True
        self._kind_glyph.show()
        self._kind_words.show()
        self._put_kinds_last()
        self.kinds.activated.connect(self._keep_chosen)

    def take_offer(self) -> bool:
        """Keep as a text what was taken for something else, or make of a text what it could be; False where
        there is no other way.
        """
        if self._guess.other is None:
            return False
        self._become(self._guess.other)
        self._keep_chosen()
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def fix_kind(self) -> None:
        """Leave no choice of a type, nor of whether a moment has a zone."""
        self._fixed = True
        self._kind_row.hide()

    # --- what it says ---------------------------------------------------------------------------------------

    @property
    def kind(self) -> Kind:
        """The type that is chosen."""
        return self.kinds.kind

    @property
    def typed(self) -> bool:
        """Whether somebody typed something that would be lost."""
        return self._typed and self.box.text() not in (self._start.text, self._brought, EMPTY_TEXT)

    @property
    def parsed(self) -> Parsed:
        """What the text means; what was not touched is the very value that the box opened with."""
        if self._parsed is None:
            self._parsed = self._parse()
        return self._parsed

    # --- within ---------------------------------------------------------------------------------------------

    def _keep_chosen(self) -> None:
        """A type was chosen: the text is meant to be of it."""
        self._follows = False
        self._guess = Guess()
        self._judge()

    def _follow(self) -> None:
        if self._follows and self._typed and self.kind in (Kind.TEXT, self._guess.taken):
            self._guess = guessed(self.box.text())
            self._become(self._guess.taken or Kind.TEXT)

    def _become(self, kind: Kind) -> None:
        """Another type, with the text, its box, the place of the cursor and the keyboard as they are."""
        if kind is not self.kind:
            self.kinds.put(kind)
            self._parsed = None

    def _show_offer(self) -> None:
        said = guess_text(self.box.text(), self._guess, TAKE_TYPE)
        self.offer.set_words(said)
        self.offer.setVisible(bool(said))
        self._kind_glyph.set_icon(KIND_ICONS[self.kind], "muted")
        self._kind_words.setText(str(self.kind))

    def _parse(self) -> Parsed:
        text = self.box.text()
        if self.kind is Kind.EMPTY:
            return Parsed(None, Kind.EMPTY)
        if text == self._start.text and self.kind is kind_of(self._value):
            return Parsed(self._value, self.kind)
        if self._fixed and self.kind not in MANY_LINES:
            return parse(text, self._value)
        return parse_box(text, self.kind, escapes=self._start.escapes)

    def _take_kind(self) -> None:
        kind = self.kind
        if self._typed and not self.box.isReadOnly():
            self._aside = self.box.text()
        self.box.set_many_lines(kind in MANY_LINES, self._lines)
        self.box.setReadOnly(kind is Kind.EMPTY)
        if kind is Kind.EMPTY:
            self.box.put(EMPTY_TEXT)
        elif self._typed:
            self.box.put(self._aside)
        else:
            self._start = offered(self._value, kind)
            if len(self._start.text) > MAX_CHARACTERS:
                self._start = Boxed("")  # laying it out would hold the window up
            self.box.put(self._start.text)
        self._parsed = None
        self._judge()

    def _take_typed(self) -> None:
        self._typed = True
        self._parsed = None
        if self.box.is_long:
            self._pause.start()
        else:
            self._judge()

    def _judge(self) -> None:
        self._pause.stop()
        self._follow()
        parsed = self.parsed
        begun = self._typed or bool(self.box.text())  # nothing is wrong before anybody has typed
        wrong = bool(parsed.problem) and begun
        self.box.show_verdict(wrong=wrong)
        hint = "" if parsed.problem else self._hinted(parsed.value)
        hue = "vermilion" if wrong else "amber"
        self.box.setAccessibleDescription(parsed.problem or hint)
        self._verdict.setText(parsed.problem or hint or example_text(self.kind))
        self._verdict.set_tone(hue if wrong or hint else "muted")
        self._verdict.setVisible(bool(self._verdict.text()))
        self._glyph.set_icon("alert-circle" if wrong else "alert", hue)
        self._glyph.setVisible(wrong or bool(hint))
        self._count.setText(self._counted(parsed))
        self._show_offer()
        self._escapes.setVisible(self.kind in TEXTS and self._start.escapes)
        self.changed.emit()

    def _hinted(self, value: JSON) -> str:
        """What should be known of a value that can stand there."""
        text = self.box.text()
        kept = kept_text(text) if self._follows and self.kind is Kind.TEXT else ""
        parted = parted_text(text, self._value, value) if self._typed else ""
        return kept or parted or retyped_text(self._value, value) or self._hint(value)

    def _counted(self, parsed: Parsed) -> str:
        """How long the text is; of a text that has escapes, what they stand for is counted."""
        if self.kind not in MANY_LINES:
            return ""
        text = self.box.text()
        meant = parsed.value if self.kind is Kind.TEXT and isinstance(parsed.value, str) else text
        lines = meant.count("\n") + 1
        return f"{lines:,} line{'s' * (lines != 1)} · {len(meant):,} character{'s' * (len(meant) != 1)}"

    def _lay_out(self) -> None:
        px = self._theme.px
        row = QVBoxLayout(self._kind_row)
        row.setContentsMargins(0, 0, 0, px(8))
        row.setSpacing(px(6))
        row.addWidget(Label(self._theme, "Type", "small_strong"))
        row.addWidget(self.kinds)
        verdict = QHBoxLayout()
        verdict.setSpacing(px(6))
        verdict.addWidget(self._glyph)
        verdict.addWidget(self._verdict, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(px(6))
        whole.addWidget(self._kind_row)
        nest(whole, self._make_head())
        whole.addWidget(self.box)
        nest(whole, verdict)
        whole.addWidget(self.offer, 0, Qt.AlignmentFlag.AlignLeft)
        self.offer.hide()
        whole.addWidget(self._escapes)

    def _put_kinds_last(self) -> None:
        """Below all else, to the eye and to Tab."""
        whole, row = self.layout(), self._kind_row.layout()
        if isinstance(whole, QVBoxLayout) and row is not None:
            self._kind_row.setParent(None)  # Tab goes by the order in which parts came
            whole.addWidget(self._kind_row)
            row.setContentsMargins(0, self._theme.px(8), 0, 0)

    def _make_head(self) -> QHBoxLayout:
        """Over the box: the type that is read out of what is typed, and how much that is."""
        px, head = self._theme.px, QHBoxLayout()
        head.setSpacing(px(4))
        head.addWidget(Label(self._theme, "Value", "small_strong"))
        head.addSpacing(px(8))
        for mark in (self._kind_glyph, self._kind_words):
            head.addWidget(mark)
            mark.hide()
        head.addStretch(1)
        head.addWidget(self._count)
        return head


def _no_hint(_value: JSON) -> str:
    """Nothing is known of any value."""
    return ""
