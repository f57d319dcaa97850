"""What Qt asks every model in the same way: by an index, and for the titles of columns. Pure."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
"""By which a model is asked for a cell."""


def header_data(titles: Sequence[str], section: int, orientation: Qt.Orientation, role: int) -> object:
    """What a model's `headerData` answers: the title of a column, at the left; None for all else."""
    if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(titles):
        return None
    if role == Qt.ItemDataRole.TextAlignmentRole:
        return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    return titles[section] if role == Qt.ItemDataRole.DisplayRole else None
