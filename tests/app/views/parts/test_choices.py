"""What is ticked or chosen has the frame of everything that has the keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QVBoxLayout, QWidget
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
