"""The head of the list of sessions: its arrow points up where values rise downwards.

One idea: operators know the arrow from file managers and spreadsheets, where ▲ stands for A to Z; Fusion
draws it the other way. It is turned in what the style is told, so that it looks as the style draws it. Not
for sorting.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QStyleOptionHeader, QWidget

_Arrow = QStyleOptionHeader.SortIndicator
_TURNED = {_Arrow.SortDown: _Arrow.SortUp, _Arrow.SortUp: _Arrow.SortDown}


class SortHeader(QHeaderView):
    """A horizontal head whose sections can be clicked."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(True)

    def initStyleOptionForIndex(self, option: QStyleOptionHeader, section: int) -> None:
        """Turn the arrow."""
        super().initStyleOptionForIndex(option, section)
        option.sortIndicator = _TURNED.get(option.sortIndicator, option.sortIndicator)
