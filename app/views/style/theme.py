"""What the window looks like now: the palette that is shown, its fonts, its icons, and when they change.

One idea: every widget gets this object, asks it for colours, fonts and icons, and asks again when `changed`
is emitted; nothing about looks is kept anywhere else. Qt's own `setColorScheme` does nothing without a
platform theme, so light and dark are palettes of our own over Fusion.
Not for what the colours are (``resources/palettes``) or mean (`looks`).
"""

from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QIcon, QPixmap
from PySide6.QtWidgets import QApplication, QToolTip

from app.views.style.fonts import Role, make_font
from app.views.style.icons import Icons
from app.views.style.palette import HUES, Colors, load_colors, qt_palette
from app.views.style.stylesheet import stylesheet

PaletteChoice = Literal["light", "dark", "system"]
STYLE = ("-style", "Fusion")
"""Arguments for a QApplication."""
CHOICES: tuple[PaletteChoice, ...] = ("light", "dark", "system")


class Theme(QObject):
    """The looks of one window. `choice` is what the user chose, `colors` what is shown.

    `rescaled` carries a Rescaling, and is emitted before `changed`.
    """

    changed = Signal()
    rescaled = Signal(object)

    def __init__(self, choice: str = "system", percent: int = 100) -> None:
        """An unknown `choice` is taken as "system"; `percent` is the size of text, of the usual one."""
        super().__init__()
        self.choice: PaletteChoice = _known(choice)
        self.percent = percent
        self.colors: Colors = load_colors(self._wanted())
        self._icons = Icons()
        self._fonts: dict[Role, QFont] = {}
        hints = QApplication.styleHints()
        hints.colorSchemeChanged.connect(self._follow_system)

    def apply(self, application: QApplication, *, is_fusion: bool = False) -> None:
        """Dress the application: Fusion, our palette, our font. Call once, before the window is shown.

        `is_fusion`: it was made so (`STYLE`), which spares PySide to make all that it knows of styles. Where
        it is Fusion by an earlier window, the same again would only polish every widget of that one anew.
        """
        if not is_fusion and application.style().name() != "fusion":
            application.setStyle("Fusion")
        self._dress(application)

    def set_choice(self, choice: str) -> None:
        """Switch to "light", "dark" or "system", live."""
        self.choice = _known(choice)
        self._show_wanted()

    def set_percent(self, percent: int) -> None:
        """Show all text at so many per cent of its usual size, and all else with it, live; at least 100."""
        if percent == self.percent:
            return
        from app.views.style.rescaling import Rescaling  # most windows open in the usual size

        how = Rescaling(self.scale, max(percent, 100) / 100)
        self.percent = max(percent, 100)
        self._fonts.clear()
        self.rescaled.emit(how)
        self._tell()

    @property
    def scale(self) -> float:
        """The size of text over the usual one."""
        return self.percent / 100

    def stylesheet(self) -> str:
        """The stylesheet of the window in the colours of now."""
        return stylesheet(self.colors, self.px)

    def px(self, pixels: int) -> int:
        """A length of the spacing grid, grown with the user's font size."""
        return round(pixels * (self.percent / 100))

    def font(self, role: Role) -> QFont:
        """The font for a role ("body", "mono" ...)."""
        if role not in self._fonts:  # delegates ask for every cell
            self._fonts[role] = make_font(role, self.scale)
        return QFont(self._fonts[role])

    def icon(self, name: str, color: str = "text") -> QIcon:
        """The icon `name` of mdi6; `color` is a role of the palette or a hue."""
        return self._icons.icon(name, self._ink(color), self.colors["disabled"])

    def pixmap(self, name: str, color: str, size: int, ratio: float) -> QPixmap:
        """The same as a pixmap, `size` in pixels of the grid, for a device pixel ratio."""
        return self._icons.pixmap(name, self._ink(color), self.px(size), ratio)

    def _ink(self, color: str) -> QColor:
        return self.colors.hue(color).text if color in HUES else self.colors[color]

    def _wanted(self) -> str:
        if self.choice != "system":
            return self.choice
        scheme = QApplication.styleHints().colorScheme()
        return "dark" if scheme == Qt.ColorScheme.Dark else "light"

    def _follow_system(self) -> None:
        if self.choice == "system":
            self._show_wanted()

    def _show_wanted(self) -> None:
        wanted = self._wanted()
        if wanted == self.colors.name:
            return
        self.colors = load_colors(wanted)
        self._tell()

    def _tell(self) -> None:
        application = QApplication.instance()
        if isinstance(application, QApplication):
            self._dress(application)
        self.changed.emit()

    def _dress(self, application: QApplication) -> None:
        palette = qt_palette(self.colors)
        application.setPalette(palette)
        application.setFont(self.font("body"))
        QToolTip.setPalette(palette)
        QToolTip.setFont(self.font("small"))


def _known(choice: str) -> PaletteChoice:
    return next((known for known in CHOICES if known == choice), "system")
