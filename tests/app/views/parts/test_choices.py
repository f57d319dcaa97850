"""What is ticked or chosen has the frame of everything that has the keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.views.parts.choices import Radio, Tick
from app.views.style.theme import Theme


@pytest.mark.parametrize("palette", ["light", "dark"])
@pytest.mark.parametrize("kind", [Radio, Tick])
def test_that_a_choice_with_the_keyboard_is_framed_and_nothing_moves_by_it(
    qtbot: QtBot, theme: Theme, kind: type[Radio | Tick], palette: str
) -> None:
    """Qt's own box was grey, touched the last letter, and was not seen in dark."""
    theme.set_choice(palette)
    window, choice = QWidget(), kind(theme, "As the system")
    choices = QVBoxLayout(window)
    choices.addWidget(kind(theme, "Light"))
    choices.addWidget(choice, 0, Qt.AlignmentFlag.AlignLeft)
    window.setStyleSheet(theme.stylesheet())
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitExposed(window)
    before = choice.geometry()
    qtbot.keyClick(window, Qt.Key.Key_Tab)
    choice.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(choice.hasFocus)
    assert choice.geometry() == before
    drawn, ink = choice.grab().toImage(), theme.colors["link"]
    assert {_name(drawn.pixelColor(x, drawn.height() // 2)) for x in (0, 1)} == {_name(ink)}
    last = drawn.width() - 1
    assert {_name(drawn.pixelColor(x, drawn.height() // 2)) for x in (last - 1, last)} == {_name(ink)}
    gap = [
        {_name(drawn.pixelColor(x, y)) for y in range(3, drawn.height() - 3)} for x in (last - 3, last - 4)
    ]
    assert all(len(column) == 1 and _name(ink) not in column for column in gap)  # the letters stand off it
    assert {_name(drawn.pixelColor(drawn.width() // 2, y)) for y in (0, 1)} == {_name(ink)}


def _name(color: QColor) -> str:
    return color.name()


@pytest.mark.parametrize("way", [QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom])
def test_that_down_and_right_go_on_however_the_choices_stand(
    qtbot: QtBot, theme: Theme, way: QBoxLayout.Direction
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    line, radios = QBoxLayout(way, window), [Radio(theme, words) for words in ("System", "Light", "Dark")]
    for radio in radios:
        line.addWidget(radio)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    radios[0].setFocus()
    radios[0].setChecked(True)
    for key, chosen in (
        (Qt.Key.Key_Down, 1),
        (Qt.Key.Key_Right, 2),
        (Qt.Key.Key_Up, 1),
        (Qt.Key.Key_Left, 0),
    ):
        focus = window.focusWidget()
        assert focus is not None
        qtbot.keyClick(focus, key)
        assert radios[chosen].isChecked()
