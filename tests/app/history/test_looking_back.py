"""Looking back with the whole application on real sessions, by what an operator has: menus and keys."""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QTableView, QTabWidget
from pytestqt.qtbot import QtBot

from app.files import reading
from app.files.changes import change
from app.hands import Hands
from app.main import Application
from app.views.parts.raw_view import RawView
from app.views.status_bar import StatusBar
from persistence.sessions import spilling
from persistence.states.edits import get_value, set_value
from persistence.store import STATE_FILE, StateFile
from tests.app.edited import COUNT, edited
from tests.small_rig import NAMESPACE, made_session

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

    @property
    def message(self) -> str:
        """What the status bar says at the left."""
        return self.hands.named(StatusBar, "").message.accessibleName()

    def wait(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition)

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
    hands.row("historyView", "3", Action="Written", Program="not known")
    hands.row("historyView", "2", Action="Edited")
    hands.select("historyView", hands.row("historyView", "1", Action="Saved"))
    hands.row("historyDifferences", "trial_count", Version_1="15", Change="Changed")
    hands.trigger("actionRestoreVersion")
    hands.row("sheetDifferences", "trial_count", Now="151")
    hands.press("Restore version 1")
    hands.row("historyView", "4", Action="Restored", Note="Back to version 1")
    operator.wait(lambda: operator.message == f"Version 1 of {session.name} is back, as version 4.")
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
    made_earlier(state)
    hands = operator.start()
    operator.open(session)
    hands.row("sessionView", session.name, Status="Damaged")
    hands.trigger("actionRaw")
    hands.read("The file ends too early, at line")
    view = hands.named(RawView, "rawView")
    operator.wait(lambda: view.text.data == state.read_bytes())
    assert view.caret_offset >= len(state.read_bytes()) - 40


def made_earlier(state: Path) -> None:
    """So that a torn file is not taken for one that is being written."""
    os.utime(state, (1, 1))


def test_that_what_can_be_read_of_a_damaged_file_is_salvaged(operator: Operator) -> None:
    session = made_session(operator.root)
    state = session / STATE_FILE
    state.write_bytes(state.read_bytes().partition(b'"experiment_phase"')[0])
    made_earlier(state)
    hands = operator.start()
    operator.open(session)
    hands.read("The file ends too early, at line")
    hands.press("Salvage what can be read…")
    hands.row("sheetDifferences", "experiment_phase", Change="Removed")
    hands.row("sheetDifferences", "trial_count", Change="Equal")
    hands.press("Save as a new version")
    hands.row("stateView", "trial_count", Value="15")
    assert [one.action for one in StateFile(session).history()] == ["save", "foreign", "recover"]


def test_that_the_last_good_version_replaces_a_damaged_one_from_the_menu(operator: Operator) -> None:
    session = made_session(operator.root)
    state = session / STATE_FILE
    good = state.read_bytes()
    state.write_bytes(b"\0" * len(good))
    made_earlier(state)
    hands = operator.start()
    operator.open(session)
    hands.trigger("actionRestoreGood")
    hands.press("Restore version 1")
    operator.wait(lambda: state.read_bytes() == good)
    hands.row("sessionView", session.name, Status="Ready")
    hands.read("What it replaces is version 2.")
    hands.press("Go to History")
    hands.row("historyView", "2")
    assert operator.tab("History").startswith("History (3")


def test_that_a_torn_file_is_restored_only_once_it_is_not_taken_for_being_written(operator: Operator) -> None:
    session = made_session(operator.root)
    state = session / STATE_FILE
    good = state.read_bytes()
    state.write_bytes(good[:-40])
    hands = operator.start()
    operator.open(session)
    hands.read("It is looked at again in a moment.")
    assert not hands.can_read("The last good one")
    made_earlier(state)
    hands.press("Restore version 1…")
    hands.press("Restore version 1")
    operator.wait(lambda: state.read_bytes() == good)


@pytest.fixture
def damaged_while_edited(operator: Operator) -> Path:
    """A session that was cut off under an unsaved edit of its first attribute, as the window shows it."""
    session = made_session(operator.root)
    state = session / STATE_FILE
    hands = operator.start()
    operator.open(session)
    hands.edit(hands.row("stateView", "trial_count").siblingAtColumn(2), "150")
    state.write_bytes(state.read_bytes().partition(b'"experiment_phase"')[0])
    made_earlier(state)
    hands.row("sessionView", session.name, Status="Damaged")
    hands.read("and cannot be edited now.")
    return session


