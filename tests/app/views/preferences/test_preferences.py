"""The preferences and the form of one launcher: what they show, what they refuse, and what leaves them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel
from pytestqt.qtbot import QtBot

from app.exchange import FolderTrust
from app.launchers.registry import Entry, Registry
from app.resume_exchange import EntryText, Missing, ResumeReturn
from app.views.preferences.entry_sheet import EntrySheet
from app.views.preferences.folders_page import FoldersPage
from app.views.preferences.launchers_page import LaunchersPage
from app.views.preferences.preferences_sheet import PreferencesSheet
from app.views.resume.operator_sheet import OperatorSheet
from tests.app.views.offers import is_gone, words
from tests.sample_window import Shown

ONE = Entry("my_project.one.OneLauncher", ("{python}", "-m", "one"), "/envs/one/bin/python", "/code")
GONE = Missing(cwd="/gone: there is no such folder. Make it.")
REGISTRY = Registry(
    Path("/home/rig/launchers.toml"),
    {ONE.namespace: ONE, "lab.AllLauncher": Entry("lab.AllLauncher", ("/bin/all",))},
    {"bad.BadLauncher": '/home/rig/launchers.toml: the entry "bad.BadLauncher" needs a command.'},
    ("It is broken.",),
    frozenset({"lab.AllLauncher"}),
)


def launchers(shown: Shown) -> LaunchersPage:
    shown.window.preferring.open(REGISTRY)
    sheet = shown.window.findChild(PreferencesSheet)
    assert sheet is not None
    sheet.pages.setCurrentIndex(1)
    return sheet.launchers


def choose(box: QComboBox, text: str) -> None:
    """With the keyboard, as a person does: the first letters of what is wanted."""
    box.setFocus()
    QTest.keyClicks(box, text[:1])
    assert box.currentText() == text


def select(page: LaunchersPage, name: str) -> None:
    model = page.table.model()
    page.table.selectRow(next(row for row in range(model.rowCount()) if model.index(row, 0).data() == name))


def form(shown: Shown) -> EntrySheet:
    found = shown.window.findChild(EntrySheet)
    assert found is not None
    return found


def test_that_the_preferences_ask_for_the_list_as_it_is_now(shown: Shown) -> None:
    shown.window.actions_["actionPreferences"].trigger()
    assert len(shown.asked_for("preferring.launchers_wanted")) == 1


def test_that_every_entry_is_a_row_with_what_it_starts_or_what_is_wrong(shown: Shown) -> None:
    page = launchers(shown)
    model = page.table.model()
    rows = [tuple(model.index(row, column).data() for column in range(3)) for row in range(3)]
    assert rows == [
        ("AllLauncher", "lab", "/bin/all"),
        ("BadLauncher", "bad", REGISTRY.wrong["bad.BadLauncher"]),
        ("OneLauncher", "my_project.one", "/envs/one/bin/python -m one"),
    ]
    assert "It is broken." in words(shown.window)
    assert "Kept in /home/rig/launchers.toml" in words(shown.window)


def test_that_an_entry_is_edited_in_its_form_and_leaves_whole(shown: Shown) -> None:
    page = launchers(shown)
    assert not page.edit.isEnabled()
    select(page, "OneLauncher")
    page.edit.click()
    sheet = form(shown)
    assert sheet.launcher.isReadOnly()
    sheet.command.setPlainText("{python}\n-m\none\n{param_file}")
    assert "not told which subject and user" not in words(sheet)
    sheet.command.setPlainText("{python}\n-m\none\n--fast")
    assert "Without {param_file} the launcher is not told which subject and user" in words(sheet)
    sheet.save.click()
    changed = Entry(ONE.namespace, ("{python}", "-m", "one", "--fast"), ONE.python, ONE.cwd)
    assert shown.asked_for("preferring.entry_confirmed") == [(changed, None)]
    assert is_gone(shown)


@pytest.mark.parametrize(
    ("field", "key", "modifier"),
    [
        ("cwd", Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier),
        ("rehearse", Qt.Key.Key_Enter, Qt.KeyboardModifier.NoModifier),
        ("command", Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier),
        ("environment", Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier),
    ],
)
def test_that_an_entry_is_saved_by_keys_too(
    qtbot: QtBot, shown: Shown, field: str, key: Qt.Key, modifier: Qt.KeyboardModifier
) -> None:
    page = launchers(shown)
    select(page, "OneLauncher")
    page.edit.click()
    sheet = form(shown)
    assert "Ctrl+Enter saves" in words(sheet)
    widget = getattr(sheet, field)
    widget.setFocus()
    qtbot.keyClick(widget, key, modifier)
    assert len(shown.asked_for("preferring.entry_confirmed")) == 1
    assert is_gone(shown)


def test_that_keys_save_no_entry_that_is_wrong_and_enter_makes_lines(qtbot: QtBot, shown: Shown) -> None:
    launchers(shown).add.click()
    sheet = form(shown)
    qtbot.keyClick(sheet.launcher, Qt.Key.Key_Return)
    qtbot.keyClick(sheet.command, Qt.Key.Key_Return)
    assert sheet.command.toPlainText() == "\n"
    assert shown.asked_for("preferring.entry_confirmed") == []
    assert not is_gone(shown)


def test_that_a_new_entry_needs_the_launchers_whole_name(qtbot: QtBot, shown: Shown) -> None:
    launchers(shown).add.click()
    sheet = form(shown)
    sheet.command.setPlainText("/bin/x")
    assert not sheet.save.isEnabled()
    assert "The entry needs the launcher's whole name" in words(sheet)
    qtbot.keyClicks(sheet.launcher, "a.NewLauncher")
    sheet.save.click()
    assert shown.asked_for("preferring.entry_confirmed") == [(Entry("a.NewLauncher", ("/bin/x",)), None)]


def test_that_removing_is_asked_for_twice_and_not_for_what_is_the_computers(shown: Shown) -> None:
    page = launchers(shown)
    select(page, "AllLauncher")
    assert not page.remove.isEnabled()
    select(page, "OneLauncher")
    page.remove.click()
    assert shown.asked_for("preferring.removal_requested") == []
    select(page, "BadLauncher")
    assert not page.really.isVisibleTo(page)
    page.remove.click()
    page.really.click()
    assert shown.asked_for("preferring.removal_requested") == ["bad.BadLauncher"]


@pytest.mark.parametrize(
    ("given", "note"),
    [
        (EntryText("a.B", command=("run.py",), from_record=True), "From the session's own record."),
        (EntryText("a.B"), "The session does not tell how it was started."),
    ],
)
def test_that_the_form_says_where_its_beginning_comes_from(shown: Shown, given: EntryText, note: str) -> None:
    shown.window.preferring.ask_entry(given, "/x/launchers.toml", ResumeReturn("/data/s"))
    assert note in words(form(shown))
    assert "Written into /x/launchers.toml" in words(form(shown))


@pytest.mark.parametrize(
    ("command", "said"),
    [("{python}\nrun.py\n{subject}", "reach a launcher in {param_file}"), ("", "needs a command")],
)
def test_that_what_is_wrong_is_told_at_its_field_and_in_the_foot(
    shown: Shown, command: str, said: str
) -> None:
    """In a low window it stood below what was in sight, and Save was grey."""
    shown.window.preferring.ask_entry(EntryText("a.B"), "/x/launchers.toml", ResumeReturn("/data/s"))
    sheet = form(shown)
    sheet.python.setText("/p")
    sheet.command.setPlainText(command)
    assert said in words(sheet._said["command"])
    assert "Not right yet: see Command" in words(sheet)
    assert sheet.command.placeholderText().splitlines()[-1] == "{param_file}"


def test_that_what_is_not_there_is_told_in_the_form_and_can_be_saved_all_the_same(
    qtbot: QtBot, shown: Shown
) -> None:
    """A share may be away, or the folder be made later: it is the operator who knows."""
    shown.window.preferring.ask_entry(EntryText("a.B", command=("/bin/x",), cwd="/gone"), "/x")
    sheet, wanted = form(shown), Entry("a.B", ("/bin/x",), cwd="/gone")
    qtbot.waitUntil(lambda: shown.asked_for("preferring.missing_wanted") == [wanted])
    shown.window.preferring.show_missing(wanted, GONE)
    assert GONE.cwd in words(sheet)
    assert "Not there now: see Folder" in words(sheet)  # also where the field is out of sight
    assert sheet.save.isEnabled()
    sheet.cwd.setText("/there")
    assert GONE.cwd not in words(sheet)
    assert "Ctrl+Enter saves" in words(sheet)
    shown.window.preferring.show_missing(wanted, GONE)
    assert GONE.cwd not in words(sheet)  # it is not about what stands there now
    qtbot.waitUntil(lambda: len(shown.asked_for("preferring.missing_wanted")) == 2)
    sheet.cancel.click()
    shown.window.preferring.show_missing(wanted, GONE)


def test_that_nothing_is_looked_for_as_long_as_the_entry_cannot_be(qtbot: QtBot, shown: Shown) -> None:
    shown.window.preferring.ask_entry(EntryText("a.B", command=("x/y",)), "/x")
    QTest.qWait(0)
    form(shown).command.setPlainText("/bin/x")
    qtbot.waitUntil(lambda: shown.asked_for("preferring.missing_wanted") == [Entry("a.B", ("/bin/x",))])


def test_that_what_may_be_done_to_a_folder_is_chosen_in_one_place(shown: Shown) -> None:
    shown.window.preferring.show_folders(
        (
            FolderTrust("/data", "trusted"),
            FolderTrust("/archive", "view_only"),
            FolderTrust("/new", "unasked"),
        )
    )
    launchers(shown)
    page = shown.window.findChild(FoldersPage)
    assert page is not None
    assert {path: card.trust.currentText() for path, card in page.cards.items()} == {
        "/data": "Trusted", "/archive": "View only", "/new": "Not decided",
    }  # fmt: skip
    choose(page.cards["/data"].trust, "View only")
    choose(page.cards["/new"].trust, "Trusted")
    assert shown.asked_for("preferring.trust_chosen") == [("/data", "view_only"), ("/new", "trusted")]


def test_that_arrows_lead_from_undecided_to_view_only_and_then_to_trusted(qtbot: QtBot, shown: Shown) -> None:
    """It stood last: the arrow that goes down did nothing."""
    launchers(shown)
    shown.window.preferring.show_folders((FolderTrust("/new", "unasked"),))
    page = shown.window.findChild(FoldersPage)
    assert page is not None
    box = page.cards["/new"].trust
    for chosen in ("view_only", "trusted"):
        qtbot.keyClick(box, Qt.Key.Key_Down)
        assert shown.asked_for("preferring.trust_chosen")[-1] == ("/new", chosen)
        shown.window.preferring.show_folders((FolderTrust("/new", chosen),))


def test_that_who_works_here_is_chosen_or_typed(qtbot: QtBot, shown: Shown) -> None:
    shown.window.show_operator("ann", ("ann", "bob"), "root")
    assert "working as ann" in words(shown.window)
    name = shown.window.findChild(QLabel, "operator")
    assert name is not None
    assert "under the name ann; this computer's account is root" in name.toolTip()
    shown.window.actions_["actionOperator"].trigger()
    sheet = shown.window.findChild(OperatorSheet)
    assert sheet is not None
    assert sheet.name.currentText() == "ann"
    assert "until another is chosen or the window is closed" in words(sheet)
    assert "that of this computer's account, root." in words(sheet)
    sheet.name.setEditText(" carl ")
    sheet.use.click()
    assert shown.asked_for("operator_chosen") == ["carl"]
    shown.window.show_operator("", ())
    assert "working as" not in words(shown.window)


def test_that_the_keyboard_goes_back_to_the_window_through_several_sheets(qtbot: QtBot, shown: Shown) -> None:
    shown.window.sessions.filter.setFocus()
    launchers(shown).add.setFocus()
    launchers(shown).add.click()
    form(shown).launcher.setFocus()
    assert QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value) is None
    form(shown).cancel.click()
    assert is_gone(shown)
    assert QApplication.focusWidget() is shown.window.sessions.filter


@pytest.mark.parametrize("size", [(1440, 900), (1024, 700)])
def test_that_the_form_fits_and_scrolls(shown: Shown, size: tuple[int, int]) -> None:
    shown.window.resize(*size)
    shown.window.preferring.ask_entry(EntryText("a.B", command=("x",) * 20), "/x")
    QTest.qWait(0)
    sheet = form(shown)
    assert sheet.rect().contains(sheet.frame.geometry())
    assert sheet.command.height() >= sheet.command.fontMetrics().lineSpacing() * 6


def test_that_all_lines_of_a_command_are_in_sight_up_to_ten(qtbot: QtBot, shown: Shown) -> None:
    long = "--folder=" + "x" * 300  # brings the bar for scrolling sideways, which takes room of its own
    shown.window.preferring.ask_entry(EntryText("a.B", command=(long, *"123456")), "/x")
    command = form(shown).command
    qtbot.waitUntil(command.horizontalScrollBar().isVisible)
    assert command.verticalScrollBar().maximum() == 0
    low = command.height()
    command.appendPlainText("8\n9\n10")
    assert command.height() > low
    qtbot.waitUntil(lambda: command.verticalScrollBar().maximum() == 0)
    high = command.height()
    command.appendPlainText("11\n12")
    assert command.height() == high
