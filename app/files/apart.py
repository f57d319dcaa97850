"""Asking another process what a large session says, so that the window does not stand still.

One idea: who waits for a process holds no lock that anybody else wants. When nobody wants the answer any
more the process is ended; when it cannot be had, there is none, and whoever asked reads by himself. Its start
may take long as well, where the disk does not answer or a guard looks through all that is started: a thread
waits for both, which is left behind with a start that hangs.

Never used on the GUI thread. Not for what is read (`judge`).
"""

from __future__ import annotations

import subprocess
import tempfile
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress

from app.files.judge import Verdict, loaded
from app.program import NO_WINDOW, python

LOOK_SECONDS = 0.05
"""Between two looks whether the answer is still wanted."""

ENDING_SECONDS = 1.0
"""For a program that was killed. One that waits for a disk that does not answer ends when that does."""


class NotWanted(Exception):
    """Nobody waits for the answer any more."""


def ask(
    directory: str, limit: int, wanted: Callable[[], bool] = lambda: True, *, lay_out: bool = False
) -> Verdict | None:
    """What another process says of a session, None where it says nothing. Raises NotWanted."""
    how = ["lay-out"] if lay_out else []
    asked = _Asked([python(), "-P", "-m", "app.files.judge", directory, str(limit), *how])
    try:
        asked.start()
    except RuntimeError:  # the system has no more threads
        return None
    while True:
        asked.join(LOOK_SECONDS)
        if not asked.is_alive():
            return asked.verdict
        if not wanted():
            asked.leave()
            raise NotWanted


class _Asked(threading.Thread):
    """A program that is started, and answers, beside whoever asks."""

    def __init__(self, command: Sequence[str]) -> None:
        super().__init__(name="asking apart", daemon=True)  # one that hangs keeps no window from going
        self.verdict: Verdict | None = None
        self._command = command
        self._turn = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._left = False

    def leave(self) -> None:
        """Have the program end, as soon as it has begun; one that has is waited for a little."""
        with self._turn:
            self._left = True
            process = self._process
            if process is not None:
                process.kill()
        if process is not None:
            self.join(ENDING_SECONDS)

    def run(self) -> None:
        """Start it and take its answer, if it has one."""
        with suppress(OSError, ValueError, TypeError):  # it cannot be started, or says what it should not
            self.verdict = self._answer()

    def _answer(self) -> Verdict | None:
        with tempfile.TemporaryFile() as answer:
            process = subprocess.Popen(
                self._command,
                stdin=subprocess.DEVNULL,
                stdout=answer,
                stderr=subprocess.DEVNULL,
                creationflags=NO_WINDOW,
            )
            with process:
                self._begun(process)
            if process.returncode != 0:
                return None
            answer.seek(0)
            return loaded(answer.read())

    def _begun(self, process: subprocess.Popen[bytes]) -> None:
        with self._turn:
            self._process = process
            if self._left:
                process.kill()
