"""What appears by itself, said aloud by screen readers.

One idea: who cannot see that a notice or a message came up hears it, in its words and without losing what he
is at. Not for what the keyboard goes to: that is read anyhow.
"""

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, text: str, *, urgent: bool = False) -> None:
    """Let a text of this widget be read; an urgent one at once."""
    if text:
        event = QAccessibleAnnouncementEvent(widget, text)
        politeness = QAccessible.AnnouncementPoliteness
        event.setPoliteness(politeness.Assertive if urgent else politeness.Polite)
        QAccessible.updateAccessibility(event)
