"""What the operator is told about edits: in words that fit how many there are."""

from __future__ import annotations

import pytest

from app.editing.draft import Draft
from app.editing.notices import aside
from tests.app.drafted import DIRECTORY, document, edit


def left(count: int) -> Draft:
    """What a window has left: a count that was typed."""
    return Draft(DIRECTORY, document(count=15), "e1", (edit("count", count),))


@pytest.mark.parametrize(
    ("others", "words", "said"),
    [
        (1, "Show the other one", "1 other set of unsaved edits, left by another window (count: 20)"),
        (
            2,
            "Show the next one",
            "2 other sets of unsaved edits, left by other windows (count: 20; count: 21)",
        ),
    ],
)
def test_that_the_button_says_whether_there_is_one_other_or_more(others: int, words: str, said: str) -> None:
    told = aside([left(20 + number) for number in range(others)], "act", "m1")
    assert told.actions == ((words, "act"),)
    assert said in told.text


def test_that_the_notice_of_other_edits_says_which_of_two_sessions_of_a_name_it_is() -> None:
    told = aside([left(20)], "act", "m1 in rig2")
    assert told.text.startswith("m1 in rig2 has 1 other set of unsaved edits")
