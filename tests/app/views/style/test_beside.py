"""A value beside another one: what is left out of it, in how much room."""

from __future__ import annotations

import pytest

from app.views.style.beside import in_short
from app.views.style.painting import text_width
from app.views.style.theme import Theme

ONE, OTHER = "2026-11-26 10:00:00+01:00", "2026-11-23 15:20:00+01:00"


@pytest.mark.parametrize(
    ("fits", "shown"),
    [
        (ONE, ONE),
        ("2026-11-26 10:00…", "2026-11-26 10:00…"),
        ("…26 10:00…", "…26 10:00…"),
        ("1", "…26 10:00…"),  # painted, it is cut at its end
    ],
)
def test_that_the_end_is_left_out_before_the_beginning(theme: Theme, fits: str, shown: str) -> None:
    font = theme.font("mono")
    assert in_short(ONE, OTHER, font, text_width(fits, font) + 1) == shown


def test_that_equal_values_stay_whole(theme: Theme) -> None:
    assert in_short(ONE, ONE, theme.font("mono"), 10) == ONE
