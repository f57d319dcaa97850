"""Starts a launcher again on a saved state, from the operator's own list of commands.

One idea: what is started was seen before: the offer shows the very command, and the start makes it again from
the same entry. The command is a list of arguments, the directory it starts in is never the session's, and the
saved state goes along by one variable (`persistence.resume_request`) with the etag that the operator saw.

A worker: reading the list, making the parameter file and starting touch the disk. Not for what a resume will
do to single attributes, and not for the process afterwards (see `run`).
"""

import os
import secrets
import shutil
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PureWindowsPath

from PySide6.QtCore import QTimer, Slot

from app.exchange import ResumeChoice, ResumeOffer, ResumeRequest, Run
from app.param_file import make_param_file, read_parameters
from app.registry import NAME, Entry, Registry, lines_for, read_registry
from app.run import StartedRun, start
from app.session import Snapshot, holds, last_part, outcome_word
from app.settings import Places
from app.worker import Worker
from persistence import resume_request
from persistence.errors import StateError, words_for

CONFIRM_SECONDS = 30.0
LOOK_MS = 100
PARAMETERS = "parameters.json"
WAITING = "Waiting for the launcher to say that it loaded the saved state."


@dataclass(frozen=True, slots=True)
class Prepare:
    """Errand: say how the launchers of an opened session would be started."""

    snapshot: Snapshot
    subject: str = ""
    users: tuple[str, ...] = ()
    resumed_as: str = ""


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


class CannotStart(Exception):
    """The message is the sentence that says why nothing can be started."""


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

    def finish(self) -> None:
        """Let every launcher go on without us."""
        self._timer.stop()
        for run in self._runs:
            run.let_go()

    def _offer(self, errand: Prepare) -> ResumeOffer:
        snapshot, registry = errand.snapshot, self._registry()
        self._offered[snapshot.directory] = _Offered(_new_key(), registry)
        names = snapshot.document.namespaces if snapshot.document else ()
        choices = tuple(self._choice(snapshot, name, registry) for name in names)
        return ResumeOffer(
            directory=snapshot.directory,
            name=snapshot.name,
            subject=errand.subject,
            etag=snapshot.etag,
            choices=choices,
            users=_users(errand.users, snapshot),
            saved_at=max((choice.saved_at for choice in choices), default=""),
            resumed_as=errand.resumed_as,
            warnings=registry.problems,
        )

    def _choice(self, snapshot: Snapshot, name: str, registry: Registry) -> ResumeChoice:
        command: tuple[str, ...] = ()
        cwd = problem = lines = ""
        entry = registry.find(name)
        if isinstance(entry, str):
            problem = entry
            lines = "" if name in registry.wrong else lines_for(name)
        else:
            folder = self._folder(self._offered[snapshot.directory].key)
            command, cwd = _command(entry, snapshot.directory, snapshot.etag, folder), start_folder(entry)
            problem = _why_not(entry, snapshot.directory, command, cwd)
        state = snapshot.document.namespace(name) if snapshot.document else None
        return ResumeChoice(
            namespace=name,
            class_name=state.class_name if state else name,
            saved_at=(state.saved_at if state else None) or "",
            outcome=outcome_word(state.outcome if state else None),
            command=command,
            cwd=cwd,
            problem=problem,
            registry_path=str(self._places.config / NAME),
            registry_lines=lines,
        )

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
        entry = self._registry().find(request.namespace)
        if isinstance(entry, str):
            raise CannotStart(entry)
        offered = self._offered.pop(request.directory, None)
        if offered is not None and offered.registry.find(request.namespace) != entry:
            raise CannotStart("How this launcher is started was changed while you were looking at it.")
        folder = self._folder(offered.key if offered else _new_key())
        command, cwd = _command(entry, request.directory, errand.etag, folder), start_folder(entry)
        if problem := _why_not(entry, request.directory, command, cwd):
            raise CannotStart(problem)
        folder.mkdir(parents=True)
        if entry.wants_param_file:
            target = folder / PARAMETERS
            make_param_file(
                Path(request.directory), target, subject=request.subject, user=request.user, cwd=cwd
            )
        output, report = folder / "output.log", folder / "report.json"
        wish = resume_request.ResumeRequest(
            request.directory, etag=errand.etag, namespace=request.namespace, report=str(report)
        )
        environment = {**os.environ, **_speaking(), resume_request.VARIABLE: wish.as_text()}
        process = start((program(command[0]), *command[1:]), cwd=cwd, environment=environment, output=output)
        run = Run(
            folder.name, request.directory, last_part(request.directory), "starting",
            note=WAITING, pid=process.pid, command=command,
        )  # fmt: skip
        return StartedRun(run, process, output, report, time.monotonic() + self._confirm_seconds)

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


def _command(entry: Entry, session: str, etag: str, folder: Path) -> tuple[str, ...]:
    return entry.filled({"session_dir": session, "etag": etag, "param_file": str(folder / PARAMETERS)})


def start_folder(entry: Entry) -> str:
    """Where a launcher is started, by its entry; at home where that says nothing."""
    return entry.cwd or str(Path.home())


def _why_not(entry: Entry, session: str, command: tuple[str, ...], cwd: str) -> str:
    """The sentence that says why a command cannot be started on a session; empty when it can."""
    if problem := why_not_there(session, cwd):
        return problem
    try:
        program(command[0])
        if entry.wants_param_file:
            read_parameters(Path(session))
    except (CannotStart, StateError) as reason:
        return str(reason)
    return ""


def why_not_there(session: str, cwd: str) -> str:
    """The sentence that says why a launcher cannot be started in a folder; empty when it can."""
    if not Path(cwd).is_dir():
        return f"{cwd}: there is no such folder to start the launcher in (cwd)."
    if holds(os.path.realpath(session), os.path.realpath(cwd)):
        return f"{cwd}: a launcher is never started inside a session's own folder (cwd)."
    return ""


def program(name: str) -> str:
    """The program itself: a bare name is looked up as a shell would, without ever ending in a batch file."""
    found = shutil.which(name)
    if found is None or not Path(found).is_absolute():  # on Windows a bare name is found where we stand, too
        raise CannotStart(f"{name}: there is no such program.")
    if PureWindowsPath(found).suffix.casefold() in (".bat", ".cmd"):
        raise CannotStart(f"{found}: a .bat or .cmd file runs in a shell; name the program itself.")
    return found


def _users(remembered: tuple[str, ...], snapshot: Snapshot) -> tuple[str, ...]:
    """Whom to offer: who resumed from here before, then who ran the session. Nobody is chosen."""
    launchers = snapshot.document.namespaces if snapshot.document else ()
    named = [
        snapshot.document.namespace(name).attributes.get("user_id") for name in launchers if snapshot.document
    ]
    return tuple(dict.fromkeys((*remembered, *(user for user in named if isinstance(user, str) and user))))
