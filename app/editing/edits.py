"""What an operator can do to a saved state, one thing at a time: frozen, and pure functions of a document.

One idea: an edit names a place and what is to become of it; it does nothing until it is applied, to any
document that has the place. Not for what leads from one document to another (`told_anew`), for staging and
undoing (`draft`), nor for the meaning of typed text (`edit_text`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from persistence.document import Absent, Document, Place
from persistence.states.edits import (
    insert_value,
    move_value,
    remove_value,
    rename_value,
    set_value,
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


@dataclass(frozen=True, slots=True)
class MetValue:
    """No change: what was done at `place` is what the disk has there by now, and it was done over this value.

    ABSENT is nothing. `reordered`: what was done to a list, which is one value then.
    """

    namespace: str
    place: Place
    value: JSON | Absent
    over: JSON | Absent
    reordered: bool = False

    def apply(self, document: Document) -> Document:
        """Return the document, which has it already."""
        return document


Edit: TypeAlias = SetValue | RemoveValue | RenameValue | InsertValue | MoveValue | PutLauncher | MetValue
Edits: TypeAlias = tuple[Edit, ...]


def shifts_items(edit: Edit) -> bool:
    """Whether items of a list have other numbers after it."""
    return isinstance(edit, InsertValue | RemoveValue | MoveValue) and isinstance(edit.place[-1], int)
