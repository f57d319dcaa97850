"""A sheet: a frame over a scrim inside the window, for a question that must be answered before work goes
on.

One idea: the window stays alive under a sheet (the list keeps growing, nothing is nested, nobody waits in
a loop of its own), while keys and clicks reach the sheet alone. Esc closes it, and closing never does
anything else. The body scrolls, head and foot stay, so that a sheet fits every window. Not for what a
sheet asks.
"""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QApplication,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QTabBar,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from app.values.fit_text import escaped
from app.views.keyboard import can_have_it
from app.views.parts.fields import is_typing
from app.views.parts.nesting import nest
from app.views.parts.row_table import BOXED
from app.views.parts.sheet_foot import SheetFoot
from app.views.parts.widgets import ElidedLabel, Glyph
from app.views.style.theme import Theme

MARGIN = 24
_LOW = 460
"""Pixels of the grid: where the window is lower, as a small one with large text, what is around gives way."""
_EDGES = 4
"""Pixels that the frame takes of both sides: its line, and the room beside it."""
_SCROLLING = {
    Qt.Key.Key_PageUp: QAbstractSlider.SliderAction.SliderPageStepSub,
    Qt.Key.Key_PageDown: QAbstractSlider.SliderAction.SliderPageStepAdd,
}


class Sheet(QWidget):
    """Head, scrolling body, foot. `closed` is emitted once, when the sheet goes; `help_wanted` by F1."""

    closed = Signal()
    help_wanted = Signal()

    def __init__(
        self, theme: Theme, window: QWidget, icon: str, title: str, subtitle: str, width: int
    ) -> None:
        """`width` is what the sheet wants; it gets at most the window's, less a margin."""
        super().__init__(window)
        self.theme = theme
        self._window = window
        self._wanted_width = width
        self._typed_into: QLineEdit | None = None
        self.before = _outside(QApplication.focusWidget() or window.focusWidget())
        """What has the keyboard when the sheet goes."""
        self.setAccessibleName(f"{title}, {subtitle}" if subtitle else title)
        self.frame = QFrame(self)
        self.frame.setObjectName("sheetFrame")
        self.body = QWidget()
        self.body.setObjectName("sheetBody")
        self._foot = SheetFoot(theme)
        self.foot = self._foot.line
        self._scroll = QScrollArea()
        self._lay_out(self._make_head(icon, title, subtitle))
        window.installEventFilter(self)
        self.body.installEventFilter(self)
        theme.changed.connect(self.update)

    def open_over(self, focus: QWidget) -> None:
        """Show the sheet over the window, with the keyboard on one of its controls."""
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()
        self.fit()
        focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_sheet(self) -> None:
        """Take the sheet away; the keyboard goes back to where it was."""
        self.hide()
        if self.before is not None and isValid(self.before) and self.before.isVisible():
            self.before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()
        self.deleteLater()

    def end_with(self, *buttons: QWidget) -> None:
        """Put the buttons that end the sheet at the right of its foot."""
        self.foot.addStretch(1)
        for button in buttons:
            self.foot.addWidget(button)

    def type_into(self, field: QLineEdit) -> None:
        """What is typed while the keyboard is on a button is meant for this field, and not lost."""
        self._typed_into = field

    def bring_into_sight(self, parts: Sequence[QWidget]) -> None:
        """Scroll to these parts of the body, to the first of them where not all have room."""
        for part in reversed(parts):
            self._scroll.ensureWidgetVisible(part)

    def set_one_column(self, narrow: bool) -> None:
        """For sheets with two columns: put them one below the other. Nothing here."""

    def fit(self) -> None:
        """Place the frame in the middle, no larger than the window allows."""
        px, low = self.theme.px, self.height() < self.theme.px(_LOW)
        margin = MARGIN // 3 if low else MARGIN
        room = self.rect().adjusted(margin, margin, -margin, -margin)
        narrow = self.width() < px(1200) and self._wanted_width > 720
        self.set_one_column(narrow)
        width = room.width() if narrow else min(px(self._wanted_width), room.width())
        self._close_up_head(low=low)
        self._foot.fit(width - 2)
        natural = self._natural_height(width)
        height = min(natural, room.height())
        area = QRect(0, 0, width, height)
        area.moveCenter(self.rect().center())
        if area != self.frame.geometry():
            self.frame.setGeometry(area)
            self.update()  # its soft edge reaches beyond what the frame leaves or takes
        # Beside a scroll bar lines are shorter, and may be one more: it would stay for its own sake.
        policy = Qt.ScrollBarPolicy
        whole = natural <= room.height()
        self._scroll.setVerticalScrollBarPolicy(
            policy.ScrollBarAlwaysOff if whole else policy.ScrollBarAsNeeded
        )

    # --- keys and mouse -------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Keys belong to the sheet: no shortcut of the window below it is heard."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() == QEvent.Type.LayoutRequest:
            self.fit()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes, F1 asks for the keys; pages that no control wanted scroll, and letters go on in the
        field that was named for them; everything else ends here.
        """
        if event.key() == Qt.Key.Key_Escape:
            self.close_sheet()
        elif event.key() == Qt.Key.Key_F1:
            self.help_wanted.emit()
        elif event.key() in _SCROLLING:
            self._scroll.verticalScrollBar().triggerAction(_SCROLLING[Qt.Key(event.key())])
        elif (field := self._typed_into) is not None and _can_take(field) and is_typing(event):
            field.setFocus(Qt.FocusReason.OtherFocusReason)
            field.insert(event.text())
            self._scroll.ensureWidgetVisible(field)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside the sheet does nothing, so that nothing typed is lost by it."""

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes round among the controls of the sheet.

        Not by Qt's focus chain: PySide takes each widget that it hands out for a child of the one that was
        asked, so it would count the window's own among the sheet's, and for deleted with it. And not when the
        sheet goes, where Qt asks, too: to look through all of it takes a frame, and nobody sees it any more.
        Qt asks as well when what has the keyboard is hidden or greyed: then no button gets it, which would be
        pressed by a key that was meant for another one.
        """
        if self.isHidden():
            return True
        controls = [control for control in _in_order(self.frame) if self._takes_focus(control)]
        now = QApplication.focusWidget()
        if now is not None and self.isAncestorOf(now) and not can_have_it(now):
            controls = [one for one in controls if not isinstance(one, QAbstractButton)] or controls
        if controls:
            place = controls.index(now) if now in controls else (-1 if forward else 0)
            found = controls[(place + (1 if forward else -1)) % len(controls)]
            reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
            found.setFocus(reason)
            self._scroll.ensureWidgetVisible(found)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's size, and what the body wants."""
        if watched is self.body and event.type() == QEvent.Type.LayoutRequest:
            QTimer.singleShot(0, self, self.fit)  # when its layout has taken notice, too
        if watched is self._window and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._window.rect())
            self.fit()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Dim the window; a soft edge lifts the frame."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.colors["scrim"])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for step in range(12):
            painter.setBrush(QColor(0, 0, 0, 5))
            grown = QRectF(self.frame.geometry()).adjusted(-2 * step, 4 - 2 * step, 2 * step, 4 + 2 * step)
            painter.drawRoundedRect(grown, 10 + 2 * step, 10 + 2 * step)

    # --- within ---------------------------------------------------------------------------------------------

    def _takes_focus(self, widget: QWidget) -> bool:
        if not widget.isVisibleTo(self) or not widget.isEnabled() or widget.focusProxy() is not None:
            return False  # one with a proxy would hand the keyboard back to where it came from
        return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)

    def _natural_height(self, width: int) -> int:
        layout = self.body.layout()
        inner = width - _EDGES
        body = layout.heightForWidth(inner) if layout and layout.hasHeightForWidth() else -1
        if body < 0:
            body = self.body.sizeHint().height()
        edges = filter(None, (self._head.parentWidget(), self._foot))
        return body + sum(map(_wanted_height, edges)) + _EDGES

    def _make_head(self, icon: str, title: str, subtitle: str) -> QFrame:
        px, head = self.theme.px, QFrame()
        head.setObjectName("sheetHead")
        words = QVBoxLayout()
        words.setSpacing(px(3))
        whole, below = ElidedLabel(self.theme, "title"), ElidedLabel(self.theme, "body", "muted")
        for label, text in ((whole, title), (below, subtitle)):
            label.set_whole(escaped(text))
            line = QHBoxLayout()
            line.addWidget(label)
            line.addStretch(1)
            nest(words, line)
        if not subtitle:
            below.hide()
        line = self._head = QHBoxLayout(head)
        line.setSpacing(px(16))
        line.addWidget(Glyph(self.theme, icon, "link", 24))
        nest(line, words, 1)
        return head

    def _close_up_head(self, *, low: bool) -> None:
        px = self.theme.px
        self._head.setContentsMargins(px(26), px(8 if low else 20), px(MARGIN), px(6 if low else 14))

    def _lay_out(self, head: QFrame) -> None:
        self._scroll.setObjectName("sheetScroll")
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.viewport().setAutoFillBackground(False)
        self._scroll.setWidget(self.body)
        whole = QVBoxLayout(self.frame)
        whole.setContentsMargins(1, 1, 1, 1)
        whole.setSpacing(0)
        whole.addWidget(head)
        whole.addWidget(self._scroll, 1)
        whole.addWidget(self._foot)


