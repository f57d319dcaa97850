"""A trend as it is drawn, and below that as a table: how both share the height of the tab.

One idea: the plot has at least three fifths of the height, and what the table does not need, until the user
decides; where there is too little for both, one scrolls from the one to the other. The plot comes later than
the rest, once its library is there. Not for what is chosen (`trend_pane`), nor for drawing (`plot`).
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from app.models.trend.points import Trend
from app.models.trend.trend_table import TrendTable
from app.views.parts.nesting import nest
from app.views.parts.scrolled import Scrolled
from app.views.parts.widgets import Label
from app.views.style.theme import Theme
from app.views.trend.legend import Legend
from app.views.trend.trend_view import TrendView
from app.words.trend_texts import caption, single_text

_LEAST_PLOT, _LEAST_TABLE = 190, 96
_SMALL_PLOT = 160  # where there is little room; with less height it shows nothing, so one scrolls


class PlotOverTable(Scrolled):
    """The plot with its legend and what is said below it, and the table. `place` is where it is drawn."""

    def __init__(self, theme: Theme, model: TrendTable) -> None:
        super().__init__()
        self._theme = theme
        self._model = model
        self._plot: QWidget | None = None
        self._pulled = False
        self._legend = Legend(theme)
        self._hint = Label(theme, "Click a point to go to its session", "small", "muted")
        self._caption = Label(theme, "", "small", "muted", wrap=True)
        self._waiting = Label(theme, "The plot is being loaded …", "small", "muted", wrap=True)
        self._drawing = QVBoxLayout()
        self.table = TrendView(theme, model)
        self.place = QWidget()
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self._lay_out()
        self.splitter.splitterMoved.connect(lambda *_: self._note_pulled())

    @property
    def said(self) -> str:
        """What is said below the plot."""
        return self._caption.text()

    @property
    def is_drawn(self) -> bool:
        """Whether a plot is there."""
        return self._plot is not None

    def show_plot(self, plot: QWidget) -> None:
        """Draw with this from now on."""
        self._plot = plot
        self._waiting.hide()
        self._drawing.insertWidget(0, plot, 1)

    def show_no_plot(self, why: str) -> None:
        """Say why nothing can be drawn; the table stays."""
        self._waiting.setText(f"The plot cannot be drawn: {why}")

    def show_trend(self, trend: Trend) -> None:
        """Show these sessions in the table, and say what stands for what."""
        self._model.set_trend(trend)
        self.table.fit_columns(compact=False)
        self._legend.show_trend(trend)
        self._caption.setText(_said_below(trend))

    def show_nothing(self) -> None:
        """Nothing stays of what was shown."""
        self._model.set_trend(None)
        self._caption.setText("")

    def give_width(self, width: int) -> None:
        """The hint stands there only where there is room beside the legend."""
        wanted = self._legend.wanted_width + self._hint.sizeHint().width() + self._theme.px(40)
        self._hint.setVisible(width >= wanted)

    def give_height(self, height: int, *, seen: bool) -> None:
        """Share so much; while it is not `seen`, the height is that of another page, or of none."""
        px = self._theme.px
        spare = height - px(_LEAST_PLOT + _LEAST_TABLE)  # below banners, in a small window, there is none
        self._caption.setVisible(spare >= 0)
        if not seen:
            return
        plot = max(px(_LEAST_PLOT) + min(spare, 0), px(_SMALL_PLOT))
        self.place.setMinimumHeight(plot)
        self.splitter.setMinimumHeight(plot + px(_LEAST_TABLE) + self.splitter.handleWidth())
        height = max(height, self.splitter.minimumHeight())
        if not self._pulled:
            rows = self._model.rowCount() * self.table.verticalHeader().defaultSectionSize()
            needed = self.table.horizontalHeader().height() + rows + 2
            table = min(max(needed, px(_LEAST_TABLE)), height * 2 // 5)
            self.splitter.setSizes([height - table, table])

    # --- within ---------------------------------------------------------------------------------------------

    def _note_pulled(self) -> None:
        self._pulled = True

    def _lay_out(self) -> None:
        """The plot over the table; both are scrolled where there is too little room for both."""
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self._lay_out_plot()
        self.splitter.addWidget(self.place)
        self.splitter.addWidget(self.table)
        self.splitter.setStretchFactor(0, 3)
        self.splitter.setStretchFactor(1, 2)
        self.table.setMinimumHeight(self._theme.px(_LEAST_TABLE))
        self.put(self.splitter, self.table)

    def _lay_out_plot(self) -> None:
        px = self._theme.px
        self.place.setMinimumHeight(px(_LEAST_PLOT))
        line = QHBoxLayout()
        line.setContentsMargins(px(16), px(4), px(16), px(4))
        line.addWidget(self._legend, 1)
        line.addWidget(self._hint)
        self._waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._drawing.addWidget(self._waiting, 1)
        whole = QVBoxLayout(self.place)
        whole.setContentsMargins(0, 0, 0, px(8))
        whole.setSpacing(0)
        nest(whole, line)
        nest(whole, self._drawing, 1)
        self._caption.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._caption.setContentsMargins(px(16), 0, px(16), 0)
        whole.addWidget(self._caption)


def _said_below(trend: Trend) -> str:
    title, launcher, subject = trend.choice.title, trend.choice.launcher, trend.subject
    having = [point for point in trend.points if point.value.height is not None]
    if trend.reading:
        return "Reading the values …"
    if len(having) == 1:
        return single_text(title, having[0].name, having[0].value.text)
    without = len(trend.points) - len(having)
    counts = {"without": without, "older": trend.older, "unread": trend.unread}
    return caption(subject, launcher, **counts, shown=len(trend.points))
