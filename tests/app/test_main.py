"""The whole application with its real window: what it remembers and keeps, and that every thread ends."""

import gc
import json
import os
import sys
import threading
import weakref
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractItemView, QLabel, QLineEdit, QListWidget, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app import demo
from app.disk.disk import Disk
from app.listing.steps import Step
from app.listing.tidings import Tidings
from app.main import Application
from app.views.parts.raw_view import RawView
from app.views.saving.save_sheet import SaveSheet
from app.watch.root_watch import RootWatch
from app.worker import Worker
from persistence.states.edits import get_value, set_value
from persistence.store import STATE_FILE, StateFile
from tests.persistence.launcher_scripts import finished, holding
from tests.small_rig import NAMESPACE, made_session


class Desktop:
    """Starts applications on a computer of its own, one after another, and works them by object names."""

    def __init__(self, folder: Path, qtbot: QtBot) -> None:
        self.root = folder / "data"
        self.root.mkdir()
        self.config = folder / "config"
        self.qtbot = qtbot
        self.running: list[Application] = []

    def start(self, *roots: Path, title: str = "Rigstate", greeting: str = "") -> Application:
        application = Application(
            roots or [self.root], self.config, rescan_seconds=1, title=title, greeting=greeting
        )
        application.window.show()
        self.running.append(application)
        return application

    def stop(self) -> None:
        while self.running:
            self.running.pop().shutdown()

    @property
    def window(self) -> QWidget:
        return self.running[-1].window

    def wait(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition)

    def view(self, name: str) -> QAbstractItemView:
        found = self.window.findChild(QAbstractItemView, name)
        assert isinstance(found, QAbstractItemView)
        return found

    def row(self, view: str, text: str) -> QModelIndex:
        """The row with this text in its first column, as soon as it is there."""
        model = self.view(view).model()
        flags = Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive
        self.wait(lambda: bool(model.match(model.index(0, 0), Qt.ItemDataRole.DisplayRole, text, 1, flags)))
        return model.match(model.index(0, 0), Qt.ItemDataRole.DisplayRole, text, 1, flags)[0]

    def select(self, session: Path) -> None:
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.view("sessionView").selectionModel().setCurrentIndex(
            self.row("sessionView", session.name), flags
        )

    def says(self, sentence: str) -> bool:
        """Whether a label of the window says this."""
        return any(label.text() == sentence for label in self.window.findChildren(QLabel))

    def pane_says(self, sentence: str) -> bool:
        """Whether that is said in the place of a saved state."""
        pages = self.window.findChildren(QWidget, "messagePage")
        return any(
            sentence in label.text()
            for page in pages
            if page.isVisible()
            for label in page.findChildren(QLabel)
        )

    def value(self, attribute: str) -> QModelIndex:
        return self.row("stateView", attribute).siblingAtColumn(2)

    def edit(self, attribute: str, text: str) -> bool:
        cell = self.value(attribute)
        return cell.model().setData(cell, text, Qt.ItemDataRole.EditRole)

    def trigger(self, name: str) -> None:
        action = self.window.findChild(QAction, name)
        assert isinstance(action, QAction)
        self.wait(action.isEnabled)
        action.trigger()

    def action(self, name: str) -> QAction:
        found = self.window.findChild(QAction, name)
        assert isinstance(found, QAction)
        return found

    def press(self, text: str) -> None:
        def shown() -> list[QPushButton]:
            buttons = self.window.findChildren(QPushButton)
            named = (one for one in buttons if one.text().strip(" \u2009") == text)
            return [one for one in named if one.isVisible() and one.isEnabled()]

        self.wait(lambda: bool(shown()))
        shown()[0].click()

    def texts(self) -> str:
        """Every text that a label or a model of the window shows now."""
        found = [str(widget.property("text") or "") for widget in self.window.findChildren(QWidget)]
        return "\n".join(found + [widget.toolTip() for widget in self.window.findChildren(QWidget)])


