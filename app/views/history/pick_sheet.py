"""The sheet in which a state is chosen to be compared: a filter, and what it finds.

One idea: one types a few letters and presses Enter. Not for comparing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.models.headers import Index
from app.models.history.choices import ChoicesModel, StateChoice
from app.past_exchange import Side
from app.views.parts.fields import TextField
from app.views.parts.row_table import RowDelegate, RowTable
from app.views.parts.sheet import MARGIN, Sheet, boxed
from app.views.parts.widgets import Button, Label
from app.views.style.painting import draw_text
from app.views.style.theme import Theme

_ROWS = 12


class PickSheet(Sheet):
    """`chosen` carries a Side."""

    chosen = Signal(object)

    def __init__(
        self,
        theme: Theme,
        window: QWidget,
        title: str,
        session: str,
        find: Callable[[str], Sequence[StateChoice]],
        likely: Callable[[], Side | None],
    ) -> None:
        """`find` gives the choices in which some words stand, `likely` the one to begin with."""
        super().__init__(theme, window, "compare-horizontal", title, session, 760)
        self.setObjectName("pickSheet")
        self._find = find
        self._likely = likely
        self._begun_with: Side | None = None
        self._model = ChoicesModel(self)
        self.field = _Field(theme)
        self.table = _Choices(theme, self._model)
        self._none = Label(theme, "Nothing has all of these words.", tone="muted")
        self._choose = Button(theme, "Compare", "compare-horizontal", kind="primary", grand=True)
        self._fill()
        self.refresh()

    @property
    def first(self) -> QWidget:
        """What has the keyboard when the sheet opens."""
        return self.field

    def refresh(self) -> None:
        """Look again at what there is to be chosen; what the operator has selected stays so."""
        choice = self._model.choice_at(self.table.currentIndex().row())
        chosen = choice.side if choice is not None else None
        if chosen == self._begun_with and not self.field.text():
            self._show(self._likely())
            choice = self._model.choice_at(self.table.currentIndex().row())
            self._begun_with = choice.side if choice is not None else None
        else:
            self._show(chosen)

    def _show(self, wanted: Side | None) -> None:
        """Show what has the words; without a wish the first of it is selected, which is the best."""
        found = self._find(self.field.text())
        self._model.set_choices(found)
        if found:
            self.table.selectRow(next((row for row, one in enumerate(found) if one.side == wanted), 0))
        self._none.setVisible(not found)
        self._choose.setEnabled(bool(found))

    def _fill(self) -> None:
        px, whole = self.theme.px, QVBoxLayout(self.body)
        whole.setContentsMargins(px(MARGIN), px(18), px(MARGIN), px(20))
        whole.setSpacing(px(10))
        self.table.setFixedHeight(px(30 + _ROWS * 28) + 3)
        for widget in (self.field, boxed(self.table), self._none):
            whole.addWidget(widget)
        whole.addStretch(1)
        cancel = Button(self.theme, "Cancel", grand=True)
        self.end_with(cancel, self._choose)
        cancel.clicked.connect(self.close_sheet)
        self._choose.clicked.connect(self._confirm)
        self.field.textChanged.connect(lambda _: self._show(None))
        self.field.returnPressed.connect(self._confirm)
        self.field.left_downwards.connect(self.table.setFocus)
        self.table.activated.connect(lambda _: self._confirm())

    def _confirm(self) -> None:
        choice = self._model.choice_at(self.table.currentIndex().row())
        if choice is not None:
            self.close_sheet()
            self.chosen.emit(choice.side)


class _Field(TextField):
    """Filters; Down goes into what was found."""

    left_downwards = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        words = "Filter by name, folder, subject, launcher, note"
        self.setObjectName("pickField")
        self.setPlaceholderText(words)
        self.setAccessibleName(words)
        self.setFixedHeight(theme.px(36))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down leaves the field."""
        if event.key() == Qt.Key.Key_Down:
            self.left_downwards.emit()
            return
        super().keyPressEvent(event)


class _Choices(RowTable):
    """What can be chosen."""

    def __init__(self, theme: Theme, model: ChoicesModel) -> None:
        super().__init__(theme, model, "pickView", "What can be compared")
        self.setItemDelegate(_ChoiceDelegate(theme, self))
        model.modelReset.connect(lambda: self.fit_columns(compact=False))

    def fit_columns(self, *, compact: bool) -> None:
        """What it is and its name as wide as they need, up to a half; the rest for what else is known."""
        header, room = self.horizontalHeader(), self.viewport().width()
        header.resizeSection(0, self.wanted(0))
        header.resizeSection(1, max(self._theme.px(150), min(self.wanted(1), room // 2)))


class _ChoiceDelegate(RowDelegate):
    """Paints texts; what is not the name is muted."""

    def paint_cell(self, painter: QPainter, room: QRect, index: Index) -> None:
        """Paint what stands in a cell."""
        color = self.theme.colors["text" if index.column() == 1 else "muted"]
        middle = Qt.TextElideMode.ElideMiddle if index.column() == 1 else Qt.TextElideMode.ElideRight
        draw_text(painter, room, str(index.data()), self.theme.font("body"), color, middle)
