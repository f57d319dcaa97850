"""The launchers of the suite that resumes: real programs, `python -m tests.proof.trials SHAPE PARAMETERS`.

One idea: two launchers that count trials, one of our own base, one over a base of the field. Each says aloud
what it was started with, what a checkpoint acknowledged, and which process it runs, so that whoever kills it
knows what it had promised. A state says by itself whether it is wholly of one trial (`tests.proof.rig`).

Not for: killing (`tests.proof.resume`).
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from typing import Any

from persistence import BaseLauncher
from tests.persistence.openscope import TASK, Counting
from tests.proof.rig import readings

MADE, STARTED, SAVED, PROCESS = "made", "started", "saved", "process"
"""The words that the lines begin with; a number follows. Between the first two a saved state is loaded."""


class Trials:
    """What both do at each trial."""

    step: int
    readings: str
    checkpoint: Callable[[], bool]

    def begin(self) -> None:
        """The state of a launcher that was not resumed."""
        self.step, self.readings = 0, readings(0)
        say(MADE, self.step)

    def trial(self) -> None:
        """One further; the checkpoint is acknowledged aloud."""
        self.step += 1
        self.readings = readings(self.step)
        if self.checkpoint():
            say(SAVED, self.step)

    def experiment(self, parameters: dict[str, Any]) -> subprocess.Popen[str]:
        """A process that prints trials, and ends when nobody reads them any more."""
        say(STARTED, self.step)
        arguments = [str(parameters.get(name, 0)) for name in ("trials", "pause", "code")]
        command = [sys.executable, "-c", TASK, *arguments]
        made = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        say(PROCESS, made.pid)
        return made


class Own(Trials, BaseLauncher):
    """On our own base: trials are heard line by line."""

    def __init__(self, param_file: str | None = None, rig_config_path: str | None = None) -> None:
        super().__init__(param_file, rig_config_path)
        self.begin()

    def create_process(self) -> subprocess.Popen[str]:
        """Say what it is started with."""
        return self.experiment(self.params)

    def handle_output(self, line: str) -> None:
        """A trial."""
        if line.startswith("trial "):
            self.trial()


class Foreign(Trials, Counting):
    """Over a base of the field: trials are counted while it waits for its process."""

    def __init__(self, param_file: str | None = None, rig_config_path: str | None = None) -> None:
        super().__init__(param_file, rig_config_path)
        self.begin()

    def create_process(self) -> subprocess.Popen[str]:
        """Say what it is started with."""
        return self.experiment(self.params)

    def after_trial(self) -> None:
        """A trial."""
        self.trial()


SHAPES: dict[str, type[Own] | type[Foreign]] = {"own": Own, "foreign": Foreign}


def say(word: str, number: int) -> None:
    """One line, at once."""
    sys.stdout.write(f"{word} {number}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(0 if SHAPES[sys.argv[1]].run_from_params(sys.argv[2]) else 1)
