"""What is typed for a value of each type, in a sentence: below a box in which it is typed. Pure.

One idea: who has never typed such a value sees one that would do. Not for what is wrong with what was typed:
`scalar_text` says that, in the same words.
"""

from __future__ import annotations

from collections.abc import Mapping

from app.values.edit_text import editable_text, parse_as, shown, with_article
from app.values.retyping import Guess
from app.words.places import path_text
from persistence.values.json_text import JSON
from persistence.values.kinds import Kind
from persistence.values.retyped import Retyped, retyped

_MOST_SEEN = 10_000
"""Values, in some milliseconds."""
EXAMPLES: Mapping[Kind, tuple[str, str]] = {
    Kind.INTEGER: ("A whole number", "150"),
    Kind.DECIMAL: ("A number", "5.5"),
    Kind.YES_NO: ("Either yes or no", "yes"),
    Kind.DATE_TIME: ("Date and time", "2026-11-23 14:29:51.204618+01:00"),
    Kind.DATE: ("A date", "2026-11-23"),
    Kind.TIME: ("A time", "14:29:51.204618"),
    Kind.DURATION: ("Hours, minutes and seconds", "0:48:12.500"),
    Kind.LIST: ("Items in brackets", "[0.5, 1.0]"),
    Kind.TUPLE: ("Items in brackets", "[64, 512]"),
    Kind.SET: ("Items in brackets", "[1, 2]"),
    Kind.FROZEN_SET: ("Items in brackets", "[1, 2]"),
    Kind.MAPPING: ("Names with values in braces", '{"lick": 0.35}'),
    Kind.BYTES: ("Pairs of hexadecimal digits", "00 ff"),
    Kind.EXACT_DECIMAL: ("A number, every digit of which stays", "0.10"),
    Kind.COMPLEX: ("A complex number", "1.5+2.0j"),
}
"""What it is, and one."""


def example_text(kind: Kind) -> str:
    """ "A whole number, such as 150"; empty for types of which any text is one."""
    what, one = EXAMPLES.get(kind, ("", ""))
    if kind is Kind.YES_NO:
        return what
    return f"{what}, such as {one}" if one else ""


def retyped_inside(before: JSON, after: JSON) -> Retyped | None:
    """What becomes another type inside a value, as far as can be seen between two frames."""
    return retyped(before, after, _MOST_SEEN)


def retyped_text(before: JSON, after: JSON) -> str:
    """What becomes another type inside a value, and how it keeps its own; empty where nothing does."""
    found = retyped_inside(before, after)
    if found is None:
        return ""
    place = path_text(found.seen)
    where = f"Item {place}" if isinstance(found.seen[0], int) else place
    keep = ""
    if (found.before, found.after) == (Kind.DECIMAL, Kind.INTEGER):
        keep = f" Write {shown(found.value)}.0 to keep its type."
    return f"{where}: {found.before} becomes {found.after}.{keep}"


def guess_text(text: str, guess: Guess, key: str) -> str:
    """What a typed text was taken for, and the key that takes it otherwise; empty where there is one way.

    What a text could be is shown where that would not look the same.
    """
    if guess.taken is not None:
        return f"Taken as {with_article(guess.taken)}: {key} keeps it a text"
    if guess.could_be is None:
        return ""
    kind = guess.could_be
    parsed = parse_as(text.strip(), kind)
    then = "" if parsed.problem or editable_text(parsed.value) == text.strip() else shown(parsed.value)
    return f"Kept as a text: {key} makes it {with_article(kind)}{then and f', {then}'}"
