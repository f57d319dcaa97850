"""What differs between two documents, type-strictly.

One idea: a difference is told at the value that a person would point at. Mappings are walked key by key, a
tagged value (a date-time, a set) is one value.

Not for: showing or merging differences.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import compress, count, islice
from operator import is_not
from typing import cast

from persistence.document import ABSENT, Absent, Attributes, Document, Place, is_tagged
from persistence.values.json_text import JSON
from persistence.values.sameness import same
from persistence.values.spelled import Spelled, plain


@dataclass(frozen=True)
class Change:
    """One value that differs between two documents; place ``()`` is a whole namespace's attributes."""

    namespace: str
    place: Place
    before: JSON | Absent
    after: JSON | Absent


_HOLDERS = (dict, list)
MOST_ITEMS = 1_000
"""Items of a list that are told one by one: nobody looks at more, or decides more, and a list of which most
items differ was made anew.
"""


def diff(before: Document, after: Document) -> tuple[Change, ...]:
    """What changed in the attributes, type-strictly (True is not 1), in file order, new ones last.

    Mappings are told key by key, lists of equal length item by item, a list of another length or in which
    more than `MOST_ITEMS` items differ, and any tagged value as one change. The order of keys, times of
    saving and other keys beside the attributes do not count.
    """
    names = dict.fromkeys((*before.namespaces, *after.namespaces))
    return tuple(change for name in names for change in _namespace_changes(before, after, name))


def _namespace_changes(before: Document, after: Document, name: str) -> Iterator[Change]:
    old, new = (_attributes_of(document, name) for document in (before, after))
    for place, a, b in _changes((), old, new):
        yield Change(name, place, a, b) if place else Change(name, (), _all_of(a), _all_of(b))


def _attributes_of(document: Document, name: str) -> JSON | Absent:
    """As they stand in the tree: what both documents share need not be read to be known as the same."""
    if name not in document.namespaces:
        return ABSENT
    return cast(JSON, document.namespace(name).attributes.as_in_tree)


def _all_of(attributes: JSON | Absent) -> JSON | Absent:
    return dict(Attributes(attributes)) if isinstance(attributes, dict) else attributes


def _changes(
    place: Place, a: JSON | Spelled | Absent, b: JSON | Spelled | Absent
) -> Iterator[tuple[Place, JSON | Absent, JSON | Absent]]:
    if a is b or _spelled_alike(a, b):  # an edited document shares with its base all that was not edited
        return
    old, new = _plain(a), _plain(b)
    if isinstance(old, dict) and isinstance(new, dict) and not (place and (is_tagged(old) or is_tagged(new))):
        for key, x, y in _unlike_items(old, new):
            yield from _changes((*place, key), x, y)
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        found = [*islice(_item_changes(place, old, new), MOST_ITEMS + 1)]
        yield from found if len(found) <= MOST_ITEMS else ((place, old, new),)
    elif isinstance(old, Absent) or isinstance(new, Absent) or not same(old, new):
        yield place, old, new


def _item_changes(
    place: Place, old: list[JSON], new: list[JSON]
) -> Iterator[tuple[Place, JSON | Absent, JSON | Absent]]:
    for index in compress(count(), map(is_not, old, new)):
        x, y = old[index], new[index]
        if isinstance(x, _HOLDERS) or isinstance(y, _HOLDERS):
            yield from _changes((*place, index), x, y)
        elif not same(x, y):  # said here: each number of a long list would cost a generator
            yield (*place, index), x, y


def _unlike_items(
    a: dict[str, JSON], b: dict[str, JSON]
) -> Iterator[tuple[str, JSON | Absent, JSON | Absent]]:
    """The keys of two mappings with what stands there, but for those with the very same value in both."""
    if [*a] == [*b]:
        items = zip(a, a.values(), b.values(), strict=True)
        yield from compress(items, map(is_not, a.values(), b.values()))
        return
    for key in dict.fromkeys((*a, *b)):
        yield key, a.get(key, ABSENT), b.get(key, ABSENT)


def _spelled_alike(a: JSON | Spelled | Absent, b: JSON | Spelled | Absent) -> bool:
    return isinstance(a, Spelled) and isinstance(b, Spelled) and a.text == b.text


def _plain(found: JSON | Spelled | Absent) -> JSON | Absent:
    return found if isinstance(found, Absent) else plain(found)
