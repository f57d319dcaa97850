"""The few pictures that the documentation shows, made small enough to be kept with the code.

One idea: a window has few colours, so 256 are enough, and a third of the bytes: the most frequent ones, and
of the others those that are like none of these, so that a rare hue stays what it means. Not for what is
pictured.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
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
_UNLIKE = 40
"""How far two colours are apart that are not alike: the sum of what red, green and blue differ by."""


def keep_few(taken: Path, docs: Path) -> None:
    """Make those of the documentation anew, as far as they were taken. Raises OSError."""
    for name, picture in IN_DOCS.items():
        image = QImage(str(taken / f"{picture}.png"))
        if not image.isNull() and not with_few_colors(image).save(str(docs / f"{name}.png")):
            raise OSError(f"{docs / name}.png could not be written")


def with_few_colors(image: QImage) -> QImage:
    """The same in few colours; what has another one gets the nearest."""
    pixels = image.convertToFormat(QImage.Format.Format_RGB32)
    counted = Counter(memoryview(pixels.constBits()).cast("I")).most_common()
    table = _chosen([color for color, _ in counted])
    return pixels.convertToFormat(
        QImage.Format.Format_Indexed8, table, Qt.ImageConversionFlag.ThresholdDither
    )


def _chosen(colors: Sequence[int]) -> list[int]:
    """Of colours, most frequent first: these fill half of the table, then come those that are like none."""
    chosen, rest = list(colors[: COLORS // 2]), colors[COLORS // 2 :]
    known = [_parts(color) for color in chosen]
    for color in rest:
        red, green, blue = _parts(color)
        nearest = min(abs(red - r) + abs(green - g) + abs(blue - b) for r, g, b in known)
        if nearest > _UNLIKE and len(chosen) < COLORS:
            chosen.append(color)
            known.append((red, green, blue))
    taken = set(chosen)
    return [*chosen, *(color for color in rest if color not in taken)][:COLORS]


def _parts(color: int) -> tuple[int, int, int]:
    """Red, green and blue."""
    return color >> 16 & 255, color >> 8 & 255, color & 255
