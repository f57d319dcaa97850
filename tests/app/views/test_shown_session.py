"""The session that is selected: what is shown of it when, and what can be done with it then."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.editing.edits import SetValue
from app.models.state.state_texts import Column
from app.past_errands import HistoryRead, RawRead, ReadHistory, ReadRaw
from app.session import Delta, Problem
from app.views.state.state_view import StateView
from tests.app.views.seen import DIRECTORY, action, enabled, texts
from tests.sample_window import Shown
from tests.samples import PREDICTIVE, ROOT


def test_that_selecting_a_session_asks_for_it_and_shows_it(shown: Shown) -> None:
    assert shown.asked_for("session_selected") == [DIRECTORY]
    assert shown.window.selected_directory == DIRECTORY
    header = shown.window.detail.header
    assert header.name.text() == "764521_2026-11-23_14-05"
    assert header.meta.text() == f"{DIRECTORY}  ·  PredictiveLauncher  ·  4.2 kB  ·  saved 14:05"
    assert shown.state.find(shown.snapshots[DIRECTORY].document.namespaces[0], ("trial_count",)).isValid()  # type: ignore[union-attr]


def test_that_who_reads_a_session_hears_of_it_while_the_one_before_is_still_shown(shown: Shown) -> None:
    told: list[tuple[str, object, int]] = []
    for name, signal in (("wanted", shown.window.shown.wanted), ("selected", shown.window.shown.selected)):
        signal.connect(lambda directory, name=name: told.append((name, directory, shown.state.rowCount())))
    shown.window.session_selected.disconnect(shown._answer)
    shown.open(shown.names[2])
    directory = f"{ROOT}/{shown.names[2]}"
    assert told == [("wanted", directory, 1), ("selected", directory, 0)]


def test_that_what_is_offered_of_a_session_is_looked_at_once_for_a_click(shown: Shown) -> None:
    changes: list[None] = []
    shown.window.shown.allowed_changed.connect(lambda: changes.append(None))
    shown.window.session_selected.disconnect(shown._answer)
    shown.open(shown.names[2])
    assert len(changes) == 1
    assert enabled(shown) == {"ShowFolder"}
    shown._answer(f"{ROOT}/{shown.names[2]}")
    assert "EditValue" in enabled(shown)


def test_that_enter_on_a_session_goes_into_its_state(qtbot: QtBot, shown: Shown) -> None:
    view, state = shown.window.sessions.view, shown.window.detail.state
    shown.window.detail.tabs.setCurrentIndex(1)
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert shown.window.detail.tabs.currentWidget() is state
    assert state.view.hasFocus()
    assert state.view.currentIndex().isValid()
    assert shown.window.selected_directory == DIRECTORY


def test_that_an_answer_about_another_session_is_dropped(shown: Shown) -> None:
    late = shown.snapshots[f"{ROOT}/770012_2026-11-23_13-41"]
    shown.window.show_session(late, None)
    assert shown.state.directory == DIRECTORY


def test_that_a_slow_answer_never_leaves_the_state_of_another_session(qtbot: QtBot, shown: Shown) -> None:
    shown.window.session_selected.disconnect(shown._answer)
    shown.open(shown.names[2])
    assert shown.state.rowCount() == 0
    assert enabled(shown) == {"ShowFolder"}
    page = shown.window.detail.state
    qtbot.waitUntil(lambda: page.currentWidget() is page.message)
    shown._answer(f"{ROOT}/{shown.names[2]}")
    assert page.currentIndex() == 0
    assert shown.state.rowCount() == 2


def test_that_a_state_that_is_still_judged_is_for_looking_only(qtbot: QtBot, shown: Shown) -> None:
    shown.window.session_selected.disconnect(shown._answer)
    shown.open(shown.names[2])
    whole = shown.snapshots[f"{ROOT}/{shown.names[2]}"]
    shown.window.show_glimpse(replace(whole, etag="", checked=False))
    page = shown.window.detail.state
    assert page.currentIndex() == 0
    assert shown.state.rowCount() == 2
    assert not page.buttons.isVisible()
    assert enabled(shown) == {"ShowFolder"}
    qtbot.waitUntil(lambda: any("still being checked" in text for text in texts(page)))  # where it takes long
    first = shown.state.index(0, 0)
    kept = shown.state.node(first)
    shown._answer(whole.directory)
    assert shown.state.node(first) is kept
    assert "EditValue" in enabled(shown)
    assert not any("still being checked" in text for text in texts(page))
    shown.window.show_glimpse(replace(whole, document=None, checked=False))  # which comes too late
    assert shown.state.rowCount() == 2


def test_that_edits_of_a_state_that_is_still_judged_are_marked_when_it_is(shown: Shown) -> None:
    directory = f"{ROOT}/{shown.names[0]}"
    shown.drafts.stage(directory, SetValue(PREDICTIVE, ("trial_count",), 150))
    whole = shown.snapshots[directory]
    shown.open(shown.names[2])
    shown.window.session_selected.disconnect(shown._answer)
    shown.open(shown.names[0])
    shown.window.show_glimpse(replace(whole, etag="", checked=False))
    count = shown.state.find(PREDICTIVE, ("trial_count",)).siblingAtColumn(Column.VALUE)
    assert count.data() == "15"
    assert not count.flags() & Qt.ItemFlag.ItemIsEditable
    assert enabled(shown) == {"ShowFolder"}
    shown._answer(directory)
    node = shown.state.node(count)
    assert node is not None
    assert shown.state.marks(node).edited
    assert count.data() == "150"
    assert {"Save", "EditValue"} <= enabled(shown)


def test_that_a_damaged_session_says_why_in_place_of_a_tree(shown: Shown) -> None:
    shown.open(shown.names[3])
    assert texts(shown.window.detail.state.message)[:2] == ["Damaged", "The file ends too early, at line 7."]
    assert enabled(shown) == {"ShowFolder"}


def test_that_what_was_read_counts_where_the_list_does_not_know_of_it_yet(shown: Shown) -> None:
    problem = Problem("unreadable", "It cannot be read: there is no permission.")
    shown.window.show_session(replace(shown.snapshots[DIRECTORY], document=None, problem=problem), None)
    assert texts(shown.window.detail.state.message)[:2] == ["Unreadable", problem.text]


def test_that_a_newer_session_is_shown_for_reading(shown: Shown) -> None:
    shown.open(shown.names[4])
    assert shown.state.rowCount() == 1
    assert any("newer" in text for text in texts(shown.window.detail.state))
    assert enabled(shown) == {"ShowFolder"}
    assert not shown.type_value("16", "trial_count")


def test_that_a_running_session_is_shown_for_reading(shown: Shown) -> None:
    shown.open(shown.names[1])
    assert any("running" in text for text in texts(shown.window.detail.state))
    assert enabled(shown) == {"ShowFolder"}


def test_that_a_cleared_session_says_so(shown: Shown) -> None:
    shown.open(shown.names[5])
    assert texts(shown.window.detail.state.message)[0] == "Cleared"


def test_that_a_session_that_cannot_be_read_says_why(shown: Shown) -> None:
    shown.window.show_problem(DIRECTORY, "The folder cannot be reached now.")
    assert "The folder cannot be reached now." in texts(shown.window.detail.state.message)
    shown.window.show_problem("another", "Not shown.")
    assert "Not shown." not in texts(shown.window)


def typed_in(qtbot: QtBot, shown: Shown, text: str) -> StateView:
    """Somebody types this into the field of trial_count, and has not gone on."""
    view = shown.window.detail.state.view
    view.setFocus()
    view.setCurrentIndex(shown.state.find(PREDICTIVE, ("trial_count",)).siblingAtColumn(Column.VALUE))
    action(shown, "EditValue").trigger()
    assert view.in_place.editor is not None
    qtbot.keyClicks(view.in_place.editor, text)
    return view


def test_that_a_session_that_cannot_be_shown_any_more_stays_while_somebody_types_in_it(
    qtbot: QtBot, shown: Shown
) -> None:
    view = typed_in(qtbot, shown, "150")
    assert view.in_place.editor is not None
    shown.window.show_problem(DIRECTORY, "The folder cannot be reached now.")
    said = "The folder cannot be reached now. Enter keeps what you typed, Esc drops it."
    assert view.in_place.editor.accessibleDescription() == said
    qtbot.keyClick(view.in_place.editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shown.state.rowCount() == 0)
    draft = shown.drafts.get(DIRECTORY)
    assert draft is not None
    assert [(one.place, one.after) for one in draft.changes] == [(("trial_count",), 150)]
    assert shown.state.rowCount() == 0
    assert "The folder cannot be reached now." in texts(shown.window.detail.state.message)


def test_that_nothing_can_be_done_to_a_session_that_went_while_somebody_types_in_it(
    qtbot: QtBot, shown: Shown
) -> None:
    view = typed_in(qtbot, shown, "150")
    assert view.in_place.editor is not None
    shown.sessions.apply(Delta(removed=(DIRECTORY,)))
    assert enabled(shown) == {"EditValue"}  # the field that is open
    assert view.in_place.editor is not None
    assert view.in_place.editor.text() == "150"


def test_that_a_session_that_goes_leaves_nothing_selected(shown: Shown) -> None:
    shown.sessions.apply(Delta(removed=(DIRECTORY,)))
    assert shown.asked_for("session_selected")[-1] is None
    assert "No session selected" in texts(shown.window.detail)
    assert enabled(shown) == set()


def test_that_what_needs_the_folder_waits_until_it_is_back(shown: Shown) -> None:
    shown.type_value("150", "trial_count")
    shown.sessions.set_unavailable([ROOT])
    assert not {"Save", "Resume", "Clear"} & enabled(shown)
    shown.sessions.set_unavailable([])
    assert {"Save", "Resume", "Clear"} <= enabled(shown)


def test_that_every_tab_says_why_nothing_is_read_while_the_folder_is_away(shown: Shown) -> None:
    why, detail = f"The folder {ROOT} cannot be reached now.", shown.window.detail
    shown.sessions.set_unavailable([ROOT])
    assert f"{why} What you edit is kept until it can be saved." in texts(detail.state)
    shown.window.actions_["actionHistory"].trigger()
    detail.history.show_history(HistoryRead(ReadHistory(DIRECTORY)))
    assert why in texts(detail.history)
    shown.window.actions_["actionRaw"].trigger()
    detail.raw.show_raw(RawRead(ReadRaw(DIRECTORY), problem="There is no saved state in this session."))
    assert why in texts(detail.raw)
    shown.sessions.set_unavailable([])
    shown.window.detail.show_tab("State")
    assert why not in " ".join(texts(detail.state))


def test_that_what_can_be_done_follows_the_draft(shown: Shown) -> None:
    idle = {"Resume", "EditValue", "Clear", "ShowFolder"}
    assert enabled(shown) == idle
    shown.type_value("150", "trial_count")
    assert enabled(shown) == idle | {"Save", "Revert", "Undo", "TakeBack"}
    action(shown, "Undo").trigger()
    assert enabled(shown) == idle | {"Redo"}
    action(shown, "Redo").trigger()
    action(shown, "Revert").trigger()
    assert "Save" not in enabled(shown)