@pytest.mark.parametrize(
    ("way", "words"),
    [("Restore version 1…", "Restore version 1"), ("Salvage what can be read…", "Save as a new version")],
)
def test_that_edits_are_put_on_top_of_what_comes_back_over_a_damaged_file(
    operator: Operator, damaged_while_edited: Path, way: str, words: str
) -> None:
    hands = operator.hands
    hands.press(way)
    hands.read("Your unsaved edit is kept, and put on top of what comes back.")
    hands.press(words)
    hands.row("stateView", "trial_count", Value="150", Saved_value="15")
    assert get_value(StateFile(damaged_while_edited).read().document, NAMESPACE, COUNT) == 15
    hands.trigger("actionUndo")
    hands.row("stateView", "trial_count", Value="15")
    hands.trigger("actionRedo")
    hands.trigger("actionSave")
    hands.press("Save 1 change")
    operator.wait(lambda: get_value(StateFile(damaged_while_edited).read().document, NAMESPACE, COUNT) == 150)


def test_that_edits_of_a_damaged_file_are_discarded_and_come_back(
    operator: Operator, damaged_while_edited: Path
) -> None:
    hands = operator.hands
    assert operator.application is not None
    assert not operator.application.window.actions_["actionSave"].isEnabled()
    hands.trigger("actionRevert")
    operator.wait(lambda: operator.message == "Discarded 1 edit. Undo (Ctrl+Z) brings it back.")
    unsaved = operator.application.window.status.unsaved
    assert not unsaved.isVisible()
    assert not hands.can_read("cannot be edited now.")
    hands.trigger("actionUndo")
    operator.wait(unsaved.isVisible)
    hands.trigger("actionUndo")
    hands.press("Restore version 1…")
    hands.press("Restore version 1")
    hands.row("stateView", "trial_count", Value="15")
    hands.trigger("actionRedo")
    hands.row("stateView", "trial_count", Value="150", Saved_value="15")


def test_that_an_edit_of_what_comes_back_as_something_else_is_to_be_decided(operator: Operator) -> None:
    session = made_session(operator.root)
    change(edited(session, 150))
    hands = operator.start()
    operator.open(session)
    hands.edit(hands.row("stateView", "trial_count", Value="150").siblingAtColumn(2), "7")
    hands.trigger("actionHistory")
    hands.select("historyView", hands.row("historyView", "1"))
    hands.trigger("actionRestoreVersion")
    hands.press("Restore version 1")
    hands.read("both of you changed trial_count")
    hands.press("Decide…")
    hands.row("conflictTable", "trial_count")
    assert get_value(StateFile(session).read().document, NAMESPACE, COUNT) == 15


def test_that_a_run_that_crashed_before_it_saved_is_recovered(operator: Operator) -> None:
    session = operator.root / "764521_2026-11-23_14-05-00"
    folder = session / "launcher_metadata"
    folder.mkdir(parents=True)
    told = {"crash_info": {"exception_type": "OSError"}, "launcher_state": {"trial_count": 4}}
    (folder / "debug_state.json").write_text(json.dumps(told), encoding="utf-8")
    hands = operator.start()
    operator.open(session)
    hands.press("Recover from the crash's own record…")
    hands.type_into("Launcher, as module.Class", "my.rig.Rig")
    hands.press("Go on")
    hands.type_into("Note for History", "after the blue screen")
    hands.press("Save as a new version")
    hands.row("stateView", "trial_count", Value="4")
    hands.row("sessionView", session.name, Status="Failed")
    note = StateFile(session).history()[-1].note
    assert note == "from the crash's own record, as of my.rig.Rig: after the blue screen"


def test_that_an_unsaved_state_is_brought_in_and_taken_back(operator: Operator) -> None:
    session = made_session(operator.root)
    document = set_value(StateFile(session).read().document, NAMESPACE, COUNT, 99)
    spilling.write_beside(session, spilling.new_name(), spilling.contents(document, session, "full"))
    hands = operator.start()
    operator.open(session)
    hands.row("stateView", "trial_count", Value="15")
    hands.press("Bring in…")
    hands.row("sheetDifferences", "trial_count", Now="15", Change="Changed")
    hands.type_into("Note for History", "the disk was full")
    hands.press("Bring in")
    hands.row("stateView", "trial_count", Value="99")
    assert StateFile(session).history()[-1].note.endswith(": the disk was full")
    assert not list(session.glob("*unsaved*"))
    hands.press("Undo")
    hands.row("stateView", "trial_count", Value="15")


