"""Why an entry of a menu is grey, said where the pointer rests on it.

One idea: a menu of Qt's keeps the tool tips of its entries to itself, or shows that of each; what is grey is
asked about, and nothing else. Not for finding reasons: they stand in the tool tips (`app.views.actions`).
"""

from typing import cast

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAction, QHelpEvent
from PySide6.QtWidgets import QMenu, QToolTip

from app.words.plain import tip


class GreyTips(QObject):
    """Shows the tool tips of the grey entries of one menu, for as long as that is there."""

    def __init__(self, menu: QMenu) -> None:
        super().__init__(menu)
        self._menu = menu
        menu.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Answer what the pointer asks by resting."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            action = cast("QAction | None", self._menu.actionAt(event.pos()))
            QToolTip.showText(event.globalPos(), tip(_why_grey(action)), self._menu)
            return True
        return super().eventFilter(watched, event)


def _why_grey(action: QAction | None) -> str:
    """What the tool tip of an entry says; of one that is not grey, and of a line between two, nothing."""
    grey = action is not None and not action.isEnabled() and not action.isSeparator()
    return action.toolTip() if action is not None and grey else ""
