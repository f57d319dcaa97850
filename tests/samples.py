"""Sessions and documents as values, for tests of what shows them: no disk, no clock.

The one idea: a test names only what it is about; the rest is a plausible session. Not for tests of reading or
writing: those use real files.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from app.editing.drafts import Drafts
from app.models.state.state_texts import Column
from app.models.state.state_tree import StateTreeModel
from app.session import Summary
from app.snapshot import SessionSnapshot
from persistence.document import Document, parse_document

NOW = datetime(2026, 11, 23, 14, 32, 8)
ROOT = "/data"
PREDICTIVE = "my_project.launchers.predictive.PredictiveLauncher"
SLAP2 = "my_project.launchers.slap2.Slap2Launcher"
ATTRIBUTES: dict[str, Any] = {
    "experiment_phase": "data_collection",
    "trial_count": 15,
    "reward_volume_ul": 5.5,
    "photodiode_on": True,
    "last_reward_at": {"__type__": "datetime", "value": "2026-11-23T14:29:51.204618+01:00"},
    "custom_settings": {"param1": "value1", "param2": 42, "thresholds": {"lick": 0.35}},
    "laser_steps_mw": [0.5, 1.0, 2.0, 4.0],
    "block": {"__type__": "tuple", "value": [1, "two", None]},
    "channels": {"__type__": "set", "value": [1, 2]},
    "gains": {"__type__": "dict", "value": [[1, 0.5], [2, 0.25]]},
    "opto_note": None,
}


def summary(name: str = "764521_2026-11-23_14-05", **changes: Any) -> Summary:
    """A completed session of today, unless the changes say otherwise; its name says subject and start."""
    subject, _, start = name.partition("_")
    day, _, time = start.partition("_")
    plain = Summary(
        directory=f"{ROOT}/{name}",
        root=ROOT,
        name=name,
        subject=subject,
        launchers=(PREDICTIVE,),
        saved_at=f"{day}T{time.replace('-', ':')}:30",
        created_at=f"{day}T{time.replace('-', ':')}:30",
        outcome="completed",
        attributes=12,
        size=4200,
        etag="1",
        started=f"{day}T{time.replace('-', ':')}:00",
    )
    return plain._replace(**changes)


def document(attributes: Mapping[str, Any] | None = None, **namespace: Any) -> Document:
    """A document with one launcher; `namespace` adds keys beside its attributes."""
    state = {"attributes": dict(ATTRIBUTES if attributes is None else attributes)}
    return documents({PREDICTIVE: {**state, "saved_at": "2026-11-23T14:30:00", **namespace}})


def documents(states: Mapping[str, Any]) -> Document:
    """A document with these launchers, each with its keys."""
    return parse_document(json.dumps({"version": "1.0.0", "launcher_states": dict(states)}).encode())


def snapshot(
    document: Document | None, name: str = "764521_2026-11-23_14-05", **changes: Any
) -> SessionSnapshot:
    """A session as it was opened."""
    plain = SessionSnapshot(f"{ROOT}/{name}", document, "1", 4200, 3, None)
    return replace(plain, **changes)


class Edited:
    """A state tree with the drafts behind it, connected as the application connects them."""

    def __init__(self, shown: Document, **changes: Any) -> None:
        self.model = StateTreeModel()
        self.drafts = Drafts()
        self.snapshot = snapshot(shown, **changes)
        self.model.edit_requested.connect(self.drafts.stage)
        self.model.edits_requested.connect(self.drafts.stage_together)
        self.model.take_back_requested.connect(self.drafts.take_back)
        self.drafts.draft_changed.connect(self._show)
        self.drafts.open(self.snapshot)

    @property
    def draft(self) -> Any:
        """The draft of the session."""
        return self.drafts.get(self.snapshot.directory)

    def cell(self, *place: str | int, column: int = Column.VALUE, namespace: str = PREDICTIVE) -> Any:
        """The index of an attribute's cell."""
        return self.model.find(namespace, place).siblingAtColumn(column)

    def text(self, *place: str | int, column: int = Column.VALUE) -> str:
        """What a cell shows."""
        return str(self.cell(*place, column=column).data())

    def _show(self, directory: str) -> None:
        self.model.set_state(self.snapshot, self.drafts.get(directory))
