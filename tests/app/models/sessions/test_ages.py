"""How long an age may be shown as it was: shorter, the younger the newest session is."""

from datetime import datetime, timedelta

import pytest

from app.models.sessions.ages import shown_for

NOW = datetime(2026, 11, 27, 12, 0, 0)


@pytest.mark.parametrize(
    ("age", "seconds"),
    [
        (timedelta(seconds=59), 0),
        (timedelta(seconds=60), 10),
        (timedelta(minutes=59), 10),
        (timedelta(hours=1), 60),
        (timedelta(seconds=-30), 0),  # a clock that is ahead
    ],
)
def test_that_what_is_younger_is_shown_anew_more_often(age: timedelta, seconds: int) -> None:
    assert shown_for(NOW - age, NOW) == timedelta(seconds=seconds)


def test_that_nobody_waits_for_an_age_where_there_is_none() -> None:
    assert shown_for(None, NOW) == timedelta(minutes=1)