@pytest.fixture
def desktop(tmp_path: Path, qtbot: QtBot) -> Iterator[Desktop]:
    made = Desktop(tmp_path, qtbot)
    yield made
    made.stop()


def saved(session: Path, attribute: str) -> object:
    return get_value(StateFile(session).read().document, NAMESPACE, (attribute,))


def test_that_a_session_is_edited_and_saved(desktop: Desktop) -> None:
    desktop.start()
    session = made_session(desktop.root)
    desktop.select(session)
    assert desktop.edit("trial_count", "150")
    assert not desktop.edit("trial_count", "many")
    assert desktop.value("trial_count").data() == "150"
    desktop.trigger("actionSave")
    desktop.press("Save 1 change")
    desktop.wait(lambda: saved(session, "trial_count") == 150)


def test_that_edits_survive_the_window_and_are_offered_again(desktop: Desktop) -> None:
    session, other = made_session(desktop.root), made_session(desktop.root, "m2_2025-06-02_10-00-00")
    desktop.start()
    desktop.select(session)
    assert desktop.edit("trial_count", "150")
    desktop.select(other)
    desktop.stop()
    assert saved(session, "trial_count") == 15
    desktop.start()
    desktop.press("Show")
    desktop.wait(lambda: desktop.value("trial_count").data() == "150")
    desktop.trigger("actionSave")
    desktop.press("Save 1 change")
    desktop.wait(lambda: saved(session, "trial_count") == 150)
    desktop.stop()
    assert list((desktop.config / "data" / "drafts").rglob("*.json")) == []


def test_that_edits_of_every_kind_survive_the_window_and_are_saved(desktop: Desktop) -> None:
    session = made_session(desktop.root, steps=[1, 2, 3], note=None, moment=datetime(2026, 11, 23, 14, 29))
    application = desktop.start()
    desktop.select(session)
    for attribute, action in (("reward_volume", "Remove"), ("moment", "Duplicate")):
        desktop.view("stateView").setCurrentIndex(desktop.value(attribute))
        desktop.trigger(f"action{action}")
    name = desktop.value("trial_count").siblingAtColumn(0)
    assert name.model().setData(name, "trials", Qt.ItemDataRole.EditRole)
    desktop.view("stateView").setCurrentIndex(application._state.find(NAMESPACE, ("steps", 0)))
    desktop.trigger("actionMoveDown")
    desktop.stop()
    desktop.start()
    desktop.wait(lambda: desktop.value("reward_volume").data() == "Removed")
    assert desktop.value("trials").siblingAtColumn(3).data() == "was trial_count"
    desktop.trigger("actionSave")
    desktop.press("Save 4 changes")
    desktop.wait(lambda: "trials" in StateFile(session).read().document.namespace(NAMESPACE).attributes)
    found = StateFile(session).read().document.namespace(NAMESPACE).attributes
    assert "reward_volume" not in found
    assert "trial_count" not in found
    assert (found["steps"], found["moment_copy"], found["note"]) == ([2, 1, 3], found["moment"], None)


def test_that_kept_edits_over_a_changed_file_are_not_lost_and_not_saved_unseen(desktop: Desktop) -> None:
    session = made_session(desktop.root)
    desktop.start()
    desktop.select(session)
    assert desktop.edit("trial_count", "150")
    desktop.stop()
    made_session(desktop.root, trial_count=16, experiment_phase="washout")
    theirs = (session / STATE_FILE).read_bytes()
    desktop.start()
    desktop.select(session)
    desktop.wait(lambda: desktop.value("trial_count").data() == "150")
    desktop.press("Reload")
    desktop.wait(lambda: desktop.value("trial_count").data() == "16")
    assert (session / STATE_FILE).read_bytes() == theirs


def test_that_a_clear_is_undone_from_its_banner(desktop: Desktop) -> None:
    session = made_session(desktop.root)
    before = (session / STATE_FILE).read_bytes()
    desktop.start()
    desktop.select(session)
    desktop.row("stateView", "trial_count")
    desktop.trigger("actionClear")
    desktop.press("Clear saved state")
    desktop.press("Undo")
    desktop.wait(lambda: (session / STATE_FILE).read_bytes() == before)


