"""By what lists order and filter: when a session began, and what can be asked of its row."""

from datetime import UTC, datetime

import pytest

from persistence.files.runner import Running
from persistence.query import FIELDS, parse
from persistence.sessions.listed import began, classes_of, fields_of
from persistence.sessions.summary import Summary

SUMMARY = Summary(
    directory="/data/m1_2026",
    root="/data",
    name="m1_2026",
    subject="m1",
    launchers=("my.rigs.Rig", "Camera"),
    saved_at="2026-11-23T14:30:00",
    created_at="2026-11-23T14:10:00",
    outcome="completed",
    started="2026-11-23 14:05:00",
)


def test_that_a_session_began_at_the_first_of_its_times_that_is_one() -> None:
    assert began(SUMMARY) == datetime(2026, 11, 23, 14, 5)
    assert began(SUMMARY._replace(started="soon")) == datetime(2026, 11, 23, 14, 10)
    assert began(SUMMARY._replace(started=None, created_at=None)) == datetime(2026, 11, 23, 14, 30)
    written = SUMMARY._replace(started=None, created_at=None, saved_at="", mtime_ns=1_700_000_000 * 10**9)
    assert began(written) == datetime.fromtimestamp(1_700_000_000)


def test_that_times_with_a_zone_are_made_local() -> None:
    local = datetime(2026, 11, 23, 13, 5, tzinfo=UTC).astimezone().replace(tzinfo=None)
    assert began(SUMMARY._replace(started="2026-11-23T13:05:00+00:00")) == local


@pytest.mark.parametrize("started", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_that_times_beyond_the_calendar_do_no_harm(started: str) -> None:
    blank = SUMMARY._replace(started=started, created_at=None, saved_at=None, mtime_ns=2**80)
    assert isinstance(began(blank), datetime)


def test_that_every_field_can_be_asked() -> None:
    fields = fields_of(SUMMARY, "Completed")
    assert set(fields) == set(FIELDS)
    query = parse(
        "name:2026 subject=M1 launcher=rig launcher=camera status=completed saved=2026-11-23 "
        "started=2026-11-23T14:05 folder=/data outcome=completed"
    )
    assert query.matches_row("", fields)


def test_that_what_is_not_known_is_empty() -> None:
    blank = Summary(directory="/data/x", root="/data", name="x", subject="")
    fields = fields_of(blank, "No saved state")
    query = parse("subject=none launcher=none saved=none started=none outcome=none not:launcher:x")
    assert query.matches_row("", fields)
    assert not parse("saved>1900").matches_row("", fields)


def test_that_a_launcher_that_has_not_saved_is_known_by_its_run() -> None:
    running = SUMMARY._replace(launchers=(), running=Running(launcher="my.rigs.Rig"))
    assert classes_of(running) == ("Rig",)
    assert classes_of(running._replace(running=Running())) == ()
