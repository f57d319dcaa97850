"""Laying the window out as it was, and telling how it is laid out.

One idea: only what a layout says is changed, so that one of an earlier window, or a broken one, leaves the
rest as it is. The session that was selected is selected again as soon as it is listed, unless somebody has
selected another one by then.

Not for what a layout is (`layout`), nor for when it is kept.
"""

from PySide6.QtCore import QByteArray, Qt

from app.models.sessions.session_rows import FIRST_EXTRA, Column
from app.models.sessions.sessions import SessionsModel
from app.views.frame import Frame
from app.views.layout import USUAL, Layout, Order, untouched

_Down = Qt.SortOrder.DescendingOrder


class Placing:
    """The layout of one window."""

    def __init__(self, frame: Frame, sessions: SessionsModel) -> None:
        self._frame = frame
        self._sessions = sessions
        self._before: Layout | None = None

    def expect(self) -> None:
        """The layout of last time is still to come: what is touched until then stays as it is."""
        self._before = self._choices()

    def untouched(self, layout: Layout) -> Layout:
        """What that layout says of all that nobody has touched since it is expected."""
        return layout if self._before is None else untouched(layout, self._before, self._choices())

    def now(self, selected: str) -> Layout:
        """The layout as it is now; `selected` is the session that is selected, or "" for none."""
        frame, pane = self._frame, self._frame.sessions
        columns = pane.view.columns
        return Layout(
            bytes(frame.saveGeometry().toBase64().data()).decode("ascii"),
            frame.chosen_panes,
            pane.grouping,
            pane.columns,
            self._order(),
            pane.chip,
            frame.detail.tab if frame.has_detail else USUAL.tab,
            selected,
            columns.pulled,
            columns.put_away,
            columns.sideways,
            columns.order.places,
        )

    def lay_out(self, layout: Layout) -> None:
        """Lay the window out like this; what is not said stays as it is."""
        self.lay_out_list(layout)
        self.lay_out_detail(layout)

    def lay_out_list(self, layout: Layout) -> None:
        """The same of the window itself and its list, which are there first."""
        frame, pane = self._frame, self._frame.sessions
        if layout.geometry:
            frame.restoreGeometry(QByteArray.fromBase64(layout.geometry.encode("ascii")))
        if layout.panes:
            frame.set_panes(*layout.panes)
        if layout.grouping:
            frame.set_grouping(layout.grouping)
        if layout.columns is not None:
            pane.set_columns(layout.columns)
        if layout.places is not None:
            pane.view.columns.order.put(layout.places)
        if layout.order is not None:
            self._sort(layout.order)
        if layout.chip:
            pane.set_chip(layout.chip)
        if layout.widths is not None:
            pane.view.columns.pull(layout.widths)
        if layout.away is not None or layout.sideways is not None:
            columns = pane.view.columns
            away = columns.put_away if layout.away is None else layout.away
            columns.choose(away, sideways=columns.sideways if layout.sideways is None else layout.sideways)

    def lay_out_detail(self, layout: Layout) -> None:
        """The same of the detail."""
        if layout.tab:
            self._frame.detail.show_tab(layout.tab)

    def reset(self) -> None:
        """Lay the window out as at the beginning; what is selected stays."""
        self._frame.reset_size()
        self.lay_out(USUAL)

    def _choices(self) -> Layout:
        """The layout, as far as somebody chooses it: where a window stands is its system's, too."""
        size = self._frame.size()
        return self.now("")._replace(geometry=f"{size.width()} {size.height()}")

    def _order(self) -> Order:
        column, direction = self._sessions.order
        if column < 0:
            return Order()
        extra = column - FIRST_EXTRA
        found = Column(column) if extra < 0 else self._sessions.columns[extra]
        return Order(found, direction == _Down)

    def _sort(self, order: Order) -> None:
        if isinstance(order.column, Column):
            place = int(order.column)
        elif order.column in self._sessions.columns:
            place = FIRST_EXTRA + self._sessions.columns.index(order.column)
        else:
            place = -1
        header = self._frame.sessions.view.horizontalHeader()
        header.setSortIndicator(place, _Down if order.falling else Qt.SortOrder.AscendingOrder)
