"""What was resumed on a command line while a window is open: that window says so."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
from pytestqt.qtbot import QtBot

from app.hands import Hands
from app.main import Application
from persistence.cli.run_by_hand import write_down
from persistence.files.running import RunningMarker
from tests.small_rig import made_session

if TYPE_CHECKING:
    from app.models.sessions.sessions import SessionsModel
    from app.views.main_window import MainWindow

NEW = "/elsewhere/mouse42_2026-11-28_01-20-00"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RIGSTATE_CONFIG_DIR", str(tmp_path / "config"))
    return tmp_path / "data"


@pytest.fixture
def hands(root: Path, session: Path, qtbot: QtBot) -> Iterator[Hands]:
    made = Application(roots=[root], config_dir=root.parent / "config", rescan_seconds=1)
    made.window.show()
    hands = Hands(made.window)
    hands.select("sessionView", hands.row("sessionView", session.name))
    hands.wait(lambda: made.window.detail.header.name.text() == session.name, "the session")
    yield hands
    made.shutdown()


@pytest.fixture
def session(root: Path) -> Path:
    return made_session(root)


def resume_by_hand(session: Path, hands: Hands, new: str = NEW) -> None:
    """As `rigstate resume` leaves it: marked while it lasts, and written down."""
    marker = RunningMarker(session, "rig.Rig", elsewhere=True)
    marker.acquire()
    hands.row("sessionView", session.name, Status="Running")
    report = session.parent.parent / "report.json"
    told = {"ok": True, "session_directory": new, "namespace": "rig.Rig"}
    report.write_text(json.dumps(told), "utf-8")
    write_down(session, report, told, datetime.now(), well=True)
    marker.release()


def test_that_the_session_says_as_what_it_was_resumed(hands: Hands, session: Path) -> None:
    heir = cast("MainWindow", hands.window).detail.header.lineage.heir
    assert heir.isHidden()
    resume_by_hand(session, hands)
    hands.wait(lambda: not heir.isHidden(), "what it was resumed as")
    assert heir.accessibleName() == "Resumed as mouse42_2026-11-28_01-20-00 (not listed)"
    model = cast("MainWindow", hands.window).sessions.view.model()
    status = cast("SessionsModel", model).status(str(session))
    assert status is not None
    assert [mark.text for mark in status.marks] == ["Resumed as 01-20-00"]  # the list says so, too


def test_that_it_leads_to_that_session_as_soon_as_that_is_listed(
    hands: Hands, session: Path, root: Path
) -> None:
    """Some launchers name their session before anything stands in it, and save when they end."""
    heir = cast("MainWindow", hands.window).detail.header.lineage.heir
    new = root / "mouse42_2026-11-28_01-20-00"
    resume_by_hand(session, hands, str(new))
    hands.wait(lambda: heir.accessibleName() == f"Resumed as {new.name} (not listed)", "the name")
    new.mkdir()
    marker = RunningMarker(new, "rig.Rig")
    marker.acquire()
    try:
        hands.row("sessionView", new.name, Status="Running")
        hands.wait(lambda: heir.accessibleName() == f"Resumed as {new.name}", "the way there")
    finally:
        marker.release()
