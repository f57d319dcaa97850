"""A folder that is watched, and the rooms that watch it, in a process that can be stopped and limited.

One idea: what is made and changed in a world is noted there, so that whether the list is true is asked again
and again, until it is, or for too long. Not for what happens in it (`tests.proof.watch_truth`).
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from tests.syntax import PROJECT

TRUE_WITHIN = 10.0
BEGUN_WITHIN = 60.0
"""Seconds for a list to be true for the first time."""

Said = dict[str, object]
Condition = Callable[[Said], bool]


class Liar(Exception):
    """The list is not true; the sentence says in what."""


class Process:
    """Rooms in a process of their own."""

    def __init__(self, options: Sequence[str], log: Path) -> None:
        self._log = log
        with log.open("w") as errors:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.proof.rooms", *options],
                cwd=PROJECT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )
        self.lacking: str | None = None

    def is_lacking(self) -> str:
        """What this machine lacks for it; waits for its beginning."""
        if self.lacking is None:
            self.lacking = str(self._line()["lacking"])
        return self.lacking

    def ask(self, *words: str) -> Said:
        """Say a line, and return the answer."""
        stdin = _open(self._process.stdin)
        stdin.write(" ".join(words) + "\n")
        stdin.flush()
        return self._line()

    @contextlib.contextmanager
    def stopped(self) -> Iterator[None]:
        """It hears nothing meanwhile, and what happens piles up.

        The signal goes to one thread, which stops the others once it has a turn; until then they go on. So it
        is waited for the system's word that all of them stand still.
        """
        self._process.send_signal(signal.SIGSTOP)
        os.waitid(os.P_PID, self._process.pid, os.WSTOPPED | os.WEXITED | os.WNOWAIT)
        try:
            yield
        finally:
            self._process.send_signal(signal.SIGCONT)

    def threads(self) -> list[str]:
        """In what state the system says each of its threads is: "T" is stopped. Of Linux."""
        stats = Path(f"/proc/{self._process.pid}/task").glob("*/stat")
        return [stat.read_text().rpartition(") ")[2][0] for stat in stats]

    def end(self) -> str:
        """End it; returns what was wrong with that, or with anything before."""
        _open(self._process.stdin).close()
        try:
            code = self._process.wait(TRUE_WITHIN)
        except subprocess.TimeoutExpired:
            self._process.kill()
            code = self._process.wait()
        _open(self._process.stdout).close()
        warnings = self._log.read_text()
        return f"the rooms ended by {code}, and said: {warnings}" if code or warnings else ""

    def _line(self) -> Said:
        line = _open(self._process.stdout).readline()
        if not line:
            raise Liar("the rooms ended by themselves")
        answer: Said = json.loads(line)
        return answer


def _open(pipe: IO[str] | None) -> IO[str]:
    assert pipe is not None
    return pipe


@dataclass
class World:
    """A folder that is watched, and the rooms that watch it."""

    root: Path
    process: Process
    chance: random.Random
    template: str
    burst: int
    counts: Counter[str]
    made: int = 0
    slowest: float = 0.0
    sessions: list[Path] = field(default_factory=list)

    def watch(self, how: str = "events", sessions: int = 4) -> None:
        """Begin, with a few sessions, and wait until all is known and nobody looks at the whole any more:
        what comes now is heard or it is not listed.
        """
        self.root.mkdir()
        for _ in range(sessions):
            self.make()
        self.process.ask(how, str(self.root))
        self.wait_for_truth(
            lambda said: bool(said["checked"] and (said["live"] or said["note"]) and not said["looking"]),
            BEGUN_WITHIN,
        )

    def make(self, subject: str = "") -> Path:
        """A new session of a subject, as a launcher saves it."""
        self.made += 1
        session = self.root / (subject or f"mouse{self.chance.randrange(4)}") / f"session{self.made:05}"
        session.mkdir(parents=True)
        self.save(session)
        self.sessions.append(session)
        return session

    def save(self, session: Path) -> None:
        """Another state, of another size."""
        text = self.template.replace("15", str(self.chance.randrange(10 ** self.chance.randrange(1, 9))), 1)
        staged = session / ".new"
        staged.write_text(text)
        staged.rename(session / "session_state.json")

    def change(self, times: int = 8) -> None:
        """Some of everything that happens to sessions."""
        for _ in range(times):
            self.chance.choice((self.make, self._save_one, self._remove_one, self._move_one))()

    def _one(self) -> Path:
        self.sessions = [session for session in self.sessions if session.is_dir()] or [self.make()]
        return self.chance.choice(self.sessions)

    def _save_one(self) -> None:
        self.save(self._one())

    def _remove_one(self) -> None:
        shutil.rmtree(self._one())

    def _move_one(self) -> None:
        self.made += 1
        session = self._one()
        place = self.chance.choice((session, session.parent))  # with all that is below it
        target = self.root / f"moved{self.made}" / place.name
        target.parent.mkdir()
        place.rename(target)
        self.sessions += [one.parent for one in target.rglob("session_state.json")]

    def wait_for_truth(self, condition: Condition = lambda _: True, within: float = 0) -> Said:
        """Until the list is what is on the disk, and the condition holds.

        Raises Liar after so many seconds (0: ten).
        """
        began, within = time.monotonic(), within or TRUE_WITHIN
        while True:
            said = self.process.ask("truth", str(self.root))
            took = time.monotonic() - began
            if said["errors"]:
                raise Liar(f"an exception that nobody caught: {said['errors']}")
            if not said["differs"] and condition(said):
                self.slowest = max(self.slowest, took)
                return said
            if took > within:
                raise Liar(f"after {took:.0f} s: {said['differs'] or said}")
            time.sleep(0.02)
