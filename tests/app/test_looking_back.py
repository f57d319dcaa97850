"""Looking back with the whole application on real sessions, by what an operator has: menus and keys."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QTableView, QTabWidget
from pytestqt.qtbot import QtBot

from app.changes import change
from app.hands import Hands
from app.main import Application
from app.views.raw_view import RawView
from persistence.store import STATE_FILE, StateFile
from tests.app.edited import edited
from tests.small_rig import made_session

Kind = TypeVar("Kind", bound=QObject)


class Operator:
    """Works the window over a folder of real sessions."""

    def __init__(self, folder: Path, qtbot: QtBot) -> None:
        self.root = folder / "data"
        self.root.mkdir()
        self.qtbot = qtbot
        self.application: Application | None = None
        self.config = folder / "config"

    def start(self) -> Hands:
        self.application = Application(roots=[self.root], config_dir=self.config, rescan_seconds=1)
        self.application.window.resize(1440, 900)
        self.application.window.show()
        self.hands = Hands(self.application.window, 20)
        return self.hands

    def open(self, session: Path) -> None:
        self.hands.select("sessionView", self.hands.row("sessionView", session.name))

    def tab(self, name: str) -> str:
        """The text of a tab."""
        tabs = self.hands.named(QTabWidget, "detailTabs")
        texts = (tabs.tabText(place) for place in range(tabs.count()))
        return next((text for text in texts if text.startswith(name)), "")

    def wait(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=20_000)

    def end(self) -> None:
        if self.application is not None:
            assert self.application.shutdown()


@pytest.fixture
def operator(tmp_path: Path, qtbot: QtBot) -> Iterator[Operator]:
    made = Operator(tmp_path, qtbot)
    yield made
    made.end()


def old_program_writes(session: Path, old: bytes, new: bytes) -> None:
    """A program that knows no history rewrites the file in place."""
    state = session / STATE_FILE
    data = state.read_bytes()
    assert old in data
    state.write_bytes(data.replace(old, new))


def test_that_history_is_read_restored_and_taken_back_by_menu_and_keys(operator: Operator) -> None:
    session = made_session(operator.root)
    change(edited(session, 150))
    old_program_writes(session, b"150", b"151")
    third = (session / STATE_FILE).read_bytes()
    hands = operator.start()
    operator.open(session)
    hands.trigger("actionHistory")
    hands.row("historyView", "3", Action="Written", Program="another program")
    hands.row("historyView", "2", Action="Edited")
    hands.select("historyView", hands.row("historyView", "1", Action="Saved"))
    hands.row("historyDifferences", "trial_count", Version_1="15", Change="Changed")
    hands.trigger("actionRestoreVersion")
    hands.row("sheetDifferences", "trial_count", Now="151")
    hands.press("Restore version 1")
    hands.row("historyView", "4", Action="Restored", Note="Back to version 1")
    assert StateFile(session).version(1) == (session / STATE_FILE).read_bytes()
    assert operator.tab("History") == "History (4)"
    hands.press("Undo")
    operator.wait(lambda: (session / STATE_FILE).read_bytes() == third)


@pytest.mark.parametrize("how", ["cleared", "damaged", "moved"])
def test_that_what_is_gone_is_brought_back_from_history(operator: Operator, how: str) -> None:
    session = made_session(operator.root)
    state = session / STATE_FILE
    first = state.read_bytes()
    if how == "cleared":
        StateFile(session).clear(expected_etag=StateFile(session).peek())
    elif how == "damaged":
        state.write_bytes(b"\0" * 200)
    else:
        (session / "session.json").write_text("{}", encoding="utf-8")
        state.unlink()
    hands = operator.start()
    operator.open(session)
    operator.wait(lambda: operator.tab("History") == f"History ({1 if how == 'moved' else 2})")
    hands.trigger("actionHistory")
    hands.select("historyView", hands.row("historyView", "1", Action="Saved"))
    hands.row("historyDifferences", "trial_count", Version_1="15")
    hands.trigger("actionRestoreVersion")
    hands.press("Restore version 1")
    operator.wait(lambda: state.exists() and state.read_bytes() == first)
    hands.row("stateView", "trial_count", Value="15")


def test_that_a_damaged_file_is_shown_raw_with_the_place_of_its_damage(operator: Operator) -> None:
    session = made_session(operator.root)
    state = session / STATE_FILE
    state.write_bytes(state.read_bytes()[:-40])
    os.utime(state, (1, 1))
    hands = operator.start()
    operator.open(session)
    hands.row("sessionView", session.name, Status="Damaged")
    hands.trigger("actionRaw")
    hands.read("The file ends too early, at line")
    view = hands.named(RawView, "rawView")
    operator.wait(lambda: view.text.data == state.read_bytes())
    assert view.caret_offset >= len(state.read_bytes()) - 40


def test_that_history_grows_while_one_looks(operator: Operator) -> None:
    session = made_session(operator.root)
    change(edited(session, 150))
    hands = operator.start()
    operator.open(session)
    hands.trigger("actionHistory")
    hands.select("historyView", hands.row("historyView", "1"))
    change(edited(session, 151))
    hands.row("historyView", "3", Action="Edited")
    hands.row("historyDifferences", "trial_count", Version_1="15", Change="Changed")
    view = hands.named(QTableView, "historyView")
    operator.wait(lambda: [row.data() for row in view.selectionModel().selectedRows()] == ["1"])
