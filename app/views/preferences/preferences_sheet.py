"""The preferences: pages of what a person sets once, in one sheet.

One idea: a page is a widget with a name, and knows nothing of the others; what is chosen there holds at once,
so that there is nothing to apply. Not for what the pages do.
"""

from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from app.views.parts.sheet import MARGIN, Sheet
from app.views.parts.widgets import Button
from app.views.style.theme import Theme

_WIDTH = 880


class PreferencesSheet(Sheet):
    """Pages under tabs, and a button that closes."""

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(theme, window, "cog-outline", "Preferences", "", _WIDTH)
        self.setObjectName("preferencesSheet")
        self.pages = QTabWidget()
        self.pages.setAccessibleName("Preferences")
        self.pages.tabBar().setDrawBase(False)
        self.pages.tabBar().setExpanding(False)
        self.pages.tabBar().setFont(theme.font("strong"))
        self.pages.tabBar().setAccessibleName("Parts of the preferences")
        self.close_button = Button(theme, "Close", grand=True)
        self.close_button.setObjectName("closeButton")
        self.close_button.clicked.connect(self.close_sheet)
        whole = QVBoxLayout(self.body)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.pages)
        self.foot.addStretch(1)
        self.foot.addWidget(self.close_button)

    @property
    def first(self) -> QWidget:
        """What has the keyboard when the sheet opens."""
        return self.pages.tabBar()

    def add_page(self, name: str, page: QWidget) -> None:
        """One more page, at the end."""
        px, holder = self.theme.px, QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(px(MARGIN), px(18), px(MARGIN), px(18))
        column.addWidget(page)
        self.pages.addTab(holder, name)
