"""Starts a launcher again on a saved state, from the operator's own list of commands.

One idea: what is started was seen before: the offer shows the very command, and the start makes it again from
the same entry. The command is a list of arguments, the directory it starts in is never the session's, and the
saved state goes along by one variable (`persistence.resume_request`) with the etag that the operator saw.

A worker: reading the list, making the parameter file and starting touch the disk. Not for what a resume will
do to single attributes, and not for the process afterwards (see `run`).
"""

import os
import secrets
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QTimer, Slot

from app.commands import PARAMETERS, CannotStart, command_of, program, start_folder, why_not
from app.entries import DropEntry, KeepEntry, LaunchersTold, ListChanged, TellLaunchers
from app.exchange import ResumeOffer, ResumeRequest, Run
from app.offering import Prepare, offer_of
from app.param_file import make_param_file
from app.registry import Entry, Registry, read_registry
from app.registry_file import NotKept, drop_entry, keep_entry
from app.run import StartedRun, start
from app.session import last_part
from app.settings import Places
from app.worker import Worker
from persistence import resume_request
from persistence.errors import StateError, words_for

CONFIRM_SECONDS = 30.0
LOOK_MS = 100
OUTPUT, REPORT = "output.log", "report.json"
WAITING = "Waiting for the launcher to say that it loaded the saved state."


@dataclass(frozen=True, slots=True)
class Start:
    """Errand: start as confirmed, on the version `etag`."""

    request: ResumeRequest
    etag: str


@dataclass(frozen=True, slots=True)
class Output:
    """Answer: a started launcher printed this."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class NotStarted:
    """Answer: nothing was started, and why."""

    directory: str
    sentence: str


@dataclass(frozen=True, slots=True)
class _Offered:
    """What an offer was made of: nothing else is started."""

    key: str
    registry: Registry


class Resume(Worker):
    """Answers ResumeOffer to Prepare; Run (again at each change), Output or NotStarted to Start."""

    def __init__(self, where: Places, confirm_seconds: float = CONFIRM_SECONDS) -> None:
        super().__init__("resume")
        self._places = where
        self._confirm_seconds = confirm_seconds
        self._runs: list[StartedRun] = []
        self._offered: dict[str, _Offered] = {}
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)

    def work(self, errand: object) -> None:
        match errand:
            case Prepare():
                self.answered.emit(self._offer(errand))
            case Start():
                self._start(errand)
            case TellLaunchers():
                self.answered.emit(LaunchersTold(self._registry()))
            case KeepEntry() | DropEntry():
                self.answered.emit(self._changed_list(errand))

    def finish(self) -> None:
        """Let every launcher go on without us."""
        self._timer.stop()
        for run in self._runs:
            run.let_go()

    def _offer(self, errand: Prepare) -> ResumeOffer:
        registry, key = self._registry(), _new_key()
        self._offered[errand.snapshot.directory] = _Offered(key, registry)
        return offer_of(errand, registry, self._folder(key))

    def _changed_list(self, errand: KeepEntry | DropEntry) -> ListChanged:
        try:
            if isinstance(errand, KeepEntry):
                keep_entry(self._places.config, errand.entry)
            else:
                drop_entry(self._places.config, errand.namespace)
        except NotKept as reason:
            return ListChanged(errand, str(reason))
        return ListChanged(errand)

    def _start(self, errand: Start) -> None:
        directory = errand.request.directory
        try:
            run = self._started(errand)
        except (CannotStart, StateError) as error:
            self.answered.emit(NotStarted(directory, str(error)))
        except OSError as error:
            place = f"{error.filename}: " if error.filename else ""
            self.answered.emit(
                NotStarted(directory, f"{place}it was not started, because {words_for(error)}.")
            )
        else:
            self._runs.append(run)
            self._timer.start()
            self.answered.emit(run.run)

    def _started(self, errand: Start) -> StartedRun:
        request = errand.request
        entry, key = self._confirmed(request)
        folder = self._folder(key)
        command, cwd = command_of(entry, request.directory, errand.etag, folder), start_folder(entry)
        if problem := why_not(entry, request.directory, command, cwd):
            raise CannotStart(problem)
        folder.mkdir(parents=True)
        if entry.wants_param_file:
            target = folder / PARAMETERS
            make_param_file(
                Path(request.directory), target, subject=request.subject, user=request.user, cwd=cwd
            )
        output, report = folder / OUTPUT, folder / REPORT
        environment = {**os.environ, **_speaking(), **dict(entry.environment)}
        environment[resume_request.VARIABLE] = _wish(errand, report)
        process = start((program(command[0]), *command[1:]), cwd=cwd, environment=environment, output=output)
        run = Run(
            key, request.directory, last_part(request.directory), "starting",
            note=WAITING, pid=process.pid, command=command,
        )  # fmt: skip
        return StartedRun(run, process, output, report, time.monotonic() + self._confirm_seconds)

    def _confirmed(self, request: ResumeRequest) -> tuple[Entry, str]:
        """The entry as it was shown, and the key of the run. Raises CannotStart."""
        name = request.started_as or request.namespace
        if name.rpartition(".")[2] != request.namespace.rpartition(".")[2]:
            raise CannotStart(f"{name} is another launcher than {request.namespace}.")
        entry = self._registry().find(name)
        if isinstance(entry, str):
            raise CannotStart(entry)
        offered = self._offered.pop(request.directory, None)
        if offered is not None and offered.registry.find(name) != entry:
            raise CannotStart("How this launcher is started was changed while you were looking at it.")
        return entry, offered.key if offered else _new_key()

    def _folder(self, key: str) -> Path:
        """Where all of one run is kept; chosen with the offer, so that what was shown is what is started."""
        return self._places.data / "runs" / key

    def _registry(self) -> Registry:
        return read_registry(self._places.config, self._places.machine)

    @Slot()
    def _look(self) -> None:
        for started in self._runs:
            before = started.run
            if text := started.look(time.monotonic()):
                self.answered.emit(Output(started.run.key, text))
            if started.run != before:
                self.answered.emit(started.run)
        self._runs = [started for started in self._runs if not started.over]
        if not self._runs:
            self._timer.stop()


def _new_key() -> str:
    return f"{datetime.now():%Y-%m-%d_%H-%M-%S}_{secrets.token_hex(3)}"


def _speaking() -> dict[str, str]:
    """Variables that make a Python launcher write its output at once, and in the encoding that we read."""
    return {"PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8"}


def _wish(errand: Start, report: Path) -> str:
    """What the launcher is told to resume, and on which conditions."""
    request = errand.request
    wish = resume_request.ResumeRequest(
        request.directory,
        etag=errand.etag,
        namespace=request.namespace,
        leave_out=request.leave_out,
        partial=request.partial,
        report=str(report),
    )
    return wish.as_text()
