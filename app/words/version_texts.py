"""What is said of a version of a saved state: when, who, by what, what was done, why. Pure.

One idea: an action is told as what somebody did ("Restored"), a note as a person would say it. Not for which
versions there are.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from app.session import outcome_word
from app.values.fit_text import escaped
from app.words.moments import clock, day_text, exact, moment

if TYPE_CHECKING:
    from persistence.files.version_log import Version

ACTION_WORDS: Mapping[str, str] = {
    "save": "Saved",
    "edit": "Edited",
    "clear": "Cleared",
    "restore": "Restored",
    "adopt": "Brought in",
    "recover": "Recovered",
    "foreign": "Written",
}
NOT_KNOWN = "not known"
BY_WHOM = "by a program that keeps none, or in a save that could not be noted there"
"""Who may have written what history has no line of: also a save of ours that met a full disk."""
NOT_KEPT = "Not kept any more"
_LONGEST_NOTE = 1000  # characters
_RESTORED = "version "


def action_word(version: Version) -> str:
    """What was done, in a word; an action that this version does not know is told as it is."""
    return ACTION_WORDS.get(version.action, escaped(version.action))


def program_text(version: Version) -> str:
    """The program that wrote it; of a launcher its class."""
    return NOT_KNOWN if version.action == "foreign" else escaped(version.program.rpartition(".")[2])


def saved_text(version: Version, now: datetime, *, short: bool = False) -> str:
    """When: "Today 14:30:00", "Yesterday 14:30:00", "22 Nov 15:58"; short ones without
    today's day, and without seconds on others.
    """
    then = moment(version.time)
    if then is None:
        return NOT_KNOWN
    if then.date() == now.date():
        return clock(then, seconds=True) if short else f"Today {clock(then, seconds=True)}"
    if then.date() == (now - timedelta(days=1)).date() and not short:
        return f"Yesterday {clock(then, seconds=True)}"
    return day_text(then, now)


def note_text(version: Version) -> str:
    """Why, as a person would say it; and whether the bytes are gone."""
    note = _note(version)
    if version.available:
        return note
    return f"{NOT_KEPT} · {note}" if note else NOT_KEPT


def whole_note(version: Version) -> str:
    """The same on as many lines as it was typed, cut where it is no note any more; "" for none."""
    known = _note(version)
    if version.note and known == escaped(version.note):
        known = "\n".join(map(escaped, version.note.strip().splitlines()))
    return known if len(known) <= _LONGEST_NOTE else f"{known[: _LONGEST_NOTE - 1]}…"


def _note(version: Version) -> str:
    note = escaped(version.note)
    if version.action == "save":
        known = outcome_word(version.note)
        return known if known.casefold() == version.note.casefold() else note
    if version.action == "restore" and note.startswith(_RESTORED):
        return f"Back to {note}"
    if version.action == "clear":
        return note.rpartition(".")[2]
    return "" if version.action == "adopt" and note.endswith(".json") else note


def whole_text(version: Version) -> str:
    """All that is known of it, for a tool tip."""
    who = f" by {escaped(version.who)}" if version.who else ""
    program = escaped(version.program)
    first = f"Version {version.sequence}: {action_word(version).casefold()}{who}"
    lines = [f"{first} with {program}" if program and version.action != "foreign" else first]
    if version.action == "foreign":
        lines[:1] = f"Version {version.sequence}: written outside history,", BY_WHOM
    lines.append(exact(moment(version.time)) if moment(version.time) else "at a time that is not known")
    if _note(version):
        lines.append(_note(version))
    if not version.available:
        lines.append("Its content is not kept any more: it can be neither looked at nor restored.")
    return "\n".join(lines)


def made_text(version: Version, now: datetime) -> str:
    """What stands beside its number: "saved 14:12:03 by rig3"."""
    when = saved_text(version, now, short=version.time[:10] == now.isoformat()[:10])
    when = when.replace("Yesterday", "yesterday")  # in the middle of a sentence
    if version.action == "foreign":
        return f"{action_word(version).casefold()} {when} outside history"
    by = version.who or version.program
    return f"{action_word(version).casefold()} {when}" + (f" by {escaped(by)}" if by else "")


def why_none(problem: str, *, too_large: bool) -> tuple[str, str]:
    """What stands in the place of the versions where there are none: a title and a sentence."""
    if not problem:
        return "No versions yet", "Each save of this session will be listed here."
    return "The history is not read yet" if too_large else "The history cannot be read", problem
