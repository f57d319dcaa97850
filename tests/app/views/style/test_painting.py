"""What is painted of a line of text."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics

from app.views.style.painting import elided
from app.views.style.theme import Theme

_Mode = Qt.TextElideMode


@pytest.mark.parametrize("sign", ["\\n", "\\u202e"])
def test_that_a_sign_that_is_shown_as_an_escape_is_there_whole_or_not_at_all(theme: Theme, sign: str) -> None:
    """Where its backslash alone was cut away, it was a letter that is not there."""
    signs = [*"one", sign, *"two", sign, *"three"]
    text, metrics = "".join(signs), QFontMetrics(theme.font("mono"))
    heads, tails = ({"".join(signs[:n]) for n in range(15)}, {"".join(signs[n:]) for n in range(15)})
    seen = set()
    for width in range(0, metrics.horizontalAdvance(text) + 5, 3):
        for mode in (_Mode.ElideRight, _Mode.ElideMiddle, _Mode.ElideLeft):
            shown = elided(metrics, text, mode, width)
            seen.add(shown)
            head, _, tail = shown.partition("…")
            assert head in heads
            assert tail in tails
    assert text in seen


def test_that_what_has_no_escapes_is_cut_as_qt_does_it(theme: Theme) -> None:
    metrics = QFontMetrics(theme.font("mono"))
    for text in ("a text of … some length", "C:/data/one", ""):
        assert elided(metrics, text, _Mode.ElideMiddle, 60) == metrics.elidedText(text, _Mode.ElideMiddle, 60)
