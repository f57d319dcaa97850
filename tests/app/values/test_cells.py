"""A saved value as a cell: its text, and its place when the list is sorted by it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.values.cell_making import LONGEST, cell_of, values_in
from app.values.cells import Cell
from persistence.sessions.query_values import Scalar, dump_values

SCALARS: st.SearchStrategy[Scalar] = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20)
    | st.sampled_from(["1e400", "nan", "inf", "-inf", "1E9999999999999999999", "0.10"]).map(
        lambda text: {"number": text}
    )
    | st.just({"time": "2026-11-23T14:05:00"})
)


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ([15], "15"),
        ([1.0], "1.0"),
        ([True], "yes"),
        ([None], "empty (None)"),
        (["data"], "data"),
        ([""], '"" (empty text)'),
        ([{"number": "1e400"}], "1e400"),
        ([{"time": "2026-11-23T14:05:00"}], "2026-11-23T14:05:00"),
        ([15, 15], "15"),
        ([15, "data"], "15; data"),
        (["a\nb"], "a\\nb"),
    ],
)
def test_that_a_cell_says_what_was_saved(values: list[Scalar], text: str) -> None:
    assert cell_of(values) is not None
    assert cell_of(values).text == text  # type: ignore[union-attr]  # as just asked


def test_that_there_is_no_cell_where_there_is_no_value() -> None:
    assert cell_of([]) is None


def test_that_a_long_text_is_cut() -> None:
    cell = cell_of(["x" * 256])
    assert cell is not None
    assert (len(cell.text), cell.text[-1]) == (LONGEST, "…")


@given(st.lists(SCALARS, min_size=1, max_size=30))
def test_that_any_values_can_be_sorted_and_told_apart(values: list[Scalar]) -> None:
    cells = [cell for value in values if (cell := cell_of([value])) is not None]
    assert len(cells) == len(values)
    ordered = sorted(cells, key=lambda cell: cell.key)
    numbers = [cell.number for cell in ordered if cell.number is not None]
    assert numbers == sorted(numbers)
    assert all(cell.number is None for cell in ordered[len(numbers) :])
    assert len({*cells}) <= len(cells)


def test_that_numbers_are_sorted_by_their_size_and_stand_before_texts() -> None:
    values: list[Scalar] = ["b", 10, 9.5, "A", {"number": "1e400"}, -1, True]
    cells = [cell for value in values if (cell := cell_of([value])) is not None]
    ordered = [cell.text for cell in sorted(cells, key=lambda cell: cell.key)]
    assert ordered == ["-1", "9.5", "10", "1e400", "A", "b", "yes"]


def test_that_values_that_nobody_of_ours_wrote_are_none() -> None:
    assert [values_in(text) for text in ("5", "[1]", "{", '{"a": 5}', "[" * 10**6)] == [{}] * 5
    assert values_in(dump_values({"a": [5]})) == {"a": [5]}


def test_that_equal_cells_are_equal_and_others_are_not() -> None:
    assert cell_of([1]) == Cell("1", 1) != cell_of([1.0])
