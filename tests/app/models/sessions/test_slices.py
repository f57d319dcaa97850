"""Work in slices: what comes of it is what one call would give."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.sessions import slices
from app.models.sessions.slices import Work, finished, held, parts, passing

ROWS = st.lists(st.integers(0, 30))


def pauses(work: Work[object]) -> int:
    return sum(1 for _ in work)


@given(ROWS, st.integers(1, 7))
def test_that_parts_are_all_rows_in_their_order(rows: list[int], size: int) -> None:
    cut = list(parts(rows, size))
    assert [row for part in cut for row in part] == rows
    assert all(len(part) == size for part in cut[:-1])


@given(ROWS, st.integers(1, 7))
def test_that_what_passes_part_by_part_passes_as_a_whole(rows: list[int], size: int) -> None:
    found = finished(passing(rows, lambda part: [row for row in part if row % 2], size))
    assert found == [row for row in rows if row % 2]


def test_that_a_work_pauses_after_each_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slices, "ROWS", 10)
    assert pauses(passing(range(95), list)) == pauses(held(range(95))) == 10
    assert finished(held([3, 1, 3])) == {1, 3}
