"""Finding by menu or key: the keyboard goes where words are typed, matches are sought in what is shown."""

from __future__ import annotations

from tests.app.views.seen import action
from tests.sample_window import Shown


def test_that_a_filter_is_gone_to_with_what_stands_in_it_selected(shown: Shown) -> None:
    window = shown.window
    window.sessions.filter.setText("7645")
    action(shown, "FindSessions").trigger()
    assert window.sessions.filter.hasFocus()
    assert window.sessions.filter.selectedText() == "7645"
    window.detail.tabs.setCurrentWidget(window.detail.changes)
    action(shown, "FindAttributes").trigger()
    assert window.detail.tabs.currentWidget() is window.detail.state
    assert window.detail.state.filter.hasFocus()


def test_that_where_nothing_shown_is_searched_the_raw_file_is(shown: Shown) -> None:
    detail = shown.window.detail
    detail.tabs.setCurrentWidget(detail.changes)
    action(shown, "FindNext").trigger()
    assert detail.tabs.currentWidget() is detail.raw
    assert detail.raw.finder.field.hasFocus()


def test_that_the_next_match_of_the_tree_leaves_its_tab_alone(shown: Shown) -> None:
    detail = shown.window.detail
    detail.state.filter.setText("trial_count")
    action(shown, "FindNext").trigger()
    assert detail.tabs.currentWidget() is detail.state
    node = detail.state.view.current_node
    assert node is not None
    assert node.path == "trial_count"
