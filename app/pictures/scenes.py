"""The scenes of the list, of states and of looking back, each played in a window of its own.

The one idea: a scene is what an operator does, through `Hands`; what other programs do beside him is done by
other programs. Not for scenes in which something is changed: `changing` and `resuming` have those.
"""

from __future__ import annotations

import shutil
import subprocess

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QTabWidget, QWidget

from app.demo import CODE, GREETING, OLD_PROGRAM
from app.hands import Hands, cell
from app.pictures.album import Album
from app.pictures.dated import FINISHING, RUNNING, UNSIGNED
from app.program import python
from app.views.parts.raw_view import RawView

AWAY = "left_scanner"
COUNT = "trial_count"


def open_session(album: Album, hands: Hands, what: str) -> None:
    """Select a session of the demo in the list, by what it shows."""
    hands.select("sessionView", hands.row("sessionView", album.demo.sessions[what].name))


def escape(hands: Hands) -> None:
    """Leave the sheet that is open."""
    QTest.keyClick(QApplication.focusWidget() or hands.window, Qt.Key.Key_Escape)


def visit(album: Album, hands: Hands, action: str, name: str, said: str = "") -> None:
    """Open a sheet, take its picture once it says what it is to say, and leave it."""
    hands.trigger(action)
    if said:
        hands.read(said)
    album.take(name, hands)
    escape(hands)


def is_enabled_with_all(view: QAbstractItemView, action: QAction) -> bool:
    """Whether an action can be done to all rows, which are selected by this."""
    view.selectAll()
    return action.isEnabled()


def begin(album: Album) -> None:
    """Nothing is watched yet; and the same on a computer that has a rig config."""
    nothing = album.demo.directory / "nothing"
    with album.window(nothing) as hands:
        hands.trigger(str(nothing))
        hands.read("Watch a folder to see its sessions")
        album.take("first-start", hands)
    with album.window(nothing, rig_config=str(album.demo.rig_config)) as hands:
        hands.trigger(str(nothing))
        hands.read("Found on this computer")
        album.take("first-start-rig", hands)


def list_sessions(album: Album) -> None:
    """Every status that there is, and then some of the sessions."""
    away = album.demo.directory / AWAY
    gone = away.with_name(f"{AWAY} (not mounted)")
    shutil.copytree(album.demo.sessions["imaging"], away / "770012_2026-11-22_13-02-00")
    with (
        album.demo.arriving(wait=0, seconds=3, session=RUNNING),
        album.demo.arriving(wait=0, seconds=0.2, session=FINISHING),
        album.window(album.demo.root, away) as hands,
    ):
        hands.row("sessionView", "770012_2026-11-22_13-02-00")
        hands.row("sessionView", "752311_2026-11-23_14-01-00", Status="Finishing")
        hands.row("sessionView", "770012_2026-11-23_13-41-00", Saved="min ago")
        away.rename(gone)
        hands.trigger("actionRescan")
        album.take("list-none-selected", hands)
        open_session(album, hands, "ready")
        hands.row("stateView", "trial_count")
        torn = [python(), "-m", OLD_PROGRAM, "damage", str(album.demo.sessions["the first"])]
        subprocess.run(torn, cwd=CODE, check=True)  # it counts as being written while it is fresh
        album.take("list", hands)
        hands.select("sessionView", hands.row("sessionView", "770012_2026-11-23_13-41-00"))
        hands.row("stateView", "trial_count")
        album.take("state-running", hands)
    shutil.rmtree(gone)


def find_sessions(album: Album) -> None:
    """The list, filtered, with columns by choice, and several of it selected."""
    with album.window() as hands:
        names = {session.name for session in album.demo.sessions.values()}
        hands.wait(lambda: names <= {row.data() for row in hands.rows("sessionView")}, "all sessions")
        hands.type_into("Filter sessions", f"{COUNT}>0")
        hands.wait(lambda: 10 < sum(1 for _ in hands.rows("sessionView")) < 26, "saved values that are known")
        hands.type_into("Filter sessions", "")
        hands.trigger("Attribute…")
        hands.type_into("columnName", "t")
        hands.read("attributes.")
        album.take("columns", hands)
        hands.type_into("columnName", COUNT)
        hands.press("Show column")
        hands.trigger("Outcome")
        hands.row("sessionView", album.demo.sessions["ready"].name, trial_count="15")
        album.take("columns-chosen", hands)
        hands.type_into("Filter sessions", "764521 trial_count>9")
        hands.wait(lambda: sum(1 for _ in hands.rows("sessionView")) < 12, "fewer sessions")
        hint = hands.named(QWidget, "fieldHintStrip")
        hands.wait(hint.isHidden, "that nobody types any more")
        album.take("list-filtered", hands)
        view, action = hands.named(QAbstractItemView, "sessionView"), hands.named(QAction, "actionClear")
        view.setFocus()
        hands.wait(lambda: is_enabled_with_all(view, action), "several sessions that can be cleared")
        action.trigger()
        album.take("clear-several", hands)


