"""How old sessions are is shown, and becomes another as time passes: when it is to be shown anew.

One idea: an idle window does nothing that nobody sees. Where all is older than a minute, ages are shown anew
every ten seconds only, and where all is older than an hour, every minute. Pure; no Qt. Not for their words
(`session_texts`).
"""

from datetime import datetime, timedelta

_RESTS = ((timedelta(minutes=1), timedelta(0)), (timedelta(hours=1), timedelta(seconds=10)))
"""How young the newest session is, and how long its age may be shown as it was."""


def shown_for(newest: datetime | None, now: datetime) -> timedelta:
    """How long ages may be shown as they were; None: no session has one."""
    young = abs(now - (newest or datetime.min))
    return next((rest for age, rest in _RESTS if young < age), timedelta(minutes=1))
