"""The standard tree of the benchmarks: what a lab's disk looks like after some years.

One idea: ``root/mouse0001/mouse0001_2025-06-01_000001/``, each session with its state, the small files that a
launcher leaves, and a folder of data. Files are written as a launcher's are found (whole, long ago), without
going through a launcher: a hundred thousand runs would take a week.

Not for: strange files; those are in the tests of the scan.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from persistence.document import new_document, render
from persistence.states.edits import with_namespace
from persistence.values.whole import encode_attribute
from tests.benchmarks.figures import Terms
from tests.benchmarks.states import StandardLauncher

FIRST_DAY = datetime(2025, 6, 1, 9, 0, 0)
SESSIONS_OF_A_SUBJECT = 50
OUTCOMES = ("completed",) * 8 + ("failed", "interrupted")
METADATA = ("input_parameters.json", "processed_parameters.json", "command_line_arguments.json")


@dataclass(frozen=True)
class Place:
    """One session of the tree, by its number."""

    number: int

    @property
    def subject(self) -> str:
        """Fifty sessions each."""
        return f"mouse{self.number // SESSIONS_OF_A_SUBJECT + 1:04d}"

    @property
    def started(self) -> datetime:
        """Some minutes apart, the subjects in turn."""
        return FIRST_DAY + timedelta(minutes=7 * self.number)

    @property
    def path(self) -> str:
        """Below the root."""
        return f"{self.subject}/{self.subject}_{self.started:%Y-%m-%d}_{self.number:06d}"


def make_tree(root: Path, sessions: int) -> None:
    """So many sessions below `root`, which is made."""
    root.mkdir()
    made = set[str]()
    for place in places(sessions):
        if place.subject not in made:
            made.add(place.subject)
            (root / place.subject).mkdir()
        make_session(root / place.path, place)


def standing_tree(terms: Terms, sessions: int) -> Path:
    """A tree of so many that is only read; it takes minutes to make, so all rows of a group have the same."""
    root = (terms.common or terms.directory) / f"{sessions} sessions"
    if not root.exists():
        root.parent.mkdir(exist_ok=True)
        make_tree(root, sessions)
    return root


def places(sessions: int) -> Iterator[Place]:
    """All sessions of a tree."""
    return map(Place, range(sessions))


def make_session(directory: Path, place: Place) -> None:
    """One session directory with all that stands in one."""
    launcher = StandardLauncher()
    launcher.subject_id, launcher.trial_count = place.subject, place.number % 500
    small = json.dumps({"subject_id": place.subject, "session_start_time": place.started.isoformat()})
    files = {
        "session_state.json": _state_of(launcher, place),
        "session.json": small.encode(),
        "launcher_metadata/end_state.json": small.encode(),
        "launcher_metadata/launcher.log": b"started\nended\n",
        **{f"launcher_metadata/{name}": b"{}" for name in METADATA},
        "data/events.csv": b"0.1,lick\n",
    }
    for folder in ("", "launcher_metadata", "data"):
        (directory / folder).mkdir()
    for name, data in files.items():
        _write(f"{directory}/{name}", data)


def _write(path: str, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
    os.write(descriptor, data)
    os.close(descriptor)


def _state_of(launcher: StandardLauncher, place: Place) -> bytes:
    document = with_namespace(
        new_document(),
        module="predictive_processing.launchers.slap2_launcher",
        class_name="Slap2Launcher",
        attributes={name: encode_attribute(value) for name, value in vars(launcher).items()},
        saved_at=(place.started + timedelta(hours=1)).isoformat(timespec="microseconds"),
        extra={"outcome": OUTCOMES[place.number % len(OUTCOMES)]},
    )
    return render(document)
