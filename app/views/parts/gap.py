"""Room between two widgets, more than the layout leaves by itself.

One idea: a widget, and not the layout's own kind of gap, because only a widget follows the size of text. Not
for what goes with its sheet.
"""

from PySide6.QtWidgets import QWidget

from app.views.style.theme import Theme


class Gap(QWidget):
    """As high as `pixels` of the grid."""

    def __init__(self, theme: Theme, pixels: int) -> None:
        super().__init__()
        self.setFixedHeight(theme.px(pixels))
