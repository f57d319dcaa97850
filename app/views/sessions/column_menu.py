"""The menu of columns: those by choice with a tick each, and the way to any other.

One idea: one menu, below View and at the header of the list. Not for what is in a column, nor for asking
which attributes there are (`column_sheet`).
"""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from app.models.sessions.session_rows import OUTCOME, RIG, Extra
from app.values.fit_text import escaped

_ALWAYS = (RIG, OUTCOME)


class ColumnMenu(QMenu):
    """`chosen` carries the columns by choice as they are wanted; `more_requested` asks for any other."""

    chosen = Signal(object)
    more_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__("&Columns", parent)
        self._shown: tuple[Extra, ...] = ()
        self.show_columns(())

    def show_columns(self, shown: Sequence[Extra]) -> None:
        """Offer these, ticked, and those that can always be had."""
        self._shown = tuple(shown)
        self.clear()
        others = tuple(extra for extra in self._shown if extra not in _ALWAYS)
        for extra in (*_ALWAYS, *others):
            self._offer(extra)
        self.addSeparator()
        more = self.addAction("&Attribute…")  # made anew: what is cleared is disconnected, too
        more.setObjectName("actionColumnAttribute")
        more.triggered.connect(self.more_requested)

    def _offer(self, extra: Extra) -> None:
        text = escaped(extra.title).replace("&", "&&")
        action = self.addAction(f"&{text}" if extra in _ALWAYS else text)
        action.setObjectName(f"actionColumn{extra.title}")
        action.setCheckable(True)
        action.setChecked(extra in self._shown)
        action.triggered.connect(lambda ticked, one=extra: self._choose(one, ticked=ticked))

    def _choose(self, extra: Extra, *, ticked: bool) -> None:
        others = tuple(one for one in self._shown if one != extra)
        self.chosen.emit((*others, extra) if ticked else others)
