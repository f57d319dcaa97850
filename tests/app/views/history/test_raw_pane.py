"""The Raw tab: rows, damage, finding, copying, by keys and by mouse; large and odd files."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.past_errands import Damage, RawRead, ReadRaw
from app.values.raw_text import RawText
from app.views.history.raw_pane import RawPane
from app.views.parts import raw_view
from tests.app.views.seen import laid_out
from tests.sample_window import Shown
from tests.samples import ROOT

DIRECTORY = f"{ROOT}/764521_2026-11-23_14-05"
LINES = b'{\n    "trial_count": 15,\n    "phase": "baseline",\n    "trial_list": [1, 2]\n}\n'


class Looked:
    """The pane of a window, looked at; `asked` is what it asked for."""

    def __init__(self, shown: Shown, qtbot: QtBot) -> None:
        self.window = shown.window
        self.qtbot = qtbot
        self.pane: RawPane = shown.window.back.raw
        self.view = self.pane.view
        self.asked: list[object] = []
        self.pane.raw_wanted.connect(self.asked.append)
        self.window.actions_["actionRaw"].trigger()

    def tell(self, data: bytes, damage: Damage | None = None, size: int | None = None) -> None:
        self.pane.show_raw(RawRead(ReadRaw(DIRECTORY), RawText(data, size), damage))

    def says(self, words: str) -> bool:
        labels = self.pane.findChildren(QLabel)
        return any(words in label.text() for label in labels if label.isVisible())

    def found(self) -> str:
        """What is marked as found."""
        first, last = self.view._found or (0, 0)
        return self.view.text.data[first:last].decode()

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.qtbot.keyClick(self.view, key, modifiers)

    def copied(self) -> str:
        self.press(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        return QGuiApplication.clipboard().text()


@pytest.fixture
def looked(shown: Shown, qtbot: QtBot) -> Looked:
    made = Looked(shown, qtbot)
    made.tell(LINES)
    return made


def test_that_bytes_are_asked_for_when_somebody_looks(looked: Looked, shown: Shown) -> None:
    assert looked.asked == [(DIRECTORY, False)]
    shown.open(shown.names[3])  # damaged
    assert looked.asked[-1] == (f"{ROOT}/{shown.names[3]}", True)
    assert looked.view.text.rows == 0
    looked.tell(LINES)  # of the session before, late
    assert looked.view.text.rows == 0


def test_that_damage_is_told_marked_and_brought_into_view(looked: Looked) -> None:
    data = b"[1,\n" * 500 + b"[1 2\n" + b"[\n" * 500
    looked.window.back.raw.forget()
    looked.window.back.raw.show_session(looked.window.shown.snapshot)  # type: ignore[arg-type]
    looked.tell(data, Damage("Not valid JSON at line 501, column 4.", 2003))
    assert looked.says("Not valid JSON at line 501, column 4.")
    assert looked.view._caret.spot == (500, 3)
    bar = looked.view.verticalScrollBar()
    assert bar.value() <= 500 < bar.value() + looked.view._page_rows
    look = looked.view._look(looked.view.text.row(500), 500)
    assert (look.damage, look.sentence) == (3, "Not valid JSON at line 501, column 4.")
    assert looked.view._look(looked.view.text.row(499), 499).damage is None
    bar.setValue(0)
    looked.pane.go_to_damage()
    assert bar.value() > 0
    looked.tell(LINES)
    assert not looked.says("Not valid JSON")


def test_that_damage_stays_in_view_with_text_of_another_size(looked: Looked, shown: Shown) -> None:
    data = LINES * 3 + b"x" * 2200
    shown.window.resize(1440, 900)
    looked.tell(data, Damage("The file ends too early.", len(data) - 1))
    view, row = looked.view, looked.view.text.row_at(len(data) - 1)
    for percent in (100, 125, 150):
        shown.theme.set_percent(percent)
        laid_out()
        first = view.verticalScrollBar().value()
        assert first <= row < first + view._page_rows
    shown.window.resize(1024, 700)
    shown.window.one_pane.show_detail()
    laid_out()
    first = view.verticalScrollBar().value()
    assert first <= row < first + view._page_rows


def test_that_finding_goes_on_and_round_and_back(looked: Looked) -> None:
    looked.window.actions_["actionFindRaw"].trigger()
    assert looked.pane.finder.field.hasFocus()
    looked.qtbot.keyClicks(looked.pane.finder.field, "TRIAL")
    assert (looked.found(), looked.view._caret.spot) == ("trial", (1, 5))
    looked.window.actions_["actionFindRaw"].trigger()
    assert looked.view._caret.spot == (3, 5)
    looked.window.actions_["actionFindRaw"].trigger()
    assert looked.view._caret.spot == (1, 5)
    assert looked.pane.finder.told.accessibleName() == "Went round at the end"
    looked.window.actions_["actionFindRawBack"].trigger()
    assert looked.view._caret.spot == (3, 5)
    looked.qtbot.keyClicks(looked.pane.finder.field, "zzz")
    looked.qtbot.waitUntil(lambda: looked.says("Not found"))
    looked.pane.finder.field.clear()
    looked.qtbot.keyClick(looked.pane.finder.field, Qt.Key.Key_Return)
    assert looked.pane.finder.told.accessibleName() == ""


def test_that_selecting_copies_the_exact_text(looked: Looked) -> None:
    looked.view.setFocus()
    looked.press(Qt.Key.Key_Down)
    looked.press(Qt.Key.Key_End, Qt.KeyboardModifier.ShiftModifier)
    assert looked.copied() == '    "trial_count": 15,'
    looked.press(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert looked.copied() == '    "trial_count": 15,\n    "phase": "baseline'
    looked.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert looked.copied() == LINES.decode().removesuffix("\n")


def test_that_the_mouse_selects_words_and_ranges(looked: Looked) -> None:
    view, rows = looked.view, looked.view._rows
    row = view.text.row(1)

    def point(column: int, place: int = 1) -> QPoint:
        return QPoint(view._left + rows.x(row, column) + 1, place * rows.height + 3)

    looked.qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point(8))
    assert looked.copied() == "trial_count"
    looked.qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=point(4))
    looked.qtbot.mouseMove(view.viewport(), point(17))
    looked.qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=point(17))
    shift = Qt.KeyboardModifier.ShiftModifier
    looked.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, shift, point(17))
    assert looked.copied() == '"trial_count"'


def test_that_too_much_for_the_clipboard_is_refused_and_told(
    looked: Looked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(raw_view, "COPY_LIMIT", 10)
    refused: list[object] = []
    looked.pane.refused.connect(refused.append)
    QGuiApplication.clipboard().setText("before")
    looked.view.select_all()
    assert looked.copied() == "before"
    assert len(refused) == 1


def test_that_odd_bytes_are_shown_as_escapes_and_said(looked: Looked) -> None:
    looked.tell(b'{"a": "\xff\x00\xe2\x80\xae<b>"}')
    assert looked.says("not UTF-8")
    looked.tell(b"")
    assert looked.says("The file is empty.")
    looked.tell(b"abc", size=100_000_000)
    assert looked.says("Only the first 3 of 100,000,000 bytes are shown.")
    looked.pane.show_raw(RawRead(ReadRaw(DIRECTORY), problem="It is a link."))
    assert looked.says("It is a link.")


def test_that_the_place_stays_when_the_file_changes(looked: Looked) -> None:
    looked.tell(LINES * 200)
    looked.view.verticalScrollBar().setValue(300)
    looked.tell(LINES * 201)
    assert looked.view.verticalScrollBar().value() == 300


@pytest.mark.parametrize("line", [79, 0], ids=["many lines", "one line"])
def test_that_fifty_megabytes_are_painted_scrolled_and_searched_without_a_stop(
    looked: Looked, line: int
) -> None:
    data = (b"x" * line + b"\n") * 625_000 if line else b"y" * 50_000_000
    text = RawText(data[:-1] + b"z")
    began = time.monotonic()
    looked.pane.show_raw(RawRead(ReadRaw(DIRECTORY), text))
    looked.view.grab()
    bar = looked.view.verticalScrollBar()
    for place in (bar.maximum(), bar.maximum() // 2, 0):
        bar.setValue(place)
        looked.view.grab()
    assert time.monotonic() - began < 30  # a text widget takes minutes
    looked.pane.finder.field.setText("z")
    looked.qtbot.waitUntil(lambda: looked.found() == "z")
    assert looked.view._caret.spot.row == text.rows - 1
