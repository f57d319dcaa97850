"""What stands half typed at the end of a query, and what the query is without it. Pure; no Qt.

One idea: who types `trial_count>100` types a word first, then a comparison without a value; neither is meant
as it stands, and the list is not to be emptied by them. Not for what a query means (`persistence.query`).
"""

import re
from collections.abc import Iterable

from persistence.query import FIELDS

_UNFINISHED = re.compile(r'(?:not:)?(?:"(?:[^"]|"")*"|[^\s"<>=:!]+)\s*(?:[<>!]=|[<>=:])\s*$', re.IGNORECASE)
_LAST_PART, _SIGN = re.compile(r"\S*$"), re.compile(r"[<>=!:]")
_LAST_WORD = re.compile(r'(?:^|(?<=\s))([^\W\d][^\s"<>=:!]*)$')


def without_unfinished(text: str) -> str | None:
    """What stands before a comparison at the end that has no value yet; None where there is none."""
    found = _UNFINISHED.search(text)
    return text[: found.start()] if found else None


def before_mistake(text: str, position: int) -> str | None:
    """What stands before the comparison or word that has a mistake at that position; None for nothing."""
    rest = _LAST_PART.sub("", text[:position])
    if _SIGN.match(text[len(rest) :]):  # a sign with spaces around it: the name before it belongs to it
        rest = _LAST_PART.sub("", rest.rstrip())
    return rest if rest.strip() else None


def is_shorter(text: str, whole: str) -> bool:
    """Whether a text is what is left of a whole query from whose end somebody deletes."""
    return whole.startswith(text.rstrip()) and bool(text.strip())


def last_word(text: str) -> tuple[str, str] | None:
    """What stands before a word at the end that may be the beginning of a name, and that word."""
    found = _LAST_WORD.search(text)
    return (text[: found.start()], found[1]) if found else None


def name_begun(word: str, names: Iterable[str]) -> str:
    """The first name, by the alphabet, that a word is the beginning of; empty for none."""
    folded = word.casefold()
    return min((name for name in (*FIELDS, *names) if name.casefold().startswith(folded)), default="")


def name_hint(word: str, name: str) -> str:
    """That a word is shown nowhere, and how what it may be the beginning of is asked for."""
    return f"No session shows {word}. A saved value is asked for as {name}=…"
