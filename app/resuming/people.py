"""Whom a launcher is started for, and by whom: what was typed, beside what the saved state says. Pure; no Qt.

One idea: subject and user are confirmed by a person, and what is confirmed must arrive, or it is said that it
does not. They reach a launcher by its parameter file, or by the saved state where that says the very same.

Not for other attributes (see `plan`), nor for which sentences follow (see `cautions`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from persistence.launching.loading import PEOPLE
from persistence.values.json_text import JSON, Number
from persistence.values.spelled import Spelled, plain

_Value: TypeAlias = "JSON | Spelled"


def people_to_leave_out(saved: Mapping[str, _Value], subject: str, user: str) -> tuple[str, ...]:
    """Of subject and user, those whose saved value is another than the confirmed one, and is not restored."""
    confirmed = dict(zip(PEOPLE, (subject, user), strict=True))
    return tuple(name for name in PEOPLE if name in saved and _person(saved[name]) != confirmed[name])


def people_untold(saved: Mapping[str, _Value], subject: str, user: str) -> tuple[str, ...]:
    """Of "subject" and "user", those that were typed and reach no launcher without a parameter file."""
    typed = zip(PEOPLE, ("subject", "user"), (subject, user), strict=True)
    return tuple(words for name, words, text in typed if text and text != saved_person(saved, name))


def saved_person(saved: Mapping[str, _Value], name: str) -> str:
    """The `subject_id` or `user_id` of a saved state as text; empty where it says none."""
    return _person(saved[name]) if name in saved else ""


def _person(value: _Value) -> str:
    """A name as text; it may well be saved as a number."""
    found = plain(value)
    if isinstance(found, Number):
        return found.text
    return found if isinstance(found, str) else "" if found is None else str(found)
