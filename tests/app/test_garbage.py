"""The collector of cycles leaves alone what was there when the window was shown."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from app.garbage import spare_what_is_there, spare_what_stays


class Knot:
    """Holds itself."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def as_before() -> Iterator[None]:
    """Nothing is left alone yet; afterwards the collector is that of the other tests."""
    before = gc.get_threshold()
    gc.unfreeze()
    yield
    gc.set_threshold(*before)
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def test_that_what_is_there_is_spared_and_what_comes_later_is_collected(as_before: None) -> None:
    there = len(gc.get_objects())
    spare_what_is_there()
    assert gc.get_freeze_count() >= there
    assert len(gc.get_objects()) < there / 10
    knot = weakref.ref(Knot())
    gc.collect()
    assert knot() is None


def test_that_what_has_gone_is_freed_before_the_rest_is_spared(as_before: None) -> None:
    gc.disable()
    try:
        stays, gone = Knot(), weakref.ref(Knot())
        spare_what_stays()
    finally:
        gc.enable()
    assert gone() is None
    assert all(one is not stays for one in gc.get_objects())


def test_that_everything_is_looked_through_ten_times_as_rarely(as_before: None) -> None:
    young, middle, _ = gc.get_threshold()
    spare_what_is_there()
    spare_what_is_there()
    assert gc.get_threshold() == (young, middle, 100)
