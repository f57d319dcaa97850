"""What differs between two documents, type-strictly.

One idea: a difference is told at the value that a person would point at. Mappings are walked key by key, a
tagged value (a date-time, a set) is one value.

Not for: showing or merging differences.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from persistence.document import ABSENT, Absent, Document, Place, is_tagged
from persistence.json_text import JSON, same


@dataclass(frozen=True)
class Change:
    """One value that differs between two documents; place ``()`` is a whole namespace's attributes."""

    namespace: str
    place: Place
    before: JSON | Absent
    after: JSON | Absent


def diff(before: Document, after: Document) -> tuple[Change, ...]:
    """What changed in the attributes, type-strictly (True is not 1), in file order, new ones last.

    Mappings are told key by key, lists of equal length item by item, a list of another length and any
    tagged value as one change. The order of keys, times of saving and other keys beside the attributes do
    not count.
    """
    names = dict.fromkeys((*before.namespaces, *after.namespaces))
    return tuple(change for name in names for change in _namespace_changes(before, after, name))


def _namespace_changes(before: Document, after: Document, name: str) -> Iterator[Change]:
    old, new = (_attributes_of(document, name) for document in (before, after))
    for place, a, b in _changes((), old, new):
        yield Change(name, place, a, b)


def _attributes_of(document: Document, name: str) -> JSON | Absent:
    return dict(document.namespace(name).attributes) if name in document.namespaces else ABSENT


def _changes(
    place: Place, a: JSON | Absent, b: JSON | Absent
) -> Iterator[tuple[Place, JSON | Absent, JSON | Absent]]:
    if a is b:  # an edited document shares with its base all that was not edited
        return
    if isinstance(a, dict) and isinstance(b, dict) and (not place or not (is_tagged(a) or is_tagged(b))):
        for key in dict.fromkeys((*a, *b)):
            yield from _changes((*place, key), a.get(key, ABSENT), b.get(key, ABSENT))
    elif isinstance(a, list) and isinstance(b, list) and len(a) == len(b):
        for index, (old, new) in enumerate(zip(a, b, strict=True)):
            yield from _changes((*place, index), old, new)
    elif isinstance(a, Absent) or isinstance(b, Absent) or not same(a, b):
        yield place, a, b
