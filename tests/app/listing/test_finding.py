"""What all folders say of the conditions, put together."""

import pytest

from app.folder_errands import Progress
from app.listing.finding import Finding
from app.session import RootStatus
from app.value_errands import Match, Matched
from persistence.query import parse

MANY = parse("trials>100").attribute_conditions
FEW = parse("trials<3").attribute_conditions


class Asked:
    """A finding, what it asked of the folders, and what it told."""

    def __init__(self) -> None:
        self.errands: list[Match] = []
        self.told: list[object] = []
        self.finding = Finding(self.errands.append)
        self.finding.found.connect(self.told.append)

    def answer(self, root: str, *names: str, conditions: object = MANY, unknown: str = "") -> None:
        directories = frozenset(f"{root}/{name}" for name in names)
        said = Matched(root, conditions, directories, frozenset(unknown))  # type: ignore[arg-type]  # a tuple
        self.finding.take(said)


@pytest.fixture
def asked() -> Asked:
    return Asked()


def test_that_answers_are_put_together_as_they_come(asked: Asked) -> None:
    asked.finding.ask(MANY)
    assert asked.errands == [Match(MANY)]
    asked.answer("/a", "1")
    asked.answer("/b", "2")
    asked.answer("/a")
    assert asked.told == [(MANY, {"/a/1"}, set()), (MANY, {"/a/1", "/b/2"}, set()), (MANY, {"/b/2"}, set())]


def test_that_late_answers_to_other_conditions_are_dropped(asked: Asked) -> None:
    asked.finding.ask(MANY)
    asked.finding.ask(FEW)
    asked.answer("/a", "1")
    assert asked.told == []
    asked.answer("/a", "2", conditions=FEW)
    assert asked.told == [(FEW, {"/a/2"}, set())]


def test_that_the_same_conditions_are_answered_without_asking_again(asked: Asked) -> None:
    asked.finding.ask(MANY)
    asked.answer("/a", "1")
    asked.finding.ask(MANY)
    assert len(asked.errands) == 1
    assert asked.told == [(MANY, {"/a/1"}, set())] * 2


def test_that_nothing_else_is_taken_for_an_answer(asked: Asked) -> None:
    asked.finding.ask(MANY)
    asked.finding.take(Progress("/a", 1, 1, 1))
    assert asked.told == []


def test_that_a_name_is_unknown_only_where_no_folder_knows_it(asked: Asked) -> None:
    asked.finding.ask(MANY)
    asked.answer("/a", unknown="xy")
    asked.answer("/b", unknown="yz")
    assert asked.told == [(MANY, set(), {"x", "y"}), (MANY, set(), {"y"})]


def test_that_a_folder_that_is_not_watched_any_more_has_no_say(asked: Asked) -> None:
    asked.finding.ask(MANY)
    asked.answer("/a", "1")
    asked.finding.take_roots((RootStatus("/b"),))
    asked.answer("/b", "2")
    assert asked.told[-1] == (MANY, {"/b/2"}, set())
