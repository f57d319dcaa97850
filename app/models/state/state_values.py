"""What a row of the state tree holds: its value and the one that is saved in its place, read or not. No Qt.

One idea: of a large value that nobody has read only the text is at hand, and what can be said of it by its
text is said; whoever asks for the value itself has it read. Not for where a row stands and what is below it
(`state_nodes`).
"""

from __future__ import annotations

from typing import TypeAlias, cast

from app.models.state.state_inside import unlike
from app.models.state.unread import is_tagged_unread, is_unread, kind_unread, text_unread
from app.values.edit_text import SHOWN_LIMIT, shown
from app.words.beside_texts import beside
from persistence.document import ABSENT, Absent, Place, is_tagged
from persistence.values.json_text import JSON
from persistence.values.kinds import Kind, kind_of
from persistence.values.spelled import Spelled, plain

Holding: TypeAlias = "tuple[JSON | Absent, JSON | Absent]"
"""A value and what is saved in its place, as they stand in their documents: read or not."""


class Held:
    """A value and what is saved in its place. `progress`: how much of it was read by now, where it is."""

    __slots__ = ("_base_text", "_both", "_held", "_kind", "_large", "_saved", "_text", "progress")

    def __init__(self) -> None:
        self.hold(None, ABSENT)

    def hold(self, held: JSON, saved: JSON | Absent) -> None:
        """Hold this from now on."""
        self._held, self._saved = held, saved
        self._large: bool | None = None
        self.progress: float | None = None
        self._kind: Kind | None = None
        self._text: str | None = None
        self._base_text: str | None = None
        self._both: tuple[str, str] | None = None

    @property
    def holding(self) -> Holding:
        """Value and base as they stand in their documents, read or not, for `unlike`."""
        return self._held, self._saved

    def unlike(self, before: Holding) -> list[Place] | None:
        """The steps to the parts that differ from those of what it held before; None where that is not so
        quickly told.
        """
        now = self._held, self._saved
        if any(map(is_unread, (*before, *now))):
            return [] if all(old is new for old, new in zip(before, now, strict=True)) else None
        here, saved = (unlike(_known(old), _known(new)) for old, new in zip(before, now, strict=True))
        return None if here is None or saved is None else [*dict.fromkeys((*here, *saved))]

    @property
    def value(self) -> JSON:
        """The value, read if need be; of a launcher, its attributes as they stand in the tree."""
        return plain(self._held)

    @property
    def base(self) -> JSON | Absent:
        """What is saved in its place, read if need be."""
        return _known(self._saved)

    @property
    def has_base(self) -> bool:
        """Whether anything is saved in its place."""
        return not isinstance(self._saved, Absent)

    @property
    def base_text(self) -> str:
        """What is saved in its place, as the Value column would show it."""
        if self._base_text is None:
            self._base_text = self.base_text_up_to(SHOWN_LIMIT)
        return self._base_text

    def base_text_up_to(self, limit: int) -> str:
        """The same, in so many characters."""
        return _text_of(self._saved, limit)

    def texts_beside(self, limit: int = SHOWN_LIMIT) -> tuple[str, str]:
        """The value and what is saved in its place, on lines of so many characters; long ones are cut so that
        it is seen where they differ. Told again as it was: it is asked for several times in each paint.
        """
        if limit != SHOWN_LIMIT:
            return self._told_apart(limit)
        if self._both is None:
            self._both = self._told_apart(limit)
        return self._both

    def _told_apart(self, limit: int) -> tuple[str, str]:
        held, saved = self.text_up_to(limit), self.base_text_up_to(limit)
        if is_unread(self._held) or is_unread(self._saved):
            return held, saved
        return (
            held if len(held) < limit else beside(self.value, self.base, limit),
            saved if len(saved) < limit else beside(self.base, self.value, limit),
        )

    def text_up_to(self, limit: int) -> str:
        """The value on one line of so many characters."""
        return _text_of(self._held, limit)

    @property
    def unread(self) -> Spelled | None:
        """The text of a large value that nobody has read; None where the value is at hand."""
        held = cast("JSON | Spelled", self._held)
        if not isinstance(held, Spelled) or held.known:
            return None
        if self._large is None:  # which is asked for again and again while rows are laid out
            self._large = is_unread(held)
        return held if self._large else None

    @property
    def tagged(self) -> bool:
        """Whether what is inside stands inside a tag."""
        return is_tagged_unread(self.unread) if self.unread else is_tagged(self.value)

    @property
    def kind(self) -> Kind:
        """The kind of the value."""
        if self._kind is None:
            found = kind_unread(self.unread) if self.unread else None
            self._kind = found or kind_of(self.value)
        return self._kind

    @property
    def text(self) -> str:
        """What the Value column shows."""
        if self._text is None:
            self._text = self.text_up_to(SHOWN_LIMIT)
        return self._text if self.progress is None else f"{self._text}, {self.progress:.0%} read"


def _known(held: JSON | Absent) -> JSON | Absent:
    return held if isinstance(held, Absent) else plain(held)


def _text_of(held: JSON | Absent, limit: int) -> str:
    if isinstance(held, Absent):
        return ""
    found = cast("JSON | Spelled", held)
    return (
        text_unread(found) if isinstance(found, Spelled) and is_unread(found) else shown(plain(found), limit)
    )
