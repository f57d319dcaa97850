"""What a filter has found, marked where it stands in a line of text.

One idea: whoever filters sees at once why a row is there. The marks lie behind the letters, in the colour of
what is acted on, with a line around them that is seen on a selected row, too, and the text itself stays
as it is. Not for finding rows: that is the filter's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen

from app.views.style.painting import MOST_DRAWN, draw_text, elided
from app.views.style.theme import Theme


def draw_found(
    painter: QPainter, theme: Theme, area: QRect, text: str, font: QFont, color: QColor,
    words: Sequence[str], elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> int:  # fmt: skip
    """Draw one line of text as `draw_text` does, with these words marked, which are in lower case."""
    if words:
        shown = elided(QFontMetrics(font), text[:MOST_DRAWN], elide, area.width())
        _mark(painter, theme, area, shown, font, words)
    return draw_text(painter, area, text, font, color, elide)


def found_in(text: str, words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """From where to where words stand in a text, each wherever it does; none in a text whose lower case is
    longer or shorter than itself.
    """
    folded = text.casefold()
    if len(folded) != len(text):
        return
    for word in filter(None, words):
        start = folded.find(word)
        while start >= 0:
            yield start, start + len(word)
            start = folded.find(word, start + len(word))


def _mark(
    painter: QPainter, theme: Theme, area: QRect, shown: str, font: QFont, words: Sequence[str]
) -> None:
    metrics = QFontMetrics(font)
    height = min(area.height() - 2, metrics.height() + theme.px(2))
    top = area.y() + (area.height() - height) / 2
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colors["accent"], 1))
    painter.setBrush(theme.colors["accent_soft"])
    for start, end in found_in(shown, words):
        left, right = (metrics.horizontalAdvance(shown[:place]) for place in (start, end))
        mark = QRectF(area.x() + left - 1, top, right - left + 2, height)
        painter.drawRoundedRect(mark.adjusted(0.5, 0.5, -0.5, -0.5), theme.px(3), theme.px(3))
    painter.restore()
