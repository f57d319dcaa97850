"""What is known of sessions before somebody looks again: of which, and whether they were found damaged."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.listing.befores import Befores
from app.listing.index import Index
from app.listing.known import Before, Known
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
    held = Befores()
    index.fill(held)
    assert held.get(known.summary.directory) == before
    index.close()
