"""A window that was built for one size of text, made fit for another one while it is open.

One idea: every length in the window came from the spacing grid, grown with the size of text (`Theme.px`), so
it can be led back to the grid and grown anew; nobody has to be told what he was built with. What lays itself
out by its width does so again. From 100 % on, rounding hides no length of the grid, so that nothing drifts
however often the size is changed.

Not for what the theme is asked for at each painting, nor for the stylesheet: both follow by themselves.
"""

from dataclasses import dataclass

from PySide6.QtCore import QMargins, QSize, Qt
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QHeaderView,
    QLabel,
    QLayout,
    QLineEdit,
    QToolBar,
    QTreeView,
    QWidget,
)

_UNLIMITED = (1 << 24) - 1  # QWIDGETSIZE_MAX
_FONT_OF_ITS_OWN = Qt.WidgetAttribute.WA_SetFont
_LINE = 1  # pixel: of a border, which is as thin at every size


@dataclass(frozen=True, slots=True)
class Rescaling:
    """From one scale to another; both are 1 or more."""

    before: float
    after: float

    def length(self, pixels: int) -> int:
        """A length of the grid, as it is now, at the new scale. Lines and what has no limit stay."""
        if pixels <= _LINE or pixels >= _UNLIMITED:
            return pixels
        return round(round(pixels / self.before) * self.after)

    def size(self, size: QSize) -> QSize:
        """Both lengths."""
        return QSize(self.length(size.width()), self.length(size.height()))

    def margins(self, margins: QMargins) -> QMargins:
        """All four lengths."""
        left, top, right, bottom = margins.left(), margins.top(), margins.right(), margins.bottom()
        return QMargins(self.length(left), self.length(top), self.length(right), self.length(bottom))

    def rescale(self, window: QWidget) -> None:
        """Change fonts, sizes, margins and gaps of everything in a window, but for the size of the window."""
        for widget in (window, *window.findChildren(QWidget)):
            if widget.testAttribute(_FONT_OF_ITS_OWN):
                _rescale_font(widget, self)
            if not widget.isWindow():
                _rescale_limits(widget, self)
            _rescale_parts(widget, self)
        for layout in window.findChildren(QLayout):
            _rescale_layout(layout, self)

    def lay_out_again(self, window: QWidget) -> None:
        """Then let everything in it do again what it does when it gets another width."""
        for widget in (window, *window.findChildren(QWidget)):
            QApplication.sendEvent(widget, QResizeEvent(widget.size(), widget.size()))


def measure_again(widget: QWidget) -> None:
    """Forget what all inside needed at the least: Qt does so by itself for what can be seen, but a tab that
    cannot goes on to claim for the whole side what it needed when it was shown last.
    """
    for inside in widget.findChildren(QWidget):
        inside.updateGeometry()
    for layout in widget.findChildren(QLayout):
        layout.invalidate()
    widget.updateGeometry()


def _rescale_font(widget: QWidget, how: Rescaling) -> None:
    font = QFont(widget.font())
    if font.pixelSize() > 0:
        font.setPixelSize(how.length(font.pixelSize()))
        widget.setFont(font)


def _rescale_limits(widget: QWidget, how: Rescaling) -> None:
    least, most = how.size(widget.minimumSize()), how.size(widget.maximumSize())
    widget.setMinimumSize(0, 0)  # else it could be more than the new maximum, for a moment
    widget.setMaximumSize(most)
    widget.setMinimumSize(least)


def _rescale_parts(widget: QWidget, how: Rescaling) -> None:
    """What only some kinds of widgets have."""
    match widget:
        case QAbstractButton() | QToolBar():
            widget.setIconSize(how.size(widget.iconSize()))
        case QLabel():
            widget.setMargin(how.length(widget.margin()))
        case QLineEdit():
            widget.setTextMargins(how.margins(widget.textMargins()))
        case QHeaderView():
            widget.setMinimumSectionSize(how.length(widget.minimumSectionSize()))
            widget.setDefaultSectionSize(how.length(widget.defaultSectionSize()))
        case QTreeView():
            widget.setIndentation(how.length(widget.indentation()))


def _rescale_layout(layout: QLayout, how: Rescaling) -> None:
    """Not the gaps that are items of their own (`addSpacing`): PySide goes on to know an item that it was
    once asked for, and takes the next layout at that place of memory for it.
    """
    layout.setContentsMargins(how.margins(layout.contentsMargins()))
    layout.setSpacing(how.length(layout.spacing()))
