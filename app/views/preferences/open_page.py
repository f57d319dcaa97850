"""Tabs as high as the page that is open: who scrolls them sees no empty room below a short page.

One idea: Qt gives every page the height of the tallest. Not for which pages there are.
"""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from app.views.parts.fitting_tabs import FittingTabs
from app.views.style.theme import Theme


class OpenPage(FittingTabs):
    """Tabs that want the height of the page that is open; each page has a layout."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.currentChanged.connect(lambda _: self.updateGeometry())

    def tallest(self, width: int) -> int:
        """The height that they want with the tallest page open, in so much width."""
        pages = filter(None, map(self.widget, range(self.count())))
        heights = (_height(page, width) for page in pages)
        return self._around + max(heights, default=0)

    def hasHeightForWidth(self) -> bool:
        """What is said on a page needs more lines where there is less width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height that they want with the page that is open."""
        page = self.currentWidget()
        return self._around + (_height(page, width) if self.count() else 0)

    def sizeHint(self) -> QSize:
        """As wide as the widest page, and as high as the one that is open."""
        width = super().sizeHint().width()
        return QSize(width, self.heightForWidth(max(width, self.width())))

    def minimumSizeHint(self) -> QSize:
        """The same, in the width that there is."""
        return QSize(super().minimumSizeHint().width(), self.heightForWidth(self.width()))

    @property
    def _around(self) -> int:
        """The height of what is no page: the tabs, and the lines around."""
        stack = self.findChild(QStackedWidget)
        return super().sizeHint().height() - stack.sizeHint().height() if stack is not None else 0


def _height(page: QWidget, width: int) -> int:
    layout = page.layout()
    if layout is not None and layout.hasHeightForWidth():
        return layout.heightForWidth(width)
    return page.sizeHint().height()
