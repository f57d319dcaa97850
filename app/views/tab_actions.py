"""Going to a tab of the session by menu or key.

One idea: where one goes, the keyboard goes, too: into the page, to the tree or table or text that one came
for, so that the next key does something there. Not for History and Raw, which have keys of their own and ask
for something (`history.looking_back`).
"""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QTabWidget, QWidget

from app.views.actions import Actions
from app.views.detail import DetailPane
from app.views.keyboard import home_in


class TabActions(QObject):
    """Connects the actions of one window."""

    def __init__(self, actions: Actions, detail: DetailPane, parent: QObject) -> None:
        super().__init__(parent)
        self._actions = actions
        self._detail = detail
        self._pages: Mapping[str, QWidget] = {
            "State": detail.state,
            "Changes": detail.changes,
            "Comparison": detail.compare,
            "Output": detail.output,
        }
        for name, page in self._pages.items():
            actions[f"action{name}"].triggered.connect(lambda _=False, one=page: self._go_to(one))
        actions["actionNextTab"].triggered.connect(lambda: self._step(1))
        actions["actionPreviousTab"].triggered.connect(lambda: self._step(-1))
        detail.tabs_changed.connect(self._show_allowed)
        self._show_allowed()

    def _go_to(self, page: QWidget) -> None:
        go_into(self._detail.tabs, page)

    def _step(self, by: int) -> None:
        tabs = self._detail.tabs
        page = tabs.widget((tabs.currentIndex() + by) % tabs.count())
        if page is not None:
            self._go_to(page)

    def _show_allowed(self) -> None:
        shown = self._detail.shows_session
        there = {name: self._detail.tabs.indexOf(page) >= 0 for name, page in self._pages.items()}
        self._actions.enable(
            **{name: shown and is_there for name, is_there in there.items()}, NextTab=shown, PreviousTab=shown
        )


def go_into(tabs: QTabWidget, page: QWidget) -> None:
    """Show a page and give it the keyboard; a page that only says something leaves it to its tab."""
    tabs.setCurrentWidget(page)
    home = home_in(page) or tabs.tabBar()
    home.setFocus(Qt.FocusReason.ShortcutFocusReason)
