"""A text in a few lines, as much of it as they hold; the whole stands in the tool tip.

One idea: where lines break is decided here, so that as many are there as were promised, whatever the width.
Not for one line (`widgets.ElidedLabel`).
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy

from app.views.parts.widgets import LONGEST, Label
from app.views.style.theme import Theme
from app.words.plain import tip


class FewLines(Label):
    """It gives way to whatever stands beside it, and is `lines` high. `fitted`: it has another width."""

    fitted = Signal()

    def __init__(self, theme: Theme, text: str, lines: int) -> None:
        super().__init__(theme, "", "body")
        self._whole = text[:LONGEST]
        self._lines = lines
        self.is_cut = False
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        """As high as its lines, whether all are needed or not."""
        metrics = self.fontMetrics()
        return QSize(metrics.averageCharWidth() * 20, metrics.lineSpacing() * self._lines)

    def minimumSizeHint(self) -> QSize:
        """Almost no width."""
        return QSize(self.fontMetrics().averageCharWidth() * 4, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the text to the new width."""
        super().resizeEvent(event)
        lines = broken(self._whole, self.font(), self.contentsRect().width(), self._lines)
        self.is_cut = lines[-1].endswith("…") and not self._whole.endswith(lines[-1])
        self.setText("\n".join(lines))
        self.setToolTip(tip(self._whole if self.is_cut else ""))
        self.fitted.emit()


def broken(text: str, font: QFont, width: int, most: int) -> list[str]:
    """The text in lines of this width in pixels, `most` of them; the last is cut where more is to come."""
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    starts = list[int]()
    layout.beginLayout()
    while len(starts) <= most and (line := layout.createLine()).isValid():
        line.setLineWidth(max(1, width))
        starts.append(line.textStart())
    layout.endLayout()
    whole = [text[start:end].rstrip() for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
    if len(whole) <= most:
        return whole or [""]
    rest = QFontMetrics(font).elidedText(text[starts[most - 1] :], Qt.TextElideMode.ElideRight, width)
    return [*whole[: most - 1], rest]
