"""One child process and everything that it starts: ended together, at the latest after a time limit.

One idea: whoever waits for foreign code waits no longer than agreed, and leaves nothing of it behind. The
child leads a group of its own; on Linux also what left the group is found, by a mark in its environment.
What the child prints is read all the time, so that it never waits for us, and only the end of it is kept.

Not for launchers that run an experiment: those must outlive whoever started them.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

KEPT = 8192
"""Bytes of the end of the output that are kept."""
_LOOK_EVERY = 0.02  # seconds
_AFTERMATH = 2.0  # seconds for what was killed to be gone


class ProcessTree:
    """Starts a command at once. An argument list, never a shell. `mark` names the variable of the mark."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], mark: str) -> None:
        """Raises OSError when it cannot be started."""
        self._mark = f"{mark}={secrets.token_hex(8)}"
        self._process: subprocess.Popen[bytes] = subprocess.Popen(
            list(command),
            env={**environment, mark: self._mark.partition("=")[2]},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            **_apart(),
        )
        self._printed: deque[bytes] = deque()
        self._reader = threading.Thread(target=self._read, name="rigstate-output", daemon=True)
        self.printed_bytes = 0
        self._reader.start()

    @property
    def printed(self) -> bytes:
        """The end of what was printed."""
        return b"".join(tuple(self._printed))[-KEPT:]

    def wait(self, seconds: float, stopped: threading.Event) -> bool:
        """Wait for the child to end, so many seconds or until `stopped` is set; True when it has ended."""
        until = time.monotonic() + seconds
        while not self._has_ended():
            if time.monotonic() > until or stopped.is_set():
                return False
            time.sleep(_LOOK_EVERY)
        return True

    def end(self) -> int:
        """End the child, if it has not, and all that it started; returns its exit code."""
        if os.name == "nt":
            _end_on_windows(self._process.pid)
        else:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)  # before the number is free for others
        code = self._process.wait()
        until = time.monotonic() + _AFTERMATH
        while (left := tuple(_marked(self._mark))) and time.monotonic() < until:
            for pid in left:
                with contextlib.suppress(OSError):
                    os.kill(pid, signal.SIGKILL)
            time.sleep(_LOOK_EVERY)
        self._reader.join(_AFTERMATH)  # longer only if somebody unseen has the other end of the pipe
        return code

    def _has_ended(self) -> bool:
        """Whether the child has ended. It is not reaped here: until it is, its group keeps its number."""
        if not hasattr(os, "waitid"):
            return self._process.poll() is not None
        return os.waitid(os.P_PID, self._process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None

    def _read(self) -> None:
        pipe = self._process.stdout
        with contextlib.suppress(OSError, ValueError):
            while pipe is not None and (data := os.read(pipe.fileno(), KEPT)):
                self.printed_bytes += len(data)
                self._printed.append(data)
                while sum(map(len, self._printed)) - len(self._printed[0]) > KEPT:
                    self._printed.popleft()
        if pipe is not None:
            pipe.close()


def end_gently(process: subprocess.Popen[bytes], grace: float) -> None:
    """End a process that leads a group of its own and ends what it started itself, if it is asked to.

    Waits for at most `grace` seconds before it ends it the hard way.
    """
    if os.name == "nt":  # where nobody can be asked
        _end_on_windows(process.pid)
    else:
        process.terminate()
    try:
        process.wait(grace)
    except subprocess.TimeoutExpired:
        if os.name != "nt":
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
        process.kill()
        process.wait()


def _apart() -> dict[str, Any]:
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW}
    return {"start_new_session": True}


def _marked(mark: str) -> Iterator[int]:
    """Processes with the mark in their environment; only Linux tells."""
    wanted = mark.encode()
    for place in Path("/proc").glob("[0-9]*/environ") if sys.platform == "linux" else ():
        try:
            environment = place.read_bytes()
        except OSError:  # gone, or of somebody else
            continue
        if wanted in environment.split(b"\0"):
            yield int(place.parent.name)


def _end_on_windows(pid: int) -> None:
    """The child and its children, which on Windows know their parents."""
    program = os.path.join(os.environ.get("SYSTEMROOT", "C:\\Windows"), "System32", "taskkill.exe")
    with contextlib.suppress(OSError, subprocess.TimeoutExpired):
        subprocess.run(
            [program, "/T", "/F", "/PID", str(pid)], capture_output=True, check=False, timeout=_AFTERMATH
        )
