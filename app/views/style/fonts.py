"""The fonts of the window: which family, which size, by what the text is for.

One idea: every size is a logical pixel at the usual font size of 13, and grows with the size that the user
chose. Digits have one width, so that times and counts do not dance. No font is shipped.
Not for colours (`palette`) and not for icons (`icons`).
"""

import sys
from typing import Literal

from PySide6.QtGui import QFont, QFontDatabase

Role = Literal[
    "body",
    "strong",
    "small",
    "small_strong",
    "column",
    "mono",
    "mono_strong",
    "pill",
    "section",
    "lead",
    "title",
    "hero",
]

_SIZES: dict[Role, tuple[int, QFont.Weight]] = {
    "body": (13, QFont.Weight.Normal),
    "strong": (13, QFont.Weight.DemiBold),
    "small": (12, QFont.Weight.Normal),
    "small_strong": (12, QFont.Weight.DemiBold),
    "column": (12, QFont.Weight.Medium),
    "mono": (12, QFont.Weight.Normal),
    "mono_strong": (12, QFont.Weight.DemiBold),
    "pill": (11, QFont.Weight.Medium),
    "section": (14, QFont.Weight.DemiBold),
    "lead": (14, QFont.Weight.Normal),
    "title": (20, QFont.Weight.DemiBold),
    "hero": (24, QFont.Weight.DemiBold),
}
_TIGHT = ("title", "hero")
_TEXT = ("Inter", "Segoe UI Variable Text", "Segoe UI", "Noto Sans")
_MONO = ("JetBrains Mono", "Cascadia Mono", "Consolas", "Menlo", "DejaVu Sans Mono")


def make_font(role: Role, scale: float = 1.0) -> QFont:
    """The font for a role; `scale` is the user's font size over the usual one."""
    pixels, weight = _SIZES[role]
    font = QFont(_mono_families() if role.startswith("mono") else _text_families())
    font.setPixelSize(max(1, round(pixels * scale)))
    font.setWeight(weight)
    if role in _TIGHT:
        font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 98)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)  # else letters stand apart at 100 %
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def _text_families() -> list[str]:
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
    return ["Inter", system] if sys.platform == "darwin" else [*_TEXT, system]


def _mono_families() -> list[str]:
    return [*_MONO, QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()]
