"""Times in words."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.words.moments import NEVER, age_words, ago, clock_or_day, exact, moment
from tests.samples import NOW


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "just now"),
        (9, "9 s ago"),
        (59, "59 s ago"),
        (60, "1 min ago"),
        (54 * 60, "54 min ago"),
        (3600, "1 h ago"),
        (3 * 3600, "3 h ago"),
    ],
)
def test_that_today_is_told_by_its_distance(seconds: int, words: str) -> None:
    assert ago(NOW - timedelta(seconds=seconds), NOW) == words


def test_that_older_days_are_told_by_their_date() -> None:
    yesterday = datetime(2026, 11, 22, 15, 58)
    assert ago(yesterday, NOW) == "22 Nov 15:58"
    assert ago(yesterday, NOW, with_time=False) == "22 Nov"
    assert ago(datetime(2025, 11, 22, 15, 58), NOW) == "22 Nov 2025"


def test_that_a_clock_which_is_ahead_is_told_by_its_time() -> None:
    assert ago(NOW + timedelta(minutes=2), NOW) == "14:34"


def test_that_no_time_is_a_dash() -> None:
    assert ago(None, NOW) == NEVER
    assert exact(None) == "never"


@pytest.mark.parametrize("text", [None, "", "yesterday", "2026-13-01", "1"])
def test_that_text_which_is_no_time_gives_none(text: str | None) -> None:
    assert moment(text) is None


def test_that_a_time_with_a_zone_is_shown_in_local_time() -> None:
    found = moment("2026-11-23T14:29:51+01:00")
    assert found is not None
    assert found.tzinfo is None
    assert found.timestamp() == datetime.fromisoformat("2026-11-23T14:29:51+01:00").timestamp()


def test_that_headers_leave_out_the_date_of_today_only() -> None:
    assert clock_or_day(datetime(2026, 11, 23, 14, 30), NOW, seconds=True) == "14:30:00"
    assert clock_or_day(datetime(2026, 11, 21, 9, 0), NOW) == "21 Nov 09:00"


@given(st.timedeltas(min_value=timedelta(hours=1)))
def test_that_an_age_is_never_told_as_more_than_it_is(age: timedelta) -> None:
    count, unit = age_words(age).split()
    hours = {"hour": 1, "day": 24, "week": 24 * 7, "month": 24 * 30, "year": 24 * 365}[unit.rstrip("s")]
    whole = age // timedelta(hours=1)
    assert int(count) >= 1
    assert int(count) * hours <= whole < (int(count) + 1) * hours
    assert unit.endswith("s") == (count != "1")
