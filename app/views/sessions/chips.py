"""The chips below the filter: which sessions are kept by how they stand, and how many there are of each.

One idea: the words always fit. Where the counts do not, thousands are told as "12k", then all stands
closer, and the count of all, which the status bar tells too, goes first; the whole counts stand in the tool
tips. Not for which status belongs to which chip (`session_rows`).
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from app.models.sessions.session_rows import CHIPS, Chip
from app.views.parts.widgets import Button, polish
from app.views.style.painting import text_width
from app.views.style.theme import Theme

_WORDS: Mapping[Chip, str] = {
    "all": "All",
    "completed": "Completed",
    "running": "Running",
    "problems": "Problems",
    "other": "Other",
}
_MEANINGS: Mapping[Chip, str] = {
    "all": "All sessions",
    "completed": "Completed",
    "running": "Running, Finishing",
    "problems": "Failed, Interrupted, No saved state, Damaged, Needs newer Rigstate, Unavailable;"
    " and an unsaved state that was found",
    "other": "Checkpoint, Ready, Cleared, Moved, Being written",
}


class _How(NamedTuple):
    """How chips are shown. `sides` are the pixels beside their words, which are bold when one is chosen; a
    button measures them plain. `of_all`: the first one has its count.
    """

    text: Callable[[int], str]
    sides: int = 28
    between: int = 6
    of_all: bool = True

    @property
    def narrow(self) -> str:
        """How narrow, as the stylesheet says it."""
        return {28: "", 20: "true"}.get(self.sides, "most")


_HOW = (
    _How(lambda count: f"\u2002{count:,}"),
    _How(lambda count: f"\u2002{count:,}", 20),
    _How(lambda count: f"\u2002{_short(count)}", 20),
    _How(lambda count: f"\u2002{_short(count)}", 10),
    _How(lambda count: f" {_short(count)}", 10, 3),
    _How(lambda count: f" {_short(count)}", 10, 3, of_all=False),
    _How(lambda _count: "", 10, 3),
)
"""From much room to little."""


class ChipRow(QWidget):
    """One chip of all is chosen; `chosen` carries which."""

    chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._counts: Mapping[Chip, int] = {}
        self.buttons: dict[Chip, Button] = {}
        group = QButtonGroup(self)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(_HOW[0].between))
        for chip in CHIPS:
            button = self.buttons[chip] = Button(theme, _WORDS[chip], kind="chip")
            button.setCheckable(True)
            button.setChecked(chip == "all")
            button.clicked.connect(lambda _=False, one=chip: self.chosen.emit(one))
            group.addButton(button)
            line.addWidget(button)
        line.addStretch(1)

    @property
    def choice(self) -> Chip:
        """The chip that is chosen."""
        return next(chip for chip, button in self.buttons.items() if button.isChecked())

    def show_counts(self, counts: Mapping[Chip, int]) -> None:
        """Say how many sessions there are of each chip."""
        self._counts = counts
        for chip, button in self.buttons.items():
            count = counts.get(chip, 0)
            button.setToolTip(f"{_MEANINGS[chip]}: {count:,}")
        self._fit()
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """As wide as without counts."""
        return QSize(self._width(_HOW[-1]), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell counts as there is room for all of them."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        how = next((one for one in _HOW if self._width(one) <= self.width()), _HOW[-1])
        if (line := self.layout()) is not None:
            line.setSpacing(self._theme.px(how.between))
        for chip, button in self.buttons.items():
            button.set_words(self._text(chip, how))
            button.setAccessibleName(f"{_WORDS[chip]}, {self._counts.get(chip, 0):,} sessions")
            button.setFixedWidth(self._chip_width(chip, how))
            if button.property("narrow") != how.narrow:
                button.setProperty("narrow", how.narrow)
                polish(button)

    def _width(self, how: _How) -> int:
        between = self._theme.px(how.between) * (len(self.buttons) - 1)
        return sum(self._chip_width(chip, how) for chip in self.buttons) + between

    def _chip_width(self, chip: Chip, how: _How) -> int:
        return text_width(self._text(chip, how), self._theme.font("strong")) + self._theme.px(how.sides)

    def _text(self, chip: Chip, how: _How) -> str:
        told = how.of_all or chip != "all"
        return f"{_WORDS[chip]}{how.text(self._counts.get(chip, 0)) if told else ''}"


def _short(count: int) -> str:
    """A number in four characters at the most, up to a million."""
    if count < 1000:
        return str(count)
    return f"{count / 1000:.1f}k" if count < 9950 else f"{count / 1000:.0f}k"
