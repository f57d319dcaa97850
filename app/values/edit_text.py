"""Values of a state file as the window shows them, as an editor holds them, and back again.

One idea: nothing is ever changed that nobody typed. The text that an editor opens with gives back the very
value it came from, and what was typed instead gives a value of the same kind or a sentence that says why not;
a change of type is a call of its own (`parse_as`). Text is parsed, never evaluated.

What each kind looks like: text as it is; integer and decimal as digits with a point; yes/no; "empty (None)";
date-time with a space, all microseconds and the zone; duration as hours:minutes:seconds; bytes as hexadecimal
pairs; list, mapping, tuple, set as JSON with tags inside. Text that one line cannot hold (line breaks,
control characters, marks that turn the direction of writing, lone surrogates) is held as a JSON text in
quotes.

Not for widgets and not for single kinds (see `scalar_text`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.values.fit_text import escaped, escaped_whole, is_fit
from app.values.scalar_text import FROM_TEXT, tagged
from persistence.codec import decode
from persistence.document import is_tagged
from persistence.errors import Damaged
from persistence.values import json_text, json_writing
from persistence.values.json_text import JSON
from persistence.values.kinds import TAGS, Kind, kind_of
from persistence.values.readable import TO_TEXT, array_shown, bytes_shown
from persistence.values.typed_numbers import overflows
from persistence.values.typed_times import FOLDED, FROM_TYPED, NotThisKind, how_to_type, zone_stays

SHOWN_LIMIT = 500
NO_TEXT = '"" (empty text)'
"""What stands in the place of a text of no characters, which would leave a blank."""
_WRAPPED: Mapping[Kind, str] = {Kind.TUPLE: "tuple", Kind.SET: "set", Kind.FROZEN_SET: "frozenset"}
_CONTAINERS = frozenset({Kind.LIST, Kind.MAPPING, *_WRAPPED})
_ONE_LINE = frozenset({Kind.TEXT, Kind.PATH})
_AS_IT_IS = frozenset({Kind.UNKNOWN, Kind.ARRAY})
"""What no text stands for that a person could type."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """What typed text means; when it means nothing, `value` is None and `problem` a sentence."""

    value: JSON
    kind: Kind
    problem: str = ""


def shown(value: JSON, limit: int = SHOWN_LIMIT) -> str:
    """What a column shows: one line of at most `limit` characters; containers by their number of items."""
    kind = kind_of(value)
    if kind in _CONTAINERS:
        count = _count(value)
        return "1 item" if count == 1 else f"{count:,} items"
    if kind is Kind.BYTES:
        return bytes_shown(value, limit)
    text = _kept_shown(value, kind) if kind in _AS_IT_IS else TO_TEXT[kind](value)
    if not text:
        return NO_TEXT
    line = escaped(text[: limit + 1])
    return line if len(line) <= limit and len(text) <= limit else f"{line[: limit - 1]}…"


def whole_line(value: JSON) -> str:
    """The text that `shown` cuts at its end; empty for what has a shorter form of its own."""
    kind = kind_of(value)
    told_in_short = kind in _CONTAINERS or kind in _AS_IT_IS or kind is Kind.BYTES
    return "" if told_in_short else TO_TEXT[kind](value)


def editable_text(value: JSON) -> str:
    """The text that an editor opens with; `parse` of it, unchanged, gives the very same value back."""
    kind = kind_of(value)
    if kind in _WRAPPED and isinstance(value, dict):
        return escaped_whole(json_writing.write(value["value"]))
    if kind in _CONTAINERS or kind in _AS_IT_IS:
        return escaped_whole(json_writing.write(value))
    text = TO_TEXT[kind](value)
    return _quoted(text) if kind in _ONE_LINE and not is_fit(text) else text


def can_edit(value: JSON) -> bool:
    """False for arrays, and for values of a type that nobody here knows: they are kept as they are."""
    return kind_of(value) not in _AS_IT_IS


def parse(text: str, like: JSON) -> Parsed:
    """Read what was typed in place of `like`; never another kind.

    Text in quotes is read as JSON only where `editable_text(like)` itself was in quotes, so that a quotation
    mark typed into ordinary text stays one.
    """
    kind = kind_of(like)
    if text == editable_text(like):
        return Parsed(like, kind)
    if kind in _ONE_LINE and text.startswith('"') and not is_fit(TO_TEXT[kind](like)):
        return _unquoted(text, kind)
    parsed = parse_as(text, kind)
    if kind in FROM_TYPED and parsed.problem == how_to_type(kind):
        return Parsed(None, kind, how_to_type(kind, editable_text(like).removesuffix(FOLDED)))
    if kind in (Kind.DATE_TIME, Kind.TIME) and not parsed.problem:
        try:
            zone_stays(like, parsed.value)
        except NotThisKind as reason:
            return Parsed(None, kind, str(reason))
    return parsed


def parse_as(text: str, kind: Kind) -> Parsed:
    """Read typed text as a value of `kind`: the call for a change of type."""
    if kind is Kind.UNKNOWN:
        return Parsed(None, kind, "Rigstate does not know this type; it is kept as it is.")
    if kind is Kind.ARRAY:
        return Parsed(None, kind, "An array cannot be typed; it is kept as it is.")
    try:
        return Parsed(_container(text, kind) if kind in _CONTAINERS else FROM_TEXT[kind](text), kind)
    except NotThisKind as reason:
        return Parsed(None, kind, str(reason))


def parse_any(text: str) -> Parsed:
    """Read JSON, with tags, as a value of whatever type it says it is; never an array or an unknown one."""
    try:
        value = _json(text)
        for broken in _broken_tags(value):
            raise NotThisKind(f"Not a valid {broken}.")
    except NotThisKind as reason:
        return Parsed(None, Kind.UNKNOWN, str(reason))
    kind = kind_of(value)
    return parse_as(text, kind) if kind in _CONTAINERS or kind in _AS_IT_IS else Parsed(value, kind)


def _count(value: JSON) -> int:
    inner = value["value"] if isinstance(value, dict) and is_tagged(value) else value
    return len(inner) if isinstance(inner, list | dict) else 0


def _kept_shown(value: JSON, kind: Kind) -> str:
    """An array by its lengths and the type of its items, anything else by the name of its type."""
    if kind is Kind.ARRAY:
        return array_shown(value)
    name = value.get("__type__") if isinstance(value, dict) else None
    return f"{name} (kept as it is)" if isinstance(name, str) else "kept as it is"


def _quoted(text: str) -> str:
    return '"' + escaped_whole(text.replace("\\", "\\\\").replace('"', '\\"')) + '"'


def _unquoted(text: str, kind: Kind) -> Parsed:
    try:
        content = json_text.parse(text.strip().encode("utf-8", "surrogatepass"))
    except Damaged:
        return Parsed(None, kind, 'Close the text with a quotation mark, and write \\" for one inside it.')
    return parse_as(content, kind) if isinstance(content, str) else parse_as(text, kind)


def with_article(kind: Kind) -> str:
    """A type in a sentence: "an integer", "a list", "yes/no"."""
    if kind is Kind.YES_NO:
        return str(kind)
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def _container(text: str, kind: Kind) -> JSON:
    try:
        value = _json(text)
    except NotThisKind:
        if text.lstrip()[:1] in ("[", "{"):
            raise
        around = 'names and values in braces, such as {"lick": 0.35}'
        items = "the items in brackets, such as [0.5, 1.0]"
        raise NotThisKind(f"Write {around if kind is Kind.MAPPING else items}.") from None
    for broken in _broken_tags(value):
        raise NotThisKind(f"Not a valid {broken}.")
    if kind in _WRAPPED and isinstance(value, list):
        value = tagged(_WRAPPED[kind], value)
    if kind_of(value) is not kind:
        raise NotThisKind(f"This is {with_article(kind_of(value))}, not {with_article(kind)}.")
    return _without_twins(value) if kind in (Kind.SET, Kind.FROZEN_SET) else value


def _json(text: str) -> JSON:
    try:
        value = json_text.parse(text.encode("utf-8", "surrogatepass"))
    except Damaged as error:
        cause = error.cause.replace("the file", "the text").removeprefix("not valid JSON ")
        raise NotThisKind(f"Not valid JSON: {cause}.") from None
    if overflows(text):
        raise NotThisKind("A number in it is too large for a decimal.")
    return value


def _broken_tags(value: JSON) -> Iterator[str]:
    """Names of known tags whose content is not what the tag says, such as a date that is "soon"."""
    if isinstance(value, dict):
        name = value.get("__type__")
        if isinstance(name, str) and name in TAGS and kind_of(value) is Kind.UNKNOWN:
            yield name
        for item in value.values():
            yield from _broken_tags(item)
    elif isinstance(value, list):
        for item in value:
            yield from _broken_tags(item)


def _without_twins(value: JSON) -> JSON:
    """The set as the state file writes it: sorted by spelling. Equal items and containers are refused."""
    items = value["value"] if isinstance(value, dict) else None
    found = decode(value)
    if not isinstance(items, list) or not isinstance(found, set | frozenset):
        raise NotThisKind("A set holds single values only, no lists and no mappings.")
    if len(found) != len(items):
        raise NotThisKind("A set holds each item once.")
    return tagged("set" if isinstance(found, set) else "frozenset", sorted(items, key=json_writing.write))
