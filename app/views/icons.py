"""Icons by name and colour, drawn from the mdi6 font of qtawesome.

One idea: an icon is a name and a colour of the palette that is shown now; when the palette changes the cache
is cleared and everyone asks again. Not for deciding which icon means what: that is `looks`.
"""

import qtawesome
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QPixmap


class Icons:
    """Makes icons and remembers the pixmaps that delegates paint for every row."""

    def __init__(self) -> None:
        self._pixmaps: dict[tuple[str, int, int, float], QPixmap] = {}

    def clear(self) -> None:
        """Forget everything that was drawn: the colours have changed."""
        self._pixmaps.clear()
        qtawesome.reset_cache()

    def icon(self, name: str, color: QColor, disabled: QColor | None = None) -> QIcon:
        """The icon `name` of mdi6 ("refresh"), in a colour and in another one for the disabled state."""
        faded = disabled if disabled is not None else color
        icon = qtawesome.icon(f"mdi6.{name}", color=color, color_active=color, color_disabled=faded)
        return QIcon(icon)

    def pixmap(self, name: str, color: QColor, size: int, ratio: float) -> QPixmap:
        """The icon as a pixmap of `size` logical pixels for a screen of device pixel ratio `ratio`."""
        key = (name, color.rgba(), size, ratio)
        found = self._pixmaps.get(key)
        if found is None:
            found = self.icon(name, color).pixmap(QSize(size, size), ratio)
            self._pixmaps[key] = found
        return found
