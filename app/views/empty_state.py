"""What the window shows before any folder is watched: what it is for, and how to begin.

One idea: the first screen teaches by offering the two things that can be done, and the folder that this rig
saves into, where that is known. Not for an empty list: a folder without sessions is a list that says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.values.fit_text import escaped
from app.views.parts.gap import Gap
from app.views.parts.nesting import nest
from app.views.parts.widgets import Button, Glyph, Label
from app.views.style.painting import draw_icon
from app.views.style.theme import Theme
from app.words.plain import breakable

if TYPE_CHECKING:
    from app.exchange import RigFolder

_CARDS = (
    ("format-list-bulleted", "See", "Every run of every animal, with how it ended, also those that crashed."),
    (
        "pencil-outline",
        "Correct",
        "Change a value, see the saved one beside it, save. Every earlier version is kept.",
    ),
    ("play-outline", "Resume", "Scan the animal, check the edits, start. The wrong animal stops here."),
)
_LEAD = (
    "Rigstate lists every session below the folder, shows the saved state of each, lets you\n"
    "correct a value, and starts the launcher again where it stopped."
)
_WIDTH = 760


class EmptyState(QScrollArea):
    """Two buttons and three cards. Scrolls where the window is too small for them. Whenever it appears it
    asks for the rig's folder; `folder_chosen` carries that when it is to be watched.
    """

    watch_requested = Signal()
    demo_requested = Signal()
    rig_wanted = Signal()
    folder_chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("emptyView")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("First steps")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it follows the buttons, which have the keyboard
        page = QWidget()
        page.setObjectName("emptyState")
        whole = QVBoxLayout(page)
        whole.addStretch(3)
        middle = QHBoxLayout()  # an alignment would take the wrapped texts for one line each
        middle.addStretch(1)
        middle.addWidget(self._make_column(), 1000)
        middle.addStretch(1)
        nest(whole, middle)
        whole.addStretch(4)
        self.setWidget(page)

    def show_rig(self, found: RigFolder | None) -> None:
        """Offer the folder of this computer's rig, or say what is wrong with its rig config; or neither."""
        self._rig.show_rig(found)

    def showEvent(self, event: QShowEvent) -> None:
        """What the rig config says may be another by now."""
        super().showEvent(event)
        self.rig_wanted.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the column has no room for its words, they go on several lines, and the cards below each
        other.
        """
        super().resizeEvent(event)
        narrow = self.width() < self._theme.px(_WIDTH)
        for label in self._wrapping:
            label.setWordWrap(narrow)
            self._promise.setStretchFactor(label, 1000 if narrow else 0)
        self._emblem.setVisible(not narrow)
        self._lead.setText(_LEAD.replace("\n", " ") if narrow else _LEAD)
        down, across = QHBoxLayout.Direction.TopToBottom, QHBoxLayout.Direction.LeftToRight
        self._cards.setDirection(down if narrow else across)

    def _make_column(self) -> QWidget:
        px, theme = self._theme.px, self._theme
        column = QWidget()
        column.setMaximumWidth(px(_WIDTH))
        title = Label(theme, "Watch a folder to see its sessions", "hero")
        self._lead = Label(theme, "", "lead", "muted")
        self._wrapping = [title, self._lead]
        whole = QVBoxLayout(column)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        self._emblem = _Emblem(theme)
        whole.addWidget(self._emblem, 0, Qt.AlignmentFlag.AlignHCenter)
        whole.addWidget(Gap(theme, 20))  # its air stays, also where it goes itself
        for label, gap in ((title, 14), (self._lead, 26)):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            whole.addWidget(label)
            whole.addWidget(Gap(theme, gap))
        nest(whole, self._make_buttons())
        whole.addWidget(Gap(theme, 28))
        self._rig = _RigCard(theme)
        self._rig.chosen.connect(self.folder_chosen)
        whole.addWidget(self._rig)
        self._cards = self._make_cards()
        nest(whole, self._cards)
        whole.addWidget(Gap(theme, 28))
        nest(whole, self._make_promise())
        return column

    def _make_buttons(self) -> QHBoxLayout:
        watch = Button(self._theme, "Watch a folder…", "folder-plus-outline", kind="primary", grand=True)
        demo = Button(self._theme, "Open the demo", "flask-outline", grand=True)
        watch.clicked.connect(self.watch_requested)
        demo.clicked.connect(self.demo_requested)
        line = QHBoxLayout()
        line.setSpacing(self._theme.px(12))
        line.addStretch(1)
        line.addWidget(watch)
        line.addWidget(demo)
        line.addStretch(1)
        return line

    def _make_cards(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(self._theme.px(12))
        for icon, title, text in _CARDS:
            line.addWidget(_card(self._theme, icon, title, text), 1)
        return line

    def _make_promise(self) -> QHBoxLayout:
        line = self._promise = QHBoxLayout()
        line.setSpacing(self._theme.px(8))
        line.addStretch(1)
        line.addWidget(Glyph(self._theme, "shield-check-outline", "muted"))
        promise = "Nothing is written to a folder until you save. Rigstate never uses the network."
        label = Label(self._theme, promise, "small", "muted")
        self._wrapping.append(label)
        line.addWidget(label)
        line.addStretch(1)
        return line


class _RigCard(QWidget):
    """The folder that this rig saves into, with its button; not there while nothing is known. `chosen`
    carries the folder.
    """

    chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._folder = ""
        self._glyph = Glyph(theme, "lightbulb-on-outline", "amber", 20)
        self._title = Label(theme, role="strong", wrap=True)
        self._text = Label(theme, role="small", tone="muted", wrap=True)
        self._watch = Button(theme, "Watch this folder", "eye-outline")
        self._watch.clicked.connect(lambda: self.chosen.emit(self._folder))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(_framed(theme, self._glyph, (self._title, self._text), self._watch))
        whole.addWidget(Gap(theme, 24))
        self.hide()

    def show_rig(self, found: RigFolder | None) -> None:
        """Show what was found."""
        self.setVisible(found is not None)
        if found is None:
            return
        self._folder, config = found.folder, escaped(found.config)
        usable = not found.problem
        folder, problem = escaped(found.folder), escaped(found.problem)
        title = f"Found on this computer: {folder}" if usable else "The rig config of this computer"
        text = f"The output folder named in {config}" if usable else f"{config}: {problem}"
        self._title.setText(breakable(title))
        self._text.setText(breakable(text))
        self._glyph.set_icon("lightbulb-on-outline" if usable else "alert-outline", "amber")
        self._watch.setVisible(usable)
        self._watch.setAccessibleDescription(folder)


class _Emblem(QWidget):
    """A folder under a magnifier, in a soft circle."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setFixedSize(QSize(theme.px(96), theme.px(96)))
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the circle and the icon."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colors["accent_soft"])
        painter.drawEllipse(self.rect())
        draw_icon(painter, self._theme, QRect(self.rect()), "folder-search-outline", "link", 52)


def _card(theme: Theme, icon: str, title: str, text: str) -> QFrame:
    words = (Label(theme, title, "strong"), Label(theme, text, tone="muted", wrap=True))
    return _framed(theme, Glyph(theme, icon, "link", 20), words)


def _framed(theme: Theme, glyph: Glyph, labels: tuple[Label, ...], button: Button | None = None) -> QFrame:
    """A sign, words, and a button if there is one, side by side in a frame."""
    px = theme.px
    card = QFrame()
    card.setObjectName("card")
    words = QVBoxLayout()
    words.setSpacing(px(3))
    for label in labels:
        words.addWidget(label)
    words.addStretch(1)
    line = QHBoxLayout(card)
    line.setContentsMargins(px(16), px(15), px(14), px(15))
    line.setSpacing(px(14))
    line.addWidget(glyph, 0, Qt.AlignmentFlag.AlignTop)
    nest(line, words, 1)
    if button is not None:
        line.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
    return card
