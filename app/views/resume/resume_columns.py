"""The Resume sheet as two columns, or as one where the window is narrow.

One idea: on the left stands what a person says and what is started, on the right what becomes of the state.
In one column, what should be checked stands above the command, where it is seen. Not for what the parts say
(`resume_sheet`).
"""

from PySide6.QtWidgets import QBoxLayout, QFrame, QVBoxLayout, QWidget

from app.views.parts.nesting import nest
from app.views.parts.sheet import MARGIN
from app.views.resume.resume_parts import CautionLines
from app.views.resume.resume_people import People
from app.views.resume.resume_start import StartSection
from app.views.style.theme import Theme

_LEFT_WIDTH = 376
_SIDE_BY_SIDE = 640  # what two fields beside each other need of the window
_DOWN, _UP = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.BottomToTop
_ACROSS = QBoxLayout.Direction.LeftToRight
_ANY = 16777215  # as wide as there is room


class ResumeColumns:
    """The columns in a body: the left one with these parts; `right` is filled by whoever makes them."""

    def __init__(
        self, theme: Theme, body: QWidget, people: People, start: StartSection, checks: CautionLines
    ) -> None:
        self._theme = theme
        self._people = people
        self._start = start
        self._checks = checks
        self._columns = QBoxLayout(_ACROSS, body)
        self._start_and_checks = QBoxLayout(_DOWN)
        self._line = QFrame()
        self._line.setObjectName("sheetLine")
        self._left = self._make_left()
        right, self.right = self._make_column()
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(0)
        self._columns.addWidget(self._left)
        self._columns.addWidget(self._line)
        self._columns.addWidget(right, 1)

    def set_narrow(self, narrow: bool, width: int) -> None:
        """Have one column or two, in so much room."""
        px = self._theme.px
        self._columns.setDirection(_DOWN if narrow else _ACROSS)
        self._start_and_checks.setDirection(_UP if narrow else _DOWN)
        (self._start if narrow else self._checks).raise_()  # the keyboard goes from one to the next, too
        self._people.set_side_by_side(narrow and width >= px(_SIDE_BY_SIDE))
        self._left.setMinimumWidth(0 if narrow else px(_LEFT_WIDTH))
        self._left.setMaximumWidth(_ANY if narrow else px(_LEFT_WIDTH))
        self._line.setFixedSize(_ANY, 1) if narrow else self._line.setFixedSize(1, _ANY)

    def _make_left(self) -> QWidget:
        left, column = self._make_column()
        column.setSpacing(self._theme.px(24))
        self._start_and_checks.setSpacing(self._theme.px(24))
        column.addWidget(self._people)
        for widget in (self._start, self._checks):
            self._start_and_checks.addWidget(widget)
        nest(column, self._start_and_checks)
        column.addStretch(1)
        return left

    def _make_column(self) -> tuple[QWidget, QVBoxLayout]:
        px, widget = self._theme.px, QWidget()
        column = QVBoxLayout(widget)
        column.setContentsMargins(px(MARGIN), px(18), px(MARGIN), px(18))
        column.setSpacing(px(8))
        return widget, column
