"""One started launcher: its process, what it prints, what it reports, how it ends.

One idea: the process is nobody's child in earnest. It has its own session and its output goes to a file, so
that closing the window, or its death, never ends an experiment; what is seen here is read from files and
asked now and then (`look`), by the window that started it and by every later one. Whether the saved state was
really loaded is said by the launcher's own report, or loudly not said.

Not for choosing what to start (see `resume`).
"""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

from app.program import among_strangers
from app.resume_exchange import Run, RunState
from app.runs.console_key import let_hear
from app.runs.output_text import OutputFile
from app.runs.process_group import ProcessGroup
from app.runs.run_files import OUTPUT
from app.runs.run_report import UNCONFIRMED, RunReport, read_report
from app.runs.stopping import Stopping
from app.session import last_part
from persistence.files.running import read_running
from persistence.launching.run_record import REPORT, RunRecord, begun_at
from persistence.scan import summarize
from persistence.sessions.moments import moment_in
from persistence.sessions.summary import Summary

FOUND_BEHIND = 1 << 18
"""Bytes of the output of a run that is found again which are read."""
WAITING = "Waiting for the launcher to say that it loaded the saved state."
_JUST_COMPLETED = "It completed before the stop reached it."
_UNKNOWN = -(1 << 31)  # how a process ended that is not our child
_OVER: tuple[RunState, ...] = ("ended", "failed", "stopped")
_BADLY = {"failed": "The run failed.", "interrupted": "The run was interrupted."}


def start(
    command: Sequence[str], *, cwd: str, environment: Mapping[str, str], output: Path
) -> subprocess.Popen[bytes]:
    """Start a command, detached, its output in a file. An argument list, never a shell. Raises OSError."""
    let_hear()
    with output.open("wb") as log, among_strangers():
        return subprocess.Popen(
            list(command),
            cwd=cwd,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            **_detached(),
        )


def _detached() -> dict[str, Any]:
    """In a session of its own; on Windows with a console of its own that nobody sees, because keys need one.

    Not in a new group there: Windows makes those deaf to Ctrl+C, and all that they start.
    """
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NO_WINDOW}
    return {"start_new_session": True}


class Life(Protocol):
    """How one asks whether a run still lives."""

    def ended(self) -> int | None:
        """The exit code; None while it lives."""

    def let_go(self) -> None:
        """Nobody asks any more."""


