"""Starts a launcher again on a saved state, from the operator's own list of commands.

One idea: what is started was seen before: the offer shows the very command, and the start makes it again from
the same entry. The command is a list of arguments, the directory it starts in is never the session's, and the
saved state goes along by one variable (`launching.resume_request`) with the etag that the operator saw.

A worker: reading the list, making the parameter file and starting touch the disk. Not for what a resume will
do to single attributes, and not for the process afterwards (see `run`).
"""

import os
import shutil
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from app.launchers.commands import (
    PARAMETERS,
    CannotStart,
    command_of,
    missing,
    program,
    start_folder,
    why_not,
)
from app.launchers.entries import (
    DropEntry,
    KeepEntry,
    LaunchersTold,
    ListChanged,
    MissingTold,
    TellLaunchers,
    TellMissing,
)
from app.launchers.registry import Entry, Registry, read_registry
from app.launchers.registry_file import NotKept, drop_entry, keep_entry
from app.launchers.shell_line import shell_line
from app.resume_exchange import ResumeOffer, ResumeRequest
from app.resuming.offering import Prepare, offer_of
from app.runs.following import runs_folder
from app.runs.process_group import VARIABLE, ProcessGroup, began_at
from app.runs.run import Child, StartedRun, start
from app.runs.run_files import OUTPUT
from app.settings import Places
from app.worker import Worker
from persistence.errors import StateError, words_for
from persistence.files.running import read_running
from persistence.files.undoing import undone_by
from persistence.files.version_log import OPERATOR
from persistence.launching import resume_request
from persistence.launching.param_file import make_param_file
from persistence.launching.run_record import REPORT, RunRecord, new_key, this_computer, write_record

CONFIRM_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Start:
    """Errand: start as confirmed, on the version `etag`."""

    request: ResumeRequest
    etag: str


@dataclass(frozen=True, slots=True)
class Begun:
    """Answer: a launcher was started; who follows it owns it."""

    started: StartedRun


@dataclass(frozen=True, slots=True)
class NotStarted:
    """Answer: nothing was started, and why."""

    directory: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Copy:
    """Errand: the start that would be confirmed, as a line for a terminal."""

    request: ResumeRequest


@dataclass(frozen=True, slots=True)
class Copied:
    """Answer: the line, which does in a terminal what the start would do here."""

    request: ResumeRequest
    line: str


@dataclass(frozen=True, slots=True)
class NotCopied:
    """Answer: there is no such line, and why."""

    directory: str
    sentence: str


@dataclass(frozen=True, slots=True)
class _Offered:
    """What an offer was made of: nothing else is started."""

    key: str
    registry: Registry


