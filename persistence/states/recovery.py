"""A document out of what is left of a state: the front of a damaged file, a crashed launcher's debug state.

One idea: a recovered state never says more than its source. What could not be had is told by name, and
stands in the document as `skipped`, where people and launchers look for what a state lacks. Nothing is
decided here: which source is used, and whether the document is written, is for whoever asks.

A debug state is put over the front of the damaged file as a launcher's own save is put over a sound one: the
other launchers in it stay.

Not for: reading files (`states.front` reads bytes) or writing them (`persistence.store`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from persistence.codec import MAX_VALUE_DEPTH
from persistence.document import STATES, Document, Namespace, mapping_of
from persistence.states.descriptions import description_in
from persistence.states.edits import format_pointer, with_namespace
from persistence.states.front import ATTRIBUTES, Front, Lost
from persistence.values.json_text import JSON, too_deep
from persistence.values.json_writing import write

_SHOWN = 200  # characters of a description
_LOST = "lost when the file was damaged: "


@dataclass(frozen=True)
class Recovered:
    """What was recovered, as (namespace, attribute), what was not and why, and what was left out on purpose.

    Without anything recovered, the document is not worth being written.
    """

    document: Document
    recovered: tuple[tuple[str, str], ...]
    lost: tuple[Lost, ...]
    left_out: tuple[str, ...] = ()


def from_document(document: Document) -> Recovered:
    """All of a sound document, such as an earlier version."""
    return _told(document, ())


def from_front(front: Front, last: tuple[int, Document] | None = None) -> Recovered:
    """The front of a damaged file; each launcher in it says which attributes it lost.

    `last`: the newest version that is sound, with its number. What only it can name is named by it.
    """
    document = front.document
    gone = tuple(_gone(front, *last)) if last else ()
    for name in document.namespaces:
        lost = {
            one.attribute: f"{_LOST}{one.reason}"
            for one in (*front.lost, *(gone if name not in front.whole else ()))
            if one.namespace == name and one.attribute
        }
        document = _with_skipped(document, name, lost) if lost else document
    return _told(document, (*front.lost, *gone))


def _gone(front: Front, sequence: int, last: Document) -> Iterator[Lost]:
    """The attributes of the last good version that the front neither has nor names as lost."""
    known = {one.place for one in front.lost}
    for there in last.namespaces:
        name = _namesake(front.document, there)
        here = front.document.namespace(name).attributes if name in front.document.namespaces else {}
        why = "it was not in the damaged file" if name in front.whole else "nothing of it can be read"
        for attribute in last.namespace(there).attributes:
            place = (STATES, name, ATTRIBUTES, attribute)
            if attribute not in here and place not in known:
                yield Lost(place, f"{why}; version {sequence} has it")


def _namesake(document: Document, namespace: str) -> str:
    """How the document calls a launcher: as before, or by another module where the class is the same."""
    names = document.namespaces
    same_class = [name for name in names if name.rpartition(".")[2] == namespace.rpartition(".")[2]]
    return same_class[0] if namespace not in names and len(same_class) == 1 else namespace


def _with_skipped(document: Document, name: str, lost: Mapping[str, JSON]) -> Document:
    states = mapping_of(document.tree.get(STATES))
    here = mapping_of(states.get(name))
    skipped: dict[str, JSON] = {**mapping_of(here.get("skipped")), **lost}
    return Document({**document.tree, STATES: {**states, name: {**here, "skipped": skipped}}})


def lost_in(saved: Namespace) -> tuple[str, ...]:
    """The attributes that a launcher's state has lost by damage, when it was recovered."""
    return tuple(name for name, why in saved.skipped.items() if why.startswith(_LOST))


def attributes_in(debug: Mapping[str, JSON]) -> Mapping[str, JSON]:
    """The attributes by name that a debug state has."""
    return mapping_of(debug.get("launcher_state"))


def crash_time(debug: Mapping[str, JSON]) -> str:
    """When the launcher crashed, as its debug state says; "" when it does not."""
    told = (mapping_of(debug.get("crash_info")).get("crash_time"), debug.get("timestamp"))
    return next((time for time in told if isinstance(time, str)), "")


def from_debug_state(
    debug: Mapping[str, JSON], namespace: str, *, onto: Recovered, leave_out: Collection[str], time: str
) -> Recovered:
    """The attributes of a debug state as the state of a failed run, over what there is of the file.

    `leave_out`: names that describe one run and not the state. `time`: when it crashed.
    """
    attributes: dict[str, JSON] = {}
    reasons: dict[str, JSON] = {}
    left_out: list[str] = []
    for name, value in attributes_in(debug).items():
        if name in leave_out or name.startswith("_"):
            left_out.append(name)
        elif reason := _no_value(value):
            reasons[name] = reason
        else:
            attributes[name] = value
    module, _, class_name = namespace.rpartition(".")
    document = with_namespace(
        onto.document,
        module=module,
        class_name=class_name,
        attributes=attributes,
        saved_at=time,
        extra={"outcome": "failed", **({"skipped": reasons} if reasons else {})},
    )
    lost = [Lost((STATES, namespace, ATTRIBUTES, name), str(reason)) for name, reason in reasons.items()]
    others = [one for one in onto.lost if one.namespace != namespace]
    return _told(document, (*others, *lost), left_out)


def _no_value(value: JSON) -> str:
    """Why a value of a debug state cannot be one of a state, "" when it can."""
    if too_deep(value, write(value), MAX_VALUE_DEPTH):
        return "it is nested too deeply"
    found = description_in(value)
    if found is None:
        return ""
    place, text = found
    where = f" at {format_pointer(place)}" if place else ""
    return f"only described{where}, as {text[:_SHOWN]}"


def _told(document: Document, lost: Iterable[Lost], left_out: Iterable[str] = ()) -> Recovered:
    recovered = tuple(
        (name, attribute) for name in document.namespaces for attribute in document.namespace(name).attributes
    )
    return Recovered(document, recovered, tuple(lost), tuple(left_out))
