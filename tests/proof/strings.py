"""A suite: hostile texts in every place of the window that shows text.

One idea: a child process builds the real window with such a text in one place after another; that it hangs,
dies, guesses markup, takes an ampersand for a letter or opens what a text names is seen from outside. A
picture that is named leads to a pipe that nobody writes into: whoever opened it would hang.

Not for: names and values that could be started or imported (`tests/hostile`).
"""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tests.proof.suite import Outcome, Suite

CHECKOUT = Path(__file__).resolve().parents[2]
PROGRAM = "tests.proof.string_sinks"
TRAP = "trap"
HANG = 60.0
"""Seconds after which a try counts as hung; a text of 10 MB has to be built and painted, too."""
START = 120.0
"""Seconds that a child has until its first try, whatever a try has."""


def run(rounds: int, directory: Path, program: str = PROGRAM, hang: float = HANG) -> Outcome:
    """So many tries (a text in a place), spread over all; all of them if there are no more."""
    if not hasattr(os, "mkfifo"):
        return Outcome(0, lacking="named pipes, which Windows has not as files")
    os.mkfifo(directory / TRAP)
    seen = Seen()
    first: int | None = 0
    while first is not None:
        first = _child(seen, [program, str(directory), str(rounds), str(first)], directory, hang)
    details = (
        f"texts {len(seen.texts)}, places {len(seen.places)}, slowest {seen.slowest:.2f} s ({seen.slow})"
    )
    return Outcome(seen.count, tuple(seen.violations), details)


@dataclass
class Seen:
    """What children told so far."""

    count: int = 0
    slowest: float = 0.0
    slow: str = ""
    violations: list[str] = field(default_factory=list)
    texts: Counter[str] = field(default_factory=Counter)
    places: Counter[str] = field(default_factory=Counter)

    def begin(self, what: str) -> None:
        """A try began."""
        self.count += 1
        text, _, place = what.rpartition(", in ")
        self.texts[text] += 1
        self.places[place] += 1

    def end(self, what: str, seconds: float, found: list[str]) -> None:
        """It ended, after so long, and with that."""
        self.violations += [f"{what}: {sentence}" for sentence in found]
        if seconds > self.slowest:
            self.slowest, self.slow = seconds, what


def _child(seen: Seen, command: list[str], directory: Path, hang: float) -> int | None:
    """Run one child as far as it comes; with which try the next one has to begin, None when all are done."""
    variables = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "RIGSTATE_CONFIG_DIR": str(directory)}
    with subprocess.Popen(
        [sys.executable, "-m", *command],
        cwd=CHECKOUT,
        env=variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
    ) as process:
        lines: queue.Queue[str] = queue.Queue()
        reader = threading.Thread(target=_read, args=(process, lines))
        reader.start()
        began, what = -1, "its start"
        try:
            while line := lines.get(timeout=hang if began >= 0 else START):
                said = json.loads(line)
                if said[0] == "try":
                    began, what = said[1], said[2]
                    seen.begin(what)
                else:
                    seen.end(what, said[1], said[2])
        except queue.Empty:
            seen.violations.append(f"{what}: it hung for {hang:g} seconds")
        process.kill() if process.poll() is None and not lines.empty() else None
        return _ended(process, reader, seen, began, what, hang)


def _ended(
    process: subprocess.Popen[str], reader: threading.Thread, seen: Seen, began: int, what: str, hang: float
) -> int | None:
    """Whether it died in a try; then the next child goes on after that."""
    hung = bool(seen.violations) and seen.violations[-1].endswith(f"hung for {hang:g} seconds")
    if hung:
        process.kill()
    errors = process.stderr.read() if process.stderr else ""
    code = process.wait()
    reader.join()
    if code == 0:
        return None
    if not hung:
        last = (errors.strip().splitlines() or ["it said nothing"])[-1]
        seen.violations.append(f"{what}: it died with {code}, {last}")
    return began + 1 if began >= 0 else None


def _read(process: subprocess.Popen[str], lines: queue.Queue[str]) -> None:
    """Every line that it says, and "" at the end."""
    for line in process.stdout or ():
        lines.put(line)
    lines.put("")


SUITE = Suite(
    name="strings",
    how=(
        "put markup that nests, loads and grows, control and bidi characters, half characters, formulas,"
        " format strings, escapes of terminals, mnemonics and texts of 10 MB into every place of the real"
        " window, in a process of its own, paint it, in light or dark, and show its tips: nothing hangs or"
        " dies, nothing is guessed to be markup, nothing that a text names is opened"
    ),
    unit="texts in places",
    full=10_000,
    short=12,
    run=run,
)
