"""A person's name, typed or chosen from those that are known.

One idea: what was typed stays what was typed, to the letter, whoever is known by a name that begins so or is
spelled otherwise. Another name is taken by Down alone, or from the open list. Not for what is done with it.
"""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QStyledItemDelegate

from app.views.parts.fields import ComboBox, TextField
from app.views.style.theme import Theme

_HEIGHT = 44
_NO_MODIFIER = Qt.KeyboardModifier.NoModifier
_KEYS = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
"""Both, for Qt's own list takes the current row by the first."""
_TAKING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F4, Qt.Key.Key_Select, Qt.Key.Key_Space)
"""What Qt takes the current row of an open list by."""


class NameBox(ComboBox):
    """Empty, until somebody types or chooses. `typed`: whoever typed has gone on."""

    typed = Signal()

    def __init__(self, theme: Theme, name: str, placeholder: str) -> None:
        super().__init__(theme, name, _HEIGHT)
        field = TextField()
        field.setPlaceholderText(placeholder)
        field.setAccessibleName(name)
        field.editingFinished.connect(self.typed)
        self.setLineEdit(field)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        # Qt's own completes while one types, and Enter or Tab would then take another person's name.
        self.setCompleter(None)  # type: ignore[arg-type]  # PySide's stub leaves None out
        self.setItemDelegate(QStyledItemDelegate(self))  # Qt's own for such a box knows no padding
        self.view().installEventFilter(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down completes what was typed, or opens the list where no name begins so."""
        completes = event.key() == Qt.Key.Key_Down and event.modifiers() == _NO_MODIFIER
        if not (completes and self.currentText()) or self._is_known():
            super().keyPressEvent(event)
        elif (found := self.findText(self.currentText(), Qt.MatchFlag.MatchStartsWith)) >= 0:
            self.setCurrentIndex(found)
        else:
            self.showPopup()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the open list with nobody chosen, Down begins with the first, and what closes it takes nobody:
        Qt has the first as the current one, unseen.
        """
        if event.type() not in _KEYS or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        names, down = self.view(), event.key() == Qt.Key.Key_Down
        if names.selectionModel().hasSelection() or not (down or event.key() in _TAKING):
            return super().eventFilter(watched, event)
        if not down:
            self.hidePopup()
        elif event.type() == QEvent.Type.KeyPress:
            names.setCurrentIndex(self.model().index(0, self.modelColumn()))
        return True

    def _is_known(self) -> bool:
        """Whether the name stands in the list; then Down goes on from there."""
        exactly = Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchCaseSensitive
        found = self.findText(self.currentText(), exactly)
        if found >= 0:
            self.setCurrentIndex(found)
        return found >= 0
