"""The moments that texts tell, as far as they tell one. Pure, and quick to import: a first list needs it.

Not for times as people type them (`values.typed_times`), nor for how they are saved (`persistence.codec`).
"""

from __future__ import annotations

import datetime as dt


def moment_in(text: str) -> dt.datetime | None:
    """The moment that ISO text tells, local and naive; None where it tells none."""
    try:
        found = dt.datetime.fromisoformat(text)
        return found.astimezone().replace(tzinfo=None) if found.tzinfo else found
    except (ValueError, OverflowError, OSError):  # the last two: in a year that the system cannot convert
        return None
