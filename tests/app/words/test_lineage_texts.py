"""Where a session leads to, in fewer and fewer words."""

from datetime import datetime

from app.words.lineage_texts import Shorter, others_texts, shorter

NOW = datetime(2026, 11, 28, 16, 0)
EARLY, LATE, TODAY = "m1_2026-11-20_10-00-00", "m1_2026-11-20_14-30-00", "m1_2026-11-28_07-50-26"


def test_that_the_day_goes_last_where_it_tells_two_apart() -> None:
    assert shorter(EARLY, "m1_2026-11-23_09-15-00", NOW) == Shorter(
        ("Resumed from 20 Nov 10:00", "Resumed from 20 Nov", "From 20 Nov 10:00", "From 20 Nov"),
        ("Resumed as 23 Nov 09:15", "Resumed as 23 Nov", "As 23 Nov 09:15", "As 23 Nov"),
    )


def test_that_of_one_day_the_times_are_worth_more_than_a_word() -> None:
    found = shorter(EARLY, LATE, NOW)
    assert list(zip(*found, strict=True)) == [
        ("Resumed from 20 Nov 10:00", "Resumed as 20 Nov 14:30"),
        ("From 20 Nov 10:00", "As 20 Nov 14:30"),
        ("From 20 Nov", "As 20 Nov 14:30"),
        ("From 20 Nov", "As 20 Nov"),
    ]


def test_that_one_alone_says_what_it_is() -> None:
    assert shorter("", EARLY, NOW) == Shorter((), ("Resumed as 20 Nov 10:00", "Resumed as 20 Nov"))
    assert shorter(TODAY, "", NOW).source == ("Resumed from 07:50", "Resumed from 07:50")


def test_that_a_name_without_a_time_has_nothing_shorter() -> None:
    assert shorter("m1_left", TODAY, NOW) == Shorter((), ("Resumed as 07:50",) * 2 + ("As 07:50",) * 2)


def test_that_others_are_counted() -> None:
    assert others_texts(1_200) == ("and 1,200 more", "+1,200")
