"""What the launchers of the demo rig share: they start the task, count its trials, say what they start with.

The one idea: a launcher that resumes says in its own output which values it really has, so that nobody
needs to take the window's word for it. What happens on a rig is a parameter here, so that the demo can
show it: the rig is off (`rig_is_off`); at a trial, the state is saved (`checkpoint_at`), the task breaks
(`break_at`), goes on without an end (`hold_at`), the operator stops it (`interrupt_at`), the computer dies
(`die_at`); after the run, data are copied for a while (`archive_seconds`). A rig may have a clock of its own
(`--at`), which goes on with each trial: then two runs of the demo say the same.
"""

from __future__ import annotations

import argparse
import contextlib
import logging
import os
import reprlib
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from persistence import BaseLauncher
from persistence.launching.remembered import remembered

CODE = Path(__file__).resolve().parents[2]
SESSION_LINE = "session directory: "
TRIAL = timedelta(seconds=100)  # by the clock of a simulated rig
shorten = reprlib.Repr()
shorten.maxstring = shorten.maxother = 100


class RigLauncher(BaseLauncher):
    """Runs the task as parameters say: `trials`, `seconds` (of the whole task), and what goes wrong."""

    def __init__(self, param_file: str | None = None, rig_config_path: str | None = None) -> None:
        super().__init__(param_file, rig_config_path)
        self.experiment_phase = "habituation"
        self.trial_count = 0
        self._seconds: float | None = None
        self._trials_of_run = 0

    def create_process(self) -> subprocess.Popen[str]:
        """The task, going on where this launcher stands.

        Raises ConnectionError when the rig is off: such a run ends before it began, and saves nothing.
        """
        print(f"{SESSION_LINE}{self.output_session_folder}", flush=True)
        if self.params.get("rig_is_off"):
            raise ConnectionError("the reward controller does not answer on COM3")
        for name, value in self.get_persistent_attributes().items():
            print(f"starting with {name} = {shorten.repr(value)}", flush=True)
        command = [sys.executable, "-m", "resources.demo.task", *self._options_of_task()]
        with _deaf_to_ctrl_c():
            return subprocess.Popen(
                command, cwd=CODE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
            )

    def hurry(self, seconds: float | None) -> None:
        """Let the task of this run take so long, whatever its parameters say; None leaves it to them."""
        self._seconds = seconds

    def begin_at(self, moment: datetime) -> None:
        """Let the rig's clock stand at `moment` (local, naive) until the first trial."""
        remembered(self).clock = lambda: moment + self._trials_of_run * TRIAL

    @property
    def now(self) -> datetime:
        """By the rig's clock; local, naive."""
        return remembered(self).clock()

    def run(self) -> bool:
        """The run, and what comes after it while the session still counts as finishing."""
        done = super().run()
        time.sleep(self.params.get("archive_seconds", 0))
        return done

    def _options_of_task(self) -> list[str]:
        numbers = {"first": self.trial_count + 1, "trials": self.params.get("trials", 5)}
        numbers["seconds"] = self.params.get("seconds", 5) if self._seconds is None else self._seconds
        if self.trial_count == 0:  # what broke once has been repaired when somebody resumes
            numbers["break_at"] = self.params.get("break_at", 0)
        numbers["hold_at"] = self.params.get("hold_at", 0)
        return [part for name, number in numbers.items() for part in (f"--{name}", str(number))]

    def handle_output(self, line: str) -> None:
        """Called with each line of the task."""
        if not line.startswith("trial "):
            return
        self.trial_count += 1
        self._trials_of_run += 1
        self.experiment_phase = "data_collection"
        if self.trial_count == self.params.get("checkpoint_at"):
            self.checkpoint()
        if self.trial_count == self.params.get("interrupt_at"):
            signal.raise_signal(signal.SIGINT)
        if self.trial_count == self.params.get("die_at"):
            self.checkpoint()
            os._exit(1)


@contextlib.contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """A program started here leaves Ctrl+C, which goes to all of a run, to the launcher, which ends it.

    Else it would print half a traceback before it is ended, and that reads like a crash. Windows has no such
    mask, nor prints one: Ctrl+Break ends a program without a word.
    """
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class Camera:
    """A device of the rig while it is open: neither a plain value, nor one that a handler could save."""


def run(launcher_class: type[RigLauncher], arguments: Sequence[str] | None = None) -> int:
    """The command line of every demo launcher; 1 when the run failed."""
    parser = argparse.ArgumentParser(description=f"Run {launcher_class.__name__} of the demo rig.")
    parser.add_argument("--param_file", help="JSON, as BaseLauncher reads it")
    parser.add_argument("--seconds", type=float, help="how long the task takes, whatever the file says")
    parser.add_argument("--wait", type=float, default=0.0, metavar="SECONDS", help="before the run begins")
    parser.add_argument("--at", type=datetime.fromisoformat, metavar="TIME", help="by the rig's own clock")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stdout)
    time.sleep(options.wait)
    launcher = launcher_class(options.param_file)
    launcher.hurry(options.seconds)
    if options.at:
        launcher.begin_at(options.at)
    return 0 if launcher.run() else 1
