"""What is written is strict JSON and UTF-8, whatever stands in it."""

from __future__ import annotations

import pytest

from persistence.errors import NotRepresentable
from persistence.values.json_text import JSON, Number, parse
from persistence.values.json_writing import write


def test_that_lone_surrogates_survive_as_escapes() -> None:
    value = parse(b'["\\ud800 \\udfff", {"\\udc80": 1}]')
    assert value == ["\ud800 \udfff", {"\udc80": 1}]
    assert write(value) == '["\\ud800 \\udfff", {"\\udc80": 1}]'
    write(value).encode("utf-8")


def test_that_other_scripts_are_written_as_themselves() -> None:
    assert write(["é漢😀\u2028"]) == '["é漢😀\u2028"]'


def test_that_a_value_that_contains_itself_is_refused() -> None:
    circle: list[JSON] = []
    circle.append(circle)
    with pytest.raises(NotRepresentable):
        write(circle)
    circle.append(Number("1e2"))
    with pytest.raises(NotRepresentable):
        write(circle)
