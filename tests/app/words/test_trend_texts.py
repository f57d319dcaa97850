"""What is said of a trend and of unusual numbers."""

from __future__ import annotations

from datetime import datetime

from app.values.usual import usual
from app.words.trend_texts import caption, date_lines, over_text, unusual_text
from tests.samples import NOW


def test_that_an_unusual_number_is_told_with_what_was_usual() -> None:
    found = usual([5, 12, 6, 7, 8, 9, 10])
    assert found is not None
    assert unusual_text(found, "5", "12") == "Unusual: 5 to 12 in the last 7 sessions"
    same = usual([5.5] * 6)
    assert same is not None
    assert unusual_text(same, "5.5", "5.5") == "Unusual: 5.5 in each of the last 6 sessions"


def test_that_the_caption_says_what_is_left_out() -> None:
    assert (
        caption("764521", "L", without=0, older=0, shown=9) == "Sessions of subject 764521, oldest to newest"
    )
    assert (
        caption(None, "L", without=2, older=1500, shown=500)
        == "The newest 500 of 2,000 sessions of L, oldest to newest  ·  2 without a number"
    )
    told = caption("764521", "L", without=1, older=0, shown=9, unread=2)
    assert told.endswith("  ·  1 without a number  ·  2 without a readable state")


def test_that_subjects_and_launchers_are_written_as_they_are() -> None:
    assert over_text("<b>\n", "L") == "Subject <b>\\n"
    assert over_text(None, "L") == "All of L"


def test_that_dates_have_their_time_and_those_of_other_years_their_year() -> None:
    assert date_lines(datetime(2026, 11, 14, 9, 52), NOW) == "14 Nov\n09:52"
    assert date_lines(datetime(2025, 11, 14, 9, 52), NOW) == "14 Nov\n2025"