def test_that_folders_and_layout_are_remembered(desktop: Desktop, tmp_path: Path) -> None:
    other = tmp_path / "other"
    session = made_session(other)
    application = desktop.start()
    application.window.watch_folder_requested.emit(str(other))
    desktop.trigger("actionThemeDark")
    desktop.row("sessionView", session.name)
    desktop.stop()
    desktop.start()
    desktop.row("sessionView", session.name)
    desktop.running[-1].window.stop_watching_requested.emit(str(other))
    desktop.stop()
    application = desktop.start()
    assert [root.root for root in application._catalog.roots] == [str(desktop.root)]
    assert application._theme.choice == "dark"


def test_that_a_folder_is_only_looked_at_until_somebody_trusts_it_and_is_asked_about_once(
    desktop: Desktop, tmp_path: Path
) -> None:
    session = made_session(tmp_path / "other")
    before = sorted(path.name for path in session.iterdir())
    application = desktop.start()
    application.window.watch_folder_requested.emit(str(tmp_path / "other"))
    desktop.select(session)
    desktop.value("trial_count")
    reason = "Nothing can be saved here: nobody has said yet that this folder is trusted."
    desktop.wait(lambda: desktop.says(reason))
    assert not desktop.edit("trial_count", "150")
    for name in ("actionResume", "actionClear", "actionSave"):
        assert not desktop.action(name).isEnabled()
    desktop.press("View only")
    desktop.wait(lambda: desktop.says("Nothing can be saved here: this folder is view-only."))
    desktop.stop()
    assert sorted(path.name for path in session.iterdir()) == before
    application = desktop.start()
    desktop.select(session)
    desktop.wait(lambda: desktop.says("Nothing can be saved here: this folder is view-only."))
    assert not any("Do you trust" in label.text() for label in application.window.findChildren(QLabel))
    application.window.preferring.trust_chosen.emit(str(tmp_path / "other"), "trusted")
    desktop.wait(lambda: desktop.action("actionResume").isEnabled())
    assert desktop.edit("trial_count", "150")


def test_that_a_damaged_settings_file_is_put_aside_and_told(desktop: Desktop) -> None:
    desktop.config.mkdir()
    (desktop.config / "settings.json").write_bytes(b"{")
    desktop.start()
    desktop.wait(lambda: "were damaged" in desktop.texts())
    assert (desktop.config / "settings.broken-1.json").read_bytes() == b"{"


def test_that_a_folder_that_is_not_there_is_tolerated(desktop: Desktop, tmp_path: Path) -> None:
    desktop.start(tmp_path / "missing")
    desktop.wait(lambda: "cannot be reached" in desktop.texts())
    session = made_session(tmp_path / "missing")
    desktop.row("sessionView", session.name)


def test_that_a_session_that_was_opened_while_its_folder_was_away_is_shown_when_it_is_back(
    desktop: Desktop,
) -> None:
    desktop.start()
    one, other = made_session(desktop.root), made_session(desktop.root, "m2_2025-06-02_10-00-00")
    desktop.select(other)
    desktop.row("stateView", "trial_count")
    away = desktop.root.with_name("away")
    desktop.row("sessionView", one.name)
    desktop.root.rename(away)
    desktop.wait(lambda: "cannot be reached" in desktop.texts())
    desktop.select(one)
    sentence = f"The folder {desktop.root} cannot be reached now."
    desktop.wait(lambda: desktop.pane_says(sentence))
    away.rename(desktop.root)
    desktop.row("stateView", "trial_count")
    desktop.wait(lambda: desktop.action("actionResume").isEnabled())


def fail() -> None:
    raise LookupError("no such key")


