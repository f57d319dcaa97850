"""What the next Undo and Redo would take back, in words."""

from app.editing.draft import Draft
from app.editing.edits import Edit, InsertValue, MoveValue, RemoveValue, RenameValue, SetValue
from app.editing.step_texts import last_step, next_step
from persistence.values.json_text import JSON
from tests.samples import PREDICTIVE, document

ATTRIBUTES: dict[str, JSON] = {"count": 1, "steps": [1, 2, 3], "note": "x"}


def draft() -> Draft:
    return Draft("/data/m1", document(ATTRIBUTES), "e1")


def told(*edits: Edit) -> str:
    return last_step(draft().step(edits))


def test_that_a_step_is_told_by_what_was_done_in_it() -> None:
    assert last_step(draft()) == next_step(draft()) == ""
    assert told(SetValue(PREDICTIVE, ("steps", 1), 5)) == "steps › 2"
    assert told(RemoveValue(PREDICTIVE, ("note",))) == "removed note"
    assert told(InsertValue(PREDICTIVE, ("new",), 1)) == "added new"
    assert told(MoveValue(PREDICTIVE, ("steps", 0), 2)) == "moved steps › 1"
    assert told(RenameValue(PREDICTIVE, ("note",), "remark")) == "remark"
    gone = [RemoveValue(PREDICTIVE, (name,)) for name in ("count", "steps", "note")]
    assert told(*gone) == "3 removed rows"
    assert told(SetValue(PREDICTIVE, ("count",), 2), SetValue(PREDICTIVE, ("note",), "y")) == "2 changes"


def test_that_only_the_last_step_is_told_and_redo_tells_the_next() -> None:
    first = draft().step((SetValue(PREDICTIVE, ("count",), 2),))
    second = first.step((*first.edits, RemoveValue(PREDICTIVE, ("note",))))
    assert last_step(second) == "removed note"
    assert (last_step(second.undone()), next_step(second.undone())) == ("count", "removed note")
    emptied = second.step(())
    assert (last_step(emptied), next_step(emptied.undone())) == ("discarded edits", "discarded edits")


def test_that_a_long_name_is_cut_and_its_end_stays() -> None:
    name = last_step(draft().step((InsertValue(PREDICTIVE, ("a" * 60 + "_end",), 1),)))
    assert name.endswith("_end")
    assert len(name) < 60
