"""What is known of sessions before somebody looks again: of which, and whether they were found damaged."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.listing.index import Index
from app.listing.known import Before, Befores, Known
from app.session import Problem
from tests.samples import summary

DAMAGED, NEWER = Problem("damaged", "Why."), Problem("newer", "Why.")


@pytest.mark.parametrize(
    ("problem", "attributes", "damaged"),
    [(DAMAGED, "", True), (DAMAGED, None, False), (NEWER, "", False), (None, "", False)],
)
def test_that_only_what_was_read_wholly_is_known_to_be_damaged_and_still_is_after_a_start(
    tmp_path: Path, problem: Problem | None, attributes: str | None, damaged: bool
) -> None:
    known = Known(summary(problem=problem), b"signature", attributes)
    before = Before(b"signature", damaged)
    assert known.before == before
    index = Index(tmp_path, "/data")
    index.put([known])
    assert index.befores().get(known.summary.directory) == before
    index.close()


def test_that_those_below_a_folder_are_not_those_of_a_name_that_begins_so() -> None:
    held = Befores(dict.fromkeys((b"/data/m1", b"/data/m1/a", b"/data/m10", b"/data/m10/b"), b"signed"))
    assert held.below("/data/m1") == ["/data/m1", "/data/m1/a"]
    assert held.below("/data/m1/") == ["/data/m1/a"]
    assert held.below("/") == ["/data/m1", "/data/m1/a", "/data/m10", "/data/m10/b"]


def test_that_one_that_is_gone_is_known_no_more() -> None:
    held = Befores({b"/data/a": b"signed", b"/data/\xff": b"signed"}, frozenset([b"/data/\xff"]))
    assert held.get("/data/\udcff") == Before(b"signed", damaged=True)
    held.drop("/data/a")
    held.drop("/data/never")
    assert ("/data/a" in held, held.get("/data/a"), len(held)) == (False, None, 1)
