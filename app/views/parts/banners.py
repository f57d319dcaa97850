"""Banners: one sentence and its buttons above the list, never modal, never in the way of what is typed.

One idea: a banner is a value with a key; the same key replaces it. What a button means is its action key,
and whoever put the banner there knows what to do. While the hand is on them none comes, and one that goes
leaves its place without buttons: a second press there reaches nothing. The newest that waits is told in that
place, and to whoever hears `waits`: it may be why what was just pressed was not done. Not for what must be
answered before work goes on: that is a sheet.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QCursor, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.values.fit_text import escaped
from app.views.parts.announcing import announce
from app.views.parts.hand import REST_MS, Hand
from app.views.parts.widgets import Button, ElidedLabel, Glyph, Label
from app.views.style.looks import BANNER_ICONS
from app.views.style.theme import Theme

if TYPE_CHECKING:
    from app.exchange import Banner

_MOST_SHOWN = 2


class BannerView(QWidget):
    """One banner. It paints its own tint, line and bar."""

    action_chosen = Signal(object, object)
    dismissed = Signal(object)

    def __init__(self, theme: Theme, banner: Banner) -> None:
        super().__init__()
        self.banner = banner
        self._theme = theme
        self._shown: Banner | None = banner
        self._text = Label(theme, escaped(banner.text), "body", wrap=True)
        self.setAccessibleName(f"Notice: {banner.text}")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._lay_out()
        theme.changed.connect(self.update)

    def go_blank(self) -> None:
        """Leave nothing but the place."""
        self.setFixedHeight(self.height())
        for inside in self.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            inside.hide()
        self._line = ElidedLabel(self._theme, cut=Qt.TextElideMode.ElideRight)
        if isinstance(line := self.layout(), QHBoxLayout):
            line.addWidget(self._line, 1)
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
        line = QHBoxLayout(self)
        line.setContentsMargins(px(16), px(6), px(8), px(6))
        line.setSpacing(px(8))
        self._glyph = Glyph(self._theme, BANNER_ICONS[banner.hue], banner.hue)
        line.addWidget(self._glyph)
        line.addWidget(self._text, 1)
        for words, action in banner.actions:
            button = self._add_button(line, words.replace("&", "&&"))
            button.clicked.connect(lambda _=False, chosen=action: self.action_chosen.emit(banner.key, chosen))
        if banner.dismissible:
            self._add_button(line, "Dismiss").clicked.connect(lambda: self.dismissed.emit(banner.key))

    def _add_button(self, line: QHBoxLayout, words: str) -> Button:
        """One that a click presses and leaves the keyboard where it is: the banner may go with that."""
        button = Button(self._theme, words)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        line.addWidget(button)
        return button


class BannerBar(QWidget):
    """All banners, the newest at the top; of many, those that wait for an answer and then the newest, two in
    all, and how many more there are: that button shows them all, and only two again. `waits` carries the
    newest while the hand keeps it from being shown, else None. `rest` is in milliseconds; `pointer` says
    where that is. While `keeps_still`, none that comes takes the place of another, until `take_places`.
    """

    action_chosen = Signal(object, object)
    dismissed = Signal(object)
    waits = Signal(object)

    def __init__(
        self, theme: Theme, *, rest: int = REST_MS, pointer: Callable[[], QPoint] = QCursor.pos
    ) -> None:
        super().__init__()
        self.setObjectName("banners")
        self.setAccessibleName("Notices")
        self._theme = theme
        self._views: dict[str, BannerView] = {}
        self._blank: list[BannerView] = []
        self._hand = Hand(self, rest=rest, pointer=pointer)
        self._hand.gone.connect(self._settle)
        self._whole = False
        self.keeps_still: Callable[[], bool] = lambda: False
        self._more = Button(theme, "", kind="link")
        self._more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._more.clicked.connect(self._turn_over)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.px(8), theme.px(8), theme.px(8), theme.px(8))
        self._column.setSpacing(theme.px(6))
        self._column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def put(self, banner: Banner) -> None:
        """Show a banner, in the place of an earlier one with its key."""
        self.remove(banner.key)
        view = BannerView(self._theme, banner)
        view.action_chosen.connect(self.action_chosen)
        view.dismissed.connect(self._dismiss)
        self._views[banner.key] = view
        self._column.insertWidget(0, view)
        view.hide()
        self._change()
        announce(view, f"Notice: {escaped(banner.text)}", urgent=banner.hue == "vermilion")

    def remove(self, key: str) -> None:
        """Take a banner away; nothing happens when it is not there."""
        view = self._views.pop(key, None)
        if view is not None and view.isVisible() and self._hand.is_there:
            view.go_blank()
            self._blank.append(view)
            self._change()
        elif view is not None:
            self._take_away(view)
            self._change()

    def take_places(self, held: object) -> None:
        """What came has its room now, unless it is still `held`."""
        if not held:
            self._change()

    def banners(self) -> tuple[Banner, ...]:
        """All banners, oldest first, hidden ones included."""
        return tuple(view.banner for view in self._views.values())

    def showEvent(self, event: QShowEvent) -> None:
        """A pointer that they come to is not aimed at them."""
        super().showEvent(event)
        self._hand.forget()

    @property
    def newest(self) -> Banner | None:
        """The banner that was put last; None where there is none."""
        return next(reversed(self.banners()), None)

    @property
    def waiting(self) -> Banner | None:
        """The newest, while the hand keeps it from being shown; else None."""
        newest = next(reversed(self._views.values()), None)
        return newest.banner if newest in self._first() and newest.isHidden() else None

    def _change(self) -> None:
        """Others are to be shown; none of it under the hand."""
        if self._hand.is_there and self.isVisible():
            self._hand.await_()
            self._tell_waiting()
        else:
            self._settle()

    def _settle(self) -> None:
        self._hand.stop()
        while self._blank:
            self._take_away(self._blank.pop())
        self._show_newest()
        self._tell_waiting()

    def _tell_waiting(self) -> None:
        """One place that was left tells of it: the last."""
        for view in self._blank:
            view.tell(self.waiting if view is self._blank[-1] else None)
        self.waits.emit(self.waiting)

    def _take_away(self, view: BannerView) -> None:
        self._column.removeWidget(view)
        view.hide()
        view.deleteLater()

    def _dismiss(self, key: str) -> None:
        self.remove(key)
        self.dismissed.emit(key)

    def _show_newest(self) -> None:
        views = list(self._views.values())
        others = len(views) - _MOST_SHOWN
        self._whole = self._whole and others > 0
        first = self._first()
        if views and views[-1] in first and views[-1].isHidden() and self.isVisible() and self.keeps_still():
            views[-1].show()  # above the others, which stay as they are
            return
        for view in views:
            view.setVisible(self._whole or view in first)
        self._more.set_words(f"Show {_MOST_SHOWN} only" if self._whole else f"and {others:,} more")
        self._more.setVisible(others > 0)
        self.setVisible(bool(views))

    def _first(self) -> list[BannerView]:
        """Those that are shown where there are many."""
        newest = reversed(self._views.values())
        return sorted(newest, key=lambda view: view.banner.dismissible)[:_MOST_SHOWN]

    def _turn_over(self) -> None:
        self._whole = not self._whole
        self._settle()
