"""What large files say, known as long as somebody has it.

One idea: who reads bytes again that are shown somewhere is given the very document that is shown, so that its
rows stay and it is not held twice. Nothing is held by this: what nobody has any more is gone from here, too.

Not for whether bytes are sound (`verdicts`).
"""

from __future__ import annotations

import weakref
from dataclasses import dataclass

from persistence.document import Document


@dataclass(frozen=True, slots=True)
class Read:
    """What a file says; `size` is in bytes."""

    document: Document
    etag: str
    size: int


class StillHeld:
    """Documents that somebody may still have, by the etags of their bytes."""

    def __init__(self) -> None:
        self._held: dict[str, tuple[int, weakref.ref[Document]]] = {}

    def note(self, read: Read) -> None:
        """This was given to somebody."""
        self._held = {etag: one for etag, one in self._held.items() if one[1]() is not None}
        self._held[read.etag] = read.size, weakref.ref(read.document)

    def find(self, etag: str) -> Read | None:
        """What these bytes say, where somebody has it."""
        size, held = self._held.get(etag, (0, lambda: None))
        document = held()
        return None if document is None else Read(document, etag, size)
