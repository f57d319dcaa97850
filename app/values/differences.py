"""Two saved states side by side: a row for each value that differs, and one for each attribute that does not.

One idea: attributes are compared by their names, type-strictly (True is not 1). Whose attributes they are is
settled first: launchers are paired by their whole names, else by their class, and where each side has one
left, these two. Pure, and not quick for large states: `comparing` does it on a thread of its own.

Not for showing (see `models.history.differences`), nor for three versions at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, cast

from app.values.edit_text import shown
from app.values.fit_text import escaped
from persistence.document import ABSENT, STATES, Absent, Attributes, Document, Place
from persistence.states.diff import Change, diff
from persistence.values.json_text import JSON
from persistence.values.kinds import kind_of

DifferenceKind = Literal["changed", "type", "added", "removed", "equal", "unknown"]


@dataclass(frozen=True, slots=True)
class Pair:
    """A launcher at the left and the one at the right that it is compared with; "" where there is none."""

    left: str
    right: str

    @property
    def by_attribute_name(self) -> bool:
        """Whether the two are launchers of different names."""
        return bool(self.left and self.right) and self.left != self.right


@dataclass(frozen=True, slots=True)
class Difference:
    """One value on both sides. "added" is at the right only, "removed" at the left only."""

    pair: Pair
    place: Place
    left: JSON | Absent
    right: JSON | Absent

    @property
    def kind(self) -> DifferenceKind:
        """How the two stand to each other."""
        if isinstance(self.left, Absent):
            return "added"
        if isinstance(self.right, Absent):
            return "removed"
        return "changed" if kind_of(self.left) is kind_of(self.right) else "type"


@dataclass(frozen=True, slots=True)
class Equal(Difference):
    """An attribute that is the same on both sides."""

    @property
    def kind(self) -> DifferenceKind:
        """Equal."""
        return "equal"


@dataclass(frozen=True, slots=True)
class Unknown(Difference):
    """An attribute on one side, of which nobody can say what it is on the other."""

    @property
    def kind(self) -> DifferenceKind:
        """Unknown."""
        return "unknown"


@dataclass(frozen=True)
class Comparison:
    """The rows in file order, those of new attributes last; how many attributes differ and are equal."""

    pairs: tuple[Pair, ...] = ()
    rows: tuple[Difference, ...] = ()
    differing: int = 0
    equal: int = 0


def compare(left: Document, right: Document | None, *, equal: bool = False) -> Comparison:
    """Compare all attributes of two documents; None for one that cannot be read.

    Those that are equal are counted, and told if `equal` says so.
    """
    if right is None:
        return Comparison(tuple(Pair(name, "") for name in left.namespaces), tuple(_all_of(left)))
    pairs = tuple(_pairs(left.namespaces, right.namespaces))
    rows: list[Difference] = []
    differing = alike = 0
    for pair in pairs:
        here, there = _attributes(left, pair.left), _attributes(right, pair.right)
        found = _by_attribute(pair, here, there)
        names = dict.fromkeys((*here, *there))
        differing += len(found)
        alike += len(names) - len(found)
        for name in names if equal else [name for name in names if name in found]:
            rows += found.get(name) or (Equal(pair, (name,), here[name], here[name]),)
    return Comparison(pairs, tuple(rows), differing, alike)


def missing(left: Document, right: Document) -> int:
    """How many attributes at the left have none of their name at the right; values are not compared."""
    return sum(
        len(set(_attributes(left, pair.left)).difference(_attributes(right, pair.right)))
        for pair in _pairs(left.namespaces, right.namespaces)
    )


def _all_of(left: Document) -> Iterator[Difference]:
    for name in left.namespaces:
        for attribute, value in left.namespace(name).attributes.items():
            yield Unknown(Pair(name, ""), (attribute,), value, ABSENT)


def sifted(comparison: Comparison, words: str) -> Comparison:
    """The same with those rows only that have all the words, in names or values."""
    wanted = words.casefold().split()
    if not wanted:
        return comparison
    return replace(comparison, rows=tuple(row for row in comparison.rows if _has(row, wanted)))


def unequal(comparison: Comparison) -> Comparison:
    """The same without the rows that are equal."""
    return replace(comparison, rows=tuple(row for row in comparison.rows if row.kind != "equal"))


def flipped(comparison: Comparison) -> Comparison:
    """The same with the sides exchanged."""
    pairs = tuple(Pair(pair.right, pair.left) for pair in comparison.pairs)
    rows = tuple(
        replace(row, pair=Pair(row.pair.right, row.pair.left), left=row.right, right=row.left)
        for row in comparison.rows
    )
    return replace(comparison, pairs=pairs, rows=rows)


def copied(rows: Iterable[Difference], *, to_left: bool) -> tuple[Change, ...]:
    """What changes where the values of one side are taken over by the other.

    Attributes of launchers that the other side does not have are left out: they have no place there.
    """
    found: list[Change] = []
    for row in rows:
        namespace = row.pair.left if to_left else row.pair.right
        old, new = (row.left, row.right) if to_left else (row.right, row.left)
        if namespace and row.kind not in ("equal", "unknown"):
            found.append(Change(namespace, row.place, old, new))
    return tuple(found)


def _has(row: Difference, words: Sequence[str]) -> bool:
    names = " ".join(escaped(step) if isinstance(step, str) else str(step + 1) for step in row.place)
    values = (shown(value) for value in (row.left, row.right) if not isinstance(value, Absent))
    text = " ".join((names, *values)).casefold()
    return all(word in text for word in words)


def _pairs(left: Sequence[str], right: Sequence[str]) -> Iterator[Pair]:
    found = {name: name for name in left if name in right}
    for name in left:
        alike = [one for one in right if _class(one) == _class(name) and one not in found.values()]
        if name not in found and len(alike) == 1:
            found[name] = alike[0]
    alone = [name for name in left if name not in found]
    others = [name for name in right if name not in found.values()]
    if len(alone) == len(others) == 1:
        found[alone[0]] = others.pop()
    yield from (Pair(name, found.get(name, "")) for name in left)
    yield from (Pair("", name) for name in others)


def _class(name: str) -> str:
    return name.rpartition(".")[2]


def _attributes(document: Document, name: str) -> Attributes:
    return document.namespace(name).attributes if name else Attributes({})


def _by_attribute(pair: Pair, left: Attributes, right: Attributes) -> dict[str | int, list[Difference]]:
    """What differs, by the attribute that it is in."""
    found: dict[str | int, list[Difference]] = {}
    for change in diff(_alone(left), _alone(right)):
        row = Difference(pair, change.place, change.before, change.after)
        found.setdefault(change.place[0], []).append(row)
    return found


def _alone(attributes: Attributes) -> Document:
    """A document with these attributes only, under a name that both sides share."""
    return Document({STATES: {"": {"attributes": cast(JSON, attributes.as_in_tree)}}})
