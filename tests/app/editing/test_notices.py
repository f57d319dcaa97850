"""What the operator is told about edits: in words that fit how many there are."""

from __future__ import annotations

import pytest

from app.editing.draft import Draft
from app.editing.notices import aside, named
from app.words.change_texts import place_text
from persistence.document import Place
from persistence.states.diff import Change
from tests.app.drafted import DIRECTORY, NS, document, edit


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


def test_that_of_many_changes_the_first_are_named_and_the_others_counted_unread(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read: list[Place] = []

    def counted(namespace: str, place: Place) -> str:
        read.append(place)
        return place_text(namespace, place)

    monkeypatch.setattr("app.editing.notices.place_text", counted)
    changes = [Change(NS, ("trace", index), 0, 1) for index in range(5_000)]
    assert named(changes) == "trace › 1, trace › 2, trace › 3 and 4997 more"
    assert len(read) <= 100
    assert named(changes[:2]) == "trace › 1 and trace › 2"
