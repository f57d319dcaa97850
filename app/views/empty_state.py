"""What the window shows before any folder is watched: what it is for, and how to begin.

One idea: the first screen teaches by offering the two things that can be done. Not for an empty list: a
folder without sessions is a list that says so.
"""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.views.parts.gap import Gap
from app.views.parts.widgets import Button, Glyph, Label
from app.views.style.painting import draw_icon
from app.views.style.theme import Theme

_CARDS = (
    ("format-list-bulleted", "See", "Every run of every animal, with how it ended, also those that crashed."),
    (
        "pencil-outline",
        "Correct",
        "Change a value, see the saved one beside it, save. Every earlier version is kept.",
    ),
    ("play-outline", "Resume", "Scan the animal, check the edits, start. The wrong animal stops here."),
)
_WIDTH = 760


class EmptyState(QScrollArea):
    """Two buttons and three cards. Scrolls where the window is too small for them."""

    watch_requested = Signal()
    demo_requested = Signal()

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
        middle.addWidget(self._make_column())
        middle.addStretch(1)
        whole.addLayout(middle)
        whole.addStretch(4)
        self.setWidget(page)

    def _make_column(self) -> QWidget:
        px, theme = self._theme.px, self._theme
        column = QWidget()
        column.setFixedWidth(px(_WIDTH))
        title = Label(theme, "Watch a folder to see its sessions", "hero")
        text = Label(
            theme,
            "Rigstate lists every session below the folder, shows the saved state of each, lets you\n"
            "correct a value, and starts the launcher again where it stopped.",
            "lead",
            "muted",
        )
        whole = QVBoxLayout(column)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        for widget, gap in ((_Emblem(theme), 20), (title, 14), (text, 26)):
            if isinstance(widget, Label):
                widget.setAlignment(Qt.AlignmentFlag.AlignCenter)
            whole.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
            whole.addWidget(Gap(theme, gap))
        whole.addLayout(self._make_buttons())
        whole.addWidget(Gap(theme, 28))
        whole.addLayout(self._make_cards())
        whole.addWidget(Gap(theme, 28))
        whole.addLayout(self._make_promise())
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
        line = QHBoxLayout()
        line.setSpacing(self._theme.px(8))
        line.addStretch(1)
        line.addWidget(Glyph(self._theme, "shield-check-outline", "muted"))
        promise = "Nothing is written to a folder until you save. Rigstate never uses the network."
        line.addWidget(Label(self._theme, promise, "small", "muted"))
        line.addStretch(1)
        return line


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
    px = theme.px
    card = QFrame()
    card.setObjectName("card")
    words = QVBoxLayout()
    words.setSpacing(px(3))
    words.addWidget(Label(theme, title, "strong"))
    words.addWidget(Label(theme, text, tone="muted", wrap=True))
    words.addStretch(1)
    line = QHBoxLayout(card)
    line.setContentsMargins(px(16), px(15), px(14), px(15))
    line.setSpacing(px(14))
    line.addWidget(Glyph(theme, icon, "link", 20), 0, Qt.AlignmentFlag.AlignTop)
    line.addLayout(words, 1)
    return card
