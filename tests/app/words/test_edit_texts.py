"""What is said of unsaved edits agrees with their number."""

from __future__ import annotations

import pytest

from app.editing import notices
from app.words.edit_texts import are, the_edits, them, unsaved_edits, your_edits


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (1, ("1 unsaved edit", "Your unsaved edit", "the edit", "is", "it")),
        (2, ("2 unsaved edits", "Your 2 unsaved edits", "the edits", "are", "them")),
    ],
)
def test_that_words_of_edits_agree_with_their_number(count: int, words: tuple[str, ...]) -> None:
    assert tuple(say(count) for say in (unsaved_edits, your_edits, the_edits, are, them)) == words


def test_that_one_edit_is_told_as_one() -> None:
    assert notices.set_aside(1) == "Your edit was set aside. Undo brings it back."
    assert notices.set_aside(2) == "Your edits were set aside. Undo brings them back."
    assert notices.discarded(1) == "Discarded 1 edit. Undo (Ctrl+Z) brings it back."
