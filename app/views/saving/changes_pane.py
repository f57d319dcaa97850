"""The Changes tab: what was edited in the selected session and is not saved.

One idea: the same lines as in the sheet before saving, to be gone through one by one: Enter or a double click
goes to the attribute, ⟲ or Delete takes the change back. Not for saving.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.editing.draft import Draft
from app.models.saving.changes import ChangesModel
from app.views.parts.message_page import MessagePage, Notice
from app.views.parts.widgets import Button
from app.views.saving.changes_table import ChangesTable
from app.views.style.theme import Theme


class ChangesPane(QStackedWidget):
    """The table, or a sentence while there is nothing in it. Both signals carry a Change.

    The window connects `check`, the button below the table.
    """

    attribute_chosen = Signal(object)
    take_back_requested = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._model = ChangesModel(self, take_back=True)
        self.view = ChangesTable(theme, self._model, "Unsaved edits")
        self.view.setObjectName("changesView")
        self._nothing = MessagePage(theme)
        self._nothing.say(
            "No unsaved edits", "What you edit in the State tab is listed here until it is saved."
        )
        self._away = Notice(theme)
        self.check = Button(theme, "Check with the launcher…", "clipboard-check-outline", kind="link")
        self._page = self._make_page(theme)
        self.addWidget(self._nothing)
        self.addWidget(self._page)
        self.view.opened.connect(lambda row: self.attribute_chosen.emit(self._model.changes[row]))
        self.view.take_back_requested.connect(
            lambda row: self.take_back_requested.emit(self._model.changes[row])
        )

    def show_draft(self, draft: Draft | None) -> None:
        """Show the unsaved edits of a session, over what the disk holds now; None for none."""
        shown = draft.shown if draft else None
        launchers = shown.document.namespaces if shown else ()
        self._model.set_changes(shown.changes if shown else (), with_launcher=len(launchers) > 1)
        self.setCurrentWidget(self._page if self._model.changes else self._nothing)

    def show_away(self, sentence: str) -> None:
        """Say above the edits why none can be saved now: their folder cannot be reached ("": it can)."""
        self._away.say(f"{sentence} What you edit is kept until it can be saved." if sentence else "")

    def _make_page(self, theme: Theme) -> QWidget:
        page, strip = QWidget(), QFrame()
        strip.setObjectName("strip")
        line = QHBoxLayout(strip)
        line.setContentsMargins(theme.px(4), theme.px(3), theme.px(12), theme.px(3))
        line.addWidget(self.check)
        line.addStretch(1)
        whole = QVBoxLayout(page)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._away)
        whole.addWidget(self.view, 1)
        whole.addWidget(strip)
        return page
