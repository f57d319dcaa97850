"""A value beside another one that it differs from, in the room that there is.

One idea: what both say alike is left out first, from the end, so that a day keeps its month and year; then
from the front, and then from both sides. Only what is left may be cut. Not for painting (`painting`), nor for
what two texts share (`words.change_texts`).
"""

from PySide6.QtGui import QFont

from app.views.style.painting import text_width
from app.words.beside_texts import from_where_they_differ, until_where_they_differ, where_they_differ


def in_short(text: str, other: str, font: QFont, width: int) -> str:
    """The longest way to say it that has room in so many pixels; the shortest where none has."""
    texts = (text, until_where_they_differ(text, other), from_where_they_differ(text, other))
    return next((one for one in texts if text_width(one, font) < width), where_they_differ(text, other))
