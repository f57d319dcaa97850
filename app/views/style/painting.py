"""How icons, texts and pills are painted: shared by the delegates and by widgets that paint themselves.

One idea: an icon, some text and a few pills on one line are all that this window paints by hand; each
function draws one of them into a rectangle. No text here is ever interpreted as markup. Not for
backgrounds and bars: those belong to the row that is painted.
"""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen

from app.values.fit_text import before_escape, behind_escape
from app.views.style.looks import Look
from app.views.style.theme import Theme

_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight | Qt.TextFlag.TextSingleLine
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine
MOST_DRAWN = 2_000  # characters of a line: more than any screen has room for; measuring 10 MB takes seconds


def draw_icon(painter: QPainter, theme: Theme, area: QRect, icon: str, color: str, size: int = 16) -> None:
    """Draw an icon in the middle of an area; `color` is a role or a hue."""
    pixmap = theme.pixmap(icon, color, size, painter.device().devicePixelRatio())
    side = theme.px(size)
    painter.drawPixmap(
        area.x() + (area.width() - side) // 2, area.y() + (area.height() - side) // 2, side, side, pixmap
    )


def fill(painter: QPainter, area: QRect, color: QColor) -> None:
    """Fill an area with a colour: for `fillRect` PySide first makes all gradients that Qt knows by name."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawRect(area)


def elided(metrics: QFontMetrics, text: str, elide: Qt.TextElideMode, width: int) -> str:
    """As much of a line of text as fits. A sign that is shown as an escape is there whole or not at all:
    what is left of one would be letters that are not there.
    """
    shown = metrics.elidedText(text, elide, width)
    if "\\" not in text or shown == text:
        return shown
    cuts = (place for place, sign in enumerate(shown) if sign == "…" and text.startswith(shown[:place]))
    place = next((one for one in cuts if text.endswith(shown[one + 1 :])), None)
    if place is None:
        return shown
    tail = behind_escape(text, len(text) - (len(shown) - place - 1))
    return f"{text[: before_escape(text, place)]}…{text[tail:]}"


def draw_text(
    painter: QPainter, area: QRect, text: str, font: QFont, color: QColor,
    elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> int:  # fmt: skip
    """Draw one line of text, elided where it does not fit; returns the width that it took."""
    metrics, shown = QFontMetrics(font), text[:MOST_DRAWN]
    width = metrics.horizontalAdvance(shown)
    if width >= area.width():  # most fit, and are not measured a second time
        shown = elided(metrics, shown, elide, area.width())
        width = metrics.horizontalAdvance(shown)
    painter.setFont(font)
    painter.setPen(color)
    draw_fitting(painter, area, shown)
    return width


def draw_fitting(painter: QPainter, area: QRect, text: str, *, right: bool = False) -> None:
    """Draw one line of text that fits, in the font and the colour that are set; `right`: at the right."""
    painter.drawText(area, _RIGHT if right else _LEFT, text)


def text_width(text: str, font: QFont) -> int:
    """The width of one line of text, or of as much of it as could ever be drawn."""
    return QFontMetrics(font).horizontalAdvance(text[:MOST_DRAWN])


def pill_size(theme: Theme, text: str, *, large: bool = False) -> QSize:
    """The size of a pill with a glyph and this text; `large` for the one in the header of a session."""
    gap, sides = (4, 8) if large else (4, 5)
    width = text_width(text, _pill_font(theme, large=large)) + theme.px(gap + 2 * sides + _glyph(large=large))
    return QSize(width, theme.px(22 if large else 18))


def draw_pill(
    painter: QPainter, theme: Theme, area: QRect, look: Look, text: str, *, large: bool = False
) -> None:
    """Draw a pill that fills an area of `pill_size`."""
    hue = theme.colors.hue(look.hue)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(hue.line, 1))
    painter.setBrush(hue.tint)
    radius = area.height() / 2
    painter.drawRoundedRect(QRectF(area).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    painter.restore()
    gap, sides = (4, 8) if large else (4, 5)
    left, side = area.x() + theme.px(sides), theme.px(_glyph(large=large))
    draw_icon(
        painter, theme, QRect(left, area.y(), side, area.height()), look.icon, look.hue, _glyph(large=large)
    )
    start = left + side + theme.px(gap)
    room = QRect(start, area.y(), area.right() - start, area.height())
    draw_text(painter, room, text, _pill_font(theme, large=large), hue.text, Qt.TextElideMode.ElideNone)


def _pill_font(theme: Theme, *, large: bool) -> QFont:
    if not large:
        return theme.font("pill")
    font = theme.font("small")
    font.setWeight(QFont.Weight.Medium)
    return font


def _glyph(*, large: bool) -> int:
    return 14 if large else 12
