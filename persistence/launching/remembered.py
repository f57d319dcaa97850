"""What an object remembers between its saves and loads.

One idea: all of it stands in one private attribute of the object itself, made when first asked for, so that
the mixin needs no `__init__`, there is no table of objects anywhere, and a forgotten object forgets. It
holds no rule and does no work. An object that cannot have a further attribute remembers nothing, which
costs it only the note that somebody else's change was written over.
"""

from __future__ import annotations

import itertools
import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from persistence.launching.report import Report

if TYPE_CHECKING:
    from persistence.files.version_log import Clock
    from persistence.launching.run import Run
    from persistence.store import Snapshot

_ATTRIBUTE = "_rigstate"


class Handler(NamedTuple):
    """How one attribute is turned into something a state file can hold, and back; nothing more."""

    serializer: Callable[[Any], object] | None
    deserializer: Callable[[Any], object] | None


class Source(NamedTuple):
    """The state that an object was last loaded from."""

    directory: str
    etag: str


@dataclass
class Loading:
    """A load under way: what deserializers returned, and what became of each attribute so far."""

    made: dict[str, object] = field(default_factory=dict)
    restored: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    kept: dict[str, str] = field(default_factory=dict)
    mismatched: dict[str, str] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)


@dataclass
class Remembered:
    """One object's memory."""

    handlers: dict[str, Handler] = field(default_factory=dict)
    seen: dict[str, str] = field(default_factory=dict)
    """Directory to the etag of the file there as this object last loaded or saved it."""
    wrote: dict[str, Snapshot] = field(default_factory=dict)
    """Directory to the file there as this object last saved it, without its own attributes and the bytes."""
    written_over: dict[str, int] = field(default_factory=dict)
    """Directory to history number of the foreign version that a save of this object wrote over there."""
    source: Source | None = None
    loading: Loading | None = None
    run: Run | None = None
    report: Report = field(default_factory=Report)
    clock: Clock = datetime.now
    """The local time of everything that is written down about the object; a simulated rig has its own."""
    saving: threading.RLock = field(default_factory=threading.RLock)
    """One save at a time, but for one that comes within another."""
    hooks: set[str] = field(default_factory=set)
    """Wrapped methods under way, by name: only the outermost of a chain of overrides counts."""
    spills: dict[str, dict[int, Path]] = field(default_factory=dict)
    """Directory to the files that hold what this object could not save there, by their tickets."""
    tickets: Iterator[int] = field(default_factory=itertools.count)
    """The order in which saves looked at the object."""
    landed: dict[str, int] = field(default_factory=dict)
    """Directory to the ticket of the newest save that was written there."""
    noted: dict[str, int] = field(default_factory=dict)
    """Directory to the ticket of the save that `seen` and `wrote` are of."""
    noting: threading.Lock = field(default_factory=threading.Lock)
    depths: dict[int, int] = field(default_factory=dict)
    """Thread to the number of saves that it is in, each within the other."""
    owner: int = 0
    """The object that this is the memory of; a shallow copy of the object comes with the same memory."""
    process: int = field(default_factory=os.getpid)
    refused: str = ""
    """Why a resume of it was refused: it may have half a state since, and no run of it starts."""
    last_folder: str = ""
    """Session directory of the last run that ended."""
    ended: dict[str, str] = field(default_factory=dict)
    """Directory to the outcome of the run whose final state is saved there."""

    def __deepcopy__(self, _memo: dict[int, object]) -> Remembered:
        return Remembered(handlers=dict(self.handlers))

    def __reduce__(self) -> tuple[type[Remembered], tuple[()]]:
        """An empty memory: handlers, locks and threads must not keep a launcher from being pickled."""
        return (Remembered, ())


def remembered(thing: object) -> Remembered:
    """The memory of `thing`; a passing one where it can hold none."""
    own = getattr(thing, "__dict__", None)
    if not isinstance(own, dict):
        return Remembered()
    memory = own.get(_ATTRIBUTE)
    if not isinstance(memory, Remembered):
        memory = own[_ATTRIBUTE] = Remembered()
    elif memory.owner not in (0, id(thing)):
        memory = own[_ATTRIBUTE] = Remembered(handlers=dict(memory.handlers))
    memory.owner = id(thing)
    if memory.process != os.getpid():  # what the parent could not save is the parent's, and so are its locks
        memory.process, memory.spills, memory.depths = os.getpid(), {}, {}
        memory.saving, memory.noting = threading.RLock(), threading.Lock()
    return memory
