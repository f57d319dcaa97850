"""Sheets in which a value is typed that has no room in its row: another type, a long text, something new.

One idea: each is the same form of type and value with what its question needs around it, and ends in one edit
or in none. The button waits until the text means something. What was typed is not dropped by one slip: Esc
asks for a second one. Not for deciding which sheet opens (`row_actions`).
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.editing.seen import WAITS
from app.models.state.state_nodes import Node
from app.views.parts.sheet import MARGIN, Sheet
from app.views.parts.widgets import Button, Label
from app.views.state.value_form import TAKE_TYPE, ValueForm
from app.views.style.theme import Theme
from persistence.values.json_text import JSON
from persistence.values.kinds import Kind
from persistence.values.sameness import same

_FITS = "A launcher takes a saved value only where its type fits; empty (None) fits everywhere."
_ONCE_MORE = "Esc again drops what you typed."


class ValueSheet(Sheet):
    """A form of type and value, Cancel, and a button that ends it. `done` tells that it was pressed. `wait`
    says why what is right has to wait, all the same: then the sheet stays, with what was typed, and
    `decide_wanted` tells that what it waits for is to be decided.
    """

    done = Signal()
    decide_wanted = Signal()

    def __init__(
        self, theme: Theme, window: QWidget, icon: str, title: str, subtitle: str, form: ValueForm, words: str
    ) -> None:
        super().__init__(theme, window, icon, title, subtitle, 620)
        self.form = form
        above, under = QWidget(), QWidget()  # widgets, so that Tab goes from top to bottom
        self.top, self.below = QVBoxLayout(above), QVBoxLayout(under)
        self._keys = Label(theme, "", "small", "muted")
        self._slip = Label(theme, "", "small", "amber")
        self.wait: Callable[[], str] = lambda: ""
        self._cancel = Button(theme, "Cancel", grand=True)
        self._cancel.setObjectName("cancelButton")
        self.decide = Button(theme, "Decide…", grand=True)
        self.decide.setObjectName("decideButton")
        self.confirm = Button(theme, words, kind="primary", grand=True)
        self.confirm.setObjectName("confirmButton")
        self._fill(above, under)
        self._cancel.clicked.connect(self.close_sheet)
        self.decide.clicked.connect(self.decide_wanted)
        self.confirm.clicked.connect(self._finish)
        form.confirmed.connect(self.confirm.click)
        form.changed.connect(self.judge)

    @property
    def ready(self) -> bool:
        """Whether there is something to end in."""
        return not self.form.parsed.problem

    @property
    def typed(self) -> bool:
        """Whether something would be lost by closing the sheet."""
        return self.form.typed

    def judge(self) -> None:
        """Let the button wait until everything is right."""
        self.confirm.setEnabled(self.ready)
        self._slip.setText("")
        self.decide.hide()
        self._keys.setText(self.form.box.ending)
        self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes at once where nothing was typed, else the second time."""
        if event.key() == Qt.Key.Key_Escape and self.typed and self._slip.text() != _ONCE_MORE:
            self._slip.setText(_ONCE_MORE)
            self._keys.setText("")
            return
        if QKeySequence(event.keyCombination()) == QKeySequence(TAKE_TYPE) and self.form.take_offer():
            return
        super().keyPressEvent(event)

    def _finish(self) -> None:
        if not self.ready:
            return
        if reason := self.wait():
            self._keys.setText("")
            self._slip.setText(reason)
            self.decide.setVisible(reason == WAITS)
        else:
            self.done.emit()
            self.close_sheet()

    def _fill(self, above: QWidget, under: QWidget) -> None:
        px, whole = self.theme.px, QVBoxLayout(self.body)
        whole.setContentsMargins(px(MARGIN), px(16), px(MARGIN), px(18))
        whole.setSpacing(px(8))
        self.top.setSpacing(px(6))
        self.below.setSpacing(px(6))
        for layout in (self.top, self.below):
            layout.setContentsMargins(0, 0, 0, 0)
        for part in (above, self.form, under):
            whole.addWidget(part)
        whole.addStretch(1)
        self.foot.addWidget(self._keys)
        self.foot.addWidget(self._slip)
        self.end_with(self.decide, self._cancel, self.confirm)


class RetypeSheet(ValueSheet):
    """Asks for another type of a value. `chosen` is what it is to be."""

    def __init__(self, theme: Theme, window: QWidget, node: Node, kind: Kind | None = None) -> None:
        """`kind` is the type that is chosen at first."""
        form = ValueForm(theme, node.value, kind)
        super().__init__(theme, window, "swap-horizontal", "Change type", node.path, form, "Change")
        self.setObjectName("retypeSheet")
        self._value_before = node.value
        now = Label(theme, f"Now {node.kind}.", "small", "muted")
        self.top.addWidget(now)
        self.below.addWidget(Label(theme, _FITS, "small", "muted", wrap=True))
        self.judge()

    @property
    def first(self) -> QWidget:
        """What has the keyboard when the sheet opens."""
        return self.form.kinds

    @property
    def chosen(self) -> JSON:
        """The value of the other type."""
        return self.form.parsed.value

    @property
    def ready(self) -> bool:
        """Something else than what is there."""
        return super().ready and not same(self.chosen, self._value_before)


class BoxSheet(ValueSheet):
    """Edits a long or many-line value in a large box; its type stays. `chosen` is what it is to be."""

    def __init__(self, theme: Theme, window: QWidget, node: Node) -> None:
        form = ValueForm(theme, node.value, lines=15)
        super().__init__(
            theme, window, "text-box-edit-outline", "Edit value", f"{node.path}  ·  {node.kind}", form, "OK"
        )
        self.setObjectName("boxSheet")
        form.fix_kind()
        self.judge()

    @property
    def first(self) -> QWidget:
        """What has the keyboard when the sheet opens."""
        return self.form.box

    @property
    def chosen(self) -> JSON:
        """The value in the box."""
        return self.form.parsed.value
