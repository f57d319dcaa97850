"""Whether a launcher that keeps no history has saved a state file since it was last written with one.

Beside it, the same of one launcher's state: whether another than its launcher made it what it is.

One idea: whoever saves says a new time, and leaves alone what other launchers saved. A file in which anything
else is another than before was put there or changed by somebody else: an older one, that of another session,
or one with a stale copy of what somebody had edited. Pure.

Not for who is told of it (`sessions.touched`).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from persistence.errors import StateError
from persistence.sessions.moments import moment_in
from persistence.states.outline import Outline, State, attributes_in
from persistence.values.sameness import same


def is_saved_anew(found: Outline, before: Outline) -> bool:
    """Whether all that is different in the file as it was `found` was saved since by its launcher.

    What cannot be told is none: a mark too many is less than an edit that is believed to be there.
    """
    latest = _latest(before.launchers.values())
    if latest is None or not _may_be_of_one_session(found, before):
        return False
    anew = {name for name, state in found.launchers.items() if (_saved(state) or latest) > latest}
    others = {*found.launchers, *before.launchers} - anew
    return bool(anew) and all(_stands(found.launchers.get(n), before.launchers.get(n)) for n in others)


def is_edited(found: State, own: State) -> bool:
    """Whether a launcher's state as it was `found` is another than its `own` save left it, and not because it
    has saved again.
    """
    now, then = _saved(found), _saved(own)
    has_saved = now is not None and then is not None and now > then
    return not has_saved and not _stands(found, own)


def _may_be_of_one_session(found: Outline, before: Outline) -> bool:
    """The time of the first save stays what it is, where a program keeps it at all."""
    made = (found.tree.get("created_at"), before.tree.get("created_at"))
    return None in made or made[0] == made[1]


def _latest(states: Iterable[State]) -> datetime | None:
    """When the last of them was saved, at the beginning of all time without any; None where one says a time
    that is none.
    """
    said = [state for state in states if state.get("saved_at") is not None]
    times = [time for state in said if (time := _saved(state)) is not None]
    return max(times, default=datetime.min) if len(times) == len(said) else None


def _saved(state: State) -> datetime | None:
    text = state.get("saved_at")
    return moment_in(text) if isinstance(text, str) else None


def _stands(found: State | None, before: State | None) -> bool:
    """Whether a launcher has the same attributes in both; False where they cannot be read."""
    if found is None or before is None:
        return False
    try:
        return same(attributes_in(found), attributes_in(before))
    except StateError:
        return False
