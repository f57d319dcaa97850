"""A value that stands in a text and is not read yet.

One idea: most values of a state are handed on as they stand, so a text becomes a value only when somebody
asks for it, and only once. Not for: how a text is read (`json_text`).
"""

from __future__ import annotations

from types import EllipsisType

from persistence.errors import Damaged
from persistence.values.json_text import JSON, parse_text


class Spelled:
    """A value that stands in a text: the text, and the value, parsed from it when it is first asked for.

    The text may be a view of the UTF-8 bytes that it is part of, so that a large one is held once. It may be
    no more than a beginning, until somebody has the rest (`hold`).
    """

    __slots__ = ("_length", "_value", "as_given")

    def __init__(
        self, text: str | memoryview, value: JSON | EllipsisType = ..., length: int | None = None
    ) -> None:
        """`value` is what the text says, where that is known. `length` is how long all of it is, where `text`
        is its beginning.
        """
        self.as_given = text
        self._value = value
        self._length = length

    @property
    def text(self) -> str:
        """The text. Raises Damaged for bytes that are no UTF-8, and where there is only its beginning yet."""
        given = self.whole
        return given if isinstance(given, str) else _text_in(given)

    @property
    def whole(self) -> str | memoryview:
        """All of the text, as it was given. Raises Damaged where there is only its beginning yet."""
        if not self.at_hand:
            raise Damaged("it has not been read yet")
        return self.as_given  # afterwards: another thread may have the rest meanwhile

    @property
    def at_hand(self) -> bool:
        """Whether all of the text is; once it is, it stays so."""
        length = self._length
        return length is None or len(self.as_given) == length

    def hold(self, text: str | memoryview) -> None:
        """Have this text from now on, which is the very same, or goes on where there was a beginning.

        Others may read it meanwhile, on any thread: they find the beginning, or all of it.
        """
        self.as_given = text
        self._length = None  # afterwards: who sees that all is there is to find it

    @property
    def value(self) -> JSON:
        """The same object each time. Raises Damaged."""
        if isinstance(self._value, EllipsisType):
            self._value = parse_text(self.text)
        return self._value

    @property
    def known(self) -> bool:
        """Whether the value is at hand."""
        return not isinstance(self._value, EllipsisType)

    def know(self, value: JSON) -> None:
        """Take what the text says from somebody who has read it; whoever comes second is too late."""
        if isinstance(self._value, EllipsisType):
            self._value = value

    def __len__(self) -> int:
        """How long the text is: characters, or bytes of a view."""
        length = self._length
        return len(self.as_given) if length is None else length

    def __bool__(self) -> bool:
        return True

    def __eq__(self, other: object) -> bool:
        """As the values are; whoever means more than that asks `same`."""
        return self.value == (other.value if isinstance(other, Spelled) else other)

    __hash__ = None  # type: ignore[assignment]  # like the lists and mappings that it may be

    def __repr__(self) -> str:
        return f"Spelled({self.text!r})"


def _text_in(view: memoryview) -> str:
    try:
        return str(view, "utf-8")
    except UnicodeDecodeError:
        raise Damaged("the file is not UTF-8") from None


def plain(value: JSON | Spelled) -> JSON:
    """The value itself."""
    return value.value if isinstance(value, Spelled) else value
