"""The foot of a sheet: no button is ever cut, and all is back in its line where there is room again."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.views.parts.sheet_foot import SheetFoot
from app.views.parts.widgets import Button, Label
from app.views.style.theme import Theme


class Foot:
    """A button at the left, words, two buttons at the right, as the Resume sheet has them."""

    def __init__(self, qtbot: QtBot) -> None:
        theme = Theme("light")
        self.foot = SheetFoot(theme)
        self.first, self.cancel, self.main = (
            Button(theme, words, grand=True)
            for words in ("Copy command", "Cancel", "Save 1 change and resume")
        )
        self.words = Label(theme, "Closing Rigstate leaves the launcher running.", "small", "muted")
        self.foot.line.addWidget(self.first)
        self.foot.line.addStretch(1)
        for part in (self.words, self.cancel, self.main):
            self.foot.line.addWidget(part)
        qtbot.addWidget(self.foot)
        self.foot.show()

    def at(self, width: int) -> list[list[QWidget]]:
        """What stands beside each other, line by line, in so many pixels."""
        self.foot.fit(width)
        self.foot.resize(width, self.foot.sizeHint().height())
        QApplication.processEvents()
        parts = [self.first, self.words, self.cancel, self.main]
        tops = sorted({part.geometry().center().y() // 20 for part in parts})
        return [[one for one in parts if one.geometry().center().y() // 20 == top] for top in tops]


@pytest.fixture
def foot(qtbot: QtBot, qapp: QApplication) -> Foot:
    return Foot(qtbot)


def needed(*parts: QWidget) -> int:
    return sum(part.sizeHint().width() for part in parts)


def test_that_words_go_above_the_buttons_where_both_do_not_fit(foot: Foot) -> None:
    buttons = [foot.first, foot.cancel, foot.main]
    wide = needed(*buttons, foot.words) + 120
    assert foot.at(wide) == [[foot.first, foot.words, foot.cancel, foot.main]]
    assert foot.at(needed(*buttons) + 100) == [[foot.words], buttons]
    assert foot.at(needed(*buttons)) == [[foot.first, foot.words], [foot.cancel, foot.main]]
    assert foot.at(wide) == [[foot.first, foot.words, foot.cancel, foot.main]]
    assert foot.first.x() < foot.words.x() < foot.cancel.x() < foot.main.x()


def test_that_no_button_is_cut(foot: Foot) -> None:
    for width in range(1000, needed(foot.cancel, foot.main) + 80, -40):
        foot.at(width)
        for button in (foot.first, foot.cancel, foot.main):
            assert button.width() >= button.sizeHint().width()


def test_that_the_main_buttons_stay_at_the_right(foot: Foot) -> None:
    main = needed(foot.cancel, foot.main)
    for width in (1000, needed(foot.first) + main + 100, main + 120):
        foot.at(width)
        assert foot.main.geometry().right() >= width - 40
        assert foot.cancel.width() <= foot.cancel.sizeHint().width() + 1