def look_at_states(album: Album) -> None:
    """States of every type, and what there is instead of one."""
    with album.window() as hands:
        open_session(album, hands, "every type, in several scripts")
        hands.row("stateView", "weighed_at")
        album.take("state-every-type", hands)
        open_session(album, hands, "1,500 attributes")
        hands.row("stateView", "channel_500_gain", Value="1.03")
        album.take("state-many", hands)
        open_session(album, hands, "two launchers")
        hands.row("stateView", "CameraRecorder")
        album.take("state-two-launchers", hands)
        open_session(album, hands, "from a newer version")
        hands.read("2.0.0")
        album.take("state-newer", hands)
        open_session(album, hands, "cleared")
        hands.read("was cleared")
        album.take("state-cleared", hands)
        open_session(album, hands, "five days ago")
        hands.row("stateView", COUNT)
        hands.read("did not save")
        album.take("state-not-saved", hands)
        open_session(album, hands, "damaged")
        hands.read("up to line")
        album.take("state-damaged", hands)
        hands.trigger("actionSalvage")
        album.take("recover", hands)


def recover(album: Album) -> None:
    """A run that crashed before it saved, and one whose record does not say whose it is."""
    with album.window() as hands:
        open_session(album, hands, "the rig was off")
        hands.read("the reward controller does not answer")
        hands.wait(hands.named(QAction, "actionRecoverCrash").isEnabled, "a way back")
        album.take("state-none", hands)
        QTest.keyClick(hands.window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        hands.named(QWidget, "refusedSheet")
        album.take("resume-refused", hands)
        escape(hands)
        open_session(album, hands, UNSIGNED)
        hands.trigger("actionRecoverCrash")
        album.take("whose", hands)


def look_at_files(album: Album) -> None:
    """What lies beside a saved state, and the log of its run."""
    with album.window(greeting=GREETING) as hands:
        open_session(album, hands, "the task broke")
        hands.row("stateView", COUNT)
        hands.trigger("actionFiles")
        hands.select("filesView", hands.row("filesView", "launcher.log"))
        view = hands.named(RawView, "fileView")
        hands.wait(lambda: b"trial" in view.text.data, "the log")
        album.take("files", hands)


def look_back(album: Album) -> None:
    """History, the question before a version comes back, the raw file, two states side by side."""
    with album.window() as hands:
        open_session(album, hands, "corrected")
        hands.trigger("actionHistory")
        hands.select("historyView", hands.row("historyView", "4"))
        hands.row("historyDifferences", "opto_note")
        album.take("history", hands)
        hands.trigger("actionRestoreVersion")
        album.take("restore", hands)
        hands.press("Restore version 4")
        hands.row("historyView", "7")
        album.take("restored", hands)
        hands.trigger("actionRaw")
        album.take("raw", hands)
        hands.trigger("actionCompare")
        hands.type_into("pickField", "764521")
        album.take("compare-with", hands)
        hands.type_into("pickField", "05-00")
        hands.press("Compare")
        hands.row("compareView", "trial_count")
        album.take("compare", hands)
        open_session(album, hands, "damaged")
        hands.trigger("actionRaw")
        hands.read("line")
        album.take("raw-damaged", hands)


def follow_a_number(album: Album) -> None:
    """A number over the sessions of an animal, with an edit that is not saved yet."""
    with album.window() as hands:
        open_session(album, hands, "ready")
        hands.edit(cell(hands.row("stateView", COUNT), "Value"), "18")
        hands.trigger("actionTrend")
        hands.row("trendView", album.demo.sessions["long ago"].name)
        hands.named(QWidget, "callout")  # the plot is there
        album.take("trend", hands)
        hands.trigger("actionRevert")


def help_oneself(album: Album) -> None:
    """Preferences, keys, about."""
    with album.window() as hands:
        open_session(album, hands, "ready")
        hands.row("stateView", "trial_count")
        hands.trigger("actionPreferences")
        pages = hands.named(QWidget, "preferencesSheet").findChildren(QTabWidget)[0]
        for position in range(pages.count()):
            pages.setCurrentIndex(position)
            album.take(f"preferences-{pages.tabText(position).lower()}", hands)
        escape(hands)
        hands.trigger("actionShortcuts")
        album.take("shortcuts", hands)
        escape(hands)
        hands.trigger("actionAbout")
        album.take("about", hands)
