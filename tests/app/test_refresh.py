"""What is refreshed keeps its place: selection, what is open, where one has scrolled to, in list and state.

The one idea: the folder changes under the window as it does on a rig (sessions come, launchers save, somebody
presses F5), and the operator finds everything where he left it. In the real window, over real files.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QTableView, QTreeView
from pytestqt.qtbot import QtBot

from app.hands import Hands
from app.main import Application
from persistence.states.edits import set_value
from persistence.store import StateFile
from tests.small_rig import NAMESPACE, made_session

CHOSEN = "764521_2026-11-20_10-00-00"


@pytest.fixture
def session(tmp_path: Path) -> Path:
    root = tmp_path / "data"
    for number in range(60):
        made_session(root, f"764521_2026-11-{number % 9 + 11}_{number // 9 + 11}-00-00")
    channels = {f"channel_{number:02}": {"gain": number, "offset": 0.5} for number in range(60)}
    return made_session(root, CHOSEN, **channels)


@pytest.fixture
def application(session: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[Application]:
    made = Application(roots=[session.parent], config_dir=tmp_path / "config", rescan_seconds=1)
    made.window.resize(1024, 700)
    made.window.show()
    yield made
    made.shutdown()


def stand_somewhere(hands: Hands) -> tuple[QTableView, QTreeView]:
    """A session selected, the list scrolled, a mapping open far down in its state, a row in it current."""
    sessions, state = hands.named(QTableView, "sessionView"), hands.named(QTreeView, "stateView")
    hands.wait(lambda: sum(1 for _ in hands.rows("sessionView")) >= 61, "all sessions")
    hands.select("sessionView", hands.row("sessionView", CHOSEN))
    mapping = hands.row("stateView", "channel_40")
    hands.expand("stateView", mapping)
    inside = hands.wait(
        lambda: next((row for row in hands.rows("stateView") if row.parent().data() == "channel_40"), None),
        "a row inside",
    )
    state.selectionModel().setCurrentIndex(inside, QItemSelectionModel.SelectionFlag.NoUpdate)
    state.scrollTo(inside, QTreeView.ScrollHint.PositionAtCenter)
    return sessions, state


def place(sessions: QTableView, state: QTreeView) -> tuple[object, ...]:
    """What is seen at which height: the selected session, the row that is current, and what is open."""
    current = state.currentIndex()
    return (
        sessions.currentIndex().data(),
        sessions.visualRect(sessions.currentIndex()).top(),
        (current.parent().data(), current.data()),
        state.visualRect(current).top(),
        state.isExpanded(current.parent()),
    )


def test_that_everything_stays_in_its_place_when_the_folder_changes(
    application: Application, session: Path
) -> None:
    hands = Hands(application.window)
    sessions, state = stand_somewhere(hands)
    before = place(sessions, state)
    hands.trigger("actionRescan")
    made_session(session.parent, "764521_2026-11-10_09-00-00")  # at the end of the list
    hands.row("sessionView", "764521_2026-11-10_09-00-00")
    store = StateFile(session)
    held = store.read()
    store.commit(
        set_value(held.document, NAMESPACE, ("trial_count",), 4711), expected_etag=held.etag, action="edit"
    )
    hands.row("stateView", "trial_count", Value="4711")
    assert place(sessions, state) == before


def test_that_a_session_that_comes_above_moves_nobody_who_looks_further_down(
    application: Application, session: Path
) -> None:
    hands = Hands(application.window)
    sessions, state = stand_somewhere(hands)
    bar = sessions.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    before = place(sessions, state)
    made_session(session.parent, "764521_2026-11-30_09-00-00")  # the newest, on top
    hands.row("sessionView", "764521_2026-11-30_09-00-00")
    assert place(sessions, state) == before
