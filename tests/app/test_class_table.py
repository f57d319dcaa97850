"""PySide's table of classes has room for all that a window makes on threads.

That it is made before the first of them is in `test_opening`.
"""

from __future__ import annotations

import gc
import sys

import pytest
from shiboken6 import Shiboken

import app.main
import app.views.trend.plot
from app.class_table import ROOM, make_room


def classes() -> set[type]:
    """All of PySide's kind, but those of tests."""
    found, waiting = set[type](), [Shiboken.Object]
    while waiting:
        kind = waiting.pop()
        if kind not in found:
            found.add(kind)
            waiting += type.__subclasses__(kind)
    return {kind for kind in found if not kind.__module__.startswith("tests")}


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="there PySide keeps what it knows in the class")
def test_that_room_is_made_at_once_and_nothing_is_left_of_it() -> None:
    before, enabled, counts = classes(), gc.isenabled(), list[int]()

    def count(phase: str, _: object) -> None:
        if phase == "start":
            counts.append(len(classes()))

    make_room.cache_clear()
    gc.callbacks.append(count)
    try:
        make_room()
    finally:
        gc.callbacks.remove(count)
    assert max(counts) >= ROOM
    assert (classes(), gc.isenabled()) == (before, enabled)


def test_that_the_whole_window_and_what_draws_fit_into_it() -> None:
    modules = (app.main, app.views.trend.plot)
    assert {kind.__module__ for kind in classes()} >= {module.__name__ for module in modules}
    assert 500 < len(classes()) < ROOM
