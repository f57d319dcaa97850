"""What all folders say of the columns by choice, put together."""

import pytest

from app.folder_errands import Progress
from app.listing.columns import Columns
from app.session import RootStatus
from app.value_errands import CountNames, NamesCounted, ShowValues, ValuesShown
from app.values.cells import Cell


class Asked:
    """The columns, what they asked of the folders, and what they told."""

    def __init__(self) -> None:
        self.errands: list[ShowValues | CountNames] = []
        self.told: list[object] = []
        self.counted: list[object] = []
        self.columns = Columns(self.errands.append)
        self.columns.told.connect(self.told.append)
        self.columns.counted.connect(self.counted.append)


@pytest.fixture
def asked() -> Asked:
    return Asked()


def shown(*names: str) -> ValuesShown:
    return ValuesShown("/a", names, (("/a/1", tuple(Cell(name) for name in names)),))


def test_that_values_are_asked_for_once_and_passed_on(asked: Asked) -> None:
    asked.columns.show(("count",))
    asked.columns.show(("count",))
    assert asked.errands == [ShowValues(("count",))]
    asked.columns.take(shown("count"))
    asked.columns.take(Progress("/a", 1, 1, 1))
    assert asked.told == [shown("count")]


def test_that_late_answers_to_another_choice_are_dropped(asked: Asked) -> None:
    asked.columns.show(("count",))
    asked.columns.show(())
    asked.columns.take(shown("count"))
    asked.columns.take(ValuesShown("/a", (), ()))
    assert asked.told == []


def test_that_names_are_counted_over_all_folders(asked: Asked) -> None:
    asked.columns.count()
    assert asked.errands == [CountNames()]
    asked.columns.take(NamesCounted("/a", {"count": 2, "rig": 1}))
    asked.columns.take(NamesCounted("/b", {"count": 3}))
    asked.columns.take(NamesCounted("/a", {"count": 4}))
    assert asked.counted == [{"count": 2, "rig": 1}, {"count": 5, "rig": 1}, {"count": 7}]
    asked.columns.take_roots((RootStatus("/b"),))
    asked.columns.count()
    assert asked.counted[-1] == {"count": 3}
