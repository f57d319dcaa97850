"""Whatever a layout is made of tells that it was touched, a little later and once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.models.sessions.session_rows import Column, Extra
from app.views.layout_changes import LayoutChanges
from tests.sample_window import Shown

WAYS: dict[str, Callable[[Shown], object]] = {
    "selected": lambda shown: shown.open(shown.names[1]),
    "grouping": lambda shown: shown.window.sessions.set_grouping("subject"),
    "chip": lambda shown: shown.window.sessions.set_chip("problems"),
    "tab": lambda shown: shown.window.detail.show_tab("Raw"),
    "columns": lambda shown: shown.window.sessions.set_columns((Extra("trial_count"),)),
    "order": lambda shown: shown.window.sessions.view.horizontalHeader().setSortIndicator(
        0, Qt.SortOrder.DescendingOrder
    ),
    "widths": lambda shown: shown.window.sessions.view.horizontalHeader().resizeSection(Column.SESSION, 251),
    "panes": lambda shown: shown.window.splitter.splitterMoved.emit(500, 1),
    "geometry": lambda shown: shown.window.resize(1300, 800),
}


def test_that_each_part_of_a_layout_is_told_of(qtbot: QtBot, shown: Shown) -> None:
    for way, change in WAYS.items():
        before = shown.window.layout_state()
        changes = LayoutChanges(shown.window, 1)
        with qtbot.waitSignal(changes.settled):
            change(shown)
        changes.end()
        after = shown.window.layout_state()
        assert [name for name in after if after[name] != before[name]][:1] == [way]


def test_that_many_touches_are_told_once_and_none_after_the_end(qtbot: QtBot, shown: Shown) -> None:
    told: list[None] = []
    changes = LayoutChanges(shown.window, 1)
    changes.settled.connect(lambda: told.append(None))
    for way in ("grouping", "chip", "tab"):
        WAYS[way](shown)
    qtbot.waitUntil(lambda: bool(told))
    assert len(told) == 1
    WAYS["geometry"](shown)
    changes.end()
    qtbot.wait(20)
    assert len(told) == 1
