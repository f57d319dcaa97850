"""Several sessions are selected: what is about all of them says so before anything is asked."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QItemSelection, QItemSelectionModel, Qt
from pytestqt.qtbot import QtBot

from app.session import Delta, Mark, Status
from app.views import shown_session
from app.views.saving import clearable
from app.views.saving.clear_several_sheet import ClearSeveralSheet
from app.views.tool_bar import ToolBar
from tests.sample_window import Shown
from tests.samples import ROOT, summary

_FLAG = QItemSelectionModel.SelectionFlag


def select(shown: Shown, first: str, last: str) -> None:
    """As a click on one and Shift with a click on the other do, with the headings that lie between."""
    view, model = shown.window.sessions.view, shown.sessions
    ends = (model.index_of(f"{ROOT}/{first}"), model.index_of(f"{ROOT}/{last}"))
    view.selectionModel().setCurrentIndex(ends[1], _FLAG.NoUpdate)
    view.selectionModel().select(QItemSelection(*ends), _FLAG.ClearAndSelect | _FLAG.Rows)


def clear_words(shown: Shown) -> tuple[str, str]:
    """What the entry of the menu and the button of the tool bar say."""
    action = shown.window.actions_["actionClear"]
    return action.text().replace("&", ""), action.iconText().strip("\u2009 ")


def message(shown: Shown) -> str:
    return shown.window.status.message.accessibleName()


def test_that_sessions_are_counted_and_the_headings_between_them_are_not(shown: Shown) -> None:
    select(shown, shown.names[0], shown.names[3])
    view = shown.window.sessions.view
    assert view.selected_count == len(view.selected_directories(99)) == 3
    assert len(view.selectionModel().selectedRows()) == 3
    view.selectAll()
    assert view.selected_count == len(shown.names)


def test_that_it_is_said_of_how_many_there_is_a_state_to_clear(shown: Shown) -> None:
    """The button said two, and what was said of the selection all three."""
    shown.window.sessions.view.selectAll()
    assert clear_words(shown)[1] == "Clear 2 states…"
    assert message(shown) == f"{len(shown.names)} sessions are selected. Clear is about 2 of them."
    assert "Clear is about 2 of them, everything else" in shown.window.detail.header.among.toolTip()
    shown.type_value("150", "trial_count")
    assert clear_words(shown)[1] == "Clear 1 state…"
    assert "Clear is about 1 of them, everything else" in shown.window.detail.header.among.toolTip()


def test_that_clear_says_how_many_and_the_header_that_its_session_is_one_of_them(shown: Shown) -> None:
    before = clear_words(shown)
    header = shown.window.detail.header
    height = header.sizeHint().height()
    assert not header.among.isVisible()
    select(shown, shown.names[0], shown.names[1])
    count = shown.window.sessions.view.selected_count
    assert count == 2
    assert clear_words(shown) == ("Clear 1 saved state…", "Clear 1 state…")  # the other one runs
    assert header.among.isVisible()
    assert header.sizeHint().height() == height
    assert header.among.text() == f"1 of {count} selected"
    assert "Compare is about both, Clear about one of them" in header.among.toolTip()
    assert f"{count} sessions are selected" in message(shown)
    assert "1 saved state" in shown.window.actions_["actionClear"].toolTip()
    shown.window.sessions.view.selectAll()
    assert "Clear is about 2 of them," in header.among.toolTip()
    select(shown, shown.names[0], shown.names[0])
    assert clear_words(shown) == before
    assert not header.among.isVisible()
    assert "selected" not in shown.window.actions_["actionClear"].toolTip()


def test_that_of_several_one_is_shown_that_is_still_selected_when_the_group_of_the_other_is_folded(
    shown: Shown,
) -> None:
    """Clear was about five sessions then, and the header about one that was none of them."""
    view = shown.window.sessions.view
    shown.window.set_grouping("subject")
    view.selectAll()
    before = view.selected_directory
    heading = view.headings.current
    assert heading is not None
    view.headings.toggle(heading)
    assert before not in view.selected_directories(99)
    assert view.selected_directory in view.selected_directories(99)
    assert before is not None
    shown.window.select_session(before)
    assert view.selected_directories(99) == (before,)
    assert shown.sessions.index_of(before).isValid()


def test_that_escape_in_the_filter_opens_the_group_of_the_session_it_leads_back_to(
    shown: Shown, qtbot: QtBot
) -> None:
    directory = shown.window.selected_directory
    assert directory is not None
    shown.window.find_sessions()
    shown.window.sessions.filter.setText("7")
    shown.sessions.fold_all(folded=True)
    assert not shown.sessions.index_of(directory).isValid()
    qtbot.keyClick(shown.window.sessions.filter, Qt.Key.Key_Escape)
    assert shown.sessions.index_of(directory).isValid()


def test_that_the_tool_bar_stays_as_it_is_whatever_is_selected(shown: Shown) -> None:
    bar = shown.window.findChild(ToolBar)
    assert bar is not None
    buttons = [bar.widgetForAction(one) for one in bar.actions()]
    places = [one.geometry() for one in buttons[:-1]]
    end = buttons[-1].geometry().right()
    shown.window.sessions.view.selectAll()
    QCoreApplication.sendPostedEvents()
    assert [one.geometry() for one in buttons[:-2]] == places[:-1]
    assert buttons[-1].geometry().right() == end


def test_that_more_than_can_be_named_are_not_cleared_and_that_is_said(
    shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clearable, "MOST", 3)
    monkeypatch.setattr(shown_session, "MOST", 3)
    shown.window.sessions.view.selectAll()
    clear = shown.window.actions_["actionClear"]
    assert not clear.isEnabled()
    assert f"At most 3 at once can be cleared, and {len(shown.names)} are selected." in clear.toolTip()


def test_that_clear_counts_what_its_sheet_does_and_is_grey_when_nothing_is_left(shown: Shown) -> None:
    shown.window.sessions.view.selectAll()
    clear = shown.window.actions_["actionClear"]
    clear.trigger()
    sheet = shown.window.findChild(ClearSeveralSheet)
    assert sheet is not None
    assert f"Clear {len(sheet._goes)} saved states…" == clear_words(shown)[0]
    goes = sheet._goes
    sheet.close_sheet()
    shown.sessions.apply(Delta(changed=tuple(one._replace(launchers=()) for one in goes)))
    assert not clear.isEnabled()
    assert clear_words(shown) == ("Clear saved states…", "Clear saved states…")
    assert "None of these sessions can be cleared now." in clear.toolTip()


def test_that_it_is_said_which_reason_all_have() -> None:
    one = summary("one")
    cleared = (one._replace(launchers=()), Status("cleared", "Cleared"))
    edited = (one, Status("ready", "Ready", (Mark("unsaved", "1 unsaved"),)))
    away = (one, Status("unavailable", "Unavailable", (), "It is away."))
    for sessions, said in (
        ([cleared], "There is nothing to clear in these sessions."),
        ([cleared, away, away], "None of these sessions can be cleared now. It is away."),
        ([away, edited], "None of these sessions can be cleared now. It is away. Others have other reasons."),
    ):
        found = clearable.clearable(len(sessions), sessions, {})
        assert (found.goes, found.why_not) == (0, said)