def _wanted_height(widget: QWidget) -> int:
    """What a layout gives it where there is room."""
    wanted = widget.sizeHint().expandedTo(widget.minimumSizeHint())
    return wanted.boundedTo(widget.maximumSize()).expandedTo(widget.minimumSize()).height()


def _in_order(widget: QWidget) -> Iterator[QWidget]:
    """What is inside a widget, as it was made; tabs come before their pages."""
    inside = [child for child in widget.children() if isinstance(child, QWidget)]
    for child in sorted(inside, key=lambda child: not isinstance(child, QTabBar)):
        yield child
        yield from _in_order(child)


def _can_take(field: QWidget) -> bool:
    return field.isVisible() and field.isEnabled()


def _outside(focus: QWidget | None) -> QWidget | None:
    """Where the keyboard goes back to: never into a sheet that this one takes the place of."""
    above = focus
    while above is not None:
        if isinstance(above, Sheet):
            return above.before
        above = above.parentWidget()
    return focus


def boxed(table: QWidget) -> QFrame:
    """A table with a line around it, as it stands in the body of a sheet."""
    box = QFrame()
    box.setObjectName("box")
    table.setProperty(BOXED, True)
    inside = QVBoxLayout(box)
    inside.setContentsMargins(1, 1, 1, 1)
    inside.addWidget(table)
    return box
