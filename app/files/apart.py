"""Asking another process what a large session says, so that the window does not stand still.

One idea: who waits for a process holds no lock that anybody else wants. When nobody wants the answer any
more the process is ended; when it cannot be had, there is none, and whoever asked reads by himself.

Never used on the GUI thread. Not for what is read (`judge`).
"""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Callable

from app.files.judge import Verdict, loaded
from app.program import NO_WINDOW, python

LOOK_SECONDS = 0.05
"""Between two looks whether the answer is still wanted."""


class NotWanted(Exception):
    """Nobody waits for the answer any more."""


def ask(
    directory: str, limit: int, wanted: Callable[[], bool] = lambda: True, *, lay_out: bool = False
) -> Verdict | None:
    """What another process says of a session, None where it says nothing. Raises NotWanted."""
    how = ["lay-out"] if lay_out else []
    command = [python(), "-P", "-m", "app.files.judge", directory, str(limit), *how]
    with tempfile.TemporaryFile() as answer:
        try:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=answer,
                stderr=subprocess.DEVNULL,
                creationflags=NO_WINDOW,
            )
        except OSError:
            return None
        with process:
            code = _waited(process, wanted)
        if code != 0:
            return None
        answer.seek(0)
        try:
            return loaded(answer.read())
        except (ValueError, TypeError):
            return None


def _waited(process: subprocess.Popen[bytes], wanted: Callable[[], bool]) -> int:
    while True:
        try:
            return process.wait(LOOK_SECONDS)
        except subprocess.TimeoutExpired:
            if not wanted():
                process.kill()
                raise NotWanted from None
