"""The colours of one palette, read from ``resources/palettes``.

One idea: one dict of colours feeds everything that paints (QPalette, stylesheet, delegates), so that
switching between light and dark is one assignment, and a test can measure every contrast from the data.
Not for deciding which palette is shown: that is `theme`.
"""

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from PySide6.QtGui import QColor, QPalette

from resources import read

HUES = ("green", "blue", "amber", "vermilion", "purple", "grey")


class Hue(NamedTuple):
    """One meaning in colour: its text and glyphs, the tint behind them, the line around the tint."""

    text: QColor
    tint: QColor
    line: QColor


class Colors:
    """All colours of a palette: `colors["muted"]` by role, `colors.hue("amber")` by meaning."""

    def __init__(self, name: str, roles: Mapping[str, QColor], hues: Mapping[str, Hue]) -> None:
        self.name: Final = name
        self.roles: Final = roles
        self.hues: Final = hues

    def __getitem__(self, role: str) -> QColor:
        """The colour of a role. Raises KeyError when the palette has no such role."""
        return self.roles[role]

    def hue(self, name: str) -> Hue:
        """The three colours of a hue. Raises KeyError when there is no such hue."""
        return self.hues[name]

    @property
    def dark(self) -> bool:
        """True for light text on a dark ground."""
        return self["base"].lightness() < self["text"].lightness()


def load_colors(name: str) -> Colors:
    """Read ``resources/palettes/<name>.json``; `name` is "light" or "dark"."""
    data: dict[str, str | dict[str, str]] = json.loads(read("palettes", f"{name}.json"))
    roles = {key: QColor(value) for key, value in data.items() if isinstance(value, str)}
    hues = {
        key: Hue(QColor(value["text"]), QColor(value["tint"]), QColor(value["line"]))
        for key, value in data.items()
        if isinstance(value, dict)
    }
    return Colors(name, MappingProxyType(roles), MappingProxyType(hues))


_ROLES: Mapping[QPalette.ColorRole, str] = {
    QPalette.ColorRole.Window: "window",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "base",
    QPalette.ColorRole.AlternateBase: "alternate",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.PlaceholderText: "muted",
    QPalette.ColorRole.Button: "button",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "on_accent",
    QPalette.ColorRole.ToolTipBase: "button",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.Highlight: "highlight",
    QPalette.ColorRole.HighlightedText: "text",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Link: "link",
    QPalette.ColorRole.LinkVisited: "link",
    QPalette.ColorRole.Light: "button",
    QPalette.ColorRole.Midlight: "row_line",
    QPalette.ColorRole.Mid: "input_border",
    QPalette.ColorRole.Dark: "tick_box",
    QPalette.ColorRole.Shadow: "pane_line",
}
_FADED = (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText)


def qt_palette(colors: Colors) -> QPalette:
    """The QPalette of these colours; disabled text is faded, everything else is the same in all states."""
    palette = QPalette()
    for role, name in _ROLES.items():
        palette.setColor(role, colors[name])
    for role in _FADED:
        palette.setColor(QPalette.ColorGroup.Disabled, role, colors["disabled"])
    return palette
