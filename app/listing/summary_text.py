"""A summary as JSON, for the index and between processes.

One idea: a row is the fields in their order and nothing else, so that a hundred thousand are made and read
quickly, and one of another version is told by its fields. Pure.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from sys import intern
from typing import Any

from app.session import Problem, Running, Summary

_scan = json.JSONDecoder().raw_decode  # `json.loads` takes nearly twice as long: it looks for space around
_NAMES = tuple(field.name for field in fields(Summary))
FIELDS = (*_NAMES, *(field.name for kind in (Problem, Running) for field in fields(kind)))
"""What a row consists of: rows with other fields are of another version."""


def summary_text(summary: Summary) -> str:
    """One row, as text."""
    return json.dumps(summary_row(summary), default=parts, separators=(",", ":"))


def summary_row(summary: Summary) -> list[object]:
    """The fields; `parts` is for those that JSON lacks."""
    return [getattr(summary, name) for name in _NAMES]


def parts(value: object) -> list[object]:
    """A problem or a run, by its fields."""
    return [getattr(value, field.name) for field in fields(value)]  # type: ignore[arg-type]  # dataclasses, both


def read_summary(text: str) -> Summary | None:
    """What was written, but who ran then; None for what nobody of ours wrote."""
    try:
        row, end = _scan(text)
        row[_RUNNING] = None
        return summary_of(row) if end == len(text) else None
    except (StopIteration, ValueError, TypeError, LookupError):
        return None


def summary_of(row: Sequence[Any]) -> Summary:
    """The summary of a row that was read. Raises ValueError, TypeError, LookupError for what is none."""
    if len(row) != len(_NAMES):
        raise ValueError(f"a row has {len(_NAMES)} fields, not {len(row)}")
    found = list(row)
    for place, made in _MADE:
        if (value := found[place]) is not None:
            found[place] = made(value)
    if found[_CREATED] == found[_SAVED]:  # saved once
        found[_CREATED] = found[_SAVED]
    return Summary(*found)


def _launchers(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(intern, names))


_CREATED, _SAVED, _RUNNING = (_NAMES.index(name) for name in ("created_at", "saved_at", "running"))
_MAKERS: Mapping[str, Callable[[Any], object]] = {
    "problem": lambda found: Problem(*found),
    "running": lambda found: Running(*found),
    "launchers": _launchers,
    "unsaved": tuple,
    **dict.fromkeys(("root", "subject", "outcome", "rig"), intern),  # as many sessions have them: held once
}
_MADE = tuple((_NAMES.index(name), made) for name, made in _MAKERS.items())
"""Where in a row something else is made of what JSON has, and what."""
