"""The few pictures that the documentation shows, made small enough to be kept with the code.

One idea: a window has few colours, so the 256 most frequent ones are enough, and a third of the bytes. Not
for what is pictured.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

IN_DOCS: Mapping[str, str] = {
    "window": "window-light-1440",
    "window-dark": "window-dark-1440",
    "save": "save-light-1440",
    "resume": "resume-light-1440",
    "conflict": "conflict-light-1440",
    "history": "history-light-1440",
    "trend": "trend-light-1440",
}
"""By their names in the documentation."""
COLORS = 256


def keep_few(taken: Path, docs: Path) -> None:
    """Make those of the documentation anew, as far as they were taken. Raises OSError."""
    for name, picture in IN_DOCS.items():
        image = QImage(str(taken / f"{picture}.png"))
        if not image.isNull() and not with_few_colors(image).save(str(docs / f"{name}.png")):
            raise OSError(f"{docs / name}.png could not be written")


def with_few_colors(image: QImage) -> QImage:
    """The same in its most frequent colours; what has another one gets the nearest."""
    pixels = image.convertToFormat(QImage.Format.Format_RGB32)
    colors = Counter(memoryview(pixels.constBits()).cast("I")).most_common(COLORS)
    table = [color for color, _ in colors]
    return pixels.convertToFormat(
        QImage.Format.Format_Indexed8, table, Qt.ImageConversionFlag.ThresholdDither
    )
