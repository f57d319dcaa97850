"""The sheet that shows what a run wrote over, to be done again.

One idea: each change with its tick, from what the run left to what it was to be; what is ticked becomes an
unsaved edit and nothing more. Not for saving.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.exchange import AgainRequest
from app.models.saving.changes import ChangesModel, spot_of
from app.session import last_part
from app.session_errands import ReplacedRead
from app.views.parts.remark import Remark
from app.views.parts.sheet import MARGIN, Sheet, boxed
from app.views.parts.widgets import Button
from app.views.saving.changes_table import ChangesTable
from app.views.style.theme import Theme

_WIDTH = 880
_MOST_ROWS = 10


class AgainSheet(Sheet):
    """`apply_requested` carries an AgainRequest."""

    apply_requested = Signal(object)

    def __init__(self, theme: Theme, window: QWidget, offer: ReplacedRead) -> None:
        whose = f"{offer.who}'s changes" if offer.who else "these changes"
        name = last_part(offer.errand.directory)
        super().__init__(theme, window, "history", f"The run saved over {whose}", name, _WIDTH)
        self.setObjectName("againSheet")
        self._offer = offer
        self._model = ChangesModel(self, ticks=True)
        self.table = ChangesTable(theme, self._model, "Changes that were saved over", most_rows=_MOST_ROWS)
        self.cancel = Button(theme, "Cancel", grand=True)
        self.apply = Button(theme, "Apply again", "redo", kind="primary", grand=True)
        self._fill()
        self._model.set_changes(
            offer.changes, with_launcher=len({one.namespace for one in offer.changes}) > 1
        )
        self._model.ticks_changed.connect(self._show_ready)
        self._show_ready()

    @property
    def first(self) -> QWidget:
        """What has the keyboard when the sheet opens."""
        return self.apply

    def _fill(self) -> None:
        px, whole = self.theme.px, QVBoxLayout(self.body)
        whole.setContentsMargins(px(MARGIN), px(18), px(MARGIN), px(20))
        whole.setSpacing(px(12))
        remark = Remark(self.theme, "information-outline")
        for widget in (boxed(self.table), remark):
            whole.addWidget(widget)
        remark.say("What is ticked becomes an unsaved edit. Nothing is saved before you save it.")
        whole.addStretch(1)
        self.foot.addStretch(1)
        for name, button in (("cancel", self.cancel), ("apply", self.apply)):
            button.setObjectName(f"{name}Button")
            self.foot.addWidget(button)
        self.cancel.clicked.connect(self.close_sheet)
        self.apply.clicked.connect(self._confirm)

    def _show_ready(self) -> None:
        count = len(self._model.ticked)
        self.apply.make_room(_words(1), _words(len(self._model.changes)))
        self.apply.set_words(_words(count))
        self.apply.setEnabled(count > 0)

    def _confirm(self) -> None:
        errand = self._offer.errand
        request = AgainRequest(errand.directory, errand.etag, frozenset(map(spot_of, self._model.ticked)))
        self.close_sheet()
        self.apply_requested.emit(request)


def _words(count: int) -> str:
    return "Apply 1 change again" if count == 1 else f"Apply {count:,} changes again"
