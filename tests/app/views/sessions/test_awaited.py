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
