"""The sheet that asks which attribute is to be a column: typed, or picked from those of the sessions.

One idea: the names come when the folders have told them, most frequent first, and what is typed narrows them
and takes the best of them; a name that nobody has can be typed as well, and is asked about. Not for showing
the column.
"""

from collections.abc import Mapping

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.models.headers import Index
from app.values.fit_text import escaped
from app.views.parts.fields import TextField
from app.views.parts.sheet import MARGIN, Sheet
from app.views.parts.widgets import Button, Label
from app.views.style.painting import draw_text, text_width
from app.views.style.theme import Theme

_MOST = 500
"""Names that are listed; what is typed finds the others."""
_NAME, _COUNT = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1


class _NameField(TextField):
    """Down goes to the list; Enter takes what fits best."""

    left_downwards = Signal()
    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Down leave the field."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Down:
            self.left_downwards.emit()
        else:
            super().keyPressEvent(event)


class _NameDelegate(QStyledItemDelegate):
    """Names at the left; at the right how many sessions have each, so that both are columns."""

    def __init__(self, theme: Theme, names: QListWidget) -> None:
        super().__init__(names)
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one name."""
        px, colors, area = self._theme.px, self._theme.colors, option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(area, colors["highlight" if selected else "base"])
        room, small = area.adjusted(px(8), 0, -px(8), 0), self._theme.font("small")
        count = str(index.data(_COUNT))
        counted = QRect(room)
        counted.setLeft(room.right() - text_width(count, small))
        draw_text(painter, counted, count, small, colors["muted"])
        room.setRight(counted.left() - px(12))
        name, middle = escaped(str(index.data(_NAME))), Qt.TextElideMode.ElideMiddle
        draw_text(painter, room, name, self._theme.font("body"), colors["text"], middle)


class ColumnSheet(Sheet):
    """`name_chosen` carries the name of an attribute."""

    name_chosen = Signal(object)

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(theme, window, "table-column-plus-after", "Attribute as a column", "", 560)
        self.setObjectName("columnSheet")
        self._counts: Mapping[str, int] | None = None
        self._asked = ""
        self._field = _NameField()
        self._field.setObjectName("columnName")
        self._field.setPlaceholderText("Name, such as trial_count or settings.volume")
        self._field.setAccessibleName("Name of the attribute")
        self._field.setFixedHeight(theme.px(32))
        self._list = QListWidget()
        self._list.setObjectName("columnNames")
        self._list.setAccessibleName("Attributes of the listed sessions")
        self._list.setMinimumHeight(theme.px(260))
        self._list.setUniformItemSizes(True)
        self._list.setItemDelegate(_NameDelegate(theme, self._list))
        self._hint = Label(theme, "Looking for attributes …", "small", "muted", wrap=True)
        self._show = Button(theme, "Show column", kind="primary", grand=True)
        self._show.setObjectName("showColumn")
        self._fill()
        self._connect()
        self._judge()

    @property
    def first(self) -> QWidget:
        """What has the keyboard when the sheet opens."""
        return self._field

    def take_names(self, counts: Mapping[str, int]) -> None:
        """Offer these names, which so many sessions have."""
        self._counts = counts
        self._offer()

    def _fill(self) -> None:
        px, whole = self.theme.px, QVBoxLayout(self.body)
        whole.setContentsMargins(px(MARGIN), px(18), px(MARGIN), px(20))
        whole.setSpacing(px(8))
        for widget in (self._field, self._list, self._hint):
            whole.addWidget(widget)
        cancel = Button(self.theme, "Cancel", grand=True)
        cancel.clicked.connect(self.close_sheet)
        self.end_with(cancel, self._show)

    def _connect(self) -> None:
        self._field.textChanged.connect(self._offer)
        self._field.left_downwards.connect(self._go_down)
        self._field.entered.connect(self._confirm)
        self._list.currentItemChanged.connect(self._judge)
        self._list.itemActivated.connect(self._confirm)
        self._show.clicked.connect(self._confirm)

    def _offer(self) -> None:
        typed = self._field.text().strip().casefold()
        found = [(name, count) for name, count in (self._counts or {}).items() if typed in name.casefold()]
        found.sort(key=lambda one: (one[0].casefold() != typed, -one[1], one[0].casefold()))
        self._asked = ""
        self._show.set_words("Show column")
        self._list.clear()
        for name, count in found[:_MOST]:
            sessions = "1 session" if count == 1 else f"{count:,} sessions"
            item = QListWidgetItem(f"{escaped(name)}  ·  {sessions}", self._list)
            item.setData(_NAME, name)
            item.setData(_COUNT, sessions)
            item.setSizeHint(QSize(0, self.theme.px(26)))
        if typed and found:
            self._list.setCurrentRow(0)
        self._say(len(found))
        self._judge()

    def _say(self, found: int) -> None:
        if self._counts is None:
            self._hint.setText("Looking for attributes …")
        elif not self._counts:
            self._hint.setText("No session was read wholly yet; a name can be typed all the same.")
        elif not found:
            self._hint.setText("No session has an attribute like that.")
        else:
            self._hint.setText(f"{found:,} of {len(self._counts):,} attributes. Lists cannot be shown.")

    def _go_down(self) -> None:
        self._list.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._list.currentRow() < 0:
            self._list.setCurrentRow(0)

    def _judge(self) -> None:
        self._show.setEnabled(bool(self._name()))

    def _name(self) -> str:
        """What was picked, by hand or as the best of those that fit; else what was typed."""
        picked = self._list.currentRow() >= 0
        return str(self._list.currentItem().data(_NAME)) if picked else self._field.text().strip()

    def _confirm(self) -> None:
        name = self._name()
        if name and (name == self._asked or name in (self._counts or {})):
            self.name_chosen.emit(name)
            self.close_sheet()
        elif name:
            self._ask_about(name)

    def _ask_about(self, name: str) -> None:
        """A column that nobody fills is easily a slip of the hand."""
        self._asked = name
        known = "No session is known to have" if not self._counts else "No session has"
        self._hint.setText(
            f"{known} {escaped(name)}: the column would be empty. Enter shows it all the same."
        )
        self._show.set_words("Show all the same")
