"""A suite: kill -9 a real launcher at random moments of its run, and resume it from what it left.

One idea: the launchers of two animals live through kill after kill, each started on what the one before it
left behind. What was acknowledged must be there, wholly, and be what the next one starts with; nothing else
that a killed run leaves (its marks, its report, its new session) may stand in the way.

Not for: kills within a commit, thousands of them (`tests.proof.kill`), or the window (`tests/test_loop.py`).
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from persistence import StateFile
from persistence.document import Namespace
from persistence.errors import NoStateFile, StateError
from persistence.files.running import read_running
from persistence.launching.resume_request import VARIABLE, ResumeRequest
from tests.proof.promises import kept_files
from tests.proof.rig import readings
from tests.proof.suite import Outcome, Suite
from tests.proof.trials import PROCESS, SAVED, SHAPES, STARTED

CHECKOUT = Path(__file__).resolve().parents[2]
TRIALS, PAUSE = 12, 0.01
MOMENTS = TRIALS + 4
"""Lines that a run says: that it was made, what it starts with, its process, its trials; and then its end."""
SPAN, START = 0.05, 0.5
"""Seconds within which the kill falls, at random, after such a line, and after the start of the program."""


def run(rounds: int, directory: Path) -> Outcome:
    """So many kills; then each animal's experiment is brought to its end."""
    if os.name == "nt":
        return Outcome(0, lacking="kill -9, which Windows does not have")
    chance = random.Random(0)
    lives = [Life(directory, shape) for shape in SHAPES]
    for number in range(rounds):
        life = lives[number % len(lives)]
        if not life.broken:
            life.run(moment_of(chance), chance.random())
    told = {what: sum(life.counts[what] for life in lives) for what in lives[0].counts}
    for life in lives:
        if not life.broken:
            life.run(None, 0.0)
    details = ", ".join(f"{what} {count}" for what, count in told.items())
    return Outcome(rounds, tuple(sentence for life in lives for sentence in life.broken), details)


def moment_of(chance: random.Random) -> int:
    """After how many lines: in a third of the kills before the first trial, when a saved state is loaded."""
    return chance.randrange(3) if chance.random() < 1 / 3 else chance.randrange(3, MOMENTS)


@dataclass
class Heard:
    """What one run said before it was killed."""

    started: int | None = None
    saved: int | None = None
    acknowledged: int = 0
    process: int = 0
    killed: bool = False

    def take(self, line: str) -> None:
        """Take down one line; what the base says beside is nothing to us."""
        word, _, number = line.strip().partition(" ")
        if word == STARTED:
            self.started = int(number)
        elif word == SAVED:
            self.saved = int(number)
            self.acknowledged += 1
        elif word == PROCESS:
            self.process = int(number)


