"""The processes of one started launcher: whether they live, and how they are ended, gently or firmly.

One idea: a number of a process may be another's tomorrow, so nothing is signalled that is not known to be
ours: on Linux by a mark that all of them inherit, elsewhere by the time at which the first of them began.
Gently is what Ctrl+C does, which launchers are made for; firmly leaves none of them.

Not for when that is done (see `stopping`).
"""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from app.program import python
from app.runs.console_key import Key

VARIABLE = "RIGSTATE_RUN"
"""In the environment of everything that a run starts: the key of the run."""
_PATIENCE = 5.0  # seconds for a program of the system
RunCommand = Callable[[Sequence[str]], str]


def run_program(command: Sequence[str]) -> str:
    """What a program of the system says; nothing where it fails or takes too long."""
    with contextlib.suppress(OSError, subprocess.TimeoutExpired):
        done = subprocess.run(
            list(command), capture_output=True, text=True, check=False, timeout=_PATIENCE,
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
        return done.stdout.strip()
    return ""


class ProcessGroup:
    """All processes of the run `key`; `leader` is the first of them, and leads their group."""

    def __init__(
        self, key: str, leader: int, began: str, *, system: str = sys.platform, run: RunCommand = run_program
    ) -> None:
        """`began` is what `began_at` said of the leader when it was started; empty where it said nothing."""
        self._mark = f"{VARIABLE}={key}"
        self._leader = leader
        self._began = began
        self._system = system
        self._run = run

    @property
    def alive(self) -> bool:
        """Whether any of them lives, as far as this system tells."""
        return self._leads() or any(True for _ in self._marked())

    def ask(self) -> None:
        """Ask them to end, by Ctrl+C."""
        if self._system == "win32":
            self._press("c")
        else:
            self._signal(signal.SIGINT)

    def press(self) -> None:
        """Ask them once more, by the signal for it; on Windows by Ctrl+Break, which ends most at once."""
        if self._system == "win32":
            self._press("break")
        else:
            self._signal(signal.SIGTERM)

    def kill(self) -> None:
        """End all of them, those that left the group included, where that can be found out."""
        if self._system == "win32":
            if self._leads():
                self._run((_taskkill(), "/T", "/F", "/PID", str(self._leader)))
            return
        self._signal(signal.SIGKILL)
        for pid in tuple(self._marked()):
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGKILL)

    # --- within ---------------------------------------------------------------------------------------------

    def _press(self, key: Key) -> None:
        """A key of the console that they share, on Windows."""
        if self._leads():
            self._run((python(), "-P", "-m", "app.runs.console_key", str(self._leader), key))

    def _signal(self, number: int) -> None:
        """To the whole group, if anybody in it is known to be ours."""
        if self._leads() or any(_group_of(pid) == self._leader for pid in self._marked()):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._leader, number)

    def _leads(self) -> bool:
        """Whether the first process still lives, and is not another one by now."""
        if self._leader <= 0:
            return False
        if self._system == "linux":
            return self._mark.encode() in _environment_of(self._leader) and not _is_zombie(self._leader)
        return bool(self._began) and began_at(self._leader, system=self._system, run=self._run) == self._began

    def _marked(self) -> Iterator[int]:
        """Processes with the mark; only Linux tells."""
        if self._system != "linux":
            return
        wanted = self._mark.encode()
        for place in Path("/proc").glob("[0-9]*"):
            if wanted in _environment_of(int(place.name)) and not _is_zombie(int(place.name)):
                yield int(place.name)


def began_at(pid: int, *, system: str = sys.platform, run: RunCommand = run_program) -> str:
    """When a process began, as a text that no later process of this number has; empty where that is unknown.

    Linux needs none: there the mark tells.
    """
    if system == "linux":
        return ""
    if system == "win32":
        return _began_on_windows(pid)
    return run(("ps", "-o", "lstart=", "-p", str(pid)))


def _began_on_windows(pid: int) -> str:
    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - it is only there on Windows
    handle = kernel.OpenProcess(0x1000, False, pid)  # the right to ask for little
    if not handle:
        return ""
    times = [ctypes.c_ulonglong() for _ in range(4)]
    try:
        told = kernel.GetProcessTimes(handle, *(ctypes.byref(time) for time in times))
        return str(times[0].value) if told and not times[1].value else ""
    finally:
        kernel.CloseHandle(handle)


def _taskkill() -> str:
    return str(Path(os.environ.get("SYSTEMROOT", "C:/Windows"), "System32", "taskkill.exe"))


def _environment_of(pid: int) -> list[bytes]:
    try:
        return Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    except OSError:  # gone, or of somebody else
        return []


def _is_zombie(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()[0] == b"Z"
    except (OSError, IndexError):
        return True


def _group_of(pid: int) -> int:
    try:
        return os.getpgid(pid)
    except OSError:
        return 0
