"""What a check of a draft says in words: a line for each attribute, and a sentence for each launcher. Pure.

One idea: the launcher's answer and the comparison with other sessions become rows of one kind, those that
need a look first. Not for painting rows, nor for deciding whether one may save.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from app.checks import Checked, Checks, Precedents
from app.values.edit_text import shown
from app.values.fit_text import escaped
from app.words.places import NOT_THERE, path_text
from app.words.stranger_texts import meant_texts, names_changed, stranger_text
from persistence.document import Absent, Document, Place
from persistence.rehearsing.rehearsed import NOT_TAKEN, Changed, Finding, Result
from persistence.states.diff import Change
from persistence.values.json_text import JSON
from persistence.values.kinds import Kind, kind_of

CheckMark = Literal[
    "restored", "new", "changed", "stays", "left_out", "type_differs", "no_handler", "refused", "alike"
]
NEEDS_A_LOOK: tuple[CheckMark, ...] = ("refused", "no_handler", "type_differs", "changed")
"""In this order they come first."""
MOST_ROWS = 1000
_MOST_MEANT = 4

WORDS: dict[CheckMark, str] = {
    "restored": "Restored",
    "new": "New",
    "changed": "Changed",
    "stays": "Launcher's own",
    "left_out": "Left out",
    "type_differs": "Type differs",
    "no_handler": "No handler",
    "refused": "Refused",
    "alike": "As before",
}
_MARKS: dict[Result, CheckMark] = {
    "restored": "restored",
    "new": "new",
    "changed": "changed",
    "taken": "restored",
    "kept": "stays",
    "left_out": "left_out",
    "own": "stays",
    "type_differs": "type_differs",
    "no_handler": "no_handler",
    "refused": "refused",
}
_REASONS: dict[Result, str] = {
    "new": "the launcher has none of this name; it is added",
    "taken": "the launcher takes it in its own way",
    "own": "not in the saved state",
}
_EMPTY = frozenset({Kind.EMPTY})
# What the library lets stand for each other, see `values.attributes`.
_FITTING = (frozenset({Kind.INTEGER, Kind.DECIMAL}), frozenset({Kind.LIST, Kind.TUPLE}))


class Sentence(NamedTuple):
    """What is said of one launcher; `tone` is a hue or "muted"."""

    tone: Literal["green", "amber", "vermilion", "muted"]
    text: str


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One attribute, or one value in it: where, what it is, what becomes of it. `edited`: it is a change."""

    attribute: str
    value: str
    mark: CheckMark
    reason: str
    edited: bool

    @property
    def needs_a_look(self) -> bool:
        """Whether it is not simply as it should be."""
        return self.mark in NEEDS_A_LOOK


def refused(checks: Checks) -> bool:
    """Whether a launcher that was asked does not take something."""
    findings = (finding for launcher in checks.launchers for finding in launcher.findings)
    return any(finding.result in NOT_TAKEN for finding in findings)


def rows(checks: Checks) -> tuple[CheckRow, ...]:
    """A row for each attribute of the launchers that were asked, and for each change where none was.

    No more than MOST_ROWS of them; those that need a look, and what was edited, come first.
    """
    found = [row for launcher in checks.launchers for row in _rows(checks, launcher)]
    order = {mark: place for place, mark in enumerate(NEEDS_A_LOOK)}
    found.sort(key=lambda row: (order.get(row.mark, len(order)), not row.edited))
    return tuple(found[:MOST_ROWS])


def _rows(checks: Checks, launcher: Checked) -> Iterator[CheckRow]:
    several = len(checks.document.namespaces) > 1
    name = f"{escaped(launcher.class_name)} › " if several else ""
    changes = [one for one in checks.changes if one.namespace == launcher.namespace]
    edited = {str(change.place[0]) for change in changes if change.place}
    attributes = _attributes_of(checks.document, launcher.namespace)
    for finding in _first_of(launcher.findings, edited):
        yield from _of_finding(attributes, finding, name, edited=finding.name in edited)
    if not launcher.findings and checks.precedents is not None:
        for change in changes:
            yield from _of_change(change, checks.precedents, name)


