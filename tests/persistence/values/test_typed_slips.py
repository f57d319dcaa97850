"""What is wrong with a date or time: the reason, and the order that is read."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persistence.values.typed_slips import date_slip, duration_slip, time_slip


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2026-11-31", "There is no 31 November: November has 30 days."),
        ("31.11.2026", "There is no 31 November: November has 30 days."),
        ("2026-02-29 9:15", "There is no 29 February: February 2026 has 28 days."),
        ("2026-13-01", "There is no month 13."),
        ("0000-01-01", "There is no year 0."),
        ("27.11.2026 9:15", "Year first: 2026-11-27 09:15"),
        ("11/23/2026 2:30 PM", "Year first: 2026-11-23 14:30"),
        ("11/23/2026, 12:05:07 a.m.", "Year first: 2026-11-23 00:05:07"),
        ("3/4/2026 2:30", "Year first: 2026-03-04 02:30 or 2026-04-03 02:30"),
        ("2026/11/27 9:15", "With hyphens: 2026-11-27 09:15"),
        ("2026-1-2 9:15", "Two digits each: 2026-01-02 09:15"),
        ("2026-11-23 2:30 PM", "Two digits each: 14:30"),
        ("2026-11-23 02:30 PM", "From 00 to 23: 14:30"),
        ("11/23/2026 14:30 PM", "Year first: 2026-11-23"),
        ("11/23/2026 25:00", "There is no hour 25: a day has 24, from 00 to 23."),
        ("3.4.2026", "Year first: 2026-04-03"),
        ("11/27/2026", "Year first: 2026-11-27"),
        ("27/11/2026", "Year first: 2026-11-27"),
        ("3/4/2026", "Year first: 2026-03-04 or 2026-04-03"),
        ("4/4/2026", "Year first: 2026-04-04"),
        ("2026/11/27", "With hyphens: 2026-11-27"),
        ("2026-1-2", "Two digits each: 2026-01-02"),
        ("2026-11-27 9:15", "Two digits each: 09:15"),
        ("2026-11-27 25:00", "There is no hour 25: a day has 24, from 00 to 23."),
        ("2026-11-27T10:60", "There is no minute 60."),
        ("soon", ""),
        ("", ""),
        ("2026-11-27", ""),
    ],
)
def test_that_it_is_said_what_is_wrong_with_a_date(typed: str, said: str) -> None:
    assert date_slip(typed) == said


@pytest.mark.parametrize(
    ("typed", "said"),
    [("9:15:00", "Two digits each: 09:15:00"), ("10:15:61", "There is no second 61."), ("x", "")],
)
def test_that_it_is_said_what_is_wrong_with_a_time(typed: str, said: str) -> None:
    assert time_slip(typed) == said


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("1:30", "1:30:00 or 0:01:30"),
        ("90:05", "90:05:00 or 1:30:05"),
        ("1:75", ""),
        ("90 s", "0:01:30"),
        ("1.5h", "1:30:00"),
        ("20 min", "0:20:00"),
        ("90", "0:01:30 if these are seconds"),
        ("9" * 400 + " h", ""),
        ("soon", ""),
    ],
)
def test_that_it_is_said_how_a_duration_is_written(typed: str, said: str) -> None:
    assert duration_slip(typed) == said


@given(st.datetimes())
def test_that_nothing_is_wrong_with_what_can_be_read(moment: dt.datetime) -> None:
    assert date_slip(str(moment)) == ""


@given(st.text(max_size=30))
def test_that_any_text_gets_a_sentence_or_none(text: str) -> None:
    assert isinstance(date_slip(text) + time_slip(text) + duration_slip(text), str)
