"""The ways in which edits are kept, through the whole application and as an operator takes them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton, QTableView, QTreeView
from pytestqt.qtbot import QtBot

from app.hands import Hands, cell
from app.main import Application
from app.views.state.value_editor import NameEditor, ValueEditor
from persistence.document import parse_document
from persistence.files.running import RunningMarker
from persistence.lock import FileLock
from persistence.states.edits import get_value, remove_value, set_value
from persistence.store import LOCK_FILE, STATE_FILE, StateFile
from persistence.values.json_text import JSON
from tests.small_rig import NAMESPACE, CountingLauncher, made_session


class Rig:
    """A folder with one session, and windows over it, one after another."""

    def __init__(self, folder: Path) -> None:
        self.root, self.config = folder / "data", folder / "config"
        self.root.mkdir()
        self.session = made_session(self.root)
        self.running: list[Application] = []

    def open(self, rescan_seconds: float = 1) -> Hands:
        """A new window, with the session selected."""
        self.close()
        self.running.append(
            Application(roots=[self.root], config_dir=self.config, rescan_seconds=rescan_seconds)
        )
        self.running[-1].window.show()
        self.running[-1].window.activateWindow()
        hands = Hands(self.running[-1].window)
        hands.select("sessionView", hands.row("sessionView", self.session.name))
        return hands

    def close(self) -> None:
        while self.running:
            self.running.pop().shutdown()

    def saved(self, name: str) -> JSON:
        return get_value(StateFile(self.session).read().document, NAMESPACE, (name,))

    def somebody_saves(self, name: str, value: JSON) -> None:
        file = StateFile(self.session, who="bob")
        read = file.read()
        file.commit(set_value(read.document, NAMESPACE, (name,), value), expected_etag=read.etag)


@pytest.fixture
def rig(tmp_path: Path, qtbot: QtBot) -> Iterator[Rig]:
    made = Rig(tmp_path)
    yield made
    made.close()


def type_value(hands: Hands, name: str, text: str) -> None:
    hands.edit(cell(hands.row("stateView", name), "Value"), text)


def key(hands: Hands, view: str, *keys: Qt.Key) -> None:
    for one in keys:
        QTest.keyClick(hands.named(QTableView, view), one)


def test_that_what_both_changed_is_decided_by_keys_and_saved(rig: Rig) -> None:
    hands = rig.open()
    type_value(hands, "trial_count", "150")
    type_value(hands, "reward_volume", "6.5")
    rig.somebody_saves("trial_count", 16)
    rig.somebody_saves("experiment_phase", "washout")
    hands.read("both of you changed trial_count")
    hands.press("Decide…")
    key(hands, "conflictTable", Qt.Key.Key_Left)
    hands.press("Save 2 changes")
    hands.wait(lambda: rig.saved("trial_count") == 150, "150 in the file")
    assert (rig.saved("reward_volume"), rig.saved("experiment_phase")) == (6.5, "washout")
    hands.row("stateView", "experiment_phase", Value="washout")
    assert len(StateFile(rig.session).history()) == 4


def test_that_who_wants_to_save_need_not_wait_for_the_next_look_when_the_rights_are_back(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    hands = rig.open(rescan_seconds=3600)
    type_value(hands, "trial_count", "150")
    with monkeypatch.context() as without_rights:  # root, who runs the tests in CI, may write everywhere
        without_rights.setattr(os, "access", lambda path, _: not str(path).startswith(str(rig.session)))
        hands.trigger("actionSave")
        hands.press("Save 1 change")
        hands.read("Nothing can be saved here: the folder is read-only.")
    hands.trigger("actionSave")
    hands.press("Save 1 change")
    hands.wait(lambda: rig.saved("trial_count") == 150, "150 in the file")


def test_that_what_a_run_saved_over_is_applied_again_and_saved(rig: Rig) -> None:
    run = CountingLauncher()
    assert run.save_session_state(rig.session)
    hands = rig.open()
    type_value(hands, "reward_volume", "6.0")
    hands.trigger("actionSave")
    hands.press("Save 1 change")
    hands.wait(lambda: rig.saved("reward_volume") == 6.0, "6.0 in the file")
    run.trial_count = 30
    assert run.save_session_state(rig.session)
    hands.press("Apply it again")
    hands.row("stateView", "reward_volume", Value="6.0", Saved_value="5.5")
    assert rig.saved("reward_volume") == 5.5
    hands.trigger("actionSave")
    hands.press("Save 1 change")
    hands.wait(lambda: rig.saved("reward_volume") == 6.0, "6.0 in the file again")
    assert rig.saved("trial_count") == 30


def test_that_where_a_session_was_its_folder_is_said_to_be_gone_while_it_has_edits(
    rig: Rig, tmp_path: Path
) -> None:
    hands = rig.open()
    type_value(hands, "trial_count", "150")
    hands.type_into("Filter sessions", rig.session.name)
    rig.session.rename(rig.session.with_name("770012_2026-11-23_13-41-00"))
    hands.read("The folder of this session is gone")
    page = rig.running[-1].window.detail.nothing

    def offered() -> dict[str, QPushButton]:
        return {one.accessibleName(): one for one in page.findChildren(QPushButton) if one.isVisible()}

    hands.wait(lambda: list(offered()) == ["Put it there", "Save elsewhere…"], "both ways on")
    offered()["Save elsewhere…"].click()
    target = tmp_path / "copy.json"
    dialog = hands.wait(lambda: hands.window.findChild(QFileDialog), "the file dialog")
    dialog.fileSelected.emit(str(target))
    dialog.reject()
    hands.wait(target.exists, "the copy")
    assert get_value(parse_document(target.read_bytes()), NAMESPACE, ("trial_count",)) == 150
    hands.press("Discard edits")
    hands.read("Select a session in the list to see its saved state.")
    assert not hands.can_read("The folder of this session is gone")


def test_that_edits_whose_session_is_gone_are_saved_elsewhere(rig: Rig, tmp_path: Path) -> None:
    hands = rig.open()
    type_value(hands, "trial_count", "150")
    rig.session.rename(tmp_path / "moved")
    hands.read("is no longer where it was. Your unsaved edit is kept.")
    hands.press("Save elsewhere…")
    target = tmp_path / "copy.json"
    dialog = hands.wait(lambda: hands.window.findChild(QFileDialog), "the file dialog")
    dialog.fileSelected.emit(str(target))
    dialog.reject()
    hands.wait(target.exists, "the copy")
    assert get_value(parse_document(target.read_bytes()), NAMESPACE, ("trial_count",)) == 150
    assert not rig.session.exists()


@pytest.mark.parametrize("by_button", [False, True])
def test_that_a_clear_is_undone_from_the_menu_or_the_page_of_the_next_window(
    rig: Rig, by_button: bool
) -> None:
    before = (rig.session / STATE_FILE).read_bytes()
    hands = rig.open()
    hands.trigger("actionClear")
    hands.press("Clear saved state")
    hands.press("Dismiss")
    hands = rig.open()
    hands.read("Undo clear brings it back.")
    if by_button:
        hands.press("Undo clear")
    else:
        hands.trigger("actionUndoClear")
    hands.wait(lambda: (rig.session / STATE_FILE).read_bytes() == before, "the bytes from before")
    hands.row("stateView", "trial_count")


def test_that_a_wait_for_another_program_is_given_up_without_loss(rig: Rig) -> None:
    hands = rig.open()
    type_value(hands, "trial_count", "150")
    lock = FileLock(rig.session / LOCK_FILE)
    lock.acquire(0)
    try:
        hands.trigger("actionSave")
        hands.press("Save 1 change")
        hands.read("which is writing it.")
        hands.press("Cancel")
        hands.read("What you edited is still here")
    finally:
        lock.release()
    assert rig.saved("trial_count") == 15
    hands.row("stateView", "trial_count", Value="150", Saved_value="15")


def begin_typing(hands: Hands, name: str, text: str) -> ValueEditor:
    """Open the editor of a value, and begin to type."""
    hands.select("stateView", cell(hands.row("stateView", name), "Value"))
    hands.trigger("actionEditValue")
    editor = hands.named(QTreeView, "stateView").findChild(ValueEditor)
    assert editor is not None
    QTest.keyClicks(editor, text)
    return editor


def test_that_what_somebody_saves_under_an_open_editor_is_decided(rig: Rig) -> None:
    hands = rig.open()
    editor = begin_typing(hands, "reward_volume", "9.")
    rig.somebody_saves("reward_volume", 6.25)
    hands.row("stateView", "reward_volume", Value="6.25")
    QTest.keyClicks(editor, "75")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    hands.read("both of you changed reward_volume")
    assert rig.saved("reward_volume") == 6.25


def remove(rig: Rig, name: str) -> None:
    file = StateFile(rig.session, who="bob")
    read = file.read()
    file.commit(remove_value(read.document, NAMESPACE, (name,)), expected_etag=read.etag)


def says(hands: Hands, editor: ValueEditor, sentence: str) -> None:
    hands.wait(lambda: editor.accessibleDescription().startswith(sentence), sentence)


def test_that_an_attribute_that_somebody_removes_under_the_hand_is_decided(rig: Rig) -> None:
    hands = rig.open()
    editor = begin_typing(hands, "reward_volume", "9.")
    remove(rig, "reward_volume")
    says(hands, editor, "Removed on disk meanwhile.")
    QTest.keyClicks(editor, "75")
    says(hands, editor, "Removed on disk meanwhile.")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    hands.read("both of you changed reward_volume")
    hands.row("stateView", "reward_volume", Value="9.75")
    hands.press("Decide…")
    key(hands, "conflictTable", Qt.Key.Key_Left)
    hands.press("Save 1 change")
    hands.wait(
        lambda: "reward_volume" in StateFile(rig.session).read().document.namespace(NAMESPACE).attributes,
        "it",
    )
    assert rig.saved("reward_volume") == 9.75


def test_that_what_was_typed_into_an_attribute_that_went_can_be_dropped(rig: Rig) -> None:
    hands = rig.open()
    editor = begin_typing(hands, "reward_volume", "9.75")
    remove(rig, "reward_volume")
    says(hands, editor, "Removed on disk meanwhile.")
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    hands.wait(
        lambda: all(index.data() != "reward_volume" for index in hands.rows("stateView")), "the row to go"
    )
    hands.row("stateView", "trial_count", Value="15")


def test_that_a_state_that_is_cleared_under_the_hand_is_decided(rig: Rig) -> None:
    hands = rig.open()
    editor = begin_typing(hands, "reward_volume", "9.75")
    StateFile(rig.session, who="bob").clear()
    says(hands, editor, "Removed on disk meanwhile.")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    hands.read("was cleared")
    hands.press("Decide…")
    key(hands, "conflictTable", Qt.Key.Key_Left)
    hands.press("Save 1 change")
    hands.wait(lambda: NAMESPACE in StateFile(rig.session).read().document.namespaces, "the state")
    assert (rig.saved("reward_volume"), rig.saved("trial_count")) == (9.75, 15)


@pytest.mark.parametrize(
    "damage", [lambda file: file.unlink(), lambda file: file.write_bytes(b"{ no JSON }")]
)
def test_that_typed_text_is_kept_when_the_file_goes_under_the_hand(
    rig: Rig, damage: Callable[[Path], None]
) -> None:
    (rig.session / "session.json").write_text("{}", encoding="utf-8")
    hands = rig.open()
    before = (rig.session / STATE_FILE).read_bytes()
    editor = begin_typing(hands, "reward_volume", "9.7")
    damage(rig.session / STATE_FILE)
    hands.wait(lambda: "Enter keeps what you typed" in editor.accessibleDescription(), "what happened")
    QTest.keyClicks(editor, "5")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    hands.read("cannot be edited now")
    hands.read("reward_volume")
    (rig.session / STATE_FILE).write_bytes(before)
    hands.row("stateView", "reward_volume", Value="9.75", Saved_value="5.5")


def test_that_typing_goes_on_in_its_field_when_the_folder_is_renamed_under_the_hand(rig: Rig) -> None:
    """The half of a number became an edit, and the rest of it went to the list, where Enter opened another
    session.
    """
    made_session(rig.root, "m1_2025-06-01_10-00-00")
    hands = rig.open()
    editor = begin_typing(hands, "reward_volume", "9.7")
    rig.session.rename(rig.root / "renamed")
    says(hands, editor, "This session is not listed any more.")
    hands.row("sessionView", "renamed")
    QTest.keyClick(editor, Qt.Key.Key_5)
    assert editor.hasFocus()
    assert not hands.can_read("is no longer where it was")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    hands.read("The folder of this session is gone")
    for one in (Qt.Key.Key_Down, Qt.Key.Key_M, Qt.Key.Key_Return, Qt.Key.Key_Space):
        QTest.keyClick(QApplication.focusWidget() or hands.window, one)
    assert rig.running[-1].window.selected_directory is None
    hands.press("Put it there")
    hands.row("stateView", "reward_volume", Value="9.75", Saved_value="5.5")


def test_that_what_was_typed_when_the_session_went_can_be_dropped(rig: Rig) -> None:
    hands = rig.open()
    editor = begin_typing(hands, "reward_volume", "9.75")
    shutil.rmtree(rig.session)
    says(hands, editor, "This session is not listed any more.")
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    hands.read("was moved, renamed or deleted.")
    assert rig.running[-1].window.status.unsaved.isHidden()


def test_that_a_session_that_is_back_before_the_field_is_closed_is_selected_again(rig: Rig) -> None:
    hands = rig.open()
    editor = begin_typing(hands, "reward_volume", "9.75")
    rig.session.rename(rig.root / "renamed")
    says(hands, editor, "This session is not listed any more.")
    (rig.root / "renamed").rename(rig.session)
    hands.row("sessionView", rig.session.name)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    hands.row("stateView", "reward_volume", Value="9.75", Saved_value="5.5")


def test_that_a_run_that_begins_under_the_hand_leaves_what_is_typed_as_an_edit(rig: Rig) -> None:
    hands = rig.open()
    editor = begin_typing(hands, "reward_volume", "9.75")
    marker = RunningMarker(rig.session, NAMESPACE)
    marker.acquire()
    try:
        says(hands, editor, "A run has begun meanwhile.")
        QTest.keyClick(editor, Qt.Key.Key_Return)
        hands.row("stateView", "reward_volume", Value="9.75", Saved_value="5.5")
    finally:
        marker.release()
    assert rig.saved("reward_volume") == 5.5


def test_that_a_name_that_is_typed_is_kept_when_its_row_goes(rig: Rig) -> None:
    hands = rig.open()
    hands.select("stateView", cell(hands.row("stateView", "reward_volume"), "Attribute"))
    hands.trigger("actionRename")
    editor = hands.named(QTreeView, "stateView").findChild(NameEditor)
    assert editor is not None
    QTest.keyClicks(editor, "reward_ul")
    remove(rig, "reward_volume")
    hands.wait(lambda: "Enter keeps what you typed" in editor.accessibleDescription(), "what happened")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    hands.row("stateView", "reward_ul", Value="5.5")
