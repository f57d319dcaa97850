"""The tool bar: the actions of every day in words, and Clear at the far end, away from the others.

One idea: words stay, also where room is scarce; then they stand under the icons, and give way only to large
text in a small window. No action ever hides behind an arrow, and none moves when there is something to save:
Save has room for any number. Not for what the actions do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QToolBar, QWidget

from app.views.actions import MOST_COUNTED, Actions, counted_save, plain_words
from app.views.parts.widgets import polish
from app.views.style.theme import Theme

if TYPE_CHECKING:
    from app.views.style.rescaling import Rescaling

_ORDER = (
    "WatchFolder", "Rescan", "", "Resume", "EditValue", "", "Save", "Revert", "Undo", "Redo", "",
    "Compare", "-", "Clear",
)  # fmt: skip

WordsPlace = Literal["beside", "under", "nowhere"]
_STYLES: Mapping[WordsPlace, Qt.ToolButtonStyle] = {
    "beside": Qt.ToolButtonStyle.ToolButtonTextBesideIcon,
    "under": Qt.ToolButtonStyle.ToolButtonTextUnderIcon,
    "nowhere": Qt.ToolButtonStyle.ToolButtonIconOnly,
}
_COUNTS = (0, *range(11, MOST_COUNTED + 1, 11), MOST_COUNTED + 1)
"""Numbers of unsaved edits of which one is the widest: digits differ in width."""
_ROUNDED = 2  # pixels, by which what is measured may differ from what Qt makes of it


class ToolBar(QToolBar):
    """The main tool bar."""

    def __init__(self, theme: Theme, actions: Actions) -> None:
        super().__init__("Tools")
        self._theme = theme
        self._actions = actions
        self._wanted = False
        self._words: WordsPlace = "beside"
        self._needed: dict[WordsPlace, int] = {}  # the widths that it was seen to need
        self.setObjectName("toolBar")
        self.setAccessibleName("Tools")
        self.setMovable(False)
        self.setFloatable(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setIconSize(QSize(theme.px(18), theme.px(18)))
        self._fill()
        self._tone("Clear", "danger")
        self._put_words(self._words)
        theme.rescaled.connect(self._rescale)

    def set_compact(self, compact: bool) -> None:
        """Words beside the icons, or under them; under them also where they would not fit beside. Where they
        fit nowhere, because text is large, the icons have to do, with their words in the tool tips.
        """
        self._wanted = compact
        if (place := self._fitting()) != self._words:
            self._put_words(place)

    def showEvent(self, event: QShowEvent) -> None:
        """The stylesheet has looked at it by now."""
        super().showEvent(event)
        self._hold_room()
        self._take_margins()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the words where they fit."""
        super().resizeEvent(event)
        self._hold_room()
        for _ in _STYLES:  # what a place needs is seen when the words are there
            self._needed[self._words] = self.sizeHint().width()
            if (place := self._fitting()) == self._words:
                break
            self._put_words(place)

    def _fitting(self) -> WordsPlace:
        places: tuple[WordsPlace, ...] = ("under",) if self._wanted else ("beside", "under")
        return next((one for one in places if self._needed.get(one, 0) <= self.width()), "nowhere")

    def _rescale(self, how: Rescaling) -> None:
        self._needed = {place: how.length(width) for place, width in self._needed.items()}

    def _put_words(self, place: WordsPlace) -> None:
        self._words, compact = place, place != "beside"
        self.setToolButtonStyle(_STYLES[place])
        self.setProperty("compact", compact)
        for name in _ORDER:
            widget = self.widgetForAction(self._actions[f"action{name}"]) if name.isalpha() else None
            if widget is not None:
                widget.setProperty("compact", compact)
                widget.setFont(self._font(name, compact=compact))
                polish(widget)
        polish(self)
        self._hold_room()
        self._take_margins()

    def _hold_room(self) -> None:
        """As much for Save as it will ever need, so that the next ones never move under the hand."""
        button, now = self._save, self._actions["actionSave"].iconText()
        button.setMinimumWidth(0)
        if self._words != "nowhere":
            bold = self._font("Save", compact=self._words != "beside")
            bold.setWeight(QFont.Weight.DemiBold)
            most = _width(map(counted_save, _COUNTS), bold)
            least = button.sizeHint().width() + most - _width((now,), button.font())
            button.setMinimumWidth(least + _ROUNDED)

    def _take_margins(self) -> None:
        QCoreApplication.sendEvent(self, QEvent(QEvent.Type.StyleChange))  # else they stay

    def show_steps(self, undo: str, redo: str) -> None:
        """Let Undo and Redo be heard with what they would take back."""
        self._actions.show_steps(undo, redo)
        for name in ("actionUndo", "actionRedo"):
            action = self._actions[name]
            self.widgetForAction(action).setAccessibleName(plain_words(action))

    def show_save_count(self, count: int) -> None:
        """Let Save stand out while there is something to save."""
        self._actions.show_save_count(count)
        self._tone("Save", "amber" if count else "")
        font = self._font("Save", compact=bool(self.property("compact")))
        font.setWeight(QFont.Weight.DemiBold if count else QFont.Weight.Normal)
        self._save.setFont(font)
        self._save.setAccessibleName(f"Save, {count:,} unsaved" if count else "Save")

    @property
    def _save(self) -> QWidget:
        return self.widgetForAction(self._actions["actionSave"])

    def _font(self, name: str, *, compact: bool) -> QFont:
        font = self._theme.font("small" if compact else "body")
        if name == "Save" and self._save.property("tone") == "amber":
            font.setWeight(QFont.Weight.DemiBold)
        return font

    def _tone(self, name: str, tone: str) -> None:
        button = self.widgetForAction(self._actions[f"action{name}"])
        if button.property("tone") != tone:
            button.setProperty("tone", tone)
            polish(button)

    def _fill(self) -> None:
        for name in _ORDER:
            if name == "-":
                spacer = QWidget()
                spacer.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
                self.addWidget(spacer)
            elif name:
                self.addAction(self._actions[f"action{name}"])
            else:
                self.addSeparator()


def _width(texts: Iterable[str], font: QFont) -> int:
    """What a button gives to the widest of its texts: a space at each side of it, too."""
    metrics = QFontMetrics(font)
    return max(map(metrics.horizontalAdvance, texts)) + 2 * metrics.horizontalAdvance(" ")
