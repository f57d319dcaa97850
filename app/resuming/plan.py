"""What a resume will do, attribute by attribute, before anything starts. Pure; no Qt.

One idea: each saved attribute has one fate, and the fate is known from what the launcher itself said in a
rehearsal, or else as far as the saved state alone tells; which of the two it was is part of the plan. What
cannot be restored is named, and the launcher is told to leave it alone, so that it can still refuse to start
on what nobody foresaw.

Not for what else should be looked at before a start (see `cautions`), nor for words on columns.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from typing import Literal, TypeAlias, cast

from app.values.edit_text import shown
from app.words.beside_texts import beside
from app.words.inside_texts import what_differs
from persistence.document import ABSENT, Absent
from persistence.launcher import PersistentState
from persistence.launching.loading import PEOPLE
from persistence.rehearsing.rehearsed import Finding, Rehearsed
from persistence.values.attributes import refusal
from persistence.values.in_pieces import WINDOW, Unfit, read
from persistence.values.json_text import JSON, Number
from persistence.values.kinds import Kind, kind_of
from persistence.values.sameness import same
from persistence.values.spelled import Spelled, plain

Fate = Literal[
    "restored", "edited", "new", "overrides", "type_differs", "no_handler", "refused", "left_out"
]  # fmt: skip
Value: TypeAlias = "JSON | Spelled"
WORDS: Mapping[Fate, str] = {
    "restored": "Restored",
    "edited": "Edited by hand",
    "new": "New",
    "overrides": "Overrides parameter",
    "type_differs": "Type differs",
    "no_handler": "No handler",
    "refused": "Refused",
    "left_out": "Left out",
}
_HELD = 60
"""Characters of a value that stand in a note."""
_INSIDE = 24
"""Of one that stands inside another."""
_NUMBERS = (Kind.INTEGER, Kind.DECIMAL)
_SEQUENCES = (Kind.LIST, Kind.TUPLE)
_COMPARED = ("tuple", "datetime", "date", "time", "UUID", "Path")
"""Tagged values that a parameter file would hold as the plain value inside."""


@dataclass(frozen=True, slots=True)
class Given:
    """What the launcher will find, and what is known about it.

    `attributes` hold the unsaved edits, and `unsaved` names those that have any. `own` is what the launcher
    itself saved last, None where that is not known; `parameters` are those of the new run, empty without any.
    """

    attributes: Mapping[str, Value]
    unsaved: frozenset[str] = frozenset()
    own: Mapping[str, Value] | None = None
    parameters: Mapping[str, object] = field(default_factory=dict)

    @property
    def values(self) -> list[Value]:
        """All that may have to be looked at, unread where nobody has read it."""
        parameters = cast("Mapping[str, JSON]", self.parameters)  # they come out of a JSON file
        return [*raw(self.attributes).values(), *raw(self.own or {}).values(), *parameters.values()]


@dataclass(frozen=True, slots=True)
class Row:
    """One attribute and its fate. `note` is a clause in small letters.

    `choosable`: the operator may leave it out, or take it. What is not is as the launcher has it.
    """

    name: str
    value: Value | Absent
    fate: Fate
    note: str = ""
    choosable: bool = True

    @property
    def taken(self) -> bool:
        """Whether the launcher is asked to restore it."""
        return self.choosable and self.fate != "left_out"


@dataclass(frozen=True, slots=True)
class Plan:
    """All attributes, in the order of the file, but for subject and user, `people`, as far as they are saved.

    `asked`: the launcher itself was asked.
    """

    rows: tuple[Row, ...] = ()
    asked: bool = False
    people: tuple[str, ...] = ()

    @property
    def taken(self) -> int:
        """How many attributes the launcher is asked to restore."""
        return sum(row.taken for row in self.rows)

    def without(self, names: Collection[str]) -> Plan:
        """The same, with these attributes left out by the operator, where that is for him to choose."""
        return replace(self, rows=tuple(_without(row) if row.name in names else row for row in self.rows))

    @property
    def leave_out(self) -> tuple[str, ...]:
        """What a launcher is told to leave as it has it; the names are those of attributes in the file."""
        return tuple(row.name for row in self.rows if not row.taken and not isinstance(row.value, Absent))


def plan(given: Given, rehearsed: Rehearsed | None = None) -> Plan:
    """What becomes of each attribute, as far as the launcher's own word and the file tell.

    Whom a session is about and who runs it are no part of it: those are told to the launcher anew.
    """
    asked = rehearsed is not None and not rehearsed.error
    findings = {one.name: one for one in rehearsed.findings} if rehearsed is not None and asked else {}
    rows = [_row(name, value, given, findings) for name, value in _values(given) if name not in PEOPLE]
    people = zip(PEOPLE, ("subject", "user"), strict=True)
    return Plan(tuple(rows), asked, tuple(words for name, words in people if name in given.attributes))


def _values(given: Given) -> Iterator[tuple[str, Value | Absent]]:
    """As they stand in the file, then those that were taken out of it by hand."""
    yield from raw(given.attributes).items()
    for name in given.own or ():
        if name not in given.attributes:
            yield name, ABSENT


def _without(row: Row) -> Row:
    return replace(row, fate="left_out", note="by you") if row.choosable else row


# --- the fate of one attribute ----------------------------------------------------------------------------


def _row(name: str, value: Value | Absent, given: Given, findings: Mapping[str, Finding]) -> Row:
    if isinstance(value, Absent):
        before = _held(raw(given.own or {})[name])
        return Row(name, value, "left_out", f"removed by hand, {before} before", choosable=False)
    if name in findings:
        row = _found(name, value, findings[name])
    else:
        why = refusal(PersistentState, name)
        row = Row(name, value, "refused" if why else "restored", why, choosable=not why)
    return _by_hand(row, value, given) if row.choosable else row


def _found(name: str, value: Value, finding: Finding) -> Row:
    """What the launcher said of it in the rehearsal."""
    match finding.result:
        case "type_differs" | "no_handler" | "refused" | "left_out" as fate:
            return Row(name, value, fate, _clause(finding.reason), choosable=False)
        case "new":
            return Row(name, value, "new", "the launcher lacks it, is added")
        case "changed":
            return Row(name, value, "restored", _clause(finding.reason) or "the launcher makes it another")
        case "taken":
            return Row(name, value, "restored", "the launcher takes it itself")
        case _:
            return Row(name, value, "restored", _clause(finding.reason))


def _by_hand(row: Row, value: Value, given: Given) -> Row:
    """The same, where a person has changed the value, or a parameter says another one."""
    notes, fate, name = [], row.fate, row.name
    if name in given.unsaved or _is_edited(name, value, given.own):
        before = raw(given.own).get(name, ABSENT) if given.own is not None else ABSENT
        notes.append(_before(before, value, name in given.unsaved, known=given.own is not None))
        fate = "edited"
        if not isinstance(before, Absent) and not _fits(before, value):
            fate, notes = "type_differs", [f"the launcher saved {_with_article(before)}", *notes]
    if name in given.parameters and not _says_the_same(given.parameters[name], _read(value)):
        notes.append(f"file says {_held_text(given.parameters[name])}")
        fate = "overrides" if fate in ("restored", "new") else fate
    return replace(row, fate=fate, note=", ".join([*notes, *([row.note] if row.note else [])]))


def _is_edited(name: str, value: Value, own: Mapping[str, Value] | None) -> bool:
    if own is None:
        return False
    held = raw(own)
    return name not in held or not _equal(held[name], value)


def _before(before: Value | Absent, value: Value, unsaved: bool, *, known: bool) -> str:
    what = "added by hand" if known else "changed"
    if not isinstance(before, Absent):
        was, now = _read(before), _read(value)
        what = what_differs(was, now, _INSIDE) or _long_before(was, now) or f"{_held(before)} before"
    return f"{what}, saved first" if unsaved else what


def _long_before(was: JSON, now: JSON) -> str:
    """Of two long texts, where they say something else; empty for others, which are told whole."""
    if not isinstance(was, str) or not isinstance(now, str) or max(len(was), len(now)) <= _HELD:
        return ""
    parts = beside(was, now, _HELD, in_short=True), beside(now, was, _HELD, in_short=True)
    return "was {}, is {}".format(*(part.strip() for part in parts))


def _fits(before: Value, value: Value) -> bool:
    """Whether a launcher that saved `before` can be expected to take `value`; it may know better."""
    kinds = {kind_of(_read(before)), kind_of(_read(value))}
    return len(kinds) == 1 or Kind.EMPTY in kinds or kinds <= {*_NUMBERS} or kinds <= {*_SEQUENCES}


# --- values -----------------------------------------------------------------------------------------------


def raw(values: Mapping[str, Value]) -> Mapping[str, Value]:
    """As they stand in a document, where what nobody asked for is not read."""
    return getattr(values, "as_in_tree", values)


def _equal(a: Value, b: Value) -> bool:
    if isinstance(a, Spelled) and isinstance(b, Spelled) and a.text == b.text:
        return True
    return same(_read(a), _read(b))


def _read(value: Value) -> JSON:
    """The value itself; a large one is read in pieces, so that the window has its turns meanwhile."""
    if isinstance(value, Spelled) and not value.known and len(value) > WINDOW:
        with suppress(Unfit):
            value.know(read(value.text))
    return plain(value)


def _held(value: Value) -> str:
    return shown(_read(value), _HELD)


def _held_text(parameter: object) -> str:
    """A parameter as a value of a saved state would be shown: JSON has no other values."""
    return shown(parameter, _HELD)  # type: ignore[arg-type]  # it comes out of a JSON file


def _with_article(value: Value) -> str:
    kind = kind_of(_read(value))
    if kind in (Kind.TEXT, Kind.YES_NO, Kind.BYTES, Kind.EMPTY):
        return str(kind)
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def _says_the_same(parameter: object, value: JSON) -> bool:
    """Whether a parameter, as plain JSON, and a saved value mean the same: 6 and 6.0, a list and a tuple."""
    if isinstance(value, dict) and isinstance(value.get("__type__"), str):  # others have no form as JSON
        return value["__type__"] not in _COMPARED or _says_the_same(parameter, value.get("value"))
    if isinstance(parameter, list) and isinstance(value, list):
        return len(parameter) == len(value) and all(map(_says_the_same, parameter, value))
    if isinstance(parameter, dict) and isinstance(value, dict):
        if parameter.keys() != value.keys():
            return False
        return all(_says_the_same(one, value[key]) for key, one in parameter.items())
    numbers = _number(parameter), _number(value)
    if None not in numbers:
        return numbers[0] == numbers[1]
    return type(parameter) is type(value) and parameter == value


def _number(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | float | Number):
        return None
    try:
        return Decimal(value.text if isinstance(value, Number) else repr(value))
    except InvalidOperation:  # nothing that JSON writes
        return None


def _clause(sentence: str) -> str:
    return sentence.rstrip(".")
