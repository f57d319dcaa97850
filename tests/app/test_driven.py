"""A window that is driven by a program, one after another in one process."""

import gc
import weakref
from pathlib import Path

from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from app.class_table import make_room
from app.driven import driven


class Left:
    """Something of an earlier window that hangs in a cycle with an object of Qt."""

    def __init__(self) -> None:
        self.itself = self
        self.timer = QTimer()


def test_that_what_an_earlier_window_left_is_freed_before_the_next_one_has_threads(
    qtbot: QtBot, tmp_path: Path
) -> None:
    """A thread that frees an object of Qt holds Qt's lock and waits for Python's, while the window's thread
    holds Python's and waits for Qt's: seen as a program that stood still for ever.
    """
    make_room()  # which collects, too, the first time
    gc.disable()
    try:
        left = weakref.ref(Left())
        assert left() is not None
        with driven([], tmp_path / "config"):
            assert left() is None
    finally:
        gc.enable()
