"""One banner: a sentence with its glyph and buttons, on a tint of its own; in little room, folded.

One idea: what is folded has two lines of its sentence beside its buttons and says how many more
there are; nothing of it is lost, all is shown by that button. Not for which banners are shown, nor
for when one is folded (`banners`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.values.fit_text import escaped
from app.views.parts.few_lines import FewLines
from app.views.parts.widgets import Button, ElidedLabel, Glyph, Label
from app.views.style.looks import BANNER_ICONS
from app.views.style.theme import Theme

if TYPE_CHECKING:
    from app.exchange import Banner

_WHOLE = "Show all of it"
_LINES = 2
"""Of a sentence, beside the buttons of a banner that is folded: no more than these are high."""


class BannerView(QWidget):
    """One banner. It paints its own tint, line and bar. `unfolded`: all is to be seen."""

    action_chosen = Signal(object, object)
    dismissed = Signal(object)
    unfolded = Signal()

    def __init__(self, theme: Theme, banner: Banner) -> None:
        super().__init__()
        self.banner = banner
        self._theme = theme
        self._shown: Banner | None = banner
        self._text = Label(theme, escaped(banner.text), "body", wrap=True)
        self._few = FewLines(theme, escaped(banner.text), _LINES)
        self._others, self._folded, self._alone = "", False, True
        self.setAccessibleName(f"Notice: {banner.text}")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._lay_out()
        theme.changed.connect(self.update)

    @property
    def is_cut(self) -> bool:
        """Whether two lines are too little for its sentence."""
        return self._few.is_cut

    def height_of_all(self, width: int) -> int:
        """How high it is with its whole sentence in this width, in pixels."""
        taken = sum(one.sizeHint().width() for one in (self._glyph, *self._buttons))
        gaps = self._theme.px(24) + self._theme.px(8) * (1 + len(self._buttons))
        text = self._text.heightForWidth(max(1, width - taken - gaps))
        return max(text, *(one.sizeHint().height() for one in self._buttons), 0) + self._theme.px(12)

    def fold(self, folded: bool, more: str = "", *, alone: bool = True) -> None:
        """Show no more than two lines, or the whole again; `more` is said where others stand behind it. Not
        `alone`: another one says it.
        """
        self._text.setVisible(not folded)
        self._few.setVisible(folded)
        self._others, self._alone = more, alone
        self._folded = folded
        self._tell_more()
        px = self._theme.px
        edge = px(2) if folded else px(6)
        if isinstance(line := self.layout(), QHBoxLayout):
            line.setContentsMargins(px(16), edge, px(8), edge)

    def go_blank(self) -> None:
        """Leave nothing but the place."""
        self.setFixedHeight(self.height())
        for inside in self.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            inside.hide()
        self._line = ElidedLabel(self._theme, cut=Qt.TextElideMode.ElideRight)
        if isinstance(line := self.layout(), QHBoxLayout):
            line.addWidget(self._line)
            line.addStretch(1)  # else glyph and line would share the room that is left
        self.tell(None)

    def tell(self, banner: Banner | None) -> None:
        """In a place that is left: one line of a notice that has no place of its own yet; None: nothing."""
        self._shown = banner
        self.setAccessibleName("" if banner is None else f"Notice: {banner.text}")
        if banner is not None:
            self._glyph.set_icon(BANNER_ICONS[banner.hue], banner.hue)
            self._line.set_whole(escaped(banner.text))
        for inside in (self._glyph, self._line):
            inside.setVisible(banner is not None)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the tint, the line around it and the bar at its left."""
        if (banner := self._shown) is None:
            return
        px, hue = self._theme.px, self._theme.colors.hue(banner.hue)
        amber = banner.hue == "amber"
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area, radius = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), px(6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colors["amber_bar"] if amber else hue.text)
        painter.drawRoundedRect(area, radius, radius)
        painter.setPen(QPen(hue.line, 1))
        painter.setBrush(hue.tint)
        painter.setClipRect(self.rect().adjusted(px(4), 0, 0, 0))
        painter.drawRoundedRect(area, radius, radius)

    def _lay_out(self) -> None:
        px, banner = self._theme.px, self.banner
        self._buttons: list[Button] = []
        line = QHBoxLayout(self)
        line.setContentsMargins(px(16), px(6), px(8), px(6))
        line.setSpacing(px(8))
        self._glyph = Glyph(self._theme, BANNER_ICONS[banner.hue], banner.hue)
        line.addWidget(self._glyph)
        line.addWidget(self._text, 1)
        line.addWidget(self._few, 1)
        self._few.hide()
        self._few.fitted.connect(self._tell_more)
        for words, action in banner.actions:
            button = self._add_button(line, words.replace("&", "&&"))
            button.clicked.connect(lambda _=False, chosen=action: self.action_chosen.emit(banner.key, chosen))
        if banner.dismissible:
            self._add_button(line, "Dismiss").clicked.connect(lambda: self.dismissed.emit(banner.key))
        self._more = Button(self._theme, "", kind="link")
        self._more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._more.clicked.connect(self.unfolded)
        self._more.hide()
        line.addWidget(self._more)

    def _tell_more(self) -> None:
        """Of what is folded away, what there is."""
        words = self._others or (_WHOLE if self._few.is_cut and self._alone else "")
        self._more.set_words(words)
        self._more.setVisible(self._folded and bool(words))

    def _add_button(self, line: QHBoxLayout, words: str) -> Button:
        """One that a click presses and leaves the keyboard where it is: the banner may go with that."""
        button = Button(self._theme, words)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        line.addWidget(button)
        self._buttons.append(button)
        return button
