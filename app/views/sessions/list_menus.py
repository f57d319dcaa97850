"""The menus that a right click opens in the list: of a session, of a heading, and of the columns at its head.

One idea: they hold the same actions as the menu bar, which say themselves what they are about and why they
are grey; nothing is only here. All of them are there from the beginning. Not for what the actions do; only
groups are folded here, since nobody else is asked for that.
"""

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu

from app.models.sessions.session_rows import Heading, SessionRow
from app.models.sessions.sessions import SessionsModel
from app.views.actions import Actions
from app.views.menus import FOLD_ACTIONS, SESSION_ACTIONS, Menus
from app.views.sessions.session_view import SessionView


class ListMenus(QObject):
    """Opens the menus of one list."""

    def __init__(self, view: SessionView, sessions: SessionsModel, menus: Menus, actions: Actions) -> None:
        super().__init__(view)
        self._view = view
        self._sessions = sessions
        self._menus = menus
        self._actions = actions
        self._opened: dict[type[SessionRow | Heading], QMenu] = {}
        header = view.horizontalHeader()
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._open_columns)
        view.menu_wanted.connect(self._open)
        actions["actionFoldGroup"].triggered.connect(view.headings.toggle_current)
        actions["actionFoldGroups"].triggered.connect(lambda: sessions.fold_all(folded=True))
        actions["actionUnfoldGroups"].triggered.connect(lambda: sessions.fold_all(folded=False))
        view.selectionModel().currentChanged.connect(self._show_allowed)
        sessions.counts_changed.connect(self._show_allowed)
        self._show_allowed()

    def _open(self, line: SessionRow | Heading, where: QPoint) -> None:
        kind = type(line)
        if kind not in self._opened:
            names = FOLD_ACTIONS if kind is Heading else SESSION_ACTIONS
            self._opened[kind] = self._menus.fill(QMenu(self._view), names)
        self._opened[kind].popup(where)

    def _open_columns(self, point: QPoint) -> None:
        self._menus.columns.popup(self._view.horizontalHeader().viewport().mapToGlobal(point))

    def _show_allowed(self) -> None:
        grouped, heading = bool(self._sessions.heading_positions()), self._view.headings.current
        folded = heading is not None and heading.collapsed
        self._actions["actionFoldGroup"].setText("Unf&old the group" if folded else "F&old the group")
        self._actions.enable(FoldGroup=heading is not None, FoldGroups=grouped, UnfoldGroups=grouped)
        why = "" if grouped else "The list has no groups."
        chosen = why or ("" if heading is not None else "No session or group is chosen.")
        reasons = {"FoldGroup": chosen, "FoldGroups": why, "UnfoldGroups": why}
        self._actions.explain({name: reason for name, reason in reasons.items() if reason}, "groups")
