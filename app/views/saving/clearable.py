"""Which of the sessions that are selected can be cleared now, and why the others cannot. Pure.

One idea: what the action says before and what the sheet says after is counted once. Not for asking.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from app.session import Status, Summary, holds, still_running

MOST = 500
"""Sessions that are cleared at once: each is named before."""


class Clearable(NamedTuple):
    """`goes` of the sessions that are `selected` can be cleared; `why_not` is a sentence where none can."""

    selected: int
    goes: int
    why_not: str


def clearable(
    selected: int, sessions: Sequence[tuple[Summary, Status]], refusals: Mapping[str, str]
) -> Clearable:
    """Of so many selected sessions, which are given unless they are too many."""
    if selected > MOST:
        why = f"At most {MOST:,} at once can be cleared, and {selected:,} are selected."
        return Clearable(selected, 0, why)
    rest = [(one, status) for one, status in sessions if not holds_nothing(one, status)]
    reasons = [not_clearable(one, status, refusals) for one, status in rest]
    count = reasons.count("")
    return Clearable(selected, count, "" if count else _why_none(reasons))


def _why_none(reasons: Sequence[str]) -> str:
    if not reasons:
        return "There is nothing to clear in these sessions."
    first, *others = dict.fromkeys(reasons)
    more = " Others have other reasons." if others else ""
    return f"None of these sessions can be cleared now. {first}{more}"


def not_clearable(
    summary: Summary, status: Status, refusals: Mapping[str, str] = MappingProxyType({})
) -> str:
    """Why the saved state of a session cannot be cleared now; empty when it can."""
    if any(mark.kind == "unsaved" for mark in status.marks):
        return "There is something unsaved. Save or discard it first."
    if summary.running is not None:
        return still_running(summary.running)
    if status.kind == "unavailable":
        return status.reason
    if summary.problem is not None:
        return f"{status.word}. Select it alone to see what can be done."
    refusal = next((why for folder, why in refusals.items() if holds(folder, summary.directory)), "")
    return f"Nothing can be cleared here: {refusal}." if refusal else ""


def holds_nothing(summary: Summary, status: Status) -> bool:
    """Whether there is no saved state, by a run that is over."""
    unknown = status.kind in ("unavailable", "being_written") or summary.running is not None
    lost = summary.problem is not None and summary.problem.kind in ("no_state", "moved")
    return not unknown and (lost or (summary.problem is None and not summary.launchers))


def saved_states(count: int) -> str:
    """So many saved states, in words."""
    return "1 saved state" if count == 1 else f"{count:,} saved states"