@dataclass
class Life:
    """One animal: the session that its launcher is resumed from next, and what has to be in it."""

    directory: Path
    shape: str
    source: Path | None = None
    step: int = 0
    broken: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(
        default_factory=lambda: {
            "acknowledged checkpoints": 0,
            "resumed": 0,
            "killed before the saved state was loaded": 0,
            "killed between that and a checkpoint": 0,
            "killed after its end": 0,
        }
    )
    runs: int = 0

    def run(self, moment: int | None, chance: float) -> None:
        """One run, killed after so many lines (None: not at all), and all that must hold then."""
        self.runs += 1
        etag = StateFile(self.source).peek() if self.source else ""
        before = set(self.data.iterdir())
        heard = self._killed(moment, chance)
        made = set(self.data.iterdir()) - before
        session = made.pop() if made else None
        found = [*self._start(heard, etag), *self._left(session, heard, etag)]
        if heard.process:
            with suppress(ProcessLookupError):
                os.kill(heard.process, signal.SIGKILL)  # what it ran ends at its next line, or here
        self.broken = [f"{self.shape}, run {self.runs}: {sentence}" for sentence in found]
        self._count(heard)

    @property
    def data(self) -> Path:
        """Where the sessions of this animal are."""
        folder = self.directory / self.shape
        folder.mkdir(exist_ok=True)
        return folder

    @property
    def report(self) -> Path:
        """The launcher's own report of this run."""
        return self.directory / f"{self.shape}-{self.runs}.json"

    # --- one run ------------------------------------------------------------------------------------------

    def _killed(self, moment: int | None, chance: float) -> Heard:
        heard = Heard()
        with self._started() as process:
            assert process.stdout is not None
            for _ in range(moment if moment is not None else sys.maxsize):
                line = process.stdout.readline()
                if not line:
                    break
                heard.take(line)
            if moment is not None:
                time.sleep(chance * (SPAN if moment else START))
                process.kill()
            for line in process.stdout:
                heard.take(line)
            heard.killed = process.wait() == -signal.SIGKILL
        return heard

    def _started(self) -> subprocess.Popen[str]:
        parameters = {"output_root_folder": str(self.data), "subject_id": "m1", "user_id": "proof"}
        file = self.directory / f"{self.shape}.json"
        file.write_text(json.dumps({**parameters, "trials": TRIALS, "pause": PAUSE}), "utf-8")
        path = os.pathsep.join(filter(None, (str(CHECKOUT), os.environ.get("PYTHONPATH"))))
        environment = {**os.environ, "PYTHONPATH": path, "RIGSTATE_CONFIG_DIR": str(self.directory)}
        if self.source:
            request = ResumeRequest(
                str(self.source), etag=StateFile(self.source).peek(), report=str(self.report)
            )
            environment[VARIABLE] = request.as_text()
        return subprocess.Popen(
            [sys.executable, "-m", "tests.proof.trials", self.shape, str(file)],
            cwd=self.directory,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    # --- what must hold -----------------------------------------------------------------------------------

    def _start(self, heard: Heard, etag: str) -> Iterator[str]:
        """It began with what was left, said so, and changed nothing of it."""
        if heard.started is not None and heard.started != self.step:
            yield f"it started with trial {heard.started}, and {self.step} was there"
        if heard.started is None and not heard.killed:
            yield "it did not start"
        if self.source is None:
            return
        told = _told(self.report)
        if told is None and heard.started is not None:
            yield "it started, and reported nothing"
        if told is not None and (not told.get("ok") or told.get("etag") != etag):
            yield f"its report says {told.get('error') or told}"
        if StateFile(self.source).peek() != etag:
            yield "the session that it was resumed from was changed"
        if read_running(self.source):
            yield "the session that it was resumed from counts as running"

    def _left(self, session: Path | None, heard: Heard, etag: str) -> Iterator[str]:
        """What it acknowledged is there; from that, or else from the same as before, goes the next one."""
        if session is None:
            if heard.saved is not None:
                yield f"trial {heard.saved} was acknowledged, and there is no session"
            return
        if read_running(session):
            yield "its session counts as running"
        yield from kept_files(session)
        try:
            state = _state_in(session)
        except (StateError, ValueError) as error:
            yield f"its state cannot be used: {error}"
            return
        if state is None:
            if heard.saved is not None:
                yield f"trial {heard.saved} was acknowledged, and nothing is saved"
            return
        yield from self._whole(state, heard, etag)
        self.source = session

    def _whole(self, state: Namespace, heard: Heard, etag: str) -> Iterator[str]:
        step = state.attributes.get("step")
        if not isinstance(step, int) or state.attributes.get("readings") != readings(step):
            yield f"the state is not wholly of trial {step}"
            return
        acknowledged = heard.saved if heard.saved is not None else self.step
        if step not in (acknowledged, acknowledged + 1):
            yield f"the state is of trial {step}, and {acknowledged} was acknowledged"
        expected = {"path": str(self.source), "etag": etag} if self.source else None
        if state.resumed_from != expected:
            yield f"it says that it was resumed from {state.resumed_from}, and it was from {expected}"
        if not heard.killed and (state.outcome, step) != ("completed", self.step + TRIALS):
            yield f"a run that nobody killed left trial {step}, {state.outcome}"
        self.step = step

    def _count(self, heard: Heard) -> None:
        self.counts["acknowledged checkpoints"] += heard.acknowledged
        self.counts["resumed"] += self.runs > 1 and heard.started is not None
        self.counts["killed before the saved state was loaded"] += heard.started is None
        self.counts["killed between that and a checkpoint"] += (
            heard.started is not None and heard.saved is None
        )
        self.counts["killed after its end"] += not heard.killed


def _told(report: Path) -> dict[str, Any] | None:
    """The launcher's report; an empty one where it is torn."""
    if not report.exists():
        return None
    try:
        found = json.loads(report.read_bytes())
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _state_in(session: Path) -> Namespace | None:
    """What is saved there, None for nothing. Raises StateError, and ValueError for the states of several."""
    try:
        document = StateFile(session).read().document
    except NoStateFile:
        return None
    (name,) = document.namespaces
    return document.namespace(name)


SUITE = Suite(
    name="resume",
    how=(
        "kill -9 a real launcher, of our own base and over one of the field, at a random moment of its run,"
        " from the start of its program to its end, and start it again on what it left: it begins with the"
        " last trial that was acknowledged, or with one that was about to be, wholly, says so in its report,"
        " and nothing that the killed one left stands in its way"
    ),
    unit="kills",
    full=100,
    short=4,
    run=run,
)
