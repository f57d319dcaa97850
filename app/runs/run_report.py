"""What a resumed launcher reported: what it restored, what not and why, and the session that it made.

One idea: the launcher's own words are taken as they are and told in one sentence; attribute by attribute they
stay to be looked at. Reading is lenient, because the writer may be of another version. Not for plans: this is
what came true.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from persistence.errors import StateError
from persistence.files.reading import read_file
from persistence.launching.loading import PEOPLE

REPORT_LIMIT = 16 << 20
UNCONFIRMED = "The launcher did not confirm loading the saved state."
_LOADED = ("restored", "added", "handed_over")
_LEFT = ("mismatched", "refused", "kept")
_MOST_NAMED = 8


@dataclass(frozen=True, slots=True)
class LoadedAttribute:
    """What became of one attribute, in the launcher's own word; `reason` may be empty."""

    name: str
    result: str
    reason: str = ""

    @property
    def restored(self) -> bool:
        """Whether the launcher has the saved value."""
        return self.result in _LOADED


@dataclass(frozen=True, slots=True)
class RunReport:
    """`ok`: the launcher starts. `error` is a sentence; `session` the directory that it made, once known.

    `people` says which of subject and user were loaded, too: they are told apart from the attributes.
    """

    ok: bool
    error: str = ""
    pid: int = 0
    session: str = ""
    attributes: tuple[LoadedAttribute, ...] = ()
    people: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """What was reported, for one line."""
        if not self.ok:
            return f"The launcher refused to start: {self.error or 'it did not say why'}".rstrip(".") + "."
        loaded = sum(one.restored for one in self.attributes)
        left = [one.name for one in self.attributes if one.result in _LEFT]
        people = f", and {' and '.join(self.people)}" if self.people else ""
        sentence = f"Loaded {loaded} attribute{'s' * (loaded != 1)}{people}."
        return f"{sentence} Not loaded: {_named(left)}." if left else sentence


def read_report(path: Path) -> RunReport | None:
    """The launcher's own report; None while there is none. One that cannot be read counts as none."""
    try:
        found = json.loads(read_file(path, limit=REPORT_LIMIT))
    except (OSError, StateError, ValueError, RecursionError):
        return None
    return _report(found) if isinstance(found, dict) else None


def _report(found: Mapping[str, Any]) -> RunReport:
    attributes = found.get("attributes")
    told = attributes.items() if isinstance(attributes, dict) else ()
    pid = found.get("pid")
    return RunReport(
        ok=found.get("ok") is True,
        error=_text(found.get("error")),
        pid=pid if type(pid) is int else 0,
        session=_text(found.get("session_directory")),
        attributes=tuple(
            LoadedAttribute(name, _text(one.get("result")), _text(one.get("reason")))
            for name, one in told
            if isinstance(one, dict) and name not in PEOPLE
        ),
        people=tuple(
            words
            for name, words in zip(PEOPLE, ("subject", "user"), strict=True)
            if isinstance(one := dict(told).get(name), dict) and one.get("result") in _LOADED
        ),
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _named(names: list[str]) -> str:
    more = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
