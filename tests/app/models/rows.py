"""Sessions in columns, for tests of what is made of them."""

from __future__ import annotations

from app.models.sessions.known import KnownSessions
from app.session import Summary
from tests.samples import NOW


def known(*told: Summary) -> KnownSessions:
    """All that is known when these were told at noon of the sample day."""
    known = KnownSessions(lambda: NOW)
    for summary in told:
        known.put(summary)
    return known


def row(known: KnownSessions, summary: Summary) -> int:
    """The row of a session that is known."""
    found = known.roster.row(summary.directory)
    assert found is not None
    return found
