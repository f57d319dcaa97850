"""What somebody must have had before his eyes before he goes on.

One idea: a part of a scrolling sheet has been seen when all of it was painted, wherever it was scrolled to
meanwhile; another text in it is unseen again. Not for what follows from that: the sheet decides.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QRegion
from PySide6.QtWidgets import QWidget


class Sight(QObject):
    """Watches parts that say something. `changed`: one more of them has been seen, which is told in the
    middle of a painting.
    """

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._groups: dict[str, Sequence[tuple[QWidget, str]]] = {}
        self._painted: dict[tuple[QWidget, str], QRegion] = {}
        self._seen: set[str] = set()

    def watch(self, group: str, parts: Sequence[tuple[QWidget, str]]) -> None:
        """These parts with their texts must be seen, instead of those of the group before."""
        for part, _ in self._groups.get(group, ()):
            part.removeEventFilter(self)
        self._groups[group] = parts
        self._painted = {told: QRegion() for told in self._watched if told[1] not in self._seen}
        for part, text in parts:
            if text not in self._seen:
                part.installEventFilter(self)
                part.update()  # it may stand there as it was painted before

    @property
    def unseen(self) -> list[QWidget]:
        """The parts that nobody can have seen yet, in their order."""
        return [part for part, text in self._watched if text not in self._seen]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note what is painted."""
        if event.type() == QEvent.Type.Paint:
            for told in self._watched:
                if told[0] is watched:
                    self._note(*told)
        return False

    @property
    def _watched(self) -> list[tuple[QWidget, str]]:
        return [told for parts in self._groups.values() for told in parts]

    def _note(self, part: QWidget, text: str) -> None:
        if text in self._seen:
            return
        painted = self._painted[part, text].united(part.visibleRegion())
        self._painted[part, text] = painted
        if QRegion(part.rect()).subtracted(painted).isEmpty():
            self._seen.add(text)
            self.changed.emit()
