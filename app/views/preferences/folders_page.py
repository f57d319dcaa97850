"""The page of the preferences with the watched folders: which there are, which are trusted, how each is
watched.

One idea: what may be done to a folder is one choice, seen in one place, and can be changed at any time. Not
for one folder (`folder_card`), nor for watching.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from app.exchange import FolderTrust
from app.views.parts.nesting import nest
from app.views.parts.widgets import Button, Label
from app.views.preferences.folder_card import FolderCard
from app.views.style.theme import Theme
from app.watch_exchange import WatchedFolder

_TRUSTED = "In a folder that is view-only nothing is written, cleared or resumed; it is only looked at."
_NETWORK = (
    "When another computer changes something in a shared folder, this one is not told. So a shared folder is "
    "looked at every few seconds: by itself where the system knows that it is shared, else where you say so."
)


class FoldersPage(QWidget):
    """Its cards' signals, and `add_wanted`."""

    trust_chosen = Signal(object, object)
    network_chosen = Signal(object, object)
    stop_chosen = Signal(object)
    add_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._column = QVBoxLayout()
        self._column.setSpacing(theme.px(8))
        self.cards: dict[str, FolderCard] = {}
        self._nothing = Label(theme, "No folder is watched.", tone="muted")
        self.add = Button(theme, "Watch a folder…", "folder-plus-outline")
        self.add.clicked.connect(self.add_wanted)
        self._why = Label(theme, "", "small", "muted", wrap=True)
        whole, line = QVBoxLayout(self), QHBoxLayout()
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.px(10))
        whole.addWidget(Label(theme, "Watched folders", "section"))
        whole.addWidget(self._nothing)
        nest(whole, self._column)
        line.addWidget(self.add)
        line.addWidget(self._why, 1)
        nest(whole, line)
        for words in (_TRUSTED, _NETWORK):
            whole.addWidget(Label(theme, words, "small", "muted", wrap=True))
        whole.addStretch(1)

    def say_why_no_more(self, why: str) -> None:
        """No more folders can be watched, and that is why ("": they can)."""
        self.add.setEnabled(not why)
        self._why.setText(why)

    def show_folders(self, trusts: Sequence[FolderTrust], watched: Sequence[WatchedFolder]) -> None:
        """Show the folders of the first, with what the second knows of them."""
        known = {folder.path: folder for folder in watched}
        wanted = [one.path for one in trusts]
        for path in [path for path in self.cards if path not in wanted]:
            self._take_away(path)
        for one in trusts:
            card = self.cards.get(one.path) or self._make(one.path)
            card.show_trust(one.trust)
            card.show_watched(known.get(one.path, WatchedFolder(one.path)))
        self._nothing.setVisible(not trusts)

    # --- within ---------------------------------------------------------------------------------------------

    def _make(self, path: str) -> FolderCard:
        card = self.cards[path] = FolderCard(self._theme, path)
        card.trust_chosen.connect(self.trust_chosen)
        card.network_chosen.connect(self.network_chosen)
        card.stop_chosen.connect(self.stop_chosen)
        self._column.addWidget(card)
        return card

    def _take_away(self, path: str) -> None:
        """The keyboard does not go with the card."""
        card = self.cards.pop(path)
        if card.isAncestorOf(QApplication.focusWidget() or self):
            self.add.setFocus(Qt.FocusReason.OtherFocusReason)
        self._column.removeWidget(card)
        card.hide()
        card.deleteLater()
