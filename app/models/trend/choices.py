"""Which numbers of a saved state can be followed over sessions. Pure; no Qt.

One idea: what is offered is what the index of the sessions has: numbers by dotted name, as deep and as many
as it keeps (`sessions.query_values`), found in the order in which it finds them. Not for their values in
other sessions (`app.listing.traces`), nor for items of lists, which have no name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from app.models.state.unread import is_unread
from app.values.fit_text import escaped
from app.values.numbers import number_in
from persistence.document import ABSENT, Absent, Document, Place, is_tagged
from persistence.errors import StateError
from persistence.sessions.query_values import LEVELS, LONGEST, MAX_NAMES
from persistence.states.edits import get_value
from persistence.values.json_text import JSON
from persistence.values.kinds import Kind, kind_of
from persistence.values.spelled import Spelled

_LOOKED_AT = 5000
"""Names of a state; a mapping of a million lists, or of mappings, is not walked through for its numbers."""
_CONTAINERS = frozenset({Kind.LIST, Kind.TUPLE, Kind.SET, Kind.FROZEN_SET, Kind.ARRAY, Kind.BYTES})


@dataclass(frozen=True, slots=True)
class NumberChoice:
    """A number that can be followed: the launcher that has it, and where."""

    namespace: str
    place: Place

    @property
    def name(self) -> str:
        """The name by which it is asked for: "custom_settings.param2"."""
        return dotted(self.place)

    @property
    def launcher(self) -> str:
        """The launcher, by the name of its class."""
        return self.namespace.rpartition(".")[2]

    @property
    def title(self) -> str:
        """The name for people."""
        return escaped(self.name)


def dotted(place: Place) -> str:
    """The name by which the index has a value; "" for what it does not have, such as items of lists."""
    steps = [step for step in place if isinstance(step, str)]
    name = ".".join(steps)
    fits = 0 < len(steps) == len(place) <= LEVELS + 1 and len(name) <= LONGEST
    return name if fits else ""


def choices_in(document: Document | None) -> tuple[NumberChoice, ...]:
    """The numbers of a state, in its order."""
    found: list[NumberChoice] = []
    names: set[str] = set()
    if document is None:
        return ()
    for namespace, place, value in islice(_keys(document), _LOOKED_AT):
        if isinstance(value, Absent) or kind_of(value) in _CONTAINERS:
            continue
        name = dotted(place)
        if not name or (name not in names and len(names) >= MAX_NAMES):
            continue
        names.add(name)
        if number_in(value) is not None:
            found.append(NumberChoice(namespace, place))
    return tuple(found)


def likely(choices: Sequence[NumberChoice], document: Document | None) -> NumberChoice:
    """The number that is most likely meant by who has not said one: that of trials, else the first outside of
    mappings, else the first.
    """
    top = [one for one in choices if len(one.place) == 1]
    trials = (one for one in top if "trial" in one.name.casefold() and _is_integer(document, one))
    return next(trials, (*top, *choices)[0])


def value_at(document: Document | None, choice: NumberChoice) -> JSON | Absent:
    """What stands there; ABSENT where nothing does."""
    try:
        return ABSENT if document is None else get_value(document, choice.namespace, choice.place)
    except StateError:
        return ABSENT


def _is_integer(document: Document | None, choice: NumberChoice) -> bool:
    value = value_at(document, choice)
    return not isinstance(value, Absent) and kind_of(value) is Kind.INTEGER


def _keys(document: Document) -> Iterator[tuple[str, Place, JSON | Absent]]:
    """All that has a name in a state, launchers too: whatever takes time to be looked at counts."""
    for namespace in document.namespaces:
        yield namespace, (), ABSENT
        for place, value in _values(document.namespace(namespace).attributes.as_in_tree, (), LEVELS):
            yield namespace, place, value


def _values(
    mapping: Mapping[str, JSON | Spelled], above: Place, levels: int
) -> Iterator[tuple[Place, JSON | Absent]]:
    """Places in the order in which the index goes through them, and the single values that stand there;
    ABSENT for a mapping, and for what nobody has read.
    """
    for key, held in mapping.items():
        place, value = (*above, key), _read(held)
        if isinstance(value, dict) and not is_tagged(value):
            yield place, ABSENT
            if levels:
                yield from _values(value, place, levels - 1)
        else:
            yield place, value


def _read(held: JSON | Spelled) -> JSON | Absent:
    if not isinstance(held, Spelled):
        return held
    try:
        return ABSENT if is_unread(held) else held.value
    except StateError:  # it is shown as damaged where it stands
        return ABSENT
