"""How deeply a text is nested: the same going in and coming out."""

from __future__ import annotations

from persistence.values.depth import MAX_DEPTH
from persistence.values.json_text import parse, too_deep
from persistence.values.json_writing import write


def test_that_the_deepest_allowed_nesting_goes_both_ways() -> None:
    text = "[" * MAX_DEPTH + "]" * MAX_DEPTH
    value = parse(text.encode())
    assert write(value) == text
    assert not too_deep(value, text)
    assert too_deep([value], f"[{text}]")


def test_that_a_number_json_lacks_takes_the_level_that_its_tag_takes() -> None:
    for levels, fits in ((MAX_DEPTH - 1, True), (MAX_DEPTH, False)):
        value = parse(b"[" * levels + b"NaN" + b"]" * levels)
        assert too_deep(value, write(value)) is not fits


def test_that_brackets_in_strings_do_not_count_as_nesting() -> None:
    text = "[" * 500
    assert parse(write([text, text]).encode()) == [text, text]
