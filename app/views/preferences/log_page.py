"""The page of the preferences about the window's own log: where it is, how much it keeps, how much it says.

One idea: whoever is asked for the log finds it from here. Not for the output of launchers.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.exchange import Preferences
from app.values.fit_text import escaped
from app.views.parts.choices import Tick
from app.views.parts.nesting import nest
from app.views.parts.widgets import Button, Label
from app.views.style.theme import Theme
from app.words.plain import breakable

_SAYS = (
    "It says what went wrong, and where in the program. A detailed one also says what is done when, and how "
    "long it takes: useful when something is slow. It does not hold the values of saved states."
)


class LogPage(QWidget):
    """`setting_chosen` carries the name of a setting and its value, `folder_wanted` asks for the log."""

    setting_chosen = Signal(object, object)
    folder_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        px, whole, line = theme.px, QVBoxLayout(self), QHBoxLayout()
        self.where = Label(theme, "", wrap=True)
        self.kept = Label(theme, "", "small", "muted", wrap=True)
        self.detailed = Tick(theme, "Detailed log")
        self.open = Button(theme, "Open the logs folder", "folder-open-outline")
        self._settings = Label(theme, "", "small", "muted", wrap=True)
        self.detailed.clicked.connect(lambda on: self.setting_chosen.emit("detailed_log", on))
        self.open.clicked.connect(self.folder_wanted)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(px(10))
        whole.addWidget(Label(theme, "Log", "section"))
        for widget in (
            self.where,
            self.kept,
            Label(theme, _SAYS, "small", "muted", wrap=True),
            self.detailed,
        ):
            whole.addWidget(widget)
        line.addWidget(self.open)
        line.addStretch(1)
        nest(whole, line)
        whole.addWidget(self._settings)
        whole.addStretch(1)

    def show_preferences(self, preferences: Preferences) -> None:
        """Show where things are, and what is chosen."""
        self.where.setText(f"The window's own log is {breakable(escaped(preferences.log))}")
        size = f"{preferences.log_bytes / (1 << 20):.0f} MB"
        self.kept.setText(f"It keeps about {size} at the most: the oldest lines go by themselves.")
        self.detailed.setChecked(preferences.detailed_log)
        self._settings.setText(f"The settings are kept in {breakable(escaped(preferences.settings))}")
