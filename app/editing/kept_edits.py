"""Edits as they are kept on disk: one object of JSON for each, and back. Pure.

One idea: one key says what is done, beside where. What of it is met by the disk is kept, too. Not for files
(`draft_files`).
"""

from __future__ import annotations

from app.editing.edits import (
    Edit,
    InsertValue,
    MetValue,
    MoveValue,
    PutLauncher,
    RemoveValue,
    RenameValue,
    SetValue,
)
from persistence.document import ABSENT, Absent, Place
from persistence.values.json_text import JSON


def as_json(edit: Edit) -> JSON:
    """What is kept of an edit."""
    return {**_done(edit), "launcher": edit.namespace, "place": list(edit.place)}


def _done(edit: Edit) -> dict[str, JSON]:
    """What an edit does at its place: one key says what, and only an insertion may have a second one."""
    match edit:
        case SetValue():
            return {"set": edit.value}
        case RemoveValue():
            return {"remove": True}
        case RenameValue():
            return {"rename": edit.name}
        case MoveValue():
            return {"move": edit.to}
        case InsertValue():
            return {"insert": edit.value, **({} if edit.before is None else {"before": edit.before})}
        case PutLauncher():
            return {"put": edit.state}
        case MetValue():
            said = {"value": edit.value, "over": edit.over}
            there = {key: value for key, value in said.items() if not isinstance(value, Absent)}
            return {"met": {**there, **({"reordered": True} if edit.reordered else {})}}


def edit_of(kept: JSON) -> Edit:
    """The edit that was kept. Raises ValueError or LookupError when it is not whole."""
    if not isinstance(kept, dict):
        raise ValueError("it is not whole")
    namespace, steps = kept["launcher"], kept["place"]
    if not isinstance(namespace, str) or not isinstance(steps, list):
        raise ValueError("it is not whole")
    return _edit(kept, namespace, tuple(_step(step) for step in steps))


def _edit(kept: dict[str, JSON], namespace: str, place: Place) -> Edit:
    match kept:
        case {"set": value}:
            return SetValue(namespace, place, value)
        case {"remove": True}:
            return RemoveValue(namespace, place)
        case {"rename": str(name)}:
            return RenameValue(namespace, place, name)
        case {"move": int(to)} if type(to) is int:
            return MoveValue(namespace, place, to)
        case {"insert": value, "before": str(before)}:
            return InsertValue(namespace, place, value, before)
        case {"insert": value} if "before" not in kept:
            return InsertValue(namespace, place, value)
        case {"put": dict(state)} if not place:
            return PutLauncher(namespace, state)
        case {"met": dict(said)} if place:
            return _met(namespace, place, said)
    raise ValueError("it is not whole")


def _met(namespace: str, place: Place, said: dict[str, JSON]) -> MetValue:
    """Nothing stands for what was not there."""
    value, over = (said.get(key, ABSENT) for key in ("value", "over"))
    return MetValue(namespace, place, value, over, said.get("reordered") is True)


def _step(step: JSON) -> str | int:
    if isinstance(step, str) or type(step) is int:
        return step
    raise ValueError("it is not whole")
