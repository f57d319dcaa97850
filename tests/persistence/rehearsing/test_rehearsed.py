"""The findings of a rehearsal: what is written is what is read, and what others wrote is read leniently."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persistence.document import ABSENT
from persistence.errors import Damaged
from persistence.rehearsing.rehearsed import Changed, Finding, HeardLine, Rehearsed, Result, changed, read
from persistence.values.json_text import Number
from persistence.values.json_writing import write

TEXTS = st.text(max_size=20)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)
SIDES = st.just(ABSENT) | VALUES
PLACES = st.lists(TEXTS, min_size=2, max_size=3).map(tuple)
FINDINGS = st.builds(
    Finding,
    TEXTS,
    st.sampled_from(get_args(Result)),
    TEXTS,
    st.lists(st.builds(Changed, PLACES, SIDES, SIDES, st.booleans()), max_size=2).map(tuple),
)
REHEARSALS = st.builds(
    Rehearsed,
    launcher=TEXTS,
    namespace=TEXTS,
    ok=st.booleans(),
    error=TEXTS,
    findings=st.lists(FINDINGS, max_size=3, unique_by=lambda one: one.name).map(tuple),
    problems=st.lists(TEXTS, max_size=2).map(tuple),
    heard=st.lists(st.builds(HeardLine, TEXTS, TEXTS, TEXTS, TEXTS), max_size=2).map(tuple),
    printed=TEXTS,
    printed_bytes=st.integers(min_value=0, max_value=2**40),
)


@given(REHEARSALS)
def test_that_what_is_written_is_what_is_read(found: Rehearsed) -> None:
    assert read(write(found.as_json()).encode("utf-8")) == found


KEYS = ("launcher", "ok", "error", "attributes", "problems", "heard", "printed_bytes", "other")


@given(st.dictionaries(st.sampled_from(KEYS), VALUES))
def test_that_a_report_of_any_shape_is_read(tree: dict[str, object]) -> None:
    assert isinstance(read(write(tree).encode("utf-8")), Rehearsed)  # type: ignore[arg-type]


@pytest.mark.parametrize("data", [b"", b"{", b"\xff", b"not json at all"])
def test_that_what_is_no_json_is_damaged(data: bytes) -> None:
    with pytest.raises(Damaged):
        read(data)


def test_that_a_result_of_a_later_version_counts_as_refused_and_keeps_its_word() -> None:
    found = read(b'{"ok": true, "attributes": {"x": {"result": "transmuted", "reason": ""}}}')
    assert found.findings == (Finding("x", "refused", "transmuted"),)


def test_that_long_values_are_cut_and_numbers_keep_their_spelling() -> None:
    long = changed(("x",), list(range(5000)), Number("1e400"))
    assert (long.cut, long.after) == (True, Number("1e400"))
    assert isinstance(long.before, str)
    assert len(long.before) == 2000
    assert not changed(("x",), 1, ABSENT).cut
