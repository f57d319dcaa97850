"""The window opens with its list alone: what is seen, selected and asked for before the rest of it is there.

The one idea: the real way of the program, in this process, from what was painted first to the whole window;
what must not be lost in between is done in between. What is imported for the first picture is counted in
`test_cold_start`.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFileDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.class_table import make_room
from app.first_look import FirstLook
from app.front import Front
from app.main import Application
from app.models.sessions.session_rows import OUTCOME, RIG, Column, Extra
from app.opening import Opening
from app.settings import FONT_PERCENTS, Settings, places
from app.settings_text import NAME, to_bytes
from app.views.sessions.column_sheet import ColumnSheet
from persistence.files.reading import read_file
from tests.small_rig import PROJECT, made_session

_SELECT = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows


class Start:
    """Opens a window over `root`, as the program does. `seen` is what was so when it was painted first."""

    def __init__(self, folder: Path, qtbot: QtBot) -> None:
        self.root, self.config = folder / "data", folder / "config"
        self.root.mkdir()
        self.qtbot = qtbot
        self.opening: Opening | None = None
        self.whole = False

    def remember(self, settings: Settings | None = None, sessions: int = 3) -> list[Path]:
        """An earlier window listed some sessions, and left settings."""
        made = [made_session(self.root, f"m{number}_2025-06-0{number}_10-00-00") for number in range(1, 4)]
        earlier = Application([self.root], self.config)
        self.qtbot.waitUntil(lambda: self.known() == sessions)
        earlier.shutdown()
        if settings is not None:
            (self.config / NAME).write_bytes(to_bytes(settings))
        return made

    def known(self) -> int:
        """So many sessions are in the index, as a next window reads it."""
        looked = FirstLook(places(self.config), (str(self.root),)).wait()
        return sum(len(page) for _, page in looked.pages)

    def open(self) -> Opening:
        """The front is there, and was not painted yet."""
        return self.begin(Front((self.root,), self.config))

    def open_alone(self) -> Opening:
        """Over no folder."""
        return self.begin(Front((), self.config))

    def begin(self, front: Front, also: Callable[[], object] = lambda: None) -> Opening:
        """Show it, and go on from there."""
        self.opening = Opening(front, also=also)
        self.opening.whole.connect(lambda: setattr(self, "whole", True))
        return self.opening

    def until_whole(self) -> Application:
        """All of it is there."""
        self.qtbot.waitUntil(lambda: self.whole)
        assert self.opening is not None
        assert self.opening.application is not None
        return self.opening.application

    def select(self, session: Path) -> None:
        """As a click does."""
        assert self.opening is not None
        view = self.opening.front.window.sessions.view
        view.selectionModel().setCurrentIndex(self.index_of(session), _SELECT)

    def index_of(self, session: Path) -> QModelIndex:
        """Its row in the list."""
        assert self.opening is not None
        return self.opening.front.sessions.index_of(str(session))

    def opening_rows(self) -> int:
        """Sessions that the list shows."""
        assert self.opening is not None
        model = self.opening.front.sessions
        return sum(model.is_session(row) for row in range(model.rowCount()))

    def end(self) -> None:
        if self.opening is not None:
            assert self.opening.shutdown()
            self.opening.front.window.close()
            self.opening.front.window.deleteLater()


@pytest.fixture
def start(tmp_path: Path, qtbot: QtBot) -> Iterator[Start]:
    made = Start(tmp_path, qtbot)
    yield made
    made.end()


class FirstPaint(QObject):
    """Asks something when a widget is painted for the first time."""

    def __init__(self, widget: QWidget, ask: Callable[[], object]) -> None:
        super().__init__(widget)
        self.answers: list[object] = []
        self._ask = ask
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and not self.answers:
            self.answers.append(self._ask())
        return False


def test_that_known_sessions_are_painted_before_anything_else_is_there(start: Start) -> None:
    start.remember()
    window = start.open().front.window
    first = FirstPaint(window.sessions.view.viewport(), lambda: (start.opening_rows(), window.is_furnished))
    start.until_whole()
    assert first.answers == [(3, False)]
    assert window.is_furnished


def test_that_a_session_that_was_selected_before_is_shown_as_soon_as_it_can_be(start: Start) -> None:
    first, *_ = start.remember()
    window = start.open().front.window
    start.select(first)
    assert not window.is_furnished
    start.until_whole()
    state = window.findChild(QAbstractItemView, "stateView")
    assert isinstance(state, QAbstractItemView)
    start.qtbot.waitUntil(lambda: state.isVisible() and state.model().rowCount() > 0)
    assert window.shown.directory == str(first)


def test_that_keys_and_menus_are_acted_on_when_the_rest_is_there(start: Start) -> None:
    start.remember()
    window = start.open().front.window
    window.actions_["actionPreferences"].trigger()
    window.actions_["actionSave"].trigger()
    assert window.findChild(QWidget, "preferencesSheet") is None
    start.until_whole()
    start.qtbot.waitUntil(lambda: window.findChild(QWidget, "preferencesSheet") is not None)


def test_that_what_is_typed_into_the_filter_before_stays_and_finds(start: Start) -> None:
    start.remember()
    window = start.open().front.window
    window.actions_["actionFindSessions"].trigger()
    QTest.keyClicks(window.sessions.filter, "m2")
    start.until_whole()
    QTest.keyClicks(window.sessions.filter, "_2025")
    assert window.sessions.filter.text() == "m2_2025"
    assert start.opening_rows() == 1


def test_that_it_can_be_closed_before_the_rest_is_there(start: Start) -> None:
    start.remember()
    opening = start.open()
    opening.front.window.close()
    assert opening.shutdown()
    assert opening.application is None


def test_that_it_can_be_closed_while_the_rest_is_built(start: Start) -> None:
    start.remember()
    opening = start.open()
    start.qtbot.waitUntil(lambda: opening.application is not None)
    opening.front.window.close()
    assert opening.shutdown()
    assert not start.whole
    assert json.loads((start.config / NAME).read_text(encoding="utf-8"))["layout"]["geometry"]


def test_that_without_an_index_sessions_come_as_they_are_found(start: Start) -> None:
    made_session(start.root)
    start.open()
    assert start.opening_rows() == 0
    start.until_whole()
    start.qtbot.waitUntil(lambda: start.opening_rows() == 1)


def test_that_a_session_that_is_gone_leaves_the_list_when_the_folder_was_looked_through(start: Start) -> None:
    gone, *_ = start.remember()
    gone.rename(start.root.parent / "elsewhere")
    start.open()
    assert start.opening_rows() == 3
    start.until_whole()
    start.qtbot.waitUntil(lambda: start.opening_rows() == 2)


def test_that_the_first_picture_teaches_where_nothing_is_watched_and_hears_its_buttons(
    start: Start,
) -> None:
    window = start.open_alone().front.window
    first = FirstPaint(window, lambda: (window.beginning.isVisible(), window.is_furnished))
    window.beginning.watch_requested.emit()
    start.until_whole()
    assert first.answers == [(True, False)]
    start.qtbot.waitUntil(lambda: window.findChild(QFileDialog) is not None)
    for dialog in window.findChildren(QFileDialog):
        dialog.close()


def test_that_it_opens_in_the_colours_places_and_order_of_before_and_nothing_moves(start: Start) -> None:
    layout = {
        "panes": [600, 500], "grouping": "none", "chip": "all", "tab": "History",
        "columns": [{"field": "outcome"}], "order": {"column": "subject", "falling": True},
        "selected": str(start.root / "m2_2025-06-02_10-00-00"), "widths": {"subject": 90},
    }  # fmt: skip
    start.remember(Settings(theme="dark", layout=layout))
    window = start.open().front.window
    QApplication.sendPostedEvents()

    def looks() -> tuple[object, ...]:
        header = window.sessions.view.horizontalHeader()
        return (
            window.theme.colors.name, window.geometry(), window.splitter.sizes(), window.sessions.grouping,
            [header.sectionSize(section) for section in range(header.count())],
            (header.sortIndicatorSection(), header.sortIndicatorOrder()), window.selected_directory,
            window.tool_bar.height(),
        )  # fmt: skip

    offered = [action.objectName() for action in window.tool_bar.actions() if action.isEnabled()]
    first = FirstPaint(window.sessions.view.viewport(), looks)
    start.until_whole()
    assert first.answers == [looks()]
    assert [name for name in offered if name] == ["actionWatchFolder", "actionRescan"]
    assert window.theme.colors.name == "dark"
    assert window.selected_directory == layout["selected"]
    assert window.sessions.view.horizontalHeader().sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
    assert window.detail.tab == "History"


def test_that_remembered_columns_are_ticked_and_the_next_pick_keeps_them(start: Start) -> None:
    start.remember(Settings(layout={"columns": [{"field": "outcome"}, {"attribute": "trial_count"}]}))
    window = start.open().front.window
    start.until_whole()
    assert ticked(window.menus.columns) == ["Outcome", "trial_count"]
    pick(window.menus.columns, "Rig")
    assert window.sessions.columns == (OUTCOME, Extra("trial_count"), RIG)


def test_that_columns_that_are_picked_before_are_shown_at_once_and_stay(start: Start) -> None:
    start.remember()
    window = start.open().front.window
    pick(window.menus.columns, "Outcome")
    pick(window.menus.columns, "Rig")
    assert window.sessions.columns == (OUTCOME, RIG)
    pick(window.menus.columns, "Attribute…")
    start.until_whole()
    start.qtbot.waitUntil(lambda: window.findChild(ColumnSheet) is not None)
    assert ticked(window.menus.columns) == ["Rig", "Outcome"]
    assert window.sessions.columns == (OUTCOME, RIG)


def test_that_the_menus_of_the_list_open_before_all_is_there_and_come_alive(start: Start) -> None:
    first, *_ = start.remember()
    window = start.open().front.window
    view = window.sessions.view
    view.horizontalHeader().customContextMenuRequested.emit(QPoint(20, 10))
    assert window.menus.columns.isVisible()
    window.menus.columns.close()
    point = view.visualRect(start.index_of(first)).center()
    click = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, view.viewport().mapToGlobal(point))
    QApplication.sendEvent(view.viewport(), click)
    (menu,) = (one for one in QApplication.topLevelWidgets() if isinstance(one, QMenu) and one.isVisible())
    show = window.actions_["actionShowFolder"]
    assert show in menu.actions()
    assert not show.isEnabled()
    start.until_whole()
    assert (menu.isVisible(), show.isEnabled(), window.selected_directory) == (True, True, str(first))
    menu.close()


def test_that_the_theme_that_was_chosen_last_before_is_that_of_the_window(start: Start) -> None:
    start.remember(Settings(theme="light"))
    window = start.open().front.window
    for theme in ("Dark", "Light", "Dark"):
        pick(window.menuBar(), theme)
    application = start.until_whole()
    assert window.theme.colors.name == "dark"
    assert application.shutdown()
    assert json.loads((start.config / NAME).read_text(encoding="utf-8"))["theme"] == "dark"


def test_that_a_folder_that_is_to_be_watched_no_more_is_not(start: Start) -> None:
    start.remember(Settings(folders=(str(start.root),)))
    window = start.open_alone().front.window
    pick(window.menuBar(), str(start.root))
    start.until_whole()
    assert window.beginning.isVisible()
    assert start.opening_rows() == 0


def test_that_what_is_asked_for_twice_is_done_once_and_each_step_is_taken(start: Start) -> None:
    start.remember(Settings(font_percent=100))
    window = start.open().front.window
    for name in ("WatchFolder", "TextLarger", "WatchFolder", "TextLarger"):
        window.actions_[f"action{name}"].trigger()
    start.until_whole()
    dialogs = window.findChildren(QFileDialog)
    for dialog in dialogs:
        dialog.close()
    assert len(dialogs) == 1
    assert window.theme.percent == FONT_PERCENTS[2]


def test_that_nothing_is_done_that_was_asked_of_a_window_that_was_closed(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[object] = []
    monkeypatch.setattr("app.main.Application._open_demo", started.append)
    start.remember()
    opening = start.open()
    opening.front.window.actions_["actionDemo"].trigger()
    start.qtbot.waitUntil(lambda: opening.application is not None)
    opening.front.window.close()
    assert opening.shutdown()
    assert started == []


def test_that_a_window_that_opens_minimised_becomes_whole(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.opening._PATIENCE_MS", 50)
    start.remember()
    front = Front((start.root,), start.config)
    front.window.setUpdatesEnabled(False)  # as where nobody paints what is minimised: this system does
    monkeypatch.setattr(front.window, "show", front.window.showMinimized)
    start.begin(front)
    start.until_whole()
    assert front.window.isMinimized()


def test_that_settings_that_come_late_leave_what_was_chosen_meanwhile(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    start.remember()
    window, settings = late(start, monkeypatch).front.window, start.config / NAME
    window.sessions.chips.buttons["problems"].click()
    window.set_grouping("none")
    pick(window.menuBar(), "Dark")
    start.until_whole()
    assert window.theme.colors.name == "dark"
    settings.with_suffix(".late").rename(settings)
    start.qtbot.waitUntil(lambda: window.theme.percent == 125)
    assert (window.sessions.chip, window.sessions.grouping) == ("problems", "none")
    assert ticked(window.menus.columns) == ["Outcome"]
    assert window.detail.tab == "History"
    assert window.theme.colors.name == "dark"
    start.qtbot.waitUntil(lambda: json.loads(settings.read_text(encoding="utf-8"))["theme"] == "dark")
    assert json.loads(settings.read_text(encoding="utf-8"))["font_percent"] == 125


def test_that_a_selected_session_is_headed_and_nothing_else_said_until_it_is_shown(start: Start) -> None:
    first, *_ = start.remember()
    window = start.open().front.window
    start.select(first)
    said = []

    def look() -> None:
        if window.has_detail:
            said.append(window.detail.nothing.isVisible())

    watching = QTimer(window, interval=0)
    watching.timeout.connect(look)
    watching.start()
    start.until_whole()
    watching.stop()
    assert len(said) > 2
    assert not any(said)
    assert window.detail.header.name.text() == first.name


def test_that_what_is_to_be_done_beside_is_done_on_another_thread_before_all_is_there(start: Start) -> None:
    done: list[tuple[bool, str]] = []
    start.opening = opening = Opening(
        Front((start.root,), start.config),
        also=lambda: done.append((start.whole, threading.current_thread().name)),
    )
    opening.whole.connect(lambda: setattr(start, "whole", True))
    assert done == []
    start.until_whole()
    assert done == [(False, "importing the rest")]


def test_that_an_empty_list_says_that_sessions_are_looked_for(start: Start) -> None:
    window = start.open().front.window
    assert "Looking for sessions …" in banner_texts(window.sessions)
    start.until_whole()
    start.qtbot.waitUntil(lambda: "No sessions here yet" in banner_texts(window.sessions))


def test_that_what_goes_wrong_before_somebody_hears_of_it_is_told_as_soon_as_it_can_be(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.__excepthook__)
    monkeypatch.setattr(sys, "stderr", None)  # as Windows has it
    start.remember()
    window = start.open().front.window
    QTimer.singleShot(0, window, lambda: 1 // 0)
    start.until_whole()
    assert "ZeroDivisionError" in banner_texts(window)
    log = start.config / "data" / "rigstate.log"
    start.qtbot.waitUntil(lambda: log.exists() and "ZeroDivisionError" in log.read_text(encoding="utf-8"))


def test_that_settings_that_are_damaged_are_told_when_the_rest_is_there(start: Start) -> None:
    start.config.mkdir()
    (start.config / NAME).write_bytes(b"{")
    start.open()
    application = start.until_whole()
    start.qtbot.waitUntil(lambda: "settings.broken-1.json" in banner_texts(application.window))


def test_that_a_part_that_cannot_be_imported_ends_it_with_a_sentence(tmp_path: Path) -> None:
    """In a process of its own: what this one has imported stays imported."""
    code = "import sys; sys.modules['app.views.detail'] = None; from app.__main__ import main; exit(main([]))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr.startswith("rigstate-gui: the window needs a package that is not installed (")
    assert "app.views.detail" in done.stderr
    assert "Traceback" not in done.stderr


def test_that_there_is_room_for_classes_before_a_thread_imports_some(start: Start) -> None:
    make_room.cache_clear()
    made: list[int] = []
    front = Front((), start.config)
    start.begin(front, lambda: made.append(make_room.cache_info().currsize)).painted.connect(
        lambda: made.append(make_room.cache_info().currsize)
    )
    start.until_whole()
    assert made == [0, 1]  # and a first picture does not wait for it


def late(start: Start, monkeypatch: pytest.MonkeyPatch) -> Opening:
    """The window opens while its settings cannot be read yet: until they are put in their place."""
    settings = start.config / NAME
    layout = {"grouping": "subject", "chip": "all", "columns": [{"field": "outcome"}], "tab": "History"}
    told = to_bytes(Settings(theme="light", font_percent=125, layout=layout))
    settings.with_suffix(".late").write_bytes(told)
    settings.unlink(missing_ok=True)

    def wait(path: Path, *, limit: int) -> bytes:
        until = time.monotonic() + 20
        while not path.exists() and time.monotonic() < until:
            time.sleep(0.01)
        return read_file(path, limit=limit)

    impatient = FirstLook.wait
    monkeypatch.setattr(FirstLook, "wait", lambda look: impatient(look, 0.01))
    monkeypatch.setattr("app.first_look.read_file", wait)
    monkeypatch.setattr("app.settings_file.read_file", wait)
    return start.open()


def ticked(menu: QMenu) -> list[str]:
    """What is ticked there, but for the list's own columns; whether it has room or not."""
    words = [one.text().replace("&", "").partition("\t")[0] for one in menu.actions() if one.isChecked()]
    return [one for one in words if one.upper() not in Column.__members__]


def pick(menus: QWidget, text: str) -> None:
    """Choose the entry with these words."""
    (entry,) = (one for one in menus.findChildren(QAction) if one.text().replace("&", "") == text)
    entry.trigger()


def banner_texts(window: QWidget) -> str:
    """All that the window says in labels."""
    return " ".join(str(widget.property("text") or "") for widget in window.findChildren(QWidget))
