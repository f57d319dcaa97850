"""What is said of signs that one line does not show."""

from __future__ import annotations

import pytest

from app.words.unseen_texts import unseen_text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("all is seen, ä ö", ""),
        ("one\ntwo", "1 line end in it looks"),
        ("one\r\ntwo\tthree\tfour\n", "2 line ends and 2 tabs in it look "),
        ("\ta\nb\u202ec", "1 tab, 1 line end and 1 other sign in it look "),
    ],
)
def test_that_signs_that_are_not_seen_are_counted(text: str, said: str) -> None:
    assert unseen_text(text).startswith(said)
    assert bool(unseen_text(text)) == bool(said)
