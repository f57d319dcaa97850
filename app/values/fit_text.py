"""Text as one line to be looked at: what would break it, hide or turn it is written as an escape.

One idea: whatever comes out of a file is shown, and none of it does anything. Pure. Not for text to be edited
(`edit_text`).
"""

import re

MOST_SHOWN = 2_000
"""Characters of a name, a note or a sentence: more than any screen has room for."""
_UNFIT = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]"
)
_PRINTED = bytes(range(0x20, 0x7F))
_ESCAPE = re.compile(r"\\(?:[nrt]|u[0-9a-f]{4})")
_LONGEST_ESCAPE = len("\\u0000")
_SHORT_ESCAPES = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def escaped(text: str) -> str:
    """The text as a line to be looked at: what would break it, hide or turn it is written as an escape.

    Of a longer one the first MOST_SHOWN characters: whatever is shown is measured and painted whole.
    """
    return escaped_whole(text) if len(text) <= MOST_SHOWN else f"{escaped_whole(text[: MOST_SHOWN - 1])}…"


def escaped_whole(text: str) -> str:
    """The same for a text of any length that has to be had whole, because it is edited or compared."""
    return _UNFIT.sub(_escape, text)


def before_escape(text: str, place: int) -> int:
    """A place in a line with escapes, or where the escape begins that is cut through there."""
    start = text.rfind("\\", max(0, place - _LONGEST_ESCAPE + 1), place)
    found = _ESCAPE.match(text, start) if start >= 0 else None
    return start if found is not None and found.end() > place else place


def behind_escape(text: str, place: int) -> int:
    """The same, or where it ends."""
    start = before_escape(text, place)
    found = _ESCAPE.match(text, start) if start < place else None
    return place if found is None else found.end()


def is_fit(text: str) -> bool:
    """Whether one line shows the text as it is, without escapes."""
    if text.isascii():
        return not text.encode().translate(None, _PRINTED)
    return _UNFIT.search(text) is None


def _escape(match: re.Match[str]) -> str:
    return _SHORT_ESCAPES.get(match[0], f"\\u{ord(match[0]):04x}")
