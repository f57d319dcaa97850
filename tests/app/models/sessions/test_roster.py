"""Sessions as columns: what was told comes back as it was told."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.sessions.roster import Roster, time_of
from app.session import Problem, Running, Summary
from tests.samples import NOW, PREDICTIVE, SLAP2, summary

TIMES = (
    None, "", "not a time", "2026-11-23T14:05:30", "2026-11-23T14:05:30.000000", "2026-11-23T14:05:30.250000",
    "2026-11-23 14:05", "2026-W48-1T14:05:30", "2026-11-23T14:05:30+02:00", "0001-01-01T00:00:00",
)  # fmt: skip
TEXTS = st.text(st.characters(exclude_categories=()), max_size=8)  # lone surrogates too: names of files
INTEGERS = st.integers() | st.integers(2**63 - 1, 2**63)
SUMMARIES = st.builds(
    Summary,
    directory=TEXTS | st.sampled_from(["/data/a", "D:\\data\\b", "/", "a"]),
    root=TEXTS,
    name=TEXTS | st.sampled_from(["a", "b"]),
    subject=TEXTS,
    launchers=st.lists(TEXTS, max_size=2).map(tuple),
    saved_at=st.sampled_from(TIMES),
    created_at=st.sampled_from(TIMES),
    started=st.sampled_from(TIMES),
    outcome=st.sampled_from([None, "completed", "failed"]),
    attributes=INTEGERS,
    size=INTEGERS,
    mtime_ns=INTEGERS,
    etag=st.sampled_from(["absent", "", "1", "0" * 64, "AB" * 32, " ".join(["0f"] * 32), "0f" * 31]),
    problem=st.sampled_from([None, Problem("damaged", "why")]),
    running=st.sampled_from([None, Running("rig3", 1, SLAP2, "", False)]),
    edited_by=st.sampled_from([None, "ann"]),
    edited_at=st.sampled_from(TIMES),
    written_at=st.sampled_from([*TIMES, ""]),
    resumed_from=st.sampled_from([None, "/data/before"]),
    resumed_version=st.sampled_from([None, "a" * 64]),
    unsaved=st.sampled_from([(), ("one",)]),
    by_metadata=st.booleans(),
)


@given(st.lists(SUMMARIES, max_size=6), st.data())
def test_that_every_session_comes_back_exactly_as_it_was_told_last(
    told: list[Summary], data: st.DataObject
) -> None:
    roster, held = Roster(), dict[str, Summary]()
    for one in told:
        roster.put(one, NOW)
        held[one.directory] = one
        if data.draw(st.booleans()):
            gone = data.draw(st.sampled_from(sorted(held)))
            roster.remove(gone)
            del held[gone]
        if data.draw(st.booleans()):
            roster.release()
    assert {roster.directories[row]: roster.summary(row) for row in roster} == held


def test_that_an_ordinary_session_needs_nothing_beside_its_columns() -> None:
    roster = Roster()
    saved = "2026-11-23T14:05:30.123456"
    roster.put(summary(saved_at=saved, created_at=saved, etag="0f" * 32), NOW)
    assert roster._odd == {}


def test_that_a_row_is_given_to_another_session_only_when_nobody_names_it_any_more() -> None:
    roster = Roster()
    first = roster.put(summary("1_a"), NOW)
    roster.remove(summary("1_a").directory)
    assert roster.put(summary("2_b"), NOW) != first
    roster.release()
    assert roster.put(summary("3_c"), NOW) == first
    assert len(roster) == 2


@pytest.mark.parametrize(
    ("changes", "began"),
    [
        ({}, datetime(2026, 11, 23, 14, 5)),
        ({"started": "nonsense"}, datetime(2026, 11, 23, 14, 5, 30)),
        ({"started": None, "created_at": None}, datetime(2026, 11, 23, 14, 5, 30)),
    ],
)
def test_that_a_session_began_when_it_was_started_else_made_else_saved(
    changes: dict[str, Any], began: datetime
) -> None:
    roster = Roster()
    row = roster.put(summary(**changes), NOW)
    assert time_of(roster.began[row]) == began


def test_that_what_sessions_have_in_common_is_held_once() -> None:
    roster = Roster()
    for number in range(50):
        roster.put(summary(f"{number % 2}_{number}")._replace(launchers=(PREDICTIVE,)), NOW)
    assert len(roster.subjects.values) == 2
    assert len(roster.launchers.values) == len(roster.roots.values) == 1


def test_that_who_has_a_version_is_found() -> None:
    roster, first, alike = Roster(), "ab" * 32, "ab" * 31 + "cd"
    roster.put(summary("0", etag="00" + "ab" * 31), NOW)
    row = roster.put(summary("1", etag="ab" + "00" * 31), NOW)  # in the middle of both it stands, too
    assert (roster.holder(first), roster.holder("ab" + "00" * 31)) == (None, row)
    row = roster.put(summary("2", etag=first), NOW)
    assert roster.holder(first) == row
    assert [roster.holder(etag) for etag in (alike, "cd" * 32, "absent", "")] == [None] * 4
    roster.put(summary("2", etag="absent"), NOW)
    assert roster.holder(first) is None
    roster.put(summary("2", etag=first), NOW)
    roster.remove(summary("2").directory)
    assert roster.holder(first) is None
    assert roster.holder("00" * 32) is None
