"""Paints the rows of one state tree: the ground of each, its cells, its frame.

One idea: what is the same for all rows of a paint is asked once: where columns are, which row has the
keyboard. Asked for each cell that takes as long as the painting. Not for how anything looks
(`row_ground`, `state_delegate`).
"""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QRect
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QTreeView

from app.models.state.state_nodes import Node
from app.models.state.state_texts import Column, Marks, cell_text
from app.models.state.state_tree import StateTreeModel
from app.views.state.row_ground import Row, RowGround
from app.views.state.state_delegate import Cell, StateDelegate


class _Section(NamedTuple):
    """A column that is shown: where it begins, and how wide it is."""

    column: Column
    left: int
    width: int


class RowPainter:
    """Paints the rows of one tree that has its model."""

    def __init__(
        self, view: QTreeView, state: StateTreeModel, ground: RowGround, delegate: StateDelegate
    ) -> None:
        self._view, self._state = view, state
        self._ground, self._delegate = ground, delegate
        self._sections: list[_Section] = []
        self._behind: dict[Column, int] = {}
        self._focused: Node | None = None
        self._selection = view.selectionModel()

    def look(self) -> None:
        """Take in what holds for all rows, before some are painted."""
        view, header, state = self._view, self._view.header(), self._state
        self._sections = [
            _Section(column, header.sectionViewportPosition(column), header.sectionSize(column))
            for column in Column
            if not header.isSectionHidden(column)
        ]
        self._behind = {one.column: one.width for one in self._sections}
        self._focused = state.node(view.currentIndex()) if view.hasFocus() else None

    def paint(self, painter: QPainter, node: Node, index: QModelIndex, area: QRect) -> None:
        """Paint a row; `index` is the first of its cells."""
        is_open = self._view.isExpanded(index) if node.holds_any else None
        marks = self._state.marks(node)._replace(closed=is_open is False and node.span is None)
        row = Row(
            node,
            area,
            left=self._view.visualRect(index).x(),
            edited=(node.is_value and marks.edited) or marks.stands_for_inside,
            selected=self._selection.isSelected(index),
            focused=node is self._focused,
            is_open=is_open,
        )
        painter.save()
        self._ground.paint_below(painter, row)
        if node.is_value:
            self._paint_cells(painter, row, marks)
        self._ground.paint_above(painter, row)
        painter.restore()

    def _paint_cells(self, painter: QPainter, row: Row, marks: Marks) -> None:
        """Qt would ask for node and marks of each cell anew, and lay a ground of its own below it."""
        node, words, top, height = row.node, self._state.filter.words, row.area.y(), row.area.height()
        for column, begin, width in self._sections:
            left = row.left if column is Column.ATTRIBUTE else begin
            right = begin + width
            if column is Column.VALUE:
                right += self._empty_behind(node, marks)
            cell = QRect(left, top, right - left, height)
            self._delegate.paint_cell(painter, cell, Cell(node, marks, column, words))

    def _empty_behind(self, node: Node, marks: Marks) -> int:
        """How far a value reaches over the cells behind it where nothing stands in them, as in a spreadsheet:
        what is too long for its column is read whole all the same.
        """
        if cell_text(node, marks, Column.SAVED):
            return 0
        behind = self._behind.get(Column.SAVED, 0)
        return behind if marks.can_take_back else behind + self._behind.get(Column.TAKE_BACK, 0)
