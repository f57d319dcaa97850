"""What appears by itself, said aloud by screen readers.

One idea: who cannot see that a notice or a message came up hears it, in its words and without losing what he
is at. Not for what the keyboard goes to: that is read anyhow.

What Qt knows of screen readers is made when it is first asked for, which is after the first picture.
"""

from PySide6 import QtGui
from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, text: str, *, urgent: bool = False) -> None:
    """Let a text of this widget be read; an urgent one at once."""
    if text:
        event = QtGui.QAccessibleAnnouncementEvent(widget, text)
        politeness = QtGui.QAccessible.AnnouncementPoliteness
        event.setPoliteness(politeness.Assertive if urgent else politeness.Polite)
        QtGui.QAccessible.updateAccessibility(event)
