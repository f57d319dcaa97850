"""Small widgets that every part of the window uses: labels, buttons, glyphs, pills.

One idea: each takes the theme and looks right by itself, in both palettes and at every font size, shows plain
text only, and has a name for screen readers. Not for behaviour of the window: these know nothing of sessions.
"""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QLabel,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from app.views.style.fonts import Role
from app.views.style.looks import Look
from app.views.style.painting import draw_icon, draw_pill, elided, pill_size
from app.views.style.theme import Theme
from app.words.plain import tip

_READABLE = 8
"""Average characters; a shorter piece of a text says nothing."""


LONGEST, LONGEST_WORDS = 4000, 200  # characters: of a label, of what stands on a button


class Label(QLabel):
    """Text that is shown as it is written. `tone` is "muted", "amber", "green" or "vermilion"."""

    def __init__(
        self, theme: Theme, text: str = "", role: Role = "body", tone: str = "", *, wrap: bool = False
    ) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(theme.font(role))
        self.setProperty("tone", tone)
        self.setWordWrap(wrap)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show this text; of one that is longer than anybody reads, its beginning: all of it is measured."""
        super().setText(text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…")

    def set_tone(self, tone: str) -> None:
        """Show the text in another tone."""
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            polish(self)


class ElidedLabel(Label):
    """One line that gives way: what does not fit is cut in the middle, or as `cut` says; the whole stands in
    the tool tip.

    The parts of a tail stand behind the text, with dots between. Where a readable piece of the text, or the
    end that is to be kept of it, would not be left, they go one after the other for its sake, but for the
    last. Where that does not help, a shorter text takes its place in the same way, if there is one; else the
    text goes whole, and as many parts stand there as have room.
    """

    def __init__(
        self,
        theme: Theme,
        role: Role = "body",
        tone: str = "",
        cut: Qt.TextElideMode = Qt.TextElideMode.ElideMiddle,
    ) -> None:
        super().__init__(theme, "", role, tone)
        self._cut = cut
        self._whole = self._kept = self._shorter = ""
        self._tail: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        """As wide as the whole text."""
        margins = self.contentsMargins()
        width = self._advance(_dotted(self._whole, *self._tail)) + 2
        return QSize(width + margins.left() + margins.right(), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Almost nothing: this label gives way."""
        return QSize(self.fontMetrics().averageCharWidth() * 4, super().minimumSizeHint().height())

    def set_whole(self, text: str, *tail: str, keep: str = "", shorter: str = "") -> None:
        """Show this text and its tail, as much of them as fits; `keep` is the end of the text that tells it
        from others, `shorter` what is said where there is no room for that.
        """
        self._whole, self._tail, self._kept, self._shorter = text, tail, keep, shorter
        self.setAccessibleName(_dotted(text, *tail))
        self.updateGeometry()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the text to the new width."""
        self._fit()

    def _fit(self) -> None:
        shown, whole = self._fitted(self.contentsRect().width()), _dotted(self._whole, *self._tail)
        self.setText(shown)
        self.setToolTip(tip(whole if shown != whole else ""))

    def _fitted(self, room: int) -> str:
        metrics, (last, *_) = self.fontMetrics(), (*self._tail[::-1], self._whole)
        tails = [self._tail[first:] for first in range(len(self._tail))] or [()]
        for text, kept in filter(all, ((self._whole, f"…{self._kept}"), (self._shorter, "…"))):
            for tail in tails:
                left = room - self._advance(_dotted("-", *tail)) + self._advance("-")
                if left >= self._least(text, kept):
                    return _dotted(elided(metrics, text, self._cut, left), *tail)
        fitting = (rest for rest in (_dotted(*tail) for tail in tails) if self._advance(rest) <= room)
        return next(filter(None, fitting), elided(metrics, last, self._cut, room))

    def _least(self, text: str, kept: str) -> int:
        """The width in which a text still says something."""
        readable = self.fontMetrics().averageCharWidth() * _READABLE
        return min(self._advance(text), max(readable, self._advance(kept)))

    def _advance(self, text: str) -> int:
        return self.fontMetrics().horizontalAdvance(text)


def _dotted(*parts: str) -> str:
    return "  ·  ".join(filter(None, parts))


class Glyph(QWidget):
    """One icon as a picture; screen readers skip it, because a word always stands beside it."""

    def __init__(self, theme: Theme, icon: str, color: str, size: int = 16) -> None:
        super().__init__()
        self._theme = theme
        self._look = (icon, color)
        self._size = size
        self.setFixedSize(theme.px(size), theme.px(size))
        theme.changed.connect(self.update)

    def set_icon(self, icon: str, color: str) -> None:
        """Show another icon; `color` is a role of the palette or a hue."""
        self._look = (icon, color)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the icon."""
        painter = QPainter(self)
        draw_icon(painter, self._theme, self.rect(), *self._look, self._size)


