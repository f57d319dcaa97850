"""A small launcher of the mixin, and what of it stands in a state file."""

import json
from pathlib import Path
from typing import Any

from persistence import PersistentState
from persistence.store import STATE_FILE


class Rig(PersistentState):
    def __init__(self, subject: str = "") -> None:
        self.subject_id = subject
        self.user_id = ""
        self.trial_count = 0
        self.phase = "start"


RIG = f"{__name__}.Rig"
"""Its namespace."""


def text_of(directory: Path) -> str:
    return (directory / STATE_FILE).read_text(encoding="utf-8")


def namespaces_in(directory: Path) -> Any:
    return json.loads(text_of(directory))["launcher_states"]


def namespace_in(directory: Path, name: str = RIG) -> Any:
    return namespaces_in(directory)[name]


def edit(directory: Path, old: str, new: str) -> None:
    """As an old program or a person with an editor does it: in place, without our lock and history."""
    text = text_of(directory)
    assert old in text
    (directory / STATE_FILE).write_text(text.replace(old, new), encoding="utf-8")
