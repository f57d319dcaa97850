"""The sheet that asks for what is new in a state: where it goes, under which name, of which type.

One idea: it is the form of every value (`value_sheets`) with a place and a name above it, and the name is
judged at each keystroke, too; where it goes stands on the button that adds it. Not for where something can go
(`new_rows`), nor for what is known of names (`strangers`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.models.state.new_rows import Opening
from app.views.parts.fields import ComboBox, TextField
from app.views.parts.nesting import nest
from app.views.parts.widgets import Glyph, Label, polish
from app.views.state.value_form import ValueForm
from app.views.state.value_sheets import ValueSheet
from app.views.style.theme import Theme
from persistence.document import Place
from persistence.values.json_text import JSON
from persistence.values.kinds import Kind, kind_of


class AddSheet(ValueSheet):
    """Asks for what is new: where, under which name, of which type."""

    def __init__(
        self, theme: Theme, window: QWidget, openings: Sequence[Opening], subtitle: str, why_there: str = ""
    ) -> None:
        """`openings` are one to three; the first is chosen at first, and `why_there` says why."""
        form = ValueForm(theme, "", kind_of(openings[0].like))
        what = {opening.what for opening in openings}
        title = f"Add {openings[0].what}" if len(what) == 1 else "Add attribute or item"
        super().__init__(theme, window, "plus", title, subtitle, form, "Add")
        self.setObjectName("addSheet")
        self._openings = openings
        self._where = ComboBox(theme, "Where", 34)
        self._why = Label(theme, why_there, "small", "muted", wrap=True)
        self._name = TextField()
        self._name_words = Label(theme, "Name", "small_strong")
        self._hint = Label(theme, "", "small", "vermilion", wrap=True)
        self._hint_glyph = Glyph(theme, "alert-circle", "vermilion", 14)
        self._touched = False
        self._name_hint: Callable[[Opening, str], str] = _no_hint
        form.follow_type()
        self._fill_top()
        self._where.currentIndexChanged.connect(self._take_where)
        self._name.textEdited.connect(self._take_name)
        self._name.returnPressed.connect(form.box.setFocus)
        self._take_where()

    def hint_names_by(self, hint: Callable[[Opening, str], str]) -> None:
        """Say from now on what should be known of a name; it is never a reason not to take it."""
        self._name_hint = hint
        self.judge()

    @property
    def first(self) -> QWidget:
        """What has the keyboard when the sheet opens."""
        return self._name if self.opening.named else self.form.box

    @property
    def opening(self) -> Opening:
        """Where it is to go."""
        return self._openings[max(0, self._where.currentIndex())]

    @property
    def name(self) -> str:
        """The name that was typed."""
        return self._name.text()

    @property
    def place(self) -> Place:
        """Where the new value stands then, if it has a name; () where that is not known."""
        named = self.opening.key_kind is Kind.TEXT and self.name
        return (*self.opening.holder, self.name) if named else ()

    @property
    def chosen(self) -> JSON:
        """The new value."""
        return self.form.parsed.value

    @property
    def ready(self) -> bool:
        """A value, and a name where there are names."""
        return super().ready and not (self.opening.named and self.opening.key_problem(self.name))

    @property
    def typed(self) -> bool:
        """A name counts as well."""
        return super().typed or bool(self.name)

    def judge(self) -> None:
        """Say what is wrong with the name, once one was typed."""
        super().judge()
        problem = self.opening.key_problem(self.name) if self.opening.named else ""
        warning = ""
        if self.opening.named and not problem:
            warning = self.opening.warning(self.name) or self._name_hint(self.opening, self.name)
        said = (problem if self._touched else "") or warning
        hue = "vermilion" if problem else "amber"
        self._hint.setText(said)
        self._hint.set_tone(hue)
        self._hint_glyph.set_icon("alert-circle" if problem else "alert", hue)
        self._hint_glyph.setVisible(bool(said))
        self._name.setAccessibleDescription(said)
        self._name.setProperty("verdict", "wrong" if problem and self._touched else "right")
        polish(self._name)

    def _take_name(self) -> None:
        self._touched = True
        self.form.judge_again()  # what is usual depends on the name
        self.judge()

    def _take_where(self) -> None:
        named = self.opening.named
        self.confirm.set_words(self.opening.deed)
        if not self.form.typed:
            self.form.choose(kind_of(self.opening.like))
        for widget in (self._name_words, self._name, self._hint):
            widget.setVisible(named)
        self._name_words.setText(
            "Name" if self.opening.key_kind is Kind.TEXT else f"Key, {self.opening.key_kind}"
        )
        self.judge()

    def _fill_top(self) -> None:
        px = self.theme.px
        words = Label(self.theme, "Where", "small_strong")
        self._where.setAccessibleDescription(self._why.text())
        for widget in (words, self._where, self._why):
            self.top.addWidget(widget)
            widget.setVisible(len(self._openings) > 1 and (widget is not self._why or bool(self._why.text())))
        if len(self._openings) > 1:
            self.top.addSpacing(px(6))
        self._where.addItems([opening.words for opening in self._openings])
        self._name.setObjectName("nameText")
        self._name.setAccessibleName("Name")
        self._name.setFixedHeight(px(34))
        line = QHBoxLayout()  # what is wrong with a name stands beside its title: no gap is kept for it
        line.setSpacing(px(6))
        line.addWidget(self._name_words)
        line.addWidget(self._hint_glyph)
        line.addWidget(self._hint, 1)
        nest(self.top, line)
        self.top.addWidget(self._name)


def _no_hint(_opening: Opening, _name: str) -> str:
    """Nothing is known of any name."""
    return ""
