"""Every place of the window, each reached as a person reaches it, with hostile texts in it.

The one idea: tests that walk over all there is (names, keys, words) share one list of places, so that what is
added to it is walked over by all of them. Not for tests of one place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent

from app.checks import Checked, CheckRequest, Checks
from app.editing.edits import SetValue
from app.exchange import Banner, FolderTrust, Preferences, RigFolder
from app.file_errands import METADATA, FileEntry, FileSeen, FilesListed, ListFiles, LookAt, TextSeen
from app.history.proposals import proposed
from app.launchers.registry import SIZE_LIMIT, Entry, Registry
from app.models.trend.choices import NumberChoice
from app.past_errands import (
    Crash,
    Damage,
    FindWays,
    HistoryRead,
    RawRead,
    ReadHistory,
    ReadRaw,
    Remains,
    TryWay,
    Unsaved,
    WaysFound,
    WayTried,
)
from app.past_exchange import Side, SidesAnswer, SidesQuestion, VersionAnswer, VersionQuestion
from app.resume_exchange import EntryText, ResumeChoice, ResumeOffer, Run
from app.runs.output_text import CHUNK, Lines
from app.session import Delta, Problem, RootStatus
from app.session_errands import ReadReplaced, ReplacedRead
from app.value_errands import Trace, Traced
from app.values.cells import Cell
from app.values.differences import compare
from app.values.raw_text import RawText
from app.views.preferences.preferences_sheet import PreferencesSheet
from app.watch_exchange import WatchedFolder, WatchStatus
from persistence.rehearsing.rehearsed import Finding, HeardLine, Rehearsed
from persistence.states.diff import Change
from persistence.states.edits import set_value
from tests.app.models.history.test_versions import version
from tests.sample_window import Shown
from tests.samples import NOW, PREDICTIVE, ROOT, document, documents, snapshot, summary

HOSTILE = "<table><tr><td><b>x</b></td></tr></table>"
DIRECTORY = f"{ROOT}/764521_2026-11-23_14-05"


def nothing(shown: Shown) -> None:
    """The window as it is after a session was selected."""


def resume(shown: Shown) -> None:
    choice = ResumeChoice(PREDICTIVE, HOSTILE, "", HOSTILE, (HOSTILE,), HOSTILE)
    broken = ResumeChoice(PREDICTIVE, HOSTILE, "", "", (), "", HOSTILE, HOSTILE, EntryText(PREDICTIVE))
    shown.type_value("150", "trial_count")
    shown.window.show_resume_sheet(
        ResumeOffer(DIRECTORY, HOSTILE, "", "1", (broken, choice), (HOSTILE,), "", HOSTILE, (HOSTILE,))
    )


def preferences(shown: Shown) -> None:
    entry = Entry(HOSTILE, (HOSTILE,), HOSTILE)
    registry = Registry(Path(HOSTILE), {HOSTILE: entry}, {"b.B": HOSTILE}, (HOSTILE,))
    shown.window.preferring.show_folders((FolderTrust(HOSTILE, "unasked"), FolderTrust("/data", "trusted")))
    shown.window.preferring.show_watched(
        (WatchedFolder(HOSTILE, False, "", HOSTILE), WatchedFolder("/data", how=HOSTILE, losses=2))
    )
    shown.window.preferring.show_preferences(Preferences(HOSTILE, 140, 36, True, HOSTILE, HOSTILE, 1 << 21))
    shown.window.preferring.open(registry)


def by_page(name: str) -> Callable[[Shown], None]:
    """The preferences at one of their pages."""

    def way(shown: Shown) -> None:
        preferences(shown)
        sheet = shown.window.findChild(PreferencesSheet)
        assert sheet is not None
        pages = sheet.pages
        pages.setCurrentIndex([pages.tabText(page) for page in range(pages.count())].index(name))

    way.__name__ = f"preferences_{name.lower()}"
    return way


def entry(shown: Shown) -> None:
    text = HOSTILE[:SIZE_LIMIT]  # more is not read of the list of launchers, and of a session far less
    given = EntryText(text, text, (text,), text, from_record=True)
    shown.window.preferring.ask_entry(given, text)


def operator(shown: Shown) -> None:
    shown.window.show_operator(HOSTILE, (HOSTILE,))
    shown.window.actions_["actionOperator"].trigger()


def clear(shown: Shown) -> None:
    shown.open(shown.names[2])
    shown.window.actions_["actionClear"].trigger()


def check(shown: Shown) -> None:
    shown.window.actions_["actionCheck"].trigger()
    heard = (HeardLine("load", "warning", HOSTILE, HOSTILE),)
    findings = (Finding(HOSTILE, "refused", HOSTILE),)
    found = Rehearsed(HOSTILE, PREDICTIVE, findings=findings, heard=heard, printed=HOSTILE)
    launchers = (Checked(PREDICTIVE, "asked", "", found), Checked(HOSTILE, "failed", HOSTILE))
    document = shown.snapshots[DIRECTORY].document
    assert document is not None
    known = Checks(CheckRequest(DIRECTORY), document, (), launchers, asking=HOSTILE)
    shown.window.checkup.show_checks(known)


def shortcuts(shown: Shown) -> None:
    shown.window.actions_["actionShortcuts"].trigger()


def banners(shown: Shown) -> None:
    shown.window.show_banner(Banner("a", "amber", HOSTILE, ((HOSTILE, "x"),)))
    shown.window.show_message(HOSTILE)
    shown.window.show_problem(DIRECTORY, HOSTILE)


def output(shown: Shown) -> None:
    shown.window.show_run(Run("r", DIRECTORY, HOSTILE, "failed", HOSTILE, pid=3))
    shown.window.append_output("r", Lines().of(HOSTILE[:CHUNK]))  # in pieces, as it is read
    shown.window.detail.tabs.setCurrentWidget(shown.window.detail.output)


def stopping(shown: Shown) -> None:
    shown.window.show_run(Run("r", DIRECTORY, HOSTILE, "running", HOSTILE, pid=3))
    shown.window.detail.output.stop.click()


def changes(shown: Shown) -> None:
    shown.drafts.stage(DIRECTORY, SetValue(PREDICTIVE, (HOSTILE,), HOSTILE))
    shown.window.detail.tabs.setCurrentWidget(shown.window.detail.changes)


def saving(shown: Shown) -> None:
    shown.drafts.stage(DIRECTORY, SetValue(PREDICTIVE, (HOSTILE,), HOSTILE))
    shown.window.actions_["actionSave"].trigger()


def deciding(shown: Shown) -> None:
    shown.drafts.stage(DIRECTORY, SetValue(PREDICTIVE, (HOSTILE,), HOSTILE))
    before = shown.snapshots[DIRECTORY]
    assert before.document is not None
    theirs = set_value(before.document, PREDICTIVE, (HOSTILE,), {HOSTILE: 1})
    shown.snapshots[DIRECTORY] = replace(before, document=theirs, etag="2", saved_by=HOSTILE)
    shown.drafts.open(shown.snapshots[DIRECTORY])
    shown.window.actions_["actionSave"].trigger()


def again(shown: Shown) -> None:
    change = Change(PREDICTIVE, (HOSTILE,), HOSTILE, 150)
    offer = ReplacedRead(ReadReplaced(DIRECTORY, "1"), (change,), HOSTILE, HOSTILE)
    shown.window.saving.show_overwritten(offer)


def clear_several(shown: Shown) -> None:
    shown.window.sessions.view.selectAll()
    shown.window.actions_["actionClear"].trigger()


def columns(shown: Shown) -> None:
    shown.window.columns._ask()
    shown.window.columns.show_names({HOSTILE: 3})


def about(shown: Shown) -> None:
    shown.window.actions_["actionAbout"].trigger()


def nothing_watched(shown: Shown) -> None:
    """How to begin, where no folder is watched."""
    shown.window.show_watch_status(WatchStatus())
    shown.window.beginning.show_rig(RigFolder(HOSTILE, HOSTILE))


def no_session(shown: Shown) -> None:
    shown.sessions.apply(Delta(removed=(DIRECTORY,)))


def editing(shown: Shown) -> None:
    view = shown.window.detail.state.view
    view.setCurrentIndex(shown.state.find(PREDICTIVE, ("trial_count",)))
    assert view.in_place.edit_value()


def by_action(name: str, *place: str) -> Callable[[Shown], None]:
    """The sheet that an action opens on a row whose value and name are hostile."""

    def way(shown: Shown) -> None:
        directory, view = shown.window.selected_directory or "", shown.window.detail.state.view
        shown.drafts.stage(directory, SetValue(PREDICTIVE, (HOSTILE,), {HOSTILE: HOSTILE}))
        view.setCurrentIndex(shown.state.find(PREDICTIVE, place))
        shown.window.actions_[f"action{name}"].trigger()

    way.__name__ = f"{name} {'inside' if len(place) > 1 else ''}".strip()
    return way


def looking_back(shown: Shown) -> None:
    back = shown.window.back
    shown.window.actions_["actionHistory"].trigger()
    names = {"who": HOSTILE, "program": HOSTILE, "note": HOSTILE}
    versions = (version(1, HOSTILE, **names), version(2, **names), version(3, current=True))
    back.history.show_history(HistoryRead(ReadHistory(DIRECTORY), versions))
    difference = compare(document({HOSTILE: HOSTILE}), document({HOSTILE: 1}))
    back.history.show_difference(VersionAnswer(VersionQuestion(DIRECTORY, 2), difference))
    shown.window.actions_["actionRestoreVersion"].trigger()


def raw(shown: Shown) -> None:
    shown.window.actions_["actionRaw"].trigger()
    text = RawText(HOSTILE.encode("utf-8", "surrogatepass"))
    shown.window.back.raw.show_raw(RawRead(ReadRaw(DIRECTORY), text, Damage(HOSTILE, 3)))


def files(shown: Shown) -> None:
    shown.window.files.show_selected(DIRECTORY)
    shown.window.actions_["actionFiles"].trigger()
    pane = shown.window.files.pane
    entries = (FileEntry(HOSTILE), FileEntry(f"{METADATA}/{HOSTILE}", "folder"), FileEntry("x.log", size=9))
    pane.show_files(FilesListed(ListFiles(DIRECTORY), entries, more=True))
    shown.window.recovery.show_session(snapshot(None, problem=Problem("no_state", HOSTILE)))
    shown.window.recovery.show_ways(WaysFound(FindWays(DIRECTORY, lost=True), crash=Crash(HOSTILE, 3, ())))
    log = LookAt(DIRECTORY, pane.file.name)
    text = RawText(HOSTILE.encode("utf-8", "surrogatepass") + b"\n" * 200 + b"\xff")
    pane.show_file(FileSeen(log, "new", TextSeen(text)))
    pane.file.view.verticalScrollBar().setValue(0)
    pane.show_file(FileSeen(log, "grown", TextSeen(text.grown(b"\nmore", 1 << 20)), note="replaced"))
    pane.show_file(FileSeen(log, "problem", problem=HOSTILE))


def trending(shown: Shown) -> None:
    shown.drafts.stage(DIRECTORY, SetValue(PREDICTIVE, (HOSTILE,), 5))
    shown.drafts.stage(DIRECTORY, SetValue(PREDICTIVE, ("other",), 7))
    other = summary(HOSTILE, directory=f"{ROOT}/other", subject="764521")
    shown.sessions.apply(Delta(added=(other,)))
    trends, asked = shown.window.trends, list[Trace]()
    trends.trace_wanted.connect(asked.append)
    trends.take_roots((RootStatus(ROOT),))
    shown.window.actions_["actionTrend"].trigger()
    trends.show_plot()
    trends.pane.choice_made.emit(NumberChoice(PREDICTIVE, (HOSTILE,)))
    trends.take(Traced(ROOT, asked[-1], ((other.directory, Cell(HOSTILE, 3)),), 2, all=True))
    trends._draw()


def comparing(shown: Shown) -> None:
    shown.window.actions_["actionCompare"].trigger()
    side = Side(f"/data/{HOSTILE}", "now")
    pair = documents({HOSTILE: {"attributes": {HOSTILE: HOSTILE}}}), document({HOSTILE: 1})
    shown.window.sides._take(side, left=False)
    answer = SidesAnswer(SidesQuestion(Side(DIRECTORY, "edits"), side), compare(*pair))
    shown.window.sides.pane.show_comparison(answer)


def damaged(shown: Shown) -> None:
    shown.open(shown.names[3])
    directory = f"{ROOT}/{shown.names[3]}"
    crash = Crash(HOSTILE, 3, (), HOSTILE)
    unsaved = (Unsaved(HOSTILE, HOSTILE, (HOSTILE,), HOSTILE),)
    good = version(1, who=HOSTILE)
    ways = WaysFound(FindWays(directory, lost=True), good, 3, 1, HOSTILE, crash, unsaved)
    shown.window.recovery.show_ways(ways)
    shown.window.actions_["actionRecoverCrash"].trigger()


def salvaging(shown: Shown) -> None:
    after = document({HOSTILE: HOSTILE})
    tried = WayTried(TryWay(DIRECTORY, Remains()), "1", after, after, ((HOSTILE, HOSTILE),), (HOSTILE,))
    shown.window.back.ask(proposed(tried, after, compare(after, after, equal=True), NOW))


PLACES: tuple[Callable[[Shown], None], ...] = (
    looking_back, comparing, trending, raw, files, damaged, salvaging, nothing, resume, preferences, entry,
    operator, clear, check, shortcuts, banners, output, editing, by_action("Add", HOSTILE),
    by_action("Rename", HOSTILE), by_action("ChangeType", HOSTILE, HOSTILE),
    by_action("EditInBox", HOSTILE), by_action("Remove", HOSTILE, HOSTILE),
    *(by_page(name) for name in ("Launchers", "Resume", "History", "Appearance", "Log")),
    stopping, changes, saving, deciding, again, clear_several, columns, about, no_session, nothing_watched,
)  # fmt: skip
"""All of them, in an order in which they can follow each other in one window, too."""


def each_in_turn(shown: Shown, places: Sequence[Callable[[Shown], None]] = PLACES) -> Iterator[str]:
    """The window at each of them, one after another, by its name: to build one for each takes longer than to
    look at it.
    """
    for way in places:
        shown.open(shown.names[0])
        shown.drafts.revert(DIRECTORY)
        shown.window.detail.tabs.setCurrentWidget(shown.window.detail.state)
        way(shown)
        yield way.__name__
        shown.window.close_sheet()
        shown.window.remove_banner("a")
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
