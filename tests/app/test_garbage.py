"""The collector of cycles leaves alone what was there when the window was shown."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app.garbage import CollectsAtRest, spare_what_is_there
from app.views.parts.sheet import Sheet
from app.views.style.theme import Theme
from tests.app.views import every_place as places
from tests.sample_window import Shown


class Knot:
    """Holds itself."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def as_before() -> Iterator[None]:
    """Nothing is left alone yet; afterwards the collector is that of the other tests."""
    before = gc.get_threshold()
    gc.unfreeze()
    yield
    gc.set_threshold(*before)
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def test_that_what_is_there_is_spared_and_what_comes_later_is_collected(as_before: None) -> None:
    there = len(gc.get_objects())
    spare_what_is_there()
    assert gc.get_freeze_count() >= there
    assert len(gc.get_objects()) < there / 10
    knot = weakref.ref(Knot())
    gc.collect()
    assert knot() is None


def test_that_not_all_is_looked_through_while_somebody_works(as_before: None) -> None:
    young, middle, _ = gc.get_threshold()
    spare_what_is_there()
    spare_what_is_there()
    assert gc.get_threshold()[:2] == (young, middle)
    assert gc.get_threshold()[2] > 1000 * middle


def test_that_what_has_gone_is_freed_and_the_rest_is_spared_once_nobody_touches_the_window(
    qtbot: QtBot, as_before: None
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: window.windowHandle() is not None)
    rest = CollectsAtRest(window, rest=1000).findChild(QTimer)
    assert rest is not None
    gc.disable()
    try:
        stays, gone = Knot(), weakref.ref(Knot())
        qtbot.waitUntil(lambda: rest.remainingTime() < 900)
        qtbot.keyClick(window.windowHandle(), Qt.Key.Key_A)
        assert rest.remainingTime() >= 900 or gone() is None  # it begins anew, unless this took a second
        qtbot.waitUntil(lambda: gone() is None)
    finally:
        gc.enable()
    assert all(one is not stays for one in gc.get_objects())


SHEETS = (
    places.preferences, places.entry, places.operator, places.resume, places.clear, places.check,
    places.shortcuts, places.about, places.columns, places.stopping, places.saving, places.deciding,
)  # fmt: skip


def test_that_sheets_that_were_closed_leave_nothing_of_qt_to_the_collector(
    qtbot: QtBot, qapp: QApplication
) -> None:
    """It works on any thread, also while the window's own connects a signal: then both wait for ever."""
    theme = Theme("light")
    theme.apply(qapp)
    shown = Shown(theme)
    qtbot.addWidget(shown.window)
    shown.window.show()
    shown.open(shown.names[0])
    opened = set[type[Sheet]]()
    gc.collect()
    gc.disable()
    try:
        for way in SHEETS:
            way(shown)
            opened.update(type(one) for one in shown.window.findChildren(Sheet) if one.isVisible())
            shown.window.sheets.close()
            shown.open(shown.names[0])
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        gc.set_debug(gc.DEBUG_SAVEALL)
        gc.collect()
        left = [one for one in gc.garbage if isinstance(one, QObject) and isValid(one)]
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
        gc.enable()
    assert len(opened) == len(SHEETS), opened
    assert left == []
