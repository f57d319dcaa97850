"""The choice of a type, with its icon and its word.

One idea: it is a box like any other, in which Enter goes on to what is typed of that type. Not for what
becomes of a value by it (`value_form`).
"""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent

from app.values.retyping import CHOICES
from app.views.parts.fields import ComboBox
from app.views.style.kind_icons import KIND_ICONS
from app.views.style.theme import Theme
from persistence.values.kinds import Kind


class KindChoice(ComboBox):
    """Shows CHOICES. `gone_on` tells of Enter, `confirmed` of Ctrl+Enter."""

    gone_on = Signal()
    confirmed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Type", 34)
        self._look = theme
        self.setIconSize(QSize(theme.px(16), theme.px(16)))
        for kind in CHOICES:
            self.addItem(str(kind))
        self.setMaxVisibleItems(len(CHOICES))
        theme.changed.connect(self._restyle)
        self._restyle()

    @property
    def kind(self) -> Kind:
        """The type that is chosen."""
        return CHOICES[max(0, self.currentIndex())]

    def put(self, kind: Kind) -> None:
        """Show another type, and tell nobody."""
        self.blockSignals(True)
        self.setCurrentIndex(CHOICES.index(kind))
        self.blockSignals(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on to the value; with Ctrl it is for the sheet."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.confirmed.emit()
        else:
            self.gone_on.emit()

    def _restyle(self) -> None:
        for row, kind in enumerate(CHOICES):
            self.setItemIcon(row, self._look.icon(KIND_ICONS[kind], "muted"))
