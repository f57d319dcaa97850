"""Sentences in the place of what cannot be shown, and above what can: pages and notices.

One idea: whoever cannot show something says why, right where it would stand. Not for banners, which stay
above everything until somebody has dealt with them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.values.fit_text import escaped
from app.views.parts.gap import Gap
from app.views.parts.nesting import nest
from app.views.parts.widgets import Button, Glyph, Label
from app.views.style.looks import Look
from app.views.style.theme import Theme

_ABOVE, _LEAST_ABOVE = 64, 16
"""What is empty above a page."""
_BY_HAND = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.MouseFocusReason)


class Notice(QFrame):
    """One sentence above what it is about, perhaps with a button (`pressed`); hidden while there is none."""

    pressed = Signal()

    def __init__(
        self, theme: Theme, icon: str = "lock-outline", hue: str = "blue", *, button: str = ""
    ) -> None:
        super().__init__()
        self.setObjectName("notice")
        self.setProperty("hue", hue)
        self._text = Label(theme, "", "small", wrap=True)
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(8))
        line.setSpacing(theme.px(8))
        middle, top = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignTop
        line.addWidget(Glyph(theme, icon, hue), 0, middle if button else top)
        line.addWidget(self._text, 1)
        self.button = Button(theme, button)
        self.button.clicked.connect(self.pressed)
        line.addWidget(self.button)
        self.button.setVisible(bool(button))
        self.hide()

    @property
    def text(self) -> str:
        """The sentence that is shown; empty where there is none."""
        return self._text.text()

    def say(self, text: str) -> None:
        """Show a sentence; an empty one hides the notice."""
        self._text.setText(escaped(text))
        self.setVisible(bool(text))


@dataclass(frozen=True, slots=True)
class Offer:
    """A button with what it leads to beside it; `key` is what is told when it is pressed."""

    key: object
    icon: str
    words: str
    detail: str


class MessagePage(QWidget):
    """A title and a sentence in the middle of an otherwise empty page, perhaps with ways on below.

    `chosen` carries the key of the offer that was pressed.
    """

    chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._offered: tuple[Offer, ...] = ()
        self._buttons: list[tuple[object, Button]] = []
        self._by_hand = False
        self.setObjectName("messagePage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        px = theme.px
        self._glyph = Glyph(theme, "information-outline", "muted", 32)
        self._glyph.hide()
        self._title = Label(theme, "", "section")
        self._text = Label(theme, "", tone="muted", wrap=True)
        for label in (self._title, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._offers = QGridLayout()
        self._offers.setHorizontalSpacing(px(12))
        self._offers.setVerticalSpacing(px(8))
        self._offers.setColumnStretch(1, 1)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(_Scroll(theme, self._column()))

    def _column(self) -> QVBoxLayout:
        px, column = self._theme.px, QVBoxLayout()
        column.setContentsMargins(px(32), px(_ABOVE), px(32), px(24))
        column.setSpacing(px(8))
        column.addWidget(self._glyph, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._title)
        column.addWidget(self._text)
        column.addWidget(Gap(self._theme, 8))
        nest(column, self._offers)
        column.addStretch(1)
        return column

    def say(self, title: str, text: str, look: Look | None = None) -> None:
        """Show a title and a sentence, below a glyph if there is one."""
        self._glyph.setVisible(look is not None)
        if look is not None:
            self._glyph.set_icon(look.icon, look.hue)
        self._title.setText(title)
        self._text.setText(escaped(text))

    def offer(self, offers: Sequence[Offer]) -> None:
        """Offer these ways on, one below the other; a way that stays keeps the keyboard, if somebody put it
        there. Where it is here because it could not stay where it was, it is on the first.
        """
        if tuple(offers) == self._offered:
            return
        held, by_hand = self._held(offers), self._by_hand
        if held is not None or self.hasFocus():
            self.setFocus(Qt.FocusReason.OtherFocusReason)  # until there is something to put it on
        self._offered, self._buttons = tuple(offers), []
        while (item := self._offers.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for row, offer in enumerate(offers):
            self._add_offer(row, offer, focus=offer.key == held)
        self._by_hand = by_hand

    def _held(self, offers: Sequence[Offer]) -> object:
        """The key of the way that is to have the keyboard, None where it is elsewhere."""
        held = next((key for key, button in self._buttons if button.hasFocus()), None)
        by_itself = self.hasFocus() or (held is not None and not self._by_hand)
        return offers[0].key if by_itself and offers else held

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note who put the keyboard on a way."""
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusIn:
            self._by_hand = event.reason() in _BY_HAND
        return False

    def _add_offer(self, row: int, offer: Offer, *, focus: bool) -> None:
        button = Button(self._theme, offer.words, offer.icon, kind="offer")
        button.clicked.connect(lambda: self.chosen.emit(offer.key))
        button.installEventFilter(self)
        detail = Label(self._theme, escaped(offer.detail), "small", "muted", wrap=True)
        self._offers.addWidget(button, row, 0)
        self._offers.addWidget(detail, row, 1, Qt.AlignmentFlag.AlignVCenter)
        for widget in (button, detail):
            widget.show()
        if focus:
            button.setFocus(Qt.FocusReason.OtherFocusReason)
        self._buttons.append((offer.key, button))


class _Scroll(QScrollArea):
    """The page, scrolled where it is higher than there is room; what is empty above it goes first."""

    def __init__(self, theme: Theme, column: QVBoxLayout) -> None:
        super().__init__()
        self._theme = theme
        self._column = column
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it goes from way to way, and scrolls along
        self.setWidgetResizable(True)
        body = QWidget()
        body.setLayout(column)
        self.setWidget(body)
        for ground in (body, self.viewport()):
            ground.setAutoFillBackground(False)
        body.installEventFilter(self)

    def minimumSizeHint(self) -> QSize:
        """As wide as the page needs; low, since it scrolls."""
        return QSize(self._column.minimumSize().width(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or less room."""
        self._make_room()
        super().resizeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Something else is said."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._make_room()
        return super().eventFilter(watched, event)

    def _make_room(self) -> None:
        px, around = self._theme.px, self._column.contentsMargins()
        needed = self._column.heightForWidth(self.viewport().width()) - around.top()
        top = max(px(_LEAST_ABOVE), min(px(_ABOVE), self.viewport().height() - needed))
        if top != around.top():
            self._column.setContentsMargins(around.left(), top, around.right(), around.bottom())


def fill(pane: QWidget, pages: QStackedWidget, page: QWidget, message: QWidget) -> None:
    """Fill a pane with a page, or with the message that may stand in its place: `pages` says which."""
    for either in (page, message):
        pages.addWidget(either)
    whole = QVBoxLayout(pane)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.addWidget(pages)
