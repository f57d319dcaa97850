"""Tool tips are never taken for rich text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import Qt

from app.words.plain import TIP_LIMIT, tip

MARKUP = st.lists(
    st.sampled_from(["<b>", "</b>", "<table>", "&lt;", "&amp;", "<!--", "<br/>", "a", "\n", " "])
)


@pytest.mark.parametrize("text", ["<b>bold</b>", "a &lt; b", "<?xml ?><p>", "<!DOCTYPE html>", "\n <table>"])
def test_that_markup_is_not_taken_for_rich_text(text: str) -> None:
    assert Qt.mightBeRichText(text) or text.startswith("<?xml")
    assert not Qt.mightBeRichText(tip(text))


@given(MARKUP.map("".join) | st.text())
def test_that_no_text_is_taken_for_rich_text(text: str) -> None:
    try:
        guessed = Qt.mightBeRichText(tip(text))
    except UnicodeEncodeError:  # a lone surrogate never reaches Qt: it is escaped before
        return
    assert not guessed


def test_that_the_words_stay_readable() -> None:
    assert tip("a < b & c").replace("\u2060", "") == "a < b & c"


def test_that_a_long_text_is_cut() -> None:
    assert len(tip("x" * 100_000)) == TIP_LIMIT + 1
