"""The sessions of earlier times, until each is remembered."""

import threading
from collections.abc import Iterator
from pathlib import Path
from queue import SimpleQueue

import pytest

from app.listing.earlier import Earlier
from app.listing.index import Index
from app.listing.known import Before, Known
from app.session import Summary
from tests.patience import PATIENCE_MS


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    """It knows a, of 2024, and b, of 2025."""
    made = Index(tmp_path, "/data")
    for name, started in (("a", "2024"), ("b", "2025")):
        summary = Summary(f"/data/{name}", "/data", name, "m1", started=started)
        made.put([Known(summary, name.encode(), None)])
    yield made
    made.close()


def names(earlier: Earlier) -> list[str]:
    return [known.summary.name for known in earlier.sessions()]


def test_that_who_asks_on_another_thread_waits_until_it_is_recalled(index: Index) -> None:
    """A walk begins before, and starts programs meanwhile."""
    earlier, told = Earlier(index), SimpleQueue[Before | None]()
    asking = threading.Thread(target=lambda: told.put(earlier.get("/data/a")))
    asking.start()
    assert len(earlier) == 2
    assert told.empty()
    earlier.recall()
    assert told.get(timeout=PATIENCE_MS / 1000) == Before(b"a")
    asking.join()


def test_that_it_is_recalled_once(index: Index) -> None:
    earlier = Earlier(index)
    earlier.recall()
    index.forget(["/data/a"])
    earlier.recall()
    assert "/data/a" in earlier
    assert earlier.below("/data/a") == ["/data/a"]
    assert len(earlier) == 2


def test_that_what_goes_before_it_is_told_is_not_told(index: Index) -> None:
    earlier = Earlier(index)
    told = earlier.sessions()
    earlier.forget("/data/a")
    earlier.forget("/data/c")
    assert earlier.get("/data/a") is None
    assert [known.summary.name for known in told] == ["b"]


def test_that_nothing_is_of_earlier_times_once_it_is_told(index: Index) -> None:
    earlier = Earlier(index)
    assert names(earlier) == ["b", "a"]
    assert len(earlier) == 0
    assert earlier.get("/data/b") is None
    assert earlier.below("/data") == []
