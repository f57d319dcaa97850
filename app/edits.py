"""What an operator can do to a saved state, one thing at a time: frozen, and pure functions of a document.

One idea: an edit names a place and what is to stand there; it does nothing until it is applied, to any
document that has the place. Not for staging and undoing (`draft`), nor for the meaning of typed text
(`edit_text`).
"""

from __future__ import annotations

from dataclasses import dataclass

from persistence.document import Document, Place
from persistence.edits import set_value
from persistence.json_text import JSON


@dataclass(frozen=True, slots=True)
class SetValue:
    """An edit: put `value` at `place` below the attributes of one launcher."""

    namespace: str
    place: Place
    value: JSON

    def apply(self, document: Document) -> Document:
        """Return the document with this edit in it. Raises StateError where the place is not there."""
        return set_value(document, self.namespace, self.place, self.value)


Edit = SetValue
Edits = tuple[Edit, ...]