class Resume(Worker):
    """Answers ResumeOffer to Prepare, Begun or NotStarted to Start, Copied or NotCopied to Copy, and what
    `entries` asks.
    """

    def __init__(self, where: Places, confirm_seconds: float = CONFIRM_SECONDS) -> None:
        super().__init__("resume")
        self._places = where
        self._confirm_seconds = confirm_seconds
        self._offered: dict[str, _Offered] = {}

    def work(self, errand: object) -> None:
        match errand:
            case Prepare():
                self.answered.emit(self._offer(errand))
            case Start():
                self._start(errand)
            case Copy(request):
                self.answered.emit(self._copied(request))
            case TellLaunchers():
                self.answered.emit(LaunchersTold(self._registry()))
            case TellMissing(entry):
                self.answered.emit(MissingTold(entry, missing(entry)))
            case KeepEntry() | DropEntry():
                self.answered.emit(self._changed_list(errand))

    def _offer(self, errand: Prepare) -> ResumeOffer:
        registry, key = self._registry(), new_key(datetime.now())
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
            started = self._started(errand)
        except (CannotStart, StateError, OSError) as error:
            self.answered.emit(NotStarted(directory, _sentence(error, "started")))
        else:
            self.answered.emit(Begun(started))

    def _copied(self, request: ResumeRequest) -> Copied | NotCopied:
        """With a parameter file of its own, kept as long as that of a run; nobody waits for a report."""
        try:
            entry = self._confirmed(request, self._offered.get(request.directory))
            folder = self._folder(new_key(datetime.now()))
            command, cwd = self._command(entry, request, request.etag, folder)
            if entry.wants_param_file:
                folder.mkdir(parents=True)
                _make_param_file(request, folder, cwd)
            wish = _wish(request, request.etag, report="")
            variables = {OPERATOR: request.user, **dict(entry.environment), resume_request.VARIABLE: wish}
            line = shell_line((program(command[0]), *command[1:]), str(Path(cwd).absolute()), variables)
        except (CannotStart, StateError, OSError) as error:
            return NotCopied(request.directory, _sentence(error, "copied"))
        return Copied(request, line)

    def _command(
        self, entry: Entry, request: ResumeRequest, etag: str, folder: Path
    ) -> tuple[tuple[str, ...], str]:
        """What is started, and where. Raises CannotStart."""
        command, cwd = command_of(entry, request.directory, etag, folder), start_folder(entry)
        if problem := why_not(entry, request.directory, command, cwd):
            raise CannotStart(problem)
        return command, cwd

    def _started(self, errand: Start) -> StartedRun:
        request = errand.request
        running = read_running(request.directory)
        if running is not None:
            raise CannotStart(f"it is in use by {running}. Wait until that run has ended.")
        offered = self._offered.pop(request.directory, None)
        entry, key = self._confirmed(request, offered), offered.key if offered else new_key(datetime.now())
        folder = self._folder(key)
        command, cwd = self._command(entry, request, errand.etag, folder)
        folder.mkdir(parents=True)
        here = this_computer()
        record = RunRecord(key, request.directory, request.namespace, command, here, user=request.user)
        with undone_by(partial(shutil.rmtree, folder, ignore_errors=True)):  # no run is to be found again
            write_record(folder, record)
            process = _launched(errand, entry, record, folder, cwd)
        record = replace(record, pid=process.pid, began=began_at(process.pid))
        with suppress(OSError):  # it runs all the same; a later window finds it by its lock
            write_record(folder, record)
        group = ProcessGroup(key, process.pid, record.began)
        confirm_by = time.monotonic() + self._confirm_seconds
        return StartedRun(record, folder, Child(process), group, confirm_by=confirm_by)

    def _confirmed(self, request: ResumeRequest, offered: _Offered | None) -> Entry:
        """The entry as it was shown. Raises CannotStart."""
        name = request.started_as or request.namespace
        if name.rpartition(".")[2] != request.namespace.rpartition(".")[2]:
            raise CannotStart(f"{name} is another launcher than {request.namespace}.")
        entry = self._registry().find(name)
        if isinstance(entry, str):
            raise CannotStart(entry)
        if offered is not None and offered.registry.find(name) != entry:
            raise CannotStart("How this launcher is started was changed while you were looking at it.")
        return entry

    def _folder(self, key: str) -> Path:
        """Where all of one run is kept; chosen with the offer, so that what was shown is what is started."""
        return runs_folder(self._places) / key

    def _registry(self) -> Registry:
        return read_registry(self._places.config, self._places.machine)


def _launched(
    errand: Start, entry: Entry, record: RunRecord, folder: Path, cwd: str
) -> subprocess.Popen[bytes]:
    """The process of a run whose folder is there, with its parameters. Raises StateError, OSError."""
    request = errand.request
    if entry.wants_param_file:
        _make_param_file(request, folder, cwd)
    return start(
        (program(record.command[0]), *record.command[1:]),
        cwd=cwd,
        environment={
            **_environment(entry, record.key, request.user),
            resume_request.VARIABLE: _wish(request, errand.etag, report=str(folder / REPORT)),
        },
        output=folder / OUTPUT,
    )


def _environment(entry: Entry, key: str, user: str) -> dict[str, str]:
    """Ours and the entry's, the mark of the run, and in whose name it saves: in that which the window has,
    and without one in none, also where another window started what this one was started by.

    A Python launcher writes its output at once, and in the encoding that we read.
    """
    speaking = {"PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8"}
    signed = {OPERATOR: user} if user else {}
    ours = {name: value for name, value in os.environ.items() if name != OPERATOR}
    return {**ours, **speaking, **signed, **dict(entry.environment), VARIABLE: key}


def _make_param_file(request: ResumeRequest, folder: Path, cwd: str) -> None:
    target, (subject, user) = folder / PARAMETERS, (request.subject, request.user)
    make_param_file(Path(request.directory), target, subject=subject, user=user, cwd=cwd)


def _wish(request: ResumeRequest, etag: str, *, report: str) -> str:
    """What the launcher is told to resume, and on which conditions."""
    wish = resume_request.ResumeRequest(
        request.directory,
        etag=etag,
        namespace=request.namespace,
        leave_out=request.leave_out,
        partial=request.partial,
        report=report,
    )
    return wish.as_text()


def _sentence(error: CannotStart | StateError | OSError, what: str) -> str:
    if isinstance(error, CannotStart | StateError):
        return str(error)
    place = f"{error.filename}: " if error.filename else ""
    return f"{place}it was not {what}, because {words_for(error)}."
