"""One watched folder among the preferences: what may be done there, how it is watched, how to stop it.

One idea: what is known of a folder changes while one looks at it, so a card is told again and again, and
keeps the keyboard meanwhile. Not for the page around it (`folders_page`).
"""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from app.exchange import TrustState
from app.values.fit_text import escaped
from app.views.parts.choices import Tick
from app.views.parts.fields import ComboBox
from app.views.parts.nesting import nest
from app.views.parts.widgets import Button, ElidedLabel, Glyph, Label
from app.views.style.theme import Theme
from app.watch_exchange import WatchedFolder
from app.words.plain import breakable
from app.words.watch_texts import tone_of, watched_text

TRUST_WORDS: Mapping[TrustState, str] = {
    "trusted": "Trusted",
    "view_only": "View only",
    "unasked": "Not decided",
}


class FolderCard(QFrame):
    """`trust_chosen` carries (folder, TrustState), `network_chosen` (folder, bool), `stop_chosen` the
    folder.
    """

    trust_chosen = Signal(object, object)
    network_chosen = Signal(object, object)
    stop_chosen = Signal(object)

    def __init__(self, theme: Theme, path: str) -> None:
        super().__init__()
        self._theme = theme
        self._path = path
        self._kinds: list[TrustState] = []
        self.setObjectName("card")
        self.setAccessibleName(f"Watched folder {escaped(path)}")
        self.trust = ComboBox(theme, f"What may be done in {escaped(path)}")
        self.network = Tick(theme, "Treat as a network folder")
        self.network.setAccessibleName(f"Treat {escaped(path)} as a network folder")
        self.stop = Button(theme, "Stop watching", "close")
        self.stop.setAccessibleName(f"Stop watching {escaped(path)}")
        self.how = Label(theme, "", "small", "muted", wrap=True)
        self._dot = Glyph(theme, "circle", "muted", 10)
        self._lay_out()
        self.trust.activated.connect(lambda at: self.trust_chosen.emit(path, self._kinds[at]))
        self.network.clicked.connect(lambda on: self.network_chosen.emit(path, on))
        self.stop.clicked.connect(lambda: self.stop_chosen.emit(path))

    def show_trust(self, trust: TrustState) -> None:
        """Show what may be done there. That nobody has decided is no choice any more once somebody has; it
        stands first, so that the arrow that goes down leads on, and to what allows less at first.
        """
        kinds: list[TrustState] = [*(("unasked",) if trust == "unasked" else ()), "view_only", "trusted"]
        if kinds != self._kinds:
            self._kinds = kinds
            self.trust.clear()
            self.trust.addItems([TRUST_WORDS[kind] for kind in kinds])
        self.trust.setCurrentIndex(kinds.index(trust))

    def show_watched(self, folder: WatchedFolder) -> None:
        """Show how it is watched now."""
        self.how.setText(breakable(escaped(watched_text(folder))))
        self._dot.set_icon("circle", tone_of(folder))
        self.network.setChecked(folder.as_network or folder.remote)
        self.network.setEnabled(folder.as_network or not folder.remote)

    # --- within ---------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        px, whole, first, second = self._theme.px, QVBoxLayout(self), QHBoxLayout(), QHBoxLayout()
        path = ElidedLabel(self._theme, "strong")
        path.set_whole(escaped(self._path))
        first.setSpacing(px(12))
        first.addWidget(path)
        first.addStretch(1)
        first.addWidget(self.trust)
        self.trust.setMinimumWidth(px(130))
        line = QHBoxLayout()
        line.setSpacing(px(8))
        line.addWidget(self._dot, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self.how, 1)
        second.setSpacing(px(12))
        second.addWidget(self.network)
        second.addStretch(1)
        second.addWidget(self.stop)
        whole.setContentsMargins(px(16), px(10), px(12), px(10))
        whole.setSpacing(px(6))
        for part in (first, line, second):
            nest(whole, part)