def _first_of(findings: Sequence[Finding], edited: Collection[str]) -> Iterator[Finding]:
    """All that need a look or were edited, and of the others no more than can be shown."""
    others = 0
    for finding in findings:
        if _MARKS[finding.result] in NEEDS_A_LOOK or finding.name in edited:
            yield finding
        elif others < MOST_ROWS:
            others += 1
            yield finding


def _attributes_of(document: Document, namespace: str) -> Mapping[str, JSON]:
    return document.namespace(namespace).attributes if namespace in document.namespaces else {}


def _of_finding(
    attributes: Mapping[str, JSON], finding: Finding, name: str, *, edited: bool
) -> Iterator[CheckRow]:
    mark, reason = _MARKS[finding.result], finding.reason or _REASONS.get(finding.result, "")
    if not finding.changes or finding.reason:
        value = shown(attributes[finding.name]) if finding.name in attributes else NOT_THERE
        yield CheckRow(f"{name}{escaped(finding.name)}", value, mark, escaped(reason), edited)
        return
    for change in finding.changes:
        place = f"{name}{path_text(_counted(change.place))}"
        yield CheckRow(place, _side(change, change.before), mark, _becomes(change), edited)


def _becomes(change: Changed) -> str:
    if isinstance(change.after, Absent):
        return "the launcher would not save it again"
    return f"the launcher makes {_side(change, change.after)} of it"


def _side(change: Changed, value: JSON | Absent) -> str:
    if isinstance(value, Absent):
        return NOT_THERE
    return escaped(value) if change.cut and isinstance(value, str) else shown(value)


def _counted(place: Place) -> Place:
    """Indices of a list come as digits out of a report; people count from 1."""
    first, *rest = place
    return (first, *(int(step) if isinstance(step, str) and step.isdigit() else step for step in rest))


def _of_change(change: Change, precedents: Precedents, name: str) -> Iterator[CheckRow]:
    """How the type of an edited value compares with what other sessions have there."""
    count = precedents.sessions.get(change.namespace, 0)
    if not change.place or isinstance(change.after, Absent) or not count:
        return
    kind, known = kind_of(change.after), precedents.kinds.get((change.namespace, change.place), frozenset())
    where = "1 other session" if count == 1 else f"{count:,} other sessions"
    if not known:
        mark: CheckMark = "new"
        reason = f"in none of {where} of this launcher and subject" if count > 1 else f"not in {where}"
    else:
        mark = "alike" if _fits(kind, known) else "type_differs"
        words = " or ".join(sorted(map(str, known)))
        reason = f"{kind}, and {words} in {where}" if mark == "type_differs" else f"{words} in {where}, too"
    yield CheckRow(f"{name}{path_text(change.place)}", shown(change.after), mark, reason, edited=True)


def _fits(kind: Kind, known: frozenset[Kind]) -> bool:
    """Whether a launcher that had these would take that, as far as types go."""
    if kind in known or kind is Kind.EMPTY or known <= _EMPTY:
        return True
    return any(kind in group and known & group for group in _FITTING)


# --- sentences --------------------------------------------------------------------------------------------


def sentences(checks: Checks, *, brief: bool = False) -> tuple[Sentence, ...]:
    """One for each launcher that was asked or could not be; and where types were compared, that.

    `brief`: what is missing in the operator's list is not told.
    """
    told = [one for one in checks.launchers if not (brief and one.how == "not_asked")]
    said = [sentence for launcher in told for sentence in _of_launcher(checks, launcher)]
    said += [Sentence("amber", text) for text in _meant(checks)]
    if brief and len(told) < len(checks.launchers):
        said.append(Sentence("muted", "Not checked by the launcher."))
    unasked = {launcher.namespace for launcher in checks.launchers if not launcher.findings}
    if any(change.namespace in unasked for change in checks.changes) and checks.precedents is not None:
        said.append(Sentence("muted", _compared(checks.precedents, unasked)))
    count = sum(len(one.findings) for one in checks.launchers)
    if count > MOST_ROWS and not brief:
        said.append(Sentence("muted", f"The first {MOST_ROWS:,} of {count:,} are listed."))
    return tuple(said)


