"""The Files tab: the list, the file at its right, following, finding, copying; in the real window."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QLabel, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from app.file_errands import LOG, FileEntry, FileNews, FileSeen, FilesListed, ListFiles, LookAt, TextSeen
from app.past_errands import Crash, FindWays, WaysFound
from app.session import Problem
from app.values.raw_text import RawText
from app.views.files.files_pane import FilesPane
from app.views.files.files_table import FileDelegate
from app.views.style.painting import text_width
from persistence.files.runner import Running
from tests.app.views.seen import laid_out
from tests.sample_window import Shown
from tests.samples import NOW, ROOT, snapshot

DIRECTORY = f"{ROOT}/764521_2026-11-23_14-05"
DATA = "camera"
LINES = b"".join(b"line %d\n" % number for number in range(1, 501))
ENTRIES = (
    FileEntry("session.json", size=292, changed=1795000000.0),
    FileEntry("launcher_metadata", "folder"),
    FileEntry("launcher_metadata/end_state.json", size=281),
    FileEntry(LOG, size=len(LINES)),
    FileEntry(DATA, "folder"),
    FileEntry("pipe", "other"),
)


class Looked:
    """The tab of a window, in front; `asked` is what it asked for last."""

    def __init__(self, shown: Shown, qtbot: QtBot) -> None:
        self.shown = shown
        self.window = shown.window
        self.qtbot = qtbot
        self.tab = shown.window.files
        self.pane: FilesPane = self.tab.pane
        self.file = self.pane.file
        self.view = self.file.view
        self.listings: list[str | None] = []
        self.files: list[tuple[str, str] | None] = []
        self.pane.listing_wanted.connect(self.listings.append)
        self.pane.file_wanted.connect(self.files.append)
        shown.window.session_selected.connect(self.tab.show_selected)
        self.tab.show_selected(DIRECTORY)
        self.window.actions_["actionFiles"].trigger()

    def list(self, *entries: FileEntry, more: bool = False, problem: str = "") -> None:
        directory = self.pane.directory or ""
        self.pane.show_files(FilesListed(ListFiles(directory), entries, more, problem))

    def tell(self, data: bytes, news: FileNews = "new", note: str = "", skipped: int = 0) -> None:
        errand = LookAt(self.pane.directory or "", self.file.name)
        text = RawText(data, skipped=skipped)
        if news == "grown":
            text = self.view.text.grown(data, keep=1 << 20)
        self.pane.show_file(FileSeen(errand, news, TextSeen(text), note))

    def fail(self, problem: str) -> None:
        errand = LookAt(self.pane.directory or "", self.file.name)
        self.pane.show_file(FileSeen(errand, "problem", problem=problem))

    def choose(self, name: str) -> None:
        self.pane.table.selectRow(self.pane.model.row_of(name))

    def says(self, words: str) -> bool:
        labels = self.window.findChildren(QLabel)
        return any(words in label.text() for label in labels if label.isVisible())

    def press(self, words: str) -> None:
        buttons = self.window.findChildren(QPushButton)
        shown = [one for one in buttons if words == one.accessibleName() and one.isVisible()]
        self.qtbot.mouseClick(shown[0], Qt.MouseButton.LeftButton)

    @property
    def bottom(self) -> bool:
        return self.view.is_at_end and self.view.verticalScrollBar().maximum() > 0


@pytest.fixture
def looked(shown: Shown, qtbot: QtBot) -> Looked:
    made = Looked(shown, qtbot)
    made.list(*ENTRIES)
    made.tell(LINES)
    return made


def test_that_the_log_is_shown_first_at_its_end(looked: Looked) -> None:
    assert looked.listings[-1] == DIRECTORY
    assert looked.files[-1] == (DIRECTORY, LOG)
    assert looked.pane.table.chosen == ENTRIES[3]
    assert looked.bottom
    assert looked.view.text.data == LINES


def test_that_a_log_is_wrapped_and_another_file_stands_as_it_is(looked: Looked) -> None:
    looked.tell(b"a word and another one " * 40 + b"\n")
    assert looked.view.horizontalScrollBar().maximum() == 0
    looked.choose("session.json")
    looked.tell(b"a word and another one " * 40 + b"\n")
    assert looked.view.horizontalScrollBar().maximum() > 0


def test_that_the_day_is_read_where_the_time_of_day_has_no_room(looked: Looked) -> None:
    changed = (NOW - timedelta(days=1)).timestamp()
    looked.list(FileEntry("session.json", size=292, changed=changed))
    table = looked.pane.table
    index, delegate = looked.pane.model.index(0, 0), table.itemDelegate()
    assert isinstance(delegate, FileDelegate)
    whole = text_width("292 B  ·  22 Nov 14:32", looked.shown.theme.font("small"))
    assert delegate.told(index, whole + 1) == "292 B  ·  22 Nov 14:32"
    assert delegate.told(index, whole - 1) == "292 B  ·  22 Nov"
    looked.window.resize(1024, 700)
    laid_out()
    assert table.viewport().width() > whole + 12 + 16 + 8 + 16  # also inside a folder


def test_that_nothing_is_asked_for_while_nobody_looks(looked: Looked) -> None:
    looked.window.detail.tabs.setCurrentWidget(looked.window.detail.state)
    assert (looked.listings[-1], looked.files[-1]) == (None, None)
    looked.window.actions_["actionFiles"].trigger()
    assert (looked.listings[-1], looked.files[-1]) == (DIRECTORY, (DIRECTORY, LOG))


def test_that_who_comes_back_to_the_tab_finds_his_place(looked: Looked) -> None:
    looked.view.verticalScrollBar().setValue(100)
    looked.view.setFocus()
    looked.qtbot.keyClick(looked.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    looked.window.detail.tabs.setCurrentIndex(0)
    looked.window.actions_["actionFiles"].trigger()
    looked.tell(LINES + b"new\n")
    assert looked.view.verticalScrollBar().value() == 100
    assert not looked.view._caret.is_empty
    assert looked.says("1 new line below")


def test_that_who_is_at_the_end_stays_there_and_who_reads_further_up_is_told(looked: Looked) -> None:
    looked.tell(b"new\n", "grown")
    assert looked.bottom
    assert not looked.says("below")
    bar = looked.view.verticalScrollBar()
    bar.setValue(100)
    looked.tell(b"1\n2\n", "grown")
    assert (bar.value(), looked.says("2 new lines below")) == (100, True)
    looked.tell(b"3\n", "grown")
    assert looked.says("3 new lines below")
    looked.press("Go to the end")
    assert looked.bottom
    assert not looked.says("below")


def test_that_the_place_stays_when_first_lines_are_let_go(looked: Looked) -> None:
    text = looked.view.text
    looked.view.verticalScrollBar().setValue(450)
    looked.view.reveal(text.data.index(b"line 460"), 8)
    place = looked.view.verticalScrollBar().value()
    first = text.row(place).text
    cut = text.data.index(b"line 300\n")
    grown = RawText(text.data[cut:] + b"more\n", skipped=cut)
    looked.view.grow(grown)
    assert looked.view.text.row(looked.view.verticalScrollBar().value()).text == first
    found_from, found_to = looked.view._found or (0, 0)
    assert grown.data[found_from:found_to] == b"line 460"
    assert looked.view.text.row(looked.view._caret.spot.row).text == "line 460"


def test_that_a_file_that_vanished_leaves_what_was_read_of_it(looked: Looked) -> None:
    looked.fail("It is not there any more.")
    assert looked.says("It is not there any more. What is shown was read at 14:32:08.")
    assert looked.view.text.data == LINES
    looked.list(*ENTRIES[:3])
    assert looked.pane.table.chosen == ENTRIES[3]
    row = looked.pane.model.index(looked.pane.model.row_of(LOG), 1)
    assert (row.row(), row.data()) == (3, "not there any more")  # where it was
    looked.list(*ENTRIES[2:3], *ENTRIES[4:])
    assert looked.pane.model.row_of(LOG) == 1
    looked.list(*ENTRIES)
    looked.tell(LINES, "same")
    assert not looked.says("not there any more")


def test_that_what_was_never_read_says_why(looked: Looked) -> None:
    looked.choose("launcher_metadata/end_state.json")
    assert looked.files[-1] == (DIRECTORY, "launcher_metadata/end_state.json")
    assert looked.view.text.rows == 0
    looked.qtbot.waitUntil(lambda: looked.says("Reading the file …"))  # only where it takes long
    looked.fail("It is not shown: it is a link, and leads out of the session.")
    assert looked.says("leads out of the session")
    looked.tell(b"{}")
    assert looked.view.text.data == b"{}"
    assert not looked.says("leads out of the session")


def test_that_another_file_in_its_place_is_said(looked: Looked) -> None:
    looked.tell(b"new\n", "changed", "shortened")
    assert looked.says("The file was shortened while you looked")
    assert looked.view.text.data == b"new\n"
    looked.tell(b"two\n", "grown")
    assert not looked.says("shortened")


def test_that_the_end_of_a_large_log_is_said(looked: Looked) -> None:
    looked.tell(LINES, "changed", skipped=1_000_000_000)
    assert looked.says("Only the last 4.4 kB of 1.0 GB are shown; lines are counted from there.")
    QCoreApplication.processEvents()
    assert looked.bottom  # although the sentence has taken room from below
    looked.window.resize(1440, 700)
    assert looked.bottom


def test_that_folders_and_pipes_are_lines_with_a_reason(looked: Looked) -> None:
    reasons = {DATA: "not looked at here", "pipe": "never read", "launcher_metadata": "below"}
    for name, words in reasons.items():
        looked.choose(name)
        assert looked.says(words), name
        assert looked.files[-1] is None
    assert looked.view.text.rows == 0
    looked.press("Show in file manager")
    assert looked.shown.asked_for("files.show_requested") == [f"{DIRECTORY}/launcher_metadata"]


def test_that_the_file_that_was_chosen_is_shown_of_the_next_session_too(looked: Looked) -> None:
    looked.choose("session.json")
    looked.shown.open(looked.shown.names[2])
    assert looked.view.text.rows == 0
    looked.qtbot.waitUntil(lambda: looked.says("Reading the folder …"))
    looked.list(*ENTRIES)
    assert looked.files[-1] == (f"{ROOT}/{looked.shown.names[2]}", "session.json")
    looked.shown.open(looked.shown.names[3])
    looked.list(ENTRIES[3])
    assert looked.files[-1] == (f"{ROOT}/{looked.shown.names[3]}", LOG)


def test_that_a_log_that_comes_later_is_gone_to_unless_somebody_chose_another_file(looked: Looked) -> None:
    looked.shown.open(looked.shown.names[2])
    looked.list(ENTRIES[0], ENTRIES[2])
    assert looked.files[-1] == (looked.pane.directory, "session.json")
    looked.list(ENTRIES[0], ENTRIES[2], ENTRIES[3])
    assert looked.files[-1] == (looked.pane.directory, LOG)
    looked.choose("session.json")
    looked.list(*ENTRIES)
    assert looked.files[-1] == (looked.pane.directory, "session.json")


def test_that_late_answers_about_another_session_or_file_are_dropped(looked: Looked) -> None:
    before = looked.pane.directory or ""
    looked.choose("session.json")
    looked.pane.show_file(FileSeen(LookAt(before, LOG), "new", TextSeen(RawText(b"late"))))
    assert looked.view.text.rows == 0
    looked.shown.open(looked.shown.names[2])
    looked.pane.show_files(FilesListed(ListFiles(before), ENTRIES))
    assert looked.pane.model.rowCount() == 0


def test_that_the_list_keeps_choice_and_place_when_it_changes(looked: Looked) -> None:
    many = tuple(FileEntry(f"{number:03d}.csv") for number in range(200))
    looked.list(*many, *ENTRIES)
    looked.choose("100.csv")
    bar, asked = looked.pane.table.verticalScrollBar(), len(looked.files)
    bar.setValue(bar.maximum() // 2)
    place = bar.value()
    looked.list(*many, FileEntry("zzz.csv"), *ENTRIES)
    assert (bar.value(), len(looked.files)) == (place, asked)
    chosen = looked.pane.table.chosen
    assert chosen is not None
    assert chosen.name == "100.csv"


def test_that_a_folder_that_cannot_be_read_says_so_and_one_that_is_full(looked: Looked) -> None:
    looked.list(*ENTRIES, more=True)
    assert looked.says("There is more in this folder than is listed.")
    looked.list(problem="The folder cannot be read: it is not there.")
    assert looked.says("The folder cannot be read: it is not there.")
    assert looked.view.text.data == LINES  # what was read stays, and what was listed
    assert looked.pane.model.rowCount() == len(ENTRIES)
    looked.shown.open(looked.shown.names[2])
    looked.list(problem="The folder cannot be read: no answer.")
    assert looked.says("The folder cannot be read: no answer.")


def test_that_f3_finds_in_the_file_that_is_shown(looked: Looked) -> None:
    looked.window.actions_["actionFindNext"].trigger()
    assert looked.file.finder.field.hasFocus()
    looked.qtbot.keyClicks(looked.file.finder.field, "line 45")
    found = looked.view._found or (0, 0)
    assert looked.view.text.data[found[0] :].startswith(b"line 45\n")
    looked.window.actions_["actionFindNext"].trigger()
    found = looked.view._found or (0, 0)
    assert looked.view.text.data[found[0] :].startswith(b"line 450\n")
    looked.window.actions_["actionFindPrevious"].trigger()
    found = looked.view._found or (0, 0)
    assert looked.view.text.data[found[0] :].startswith(b"line 45\n")


def test_that_paths_are_copied_of_the_file_in_front_else_of_the_session(looked: Looked) -> None:
    clipboard = QGuiApplication.clipboard()
    looked.press("Copy path")
    assert clipboard.text() == str(Path(DIRECTORY, *LOG.split("/")))
    looked.choose("session.json")
    looked.pane.table.setFocus()
    looked.qtbot.keyClick(looked.pane.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard.text() == str(Path(DIRECTORY, "session.json"))
    looked.window.detail.tabs.setCurrentIndex(0)
    looked.window.actions_["actionCopyPlace"].trigger()
    assert clipboard.text() == DIRECTORY


@pytest.mark.parametrize("odd", [0xDCFF, 0xD800, 0xDFFF])
def test_that_the_path_of_a_file_is_copied_though_its_name_is_no_text(looked: Looked, odd: int) -> None:
    """The first as Linux has bytes that are no text, the others as Windows may have half a character."""
    looked.list(*ENTRIES, FileEntry(f"a{chr(odd)}.txt"))
    looked.choose(f"a{chr(odd)}.txt")
    looked.press("Copy path")
    assert QGuiApplication.clipboard().text() == str(Path(DIRECTORY, "a\ufffd.txt"))


def test_that_ctrl_e_shows_the_file_in_front_else_the_session(looked: Looked) -> None:
    looked.window.actions_["actionShowFolder"].trigger()
    looked.window.detail.tabs.setCurrentIndex(0)
    looked.window.actions_["actionShowFolder"].trigger()
    log = str(Path(DIRECTORY, *LOG.split("/")))
    assert looked.shown.asked_for("files.show_requested") == [log, DIRECTORY]


def test_that_live_is_said_of_the_log_of_a_session_that_runs(looked: Looked) -> None:
    assert not looked.file._pill.isVisible()
    running = next(one for one in looked.shown.snapshots.values() if one.running is not None)
    looked.shown.open(running.name)
    looked.tab.show_session(running)
    looked.list(*ENTRIES)
    looked.tell(LINES)
    assert looked.file._pill.isVisible()
    assert looked.file._pill.accessibleName() == "Status live"
    resumed = replace(running, running=Running("rig3", 7, "a.B", elsewhere=True))
    looked.tab.show_session(resumed)
    assert "new session" in looked.file._pill.accessibleName()
    looked.choose("session.json")
    assert not looked.file._pill.isVisible()


def test_that_the_tab_points_to_what_a_crash_kept_where_there_is_no_state(looked: Looked) -> None:
    assert not looked.says("the crash kept a record")
    gone = snapshot(None, "764521_2026-11-23_14-05", problem=Problem("no_state", "No saved state."))
    looked.window.show_session(gone, None)
    ways = WaysFound(FindWays(DIRECTORY, lost=True), crash=Crash("", 3, ("a.B",)))
    looked.window.recovery.show_ways(ways)
    assert looked.says("the crash kept a record")
    wanted: list[object] = []
    looked.window.recovery.way_wanted.connect(wanted.append)
    looked.press("Recover…")
    assert len(wanted) == 1


def test_that_without_a_session_there_is_nothing_to_go_to(shown: Shown, qtbot: QtBot) -> None:
    looked = Looked(shown, qtbot)
    looked.tab.show_selected(None)
    for name in ("actionFiles", "actionCopyPlace"):
        assert not looked.window.actions_[name].isEnabled()
    assert looked.listings[-1] is None


def test_that_from_the_list_of_sessions_the_path_of_the_session_is_copied(looked: Looked) -> None:
    looked.choose(LOG)
    looked.window.sessions.view.setFocus()
    looked.window.actions_["actionCopyPlace"].trigger()
    assert QGuiApplication.clipboard().text() == DIRECTORY
    looked.pane.table.setFocus()
    looked.window.actions_["actionCopyPlace"].trigger()
    assert QGuiApplication.clipboard().text() == f"{DIRECTORY}/{LOG}"


def test_that_the_list_has_the_size_that_was_read(looked: Looked) -> None:
    row = looked.pane.model.row_of(LOG)
    assert looked.pane.model.index(row, 1).data() == "4.4 kB"
    looked.tell(b"x" * 2000, "grown")
    assert looked.pane.model.index(row, 1).data() == "6.4 kB"


def test_that_enter_goes_into_the_file(looked: Looked) -> None:
    looked.pane.table.setFocus()
    looked.qtbot.keyClick(looked.pane.table, Qt.Key.Key_Return)
    assert looked.view.hasFocus()


def test_that_the_menu_of_a_file_is_there_at_once_and_waits_for_nothing(looked: Looked) -> None:
    table = looked.pane.table
    point = QPoint(60, 12)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, table.viewport().mapToGlobal(point))
    QCoreApplication.sendEvent(table.viewport(), event)
    menu = table.findChild(QMenu)
    assert menu is not None
    assert menu.isVisible()
    assert [one.objectName() for one in menu.actions()] == ["actionShowFolder", "actionCopyPlace"]
    menu.close()
