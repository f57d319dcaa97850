"""Where the keyboard is after what was done by key, in the whole application over a real disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.exchange import Banner
from app.hands import Hands
from app.main import Application
from persistence.states.edits import set_value
from persistence.store import STATE_FILE, StateFile
from tests.small_rig import NAMESPACE, made_session


class Desk:
    """One session, selected in a window that is in front, below a banner with a button."""

    def __init__(self, folder: Path, qtbot: QtBot) -> None:
        (folder / "data").mkdir()
        self.session = made_session(folder / "data")
        self.store = StateFile(self.session)
        self.qtbot = qtbot
        self.application = Application([folder / "data"], folder / "config", rescan_seconds=1)
        self.window = self.application.window
        self.hands = Hands(self.window)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.window.show_banner(Banner("other", "green", "Resumed.", (("Show newest", "newest"),)))

    def select(self) -> None:
        self.hands.select("sessionView", self.hands.row("sessionView", self.session.name))
        self.hands.row("stateView", "trial_count")
        self.window.detail.enter_state()

    @property
    def words(self) -> str:
        """What the keyboard is on: the name of the widget, else the words on it."""
        found = QApplication.focusWidget()
        words = found.text().strip("\u2009") if isinstance(found, QPushButton) else ""
        return words or (found.objectName() if found is not None else "nothing")

    def is_in(self, part: QWidget) -> bool:
        """Whether the keyboard is in a part of the window."""
        found = QApplication.focusWidget()
        return found is not None and part.isAncestorOf(found)

    def restore(self) -> QPushButton | None:
        """The button of the History tab, once it can be pressed."""
        buttons = self.window.detail.history.findChildren(QPushButton)
        return next((one for one in buttons if "Restore" in one.text() and one.isEnabled()), None)

    def key(self, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
        held = modifiers[0] if modifiers else Qt.KeyboardModifier.NoModifier
        QTest.keyClick(QApplication.focusWidget() or self.window, key, held)


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(tmp_path, qtbot)
    yield made
    made.application.shutdown()


def test_that_the_keyboard_is_on_undo_clear_after_a_clear_which_ctrl_z_undoes(desk: Desk) -> None:
    before = (desk.session / STATE_FILE).read_bytes()
    desk.select()
    desk.hands.trigger("actionClear")
    desk.hands.press("Clear saved state")
    desk.qtbot.waitUntil(lambda: desk.words == "Undo clear")
    desk.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    desk.qtbot.waitUntil(lambda: (desk.session / STATE_FILE).read_bytes() == before)
    desk.hands.row("stateView", "trial_count")
    assert desk.is_in(desk.window.detail)


def test_that_the_keyboard_stays_in_history_after_a_restore(desk: Desk) -> None:
    read = desk.store.read()
    changed = set_value(read.document, NAMESPACE, ("trial_count",), 16)
    desk.store.commit(changed, expected_etag=read.etag)
    desk.select()
    desk.hands.trigger("actionHistory")
    desk.hands.select("historyView", desk.hands.row("historyView", "1"))
    restore = desk.hands.wait(desk.restore, "Restore")
    restore.setFocus()
    desk.key(Qt.Key.Key_Space)
    desk.qtbot.waitUntil(lambda: desk.words == "Restore version 1")
    desk.key(Qt.Key.Key_Return)
    desk.hands.row("historyView", "3")
    desk.qtbot.waitUntil(lambda: desk.is_in(desk.window.detail.history))


def test_that_a_restore_is_undone_by_key_and_menu_behind_the_edits_that_came_after_it(desk: Desk) -> None:
    def holds(count: object) -> None:
        desk.qtbot.waitUntil(
            lambda: desk.store.read().document.namespace(NAMESPACE).attributes["trial_count"] == count
        )

    read = desk.store.read()
    desk.store.commit(set_value(read.document, NAMESPACE, ("trial_count",), 16), expected_etag=read.etag)
    desk.select()
    desk.hands.trigger("actionHistory")
    desk.hands.select("historyView", desk.hands.row("historyView", "1"))
    desk.hands.trigger("actionRestoreVersion")
    desk.hands.press("Restore version 1")
    desk.hands.row("historyView", "3")
    holds(15)
    desk.hands.edit(desk.hands.row("stateView", "trial_count").siblingAtColumn(2), "150")
    desk.hands.trigger("actionUndo")
    desk.hands.row("stateView", "trial_count", Value="15")
    holds(15)
    desk.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    holds(16)
    desk.hands.row("stateView", "trial_count", Value="16")
    desk.hands.trigger("actionRedo")
    holds(15)
    desk.hands.row("historyView", "5")


def test_that_a_folder_that_goes_takes_its_conflict_along_and_gives_the_keyboard_to_the_list(
    desk: Desk, tmp_path: Path
) -> None:
    def kinds() -> set[str]:
        return {banner.key.partition(":")[0] for banner in desk.window.banners.banners()}

    desk.select()
    desk.hands.edit(desk.hands.row("stateView", "trial_count").siblingAtColumn(2), "150")
    read = desk.store.read()
    theirs = set_value(read.document, NAMESPACE, ("trial_count",), 16)
    desk.store.commit(theirs, expected_etag=read.etag)
    desk.qtbot.waitUntil(lambda: "outdated" in kinds())
    away = desk.session.rename(tmp_path / "away")
    desk.qtbot.waitUntil(lambda: "gone" in kinds())
    assert "outdated" not in kinds()
    assert not desk.is_in(desk.window.banners)
    away.rename(desk.session)
    desk.qtbot.waitUntil(lambda: "outdated" in kinds())
    assert "gone" not in kinds()
    assert not desk.is_in(desk.window.banners)
    desk.hands.select("sessionView", desk.hands.row("sessionView", desk.session.name))
    desk.hands.press("Reload")
    desk.hands.trigger("actionUndo")
    value = desk.hands.row("stateView", "trial_count").siblingAtColumn(2)
    assert value.data() == "150"
