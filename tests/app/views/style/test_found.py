"""What a filter has found is marked where it stands, and nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from app.views.style.found import draw_found, found_in
from app.views.style.painting import text_width
from app.views.style.theme import Theme

AREA = QRect(0, 0, 300, 28)


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("reward_volume_ul", ("reward",), ["reward"]),
        ("Reward_at", ("reward", "at"), ["Reward", "at"]),
        ("aaaa", ("aa",), ["aa", "aa"]),
        ("trial_count", ("volume",), []),
        ("trial_count", (), []),
        ("trial_count", ("",), []),
        ("Straße 5", ("5",), []),  # its lower case is longer: places in it are none of the text
    ],
)
def test_that_words_are_found_wherever_they_stand(
    text: str, words: tuple[str, ...], found: list[str]
) -> None:
    assert [text[start:end] for start, end in found_in(text, words)] == found


@given(text=st.text(max_size=40), words=st.lists(st.text(max_size=4), max_size=3))
def test_that_what_is_found_is_what_was_typed(text: str, words: list[str]) -> None:
    typed = [word.casefold() for word in words]
    assert all(text[start:end].casefold() in typed for start, end in found_in(text, typed))


@pytest.mark.parametrize("palette", ["light", "dark"])
def test_that_a_mark_lies_behind_what_was_found_alone(qapp: QApplication, palette: str) -> None:
    theme = Theme(palette)
    plain, marked = (painted(theme, words) for words in ((), ("reward",)))
    soft = theme.colors["accent_soft"].rgb()
    width = text_width("reward", theme.font("body"))
    inked = {x for x in range(AREA.width()) for y in range(AREA.height()) if marked.pixel(x, y) == soft}
    assert inked
    assert max(inked) <= width + 2
    beyond = QRect(width + 4, 0, AREA.width() - width - 4, AREA.height())
    assert marked.copy(beyond) == plain.copy(beyond)


def painted(theme: Theme, words: tuple[str, ...]) -> QImage:
    image = QImage(AREA.size(), QImage.Format.Format_RGB32)
    image.fill(theme.colors["base"])
    painter = QPainter(image)
    draw_found(painter, theme, AREA, "reward_volume_ul", theme.font("body"), theme.colors["text"], words)
    painter.end()
    return image
