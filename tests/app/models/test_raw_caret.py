"""The caret in the rows of a file: where keys lead, what a word is."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from app.models.raw_caret import Caret, CaretSpot, moved, word_at
from app.values.raw_text import RawText

TEXT = RawText(b"ab\n\ncdef\ng")
KEYS = Qt.Key
PLAIN, CONTROL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier


def press(key: Qt.Key, spot: CaretSpot, modifiers: Qt.KeyboardModifier = PLAIN) -> CaretSpot | None:
    return moved(TEXT, spot, QKeyEvent(QEvent.Type.KeyPress, key, modifiers), page=2)


@pytest.mark.parametrize(
    ("key", "start", "end"),
    [
        (KEYS.Key_Right, (0, 1), (0, 2)),
        (KEYS.Key_Right, (0, 2), (1, 0)),
        (KEYS.Key_Right, (3, 1), (3, 1)),
        (KEYS.Key_Left, (1, 0), (0, 2)),
        (KEYS.Key_Left, (0, 0), (0, 0)),
        (KEYS.Key_Down, (0, 2), (1, 0)),
        (KEYS.Key_Down, (3, 0), (3, 0)),
        (KEYS.Key_Up, (2, 4), (1, 0)),
        (KEYS.Key_PageDown, (0, 2), (2, 2)),
        (KEYS.Key_PageUp, (3, 0), (1, 0)),
        (KEYS.Key_Home, (2, 3), (2, 0)),
        (KEYS.Key_End, (2, 0), (2, 4)),
    ],
)
def test_that_keys_lead_where_they_should(key: Qt.Key, start: tuple[int, int], end: tuple[int, int]) -> None:
    assert press(key, CaretSpot(*start)) == CaretSpot(*end)


def test_that_control_leads_to_the_ends_of_the_file_and_other_keys_nowhere() -> None:
    assert press(KEYS.Key_Home, CaretSpot(2, 3), CONTROL) == CaretSpot(0, 0)
    assert press(KEYS.Key_End, CaretSpot(0, 0), CONTROL) == CaretSpot(3, 1)
    assert press(KEYS.Key_A, CaretSpot(0, 0)) is None
    assert press(KEYS.Key_Right, CaretSpot(0, 0), CONTROL) is None
    event = QKeyEvent(QEvent.Type.KeyPress, KEYS.Key_Down, PLAIN)
    assert moved(RawText(b""), CaretSpot(), event, page=1) is None


def test_that_selecting_keeps_where_it_began() -> None:
    caret = Caret().to(CaretSpot(2, 1), extend=True)
    assert (caret.is_empty, caret.ordered) == (False, (CaretSpot(0, 0), CaretSpot(2, 1)))
    back = Caret(CaretSpot(2, 1), CaretSpot(2, 1)).to(CaretSpot(0, 1), extend=True)
    assert back.ordered == (CaretSpot(0, 1), CaretSpot(2, 1))
    assert back.to(CaretSpot(1, 0), extend=False).is_empty


def test_that_a_word_is_letters_digits_and_underscores() -> None:
    assert word_at('"trial_count": 15', 4) == (1, 12)
    assert word_at('"trial_count": 15', 13) == (13, 14)
    assert word_at("", 0) == (0, 0)


def test_that_the_caret_stays_with_its_line_when_lines_above_are_let_go() -> None:
    caret = Caret(CaretSpot(1, 2), CaretSpot(5, 3))
    assert caret.up(1) == Caret(CaretSpot(0, 2), CaretSpot(4, 3))
    assert caret.up(3) == Caret(CaretSpot(0, 0), CaretSpot(2, 3))
    assert caret.up(0) == caret


def test_that_what_is_selected_of_a_row_follows_from_where_it_lies() -> None:
    caret = Caret(CaretSpot(3, 4), CaretSpot(1, 2))
    assert [caret.within(row, 9) for row in range(5)] == [None, (2, 9), (0, 9), (0, 4), None]
    assert Caret(CaretSpot(1, 2), CaretSpot(1, 2)).within(1, 9) is None
