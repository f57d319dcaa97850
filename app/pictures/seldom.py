"""The scenes of what is seldom seen: a copy that takes its time, a field that waits for what is right, a
folder that is away, so little room that buttons have no words.

The one idea: what an operator meets once in a month is looked at as often as all else. Not for what is
easily mistaken: `slips` has that.
"""

from __future__ import annotations

import contextlib
import shutil
import threading
from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTreeView

from app.hands import Hands
from app.pictures.album import Album
from app.pictures.changing import editor, put
from app.pictures.scenes import AWAY, COUNT, open_session

_ITEMS = 2_600_000
"""Of a list that is nearly too long for a clipboard, and takes half a second to be written."""
_ROW = "stimulus_order"


def copy_a_large_row(album: Album) -> None:
    """A list that was pasted is copied: that takes long enough to be told, and can be left."""

    def copy() -> None:
        hands.trigger("actionCopyValue")
        hands.read(f"Copying {_ROW}")

    with album.window() as hands, _another_at_work():
        open_session(album, hands, "ready")
        hands.select("stateView", hands.row("stateView", _ROW))
        QGuiApplication.clipboard().setText(f"[{', '.join(['7'] * _ITEMS)}]")
        hands.trigger("actionPasteJson")
        hands.row("stateView", _ROW, Value=f"{_ITEMS:,} items")
        copy()
        album.take("copying", hands, copy)
        hands.press("Do not wait")
        hands.trigger("actionRevert")
        QGuiApplication.clipboard().clear()


@contextlib.contextmanager
def _another_at_work() -> Iterator[None]:
    """Half of the interpreter's time goes elsewhere: half a second becomes more than what is waited for
    without a word, on the quickest computer, too.
    """
    over = threading.Event()

    def work() -> None:
        while not over.is_set():
            pass

    other = threading.Thread(target=work, name="another at work")
    other.start()
    try:
        yield
    finally:
        over.set()
        other.join()


def click_elsewhere(album: Album) -> None:
    """What cannot stand in its row waits there, whatever else is pressed."""
    with album.window() as hands:
        open_session(album, hands, "ready")
        hands.select("stateView", hands.row("stateView", "reward_volume_ul"))
        hands.trigger("actionEditValue")
        QTest.keyClicks(editor(hands), "6,5 ul")
        view, other = hands.named(QTreeView, "stateView"), hands.row("stateView", "photodiode_on")
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(other).center())
        hands.read("First correct reward_volume_ul")
        album.take("typing-refused", hands)
        QTest.keyClick(editor(hands), Qt.Key.Key_Escape)


def reach_no_folder(album: Album) -> None:
    """A folder goes while one edits in it; then its session is looked at again."""
    away, name = album.demo.directory / AWAY, "770012_2026-11-22_13-02-00"
    gone = away.with_name(f"{AWAY} (not mounted)")
    shutil.copytree(album.demo.sessions["imaging"], away / name)
    with album.window(album.demo.root, away) as hands:
        hands.select("sessionView", hands.row("sessionView", name))
        put(hands, "laser_power_mw", "21.5")  # whatever the waiting save of another scene came to
        away.rename(gone)
        hands.trigger("actionRescan")
        hands.row("sessionView", name, Status="Unavailable")
        hands.read("What you edit is kept until it can be saved.")
        album.take("away", hands)
        open_session(album, hands, "ready")
        hands.row("stateView", COUNT)
        hands.select("sessionView", hands.row("sessionView", name))
        hands.read(f"The folder {away} cannot be reached now.")
        album.take("away-again", hands)
        hands.trigger("actionHistory")
        hands.read("The history cannot be read")
        album.take("away-history", hands)
        hands.trigger("actionRevert")
    shutil.rmtree(gone)


def make_do(album: Album) -> None:
    """A filter beside the tree's buttons: where there is no room for words, they are icons."""
    with album.window() as hands:
        open_session(album, hands, "ready")
        hands.row("stateView", COUNT)
        hands.type_into("stateFilter", "reward")
        hands.wait(lambda: _found(hands) == 3, "a launcher and two attributes")
        hands.select("stateView", hands.row("stateView", "reward_volume_ul"))
        album.take("buttons", hands)


def _found(hands: Hands) -> int:
    return sum(1 for _ in hands.rows("stateView"))
