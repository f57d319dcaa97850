"""What is written in pieces is what is written at once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given

from persistence.errors import NotRepresentable
from persistence.values import written_in_pieces
from persistence.values.depth import MAX_DEPTH
from persistence.values.json_text import JSON, parse_text
from persistence.values.json_writing import write
from persistence.values.written_in_pieces import joined, written
from tests.persistence.values.json_texts import VALUES


@pytest.fixture(autouse=True, scope="module")
def small_pieces() -> Iterator[None]:
    """So small that the values of the tests have many."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(written_in_pieces, "GROUP", 3)
        yield


@given(VALUES)
def test_that_a_value_written_in_pieces_is_the_text_that_is_written_at_once(text: str) -> None:
    value = parse_text(text)
    assert "".join(written(value, MAX_DEPTH)) == write(value)


def test_that_what_is_nested_too_deeply_is_not_written() -> None:
    value: JSON = [1]
    for _ in range(9):
        value = [value, 2, 3, 4]
    assert "".join(written(value, 10)) == write(value)
    with pytest.raises(NotRepresentable, match="levels"):
        "".join(written(value, 9))


def test_that_many_bytes_are_put_together_as_few_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(written_in_pieces, "_MANY_BYTES", 4)
    parts: list[bytes | memoryview] = [b"", b"abc", memoryview(b"0123456789"), b"{", memoryview(b"xyz")]
    assert joined(parts) == b"abc0123456789{xyz"
    assert joined([b"ab"]) == b"ab"
