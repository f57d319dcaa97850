"""Which sessions meet the conditions: found in pieces, and kept true."""

from collections.abc import Iterator

import pytest

from app.listing.matching import Matching
from persistence.query import parse
from persistence.sessions.query_values import dump_values

MANY = parse("trials>100").attribute_conditions
PHASE = parse("phase=data trials<500").attribute_conditions


def values(trials: int, phase: str = "data") -> str:
    return dump_values({"trials": [trials], "phase": [phase]})


def news(matching: Matching) -> frozenset[str] | None:
    found = matching.news()
    return None if found is None else found.directories


def found(matching: Matching) -> frozenset[str] | None:
    while not matching.go_on(0.0):
        pass
    return news(matching)


def test_that_all_conditions_must_hold() -> None:
    matching = Matching()
    matching.ask(PHASE, [("a", values(1)), ("b", values(1, "rest")), ("c", values(900))])
    assert found(matching) == frozenset({"a"})


def test_that_the_same_answer_is_told_once() -> None:
    matching = Matching()
    matching.ask(MANY, [("a", values(150)), ("b", values(1))])
    assert found(matching) == frozenset({"a"})
    matching.note("a", values(160))
    assert news(matching) is None


def test_that_it_is_kept_true() -> None:
    matching = Matching()
    matching.ask(MANY, [("a", values(150))])
    found(matching)
    matching.note("b", values(200))
    assert news(matching) == frozenset({"a", "b"})
    matching.note("a", None)
    matching.note("b", "")
    assert news(matching) == frozenset()


def test_that_nobody_who_asks_for_nothing_is_told_anything() -> None:
    matching = Matching()
    matching.ask(MANY, [("a", values(150))])
    matching.ask((), [("a", values(150))])
    assert found(matching) is None
    matching.note("a", values(150))
    assert news(matching) is None


def test_that_new_conditions_are_told_even_where_the_answer_is_the_same() -> None:
    matching = Matching()
    for conditions in (MANY, PHASE):
        matching.ask(conditions, [("a", values(150))])
        assert found(matching) == frozenset({"a"})


def test_that_names_that_no_session_has_are_told() -> None:
    matching = Matching()
    matching.ask(parse("trials>1 trails>1 phsae=data").attribute_conditions, [("a", values(150))])
    assert found(matching) == frozenset()
    matching.note("b", dump_values({"trails": [5]}))
    told = matching.news()
    assert told is not None
    assert (told.directories, told.unknown) == (frozenset(), frozenset({"phsae"}))


def test_that_what_is_newer_than_the_question_is_not_overwritten() -> None:
    matching = Matching()
    matching.ask(MANY, [("a", values(150)), ("b", values(150)), ("c", values(150))])
    matching.note("a", values(1))
    matching.note("b", None)
    assert found(matching) == frozenset({"c"})


@pytest.mark.parametrize(
    "odd", ["5", "[1]", "null", '{"trials": 5}', '{"trials": null}', "{", '"trials"', "[" * 10**6]
)
def test_that_values_that_nobody_of_ours_wrote_are_none(odd: str) -> None:
    matching = Matching()
    matching.ask(MANY, [("odd", odd), ("fine", values(150))])
    matching.note("later", odd)
    assert found(matching) == frozenset({"fine"})


def test_that_values_are_had_one_by_one_as_they_are_looked_at() -> None:
    taken: list[int] = []

    def rows() -> Iterator[tuple[str, str]]:
        for number in range(100):
            taken.append(number)
            yield str(number), values(150)

    matching = Matching()
    matching.ask(MANY, rows())
    assert taken == []
    assert not matching.go_on(0.0)
    assert len(taken) == 1
