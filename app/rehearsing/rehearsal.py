"""Asks launchers what they make of a draft, each in a process of its own with the launcher's own Python.

One idea: only a class that stands in the operator's own list (`rehearse` in `launchers.toml`) is ever asked,
by the very name that stands there; the state goes in on standard input, and what comes out is data. The
process runs beside everything else, is given a time, and can be stopped.

A worker: reading the list, starting and waiting are done on its thread, one launcher after the other; a new
request takes the place of the one under way, which is answered as stopped. Not for what the launcher does in
that process (`rehearsing.rehearsal`), nor for starting experiments (see `resume`).
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any, Literal, NamedTuple

from PySide6.QtCore import QTimer, Slot

from app.checks import Checked
from app.launchers.commands import CannotStart, program, start_folder, why_not_there
from app.launchers.registry import Entry, Registry, read_registry
from app.program import among_strangers
from app.settings import Places
from app.worker import Worker
from persistence.document import Document, render
from persistence.errors import StateError, words_for
from persistence.launching.resume_request import VARIABLE
from persistence.rehearsing.process_tree import end_gently
from persistence.rehearsing.rehearsed import read

LIMIT_SECONDS = 30.0
_LOOK_MS = 30
_OVERTIME = 10.0  # seconds beyond the limit, which the other side keeps by itself
_GRACE = 5.0  # seconds for the other side to clear up
_LARGEST = 64 << 20  # bytes of an answer
_LONGEST = 400  # characters of a sentence


class Way(NamedTuple):
    """Whose state is asked about, and which launcher of the list is asked, where that is another one."""

    namespace: str
    started_as: str = ""


@dataclass(frozen=True, slots=True)
class Rehearse:
    """Errand: ask the launchers of these namespaces about `document`, wherever they are now, and in these
    `ways`. `stamp` comes back in the answers.
    """

    directory: str
    stamp: int
    document: Document
    namespaces: tuple[str, ...] = ()
    ways: tuple[Way, ...] = ()


@dataclass(frozen=True, slots=True)
class Stop:
    """Errand: what was asked with this stamp is not waited for any more."""

    stamp: int


@dataclass(frozen=True, slots=True)
class Asked:
    """Answer: what is known so far, and the launcher that is being asked now ("" when all is known)."""

    directory: str
    stamp: int
    launchers: tuple[Checked, ...]
    asking: str = ""


class Rehearsals(Worker):
    """Answers Asked to Rehearse, again with each launcher that was asked, and for the last time to Stop."""

    def __init__(self, where: Places, limit: float = LIMIT_SECONDS) -> None:
        """`limit`: the seconds that a launcher gets."""
        super().__init__("rehearsal")
        self._places = where
        self._limit = limit
        self._errand: Rehearse | None = None
        self._data = b""
        self._waiting: list[tuple[Way, Entry]] = []
        self._known: list[Checked] = []
        self._running: _Running | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)

    def work(self, errand: object) -> None:
        match errand:
            case Rehearse():
                self._begin(errand)
            case Stop(stamp):
                self._stop(stamp)

    def finish(self) -> None:
        """Nobody waits for an answer any more."""
        self._drop()

    def _begin(self, errand: Rehearse) -> None:
        if self._errand is not None:
            self._stop(self._errand.stamp)  # who asked is not left waiting
        self._errand = errand
        registry = read_registry(self._places.config, self._places.machine)
        ways = (*_ways(errand, registry), *errand.ways)
        entries = {way: _entry(registry, way.started_as or way.namespace) for way in ways}
        self._known = [
            _checked(way, "not_asked", why) for way, why in entries.items() if isinstance(why, str)
        ]
        self._waiting = [(way, entry) for way, entry in entries.items() if isinstance(entry, Entry)]
        try:
            self._data = render(errand.document) if self._waiting else b""
        except StateError as error:
            self._known += [_checked(way, "failed", str(error)) for way, _ in self._waiting]
            self._waiting = []
        self._next()

    def _next(self) -> None:
        """Ask the next launcher; those that cannot be asked are told at once."""
        while self._waiting and self._running is None and self._errand is not None:
            way, entry = self._waiting.pop(0)
            try:
                command, folder = _command(entry, way.namespace, self._errand.directory, self._limit)
                until = time.monotonic() + self._limit + _OVERTIME
                environment = _environment(entry)
                self._running = _Running(way, command, folder, environment, self._data, until)
            except CannotStart as reason:
                self._known.append(_checked(way, "failed", str(reason)))
            except OSError as error:
                sentence = f"{entry.python}: it cannot be started, because {words_for(error)}."
                self._known.append(_checked(way, "failed", sentence))
        if self._running is not None:
            self._timer.start()
        self._tell()

    @Slot()
    def _look(self) -> None:
        running = self._running
        if running is None or not running.has_ended(time.monotonic()):
            return
        self._timer.stop()
        self._running = None
        self._known.append(running.result())
        self._next()

    def _stop(self, stamp: int) -> None:
        if self._errand is None or self._errand.stamp != stamp or self._running is None:
            return
        ways = [self._running.way, *(way for way, _ in self._waiting)]
        errand, self._known = self._errand, [*self._known, *(_checked(way, "stopped") for way in ways)]
        known = tuple(self._known)
        self._drop()
        self.answered.emit(Asked(errand.directory, errand.stamp, known))

    def _tell(self) -> None:
        if self._errand is not None:
            asking = self._running.way.namespace if self._running is not None else ""
            self.answered.emit(Asked(self._errand.directory, self._errand.stamp, tuple(self._known), asking))

    def _drop(self) -> None:
        """Forget what was asked; the process that is under way ends with all that it started."""
        self._timer.stop()
        running, self._running = self._running, None
        self._errand, self._waiting, self._known = None, [], []
        if running is not None:
            running.end()


class _Running:
    """One process that asks one launcher. `until` is a time of the monotonic clock."""

    def __init__(
        self,
        way: Way,
        command: tuple[str, ...],
        folder: str,
        environment: Mapping[str, str],
        data: bytes,
        until: float,
    ) -> None:
        """Raises OSError when it cannot be started."""
        self.way = way
        self._command = command
        self._until = until
        self._overtime = False
        with ExitStack() as files:
            given, self._output, self._errors = (
                files.enter_context(tempfile.TemporaryFile()) for _ in range(3)
            )
            given.write(data)
            given.seek(0)
            with among_strangers():
                self._process = subprocess.Popen(
                    command,
                    cwd=folder,
                    env=environment,
                    stdin=given,
                    stdout=self._output,
                    stderr=self._errors,
                    **_apart(),
                )
            self._files = files.pop_all()

    def has_ended(self, now: float) -> bool:
        """Whether there is a result; one that takes longer than it may is ended here."""
        if now > self._until and self._process.poll() is None:
            self._overtime = True
            end_gently(self._process, _GRACE)
        return self._process.poll() is not None

    def result(self) -> Checked:
        """What came out. Once, after the end."""
        output, errors = _all_of(self._output, _LARGEST), _all_of(self._errors, 1 << 16)
        self._files.close()
        if self._overtime:
            return _checked(self.way, "failed", "It did not answer in time, and was stopped.")
        try:
            found = read(output)
        except StateError:
            return _checked(self.way, "failed", _why(self._command[0], errors))
        return replace(_checked(self.way, "failed" if found.error else "asked", found.error), found=found)

    def end(self) -> None:
        """End it before that."""
        end_gently(self._process, _GRACE)
        self._files.close()


def _checked(way: Way, how: Literal["asked", "failed", "not_asked", "stopped"], why: str = "") -> Checked:
    return Checked(way.namespace, how, why, started_as=way.started_as)


def _ways(errand: Rehearse, registry: Registry) -> Iterator[Way]:
    """One that has moved is asked where it is, unless its own state is saved, too: it would start on that."""
    for name in errand.namespaces:
        moved = registry.moved_to(name)
        yield Way(name, moved if moved not in errand.document.namespaces else "")


def _entry(registry: Registry, namespace: str) -> Entry | str:
    """The entry of a launcher that may be asked, or the sentence that says why there is none."""
    entry = registry.find(namespace)
    if isinstance(entry, str) or entry.rehearse:
        return entry
    return (
        f"The entry of {namespace} does not say which class can be asked: fill in “Class to ask” in "
        f"Preferences, Launchers, Edit. The list is {registry.path}."
    )


def _command(entry: Entry, namespace: str, session: str, limit: float) -> tuple[tuple[str, ...], str]:
    """The command, and the folder that it starts in. Raises CannotStart."""
    folder = start_folder(entry)
    if problem := why_not_there(session, folder):
        raise CannotStart(problem)
    head = (program(entry.python), "-P", "-B", "-m", "persistence", "rehearse", entry.rehearse)
    paths = [part for path in _paths(entry, folder) for part in ("--path", path)]
    return (*head, "--namespace", namespace, "--limit", f"{limit:g}", *paths), folder


def _paths(entry: Entry, folder: str) -> list[str]:
    """Where the launcher's command finds its modules: beside its script, else where it starts."""
    script = entry.command[1] if entry.command[0] == "{python}" and len(entry.command) > 1 else ""
    return [str(Path(folder, script).parent)] if script.endswith((".py", ".pyw")) else [folder]


def _environment(entry: Entry) -> Mapping[str, str]:
    """Ours and the entry's, without a request to resume; what is said is read as UTF-8."""
    return {
        **{name: value for name, value in os.environ.items() if name != VARIABLE},
        **dict(entry.environment),
        "PYTHONIOENCODING": "utf-8",
    }


def _apart() -> dict[str, Any]:
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW}
    return {"start_new_session": True}


def _all_of(file: IO[bytes], limit: int) -> bytes:
    file.seek(0)
    return file.read(limit)


def _why(python: str, errors: bytes) -> str:
    """The sentence for a process that answered nothing."""
    text = errors.decode("utf-8", "replace")
    if "Unknown option: -P" in text:
        return f"{python}: it is older than Python 3.11, which Rigstate's library needs."
    if "No module named persistence" in text:
        return f"{python}: Rigstate's library is not installed there (pip install ./persistence)."
    if "invalid choice: 'rehearse'" in text:
        return f"{python}: Rigstate's library there is too old to be asked; install the one of this Rigstate."
    last = next((line for line in reversed(text.splitlines()) if line.strip()), "it did not say why")
    return f"{python}: {last.removeprefix('rigstate: ')[:_LONGEST]}"
