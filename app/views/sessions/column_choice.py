"""Columns of the list by choice, as far as they need more than a tick: the sheet that asks for an attribute.

One idea: the list knows which columns it has; here is only asked for others. Not for the menu and its ticks
(`frame` and `list_menus` have them, from the beginning), nor for where the values come from: the model asks
for them.
"""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal
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
        self._sheet: ColumnSheet | None = None
        menu.more_requested.connect(self._ask)

    def show_names(self, counts: Mapping[str, int]) -> None:
        """Offer these attributes, which so many sessions have, in the sheet that asks for one."""
        if self._sheet is not None:
            self._sheet.take_names(counts)

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
