"""The preferences: pages of what a person sets once, in one sheet.

One idea: a page is a widget with a name, and knows nothing of the others; what is chosen there holds at once,
so that there is nothing to apply, and all of it can be taken back to how it was at the beginning. Not for
what the pages do.
"""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.exchange import Preferences
from app.views.parts.nesting import nest
from app.views.parts.remark import Remark
from app.views.parts.sheet import MARGIN, Sheet
from app.views.parts.widgets import Button
from app.views.preferences.appearance_page import AppearancePage
from app.views.preferences.folders_page import FoldersPage
from app.views.preferences.kept_page import KeptPage
from app.views.preferences.launchers_page import LaunchersPage
from app.views.preferences.log_page import LogPage
from app.views.preferences.open_page import OpenPage
from app.views.preferences.resume_page import ResumePage
from app.views.style.theme import Theme

_WIDTH = 880
_RESET = (
    "Colours, size of text, age, log and layout go back to how they were at the beginning. "
    "Folders, launchers and names stay."
)


class PreferencesSheet(Sheet):
    """Pages under tabs, a button that closes, and one that resets. `setting_chosen` carries a name and a
    value, `defaults_wanted` that everything is to be as at the beginning.
    """

    setting_chosen = Signal(object, object)
    defaults_wanted = Signal()

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(theme, window, "cog-outline", "Preferences", "", _WIDTH)
        self.setObjectName("preferencesSheet")
        self.launchers, self.folders = LaunchersPage(theme), FoldersPage(theme)
        self.appearance, self.resume, self.log = AppearancePage(theme), ResumePage(theme), LogPage(theme)
        self.kept = KeptPage(theme)
        self.pages = OpenPage(theme)
        self.reset = Button(theme, "Back to the defaults…", "restore", grand=True)
        self.really = Button(theme, "Back to the defaults", kind="danger")
        self._note = Remark(theme, "information-outline", "amber")
        self._note.setObjectName("whatGoesBack")
        self.close_button = Button(theme, "Close", grand=True)
        self.close_button.setObjectName("closeButton")
        self._lay_out_pages()
        self._connect()
        self._ask_reset(asked=False)

    @property
    def first(self) -> QWidget:
        """What has the keyboard when the sheet opens."""
        return self.pages.tabBar()

    def show_preferences(self, preferences: Preferences) -> None:
        """Show what is chosen."""
        for page in (self.appearance, self.resume, self.log):
            page.show_preferences(preferences)

    # --- within ---------------------------------------------------------------------------------------------

    def _natural_height(self, width: int) -> int:
        """The same for all pages, so that nothing moves from one to the other."""
        inner = width - 2
        return super()._natural_height(width) + self.pages.tallest(inner) - self.pages.heightForWidth(inner)

    def _lay_out_pages(self) -> None:
        px, bar = self.theme.px, self.pages.tabBar()
        self.pages.setAccessibleName("Preferences")
        bar.setDrawBase(False)
        bar.setExpanding(False)
        bar.setAccessibleName("Parts of the preferences")
        for name, page in {
            "Folders": self.folders, "Launchers": self.launchers, "Resume": self.resume,
            "History": self.kept, "Appearance": self.appearance, "Log": self.log,
        }.items():  # fmt: skip
            self._add_page(name, page)
        whole = QVBoxLayout(self.body)
        whole.setContentsMargins(0, 0, 0, px(12))
        whole.addWidget(self.pages)
        note = QVBoxLayout()
        note.setContentsMargins(px(MARGIN), 0, px(MARGIN), 0)
        note.addWidget(self._note)
        nest(whole, note)
        self.foot.addWidget(self.reset)
        self.foot.addWidget(self.really)
        self.end_with(self.close_button)

    def _add_page(self, name: str, page: QWidget) -> None:
        px, holder = self.theme.px, QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(px(MARGIN), px(18), px(MARGIN), px(6))
        column.addWidget(page)
        self.pages.addTab(holder, name)

    def _connect(self) -> None:
        for page in (self.appearance, self.resume, self.log):
            page.setting_chosen.connect(self.setting_chosen)
        self.pages.currentChanged.connect(lambda _: self._ask_reset(asked=False))
        self.close_button.clicked.connect(self.close_sheet)
        self.reset.clicked.connect(lambda: self._ask_reset(asked=True))
        self.really.clicked.connect(self._reset)

    def _ask_reset(self, *, asked: bool) -> None:
        self.reset.setVisible(not asked)
        self.really.setVisible(asked)
        self._note.say(_RESET if asked else "")
        if asked:
            self.really.setFocus(Qt.FocusReason.OtherFocusReason)
            QTimer.singleShot(0, self, self._show_note)  # when it has its place

    def _show_note(self) -> None:
        self._scroll.ensureWidgetVisible(self._note)

    def _reset(self) -> None:
        self.reset.show()
        self.reset.setFocus(Qt.FocusReason.OtherFocusReason)
        self._ask_reset(asked=False)
        self.defaults_wanted.emit()
