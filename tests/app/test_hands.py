"""The hands that drive the window, on small windows of their own."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction, QImage, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton, QTreeView, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.hands import Hands, NotSeen, cell


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """A list with a heading and a row below it, a field, a button, some text, an action."""
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    view, field, text = QTreeView(), QLineEdit(), QPlainTextEdit("started with 150")
    view.setObjectName("view")
    field.setAccessibleName("User")
    model = QStandardItemModel(0, 2, view)
    model.setHorizontalHeaderLabels(["Session", "Saved value"])
    heading = QStandardItem("Today")
    heading.setSelectable(False)
    heading.appendRow([QStandardItem("mouse_1"), QStandardItem("15")])
    model.appendRow(heading)
    view.setModel(model)
    for widget in (view, field, QPushButton("Undo"), text):
        column.addWidget(widget)
    action = QAction("Save", window)
    action.setObjectName("actionSave")
    action.setEnabled(False)
    window.show()
    return window


@pytest.fixture
def hands(window: QWidget) -> Hands:
    return Hands(window, seconds=60)


@pytest.fixture
def hurried(window: QWidget) -> Hands:
    """For what never comes."""
    return Hands(window, seconds=0)


def test_that_a_row_is_found_by_its_cells_and_selected(hands: Hands) -> None:
    row = hands.row("view", "mouse_1", Saved_value="15")
    hands.select("view", row)
    assert hands.named(QTreeView, "view").currentIndex() == row
    assert cell(row, "Saved_value").data() == "15"


def test_that_a_column_that_comes_later_is_waited_for(window: QWidget, hands: Hands) -> None:
    model = hands.named(QTreeView, "view").model()
    assert isinstance(model, QStandardItemModel)
    QTimer.singleShot(0, model, lambda: model.setHorizontalHeaderLabels(["Session", "Version 1"]))
    assert hands.row("view", "mouse_1", Version_1="15").data() == "mouse_1"


def test_that_a_row_that_is_not_there_is_told_with_what_was_wanted(hurried: Hands) -> None:
    with pytest.raises(NotSeen, match=r"^a row in view with mouse_1, Saved_value 16: not seen"):
        hurried.row("view", "mouse_1", Saved_value="16")


def test_that_a_row_that_arrives_is_waited_for_and_headings_are_no_rows(hands: Hands) -> None:
    model = hands.named(QTreeView, "view").model()
    assert isinstance(model, QStandardItemModel)
    heading = QStandardItem("Yesterday")
    heading.setSelectable(False)
    QTimer.singleShot(0, lambda: model.appendRow(heading))
    QTimer.singleShot(20, lambda: model.item(0).appendRow([QStandardItem("mouse_2"), QStandardItem("")]))
    assert hands.new_row("view", {"mouse_1", "Today"}).data() == "mouse_2"


def test_that_typing_goes_into_the_field_that_is_called_so(hands: Hands, window: QWidget) -> None:
    field = hands.named(QLineEdit, "")
    field.setText("before")
    hands.type_into("User", "ann")
    assert field.text() == "ann"


def test_that_an_action_is_triggered_once_it_can_be(hands: Hands, window: QWidget) -> None:
    action = hands.named(QAction, "actionSave")
    triggered: list[bool] = []
    action.triggered.connect(lambda: triggered.append(True))
    QTimer.singleShot(20, lambda: action.setEnabled(True))
    hands.trigger("actionSave")
    assert triggered == [True]


def test_that_a_button_is_pressed_only_when_it_is_seen_and_enabled(
    hands: Hands, hurried: Hands, window: QWidget
) -> None:
    button = hands.named(QPushButton, "")
    pressed: list[bool] = []
    button.clicked.connect(lambda: pressed.append(True))
    hands.press("Undo")
    button.setEnabled(False)
    with pytest.raises(NotSeen, match=r"^the button Undo: not seen"):
        hurried.press("Undo")
    assert pressed == [True]


def test_that_words_are_waited_for(hands: Hands, hurried: Hands) -> None:
    hands.read("with 150")
    with pytest.raises(NotSeen, match="the words 'with 151'"):
        hurried.read("with 151")


def test_that_a_picture_is_of_the_window(hands: Hands, window: QWidget, tmp_path: Path) -> None:
    hands.picture(tmp_path / "window.png")
    assert QImage(str(tmp_path / "window.png")).size() == window.size()


def test_that_a_picture_that_cannot_be_written_is_an_error(hands: Hands, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="could not be written"):
        hands.picture(tmp_path / "no such directory" / "window.png")
