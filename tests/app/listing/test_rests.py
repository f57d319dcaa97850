"""How long a folder rests between two walks through it."""

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.listing.rests import Rests


@pytest.mark.parametrize(
    ("events", "took", "seconds"),
    [
        (False, 0.1, 10.0),
        (False, 2.0, 40.0),
        (False, 100.0, 600.0),
        (True, 0.001, 10.0),
        (True, 2.0, 2000.0),
        (True, 100.0, 3600.0),
    ],
)
def test_that_a_long_walk_is_followed_by_a_long_rest_and_a_longer_one_where_events_are_trusted(
    qapp: QObject, events: bool, took: float, seconds: float
) -> None:
    parent = QObject()
    rests = Rests(10.0, lambda: None, parent)
    rests.trust(events=events)
    assert rests.after(took) == seconds


def test_that_a_rest_ends_by_itself_and_not_when_it_was_stopped(qtbot: QtBot) -> None:
    parent, over = QObject(), list[str]()
    stopped = Rests(0.0, lambda: over.append("stopped"), parent)
    rests = Rests(0.0, lambda: over.append("rests"), parent)
    stopped.begin()
    stopped.stop()
    rests.begin()
    qtbot.waitUntil(lambda: bool(over))
    assert over == ["rests"]


def test_that_nobody_waits_for_the_end_of_a_long_rest_when_events_are_not_trusted_any_more(
    qtbot: QtBot,
) -> None:
    parent, over = QObject(), list[bool]()
    rests = Rests(0.0, lambda: over.append(True), parent)
    rests.trust(events=True)
    rests.begin(3600.0)
    rests.trust(events=False)
    qtbot.waitUntil(lambda: bool(over))
