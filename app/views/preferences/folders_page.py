"""The page of the preferences with the watched folders: which are trusted, and which are for viewing only.

One idea: what may be done to a folder is one choice, seen in one place, and can be changed at any time. Not
for watching folders.
"""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.exchange import FolderTrust, Trust
from app.values.edit_text import escaped
from app.views.parts.fields import ComboBox
from app.views.parts.widgets import ElidedLabel, Label
from app.views.style.theme import Theme

_WORDS: dict[Trust, str] = {
    "trusted": "Trusted",
    "view_only": "View only",
    "unasked": "Not decided",
}
_EXPLAINED = "In a folder that is view-only nothing is written, cleared or resumed; it is only looked at."


class FoldersPage(QWidget):
    """`trust_chosen` carries (folder, Trust)."""

    trust_chosen = Signal(object, object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._rows = QVBoxLayout()
        self.boxes: dict[str, ComboBox] = {}
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.px(10))
        whole.addWidget(Label(theme, "Watched folders", "section"))
        whole.addWidget(Label(theme, _EXPLAINED, "small", "muted", wrap=True))
        whole.addLayout(self._rows)
        whole.addStretch(1)

    def show_folders(self, folders: Sequence[FolderTrust]) -> None:
        """Show these."""
        if not folders:
            self._rows.addWidget(Label(self._theme, "No folder is watched.", tone="muted"))
        for folder in folders:
            self._rows.addWidget(self._row(folder))

    def _row(self, folder: FolderTrust) -> QWidget:
        whole, box = QWidget(), ComboBox(self._theme, f"What may be done in {escaped(folder.path)}")
        line = QHBoxLayout(whole)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(self._theme.px(12))
        path = ElidedLabel(self._theme)
        path.set_whole(escaped(folder.path))
        line.addWidget(path)
        line.addStretch(1)
        kinds: list[Trust] = ["trusted", "view_only", *(("unasked",) if folder.trust == "unasked" else ())]
        box.addItems([_WORDS[kind] for kind in kinds])
        box.setCurrentIndex(kinds.index(folder.trust))
        box.setFixedWidth(self._theme.px(140))
        box.currentIndexChanged.connect(lambda at: self.trust_chosen.emit(folder.path, kinds[at]))
        line.addWidget(box)
        self.boxes[folder.path] = box
        return whole
