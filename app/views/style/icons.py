"""Icons by name and colour, drawn from the mdi6 font that qtawesome brings.

One idea: an icon is a name and a colour of the palette that is shown now; when the palette changes everyone
asks again. Of qtawesome only its files are used: importing it, with its layer over four Qt bindings and its
twelve fonts, takes longer than all else until the window is there (decision 0011).

Not for deciding which icon means what: that is `looks`.
"""

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPixmap

_FILES = "materialdesignicons6-webfont-"
_INK_SHARE = 0.875  # of an icon's height that the font's size is, as qtawesome has it: 14 of 16 pixels


class Glyphs(NamedTuple):
    """The font's family, and the numbers of its characters by their names: a JSON object, as it is in its
    file. Of its seven thousand we want two hundred, so it is searched, not read.
    """

    family: str
    numbers: bytes

    def character(self, name: str) -> str:
        """The character of that name. Raises KeyError for a name that the font does not have."""
        found = self.numbers.find(f'"{name}"'.encode())
        if found < 0:
            raise KeyError(name)
        start = self.numbers.index(b"0x", found)
        return chr(int(self.numbers[start : self.numbers.index(b'"', start)], 16))


@cache
def glyphs() -> Glyphs:
    """The font, loaded once for all windows. Raises ImportError where qtawesome's files are missing."""
    spec = find_spec("qtawesome")
    folders = spec.submodule_search_locations if spec else None
    fonts = Path(folders[0], "fonts") if folders else Path()
    found = fonts.iterdir() if fonts.is_dir() else ()
    files = [one for one in found if one.name.startswith(_FILES)]
    font = next((one for one in files if one.suffix == ".ttf"), None)
    numbers = next((one for one in files if one.suffix == ".json"), None)
    if font is None or numbers is None:
        raise ImportError("the icons of qtawesome")
    family = QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(font)))[0]
    return Glyphs(family, numbers.read_bytes())


@cache
def _character(name: str) -> str:
    """Looked for once: each window has the same seventy icons."""
    return glyphs().character(name)


class _Glyph(QIconEngine):
    """One character, in one colour and in another one where it is disabled."""

    def __init__(self, character: str, color: QColor, disabled: QColor) -> None:
        super().__init__()
        self._character = character
        self._color = color
        self._disabled = disabled

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw it in the middle of a square."""
        font = QFont(glyphs().family)
        font.setPixelSize(max(1, round(_INK_SHARE * rect.height())))
        painter.save()
        painter.setFont(font)
        painter.setPen(self._disabled if mode == QIcon.Mode.Disabled else self._color)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self._character)
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """The same on nothing."""
        made = QPixmap(size)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return made


class Icons:
    """Makes icons and remembers the pixmaps that delegates paint for every row."""

    def __init__(self) -> None:
        self._pixmaps: dict[tuple[str, int, int, float], QPixmap] = {}

    def icon(self, name: str, color: QColor, disabled: QColor | None = None) -> QIcon:
        """The icon `name` of mdi6 ("refresh"), in a colour and in another one for the disabled state.

        Raises KeyError for a name that the font does not have.
        """
        return QIcon(_Glyph(_character(name), color, disabled if disabled is not None else color))

    def pixmap(self, name: str, color: QColor, size: int, ratio: float) -> QPixmap:
        """The icon as a pixmap of `size` logical pixels for a screen of device pixel ratio `ratio`."""
        key = (name, color.rgba(), size, ratio)
        found = self._pixmaps.get(key)
        if found is None:
            found = self.icon(name, color).pixmap(QSize(size, size), ratio)
            self._pixmaps[key] = found
        return found
