"""What is unusual among changes that are about to count: said in a sheet, beside the changes.

One idea: the hint that was given while somebody typed is given again where it matters, in the same words and
with the name of the attribute before them. Never a refusal: nothing waits for it. Not for what is unusual
(`app.values.usual`), nor for asking (`app.views.trend.unusual_edits`).
"""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.views.parts.remark import Remark
from app.views.style.theme import Theme
from persistence.states.diff import Change

_MOST = 4
"""Lines; of more only their number is told."""


class UnusualPart(QWidget):
    """Hidden until there is something to say. `changed`: hints for other changes are wanted; `said` carries
    the lines that are shown, as pairs of a widget and its text.
    """

    changed = Signal()
    said = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.changes: tuple[Change, ...] = ()
        self._remarks = [Remark(theme, "alert", "amber") for _ in range(_MOST)]
        self._more = Remark(theme, "alert", "amber")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        for remark in (*self._remarks, self._more):
            column.addWidget(remark)
        self.hide()

    def want(self, changes: Sequence[Change]) -> None:
        """These changes are about to count."""
        self.changes = tuple(changes)
        self.changed.emit()

    def say(self, hints: Sequence[str]) -> None:
        """Show one line for each hint."""
        for row, remark in enumerate(self._remarks):
            remark.say(hints[row] if row < len(hints) else "")
        rest = len(hints) - _MOST
        self._more.say(f"and {rest:,} more that are unusual" if rest > 0 else "")
        self.setVisible(bool(hints))
        self.said.emit(list(zip(self._remarks, hints, strict=False)))
