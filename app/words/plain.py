"""Text for places that Qt would search for rich text: tool tips.

One idea: a value of an attribute is never markup. Qt guesses ("might this be rich text?") wherever it is not
told, and a small value with nested tables then freezes the window for a minute. Labels are told; tool tips
cannot be, so the guess is made to fail here. Not for escaping control characters: `app.values.edit_text`
does that.
"""

import re

TIP_LIMIT = 2000
_WORD_JOINER = "\u2060"  # invisible, and no character of a tag name
_ZERO_WIDTH_SPACE = "\u200b"
_JOINTS = re.compile(r"[./\\](?=\w)")
_OPENING = re.compile(r"[<&]")


def tip(text: str, limit: int = TIP_LIMIT) -> str:
    """The text for a tool tip: at most about `limit` characters, shown as it is written."""
    cut = text if len(text) <= limit else f"{text[:limit]}…"
    return _OPENING.sub(lambda match: match[0] + _WORD_JOINER, cut)


def breakable(text: str) -> str:
    """The text for a label of several lines: names and paths may be broken after their dots and slashes."""
    return _JOINTS.sub(lambda match: match[0] + _ZERO_WIDTH_SPACE, text)
