"""How many rows match, which of them one is at, and the way to the next, wherever it is."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.models import pieces
from app.models.state import state_filter
from app.views.state import match_bar
from app.views.state.match_bar import MatchBar
from app.views.state.state_view import StateView
from tests.app.models.large import LARGE, spelled, unread
from tests.sample_window import Shown
from tests.samples import PREDICTIVE, ROOT, snapshot

Key = Qt.Key


def bar(shown: Shown) -> MatchBar:
    return shown.window.detail.state.matches


def note(shown: Shown) -> str:
    """What the filter says of what it found."""
    return shown.window.detail.state.filter.note


def view(shown: Shown) -> StateView:
    return shown.window.detail.state.view


def current(shown: Shown) -> tuple[str | int, ...]:
    node = shown.state.node(view(shown).currentIndex())
    assert node is not None
    return node.place


def show_large(shown: Shown) -> None:
    """Show a large state of which nothing is read."""
    large = snapshot(unread(LARGE), shown.names[0], etag="large")
    shown.drafts.open(large)
    shown.window.show_session(large, shown.drafts.get(large.directory))


def type_filter(qtbot: QtBot, shown: Shown, text: str) -> None:
    shown.window.detail.state.filter.setText(text)
    qtbot.waitUntil(lambda: not shown.state.filter.busy)


def test_that_matches_are_counted_beside_the_filter(qtbot: QtBot, shown: Shown) -> None:
    assert not bar(shown).isVisible()
    for text, said in (("param", "2 matches"), ("lick", "1 match"), ("nothing has this", "no match")):
        type_filter(qtbot, shown, text)
        assert note(shown) == said
        assert bar(shown).next.isEnabled() is (said != "no match")
    type_filter(qtbot, shown, "")
    assert not bar(shown).isVisible()


def test_that_f3_goes_from_match_to_match_and_round(qtbot: QtBot, shown: Shown) -> None:
    type_filter(qtbot, shown, "param")
    shown.window.detail.state.filter.setFocus()
    seen = []
    for key, modifier in ((Key.Key_F3, None), (Key.Key_F3, None), (Key.Key_F3, None), (Key.Key_F3, "back")):
        shift = Qt.KeyboardModifier.ShiftModifier if modifier else Qt.KeyboardModifier.NoModifier
        QTest.keyClick(shown.window.focusWidget(), key, shift)
        seen.append((current(shown)[-1], note(shown)))
    assert seen == [("param1", "1 of 2"), ("param2", "2 of 2"), ("param1", "1 of 2"), ("param2", "2 of 2")]
    assert view(shown).isExpanded(shown.state.find(PREDICTIVE, ("custom_settings",)))


def test_that_the_buttons_have_names_and_do_the_same(qtbot: QtBot, shown: Shown) -> None:
    type_filter(qtbot, shown, "param")
    assert (bar(shown).next.accessibleName(), bar(shown).previous.accessibleName()) == (
        "Find the next", "Find the one before",
    )  # fmt: skip
    qtbot.mouseClick(bar(shown).previous, Qt.MouseButton.LeftButton)
    assert current(shown)[-1] == "param2"
    qtbot.mouseClick(bar(shown).next, Qt.MouseButton.LeftButton)
    assert current(shown)[-1] == "param1"


def test_that_enter_in_the_filter_goes_to_the_first_match_however_deep(qtbot: QtBot, shown: Shown) -> None:
    field = shown.window.detail.state.filter
    field.setFocus()
    qtbot.keyClicks(field, "lick")
    qtbot.keyClick(field, Key.Key_Return)
    assert view(shown).hasFocus()
    assert current(shown) == ("custom_settings", "thresholds", "lick")


def test_that_a_match_in_what_nobody_has_read_is_gone_to_without_reading_it(
    qtbot: QtBot, shown: Shown
) -> None:
    show_large(shown)
    type_filter(qtbot, shown, "oddball")
    bar(shown).step(-1)
    assert current(shown) == ("trials", 4_998, "stimulus")
    assert not view(shown).visualRect(view(shown).currentIndex()).isEmpty()
    assert note(shown) == "715 of 715"
    made = len(shown.state._nodes)
    assert made < 1_500  # the way there, and what the filter opened by itself


def test_that_a_match_inside_a_row_that_matches_is_read_and_gone_to(qtbot: QtBot, shown: Shown) -> None:
    show_large(shown)
    type_filter(qtbot, shown, "trial")
    found = shown.state.filter
    assert [found.match(position)[1] for position in range(3)] == [
        ("trials",), ("trials", 0, "trial"), ("trials", 1, "trial"),
    ]  # fmt: skip
    bar(shown).step(1)
    assert current(shown) == ("trials",)
    bar(shown).step(1)
    qtbot.waitUntil(lambda: current(shown) == ("trials", 0, "trial"))
    assert note(shown) == f"2 of {found.count:,}"
    for _ in range(2):
        bar(shown).step(-1)
    qtbot.waitUntil(lambda: current(shown) == found.match(found.count - 1)[1])  # which is read last


def test_that_a_row_without_its_attribute_read_is_edited_when_it_is(qtbot: QtBot, shown: Shown) -> None:
    show_large(shown)
    type_filter(qtbot, shown, "oddball")
    bar(shown).step(1)
    document = shown.state._document
    assert document is not None
    assert not spelled(document, "trials").known
    shown.window.actions_["actionEditValue"].trigger()
    qtbot.waitUntil(lambda: view(shown).state() == StateView.State.EditingState)
    assert spelled(document, "trials").known
    assert current(shown) == ("trials", 0, "stimulus")


def test_that_a_search_says_how_far_it_is_when_it_takes_its_time(
    qtbot: QtBot, shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    show_large(shown)
    monkeypatch.setattr(pieces, "SLICE", 0.0)
    monkeypatch.setattr(state_filter, "AT_ONCE", 0)
    monkeypatch.setattr(state_filter, "TELL_MS", 0)
    monkeypatch.setattr(match_bar, "PATIENCE_SECONDS", 0.0)
    said: set[str] = set()
    shown.state.filter.progressed.connect(lambda: said.add(note(shown)))
    shown.window.detail.state.filter.setText("4999")
    qtbot.waitUntil(lambda: not shown.state.filter.busy)
    assert any(text.endswith("%") for text in said)
    assert note(shown) == "2 matches"


def test_that_a_filter_that_finds_nothing_says_so_and_shows_all_again(qtbot: QtBot, shown: Shown) -> None:
    nothing = bar(shown).nothing
    type_filter(qtbot, shown, "nothing has this")
    assert nothing.isVisible()
    assert nothing.text == "No attribute matches “nothing has this”."
    qtbot.mouseClick(nothing.button, Qt.MouseButton.LeftButton)
    assert not nothing.isVisible()
    assert shown.window.detail.state.filter.text() == ""
    assert shown.state.rowCount(shown.state.index(0, 0)) > 1
    assert view(shown).hasFocus()


def test_that_a_filter_that_finds_nothing_in_another_session_is_left_behind(
    qtbot: QtBot, shown: Shown
) -> None:
    type_filter(qtbot, shown, "param")
    bar(shown).step(1)
    shown.open(shown.names[2])
    assert shown.window.detail.state.filter.text() == ""
    assert (note(shown), bar(shown).nothing.isVisible()) == ("", False)
    assert [shown.state.index(row, 0).data() for row in range(2)] == ["PredictiveLauncher", "Slap2Launcher"]


def test_that_a_filter_stays_where_it_finds_something_and_counts_that(qtbot: QtBot, shown: Shown) -> None:
    type_filter(qtbot, shown, "count")
    bar(shown).step(1)
    assert note(shown) == "1 of 1"
    shown.open(shown.names[2])
    assert (shown.window.detail.state.filter.text(), note(shown)) == ("count", "2 matches")


def test_that_an_edit_of_all_that_matched_keeps_the_filter_and_says_so(qtbot: QtBot, shown: Shown) -> None:
    shown.type_value("[77]", "laser_steps_mw")
    type_filter(qtbot, shown, "77")
    shown.window.asking.undo_requested.emit(f"{ROOT}/{shown.names[0]}")
    qtbot.waitUntil(lambda: not shown.state.filter.busy)
    assert (shown.window.detail.state.filter.text(), note(shown)) == ("77", "no match")
    assert bar(shown).nothing.isVisible()
