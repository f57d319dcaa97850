"""The ways back to a state that is damaged, gone or unsaved: which there are, and where each would lead.

One idea: a way is tried before it is gone: what the session would hold is made and shown, and nothing is
written. None is preferred; they are told with their times, and the operator chooses. Pure, over what was read
by others (`launching.sources`, `sessions.spilling`).
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from app.past_errands import (
    Crash,
    CrashRecord,
    FindWays,
    GoodVersion,
    Remains,
    TryWay,
    Unsaved,
    UnsavedState,
    WaysFound,
    WayTried,
)
from app.values.differences import missing
from persistence.document import Document
from persistence.launching.sources import Sources
from persistence.sessions import spilling
from persistence.sessions.spilling import Spill
from persistence.states.edits import format_pointer, with_namespaces_of
from persistence.states.front import Lost
from persistence.states.recovery import Recovered, attributes_in

_NOTHING_BEFORE = Document({})
_BEING_WRITTEN = "It is being written right now; look again when it is at rest."


def unsaved_in(directory: str) -> tuple[Unsaved, ...]:
    """The unsaved states of a session, the newest last, without what they hold; those that cannot be read are
    left out.
    """
    told = spilling.told_of(Path(directory))
    return tuple(Unsaved(str(one.path), one.saved_at, one.launchers, one.reason) for one in told)


def found(errand: FindWays, sources: Sources, unsaved: tuple[Unsaved, ...]) -> WaysFound:
    """Every way that there is."""
    rest, damaged = sources.rest, sources.live.damage is not None
    return WaysFound(
        errand,
        good=next((version for version, _ in sources.versions), None),
        readable=len(rest.recovered) if damaged else 0,
        lost=_count_lost(sources) if damaged else 0,
        damage=sources.up_to if damaged else "",
        crash=_crash(sources),
        unsaved=unsaved,
    )


def _count_lost(sources: Sources) -> int:
    """How many attributes of the last good version the damaged file does not have any more; without one, how
    many names of lost ones can still be read in it.
    """
    if sources.versions:
        return missing(sources.versions[0][1], sources.rest.document)
    return sum(1 for one in sources.rest.lost if one.attribute)


def tried(errand: TryWay, sources: Sources) -> WayTried:
    """Where a way leads. Raises OSError, StateError for an unsaved state that cannot be read."""
    if sources.live.damage is not None and sources.live.damage.still_changing:
        return WayTried(errand, problem=_BEING_WRITTEN)
    answer = WayTried(errand, sources.live.etag, _best_known(sources))
    match errand.way:
        case GoodVersion(sequence):
            return _to_version(answer, sources, sequence)
        case Remains():
            return _to_recovery(answer, sources, sources.rest)
        case CrashRecord(namespace):
            return _to_recovery(answer, sources, sources.from_debug_state(namespace))
        case UnsavedState(file):
            return brought_in(answer, spilling.read(Path(file)), sources.live.document)


def brought_in(answer: WayTried, spill: Spill, now: Document | None) -> WayTried:
    """The same with what the session would hold if an unsaved state was brought in."""
    return replace(answer, after=with_namespaces_of(now, spill.document) if now else spill.document)


def _best_known(sources: Sources) -> Document | None:
    """What the session holds now, as far as anybody can tell."""
    if sources.live.status is None:
        return _NOTHING_BEFORE
    if sources.live.document is not None:
        return sources.live.document
    return sources.rest.document if sources.rest.recovered else None


def _to_version(answer: WayTried, sources: Sources, sequence: int) -> WayTried:
    for version, document in sources.versions:
        if version.sequence == sequence:
            return replace(answer, after=document, version=version)
    return replace(answer, problem=f"Version {sequence} cannot be read any more.")


def _to_recovery(answer: WayTried, sources: Sources, recovery: Recovered) -> WayTried:
    """What is recovered is held against the newest version that is sound: so one sees what is lost."""
    if not recovery.recovered:
        return replace(answer, problem="Nothing of it can be read with certainty.")
    version, document = next(iter(sources.versions), (None, None))
    return replace(
        answer,
        before=document,
        after=recovery.document,
        lost=tuple(_told_lost(one, recovery) for one in recovery.lost),
        left_out=recovery.left_out,
        version=version,
        told_by=sources.origin().told_by if isinstance(answer.errand.way, CrashRecord) else "",
    )


def _told_lost(lost: Lost, recovery: Recovered) -> tuple[str, str]:
    name = lost.attribute or format_pointer(lost.place)
    several = len({one.namespace for one in recovery.lost if one.namespace}) > 1
    if several and lost.attribute:
        name = f"{lost.namespace.rpartition('.')[2]} › {name}"
    return name, lost.reason


def _crash(sources: Sources) -> Crash | None:
    count = len(attributes_in(sources.debug))
    if not count:
        return None
    origin = sources.origin()
    return Crash(sources.debug_time, count, origin.namespaces, origin.class_name)
