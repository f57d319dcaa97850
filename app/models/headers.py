"""The titles of columns, as Qt asks every model for them. Pure."""

from collections.abc import Sequence

from PySide6.QtCore import Qt


def header_data(titles: Sequence[str], section: int, orientation: Qt.Orientation, role: int) -> object:
    """What a model's `headerData` answers: the title of a column, at the left; None for all else."""
    if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(titles):
        return None
    if role == Qt.ItemDataRole.TextAlignmentRole:
        return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    return titles[section] if role == Qt.ItemDataRole.DisplayRole else None
