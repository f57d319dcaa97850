"""The menu of orders: one order is marked, and nothing is left of the columns that were there before."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from app.views.sessions.sort_menu import NEWEST_FIRST, SortMenu


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    window = QMainWindow()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def menu(window: QMainWindow) -> SortMenu:
    menu = SortMenu(window)
    window.menuBar().addMenu(menu)
    return menu


def marked(menu: SortMenu) -> list[str]:
    return [one.text() for one in menu.actions() if one.isChecked()]


def test_that_the_order_of_the_list_is_marked_and_one_that_is_chosen_is_told(menu: SortMenu) -> None:
    assert marked(menu) == ["&Newest first"]
    menu.show_order(("a & b",), 5)
    assert marked(menu) == ["a && b"]
    told: list[object] = []
    menu.chosen.connect(told.append)
    menu.actions()[1].trigger()
    assert (told, marked(menu)) == ([0], ["&Session"])


def test_that_a_change_of_order_leaves_nothing_behind(menu: SortMenu) -> None:
    menu.show_order((), 0)
    before = len(menu.findChildren(QObject))
    for column in (1, 2, NEWEST_FIRST):
        menu.show_order((), column)
    assert len(menu.findChildren(QObject)) == before
