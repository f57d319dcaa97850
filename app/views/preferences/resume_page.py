"""The page of the preferences about Resume: from when on a saved state counts as old.

One idea: the few ages that a lab would want are offered; another one that stands in the settings is offered
too. Not for the list of launchers (`launchers_page`).
"""

from datetime import timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.exchange import Preferences
from app.views.parts.fields import ComboBox
from app.views.parts.nesting import nest
from app.views.parts.widgets import Label
from app.views.style.theme import Theme
from app.words.moments import age_words

_HOURS = (1, 2, 4, 8, 12, 24, 48, 72, 24 * 7, 24 * 14, 24 * 30)
_EXPLAINED = "Resume then says how old it is, among what should be looked at before the launcher starts."


class ResumePage(QWidget):
    """`setting_chosen` carries the name of a setting and its value."""

    setting_chosen = Signal(object, object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        px, whole, line = theme.px, QVBoxLayout(self), QHBoxLayout()
        self._hours = list(_HOURS)
        self.age = ComboBox(theme, "A saved state counts as old after")
        self.age.setObjectName("oldAfter")
        self.age.setMinimumWidth(px(120))
        self.age.activated.connect(lambda at: self.setting_chosen.emit("old_after_hours", self._hours[at]))
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(px(10))
        whole.addWidget(Label(theme, "Resume", "section"))
        line.setSpacing(px(12))
        line.addWidget(Label(theme, "A saved state counts as old after"))
        line.addWidget(self.age)
        line.addStretch(1)
        nest(whole, line)
        whole.addWidget(Label(theme, _EXPLAINED, "small", "muted", wrap=True))
        whole.addStretch(1)

    def show_preferences(self, preferences: Preferences) -> None:
        """Show what is chosen."""
        self._hours = sorted({*_HOURS, preferences.old_after_hours})
        self.age.clear()
        self.age.addItems([_words(hours) for hours in self._hours])
        self.age.setCurrentIndex(self._hours.index(preferences.old_after_hours))


def _words(hours: int) -> str:
    """In days or weeks where these are whole."""
    return age_words(timedelta(hours=hours)) if hours in _HOURS else f"{hours:,} hours"
