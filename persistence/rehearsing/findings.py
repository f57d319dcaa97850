"""What became of each attribute in a rehearsal: from the report of the load, and from what was saved again.

One idea: a saved value is judged by what comes out again. What a launcher was given and would save is
compared, type-strictly and deep inside, with what it saves right after; the report of the load says why a
value did not get in.

Pure but for one look at the launcher's own values. Not for loading and saving (`rehearsing.rehearsal`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from persistence.codec import UnknownTag, decode, encode
from persistence.document import STATES, Absent, Document, Namespace
from persistence.errors import NotRepresentable
from persistence.launching.collecting import State
from persistence.launching.remembered import Handler, remembered
from persistence.launching.report import Report
from persistence.rehearsing.rehearsed import MOST_CHANGES, NOT_TAKEN, Finding, Result, changed
from persistence.states.diff import Change, diff
from persistence.values.json_text import JSON, parse_text
from persistence.values.kinds import kind_of
from persistence.values.whole import attribute_text


@dataclass(frozen=True)
class Loaded:
    """A launcher after loading: what it was given, the report of that, and what the operator left out."""

    launcher: object
    given: Namespace
    report: Report
    left_out: frozenset[str]


def findings(loaded: Loaded, again: tuple[State, Namespace] | None) -> tuple[Finding, ...]:
    """One for each attribute that was saved, and after them those that the launcher has besides.

    `again` is what the launcher saves right after loading; None when that could not be found out.
    """
    found = [_of_load(loaded, name, value) for name, value in loaded.given.attributes.items()]
    if again is not None:
        changes = _changes(loaded.given, again[1])
        found = [_compared(finding, changes.get(finding.name, ()), again[0]) for finding in found]
        found += [Finding(name, "own") for name in again[1].attributes if name not in loaded.given.attributes]
    known = {finding.name for finding in found}
    found += [
        Finding(name, "left_out", f"was not saved: {reason}")
        for name, reason in loaded.given.skipped.items()
        if name not in known
    ]
    return tuple(found)


# --- what the load made of it -----------------------------------------------------------------------------


def _of_load(loaded: Loaded, name: str, value: JSON) -> Finding:
    report = loaded.report
    if name in loaded.left_out:
        return Finding(name, "left_out", "you left it out")
    reasoned: Mapping[Result, Mapping[str, str]] = {
        "left_out": report.excluded,
        "refused": report.refused,
        "kept": report.kept,
    }
    for result, reasons in reasoned.items():
        if name in reasons:
            return Finding(name, result, reasons[name])
    handler = remembered(loaded.launcher).handlers.get(name)
    if name in report.mismatched:
        return _mismatched(loaded.launcher, name, value, report.mismatched[name], handler)
    if name in report.restored or name in report.added:
        if handler is None and isinstance(decode(value), UnknownTag):
            return Finding(name, "no_handler", "neither Rigstate nor the launcher knows what was saved")
        return Finding(name, "restored" if name in report.restored else "new")
    return Finding(name, "taken")


def _mismatched(launcher: object, name: str, value: JSON, cause: str, handler: Handler | None) -> Finding:
    """Why a value did not fit: refused by a handler, no handler at all, of another type, or not allowed."""
    if handler is not None and handler.deserializer is not None:
        return Finding(name, "refused", cause)
    try:
        kind = kind_of(parse_text(attribute_text(getattr(launcher, name, None))))
    except NotRepresentable as error:
        own = error.type_name.rpartition(".")[2]
        return Finding(name, "no_handler", f"the launcher has an object ({own}) there and no handler for it")
    except Exception:  # noqa: BLE001 - a property or a value is the launcher's own code
        return Finding(name, "refused", cause)
    return Finding(name, "refused" if kind is kind_of(value) else "type_differs", cause)


# --- what comes out again ---------------------------------------------------------------------------------


def _compared(finding: Finding, changes: tuple[Change, ...], state: State) -> Finding:
    """The finding, after a look at what the launcher would save now."""
    if finding.result in (*NOT_TAKEN, "left_out", "kept") or not changes:
        return finding
    told = tuple(changed(one.place, one.before, one.after) for one in changes[:MOST_CHANGES])
    reason = finding.reason
    if len(changes) > MOST_CHANGES:
        reason = f"{len(changes)} values in it"
    if isinstance(changes[0].after, Absent) and len(changes[0].place) == 1:
        why = state.skipped.get(finding.name) or state.excluded.get(finding.name)
        reason = f"it would not be saved again: {why}" if why else "it would not be saved again"
    return replace(finding, result="changed", reason=reason, changes=told)


def _changes(given: Namespace, again: Namespace) -> Mapping[str, tuple[Change, ...]]:
    """What differs, by attribute."""
    found: dict[str, list[Change]] = {}
    for change in diff(_document(given, as_saved=True), _document(again)):
        if change.place and not (isinstance(change.before, Absent) and len(change.place) == 1):
            found.setdefault(str(change.place[0]), []).append(change)
    return {name: tuple(changes) for name, changes in found.items()}


def _document(namespace: Namespace, *, as_saved: bool = False) -> Document:
    """The attributes under one name for both sides."""
    attributes: dict[str, JSON] = {
        name: _as_saved(value) if as_saved else value for name, value in namespace.attributes.items()
    }
    return Document({STATES: {"": {"attributes": attributes}}})


def _as_saved(value: JSON) -> JSON:
    """The value as a save would spell it: `1e2` and `100.0` are no difference, nor is the order of a set."""
    try:
        return encode(decode(value))
    except NotRepresentable:
        return value
