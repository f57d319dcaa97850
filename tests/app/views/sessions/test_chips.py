"""The chips below the filter: their words always fit, their counts as there is room."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.models.sessions.session_rows import CHIPS, Chip
from app.pictures.contents import STATUS_WORDS
from app.views.sessions.chips import _HOW, ChipRow
from app.views.style.theme import Theme
from tests.sample_window import Shown

COUNTS: dict[Chip, int] = {
    "all": 100_000,
    "completed": 87_654,
    "running": 12,
    "problems": 9_876,
    "other": 2_458,
}


@pytest.fixture
def row(qtbot: QtBot, theme: Theme) -> Iterator[ChipRow]:
    around = QWidget()
    around.setStyleSheet(theme.stylesheet())
    qtbot.addWidget(around)
    row = ChipRow(theme)
    row.setParent(around)
    row.show_counts(COUNTS)
    around.resize(900, 40)
    around.show()
    yield row
    around.close()  # and it is kept until then


def test_that_the_tip_of_a_chip_names_the_statuses_that_it_keeps(row: ChipRow) -> None:
    for chip, kinds in CHIPS.items():
        words, _, count = row.buttons[chip].toolTip().rpartition(": ")
        told = words.partition("; and")[0].split(", ")
        assert sorted(told) == sorted(STATUS_WORDS[kind] for kind in kinds) or chip == "all"
        assert count == f"{COUNTS[chip]:,}"


WHOLE = [
    "All\u2002100,000",
    "Completed\u200287,654",
    "Running\u200212",
    "Problems\u20029,876",
    "Other\u20022,458",
]
SHORT = ["All\u2002100k", "Completed\u200288k", "Running\u200212", "Problems\u20029.9k", "Other\u20022.5k"]
CLOSE = [words.replace("\u2002", " ") for words in SHORT]
NONE = ["All", "Completed", "Running", "Problems", "Other"]
STEPS = [WHOLE, WHOLE, SHORT, SHORT, CLOSE, ["All", *CLOSE[1:]], NONE]


@pytest.mark.parametrize(("how", "words"), list(enumerate(STEPS)))
def test_that_counts_are_told_as_there_is_room(row: ChipRow, how: int, words: list[str]) -> None:
    row.resize(row._width(_HOW[how]), 28)
    QApplication.processEvents()
    assert [button.text() for button in row.buttons.values()] == words
    assert all(button.geometry().left() >= 0 for button in row.buttons.values())
    assert all(button.geometry().right() < row.width() for button in row.buttons.values())
    assert row.minimumSizeHint().width() <= row.width()


def test_that_each_step_is_narrower_than_the_one_before(row: ChipRow) -> None:
    widths = [row._width(how) for how in _HOW]
    assert widths == sorted(widths, reverse=True)
    assert len(widths) == len(STEPS)


def test_that_counts_are_seen_in_a_window_of_1024(qtbot: QtBot, shown: Shown) -> None:
    shown.window.resize(1024, 700)
    shown.open(shown.names[0])
    chips = shown.window.sessions.chips
    chips.show_counts(COUNTS)
    qtbot.waitUntil(lambda: chips.width() < 600)
    said = [button.text() for chip, button in chips.buttons.items() if chip != "all"]
    assert all(any(sign.isdigit() for sign in words) for words in said), said


def test_that_the_whole_count_is_always_to_be_had(row: ChipRow) -> None:
    row.resize(10, 28)
    completed = row.buttons["completed"]
    assert (completed.accessibleName(), completed.toolTip()) == (
        "Completed, 87,654 sessions",
        "Completed: 87,654",
    )


def test_that_a_chip_says_what_belongs_to_it_and_that_it_was_chosen(row: ChipRow, qtbot: QtBot) -> None:
    assert "Checkpoint, Ready, Cleared, Moved" in row.buttons["other"].toolTip()
    for chip in CHIPS:
        with qtbot.waitSignal(row.chosen, check_params_cb=lambda chosen, wanted=chip: chosen == wanted):
            qtbot.mouseClick(row.buttons[chip], Qt.MouseButton.LeftButton)
