"""What a rehearsal found out, as a frozen value, and as the JSON in which it leaves the launcher's process.

One idea: one finding for each attribute, in the words of a resume (restored, refused ...), so that nobody has
to read a log. Reading is lenient, because the writer may be of another version: what is missing is empty.

Not for finding anything out (`rehearsing.rehearsal`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from persistence.document import ABSENT, Absent, Place
from persistence.states.edits import format_pointer, parse_pointer
from persistence.values.json_text import JSON, parse
from persistence.values.json_writing import write

Result = Literal[
    "restored", "new", "changed", "taken", "kept", "left_out", "own", "type_differs", "no_handler", "refused"
]
NOT_TAKEN: tuple[Result, ...] = ("type_differs", "no_handler", "refused")
"""The launcher does not have the saved value after loading, and should have."""

MOST_CHANGES = 50
"""So many differences of one attribute are told."""
_LONGEST = 2000  # characters of the JSON text of a value; of a longer one its beginning is told, as text


@dataclass(frozen=True, slots=True)
class Changed:
    """One value that the launcher would save otherwise than it was given.

    `place` begins with the attribute. `cut`: a value was too long, and is the beginning of its JSON text.
    """

    place: Place
    before: JSON | Absent = ABSENT
    after: JSON | Absent = ABSENT
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """What becomes of one attribute.

    ============ ======================================================================================
    restored     the launcher has it as it was saved
    new          the same, and it had no such attribute before
    changed      restored, and saving it again gives something else; `changes` says what
    taken        the launcher's own `set_persistent_attributes` did with it what it wanted
    kept         the launcher's own subject or user stays
    left_out     not part of the state: of one run only, left out by the operator, not saved
    own          not in the saved state; the launcher has a value of its own
    type_differs the launcher keeps its own value, of another type
    no_handler   nothing can make the launcher's value of what was saved
    refused      by its name, or by the launcher
    ============ ======================================================================================
    """

    name: str
    result: Result
    reason: str = ""
    changes: tuple[Changed, ...] = ()


@dataclass(frozen=True, slots=True)
class HeardLine:
    """A warning or a line of a log, and during what it came: import, construct, load, save."""

    during: str
    level: str
    source: str
    text: str


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """A whole rehearsal. `error` is one sentence when it did not come to its end; `ok`: it did, and the
    launcher took everything. `printed` is the end of what the launcher printed, of `printed_bytes` in all.
    """

    launcher: str = ""
    namespace: str = ""
    ok: bool = False
    error: str = ""
    findings: tuple[Finding, ...] = ()
    problems: tuple[str, ...] = ()
    heard: tuple[HeardLine, ...] = ()
    printed: str = ""
    printed_bytes: int = 0

    def as_json(self) -> JSON:
        """As a mapping; the findings are in `attributes`, by name."""
        return {
            "launcher": self.launcher,
            "namespace": self.namespace,
            "ok": self.ok,
            "error": self.error,
            "attributes": {finding.name: _finding_as_json(finding) for finding in self.findings},
            "problems": list(self.problems),
            "heard": [
                {"during": one.during, "level": one.level, "source": one.source, "text": one.text}
                for one in self.heard
            ],
            "printed": self.printed,
            "printed_bytes": self.printed_bytes,
        }


def changed(place: Place, before: JSON | Absent, after: JSON | Absent) -> Changed:
    """A difference; of values that are too long to be told, the beginning."""
    (old, cut), (new, cut_too) = _cut(before), _cut(after)
    return Changed(place, old, new, cut or cut_too)


def _cut(value: JSON | Absent) -> tuple[JSON | Absent, bool]:
    text = "" if isinstance(value, Absent) else write(value)
    return (text[:_LONGEST], True) if len(text) > _LONGEST else (value, False)


def _finding_as_json(finding: Finding) -> JSON:
    told: dict[str, JSON] = {"result": finding.result, "reason": finding.reason}
    if finding.changes:
        told["changes"] = [_changed_as_json(one) for one in finding.changes]
    return told


def _changed_as_json(one: Changed) -> JSON:
    told: dict[str, JSON] = {"path": format_pointer(one.place)}
    if not isinstance(one.before, Absent):
        told["before"] = one.before
    if not isinstance(one.after, Absent):
        told["after"] = one.after
    return {**told, "cut": True} if one.cut else told


# --- and back ---------------------------------------------------------------------------------------------


def read(data: bytes) -> Rehearsed:
    """What a rehearsal wrote. Raises Damaged when it is no JSON object at all."""
    found = _mapping(parse(data))
    count = found.get("printed_bytes")
    return Rehearsed(
        launcher=_text(found, "launcher"),
        namespace=_text(found, "namespace"),
        ok=found.get("ok") is True,
        error=_text(found, "error"),
        findings=tuple(_finding(name, one) for name, one in _mapping(found.get("attributes")).items()),
        problems=tuple(one for one in _list(found.get("problems")) if isinstance(one, str)),
        heard=tuple(_heard(_mapping(one)) for one in _list(found.get("heard"))),
        printed=_text(found, "printed"),
        printed_bytes=count if type(count) is int else 0,
    )


def _finding(name: str, told: JSON) -> Finding:
    found = _mapping(told)
    word = _text(found, "result")
    # One that this version does not know is told as what needs a look, never as fine.
    result: Result = next((known for known in _results() if known == word), "refused")
    changes = tuple(_changed(_mapping(one)) for one in _list(found.get("changes")))
    return Finding(name, result, _text(found, "reason") or ("" if result == word else word), changes)


def _results() -> Iterable[Result]:
    return get_args(Result)


def _changed(found: Mapping[str, JSON]) -> Changed:
    place = parse_pointer(_text(found, "path"))
    return Changed(place, found.get("before", ABSENT), found.get("after", ABSENT), found.get("cut") is True)


def _heard(found: Mapping[str, JSON]) -> HeardLine:
    during, level, source, text = (_text(found, key) for key in ("during", "level", "source", "text"))
    return HeardLine(during, level, source, text)


def _text(found: Mapping[str, JSON], key: str) -> str:
    value = found.get(key)
    return value if isinstance(value, str) else ""


def _mapping(value: JSON) -> Mapping[str, JSON]:
    return value if isinstance(value, dict) else {}


def _list(value: JSON) -> list[JSON]:
    return value if isinstance(value, list) else []
