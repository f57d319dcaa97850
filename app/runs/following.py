"""Follows started launchers: what they print, report, and how they end; and stops one where that is wanted.

One idea: a run is followed from its files and by its processes, whoever started it: a window that opens finds
the runs that still live, and those of the last month to be read. On a thread of its own, so that a share that
hangs a Resume sheet holds up no run, and no wish to stop one.

Not for starting (see `resume`).
"""

import time
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QTimer, Slot

from app.resume_exchange import Run
from app.runs.output_text import OutputFile
from app.runs.process_group import ProcessGroup
from app.runs.run import FOUND_BEHIND, StartedRun, Stranger
from app.runs.run_files import OUTPUT, records_in, remove_old
from app.settings import Places
from app.worker import Worker
from persistence.launching.run_record import RUNS, RunRecord, read_record, write_record

LOOK_MS = 100


@dataclass(frozen=True, slots=True)
class FindRuns:
    """Errand: find the runs that earlier windows started."""


@dataclass(frozen=True, slots=True)
class FindEnded:
    """Errand: find the runs that others have started and written down as over since the last time: those that
    were resumed on a command line.
    """


@dataclass(frozen=True, slots=True)
class Follow:
    """Errand: follow a run that was just started. It is nobody else's from here on."""

    started: StartedRun


@dataclass(frozen=True, slots=True)
class StopRun:
    """Errand: ask a run to end; asked again, it is ended at once."""

    key: str


@dataclass(frozen=True, slots=True)
class ReadOutput:
    """Errand: tell the end of what a run that is over has printed."""

    key: str


@dataclass(frozen=True, slots=True)
class Output:
    """Answer: a started launcher printed this."""

    key: str
    text: str


class Following(Worker):
    """Answers Run at each change, and Output."""

    def __init__(self, where: Places) -> None:
        super().__init__("following")
        self._runs_folder = runs_folder(where)
        self._runs: dict[str, StartedRun] = {}
        self._told: set[str] = set()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)

    def work(self, errand: object) -> None:
        match errand:
            case Follow(started):
                self._follow(started)
            case FindRuns():
                self._find()
            case FindEnded():
                self._find_ended()
            case StopRun(key):
                if key in self._runs:
                    self._runs[key].stop(time.monotonic())
                    self.answered.emit(self._runs[key].run)  # at once: it may be over with the next look
            case ReadOutput(key):
                self._read(key)

    def finish(self) -> None:
        """Let every launcher go on without us."""
        self._timer.stop()
        for started in self._runs.values():
            started.let_go()

    def _follow(self, started: StartedRun) -> None:
        self._runs[started.run.key] = started
        self._told.add(started.run.key)
        self._timer.start()
        self.answered.emit(started.run)

    def _find(self) -> None:
        """Those that live are followed; the others are told as they ended, and read when looked at."""
        for record in records_in(self._runs_folder, but=self._runs):
            started = self._found(record)
            if not record.state:
                started.look(time.monotonic())
            if record.state or started.over:
                self._tell_ended(record, started)
            else:
                self._follow(self._found(record))
        remove_old(self._runs_folder, datetime.now(), keep=frozenset(self._runs))

    def _find_ended(self) -> None:
        """What still lives is another window's to follow."""
        for record in records_in(self._runs_folder, but=self._told):
            if record.state:
                self._tell_ended(record, self._found(record))

    def _tell_ended(self, record: RunRecord, started: StartedRun) -> None:
        self._told.add(record.key)
        run = started.as_recorded(record)
        self.answered.emit(replace(run, found=True))
        self._note_end(run)

    def _found(self, record: RunRecord) -> StartedRun:
        folder = self._runs_folder / record.key
        group = ProcessGroup(record.key, record.pid, record.began)
        life = Stranger(record, group, folder)
        return StartedRun(record, folder, life, group, confirm_by=time.monotonic(), found=True)

    def _note_end(self, run: Run) -> None:
        """So that no later window has to find out how a run ended."""
        folder = self._runs_folder / run.key
        record = read_record(folder)
        if record is not None and not record.state:
            with suppress(OSError):
                write_record(folder, replace(record, state=run.state, note=run.note))

    def _read(self, key: str) -> None:
        output = OutputFile(self._runs_folder / Path(key).name / OUTPUT, behind=FOUND_BEHIND)
        while True:
            text = output.look(final=True)
            if text:
                self.answered.emit(Output(key, text))
            if output.at_end:
                return

    @Slot()
    def _look(self) -> None:
        for key, started in tuple(self._runs.items()):
            before = started.run
            if text := started.look(time.monotonic()):
                self.answered.emit(Output(key, text))
            if started.run != before:
                self.answered.emit(started.run)
            if started.over:
                del self._runs[key]
                self._note_end(started.run)
        if not self._runs:
            self._timer.stop()


def runs_folder(where: Places) -> Path:
    """Where the folders of all runs are."""
    return where.data / RUNS
