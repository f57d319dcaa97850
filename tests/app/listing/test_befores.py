"""What was known of many sessions before somebody looks again, by the folder in which they lie."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from queue import SimpleQueue

import pytest

from app.listing import befores
from app.listing.befores import Befores
from app.listing.index import Index
from app.listing.known import Before, Known
from tests.patience import PATIENCE_MS
from tests.samples import summary

pytestmark = pytest.mark.skipif(os.name == "nt", reason="paths as they are spelled elsewhere")


def test_that_it_knows_of_each_what_the_index_knows(tmp_path: Path) -> None:
    index = Index(tmp_path, "/data")
    index.put([Known(summary("a"), b"one", None), Known(summary("b"), b"", "")])
    held = Befores()
    index.fill(held)
    index.close()
    found = summary("a").directory
    assert len(held) == 2
    assert (held.get(found), held.get(summary("b").directory)) == (Before(b"one"), Before(b""))
    assert held.inside(str(Path(found).parent)) == {"a": b"one", "b": b""}


def test_that_those_below_a_folder_are_not_those_of_a_name_that_begins_so() -> None:
    held = Befores.of(
        (path, b"signed") for path in (b"/data/m1", b"/data/m1/a", b"/data/m10", b"/data/m10/b")
    )
    assert held.below("/data/m1") == ["/data/m1", "/data/m1/a"]
    assert held.below("/data/m1/") == ["/data/m1/a"]
    assert sorted(held.below("/")) == ["/data/m1", "/data/m1/a", "/data/m10", "/data/m10/b"]


def test_that_one_that_is_gone_is_known_no_more() -> None:
    held = Befores.of([(b"/data/a", b"signed"), (b"/data/\xff", b"signed")], frozenset([b"/data/\xff"]))
    assert held.get("/data/\udcff") == Before(b"signed", damaged=True)
    held.drop("/data/a")
    held.drop("/data/never")
    held.drop("/never/a")
    assert ("/data/a" in held, held.get("/data/a"), len(held)) == (False, None, 1)
    assert held.inside("/data") == {"\udcff": b"signed"}


@pytest.mark.parametrize(
    ("directory", "folder"), [(b"/s", "/"), (b"/data/s", "/data"), (b"/data/s", "/data/")]
)
def test_that_those_inside_a_folder_lie_right_in_it(directory: bytes, folder: str) -> None:
    held = Befores.of([(directory, b"signed"), (directory + b"/below", b"signed"), (b"/other/t", b"signed")])
    assert held.inside(folder) == {"s": b"signed"}
    assert held.inside("/never") == {}


def test_that_those_of_a_folder_with_many_are_asked_for_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(befores, "MOST_INSIDE", 8)
    few = Befores.of((b"/data/%d" % number, b"signed") for number in range(8))
    many = Befores.of((b"/data/%d" % number, b"signed") for number in range(9))
    assert (len(few.inside("/data")), few.weight_inside("/data")) == (8, 2)
    assert (len(many.inside("/data")), many.weight_inside("/data")) == (0, 0)
    assert many.get("/data/8") == Before(b"signed")


def test_that_who_asks_on_another_thread_waits_until_it_is_filled_but_for_a_weight() -> None:
    """Weights are asked for where others wait, too."""
    held, told = Befores(), SimpleQueue[object]()
    asking = [
        threading.Thread(target=lambda: told.put(held.get("/data/a"))),
        threading.Thread(target=lambda: told.put(held.inside("/data"))),
    ]
    for thread in asking:
        thread.start()
    assert held.weight_inside("/data") == 0
    assert told.empty()
    held.fill([(b"/data/a", b"signed")])
    answers = [told.get(timeout=PATIENCE_MS / 1000) for _ in asking]
    assert Before(b"signed") in answers
    assert {"a": b"signed"} in answers
    for thread in asking:
        thread.join()