class Button(QPushButton):
    """A button in words, with an icon if it has one. `kind`: plain, primary, danger, chip, link, flat."""

    def __init__(
        self,
        theme: Theme,
        text: str,
        icon: str = "",
        *,
        kind: str = "plain",
        grand: bool = False,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._icon = icon
        self._others: tuple[str, ...] = ()
        self._color = {"primary": "on_accent", "danger": "vermilion", "link": "link"}.get(kind, "text")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard where it is
        self.setProperty("kind", kind)
        self.setProperty("grand", grand)
        self.setFont(theme.font("strong" if kind == "primary" else "body"))
        self.setIconSize(QSize(theme.px(16), theme.px(16)))
        self.set_words(text)
        self._restyle()
        theme.changed.connect(self._restyle)

    def set_words(self, text: str) -> None:
        """Show another text; the spaces before it keep it off the icon, and are not read out."""
        text = text if len(text) <= LONGEST_WORDS else f"{text[: LONGEST_WORDS - 1]}…"
        self.setText(self.spaced(text))
        self.setAccessibleName(text.replace("&", ""))

    def make_room(self, *words: str) -> None:
        """Be as wide as it would be with any of these, so that nothing moves when it says one of them."""
        self._others = tuple(map(self.spaced, words))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As wide as the widest that it may say."""
        hint, metrics = super().sizeHint(), self.fontMetrics()
        widest = max((metrics.horizontalAdvance(text) for text in self._others), default=0)
        return hint + QSize(max(0, widest - metrics.horizontalAdvance(self.text())), 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button, as Space does; with Ctrl it is for the sheet around it. One that is still
        held down since it led here presses nothing.
        """
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        elif not event.isAutoRepeat():
            self.click()

    def spaced(self, text: str) -> str:
        """A text as it would stand on the button, behind its icon."""
        return f"\u2009\u2009\u2009{text}" if self._icon and text else text

    def _restyle(self) -> None:
        if self._icon:
            self.setIcon(self._theme.icon(self._icon, self._color))


class ElidedButton(Button):
    """A button that opens a choice, with the chevron of one; its words give way in their middle, the whole
    stands in the tool tip, and is spoken behind what the button is for.
    """

    def __init__(self, theme: Theme, spoken: str) -> None:
        super().__init__(theme, "", kind="offer")
        self._spoken = spoken
        self._whole = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_whole(self, text: str) -> None:
        """Show this text, as much of it as fits."""
        self._whole = text
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Room for the chevron and a few letters."""
        return QSize(self._theme.px(80), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the text to the new width."""
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the button, then the chevron, where a box has it."""
        super().paintEvent(event)
        px = self._theme.px
        square = QRect(self.width() - px(23), (self.height() - px(16)) // 2, px(16), px(16))
        draw_icon(QPainter(self), self._theme, square, "chevron-down", "muted")

    def _fit(self) -> None:
        room = self.width() - self._theme.px(14 + 14 + 16)
        fitted = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideMiddle, room)
        self.set_words(fitted.replace("&", "&&"))
        self.setAccessibleName(f"{self._spoken}: {self._whole}")
        self.setToolTip(tip(self._whole) if fitted != self._whole else "")


class Pill(QWidget):
    """A status in its own colour on its own tint: glyph and word."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._look = Look("", "grey")
        self._text = ""
        theme.changed.connect(self._fit)

    def show_status(self, look: Look, text: str) -> None:
        """Show a glyph and a word."""
        self._look, self._text = look, text
        self.setAccessibleName(f"Status {text}")
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pill over the whole widget."""
        if self._text:
            draw_pill(QPainter(self), self._theme, self.rect(), self._look, self._text, large=True)

    def _fit(self) -> None:
        if self._text:
            self.setFixedSize(pill_size(self._theme, self._text, large=True))
        self.update()


def polish(widget: QWidget) -> None:
    """Let the stylesheet look again at a widget whose properties have changed; one that was never shown will
    be looked at then.
    """
    if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        return
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()
