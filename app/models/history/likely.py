"""What a session is most likely to be compared with, by where the operator comes from. Pure.

One idea: nobody compares a state with itself. Who looks at a version means that one, or the one before the
newest; who has edits means what is on disk; else it is the run before of the same subject, and where there is
none, the version before. Not for what can be chosen at all (`choices`).
"""

from __future__ import annotations

from collections.abc import Sequence

from app.past_exchange import Side
from app.session import Summary
from app.snapshot import SessionSnapshot
from persistence.files.version_log import Version


def session_before(own: Summary, sessions: Sequence[Summary]) -> Summary | None:
    """The session of the same subject that began before this one, of sessions that begin with the newest;
    None where there is none with a state, or nobody knows the subject.
    """
    places = (place for place, one in enumerate(sessions) if one.directory == own.directory)
    older = sessions[next(places, len(sessions)) + 1 :] if own.subject else ()
    return next((one for one in older if one.subject == own.subject and can_be_compared(one)), None)


def can_be_compared(one: Summary) -> bool:
    """Whether it has a saved state that can be read."""
    return bool(one.launchers) and one.problem is None


def likely(
    session: SessionSnapshot,
    unsaved: int,
    versions: Sequence[Version],
    looked_at: int,
    before: Summary | None,
) -> Side | None:
    """What it is to be compared with; None where nothing is likelier than the rest.

    `looked_at` is the number of the version from which the operator comes, 0 for none; `before` is the
    session of the same subject before this one.
    """
    here, newest = session.directory, session.version or max((one.sequence for one in versions), default=0)
    older = [one.sequence for one in versions if one.available and one.sequence < newest]
    if looked_at in older:
        return Side(here, looked_at)
    if unsaved and not looked_at:
        return Side(here, "now")
    if before is not None and not looked_at:
        return Side(before.directory, "now")
    return Side(here, max(older)) if older else None
