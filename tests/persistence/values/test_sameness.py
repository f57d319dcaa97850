"""Two values are the same when their types are, too."""

from __future__ import annotations

import math

from persistence.values.json_text import JSON, Number
from persistence.values.sameness import same


def test_that_comparing_is_strict_by_type() -> None:
    different: list[JSON] = [True, 1, 1.0, "1", None, [1], {"a": 1}, Number("1e0"), 0.0, -0.0, math.nan]
    for i, a in enumerate(different):
        for j, b in enumerate(different):
            assert same(a, b) is (i == j)
    assert same({"a": [1, {"b": 2.0}], "c": None}, {"c": None, "a": [1, {"b": 2.0}]})
    assert not same({"a": [1, {"b": 2.0}]}, {"a": [1, {"b": 2}]})
    assert not same({"a": 1}, {"b": 1})
    assert not same([1], [1, 2])
