"""Banners: one sentence and its buttons above the list, never modal, never in the way of what is typed.

One idea: a banner is a value with a key; the same key replaces it. What a button means is its action key,
and whoever put the banner there knows what to do. While the hand is on them none comes, and one that goes
leaves its place without buttons, unless it was dismissed, or a button of it was pressed: then all that is
left has its place at once, and a second press there reaches nothing for a moment. The newest that waits is
told in a place that was left, and to whoever hears `waits`. Not for what must be answered before work goes
on: that is a sheet.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QCursor, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.values.fit_text import escaped
from app.views.parts.announcing import announce
from app.views.parts.banner_view import BannerView
from app.views.parts.hand import REST_MS, Hand
from app.views.parts.second_press import SecondPress
from app.views.parts.widgets import Button
from app.views.style.theme import Theme

if TYPE_CHECKING:
    from app.exchange import Banner

_MOST_SHOWN = 2
_SHARE = 0.2
"""Of the room for the panes and the banners above them; where these would take more, they are folded."""


class BannerBar(QWidget):
    """All banners, the newest at the top; of many, the newest and one that waits for an answer, else one that
    asks for one or says that something failed, else the next, and how many more there are: that button shows
    them all, and only two again. `waits` carries the newest while the hand keeps it from being shown, else
    None. `rest` is in milliseconds; `pointer` says where that is. While `keeps_still`, none that comes takes
    the place of another, until `take_places`. `room` is how high all is of which they take their part: where
    that would be too much, each is folded, and there is the newest, with the first of those before it.
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
        self._theme, self._pointer = theme, pointer
        self._views: dict[str, BannerView] = {}
        self._blank: list[BannerView] = []
        self._pressed = ""
        self._hand = Hand(self, rest=rest, pointer=pointer)
        self._hand.gone.connect(self._settle)
        self._whole = False
        self.keeps_still: Callable[[], bool] = lambda: False
        self.room: Callable[[], int] = lambda: 2**24
        self._folded = False
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
        view.action_chosen.connect(self._take_press)
        view.dismissed.connect(self._dismiss)
        view.unfolded.connect(self._turn_over)
        self._views[banner.key] = view
        self._column.insertWidget(0, view)
        view.hide()
        self._change()
        announce(view, f"Notice: {escaped(banner.text)}", urgent=banner.hue == "vermilion")

    def remove(self, key: str) -> None:
        """Take a banner away; nothing happens when it is not there."""
        view = self._views.pop(key, None)
        if view is None:
            return
        if key == self._pressed:
            self._take_asked(view)
        elif view.isVisible() and self._hand.is_there:
            view.go_blank()
            self._blank.append(view)
            self._change()
        else:
            self._take_away(view)
            self._change()

    def take_places(self, held: object) -> None:
        """What came has its room now, unless it is still `held`."""
        if not held:
            self._change()

    def fit(self) -> None:
        """The room, or the width, or the size of text, is another one."""
        self._show_newest()

    def banners(self) -> tuple[Banner, ...]:
        """All banners, oldest first, hidden ones included."""
        return tuple(view.banner for view in self._views.values())

    def showEvent(self, event: QShowEvent) -> None:
        """A pointer that they come to is not aimed at them."""
        super().showEvent(event)
        self._hand.forget()

    def leaveEvent(self, event: QEvent) -> None:
        """Whoever comes back aims anew: what was pressed has led to what it leads to, maybe nothing."""
        super().leaveEvent(event)
        self._pressed = ""

    @property
    def newest(self) -> Banner | None:
        """The banner that was put last; None where there is none."""
        return next(reversed(self.banners()), None)

    @property
    def waiting(self) -> Banner | None:
        """The newest, while the hand keeps it from being shown; else None."""
        newest = next(reversed(self._views.values()), None)
        if newest is None:
            return None
        shown = self._few() if self._folded else self._first()
        return newest.banner if newest in shown and newest.isHidden() else None

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

    def _take_press(self, key: str, action: object) -> None:
        self._pressed = key if self._hand.is_there else ""
        self.action_chosen.emit(key, action)

    def _dismiss(self, key: str) -> None:
        self._take_asked(self._views.pop(key))
        self.dismissed.emit(key)

    def _take_asked(self, view: BannerView) -> None:
        """It goes at once, because somebody asked for it; only a second press there has to wait."""
        self._pressed = ""
        if self._hand.is_there:
            SecondPress(self.window(), self._pointer())
        self._take_away(view)
        self._settle()

    def _show_newest(self) -> None:
        views = list(self._views.values())
        self._folded = self._take_too_much()
        shown = self._few() if self._folded else self._first()
        others = len(views) - len(shown)
        self._whole = self._whole and (others > 0 or any(view.is_cut for view in shown))
        if views and views[-1] in shown and views[-1].isHidden() and self.isVisible() and self.keeps_still():
            views[-1].fold(self._folded)
            views[-1].show()  # above the others, which stay as they are
            return
        saying = min(shown, key=lambda view: len(view.banner.text), default=None)  # it has most room for it
        for view in views:
            more = _more(others) if view is saying else ""
            view.fold(self._folded and not self._whole, more, alone=not others)
            view.setVisible(self._whole or view in shown)
        fewer = f"Show {len(shown)} only" if others else "Show less"
        self._more.set_words(fewer if self._whole else _more(others))
        self._more.setVisible(self._whole or (others > 0 and not self._folded))
        side = self._theme.px(8)
        edge = self._theme.px(4) if self._folded and not self._whole else side
        self._column.setContentsMargins(side, edge, side, edge)
        self.setVisible(bool(views))

    def _take_too_much(self) -> bool:
        """Whether the panes would be left with too little, if all were told that is told in much room."""
        width, gap = self.width() - 2 * self._theme.px(8), self._theme.px(6)
        heights = [view.height_of_all(width) + gap for view in self._first()]
        heights += [self._more.sizeHint().height()] if len(self._views) > _MOST_SHOWN else []
        return bool(heights) and sum(heights) + self._theme.px(10) > self.room() * _SHARE

    def _few(self) -> list[BannerView]:
        """Those that are shown where there is little room."""
        first = self._first()
        return [*first[:1], *(one for one in first[1:] if _rank(one) < _rank(first[0]))]

    def _first(self) -> list[BannerView]:
        """Those that are shown where there are many: what was just done is told, whatever else waits."""
        views = [*reversed(self._views.values())]
        return [*views[:1], *sorted(views[1:], key=_rank)[: _MOST_SHOWN - 1]]

    def _turn_over(self) -> None:
        self._whole = not self._whole
        self._settle()


def _rank(view: BannerView) -> int:
    """Those that wait for an answer first, then those that ask for one, or say that something failed."""
    banner = view.banner
    return 0 if not banner.dismissible else 1 if banner.asks or banner.hue == "vermilion" else 2


def _more(others: int) -> str:
    """How many more there are; empty for none."""
    return f"and {others:,} more" if others else ""
