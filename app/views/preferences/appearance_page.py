"""The page of the preferences with the looks of the window: light or dark, and how large.

One idea: the window itself is the preview; what is chosen is seen at once, everywhere. Not for what the looks
are (`style`).
"""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.exchange import Preferences
from app.settings import FONT_PERCENTS
from app.views.parts.choices import Radio
from app.views.parts.fields import ComboBox
from app.views.parts.nesting import nest, nest_in_grid
from app.views.parts.widgets import Label, Pill
from app.views.style.looks import status_look
from app.views.style.theme import Theme

_THEMES: Mapping[str, str] = {"system": "As the system", "light": "Light", "dark": "Dark"}


class AppearancePage(QWidget):
    """`setting_chosen` carries the name of a setting and its value."""

    setting_chosen = Signal(object, object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.themes = {choice: Radio(theme, words) for choice, words in _THEMES.items()}
        self.text_size = ComboBox(theme, "Size of text")
        self.text_size.setObjectName("textSize")
        self._percents = list(FONT_PERCENTS)
        self._lay_out()
        for choice, radio in self.themes.items():
            radio.clicked.connect(lambda _=False, one=choice: self.setting_chosen.emit("theme", one))
        self.text_size.activated.connect(self._choose_size)

    def show_preferences(self, preferences: Preferences) -> None:
        """Show what is chosen."""
        self.themes.get(preferences.theme, self.themes["system"]).setChecked(True)
        self._percents = sorted({*FONT_PERCENTS, preferences.font_percent})
        self.text_size.clear()
        self.text_size.addItems([f"{percent} %" for percent in self._percents])
        self.text_size.setCurrentIndex(self._percents.index(preferences.font_percent))

    # --- within ---------------------------------------------------------------------------------------------

    def _choose_size(self, position: int) -> None:
        self.setting_chosen.emit("font_percent", self._percents[position])

    def _lay_out(self) -> None:
        px, whole, choices = self._theme.px, QVBoxLayout(self), QGridLayout()
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(px(10))
        whole.addWidget(Label(self._theme, "Appearance", "section"))
        choices.setHorizontalSpacing(px(24))
        choices.setVerticalSpacing(px(12))
        choices.setColumnStretch(1, 1)
        left = Qt.AlignmentFlag.AlignLeft
        choices.addWidget(Label(self._theme, "Colours"), 0, 0)
        nest_in_grid(choices, self._make_themes(), 0, 1)
        choices.addWidget(Label(self._theme, "Size of text"), 1, 0)
        choices.addWidget(self.text_size, 1, 1, left)
        self.text_size.setMinimumWidth(px(110))
        nest(whole, choices)
        whole.addWidget(Label(self._theme, "Also by Ctrl++, Ctrl+- and Ctrl+0.", "small", "muted", wrap=True))
        whole.addWidget(self._make_sample())
        whole.addStretch(1)

    def _make_themes(self) -> QHBoxLayout:
        line, group = QHBoxLayout(), QButtonGroup(self)
        line.setSpacing(self._theme.px(16))
        for radio in self.themes.values():
            group.addButton(radio)
            line.addWidget(radio)
        line.addStretch(1)
        return line

    def _make_sample(self) -> QFrame:
        """What is read most, in a line each."""
        px, card, pill = self._theme.px, QFrame(), Pill(self._theme)
        card.setObjectName("card")
        card.setAccessibleName("Sample")
        pill.show_status(status_look("completed"), "Completed")
        line = QHBoxLayout()
        line.setSpacing(px(12))
        line.addWidget(Label(self._theme, "764521_2026-11-23_14-05", "strong"))
        line.addWidget(pill)
        line.addStretch(1)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(px(16), px(12), px(16), px(12))
        inside.setSpacing(px(8))
        nest(inside, line)
        inside.addWidget(Label(self._theme, "trial_count  150      reward_volume_ul  5.5", "mono"))
        inside.addWidget(Label(self._theme, "Saved 14:30, 2 min ago", "small", "muted"))
        return card