def test_that_a_file_that_is_too_large_is_opened_anyway_edited_and_saved(
    operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = made_session(operator.root, text="x" * 3000)
    monkeypatch.setattr(reading, "SIZE_LIMIT", 2000)
    hands = operator.start()
    operator.open(session)
    hands.read("bytes are more than the limit of 2,000")
    hands.trigger("actionHistory")
    hands.read("The history is not read yet")
    hands.read("Open anyway reads its versions, too.")
    hands.trigger("actionState")
    hands.press("Open anyway")
    row = hands.row("stateView", "trial_count", Value="15")
    hands.edit(row.siblingAtColumn(2), "150")
    hands.trigger("actionSave")
    hands.press("Save 1 change")
    operator.wait(lambda: get_value(StateFile(session).read().document, NAMESPACE, COUNT) == 150)


def test_that_a_value_of_another_session_is_copied_across_and_saved(operator: Operator) -> None:
    session = made_session(operator.root)
    other = made_session(operator.root, "770012_2026-11-23_13-41-00", trial_count=99)
    hands = operator.start()
    operator.open(session)
    hands.row("stateView", "trial_count", Value="15")
    hands.trigger("actionCompare")
    hands.type_into("pickField", "770012")
    hands.press("Compare")
    row = hands.row("compareView", "trial_count", Change="Differs")
    hands.select("compareView", row)
    hands.trigger("actionCopyAcross")
    hands.read("1 value is copied, as an unsaved edit")
    assert get_value(StateFile(session).read().document, NAMESPACE, COUNT) == 15
    hands.trigger("actionSave")
    hands.press("Save 1 change")
    operator.wait(lambda: get_value(StateFile(session).read().document, NAMESPACE, COUNT) == 99)
    assert len(StateFile(other).history()) == 1


def test_that_a_session_is_compared_with_its_own_version(operator: Operator) -> None:
    session = made_session(operator.root)
    change(edited(session, 150))
    hands = operator.start()
    operator.open(session)
    hands.row("stateView", "trial_count", Value="150")
    hands.trigger("actionCompare")
    hands.row("pickView", "Version", Name="Version 1")
    hands.type_into("pickField", "version 1")
    hands.press("Compare")
    hands.row("compareView", "trial_count", This_session="150", Version_1="15")


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


def on_disk(session: Path) -> object:
    return get_value(StateFile(session).read().document, NAMESPACE, COUNT)


def saved(operator: Operator) -> tuple[Path, Hands]:
    """A session whose trial_count was edited from 15 to 150, and saved."""
    session = made_session(operator.root)
    hands = operator.start()
    operator.open(session)
    hands.edit(hands.row("stateView", "trial_count", Value="15").siblingAtColumn(2), "150")
    hands.trigger("actionSave")
    hands.press("Save 1 change")
    hands.read(f"Saved {session.name} as version 2. The version before it is kept.")
    return session, hands


def test_that_a_save_is_undone_and_done_again_by_the_keys_of_edits(operator: Operator) -> None:
    """An edit that was made after it goes first; no version is lost by any of it."""
    session, hands = saved(operator)
    hands.edit(hands.row("stateView", "trial_count", Value="150").siblingAtColumn(2), "151")
    hands.trigger("actionUndo")
    hands.row("stateView", "trial_count", Value="150")
    assert on_disk(session) == 150
    hands.trigger("actionUndo")
    hands.read(f"Version 1 of {session.name} is back, as version 3.")
    assert on_disk(session) == 15
    hands.trigger("actionRedo")
    hands.read(f"Version 2 of {session.name} is back, as version 4.")
    assert on_disk(session) == 150
    assert [one.action for one in StateFile(session).history()] == ["save", "edit", "restore", "restore"]
    hands.press("Undo")
    operator.wait(lambda: on_disk(session) == 15)


def test_that_a_save_is_not_undone_over_what_somebody_else_wrote(operator: Operator) -> None:
    session, hands = saved(operator)
    assert operator.application is not None
    undo = operator.application.window.actions_["actionUndo"]
    assert undo.isEnabled()
    old_program_writes(session, b"150", b"151")
    operator.wait(lambda: "Undo does not go back behind that" in operator.message)
    assert not undo.isEnabled()
    assert not hands.can_read(f"Saved {session.name} as version 2.")
    assert on_disk(session) == 151
