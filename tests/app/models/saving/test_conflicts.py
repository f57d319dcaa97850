"""Places to decide: nothing is chosen beforehand, and a choice is about the values that were seen."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from app.models.saving.conflicts import ConflictColumn, ConflictRole, ConflictsModel, side_text
from persistence.document import ABSENT, Absent
from persistence.states.merge import MergeConflict
from persistence.values.json_text import JSON

NS = "rig.Counting"


def conflict(
    name: str, base: JSON | Absent = 15, mine: JSON | Absent = 150, theirs: JSON | Absent = 16
) -> MergeConflict:
    return MergeConflict(NS, (name,), base, mine, theirs)


def show(made: ConflictsModel, *conflicts: MergeConflict) -> None:
    made.set_conflicts(
        conflicts,
        on_disk="On disk (saved 14:32 by bob)",
        before="Before",
        with_launcher=False,
    )


def model(*conflicts: MergeConflict) -> ConflictsModel:
    made = ConflictsModel()
    QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    show(made, *conflicts)
    return made


def test_that_three_named_columns_say_three_values(qtbot: QtBot) -> None:
    made = model(conflict("count"))
    titles = [made.headerData(column, Qt.Orientation.Horizontal) for column in range(4)]
    assert titles == ["Attribute", "Yours", "On disk (saved 14:32 by bob)", "Before"]
    assert [made.index(0, column).data() for column in range(4)] == ["count", "150", "16", "15"]


def test_that_nothing_is_chosen_beforehand(qtbot: QtBot) -> None:
    made = model(conflict("a"), conflict("b"))
    assert (made.open_count, made.mine) == (2, frozenset())
    assert made.index(0, ConflictColumn.MINE).data(ConflictRole.CHOSEN) is False
    assert made.index(0, ConflictColumn.BASE).data(ConflictRole.CHOSEN) is None


def test_that_rows_are_decided_one_by_one_or_all_at_once(qtbot: QtBot) -> None:
    made = model(conflict("a"), conflict("b"))
    with qtbot.waitSignal(made.choices_changed):
        made.choose(0, "mine")
    assert (made.open_count, made.mine) == (1, frozenset({(NS, ("a",))}))
    made.choose(0, "theirs")
    assert made.mine == frozenset()
    said = made.index(0, ConflictColumn.THEIRS).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "On disk (saved 14:32 by bob): 16, chosen"
    made.choose_all("mine")
    assert (made.open_count, len(made.mine)) == (0, 2)


def test_that_a_choice_falls_when_either_value_becomes_another(qtbot: QtBot) -> None:
    made = model(conflict("a"), conflict("b"), conflict("c"), conflict("d", theirs=1))
    made.choose_all("mine")
    show(made, conflict("a"), conflict("b", theirs=17), conflict("c", mine=151), conflict("d", theirs=True))
    assert made.mine == frozenset({(NS, ("a",))})
    assert made.open_count == 3


def test_that_removals_types_and_whole_launchers_are_said_in_words() -> None:
    assert side_text(conflict("a", theirs=ABSENT), ABSENT) == "removed"
    assert side_text(conflict("a", base=ABSENT, theirs=ABSENT), ABSENT) == "not there"
    both = conflict("a", mine=42.5, theirs="x")
    assert [side_text(both, one) for one in (both.mine, both.theirs, both.base)] == [
        "42.5 (decimal)", "x (text)", "15 (integer)",
    ]  # fmt: skip
    whole = MergeConflict(NS, (), {"a": 1}, {"a": 2, "b": 1}, ABSENT)
    assert [side_text(whole, one) for one in (whole.mine, whole.theirs, whole.base)] == [
        "edited: a 2, b 1; 2 attributes", "removed", "1 attribute",
    ]  # fmt: skip


def test_that_a_launcher_that_was_cleared_says_which_attributes_are_edited() -> None:
    base: dict[str, JSON] = {f"a{number}": number for number in range(10)}
    one = MergeConflict(NS, (), base, {**base, "a3": 9.9}, ABSENT)
    assert side_text(one, one.mine) == "edited: a3 9.9; 10 attributes"
    many = MergeConflict(NS, (), base, {**dict.fromkeys(list(base)[:8], 0.5), "a9": 9}, ABSENT)
    assert side_text(many, many.mine) == "edited: a0 0.5, a1 0.5, 7 more; 9 attributes"
    gone = MergeConflict(NS, (), {"a": 1, "b": 2}, {"a": 1}, ABSENT)
    assert side_text(gone, gone.mine) == "edited: b removed; 1 attribute"