def test_that_an_exception_in_a_slot_is_told_and_the_window_lives(
    desktop: Desktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.__excepthook__)
    desktop.start()
    QTimer.singleShot(0, desktop.window, fail)
    desktop.wait(lambda: "Something unexpected went wrong" in desktop.texts())
    log = desktop.config / "data" / "rigstate.log"
    desktop.wait(lambda: log.exists() and "no such key" in log.read_text(encoding="utf-8"))
    session = made_session(desktop.root)
    desktop.row("sessionView", session.name)


def test_that_the_demo_says_above_the_window_and_in_it_that_it_is_one(desktop: Desktop) -> None:
    application = desktop.start(title=demo.TITLE, greeting=demo.GREETING)
    assert application.window.windowTitle() == "Rigstate demo"
    assert [one.text for one in application.window.banners.banners()] == [demo.GREETING]
    other = desktop.start()
    assert other.window.windowTitle() == "Rigstate"
    assert other.window.banners.banners() == ()


def test_that_shutdown_ends_everything_and_may_be_called_twice(desktop: Desktop) -> None:
    before = set(threading.enumerate())
    application = desktop.start()
    desktop.wait(lambda: all(root.live for root in application._catalog.roots))
    application.shutdown()
    application.shutdown()
    assert {thread for thread in threading.enumerate() if not thread.daemon} <= before


def test_that_what_watches_folders_is_not_left_to_the_collector(desktop: Desktop) -> None:
    """Which would free what these hold in any order, and some of it twice: a crash, seen in the album."""
    application = desktop.start()
    desktop.wait(lambda: all(root.live for root in application._catalog.roots))
    kinds = (Disk, Tidings, RootWatch)
    seen = [weakref.ref(one) for one in gc.get_objects() if isinstance(one, kinds) and isValid(one)]
    assert {type(one()) for one in seen} == {*kinds}
    application.shutdown()
    assert not [found for one in seen if (found := one()) is not None and isValid(found)]


def test_that_shutdown_before_the_first_paint_is_no_trouble(desktop: Desktop) -> None:
    desktop.start().shutdown()
    desktop.qtbot.wait(0)


class Touched:
    """What the GUI thread did to files below some directories, heard by an audit hook and at `os.stat`."""

    EVENTS = ("open", "os.", "shutil.", "glob.")

    def __init__(self) -> None:
        self.below: tuple[str, ...] = ()
        self.found: list[str] = []
        self._thread = threading.get_ident()

    def hear(self, event: str, arguments: tuple[object, ...]) -> None:
        if self.below and threading.get_ident() == self._thread and event.startswith(self.EVENTS):
            paths = [str(one) for one in arguments if isinstance(one, str | Path)]
            self.found += [f"{event} {path}" for path in paths if path.startswith(self.below)]

    def hears(self, name: str) -> Callable[..., object]:
        """A function of `os` that raises no audit event, made to be heard."""
        real = getattr(os, name)

        def heard(path: object, *arguments: object, **options: object) -> object:
            self.hear(f"os.{name}", (path,))
            return real(path, *arguments, **options)

        return heard


@cache
def the_hook() -> Touched:
    """An audit hook can never be removed, so there is one, and it is told when to listen."""
    made = Touched()
    sys.addaudithook(made.hear)
    return made


@pytest.fixture
def touched(monkeypatch: pytest.MonkeyPatch) -> Iterator[Touched]:
    hook = the_hook()
    for name in ("stat", "lstat", "access", "readlink"):
        monkeypatch.setattr(os, name, hook.hears(name))
    hook.found.clear()
    yield hook
    hook.below = ()


