"""What is ticked, and what is chosen among several.

One idea: both are drawn with the icons of the palette, so that they look alike everywhere, and are as large
as the text beside them. Not for choices out of many (`fields`).
"""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton

from app.views.style.theme import Theme

_SAME_WAY = {
    Qt.Key.Key_Down: Qt.Key.Key_Right,
    Qt.Key.Key_Right: Qt.Key.Key_Down,
    Qt.Key.Key_Up: Qt.Key.Key_Left,
    Qt.Key.Key_Left: Qt.Key.Key_Up,
}


class Radio(QRadioButton):
    """One of several choices, drawn with the icons of the palette."""

    def __init__(self, theme: Theme, text: str) -> None:
        super().__init__(f"\u2002{text}")
        self._theme = theme
        _dress(self, theme, text, self._restyle)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down goes on as Right does, and Up back: for Qt it depends on whether they stand side by side."""
        super().keyPressEvent(event)
        other = _SAME_WAY.get(Qt.Key(event.key()))
        if other is not None and self.window().focusWidget() is self:
            super().keyPressEvent(QKeyEvent(event.type(), other, event.modifiers()))

    def _restyle(self) -> None:
        self.setIcon(_choice_icon(self, self._theme, "radiobox-marked", "radiobox-blank"))


class Tick(QCheckBox):
    """Something that is wanted or not, drawn with the icons of the palette."""

    def __init__(self, theme: Theme, text: str) -> None:
        super().__init__(f"\u2002{text}")
        self._theme = theme
        _dress(self, theme, text, self._restyle)

    def _restyle(self) -> None:
        self.setIcon(_choice_icon(self, self._theme, "checkbox-marked", "checkbox-blank-outline"))


def _dress(choice: QAbstractButton, theme: Theme, text: str, restyle: Callable[[], None]) -> None:
    """What all choices have; `restyle` draws one, again whenever it or the palette changes."""
    choice.setAccessibleName(text)
    choice.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    choice.setFont(theme.font("body"))
    choice.setIconSize(QSize(theme.px(18), theme.px(18)))
    choice.toggled.connect(restyle)
    theme.changed.connect(restyle)
    restyle()


def _choice_icon(choice: QAbstractButton, theme: Theme, marked: str, blank: str) -> QIcon:
    checked = choice.isChecked()
    return theme.icon(marked if checked else blank, "link" if checked else "tick_box")
