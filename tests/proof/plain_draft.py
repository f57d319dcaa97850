"""A draft in plain Python, for comparison: what an operator staged, and what becomes of it.

One idea: a draft is a list of whole states and a place in it; states are dicts and lists, and two of them are
merged by one recursion over all three sides at once. Nothing here is taken from what is checked, neither its
edits nor its differences nor its merge.

Not for: files, or what is drawn (`tests.proof.editing`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
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
Edit = Callable[[Any], Any]
"""What an operator does to a state, whichever it is. Raises NotThere where that state has no place for it."""


class NotThere(Exception):
    """A state has no place for an edit."""


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


def put(way: Way, value: Any) -> Edit:
    """Another value at a place, or a new key, or an item behind the last."""

    def edit(state: Any) -> Any:
        holder, step = value_at(state, way[:-1]), way[-1]
        if isinstance(step, str):
            _must(isinstance(holder, dict))
        else:
            _must(isinstance(holder, list) and step <= len(holder))
        return with_value(state, way, value)

    return edit


def remove(way: Way) -> Edit:
    """What stands at a place goes."""

    def edit(state: Any) -> Any:
        _must(value_at(state, way) is not NOTHING)
        return with_value(state, way, NOTHING)

    return edit


def rename(way: Way, name: str) -> Edit:
    """A key is called otherwise."""

    def edit(state: Any) -> Any:
        holder, value = value_at(state, way[:-1]), value_at(state, way)
        _must(isinstance(holder, dict) and value is not NOTHING and name not in holder)
        return with_value(with_value(state, way, NOTHING), (*way[:-1], name), value)

    return edit


def insert(way: Way, at: int, value: Any) -> Edit:
    """A list gets one item more."""

    def edit(state: Any) -> Any:
        items = value_at(state, way)
        _must(isinstance(items, list) and at <= len(items))
        return with_value(state, way, [*items[:at], value, *items[at:]])

    return edit


def move_first(way: Way, to: int) -> Edit:
    """The first item of a list gets another place."""

    def edit(state: Any) -> Any:
        items = value_at(state, way)
        _must(isinstance(items, list) and to < len(items))
        rest = items[1:]
        return with_value(state, way, [*rest[:to], items[0], *rest[to:]])

    return edit


def _must(fits: bool) -> None:
    if not fits:
        raise NotThere


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


def _halves(way: Way, pairs: Mapping[Way, Way]) -> tuple[Way, ...]:
    return (way, pairs[way]) if way in pairs else (way,)


@dataclass(frozen=True)
class _Moved:
    """A step over another version: what it leads to with all of mine, what is told of it, what is met."""

    led_to: Any
    told: Any
    met: dict[Way, tuple[Any, Any]]


@dataclass
class PlainDraft:
    """States one after another, `at` the one that is mine now.

    `met`: for each of them, where the base has by now what was typed, with what that was typed over, and what
    was typed; in those before and behind also where the base has gone on from that, which is to be decided.
    `waiting` is what the disk holds, and its etag, when both changed the same; `etag` is that of the base.
    """

    base: Any
    etag: str
    states: list[Any] = field(default_factory=list)
    at: int = 0
    waiting: tuple[Any, str] | None = None
    met: list[dict[Way, tuple[Any, Any]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.states = self.states or [self.base]
        self.met = self.met or [{} for _ in self.states]

    @property
    def shown(self) -> Any:
        """The state that is mine: what a save writes."""
        return self.states[self.at]

    @property
    def over_disk(self) -> bool:
        """Whether what is seen is another version than the base with mine in it: while something is to be
        decided, except where one side has no state any more.
        """
        return self.waiting is not None and () not in disputed(self.base, self.shown, self.waiting[0])

    @property
    def under(self) -> Any:
        """The saved state that is seen under what is mine."""
        return self.waiting[0] if self.waiting is not None and self.over_disk else self.base

    @property
    def seen(self) -> Any:
        """The state that the operator sees: what is saved now, with mine in it."""
        return merged(self.base, self.shown, self.under, lambda _way: True)

    @property
    def changed_to_see(self) -> list[Way]:
        """Where what is seen differs from what is saved under it."""
        return list(differences(self.under, self.seen))

    @property
    def changed(self) -> list[Way]:
        """Where it differs from the base."""
        return list(differences(self.base, self.shown))

    def step(self, state: Any) -> None:
        """One undoable step further; what is changed by it is not what was met there any more."""
        changed = list(differences(self.shown, state))
        met = self.met[self.at].items()
        self._step(state, {way: over for way, over in met if not any(_meet(way, one) for one in changed)})

    def discard(self) -> None:
        """One step to what is saved; what was met is forgotten."""
        self._step(self.base, {})

    def _step(self, state: Any, met: dict[Way, tuple[Any, Any]]) -> None:
        self.states = [*self.states[: self.at + 1], state]
        self.met = [*self.met[: self.at + 1], met]
        self.at += 1
        self._settle()

    def edit(self, edit: Edit, back: bool = False) -> bool:
        """One step further by an edit of what is seen. False, and nothing happens, where something else would
        be seen then than what was seen with the edit in it. `back`: it makes of what is mine what the base
        says, so that the other side's is seen.
        """
        wanted = edit(self.seen)
        try:
            mine = edit(self.shown)
        except NotThere:
            return False
        tried = replace(self)
        tried.step(mine)
        if self.over_disk and not back and not alike(tried.seen, wanted):
            return False
        self.step(mine)
        return True

    def take_back(self, way: Way, pairs: Mapping[Way, Way], seen_pairs: Mapping[Way, Way]) -> bool:
        """What is saved is seen again at a place, and nothing else changes; False where that has to wait.

        `pairs`: as in `saved`. `seen_pairs`: those of what is seen; both halves of one are taken back.
        """
        wanted = self.seen
        for one in _halves(way, seen_pairs):
            wanted = with_value(wanted, one, value_at(self.under, one))
        tried = replace(self)
        tried._take_mine_back(way, pairs)
        if not self.over_disk or alike(tried.seen, wanted):
            self._take_mine_back(way, pairs)
            return True
        was = seen_pairs.get(way, way)
        value = value_at(self.under, was)

        def back(state: Any) -> Any:
            state = rename(way, str(was[-1]))(state) if was != way else state
            return (remove(was) if value is NOTHING else put(was, value))(state)

        return self.edit(back)

    def _take_mine_back(self, way: Way, pairs: Mapping[Way, Way]) -> None:
        if way not in pairs and value_at(self.base, way) is value_at(self.shown, way) is NOTHING:
            return
        while len(way) > 1 and not isinstance(value_at(self.shown, way[:-1]), dict | list):
            way = way[:-1]
        state = self.shown
        for one in _halves(way, pairs):
            state = with_value(state, one, value_at(self.base, one))
        self.step(state)

    def move(self, steps: int) -> None:
        """Undo (-1) or redo (1): what the disk went on from meanwhile is asked again."""
        self.at = min(max(self.at + steps, 0), len(self.states) - 1)
        typed = self.met[self.at].items()
        if all(alike(value_at(self.base, way), value) for way, (_, value) in typed):
            self._settle()
            return
        disk = self.waiting or (self.base, self.etag)
        self._put_onto(self._typed_over(self.at), f"{self.etag}~")
        self.face(*disk)

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
        """Theirs, with mine one step back, which is asked again when it is taken."""
        assert self.waiting is not None
        waiting = self.waiting
        if self.met[self.at] or not alike(self.base, self.shown):
            self.discard()
        self.face(*waiting)

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
        self.met = [{} for _ in states]
        return on_disk

    def _settle(self) -> None:
        if self.waiting is None:
            return
        over, waiting = self._typed_over(self.at), self.waiting
        if not disputed(over, self.shown, waiting[0]):
            self._put_onto(*waiting)
        elif self.met[self.at]:  # the disk has gone on: what was typed is an edit of what it was typed over
            self._put_onto(over, f"{self.etag}~")
            self.waiting = waiting

    def _typed_over(self, at: int) -> Any:
        """The base, with what was typed over where it has, or had, what was typed."""
        over = self.base
        for way, (value, _) in self.met[at].items():
            over = with_value(over, way, value)
        return over

    def _typed(self, at: int) -> Any:
        """The state, with what was typed where the base has, or had, that."""
        typed = self.states[at]
        for way, (_, value) in self.met[at].items():
            typed = with_value(typed, way, value)
        return typed

    def _put_onto(self, disk: Any, etag: str) -> None:
        settled = disputed(self._typed_over(self.at), self._typed(self.at), disk)
        moved = [self._moved(at, disk, settled) for at in range(len(self.states))]
        before, now, after = moved[: self.at], moved[self.at], moved[self.at + 1 :]
        past = _distinct(now, before[::-1])[::-1]
        steps = [*past, now, *_distinct(now, after)]
        self.states, self.met = [one.told for one in steps], [one.met for one in steps]
        self.base, self.etag, self.at, self.waiting = disk, etag, len(past), None

    def _moved(self, at: int, disk: Any, settled: Collection[Way]) -> _Moved:
        """A step over the disk. Of one before or behind it is asked again what both changed, but for what is
        settled now.
        """
        over, typed = self._typed_over(at), self._typed(at)
        asked: list[Way] = []
        if at != self.at:
            both = disputed(over, typed, disk)
            asked = [way for way in both if way and not any(_meet(way, one) for one in settled)]
        led_to = merged(over, typed, disk, lambda _way: True)
        told = merged(over, typed, disk, lambda way: way not in asked)
        met = [*_agreed(over, typed, disk), *asked]
        return _Moved(led_to, told, {way: (value_at(over, way), value_at(typed, way)) for way in met})


def _agreed(base: Any, mine: Any, theirs: Any) -> list[Way]:
    """Where both have become the same."""
    by_them = list(differences(base, theirs))
    return [way for way in differences(base, mine) if way and way in by_them and _same_at(way, mine, theirs)]


def _same_at(way: Way, mine: Any, theirs: Any) -> bool:
    """Alike there; nothing is like nothing."""
    return alike(value_at(mine, way), value_at(theirs, way))


def _meet(one: Way, other: Way) -> bool:
    shared = min(len(one), len(other))
    return one[:shared] == other[:shared]


def _distinct(start: _Moved, following: list[_Moved]) -> list[_Moved]:
    found = [start]
    for one in following:
        if one.met.keys() != found[-1].met.keys() or not alike(found[-1].led_to, one.led_to):
            found.append(one)
    return found[1:]