def test_that_the_gui_thread_never_touches_the_disk(desktop: Desktop, touched: Touched) -> None:
    session = made_session(desktop.root)
    desktop.config.mkdir()
    touched.below = (str(desktop.root), str(desktop.config))
    desktop.start()
    desktop.select(session)
    assert desktop.edit("trial_count", "150")
    desktop.trigger("actionSave")
    desktop.press("Save 1 change")
    desktop.wait(lambda: desktop.value("trial_count").siblingAtColumn(3).data() in ("", None))
    desktop.running[-1].window.asking.resume_sheet_requested.emit(str(session))
    desktop.wait(lambda: desktop.window.findChild(QWidget, "resumeSheet") is not None)
    desktop.running[-1].window.rescan_requested.emit()
    assert desktop.edit("trial_count", "151")
    desktop.stop()
    assert touched.found == []
    session.stat()
    next(session.iterdir()).read_bytes()
    stat, listing, read = (heard.split()[0] for heard in touched.found)
    assert (stat, read) == ("os.stat", "open"), "it listens"
    assert listing in ("os.listdir", "os.scandir")  # by Python 3.13


def test_that_looking_back_and_bringing_back_touch_the_disk_on_other_threads(
    desktop: Desktop, touched: Touched
) -> None:
    session, torn = made_session(desktop.root), made_session(desktop.root, "torn")
    made_session(desktop.root, "other", trial_count=99)
    StateFile(session).clear(expected_etag=StateFile(session).peek())
    (torn / STATE_FILE).write_bytes((torn / STATE_FILE).read_bytes()[:-60])
    os.utime(torn / STATE_FILE, (1, 1))
    desktop.config.mkdir()
    touched.below = (str(desktop.root), str(desktop.config))
    desktop.start()
    desktop.select(session)
    desktop.trigger("actionHistory")
    desktop.trigger("actionRestoreVersion")
    desktop.press("Restore version 1")
    desktop.row("historyView", "3")
    desktop.trigger("actionRaw")
    view = desktop.window.findChild(RawView, "rawView")
    assert view is not None
    desktop.wait(lambda: view.text.rows > 0)
    desktop.trigger("actionCompare")
    desktop.row("pickView", "Session")
    field = desktop.window.findChild(QLineEdit, "pickField")
    assert isinstance(field, QLineEdit)
    field.setText("other")
    desktop.press("Compare")
    desktop.row("compareView", "trial_count")
    desktop.running[-1].window.detail.tabs.setCurrentIndex(0)
    desktop.select(torn)
    desktop.trigger("actionSalvage")
    desktop.press("Save as a new version")
    desktop.row("stateView", "trial_count")
    desktop.stop()
    assert touched.found == []


def test_that_the_log_of_a_session_is_followed_on_other_threads(desktop: Desktop, touched: Touched) -> None:
    session = made_session(desktop.root)
    (session / "launcher_metadata").mkdir()
    log = session / "launcher_metadata" / "launcher.log"
    log.write_bytes(b"begin\n")
    desktop.config.mkdir()
    desktop.start()
    touched.below = (str(desktop.root), str(desktop.config))
    desktop.select(session)
    desktop.trigger("actionFiles")
    view = desktop.window.findChild(RawView, "fileView")
    assert isinstance(view, RawView)
    desktop.wait(lambda: view.text.data == b"begin\n")
    before, touched.below = touched.below, ()
    with log.open("ab") as file:
        file.write(b"trial 1\n")
    touched.below = before
    desktop.wait(lambda: view.text.data == b"begin\ntrial 1\n")
    touched.below = ()
    log.unlink()
    touched.below = before
    desktop.wait(lambda: "It is not there any more." in desktop.texts())
    assert view.text.data == b"begin\ntrial 1\n"
    desktop.row("filesView", "launcher.log")
    desktop.stop()
    assert touched.found == []


def test_that_edits_saved_at_the_last_moment_are_not_offered_again(desktop: Desktop) -> None:
    session = made_session(desktop.root)
    application = desktop.start()
    desktop.select(session)
    assert desktop.edit("trial_count", "150")
    desktop.wait(lambda: bool(list(desktop.config.rglob("*.edits.json"))))
    desktop.trigger("actionSave")
    sheet = desktop.window.findChild(SaveSheet)
    assert sheet is not None
    desktop.wait(
        lambda: sheet.check.is_known and not sheet.check.waiting
    )  # else it is saved when it is checked
    desktop.press("Save 1 change")
    application.shutdown()  # before the window has heard that it is saved
    assert saved(session, "trial_count") == 150
    assert list(desktop.config.rglob("*.edits.json")) == []


