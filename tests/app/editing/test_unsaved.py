"""The way from the number of unsaved edits to each of them, over a real disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.hands import Hands, cell
from app.main import Application
from tests.small_rig import made_session

GONE = "is no longer where it was. Your unsaved edit is kept."


@pytest.fixture
def hands(tmp_path: Path, qtbot: QtBot) -> Iterator[Hands]:
    """A window on three sessions, of which the first two hold an edit."""
    made = [made_session(tmp_path / "data", f"m{number}_2025-06-02_10-00-00") for number in (1, 2, 3)]
    application = Application(roots=[tmp_path / "data"], config_dir=tmp_path / "config", rescan_seconds=1)
    application.window.show()
    hands = Hands(application.window)
    for session, text in zip(made, ("111", "222", ""), strict=True):
        hands.select("sessionView", hands.row("sessionView", session.name))
        row = cell(hands.row("stateView", "trial_count", Value="15"), "Value")
        if text:
            hands.edit(row, text)
    yield hands
    application.shutdown()


def press(qtbot: QtBot, hands: Hands) -> None:
    """Press the number in the status bar."""
    window = hands.window
    qtbot.mouseClick(window.status.unsaved, Qt.MouseButton.LeftButton)  # type: ignore[attr-defined]


def said(hands: Hands) -> str:
    found: str = hands.window.status.message.accessibleName()  # type: ignore[attr-defined]
    return found


def test_that_the_number_leads_from_session_to_session(qtbot: QtBot, hands: Hands) -> None:
    for shown in ("111", "222", "111"):
        press(qtbot, hands)
        hands.row("stateView", "trial_count", Value=shown)


def test_that_edits_of_a_session_that_is_gone_are_told_again(
    qtbot: QtBot, hands: Hands, tmp_path: Path
) -> None:
    session = tmp_path / "data" / "m1_2025-06-02_10-00-00"
    session.rename(tmp_path / "elsewhere")

    def told() -> list[str]:
        banners = hands.window.banners  # type: ignore[attr-defined]
        return [one.text for one in banners.banners() if GONE in one.text]

    qtbot.waitUntil(lambda: bool(told()))
    hands.press("Dismiss")
    assert told() == []
    hands.trigger("actionShowUnsaved")
    qtbot.waitUntil(lambda: bool(told()))
    hands.row("stateView", "trial_count", Value="222")
    hands.trigger("actionShowUnsaved")
    assert said(hands) == "The notices above have the edits of sessions that are not listed."
    hands.window.banner_action.emit(f"gone:{session}", "discard_gone")  # type: ignore[attr-defined]
    hands.trigger("actionShowUnsaved")
    assert said(hands) == "All unsaved edits are those of this session: Changes has them."
    hands.trigger("actionRevert")
    action = hands.window.actions_["actionShowUnsaved"]  # type: ignore[attr-defined]
    assert not action.isEnabled()
    assert "No edit is unsaved." in action.toolTip()
