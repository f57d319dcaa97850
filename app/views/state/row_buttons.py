"""What is done to rows most, above the tree: each is the button of an action of the menus, and grey until it
has one.

One idea: where there is no room for words, all of them are icons; none of them goes. Not for doing, nor for
the room beside them (`tool_line`).
"""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QSize
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLayout, QWidget

from app.views.parts.widgets import Button
from app.views.style.theme import Theme
from app.words.plain import tip

_ICONS = {"Add": "plus", "Duplicate": "content-duplicate", "Remove": "trash-can-outline"}


class RowButtons(QWidget):
    """The buttons, by the ends of the names of their actions, which are their words."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._worded = True
        self.buttons = {name: Button(theme, name, icon, kind="flat") for name, icon in _ICONS.items()}
        self._line = QHBoxLayout(self)
        self._line.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # it is as narrow as icons
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(theme.px(8))
        self._line.addStretch(1)
        for button in self.buttons.values():
            button.setEnabled(False)
            self._line.addWidget(button)

    def sizeHint(self) -> QSize:
        """Room for all words, or for all icons, and no more."""
        return QSize(self.wide(worded=self._worded), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Room for all icons."""
        return QSize(self.wide(worded=False), super().minimumSizeHint().height())

    def set_worded(self, worded: bool) -> None:
        """Show words, or icons alone."""
        if worded != self._worded:
            self._worded = worded
            for name, button in self.buttons.items():
                button.set_words(name if worded else "")
                button.setAccessibleName(name)
            self.updateGeometry()

    def wide(self, *, worded: bool) -> int:
        """How wide they are with their words or without, whichever they have now; pixels."""
        gaps = self._line.spacing() * (len(self.buttons) - 1)
        return gaps + sum(_wide(button, name if worded else "") for name, button in self.buttons.items())

    def act_by(self, actions: Mapping[str, QAction]) -> None:
        """Trigger these actions, by the ends of their names, and be enabled as they are, or say why not."""
        for name, button in self.buttons.items():
            action = actions[name]
            button.clicked.connect(action.trigger)
            button.setEnabled(action.isEnabled())
            action.enabledChanged.connect(button.setEnabled)
            show_tip = partial(_show_tip, button, action)
            action.changed.connect(show_tip)
            show_tip()


def _wide(button: Button, words: str) -> int:
    text, metrics = button.spaced(words), button.fontMetrics()
    return (
        button.sizeHint().width() - metrics.horizontalAdvance(button.text()) + metrics.horizontalAdvance(text)
    )


def _show_tip(button: Button, action: QAction) -> None:
    button.setToolTip(tip(action.toolTip()))
