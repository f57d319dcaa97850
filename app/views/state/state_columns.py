"""How wide the columns of the state tree are, and which are shown.

One idea: values get what is left, and the others give way to them: names and saved values take what they need
as far as there is room, types become their icons, saved values are left to the Changes tab. Not for what the
columns show.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QObject, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHeaderView, QTreeView

from app.models.state.state_nodes import Node
from app.models.state.state_texts import Column, Marks, cell_text
from app.models.state.state_tree import StateTreeModel
from app.values.fit_text import escaped
from app.views.state.state_delegate import LABEL_START, THEIRS, TYPE_ICON_WIDTH
from app.views.style.fonts import Role
from app.views.style.painting import MOST_DRAWN, text_width
from app.views.style.theme import Theme
from app.words.beside_texts import until_where_they_differ, where_they_differ
from persistence.states.diff import Change
from persistence.states.merge import Spot
from persistence.values.kinds import Kind

_WIDTHS = {Column.ATTRIBUTE: 184, Column.TYPE: 106, Column.SAVED: 94, Column.TAKE_BACK: 36}
_COMPACT_WIDTHS = {Column.ATTRIBUTE: 160, Column.TYPE: 95, Column.SAVED: 88, Column.TAKE_BACK: 32}
_WIDEST_ATTRIBUTE = 232
_MEASURED = 200  # names; those of a large state are alike
_NARROWEST_VALUE = 100
_ELIDED = frozenset({Kind.TEXT, Kind.PATH})
"""Of these the beginning says something; of a time or a number it does not."""
_NO_MARKS = Marks()
_ENOUGH_VALUE = 84
"""What values keep where names take more than usual, also when saved values stand beside them."""
INDENT = 16
_NESTED = 24
"""What names inside others have beside their own, and give up where there is little room."""
_PADDING = 8


class _Wanted(NamedTuple):
    """What saved values need, and what is edited beside them, in pixels: whole, where they differ, and from
    the beginning; and the least of that, for of texts a part is enough.
    """

    saved: int = 0
    value: int = 0
    saved_in_short: int = 0
    saved_least: int = 0
    value_least: int = 0
    saved_begun: int = 0
    value_begun: int = 0
    value_whole: int = 0
    """Of a text, the least."""

    @property
    def least(self) -> int:
        """What both need."""
        return self.saved_least + self.value_least

    @property
    def goals(self) -> tuple[int, ...]:
        """What both need with what is edited whole, from its beginning, in short; the better ones first."""
        return tuple(self.saved_least + one for one in (self.value_whole, self.value_begun, self.value_least))

    def share(self, room: int, least: int) -> int:
        """What saved values have of the room of both: all that they need, where what is edited has room
        beside them, whole too; else in short, as far as that leaves the other what it needs, and `least`.
        """
        for saved in (self.saved, self.saved_begun):
            if saved + max(self.value, least) <= room:
                return saved
        left = room - max(self.value_least, least)
        fair = max(self.saved_least, room // 2) if self.value > room // 2 else left  # of two long texts
        return min(self.saved_in_short, fair, left if left >= self.saved_least else room // 2)


class StateColumns(QObject):
    """Fits the columns of one tree that has its model."""

    def __init__(self, view: QTreeView, state: StateTreeModel, theme: Theme) -> None:
        super().__init__(view)
        self._view = view
        self._state = state
        self._theme = theme
        self._compact = False
        self._longest = 0
        self._wanted = _Wanted()
        self._has_edits = False
        self._shape_header()
        state.refreshed.connect(self._fit_to_saved)
        state.modelReset.connect(self._fit_to_names)
        theme.changed.connect(self._fit_to_names)

    def set_compact(self, compact: bool) -> None:
        """Make do with less room, or use more."""
        self._compact = compact
        self.fit()

    def fit(self) -> None:
        """Types are their icons alone where values would have no room, or what is edited none beside what is
        saved; where large text leaves none then, saved values are left to the Changes tab. In little room
        they have a column only while one was edited.
        """
        px, widths, header = self._theme.px, dict(_COMPACT_WIDTHS if self._compact else _WIDTHS), self._header
        if not self._has_room(widths) or self._is_cramped(widths):
            widths[Column.TYPE] = TYPE_ICON_WIDTH
        nothing_saved = self._compact and not self._has_edits
        self._view.setColumnHidden(Column.SAVED, nothing_saved or not self._has_room(widths))
        self._view.setColumnHidden(Column.TAKE_BACK, nothing_saved)
        widths[Column.ATTRIBUTE] = self._name_width(widths)
        for column, width in widths.items():
            header.resizeSection(column, px(width))
        room = self._view.viewport().width() - px(sum(widths.values()) - widths[Column.SAVED])
        least = max(px(widths[Column.SAVED]), self._title_width(Column.SAVED))
        header.resizeSection(Column.SAVED, max(least, self._wanted.share(room, px(_ENOUGH_VALUE))))

    # --- within ---------------------------------------------------------------------------------------------

    @property
    def _header(self) -> QHeaderView:
        return self._view.header()

    def _shape_header(self) -> None:
        px, header = self._theme.px, self._header
        header.setFont(self._theme.font("column"))
        header.setFixedHeight(px(30))
        header.setMinimumSectionSize(px(24))
        header.setStretchLastSection(False)
        header.setSectionsMovable(False)
        header.setSectionResizeMode(Column.VALUE, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(Column.TAKE_BACK, QHeaderView.ResizeMode.Fixed)

    def _fit_to_names(self) -> None:
        """Of another session; names are measured once, and the view is resized often while one is shown."""
        self._longest = self._longest_name()
        self._measure_saved()
        self.fit()

    def _fit_to_saved(self) -> None:
        """Saved values became others: they get what they need of the room of values. What a filter shows of
        them is no reason, and to look at it costs laying all of it out.
        """
        if self._state.found_anew:
            return
        before = (self._wanted, self._has_edits)
        self._measure_saved()
        if before != (self._wanted, self._has_edits):
            self.fit()

    def _measure_saved(self) -> None:
        draft = self._state.draft
        self._has_edits = draft is not None and draft.count > 0
        self._wanted = self._wanted_by_saved()

    def _wanted_by_saved(self) -> _Wanted:
        """What the first saved values take that are edited, and have a row by now."""
        draft, widest = self._state.draft, _Wanted()
        changes = draft.shown.changes[:_MEASURED] if draft is not None else ()
        for namespace, place in dict.fromkeys(spot for one in changes for spot in _around(one)):
            node = self._state.made(namespace, place)
            if node is not None and node.is_value:
                widest = _Wanted(*map(max, zip(widest, self._wanted_by(node), strict=True)))
        return widest

    def _wanted_by(self, node: Node) -> _Wanted:
        marks = self._state.marks(node)
        text, value = cell_text(node, marks, Column.SAVED), cell_text(node, marks, Column.VALUE)
        if not text:
            return _Wanted()
        other, was = (value, text) if marks.other_value else (text, value)
        saved, saved_begun, in_short = (self._width_of(one, "mono", marks) for one in _shorter(text, other))
        whole, begun, value_least = (self._width_of(one, "mono_strong") for one in _shorter(value, was))
        most = self._theme.px(_ENOUGH_VALUE) if node.kind in _ELIDED else saved + whole
        saved_least, *values = (min(most, one) for one in (in_short, value_least, begun, whole))
        return _Wanted(saved, whole, in_short, saved_least, values[0], saved_begun, *values[1:])

    def _width_of(self, text: str, font: Role, marks: Marks = _NO_MARKS) -> int:
        px, sign = self._theme.px, THEIRS if marks.disputed is not None else 0
        return text_width(text, self._theme.font(font)) + px(_PADDING) + px(4) + px(sign) + 1

    def _title_width(self, column: Column) -> int:
        """What the words above a column take, in pixels."""
        title = str(self._state.headerData(column, Qt.Orientation.Horizontal) or "")
        return text_width(title, self._theme.font("column")) + self._theme.px(2 * _PADDING) + 2

    def _has_room(self, widths: Mapping[Column, int]) -> bool:
        """Whether values have some beside the other columns."""
        px = self._theme.px
        return self._view.viewport().width() - px(sum(widths.values())) >= px(_NARROWEST_VALUE)

    def _is_cramped(self, widths: Mapping[Column, int]) -> bool:
        """Whether edited and saved values have less room beside each other than they would beside icons."""
        room = self._view.viewport().width() - self._theme.px(sum(widths.values()) - widths[Column.SAVED])
        beside_icons = room + self._theme.px(widths[Column.TYPE] - TYPE_ICON_WIDTH)
        return next((goal > room for goal in self._wanted.goals if goal <= beside_icons), False)

    def _name_width(self, widths: Mapping[Column, int]) -> int:
        """What the names need, as far as values have enough without it, edited ones in short; not below the
        usual width. With the first edit nothing moves: saved values are counted in before they are shown.
        """
        room, scale = round(self._view.viewport().width() / self._theme.scale), self._theme.scale
        rest, edited = room - sum(widths.values()), round(self._wanted.least / scale) - widths[Column.SAVED]
        spare = rest - max(_ENOUGH_VALUE, edited if edited <= rest else 0)
        usual, inside = widths[Column.ATTRIBUTE], _NESTED if self._compact else 0
        return max(usual, min(self._longest - inside, max(_WIDEST_ATTRIBUTE, room // 3), usual + spare))

    def _longest_name(self) -> int:
        """What the names of the first attributes take, in pixels at font scale 1."""
        metrics, top = QFontMetrics(self._theme.font("body")), QModelIndex()
        launchers = [self._state.index_of(node) for node in self._state.rows_below(top)]
        names = [
            escaped(node.label)[:MOST_DRAWN]
            for launcher in launchers
            for node in self._state.rows_below(launcher)[:_MEASURED]
        ]
        widest = max(map(metrics.horizontalAdvance, names), default=0)
        return round(widest / self._theme.scale) + LABEL_START + 3 * INDENT


def _shorter(text: str, other: str) -> tuple[str, str, str]:
    """A text whole, without what it ends with like another one, and where they differ."""
    return text, until_where_they_differ(text, other), where_they_differ(text, other)


def _around(change: Change) -> tuple[Spot, Spot]:
    """The places that are marked by a change: it, and what holds it, where something came or went there."""
    return (change.namespace, change.place), (change.namespace, change.place[:-1])
