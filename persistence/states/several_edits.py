"""Several edits of a document at once: what holds the values is copied once, however many of them change.

One idea: the edits are sorted by where they lead, so that each container on the way is made anew once, with
all that changes in it; all else is shared with the document before, as in `edits`. With a copy for each of
the items that two long lists differ in, their merge would cost the square of their length.

Not for: single edits (`edits`), or which of them are made (`merge`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from persistence.document import ABSENT, Absent, Document, Place
from persistence.states.edits import child, edited, list_index, nothing_at
from persistence.values.json_text import JSON
from persistence.values.spelled import plain

_Edits: TypeAlias = "Sequence[tuple[Place, JSON | Absent]]"


def with_values(
    document: Document, namespace: str, values: Mapping[Place, JSON | Absent], mine: JSON
) -> Document:
    """The document with these values below the attributes of one launcher, or (ABSENT) without any there.

    None of the places lies inside another. A new key comes where `mine`, attributes that have it too, has it:
    in front of the first that both have behind it. Raises NoSuchAttribute where the way to a place is not
    there.
    """
    if not values:
        return document

    def change(attributes: JSON) -> JSON:
        return _changed(attributes, list(values.items()), mine, namespace, 0)

    return edited(document, namespace, change)


def _changed(holder: JSON, edits: _Edits, mine: JSON | Absent, namespace: str, at: int) -> JSON:
    """A container with these edits in it, whose places have led there with their first `at` steps."""
    steps: dict[str | int, list[tuple[Place, JSON | Absent]]] = {}
    for place, value in edits:
        steps.setdefault(place[at], []).append((place, value))
    new: dict[str, JSON] = {}
    made = holder.copy() if isinstance(holder, list | dict) else holder
    for step, some in steps.items():
        place, value = some[0]
        if len(place) > at + 1:
            below = child(holder, namespace, place, at)
            value = _changed(below, some, _below(mine, step), namespace, at + 1)
        if isinstance(value, Absent):
            _drop(made, namespace, place)
        elif isinstance(made, dict) and isinstance(step, str) and step not in made:
            new[step] = value
        else:
            _set(made, namespace, place[: at + 1], value)
    return _with_keys(made, new, mine) if isinstance(made, dict) and new else made


def _drop(made: JSON, namespace: str, place: Place) -> None:
    child(made, namespace, place, len(place) - 1)
    if isinstance(made, dict):
        del made[str(place[-1])]
    elif isinstance(made, list):
        del made[int(place[-1])]


def _set(made: JSON, namespace: str, place: Place, value: JSON) -> None:
    step = place[-1]
    if isinstance(made, dict) and isinstance(step, str):
        made[step] = value
        return
    index = list_index(step, len(made)) if isinstance(made, list) else None
    if not isinstance(made, list) or index is None:
        raise nothing_at(made, namespace, place, len(place) - 1)
    made[index : index + 1] = [value]


def _below(mine: JSON | Absent, step: str | int) -> JSON | Absent:
    """What I have behind one more step."""
    if isinstance(mine, dict) and isinstance(step, str) and step in mine:
        return plain(mine[step])
    if isinstance(mine, list) and isinstance(step, int) and step < len(mine):
        return mine[step]
    return ABSENT


def _with_keys(made: dict[str, JSON], new: Mapping[str, JSON], mine: JSON | Absent) -> dict[str, JSON]:
    """A mapping with new keys, each in front of the first one behind it that both have."""
    mine = mine if isinstance(mine, dict) else {}
    waiting: list[str] = []
    in_front: dict[str, list[str]] = {}
    for key in mine:
        if key in new:
            waiting.append(key)
        elif key in made:
            in_front[key], waiting = waiting, []
    last = [*waiting, *(key for key in new if key not in mine)]
    order = [one for key in made for one in (*in_front.get(key, ()), key)]
    return {key: new[key] if key in new else made[key] for key in (*order, *last)}
