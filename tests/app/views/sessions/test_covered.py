"""A session that a run makes behind the filter is told, once; one that is seen is not."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.resume_exchange import Run
from app.session import Delta
from app.views.sessions.covered import CoveredSession
from tests.app.views.seen import DIRECTORY
from tests.sample_window import Shown
from tests.samples import summary

NEW = summary("764521_2026-11-23_14-31", outcome=None)
TOLD = f"{NEW.name} is listed, but hidden by the filter."


@pytest.fixture
def told(shown: Shown) -> list[str]:
    said: list[str] = []
    shown.window.sessions.told.connect(said.append)
    return said


def test_that_a_new_session_that_the_filter_hides_is_told_once(
    qtbot: QtBot, shown: Shown, told: list[str]
) -> None:
    shown.window.sessions.filter.setText("770012")
    run = Run("r", DIRECTORY, "t", "running", session=NEW.directory)
    shown.window.show_run(run)
    assert told == []
    shown.sessions.apply(Delta(added=(NEW,)))
    qtbot.waitUntil(lambda: told == [TOLD])
    shown.window.show_run(run)
    shown.sessions.apply(Delta(changed=(NEW._replace(outcome="completed"),)))
    assert told == [TOLD]
    assert shown.window.sessions.filter.text() == "770012"


def test_that_a_chip_hides_as_a_filter_does(qtbot: QtBot, shown: Shown, told: list[str]) -> None:
    shown.window.sessions.set_chip("problems")
    shown.sessions.apply(Delta(added=(NEW,)))
    shown.window.show_run(Run("r", DIRECTORY, "t", "running", session=NEW.directory))
    qtbot.waitUntil(lambda: told == [TOLD])


@pytest.mark.parametrize("text", ["", "764521"])
def test_that_a_new_session_that_is_seen_is_not_told(shown: Shown, told: list[str], text: str) -> None:
    shown.window.sessions.filter.setText(text)
    shown.sessions.apply(Delta(added=(NEW,)))
    shown.window.show_run(Run("r", DIRECTORY, "t", "running", session=NEW.directory))
    shown.sessions.fold_all(folded=True)
    assert told == []


def test_that_a_folded_group_is_no_filter(shown: Shown, told: list[str]) -> None:
    shown.window.sessions.filter.setText("764521")
    shown.sessions.fold_all(folded=True)
    covered = CoveredSession(shown.window.sessions, shown.sessions)
    covered.expect(DIRECTORY)
    assert told == []
