"""Labels and buttons show what can be read of any text, as it is written."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.exchange import Banner
from app.views.parts.banner_view import BannerView
from app.views.parts.widgets import LONGEST, LONGEST_WORDS, Button, ElidedButton, Label
from app.views.style.theme import Theme


@pytest.mark.parametrize(("length", "shown"), [(LONGEST, LONGEST), (10_000_000, LONGEST)])
def test_that_a_label_shows_no_more_of_a_text_than_anybody_reads(
    qtbot: QtBot, theme: Theme, length: int, shown: int
) -> None:
    label = Label(theme, "x" * length, wrap=True)
    qtbot.addWidget(label)
    assert len(label.text()) == shown
    assert label.text().endswith("…") == (length > shown)


def test_that_a_button_has_few_words(qtbot: QtBot, theme: Theme) -> None:
    button = Button(theme, "x" * 10_000_000)
    qtbot.addWidget(button)
    assert len(button.text()) == LONGEST_WORDS


def test_that_an_ampersand_of_a_name_is_no_letter_to_press(qtbot: QtBot, theme: Theme) -> None:
    button = ElidedButton(theme, "Compare from")
    qtbot.addWidget(button)
    button.resize(400, 30)
    button.set_whole("cage & co")
    assert button.text().strip() == "cage && co"
    banner = BannerView(theme, Banner("a", "amber", "x", (("Show cage & co", "show"),)))
    qtbot.addWidget(banner)
    (shown, *_others) = banner.findChildren(Button)
    assert shown.text() == "Show cage && co"


def test_that_a_button_has_room_for_all_that_it_may_say(qtbot: QtBot, theme: Theme) -> None:
    button = Button(theme, "Save 1 change", "content-save-outline")
    qtbot.addWidget(button)
    alone = button.sizeHint().width()
    button.make_room("Save 1 change", "Save 12 changes")
    wide = button.sizeHint().width()
    assert wide > alone
    for words in ("Save 1 change", "Save 9 changes", "Save 12 changes"):
        button.set_words(words)
        assert button.sizeHint().width() == wide
