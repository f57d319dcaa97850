"""Which mark stands for which session in a trend: shape, colour and word together.

One idea: colour alone says nothing; a failed run has another shape, and the legend says its word. Not for
statuses elsewhere (`app.views.style.looks`).
"""

from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtGui import QColor

from app.views.style.palette import HUES
from app.views.style.theme import Theme


class PointMark(NamedTuple):
    """A shape of the plot, the icon of mdi6 that looks like it, its colour (a role or a hue) and its word."""

    shape: str
    icon: str
    color: str
    word: str


COMPLETED = PointMark("dot", "circle", "link", "Completed")
FAILED = PointMark("crossed", "close-circle", "vermilion", "Failed")
INTERRUPTED = PointMark("square", "square", "amber", "Interrupted")
OTHER = PointMark("diamond", "rhombus", "muted", "Other")
OWN = PointMark("target", "circle-double", "link", "This session")
EDIT = PointMark("ring", "circle-outline", "amber", "Your edit")
SESSION_MARKS = (COMPLETED, FAILED, INTERRUPTED, OTHER)
"""Those of other sessions."""
ALL = (*SESSION_MARKS, OWN, EDIT)
"""In the order of the legend."""
_BY_STATUS: Mapping[str, PointMark] = {"completed": COMPLETED, "failed": FAILED, "interrupted": INTERRUPTED}


def mark_of(status: str) -> PointMark:
    """The mark of a session by the kind of its status."""
    return _BY_STATUS.get(status, OTHER)


def ink(theme: Theme, color: str) -> QColor:
    """A role or the text of a hue, as it is now."""
    return theme.colors.hue(color).text if color in HUES else theme.colors[color]
