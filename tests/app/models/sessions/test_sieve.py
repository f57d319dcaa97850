"""Which sessions a query lets through."""

from __future__ import annotations

import pytest

from app.models.sessions.known import KnownSessions
from app.models.sessions.sieve import Sieve, narrows
from app.models.sessions.slices import finished
from persistence.query import parse
from tests.app.models.rows import known
from tests.samples import SLAP2, summary

TOLD = (
    summary("1_2026-11-23_14-05"),
    summary("2_2026-11-22_13-41", launchers=(SLAP2,), outcome="failed"),
    summary("3_2026-11-10_15-12", edited_by="ann", saved_at="2026-11-10T16:00:00.000000"),
)


def found(held: KnownSessions, text: str, matching: frozenset[str] | None = None) -> str:
    """The subjects of the sessions that are let through."""
    sieve = Sieve(held.roster, held.standings, held.extras)
    rows = finished(sieve.sift(list(held.roster), parse(text), matching))
    return "".join(held.roster.subjects[row] for row in rows)


@pytest.mark.parametrize(
    "text", ["764521", "predictive", "completed", "2026-11-23", "nov", "1 UNSAVED", "14-05 comp", "14:05"]
)
def test_that_the_filter_searches_everything_shown(text: str) -> None:
    held = known(summary())
    held.set_unsaved(summary().directory, 1)
    assert found(held, text) == "764521"


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("", "123"),
        ("764521 failed", ""),
        ("slap2", "2"),
        ("failed slap", "2"),
        ("edited ann", "3"),
        ('"edited by ann"', "3"),
        ("not:failed", "13"),
        ("not:2026-11", ""),
        ("subject:2", "2"),
        ("status=completed", "13"),
        ("not:status=completed", "2"),
        ("launcher:slap failed", "2"),
        ("saved>=2026-11-22", "12"),
        ("saved=2026-11-10T16", "3"),
        ("folder=/data not:launcher:slap", "13"),
        ("outcome=failed", "2"),
    ],
)
def test_that_words_and_conditions_on_fields_all_have_to_hold(text: str, subjects: str) -> None:
    assert found(known(*TOLD), text) == subjects


def test_that_the_name_of_a_relative_does_not_find_a_session() -> None:
    source = summary("1_2026-11-23_14-05")
    heir = summary("764521-late", subject="9", resumed_from=source.directory)
    held = known(source, heir)
    told = [mark.text for row in held.roster for mark in held.standings[row].marks]
    assert len(told) == 1
    assert told[0].startswith("Resumed as")
    assert found(held, "764521-late") == "9"
    assert found(held, "resumed") == ""


def test_that_conditions_on_values_let_through_whom_they_are_told() -> None:
    held = known(*TOLD)
    assert found(held, "trial_count>1", frozenset({TOLD[0].directory, TOLD[1].directory})) == "12"
    assert found(held, "trial_count>1 failed", frozenset({TOLD[0].directory})) == ""


def test_that_it_pauses_on_its_way_through_many_rows() -> None:
    held = known(*(summary(f"{number}_2026-11-23_14-05") for number in range(500)))
    work = Sieve(held.roster, held.standings, held.extras).sift(list(held.roster), parse("saved>2026"), None)
    assert sum(1 for _ in work) > 2


@pytest.mark.parametrize(
    ("old", "new", "narrower"),
    [
        ("", "m", True),
        ("mou", "mouse", True),
        ("mou 1", "mouse 12", True),
        ("mouse", "mou", False),
        ("mouse", "rat", False),
        ("", "not:m", True),
        ("not:m", "not:mouse", False),
        ("not:mouse", "not:m", False),
        ("status=failed", "status=failed m", True),
        ("status=failed", "status=completed", False),
    ],
)
def test_that_a_query_is_narrower_when_nothing_more_can_be_let_through(
    old: str, new: str, narrower: bool
) -> None:
    assert narrows(parse(new), parse(old)) is narrower
