"""What an operator can do to a saved state, one thing at a time: frozen, and pure functions of a document.

One idea: an edit names a place and what is to become of it; it does nothing until it is applied, to any
document that has the place. What leads from one document to another can be told as edits, too. Not for
staging and undoing (`draft`), nor for the meaning of typed text (`edit_text`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from persistence.document import Absent, Document, Place
from persistence.states.diff import diff
from persistence.states.edits import (
    insert_value,
    move_value,
    remove_value,
    rename_value,
    set_value,
    state_of,
    with_launcher,
)
from persistence.values.json_text import JSON


@dataclass(frozen=True, slots=True)
class SetValue:
    """An edit: put `value` at `place` below the attributes of one launcher."""

    namespace: str
    place: Place
    value: JSON

    def apply(self, document: Document) -> Document:
        """Return the document with this edit in it. Raises StateError where the place is not there."""
        return set_value(document, self.namespace, self.place, self.value)


@dataclass(frozen=True, slots=True)
class RemoveValue:
    """An edit: the attribute, key or list item at `place` goes."""

    namespace: str
    place: Place

    def apply(self, document: Document) -> Document:
        """Return the document with this edit in it. Raises StateError where the place is not there."""
        return remove_value(document, self.namespace, self.place)


@dataclass(frozen=True, slots=True)
class RenameValue:
    """An edit: the attribute or key at `place` is called `name` from now on, and stays where it stands."""

    namespace: str
    place: Place
    name: str

    @property
    def new_place(self) -> Place:
        """Where the value is found afterwards."""
        return (*self.place[:-1], self.name)

    def apply(self, document: Document) -> Document:
        """Return the document with this edit in it.

        Raises StateError where the place is not there, has no name, or the name is taken.
        """
        return rename_value(document, self.namespace, self.place, self.name)


@dataclass(frozen=True, slots=True)
class InsertValue:
    """An edit: one value more. A list item comes to the index that `place` ends with; a new attribute or key
    comes in front of the key `before`, or to the end where there is none.
    """

    namespace: str
    place: Place
    value: JSON
    before: str | None = None

    def apply(self, document: Document) -> Document:
        """Return the document with this edit in it. Raises StateError where it has no place for it."""
        return insert_value(document, self.namespace, self.place, self.value, before=self.before)


@dataclass(frozen=True, slots=True)
class MoveValue:
    """An edit: the list item at `place` goes to the index `to` of its list."""

    namespace: str
    place: Place
    to: int

    @property
    def new_place(self) -> Place:
        """Where the item is found afterwards."""
        return (*self.place[:-1], self.to)

    def apply(self, document: Document) -> Document:
        """Return the document with this edit in it. Raises StateError where item or index is not there."""
        return move_value(document, self.namespace, self.place, self.to)


@dataclass(frozen=True, slots=True)
class PutLauncher:
    """An edit: a whole launcher's state comes back that is not in the document any more.

    Where the other side took a launcher out and the operator decides to keep it. `place` is ``()``.
    """

    namespace: str
    state: dict[str, JSON]
    place: Place = ()

    def apply(self, document: Document) -> Document:
        """Return the document with this edit in it."""
        return with_launcher(document, self.namespace, self.state)


Edit: TypeAlias = SetValue | RemoveValue | RenameValue | InsertValue | MoveValue | PutLauncher
Edits: TypeAlias = tuple[Edit, ...]


def edits_between(before: Document, after: Document) -> Edits:
    """The fewest edits that make of `before` what `after` says, whatever way led there; in file order.

    A list that became longer or shorter is set as a whole, a renamed key goes and comes. The order of keys
    counts for nothing, nor does a launcher that `before` alone has: no edit takes one out.
    """
    return tuple(_edits_between(before, after))


def _edits_between(before: Document, after: Document) -> Iterator[Edit]:
    for change in diff(before, after):
        if not change.place:
            if not isinstance(change.after, Absent):
                yield PutLauncher(change.namespace, state_of(after, change.namespace))
        elif isinstance(change.after, Absent):
            yield RemoveValue(change.namespace, change.place)
        else:
            yield SetValue(change.namespace, change.place, change.after)
