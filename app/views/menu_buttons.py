"""Buttons of the right side that stand in a menu, too.

One idea: a menu entry presses its button, and can be chosen exactly while the button could be pressed, so
that there is one place where it is decided what happens. Not for what happens.
"""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton

from app.views.actions import Actions
from app.views.detail import DetailPane

_TOLD_BY = (QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.EnabledChange)


class MenuButtons(QObject):
    """Joins the buttons of one window with their actions."""

    def __init__(self, actions: Actions, detail: DetailPane, parent: QObject) -> None:
        super().__init__(parent)
        pairs: Mapping[str, QAbstractButton] = {
            "Stop": detail.output.stop,
            "CompareFrom": detail.compare.left,
            "Exchange": detail.compare.swap,
            "HideEqual": detail.compare.equal,
            "ShowEqual": detail.history.equal,
            "NotSaved": detail.state.not_saved.button,
            "GoToDamage": detail.raw.broken.button,
            "GoToEnd": detail.files.file.below.button,
            "Source": detail.header.lineage.source,
            "Heir": detail.header.lineage.heir,
            "Heirs": detail.header.lineage.others,
        }
        self._joined = [_Joined(actions[f"action{name}"], button, self) for name, button in pairs.items()]


class _Joined(QObject):
    def __init__(self, action: QAction, button: QAbstractButton, parent: QObject) -> None:
        super().__init__(parent)
        self._action = action
        self._button = button
        if button.isCheckable():
            action.setCheckable(True)
            action.setChecked(button.isChecked())
            button.toggled.connect(action.setChecked)
        action.triggered.connect(lambda _=False: button.click())
        button.installEventFilter(self)
        self._follow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the button."""
        if event.type() in _TOLD_BY:
            self._follow()
        return False

    def _follow(self) -> None:
        self._action.setEnabled(self._button.isVisible() and self._button.isEnabled())
