"""What the window asks about the past of a session, and what it is told: frozen values.

One idea: as in `exchange`, a question leaves the window and an answer enters it with its question, so that an
answer that nobody waits for any more is dropped. Not for behaviour.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from app.values.differences import Comparison
from persistence.states.diff import Change


@dataclass(frozen=True, slots=True)
class VersionQuestion:
    """How does a version differ from what the session holds now? `equal`: tell what is equal, too."""

    directory: str
    sequence: int
    equal: bool = False


@dataclass(frozen=True, slots=True)
class VersionAnswer:
    """The version at the left, now at the right; without a `comparison`, `problem` says why."""

    question: VersionQuestion
    comparison: Comparison | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two states that are compared: what a session holds ("now"), the same with the unsaved edits,
    or one of its versions, by number.
    """

    directory: str
    what: Literal["now", "edits"] | int


@dataclass(frozen=True, slots=True)
class SidesQuestion:
    """How do two states differ? `equal`: tell what is equal, too; only rows with all of `words`."""

    left: Side
    right: Side
    equal: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class SidesAnswer:
    """How they differ; without a `comparison`, `problem` says why."""

    question: SidesQuestion
    comparison: Comparison | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class CopyAcross:
    """Stage these values of another state as unsaved edits of a session."""

    directory: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class BackOffer:
    """A state that was brought back can be taken back; `again`: it was, and can be brought back again.

    `steps` is how many steps of edits there were when it was asked for, without those that it saved: what
    was edited since is undone before it. `what` was done, in a word: "save", "restore".
    """

    steps: int
    again: bool = False
    what: str = ""


@dataclass(frozen=True, slots=True)
class CopyRequest:
    """Write the exact bytes of a version, or of the file as it is now (None), into a file."""

    directory: str
    sequence: int | None
    target: str
