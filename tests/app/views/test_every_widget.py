"""Walks over everything in the window: plain text, a name for every control, only words that people know.

The one idea: the rules hold for widgets that will be added tomorrow, too, because nobody is listed here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtGui import Qt as Guess
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QScrollArea,
    QTabBar,
    QTextEdit,
    QWidget,
)

from app.checks import Checked, CheckRequest, Checks
from app.editing.edits import SetValue
from app.exchange import Banner, EntryText, FolderTrust, ResumeChoice, ResumeOffer, Run
from app.history.proposals import proposed
from app.launchers.registry import Entry, Registry
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
from app.values.differences import compare
from app.values.raw_text import RawText
from persistence.rehearsed import Finding, Heard, Rehearsed
from tests.app.models.history.test_versions import version
from tests.sample_window import Shown
from tests.samples import NOW, PREDICTIVE, ROOT, document, documents

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
    shown.window.preferring.show_folders((FolderTrust(HOSTILE, "unasked"),))
    shown.window.preferring.open(registry)


def entry(shown: Shown) -> None:
    given = EntryText(HOSTILE, HOSTILE, (HOSTILE,), HOSTILE, from_record=True)
    shown.window.preferring.ask_entry(given, HOSTILE, HOSTILE)


def operator(shown: Shown) -> None:
    shown.window.show_operator(HOSTILE, (HOSTILE,))
    shown.window.actions_["actionOperator"].trigger()


def clear(shown: Shown) -> None:
    shown.open(shown.names[2])
    shown.window.actions_["actionClear"].trigger()


def check(shown: Shown) -> None:
    shown.window.actions_["actionCheck"].trigger()
    heard = (Heard("load", "warning", HOSTILE, HOSTILE),)
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
    shown.window.append_output("r", HOSTILE)


def editing(shown: Shown) -> None:
    view = shown.window.detail.state.view
    view.setCurrentIndex(shown.state.find(PREDICTIVE, ("trial_count",)))
    assert view.edit_current()


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
    text = RawText(HOSTILE.encode())
    shown.window.back.raw.show_raw(RawRead(ReadRaw(DIRECTORY), text, Damage(HOSTILE, 3)))


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


@pytest.fixture(
    params=[
        looking_back, comparing, raw, damaged, salvaging, nothing, resume, preferences, entry, operator,
        clear, check, shortcuts, banners, output, editing, by_action("Add", HOSTILE),
        by_action("Rename", HOSTILE), by_action("ChangeType", HOSTILE, HOSTILE),
        by_action("EditInBox", HOSTILE), by_action("Remove", HOSTILE, HOSTILE),
    ],
    ids=lambda way: way.__name__,
)  # fmt: skip
def window(request: pytest.FixtureRequest, shown: Shown) -> Iterator[QWidget]:
    way: Callable[[Shown], None] = request.param
    way(shown)
    yield shown.window
    shown.window.close_sheet()


def own(window: QWidget) -> list[QWidget]:
    """All widgets, without those that Qt makes inside its own."""
    inside = (QComboBox, QAbstractItemView)
    return [one for one in window.findChildren(QWidget) if not _is_within(one, inside)]


def _is_within(widget: QWidget, kinds: tuple[type[QWidget], ...]) -> bool:
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, kinds):
            return True
        above = above.parentWidget()
    return False


def test_that_every_label_shows_plain_text(window: QWidget) -> None:
    labels = window.findChildren(QLabel)
    assert labels
    assert [one.text() for one in labels if one.textFormat() != Qt.TextFormat.PlainText] == []
    assert not window.findChildren(QTextEdit)


def test_that_no_tool_tip_is_taken_for_rich_text(window: QWidget) -> None:
    tips = [one.toolTip() for one in window.findChildren(QWidget)]
    tips += [one.toolTip() for one in window.findChildren(QAction)]
    assert [one for one in tips if Guess.mightBeRichText(one)] == []


def test_that_every_control_has_a_name_for_screen_readers(window: QWidget) -> None:
    kinds = (QAbstractButton, QLineEdit, QComboBox, QAbstractItemView, QPlainTextEdit, QTabBar)
    nameless = [
        one
        for one in own(window)
        if isinstance(one, kinds) and not (one.accessibleName() or _text(one)) and one.isVisible()
    ]
    assert nameless == []


def _text(widget: QWidget) -> str:
    return widget.text().strip() if isinstance(widget, QAbstractButton) else ""


def test_that_the_window_speaks_the_words_of_its_people(window: QWidget) -> None:
    texts = [one.text() for one in window.findChildren(QLabel)]
    texts += [one.text() for one in window.findChildren(QAbstractButton)]
    texts += [one.text() + one.toolTip() for one in window.findChildren(QAction)]
    texts += [one.placeholderText() for one in window.findChildren(QLineEdit)]
    said = " ".join(texts).casefold()
    assert [word for word in FORBIDDEN if word in said] == []


FORBIDDEN = ("etag", "spill", "adopt", "root", "namespace", "node", "deserialize")


def test_that_what_can_be_pressed_can_be_reached_by_tab_or_by_a_menu(window: QWidget) -> None:
    for one in own(window):
        if (
            isinstance(one, QAbstractButton)
            and one.isVisible()
            and one.focusPolicy() == Qt.FocusPolicy.NoFocus
        ):
            assert _is_action(window, one) or _is_within(one, (QTabBar, QLineEdit)), one.text()


def _is_action(window: QWidget, button: QAbstractButton) -> bool:
    words = button.text().strip().replace("&", "")
    menus = window.findChildren(QMenu)
    return any(words in entry.text().replace("&", "") for menu in menus for entry in menu.actions())


def test_that_scroll_areas_take_no_place_in_the_order_of_tabs(window: QWidget) -> None:
    assert [
        one for one in window.findChildren(QScrollArea) if one.isVisible() and not one.accessibleName()
        and one.focusPolicy() != Qt.FocusPolicy.NoFocus
    ] == []  # fmt: skip
