"""What all tables of the window have, the list of sessions and those for reading (`row_table`)."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget


def behave_as_rows(table: QTableView) -> None:
    """What all tables of the window have: rows that are selected as a whole, and no grid of cells."""
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.setTabKeyNavigation(False)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setCornerButtonEnabled(False)


def put_ground(table: QTableView) -> None:
    """Give a table a ground for its rows that is as Qt makes it, before it has anything else.

    When PySide first meets a widget that Qt has made, it makes every kind of widget there is, which the first
    picture of the window would wait for.
    """
    ground = QWidget()
    ground.setObjectName("qt_scrollarea_viewport")
    ground.setBackgroundRole(QPalette.ColorRole.Base)
    ground.setAutoFillBackground(True)
    ground.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    table.setViewport(ground)
    ground.lower()  # the bars stand on it
