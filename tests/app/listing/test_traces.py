"""What the sessions of a launcher have of one name: the newest are picked, and then kept true."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from app.listing.traces import Picking, Traces, fits
from app.session import Summary
from app.value_errands import Trace
from app.values.cells import Cell
from persistence.sessions.query_values import dump_values
from tests.samples import SLAP2, summary

ERRAND = Trace("trend", "count", "PredictiveLauncher", "764521", most=2)
OWN = [summary(f"764521_2026-11-2{day}_14-05") for day in (3, 1, 2)]
OTHERS = [
    summary("764521_2026-11-24_14-05", launchers=(SLAP2,)),
    summary("770012_2026-11-25_14-05"),
    summary("764521_2026-11-26_14-05", launchers=()),
]


def names(directories: list[str]) -> list[str]:
    return [directory.rpartition("/")[2] for directory in directories]


def value(count: int) -> str:
    return dump_values({"count": [count], "other": [1]})


class Asked:
    """The traces of a folder over sessions that are known, and what they tell."""

    def __init__(self, *known: Summary) -> None:
        self.known = {one.directory: one for one in known}
        self.traces = Traces("/data", self.known.get)

    def ask(self, errand: Trace, values: Iterable[tuple[str, str]] = ()) -> None:
        self.traces.ask(errand, self.known.values(), lambda _: values)

    def told(self, asker: str = "trend") -> tuple[dict[str, object], bool]:
        traced, ended = self.traces.go_on(asker, 60.0)
        return ({} if traced is None else dict(traced.rows)), ended

    def news(self) -> list[tuple[str, dict[str, object]]]:
        return [(one.errand.asker, dict(one.rows)) for one in self.traces.news()]


def test_that_the_newest_of_the_launcher_and_subject_are_picked_and_all_are_counted() -> None:
    picking = Picking(ERRAND, [*OWN, *OTHERS])
    assert picking.go_on(60.0)
    assert picking.alike == 3
    assert names(picking.newest) == ["764521_2026-11-23_14-05", "764521_2026-11-22_14-05"]


def test_that_those_of_the_subject_that_cannot_be_read_are_told_beside_them() -> None:
    damaged, other = (summary(f"{name}_2026-11-19_09-00", launchers=()) for name in ("764521", "770012"))
    picking = Picking(ERRAND, [*OWN, damaged, other])
    assert picking.go_on(60.0)
    assert (picking.alike, picking.unread) == (3, [damaged.directory])
    asked = Asked(*OWN, damaged)
    asked.ask(ERRAND)
    traced, _ = asked.traces.go_on("trend", 60.0)
    assert traced is not None
    assert traced.unread == (damaged.directory,)


def test_that_sessions_are_picked_in_pieces_and_none_is_looked_into_before() -> None:
    looked_into: list[str] = []

    def values_of(directories: Iterable[str]) -> Iterator[tuple[str, str]]:
        looked_into.extend(directories)
        return iter([(one, value(7)) for one in looked_into])

    traces = Traces("/data", dict[str, Summary]().get)
    traces.ask(ERRAND, [*OWN, *OTHERS], values_of)
    pieces = 0
    while (told := traces.go_on("trend", 0.0))[0] is None:
        assert (told, looked_into) == ((None, False), [])
        pieces += 1
    assert pieces == len([*OWN, *OTHERS])
    assert names(looked_into) == ["764521_2026-11-23_14-05", "764521_2026-11-22_14-05"]


def test_that_what_becomes_other_while_sessions_are_picked_is_told_as_it_is_then() -> None:
    asked = Asked(*OWN)
    asked.ask(ERRAND, [(OWN[0].directory, value(1))])
    asked.traces.go_on("trend", 0.0)
    asked.traces.note(OWN[0].directory, value(2))
    assert asked.told() == ({}, True)
    assert asked.news() == [("trend", {OWN[0].directory: Cell("2", 2)})]


def test_that_without_a_subject_all_sessions_of_the_launcher_are_alike() -> None:
    errand = Trace("trend", "count", "PredictiveLauncher", None, most=9)
    picking = Picking(errand, [*OWN, *OTHERS])
    picking.go_on(60.0)
    assert picking.alike == 4


def test_that_a_launcher_is_known_by_its_class_wherever_its_module_has_gone() -> None:
    assert fits(ERRAND, summary(launchers=("elsewhere.now.PredictiveLauncher",)))


def test_that_each_asker_has_a_question_of_its_own() -> None:
    asked = Asked(*OWN)
    asked.ask(ERRAND, [("a", value(1)), ("b", dump_values({}))])
    asked.ask(Trace("usual", "other", "PredictiveLauncher", None, 9), [("a", value(1))])
    assert asked.told() == ({"a": Cell("1", 1), "b": None}, True)
    assert asked.told("usual") == ({"a": Cell("1", 1)}, True)
    asked.ask(Trace("usual"))
    assert asked.told("usual") == ({}, True)


def test_that_sessions_of_the_kind_are_told_when_they_become_others() -> None:
    asked = Asked(*OWN, *OTHERS)
    asked.ask(ERRAND)
    asked.told()
    for one in (OWN[0], OTHERS[0], OTHERS[1]):
        asked.traces.note(one.directory, value(5))
    assert asked.news() == [("trend", {OWN[0].directory: Cell("5", 5)})]
    assert asked.news() == []
    del asked.known[OWN[0].directory]
    asked.traces.note(OWN[0].directory, None)
    assert asked.news() == [("trend", {OWN[0].directory: None})]


def test_that_what_is_noted_of_a_question_under_way_is_told_with_its_end() -> None:
    asked = Asked(*OWN)
    asked.ask(ERRAND)
    asked.traces.note(OWN[0].directory, value(5))
    assert asked.traces.news({"trend"}) == ()
    assert asked.traces.news({"usual"}) != ()


def test_that_nothing_is_noted_where_nobody_asks() -> None:
    asked = Asked(*OWN)
    asked.traces.note(OWN[0].directory, value(5))
    assert asked.news() == []