class Child:
    """The life of a process that this window started."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process

    def ended(self) -> int | None:
        """The exit code; None while it lives."""
        return self._process.poll()

    def let_go(self) -> None:
        """Forget the process without waiting for it: it goes on, and this program is about to end."""
        if self._process.returncode is None:
            # Popen warns of a child that still runs when it is forgotten; here that is the purpose.
            self._process.returncode = 0


class Stranger:
    """The life of a run that an earlier window started, by its processes or the lock of its launcher."""

    def __init__(self, record: RunRecord, group: ProcessGroup, folder: Path) -> None:
        self._record = record
        self._group = group
        self._folder = folder

    def ended(self) -> int | None:
        """None while it lives; how it ended is not known."""
        return None if self._group.alive or self._holds_lock() else _UNKNOWN

    def let_go(self) -> None:
        """Nothing is held."""

    def _holds_lock(self) -> bool:
        report = read_report(self._folder / REPORT)
        if report is None or not report.pid:
            return False
        places = (report.session, self._record.directory)
        found = (read_running(place) for place in places if place)
        return any(one is not None and one.pid == report.pid for one in found)


class StartedRun:
    """A launcher that was started from a window. `look` reads what is new; times are seconds of a monotonic
    clock.
    """

    def __init__(
        self, record: RunRecord, folder: Path, life: Life, group: ProcessGroup, *,
        confirm_by: float, found: bool = False,
    ) -> None:  # fmt: skip
        """`folder` is where all of the run is kept; `found`: an earlier window started it."""
        self.run = Run(
            record.key, record.directory, last_part(record.directory), "starting",
            note=WAITING, pid=record.pid, command=record.command, earlier=found, user=record.user,
            started=begun_at(record.key),
        )  # fmt: skip
        self._life = life
        self._group = group
        self._output = OutputFile(folder / OUTPUT, **({"behind": FOUND_BEHIND} if found else {}))
        self._report_file = folder / REPORT
        self._report: RunReport | None = None
        self._confirm_by = confirm_by
        self._stopping: Stopping | None = None

    @property
    def over(self) -> bool:
        """True when the process has ended and everything was told."""
        return self.run.state in _OVER

    def look(self, now: float) -> str:
        """Bring `run` up to date, and return what was printed since the last look."""
        code = self._life.ended()
        text = self._output.look(final=code is not None)
        if self._report is None or not self._report.session:
            self._report = read_report(self._report_file) or self._report
        if code is None or self._output.at_end:
            self.run = self._standing(code, now)
        return text

    def as_recorded(self, record: RunRecord) -> Run:
        """The run as the last window to see it has written down, or as the last look found it."""
        state = next((known for known in _OVER if known == record.state), None)
        if state is None:
            return self.run
        self._report = read_report(self._report_file)
        return replace(self._told(), state=state, note=record.note)

    def stop(self, now: float) -> None:
        """Ask the launcher to end, as Ctrl+C does; asked again, it is ended at once."""
        if self._stopping is None:
            self._stopping = Stopping(self._group, now)
        else:
            self._stopping.hurry(now)
        self.run = self._stopped_soon(self._stopping, now)

    def _stopped_soon(self, stopping: Stopping, now: float) -> Run:
        return replace(self._told(), state="stopping", note=stopping.look(now))

    def let_go(self) -> None:
        """Follow it no longer; it goes on."""
        self._life.let_go()

    def _standing(self, code: int | None, now: float) -> Run:
        report, run = self._report, self._told()
        said = report.sentence if report else UNCONFIRMED
        if code is not None:
            return self._ended(run, said, code)
        if self._stopping is not None:
            return self._stopped_soon(self._stopping, now)
        if report is not None:
            return replace(run, state="running", note=said)
        if now >= self._confirm_by:
            return replace(run, state="running", note=said, unconfirmed=True)
        return run

    def _told(self) -> Run:
        report = self._report
        return replace(
            self.run,
            session=report.session if report else "",
            loaded=report.attributes if report else (),
            refused=report is not None and not report.ok,
        )

    def _ended(self, run: Run, said: str, code: int) -> Run:
        if self._stopping is not None and _completed(run):
            return replace(run, state="ended", note=f"{said} {_JUST_COMPLETED}")
        if self._stopping is not None:
            return replace(run, state="stopped", note=f"{said} It was stopped.")
        well = self._report is not None and self._report.ok
        if code == _UNKNOWN:
            how = _outcome_of(run.session)
            well, ending = well and not how, f"{how} It has ended.".strip()
        else:
            well, ending = well and code == 0, _ending(code)
        return replace(run, state="ended" if well else "failed", note=f"{said} {ending}")


def _outcome_of(session: str) -> str:
    """How the session of a run that is not our child says that it ended; empty where it ended well."""
    summary = _left(session)
    return _BADLY.get(summary.outcome or "", "") if summary is not None else ""


def _completed(run: Run) -> bool:
    """Whether a run has saved that it completed, whatever was asked of it then; what an earlier one has
    saved in the same session says nothing of it.
    """
    summary = _left(run.session)
    if summary is None or summary.outcome != "completed":
        return False
    saved, began = moment_in(summary.saved_at or ""), moment_in(run.started)
    return saved is not None and began is not None and saved >= began


def _left(session: str) -> Summary | None:
    """What there is of the session that a run has made."""
    return summarize(Path(session), Path(session)) if session else None


def _ending(code: int) -> str:
    if code == 0:
        return "It has ended."
    if code < 0 and os.name == "posix":
        return f"It was ended by signal {-code}."
    return f"It ended with code {code}."