def test_that_a_folder_is_forgotten_however_it_was_written(desktop: Desktop) -> None:
    desktop.config.mkdir()
    (desktop.root / "inner").mkdir()
    written = f"{desktop.root}/inner/../inner"
    (desktop.config / "settings.json").write_text(json.dumps({"folders": [written]}), encoding="utf-8")
    application = Application(config_dir=desktop.config)
    desktop.running.append(application)
    application.window.stop_watching_requested.emit(str(desktop.root / "inner"))
    desktop.stop()
    kept = json.loads((desktop.config / "settings.json").read_text(encoding="utf-8"))
    assert kept["folders"] == []


def test_that_a_later_run_that_is_killed_is_told_by_itself_and_before_a_resume(desktop: Desktop) -> None:
    """An operator who comes an hour later saw a plain "Completed". No file changes at its end."""
    session = made_session(desktop.root)
    holder = holding(session, NAMESPACE)
    desktop.start()
    status = desktop.row("sessionView", session.name).siblingAtColumn(4)
    desktop.select(session)
    desktop.wait(lambda: status.data() == "Running")
    holder.kill()
    finished(holder)
    spoken = Qt.ItemDataRole.AccessibleTextRole
    desktop.wait(lambda: str(status.data(spoken)).endswith(", Last run did not save"))
    desktop.wait(lambda: "did not save" in desktop.texts())  # the header
    desktop.trigger("actionResume")
    desktop.wait(lambda: "ended without saving: what is resumed is the state of before it" in desktop.texts())


def test_that_the_filter_asks_for_saved_values_and_stays_true(desktop: Desktop) -> None:
    few, many = made_session(desktop.root, "few"), made_session(desktop.root, "many", trial_count=200)
    desktop.start()
    desktop.row("sessionView", few.name)
    field = desktop.window.findChild(QLineEdit, "sessionFilter")
    assert isinstance(field, QLineEdit)

    def shown() -> set[str]:
        model = desktop.view("sessionView").model()
        texts = (model.index(row, 0).data() for row in range(model.rowCount()))
        return {text for text in texts if text in ("few", "many")}

    field.setText("trial_count>100")
    desktop.wait(lambda: shown() == {many.name})
    store = StateFile(few)
    snapshot = store.read()
    document = set_value(snapshot.document, NAMESPACE, ("trial_count",), 150)
    store.commit(document, expected_etag=snapshot.etag)
    desktop.wait(lambda: shown() == {few.name, many.name})
    field.setText("trial_count>")  # a query that is not complete leaves the list as it was
    assert shown() == {few.name, many.name}
    field.setText("trial_c")  # nor does the beginning of a name empty it
    hint = "No session shows trial_c. A saved value is asked for as trial_count=…"
    desktop.wait(lambda: desktop.says(hint))
    assert shown() == {few.name, many.name}
    field.setText("trial_cuont>100")
    desktop.wait(
        lambda: desktop.says("No session has a single value called trial_cuont. Did you mean trial_count?")
    )
    field.setText("trial_count=150")
    desktop.wait(lambda: shown() == {few.name})


