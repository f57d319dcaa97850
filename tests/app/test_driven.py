"""A window that is driven by a program, one after another in one process."""

import gc
from pathlib import Path

from pytestqt.qtbot import QtBot

from app.class_table import make_room
from app.disk.disk import Disk
from app.driven import driven


def test_that_nothing_is_left_of_a_window_when_the_next_one_has_threads(qtbot: QtBot, tmp_path: Path) -> None:
    """Also of what went with it only later, as Qt deletes windows. A thread that frees an object of Qt holds
    Qt's lock and waits for Python's, while the window's thread holds Python's and waits for Qt's: seen as a
    program that stood still for ever.
    """
    make_room()  # which collects, too, the first time
    gc.disable()
    try:
        for _ in range(2):
            with driven([tmp_path], tmp_path / "config"):
                disks = [one for one in gc.get_objects() if type(one) is Disk]
                assert len(disks) == 1
                disks.clear()
    finally:
        gc.enable()
