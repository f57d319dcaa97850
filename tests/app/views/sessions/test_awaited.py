"""A session that is to be selected before it is listed."""

from __future__ import annotations

from dataclasses import replace

from app.session import Delta
from tests.app.views.seen import DIRECTORY
from tests.sample_window import Shown
from tests.samples import summary


def test_that_a_session_can_be_selected_before_it_is_listed(shown: Shown) -> None:
    fresh = summary("764521_2026-11-23_14-31")
    shown.snapshots[fresh.directory] = replace(shown.snapshots[DIRECTORY], directory=fresh.directory)
    shown.window.select_session(fresh.directory)
    assert shown.window.selected_directory == DIRECTORY
    shown.sessions.apply(Delta(added=(fresh,)))
    assert shown.window.selected_directory == fresh.directory


def test_that_a_session_that_went_is_selected_when_it_is_back(shown: Shown) -> None:
    summary_before = shown.sessions.summary(DIRECTORY)
    assert summary_before is not None
    shown.sessions.apply(Delta(removed=(DIRECTORY,)))
    assert shown.window.selected_directory is None
    shown.sessions.apply(Delta(added=(summary_before,)))
    assert shown.window.selected_directory == DIRECTORY


def test_that_a_session_that_went_stays_where_it_is_when_another_was_selected_since(shown: Shown) -> None:
    summary_before = shown.sessions.summary(DIRECTORY)
    assert summary_before is not None
    shown.sessions.apply(Delta(removed=(DIRECTORY,)))
    shown.open(shown.names[1])
    other = shown.window.selected_directory
    shown.sessions.apply(Delta(added=(summary_before,)))
    assert shown.window.selected_directory == other
