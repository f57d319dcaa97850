"""What sessions have of a few names: told in portions, then as it becomes different."""

from app.listing.shown_values import Names, Row, ShownValues
from app.values.cells import Cell
from persistence.sessions.query_values import Scalar, dump_values


def values(**held: Scalar) -> str:
    return dump_values({name: [value] for name, value in held.items()})


def shown(asked: ShownValues, most: int = 500) -> list[tuple[Row, ...]]:
    portions, ended = list[tuple[Row, ...]](), False
    while not ended:
        rows, ended = asked.go_on(60.0, most)
        portions.append(rows)
    return portions


def test_that_each_session_is_told_with_a_cell_for_each_name() -> None:
    asked = ShownValues()
    asked.ask(("count", "rig"), [("a", values(count=1, rig="r1")), ("b", values(other=2)), ("c", "nonsense")])
    assert shown(asked) == [(("a", (Cell("1", 1), Cell("r1"))), ("b", (None, None)), ("c", (None, None)))]


def test_that_many_are_told_in_portions() -> None:
    asked = ShownValues()
    asked.ask(("count",), [(str(number), values(count=number)) for number in range(7)])
    assert [len(portion) for portion in shown(asked, 3)] == [3, 3, 1]


def test_that_what_is_newer_than_the_question_is_told_once_and_last() -> None:
    asked = ShownValues()
    asked.ask(("count",), [("a", values(count=1)), ("b", values(count=1)), ("c", values(count=1))])
    asked.note("a", values(count=2))
    asked.note("a", values(count=3))
    asked.note("b", None)
    assert shown(asked) == [(("c", (Cell("1", 1),)),)]
    assert asked.news() == (("a", (Cell("3", 3),)), ("b", (None,)))
    assert asked.news() == ()


def test_that_who_asks_for_nothing_is_told_nothing() -> None:
    asked = ShownValues()
    asked.ask((), [("a", values(count=1))])
    asked.note("a", values(count=2))
    assert (shown(asked), asked.news()) == ([()], ())


def test_that_names_are_counted() -> None:
    names = Names()
    names.ask([("a", values(count=1, rig="r1")), ("b", values(count=2)), ("c", "5")])
    while not names.go_on(0.0):
        pass
    assert names.counts == {"count": 2, "rig": 1}
