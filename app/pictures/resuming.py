"""The scenes of Resume, from the sheet to the end of the started launcher."""

from __future__ import annotations

import shutil

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.hands import Hands
from app.pictures.album import Album
from app.pictures.changing import put
from app.pictures.scenes import COUNT, escape, open_session
from app.views.parts.widgets import Pill


def resume(album: Album) -> None:
    """The sheet before and after the subject is typed, with an edit that is saved first."""
    with album.window() as hands:
        open_session(album, hands, "ready")
        put(hands, COUNT, "150")
        hands.trigger("actionResume")
        hands.named(QWidget, "resumeSheet")
        album.take("resume-empty", hands)
        confirm(hands, "764521")
        hands.wait(lambda: not hands.can_read("Asking the launcher"), "the launcher's own answer")
        album.take("resume", hands)
        escape(hands)
        hands.trigger("actionRevert")


def resume_without_an_entry(album: Album) -> None:
    """A launcher of which nobody has said how it is started."""
    with album.window(config="stranger", known=False) as hands:
        open_session(album, hands, "ready")
        hands.row("stateView", COUNT)
        hands.trigger("actionResume")
        hands.named(QWidget, "resumeSheet")
        album.take("resume-not-known", hands)
        hands.press("Set how to start…")
        album.take("entry", hands)


def run_and_stop(album: Album) -> None:
    """A launcher that was started from the window says what it does, and is stopped."""
    with album.window() as hands:
        open_session(album, hands, "the computer died")
        hands.row("stateView", COUNT)
        before = {str(row.data()) for row in hands.rows("sessionView")}
        hands.trigger("actionResume")
        start(hands, "770012")
        hands.new_row("sessionView", before)
        hands.read("trial 8")
        album.take("output", hands)
        hands.trigger("actionFiles")
        hands.select("filesView", hands.row("filesView", "launcher.log"))
        hands.wait(lambda: _says(hands, "new session"), "where the run writes its log")
        album.take("files-resumed", hands)
        hands.trigger("actionOutput")
        hands.press("Stop…")
        album.take("stop", hands)
        hands.press("Stop it")
        hands.row("sessionView", "770012_2026-11-23_14-32-08", Status="Interrupted")
        album.take("stopped", hands)


def resume_elsewhere(album: Album) -> None:
    """The new session lies where nobody watches; the window is closed, and the run goes on without it."""
    away = album.demo.directory / "other_rig"
    session = album.demo.sessions["the computer died"]
    shutil.copytree(session, away / session.name)
    with album.window(away, config="away") as hands:
        hands.select("sessionView", hands.row("sessionView", session.name))
        hands.row("stateView", COUNT)
        hands.trigger("actionResume")
        start(hands, "770012")
        hands.read("which is not watched")
        hands.read("trial 8")
        album.take("outlying", hands)
    with album.window(away, config="away") as hands:
        hands.row("sessionView", session.name)
        hands.read("is going on")
        album.take("going-on", hands)
        hands.press("Show")
        hands.press("Stop…")
        hands.press("Stop it")
        hands.read("It was stopped")


def _says(hands: Hands, words: str) -> bool:
    """Whether one of the pills that can be seen holds these words."""
    pills = (one for one in hands.window.findChildren(Pill) if one.isVisible())
    return any(words in one.accessibleName() for one in pills)


def start(hands: Hands, subject: str) -> None:
    """Fill it in, and resume."""
    confirm(hands, subject)
    hands.press("Resume")


def confirm(hands: Hands, subject: str) -> None:
    """Fill it in, and confirm a name that is new here."""
    fill(hands, subject)
    QTest.keyClick(hands.window.focusWidget(), Qt.Key.Key_Return)


def fill(hands: Hands, subject: str) -> None:
    """Scan the subject, say who one is."""
    hands.type_into("subjectField", subject)
    hands.type_into("User", "ann")
