"""A row for each of many numbers: as a dictionary has it, in a tenth of its memory."""

from __future__ import annotations

import tracemalloc

from hypothesis import given
from hypothesis import strategies as st

from app.models.sessions.rows_by_number import RowsByNumber

LOOKED_AT = 1 << 42
PARTED = 1 << 10  # numbers that are so far apart stand in one part
NUMBERS = st.integers(-(2**63), 2**63 - 1) | st.integers(0, 5).map(lambda number: number * PARTED)
MIXED = st.sampled_from([0x01020102 << 10, 0x02010201 << 10, 0x01010101 << 10])  # one within two others


@given(st.lists(st.tuples(NUMBERS | MIXED, st.none() | st.integers(0, 2**32 - 1))))
def test_that_it_says_what_a_dictionary_says(steps: list[tuple[int, int | None]]) -> None:
    rows, held = RowsByNumber(), dict[int, int]()
    for number, row in steps:
        if row is None:
            assert rows.pop(number) == held.pop(number % LOOKED_AT, None)
        else:
            rows.put(number, row)
            held[number % LOOKED_AT] = row
        assert [rows.get(one) for one, _ in steps] == [held.get(one % LOOKED_AT) for one, _ in steps]


def test_that_many_take_little_memory() -> None:
    numbers = [hash(str(number)) for number in range(20_000)]
    tracemalloc.start()
    try:
        rows = RowsByNumber()
        for row, number in enumerate(numbers):
            rows.put(number, row)
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert held < 25 * len(numbers)
    assert all(rows.get(number) == row for row, number in enumerate(numbers))
