"""Signs of a text that one line shows as blanks, in words: of who pasted some, he is to know. Pure.

One idea: what is not seen is counted. Not for showing them: a box does that, and escapes do.
"""

from __future__ import annotations

from app.values.fit_text import is_fit

_BLANKS = {"\n": "line end", "\r": "line end", "\t": "tab"}


def unseen_text(text: str) -> str:
    """What is to be said of a text in which signs are that are not seen on one line; empty for none."""
    if is_fit(text):
        return ""
    found = [_BLANKS.get(sign, "other sign") for sign in text.replace("\r\n", "\n") if not is_fit(sign)]
    kinds = [f"{found.count(kind):,} {kind}{'s' * (found.count(kind) > 1)}" for kind in dict.fromkeys(found)]
    which = " and ".join(filter(None, (", ".join(kinds[:-1]), kinds[-1])))
    looks = f"look{'s' * (len(found) == 1)} like a blank here or like nothing"
    return f"{which} in it {looks}. Shift+Enter shows all."