def answer_text(launcher: Checked) -> str:
    """What came of asking one launcher."""
    return _sentence(launcher).text


def strange(checks: Checks) -> bool:
    """Whether a launcher does not know a name that the changes bring, or misses one that they take away; or
    a name resembles another one.
    """
    found = any(_stranger_text(checks, launcher) for launcher in checks.launchers)
    return found or bool(_meant(checks))


def _of_launcher(checks: Checks, launcher: Checked) -> Iterator[Sentence]:
    """What it makes of the state; what it does not know of it comes first, and then nothing is green."""
    said, stranger = _sentence(launcher), _stranger_text(checks, launcher)
    if stranger:
        yield Sentence("amber", stranger)
        said = said._replace(tone="muted") if said.tone == "green" else said
    yield said


def _stranger_text(checks: Checks, launcher: Checked) -> str:
    changes = (one for one in checks.changes if one.namespace == launcher.namespace)
    return stranger_text(launcher.findings, *names_changed(changes))


def _meant(checks: Checks) -> list[str]:
    """The new names that resemble one that the launcher knows by its own word, else by saved states."""
    found: list[str] = []
    for namespace in dict.fromkeys(one.namespace for one in checks.changes):
        come, gone = names_changed(one for one in checks.changes if one.namespace == namespace)
        if come:
            found += meant_texts(come, gone, _names_known(checks, namespace, come))
    return found[:_MOST_MEANT]


def _names_known(checks: Checks, namespace: str, come: Collection[str]) -> set[str]:
    for launcher in checks.launchers:
        if launcher.namespace == namespace and launcher.findings:
            return {one.name for one in launcher.findings if one.result != "new"}
    witnesses = checks.precedents.names.get(namespace, frozenset()) if checks.precedents else frozenset()
    return {*_attributes_of(checks.document, namespace)}.difference(come).union(witnesses)


def _sentence(launcher: Checked) -> Sentence:
    name = escaped(_whole_name(launcher))
    if launcher.how == "failed":
        return Sentence("amber", f"{name} could not be asked: {_clause(launcher.sentence)}")
    if launcher.how == "not_asked":
        return Sentence("muted", f"Not checked by the launcher. {escaped(launcher.sentence)}")
    if launcher.how == "stopped":
        return Sentence("muted", f"Not checked by the launcher: {name} was not waited for.")
    given = [one for one in launcher.findings if one.result not in ("own", "left_out")]
    not_taken = sum(one.result in NOT_TAKEN for one in given)
    altered = sum(one.result == "changed" for one in given)
    if not_taken:
        of_them = f"{not_taken:,} of {len(given):,} attributes" if len(given) > 1 else "its one attribute"
        return Sentence("vermilion", f"{name} does not take {of_them}.")
    if altered:
        return Sentence("amber", f"{name} takes {_attributes(len(given))}, and changes {altered} of them.")
    return Sentence("green", f"Checked by {name} itself: it takes {_attributes(len(given))}.")


def _whole_name(launcher: Checked) -> str:
    """Its class; and its module, where another launcher was asked than the one that saved."""
    if launcher.started_as in ("", launcher.namespace):
        return launcher.class_name
    return f"{launcher.class_name} of {launcher.started_as.rpartition('.')[0]}"


def _clause(sentence: str) -> str:
    return escaped(sentence).rstrip(".") + "."


def _attributes(count: int) -> str:
    return "its one attribute" if count == 1 else f"all {count:,} attributes" if count else "no attribute"


def _compared(precedents: Precedents, unasked: set[str]) -> str:
    count = sum(sessions for name, sessions in precedents.sessions.items() if name in unasked)
    if not count:
        return "There is no other session of this launcher and subject to compare the types with."
    what = "1 other session" if count == 1 else f"{count:,} other sessions"
    return f"Only the types of your changes were compared, with {what} of this launcher and subject."


def warnings(checks: Checks) -> tuple[str, ...]:
    """What the launchers warned of and logged meanwhile, a line each."""
    heard = [one for launcher in checks.launchers if launcher.found for one in launcher.found.heard]
    return tuple(dict.fromkeys(f"{escaped(one.source)}: {escaped(one.text)}" for one in heard))
