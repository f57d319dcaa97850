"""The foot of a sheet: its buttons in a line, and what is said beside them.

One idea: no button is ever cut. Where buttons and words do not fit beside each other, in large text, the
words go into a line of their own above the buttons, and if that is not enough, the first button with them.
Not for which buttons there are: each sheet has its own.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.views.parts.nesting import nest
from app.views.style.theme import Theme

_MARGIN, _HEIGHT = 24, 64


class SheetFoot(QFrame):
    """A sheet puts its buttons and words into `line`."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("sheetFoot")
        self.setMinimumHeight(theme.px(_HEIGHT))
        self.line, self._above = QHBoxLayout(), QHBoxLayout()
        self._aside: list[tuple[int, int, QWidget]] = []
        self._air = QWidget(
            self
        )  # in the place of words that have gone, which pushed the buttons to the right
        self._air.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._air.hide()
        for layout in (self._above, self.line):
            layout.setSpacing(theme.px(8))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(theme.px(_MARGIN), theme.px(8), theme.px(_MARGIN), theme.px(8))
        whole.setSpacing(theme.px(6))
        nest(whole, self._above)
        nest(whole, self.line)

    def fit(self, width: int) -> None:
        """Make do with so many pixels."""
        parts = sorted(self._parts(), key=self._place)
        words = [one for one in parts if not isinstance(one, QAbstractButton)]
        buttons = [one for one in parts if isinstance(one, QAbstractButton) and not one.isHidden()]
        aside: list[QWidget] = []
        if self._width_of(parts) > width:
            aside = words if self._width_of(buttons) <= width else [*buttons[:1], *words]
        if aside != [one for *_, one in self._aside]:
            self._put_back()
            self._put_aside(aside)

    def _parts(self) -> list[QWidget]:
        return [one for one in self.children() if isinstance(one, QWidget) and one is not self._air]

    def _place(self, part: QWidget) -> int:
        """Where a part stands in the line, or stood."""
        stood = (place for place, _, one in self._aside if one is part)
        return next(stood, self.line.indexOf(part))

    def _width_of(self, parts: Sequence[QWidget]) -> int:
        """What those that can be seen take in one line."""
        seen, px = [one for one in parts if not one.isHidden()], self._theme.px
        return sum(one.sizeHint().width() for one in seen) + px(2 * _MARGIN + 8 * len(seen))

    def _put_aside(self, parts: Sequence[QWidget]) -> None:
        places = [(self.line.indexOf(one), one) for one in parts]
        self._aside = [(place, self.line.stretch(place), one) for place, one in places]
        for _, stretch, one in self._aside:
            self.line.removeWidget(one)
            self._above.addWidget(one, stretch)
        words = [place for place, _, one in self._aside if not isinstance(one, QAbstractButton)]
        if words:
            gone_before = sum(place < words[0] for place, *_ in self._aside)
            self.line.insertWidget(words[0] - gone_before, self._air, 1)
            self._air.show()

    def _put_back(self) -> None:
        aside, self._aside = self._aside, []
        self.line.removeWidget(self._air)
        self._air.hide()
        for place, stretch, one in sorted(aside, key=lambda told: told[0]):
            self._above.removeWidget(one)
            self.line.insertWidget(place, one, stretch)
