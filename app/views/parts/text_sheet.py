"""Sheets that only tell something: what this program is.

One idea: a list of pairs, the first of each standing out. Not for questions.
"""

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QWidget

from app.views.parts.sheet import MARGIN, Sheet
from app.views.parts.widgets import Button, Label
from app.views.style.theme import Theme


class TextSheet(Sheet):
    """Pairs of texts in two columns, and a button that closes."""

    def __init__(
        self, theme: Theme, window: QWidget, icon: str, title: str, pairs: Sequence[tuple[str, str]]
    ) -> None:
        super().__init__(theme, window, icon, title, "", 560)
        px, grid = theme.px, QGridLayout(self.body)
        grid.setContentsMargins(px(MARGIN), px(16), px(MARGIN), px(16))
        grid.setHorizontalSpacing(px(24))
        grid.setVerticalSpacing(px(8))
        grid.setColumnStretch(1, 1)
        for row, (first, second) in enumerate(pairs):
            grid.addWidget(Label(theme, first, "strong"), row, 0)
            grid.addWidget(Label(theme, second, wrap=True), row, 1)
        grid.setRowStretch(len(pairs), 1)
        self.close_button = Button(theme, "Close", grand=True)
        self.close_button.clicked.connect(self.close_sheet)
        self.end_with(self.close_button)

    @property
    def first(self) -> QWidget:
        """What has the keyboard when the sheet opens."""
        return self.close_button
