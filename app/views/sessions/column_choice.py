"""Which columns the list shows beside its own: chosen below View, or at the header of the list.

One idea: the list knows which columns it has; the menu shows them and says what is wanted. Not for where the
values come from: the model asks for them.
"""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.models.sessions.session_rows import FIRST_EXTRA, Extra
from app.models.sessions.sessions import SessionsModel
from app.views.parts.sheets import Sheets
from app.views.sessions.column_menu import ColumnMenu
from app.views.sessions.column_sheet import ColumnSheet
from app.views.sessions.session_view import SessionView
from app.views.style.theme import Theme


class ColumnChoice(QObject):
    """`names_requested` asks which attributes there are; `show_names` takes the answer. `told` carries a
    sentence for the status bar.
    """

    names_requested = Signal()
    told = Signal(object)

    def __init__(
        self, theme: Theme, window: QWidget, sheets: Sheets, model: SessionsModel, view: SessionView,
        menu: ColumnMenu,
    ) -> None:  # fmt: skip
        super().__init__(window)
        self._theme = theme
        self._window = window
        self._sheets = sheets
        self._sessions = model
        self._view = view
        self._header = view.horizontalHeader()
        self._menu = menu
        self._sheet: ColumnSheet | None = None
        self._header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._header.customContextMenuRequested.connect(self._open_menu)
        model.columns_changed.connect(self._show_columns)
        menu.chosen.connect(self._choose)
        menu.more_requested.connect(self._ask)

    def show_names(self, counts: Mapping[str, int]) -> None:
        """Offer these attributes, which so many sessions have, in the sheet that asks for one."""
        if self._sheet is not None:
            self._sheet.take_names(counts)

    def _open_menu(self, point: QPoint) -> None:
        self._menu.popup(self._header.viewport().mapToGlobal(point))

    def _show_columns(self) -> None:
        self._menu.show_columns(self._sessions.columns)

    def _ask(self) -> None:
        sheet = self._sheet = ColumnSheet(self._theme, self._window)
        sheet.name_chosen.connect(self._add)
        sheet.closed.connect(self._forget)
        self._sheets.show(sheet, sheet.first)
        self.names_requested.emit()

    def _add(self, name: str) -> None:
        self._choose((*self._sessions.columns, Extra(name)))

    def _choose(self, columns: Sequence[Extra]) -> None:
        """Show these columns, and say of a new one that there is no room for it."""
        before = self._sessions.columns
        self._sessions.set_columns(columns)
        for place, extra in enumerate(self._sessions.columns, FIRST_EXTRA):
            if extra not in before and self._view.isColumnHidden(place):
                self.told.emit(
                    f"There is no room for the column {extra.title}: it is shown in a wider window."
                )

    def _forget(self) -> None:
        self._sheet = None