def test_that_an_attribute_becomes_a_column_that_is_kept_true_and_remembered(desktop: Desktop) -> None:
    few, many = made_session(desktop.root, "few"), made_session(desktop.root, "many", trial_count=200)
    (few / "session.json").write_text('{"rig_id": "rig3"}', encoding="utf-8")
    desktop.start()

    def cells(session: Path) -> list[object]:
        row = desktop.row("sessionView", session.name)
        return [row.siblingAtColumn(column).data() for column in range(5, row.model().columnCount())]

    desktop.trigger("actionColumnRig")
    desktop.wait(lambda: cells(few) == ["rig3"])
    desktop.trigger("actionColumnAttribute")
    names = desktop.window.findChild(QListWidget, "columnNames")
    assert isinstance(names, QListWidget)
    desktop.wait(lambda: any(names.item(i).text().startswith("trial_count") for i in range(names.count())))
    field = desktop.window.findChild(QLineEdit, "columnName")
    assert isinstance(field, QLineEdit)
    field.setText("trial_count")
    desktop.press("Show column")
    desktop.wait(lambda: (cells(few), cells(many)) == (["rig3", "15"], ["—", "200"]))
    store = StateFile(few)
    snapshot = store.read()
    document = set_value(snapshot.document, NAMESPACE, ("trial_count",), 150)
    store.commit(document, expected_etag=snapshot.etag)
    desktop.wait(lambda: cells(few) == ["rig3", "150"])
    desktop.stop()
    desktop.start()
    desktop.wait(lambda: (cells(few), cells(many)) == (["rig3", "150"], ["—", "200"]))


def test_that_what_was_known_is_listed_while_the_folder_does_not_answer(
    desktop: Desktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = made_session(desktop.root, "known")
    desktop.start()
    desktop.row("sessionView", session.name)
    desktop.stop()
    answering = threading.Event()

    def hanging(folder: str, *_: object, **__: object) -> Step:
        answering.wait(30)
        return Step(folder)

    monkeypatch.setattr("app.listing.lookers.step", hanging)
    desktop.start()
    desktop.row("sessionView", session.name)
    answering.set()


def test_that_preferences_touch_the_disk_on_other_threads(desktop: Desktop, touched: Touched) -> None:
    session = made_session(desktop.root)
    desktop.config.mkdir()
    (desktop.config / "settings.json").write_text('{"version": 2}', encoding="utf-8")  # to be put aside
    touched.below = (str(desktop.root), str(desktop.config))
    window = desktop.start().window
    desktop.select(session)
    desktop.trigger("actionPreferences")
    desktop.press("Close")
    for name, value in (("font_percent", 125), ("theme", "dark"), ("detailed_log", True)):
        window.preferring.setting_chosen.emit(name, value)
    window.preferring.network_chosen.emit(str(desktop.root), True)
    desktop.trigger("actionResetLayout")
    desktop.wait(lambda: "by looking" in window.status.watch.toolTip())
    desktop.stop()
    assert touched.found == []
    kept = json.loads((desktop.config / "settings.json").read_text(encoding="utf-8"))
    assert (kept["font_percent"], kept["as_network"]) == (125, [str(desktop.root)])


def test_that_a_session_that_goes_while_it_is_shown_is_said_to_be_gone_and_shown_when_it_is_back(
    desktop: Desktop, tmp_path: Path
) -> None:
    application = desktop.start()
    session = made_session(desktop.root)
    desktop.select(session)
    desktop.wait(lambda: desktop.value("trial_count").isValid())
    elsewhere = tmp_path / "elsewhere"
    session.rename(elsewhere)
    desktop.wait(lambda: desktop.pane_says(f"{session.name} was moved, renamed or deleted."))
    elsewhere.rename(session)
    desktop.wait(lambda: application.window.selected_directory == str(session))
    assert desktop.value("trial_count").isValid()


def test_that_no_worker_is_given_an_attribute_when_its_thread_has_begun(
    desktop: Desktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PySide looks into the attributes of an object at each of its signals, without Python's lock: there
    must be no new one just then.
    """
    begun: list[tuple[Worker, set[str]]] = []
    start = Worker.start

    def noting(worker: Worker) -> None:
        begun.append((worker, set(vars(worker))))
        start(worker)

    monkeypatch.setattr(Worker, "start", noting)
    session = made_session(desktop.root, "mouse42_2025-06-01_10-00-00")
    desktop.start()
    desktop.select(session)
    desktop.row("stateView", "trial_count")
    desktop.stop()
    assert len(begun) > 10
    later = {type(worker).__name__: set(vars(worker)) - names for worker, names in begun}
    assert {name: names for name, names in later.items() if names} == {}
