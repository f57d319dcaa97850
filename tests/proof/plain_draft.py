"""A draft in plain Python, for comparison: what an operator staged, and what becomes of it.

One idea: a draft is a list of whole states and a place in it; states are dicts and lists, and two of them are
merged by one recursion over all three sides at once. Nothing here is taken from what is checked, neither its
edits nor its differences nor its merge.

Not for: files, or what is drawn (`tests.proof.editing`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

Way = tuple[str | int, ...]


class Nothing:
    """There is no value here."""

    def __repr__(self) -> str:
        return "nothing"


NOTHING = Nothing()
Pick = Callable[[Way], bool]
"""Whether mine is taken at a place that both sides changed."""


def alike(a: Any, b: Any) -> bool:
    """Equal, and of the same types throughout."""
    if type(a) is not type(b):
        return False
    if isinstance(a, dict):
        return a.keys() == b.keys() and all(alike(a[key], b[key]) for key in a)
    if isinstance(a, list):
        return len(a) == len(b) and all(map(alike, a, b))
    return repr(a) == repr(b)


def merged(base: Any, mine: Any, theirs: Any, pick: Pick, way: Way = ()) -> Any:
    """Theirs with mine in it; `pick` decides where both became something else."""
    if alike(mine, base) or alike(mine, theirs):
        return theirs
    if alike(theirs, base):
        return mine
    inside = _steps(base, mine, theirs)
    if inside is None:
        return mine if pick(way) else theirs
    found: dict[Any, Any] = {}
    for step in inside:
        three = [_at(one, step) for one in (base, mine, theirs)]
        found[step] = merged(three[0], three[1], three[2], pick, (*way, step))
    if isinstance(theirs, list):
        return [found[step] for step in inside]
    return {step: value for step, value in found.items() if value is not NOTHING}


def disputed(base: Any, mine: Any, theirs: Any) -> list[Way]:
    """The places that both sides changed, each to something else."""
    found: list[Way] = []

    def note(way: Way) -> bool:
        found.append(way)
        return True

    merged(base, mine, theirs, note)
    return found


def differences(before: Any, after: Any, way: Way = ()) -> Iterator[Way]:
    """Where two states differ, in the order of the first, what is new last."""
    inside = _steps(before, after)
    if inside is None:
        if not alike(before, after):
            yield way
        return
    for step in inside:
        yield from differences(_at(before, step), _at(after, step), (*way, step))


def with_value(state: Any, way: Way, value: Any) -> Any:
    """The state with another value at a place, or without it."""
    if not way:
        return value
    step, rest = way[0], way[1:]
    inner = with_value(_at(state, step), rest, value)
    if isinstance(state, list) and isinstance(step, int):
        return [*state[:step], *([] if inner is NOTHING else [inner]), *state[step + 1 :]]
    if inner is NOTHING:
        return {key: item for key, item in state.items() if key != step}
    return {**state, step: inner}


def value_at(state: Any, way: Way) -> Any:
    """The value at a place; NOTHING where there is none."""
    for step in way:
        state = _at(state, step)
    return state


def ways(state: Any, way: Way = ()) -> Iterator[Way]:
    """Every place below the state itself."""
    items = state.items() if isinstance(state, dict) else enumerate(state) if isinstance(state, list) else ()
    for step, item in items:
        yield (*way, step)
        yield from ways(item, (*way, step))


def _steps(*sides: Any) -> list[Any] | None:
    """The keys or indices that all sides are compared by; None where they can only be compared as a whole."""
    if all(isinstance(one, dict) for one in sides):
        return list(dict.fromkeys(key for one in sides for key in one))
    if all(isinstance(one, list) for one in sides) and len({len(one) for one in sides}) == 1:
        return list(range(len(sides[0])))
    return None


def _at(state: Any, step: str | int) -> Any:
    if isinstance(state, dict):
        return state.get(step, NOTHING)
    if isinstance(state, list) and isinstance(step, int) and step < len(state):
        return state[step]
    return NOTHING


@dataclass
class PlainDraft:
    """States one after another, `at` the one that is shown.

    `waiting` is what the disk holds, and its etag, when both changed the same; `etag` is that of the base.
    """

    base: Any
    etag: str
    states: list[Any] = field(default_factory=list)
    at: int = 0
    waiting: tuple[Any, str] | None = None

    def __post_init__(self) -> None:
        self.states = self.states or [self.base]

    @property
    def shown(self) -> Any:
        """The state that is shown."""
        return self.states[self.at]

    @property
    def changed(self) -> list[Way]:
        """Where it differs from the base."""
        return list(differences(self.base, self.shown))

    def step(self, state: Any) -> None:
        """One undoable step further."""
        self.states = [*self.states[: self.at + 1], state]
        self.at += 1
        self._settle()

    def move(self, steps: int) -> None:
        """Undo (-1) or redo (1)."""
        self.at = min(max(self.at + steps, 0), len(self.states) - 1)
        self._settle()

    def face(self, disk: Any, etag: str) -> None:
        """Learn what the disk holds."""
        self.waiting = None if etag == self.etag else (disk, etag)
        self._settle()

    def decide(self, mine: Collection[Way]) -> None:
        """Take mine at these places, theirs at the others of those in question."""
        assert self.waiting is not None
        wanted = merged(self.base, self.shown, self.waiting[0], lambda way: way in mine)
        self._put_onto(*self.waiting)
        if not alike(wanted, self.shown):
            self.step(wanted)

    def reload(self) -> None:
        """Theirs, with mine one step back."""
        assert self.waiting is not None
        self._put_onto(*self.waiting)
        if not alike(self.base, self.shown):
            self.step(self.base)

    def saved(
        self, places: Collection[Way], etag: str, pairs: Mapping[Way, Way] = MappingProxyType({})
    ) -> Any:
        """What is saved when these changes are; the others are left, one step each.

        `pairs`: the names that came by a rename, each with the one that went, which are one change.
        """
        on_disk = self.base
        for way in self.changed:
            if way in places:
                on_disk = with_value(on_disk, way, value_at(self.shown, way))
        shown, states = self.shown, [on_disk]
        left = list(differences(on_disk, shown))
        for way in left:
            went = pairs.get(way)
            if way in pairs.values() and any(pairs.get(one) == way for one in left):
                continue  # with the name that came for it
            state = with_value(states[-1], way, value_at(shown, way))
            states.append(state if went not in left else with_value(state, went, NOTHING))
        self.base, self.etag, self.states, self.at = on_disk, etag, states, len(states) - 1
        return on_disk

    def _settle(self) -> None:
        if self.waiting is not None and not disputed(self.base, self.shown, self.waiting[0]):
            self._put_onto(*self.waiting)

    def _put_onto(self, disk: Any, etag: str) -> None:
        moved = [merged(self.base, one, disk, lambda _way: True) for one in self.states]
        before, now, after = moved[: self.at], moved[self.at], moved[self.at + 1 :]
        past = _distinct(now, before[::-1])[::-1]
        self.states = [*past, now, *_distinct(now, after)]
        self.base, self.etag, self.at, self.waiting = disk, etag, len(past), None


def _distinct(start: Any, following: list[Any]) -> list[Any]:
    found = [start]
    for state in following:
        if not alike(found[-1], state):
            found.append(state)
    return found[1:]
