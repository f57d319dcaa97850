"""The menu of columns: all that there are with a tick each, and the way to any other.

One idea: one menu, below View and at the header of the list, has every column; of one that is ticked and has
no room it says so, and how all of them are had. Their order is changed there, too (`column_moves`). Not for
what is in a column, nor for asking which attributes there are (`column_sheet`).
"""

from collections.abc import Collection, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from app.models.sessions.session_rows import CAN_BE_AWAY, FIRST_EXTRA, OUTCOME, RIG, Column, Extra
from app.values.fit_text import escaped
from app.views.parts.grey_tips import GreyTips
from app.views.sessions.column_moves import ColumnMoves
from app.words.plain import tip

_BY_CHOICE = (RIG, OUTCOME)
_OWN = {
    Column.SESSION: "&Session",
    Column.SUBJECT: "S&ubject",
    Column.LAUNCHER: "&Launcher",
    Column.SAVED: "Sa&ved",
    Column.STATUS: "S&tatus",
}
_WHY = "It tells sessions apart, and is always shown."
_WHY_STATUS = "It says what can be done with a session, and is always shown."
NO_ROOM = "no room now"


class ColumnMenu(QMenu):
    """`chosen` carries the columns by choice as they are wanted, `put_away` those of the list's own that are
    not, `sideways` whether all are to be had by scrolling; `moved` which one is to stand further left (-1) or
    right (1); `more_requested` asks for any other column.
    """

    chosen = Signal(object)
    put_away = Signal(object)
    sideways = Signal(object)
    moved = Signal(object, object)
    more_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__("&Columns", parent)
        self._shown: tuple[Extra, ...] = ()
        self._away: frozenset[Column] = frozenset()
        self._moves = ColumnMoves("Move le&ft", -1, self), ColumnMoves("Move ri&ght", 1, self)
        for moves in self._moves:
            moves.wanted.connect(self.moved)
        GreyTips(self)
        self.show_columns(())

    def show_columns(
        self,
        shown: Sequence[Extra],
        away: Collection[Column] = (),
        without_room: Collection[int] = (),
        seen: Sequence[int] = (),
        *,
        sideways: bool = False,
    ) -> None:
        """Offer the list's own columns, ticked but for those that are put `away`, and those by choice: these,
        ticked, and those that can always be had. Those that are `seen` stand in this order, and can be moved.
        """
        self._shown, self._away = tuple(shown), frozenset(away)
        self.clear()
        for column in _OWN:
            self._offer_own(column, has_room=column not in without_room)
        self.addSeparator()
        others = tuple(extra for extra in self._shown if extra not in _BY_CHOICE)
        for extra in (*_BY_CHOICE, *others):
            place = FIRST_EXTRA + self._shown.index(extra) if extra in self._shown else -1
            self._offer(extra, has_room=place not in without_room)
        more = self.addAction("&Attribute…")  # made anew: what is cleared is disconnected, too
        more.setObjectName("actionColumnAttribute")
        more.triggered.connect(self.more_requested)
        self.addSeparator()
        all_ = self._add("All of them, scrolling side&ways", "actionColumnsSideways", ticked=sideways)
        all_.toggled.connect(self.sideways.emit)
        self.addSeparator()
        for moves in self._moves:
            moves.offer([(column, self._words(column)) for column in seen[1:]])
            self.addMenu(moves)

    def _words(self, column: int) -> str:
        if column < FIRST_EXTRA:
            return _OWN[Column(column)]
        return _escaped(self._shown[column - FIRST_EXTRA])

    def _offer_own(self, column: Column, *, has_room: bool) -> None:
        name = f"actionColumn{column.name.capitalize()}"
        action = self._add(_noted(_OWN[column], has_room=has_room), name, ticked=column not in self._away)
        if column in CAN_BE_AWAY:
            action.triggered.connect(lambda ticked, one=column: self._put_away(one, ticked=ticked))
        else:
            action.setEnabled(False)
            action.setToolTip(tip(_WHY_STATUS if column == Column.STATUS else _WHY))

    def _offer(self, extra: Extra, *, has_room: bool) -> None:
        text = _escaped(extra)
        words = _noted(f"&{text}" if extra in _BY_CHOICE else text, has_room=has_room)
        action = self._add(words, f"actionColumn{extra.title}", ticked=extra in self._shown)
        action.triggered.connect(lambda ticked, one=extra: self._choose(one, ticked=ticked))

    def _add(self, text: str, name: str, *, ticked: bool) -> QAction:
        action = self.addAction(text)
        action.setObjectName(name)
        action.setCheckable(True)
        action.setChecked(ticked)
        return action

    def _put_away(self, column: Column, *, ticked: bool) -> None:
        self.put_away.emit(self._away - {column} if ticked else self._away | {column})

    def _choose(self, extra: Extra, *, ticked: bool) -> None:
        others = tuple(one for one in self._shown if one != extra)
        self.chosen.emit((*others, extra) if ticked else others)


def _escaped(extra: Extra) -> str:
    return escaped(extra.title).replace("&", "&&")


def _noted(text: str, *, has_room: bool) -> str:
    """What stands behind a tab is at the right, as keys are."""
    return text if has_room else f"{text}\t{NO_ROOM}"
