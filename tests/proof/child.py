"""A process of our own: forked from this warm one, so that it costs milliseconds, and never left behind.

One idea: a child does one piece of work and says lines on a pipe. It dies with the block that made it, or
with its parent, whatever becomes of that.

Not for: starting programs (`subprocess`), or what the lines mean (`tests.proof.promises`).
"""

from __future__ import annotations

import ctypes
import os
import selectors
import signal
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from io import FileIO

Tell = Callable[[str], None]
FAILED = "! "
"""Begins the line by which a child says that it ended by an error."""

_PR_SET_PDEATHSIG = 1


class Child:
    """A running child. `status` is what `os.waitpid` said of it, once it ended."""

    def __init__(self, pid: int, said: FileIO) -> None:
        self.pid = pid
        self.said = said
        self.status: int | None = None

    def line(self) -> str:
        """The next line, waited for; "" when the child ended before it had said one."""
        line = self.said.readline().decode()
        return line.rstrip("\n") if line.endswith("\n") else ""

    def rest(self) -> list[str]:
        """The further whole lines, until the child has ended. One cut short was never said."""
        return all_said([self])[0]

    def kill(self) -> None:
        """End it at once, as `kill -9` does, unless it has ended by itself."""
        if self.status is None:
            os.kill(self.pid, signal.SIGKILL)
            self.wait()

    def wait(self) -> int:
        """Its status, when it has ended by itself."""
        if self.status is None:
            _, self.status = os.waitpid(self.pid, 0)
        return self.status


@contextmanager
def child(work: Callable[[Tell], None]) -> Iterator[Child]:
    """A child that does `work`, which is given what to say lines with."""
    reader, writer = os.pipe()
    pid = _fork()
    if pid == 0:
        _live(work, writer)
    os.close(writer)
    made = Child(pid, FileIO(reader))
    try:
        yield made
    finally:
        made.kill()
        made.said.close()


def all_said(children: Iterable[Child]) -> list[list[str]]:
    """The further lines of each, until all have ended; none of them is held up by a pipe that is full."""
    said = dict.fromkeys(children, b"")
    with selectors.DefaultSelector() as waiting:
        for child in said:
            waiting.register(child.said, selectors.EVENT_READ, child)
        while waiting.get_map():
            for key, _ in waiting.select():
                part = os.read(key.fd, 1 << 16)
                said[key.data] += part
                if not part:
                    waiting.unregister(key.fileobj)
    return [lines.decode().split("\n")[:-1] for lines in said.values()]


def _fork() -> int:
    parent = os.getpid()
    with warnings.catch_warnings():  # of 3.12, where there are threads: none of them holds what a child needs
        warnings.simplefilter("ignore", DeprecationWarning)
        pid = os.fork()
    if pid == 0:
        die_with(parent)
    return pid


def die_with(parent: int) -> None:
    """Where the system can do that; elsewhere a child that speaks ends with its pipe."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)


def _live(work: Callable[[Tell], None], writer: int) -> None:
    """Never returns: what the parent has open, or means to do at its end, is no affair of the child."""

    def tell(line: str) -> None:
        os.write(writer, f"{line}\n".encode())

    try:
        work(tell)
        os._exit(0)
    except BaseException as error:  # noqa: BLE001 - whatever it is, the parent has to hear of it
        tell(f"{FAILED}{type(error).__name__}: {error}".replace("\n", " "))
    finally:
        os._exit(1)
