"""Columns of the list by choice, as far as they need more than a tick: the menu at the header, and the sheet
that asks for an attribute.

One idea: the list knows which columns it has; here is only asked for others. Not for the ticks of the menu
(`frame` keeps them, from the beginning), nor for where the values come from: the model asks for them.
"""

from collections.abc import Mapping

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.models.sessions.session_rows import Extra
from app.views.parts.sheets import Sheets
from app.views.sessions.column_menu import ColumnMenu
from app.views.sessions.column_sheet import ColumnSheet
from app.views.sessions.session_pane import SessionPane
from app.views.style.theme import Theme


class ColumnChoice(QObject):
    """`names_requested` asks which attributes there are; `show_names` takes the answer."""

    names_requested = Signal()

    def __init__(
        self, theme: Theme, window: QWidget, sheets: Sheets, sessions: SessionPane, menu: ColumnMenu
    ) -> None:
        super().__init__(window)
        self._theme = theme
        self._window = window
        self._sheets = sheets
        self._sessions = sessions
        self._header = sessions.view.horizontalHeader()
        self._menu = menu
        self._sheet: ColumnSheet | None = None
        self._header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._header.customContextMenuRequested.connect(self._open_menu)
        menu.more_requested.connect(self._ask)

    def show_names(self, counts: Mapping[str, int]) -> None:
        """Offer these attributes, which so many sessions have, in the sheet that asks for one."""
        if self._sheet is not None:
            self._sheet.take_names(counts)

    def _open_menu(self, point: QPoint) -> None:
        self._menu.popup(self._header.viewport().mapToGlobal(point))

    def _ask(self) -> None:
        sheet = self._sheet = ColumnSheet(self._theme, self._window)
        sheet.name_chosen.connect(self._add)
        sheet.closed.connect(self._forget)
        self._sheets.show(sheet, sheet.first)
        self.names_requested.emit()

    def _add(self, name: str) -> None:
        self._sessions.choose_columns((*self._sessions.columns, Extra(name)))

    def _forget(self) -> None:
        self._sheet = None
