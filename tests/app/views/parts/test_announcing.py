"""What screen readers are told of by themselves: messages and notices, in their words.

Qt lets nobody but the system hear what it tells; so the one call that leaves for the system is listened to.
"""

from __future__ import annotations

import pytest
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

from app.exchange import Banner
from tests.sample_window import Shown

POLITE, URGENT = QAccessible.AnnouncementPoliteness.Polite, QAccessible.AnnouncementPoliteness.Assertive


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, QAccessible.AnnouncementPoliteness]]:
    found: list[tuple[str, QAccessible.AnnouncementPoliteness]] = []

    def hear(event: QAccessibleAnnouncementEvent) -> None:
        found.append((event.message(), event.politeness()))

    monkeypatch.setattr(QAccessible, "updateAccessibility", hear)
    return found


def test_that_messages_and_notices_are_read_aloud_and_trouble_at_once(
    shown: Shown, heard: list[tuple[str, QAccessible.AnnouncementPoliteness]]
) -> None:
    shown.window.show_message("Saved as version 2.")
    shown.window.show_banner(Banner("a", "green", "Cleared."))
    shown.window.show_banner(Banner("b", "vermilion", "Not saved: the disk is full."))
    assert heard == [
        ("Saved as version 2.", POLITE),
        ("Notice: Cleared.", POLITE),
        ("Notice: Not saved: the disk is full.", URGENT),
    ]
