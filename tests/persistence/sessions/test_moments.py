"""The moments that texts tell."""

import datetime as dt

import pytest

from persistence.sessions.moments import moment_in


def test_that_a_time_without_a_zone_is_local_and_one_with_a_zone_becomes_so() -> None:
    assert moment_in("2026-11-23T14:29:51.5") == dt.datetime(2026, 11, 23, 14, 29, 51, 500_000)
    aware = dt.datetime(2026, 11, 23, 14, 29, tzinfo=dt.UTC)
    assert moment_in(aware.isoformat()) == aware.astimezone().replace(tzinfo=None)


@pytest.mark.parametrize("text", ["", "yesterday", "2026-13-01", "0001-01-01T00:00:00+23:59"])
def test_that_what_tells_none_is_none(text: str) -> None:
    assert moment_in(text) is None
