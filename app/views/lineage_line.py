"""The line of the header that leads to other sessions: where this one came from, and what became of it.

One idea: its links get as many words as have room together, so that none is cut for another's sake; a click
goes there. How long names are never says how wide what is around the line must be. Not for the words
(`words.lineage_texts`), nor for who came from whom (`resuming.lineage`).
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from itertools import product

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget

from app.resuming.lineage import Lineage, Relative
from app.values.fit_text import escaped
from app.views.parts.link import Link
from app.views.style.theme import Theme
from app.words.lineage_texts import AS, FROM, others_texts, shorter


class LineageLine(QWidget):
    """`session_chosen` carries a directory."""

    session_chosen = Signal(object)

    def __init__(self, theme: Theme, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._theme = theme
        self._now = now
        self._lineage = Lineage()
        self.source, self.heir, self.others = self._links = Link(theme), Link(theme), Link(theme)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        line = self._line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(16))
        for link in self._links:
            line.addWidget(link)
        line.addStretch(1)
        self.source.clicked.connect(lambda: self._go_to(self._lineage.source))
        self.heir.clicked.connect(lambda: self._go_to(self._lineage.heir))
        self.others.clicked.connect(self._offer_others)
        self.show_lineage(Lineage())

    def show_lineage(self, lineage: Lineage) -> None:
        """Show where the session came from and what became of it; a click goes there."""
        self._lineage = lineage
        source, heir = lineage.source, lineage.heir
        few = shorter(source.name if source else "", heir.name if heir else "", self._now())
        for link, words, relative, fewer in (
            (self.source, FROM, source, few.source),
            (self.heir, AS, heir, few.heir),
        ):
            link.setVisible(relative is not None)
            if relative is not None:
                listed = "" if relative.directory else " (not listed)"
                link.set_whole(f"{words} ", f"{escaped(relative.name)}{listed}", *fewer)
                link.setEnabled(bool(relative.directory))
        self.others.setVisible(bool(lineage.others))
        self.others.set_whole("", *others_texts(len(lineage.others)))
        self.setVisible(any(not link.isHidden() for link in self._links))
        self._share_room()

    def tell_anew(self) -> None:
        """It is another day, and a time alone is one of today."""
        self.show_lineage(self._lineage)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or fewer words have room."""
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        """The most words that have room together; where none do, names are cut, all of them alike."""
        shown = [link for link in self._links if not link.isHidden()]
        room = self.width() - self._line.spacing() * (len(shown) - 1)
        named, others = [one for one in shown if one is not self.others], self.others.widths
        for link in shown:
            link.set_room(None)
        if self.others in shown:
            self.others.set_room(others[-1])
        steps = range(max((len(link.widths) for link in named), default=0))
        for step, last in product(steps, others if self.others in shown else (0,)):
            widths = [link.widths[min(step, len(link.widths) - 1)] for link in named]
            if sum(widths) + last <= room:
                for link, width in zip(shown, (*widths, last), strict=False):
                    link.set_room(width)
                return

    def _go_to(self, relative: Relative | None) -> None:
        if relative is not None and relative.directory:
            self.session_chosen.emit(relative.directory)

    def _offer_others(self) -> None:
        """The sessions that it was resumed as before the last one, by their names."""
        menu = QMenu(self)
        menu.setObjectName("otherHeirs")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for one in self._lineage.others:
            entry = menu.addAction(escaped(one.name).replace("&", "&&"))
            entry.triggered.connect(partial(self._go_to, one))
        menu.popup(self.others.mapToGlobal(self.others.rect().bottomLeft()))
