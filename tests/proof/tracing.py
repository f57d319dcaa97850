"""System calls of one piece of work, listed and made to fail, by strace.

One idea: a forked child stops itself before the work, strace takes hold of it there, and it goes on. So the
first call that is counted is the first of the work, and a point costs no start of an interpreter.

Not for: what has to hold after a failure (`tests.proof.system_calls`).
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.proof.child import Child, child
from tests.proof.mounts import Lacking, program

_CALL = re.compile(r"\d+ +(\w+)\(")
_OPENDIR = "O_RDONLY|O_NONBLOCK|O_CLOEXEC|O_DIRECTORY"
TRACE = "trace"


@dataclass(frozen=True)
class Call:
    """The `number`th call of that name. `of`: the end of its path. `lists`: it opens a folder to list it."""

    name: str
    number: int
    of: str
    lists: bool = False

    def __str__(self) -> str:
        return f"{self.name} #{self.number} ({self.of})"


@dataclass(frozen=True)
class Traced:
    """What a traced child said ("" when it was killed before), and what strace wrote."""

    said: str
    trace: str

    @property
    def injected(self) -> bool:
        """Whether the fault took place; a killed call never returns."""
        return "(INJECTED)" in self.trace or "killed by SIGKILL" in self.trace


def calls_in(trace: str, place: str) -> Iterator[Call]:
    """The calls that were about a directory of that name or below it, numbered among all of their name."""
    seen: Counter[str] = Counter()
    for line in trace.splitlines():
        found = _CALL.match(line)
        if found is None:
            continue
        seen[found[1]] += 1
        _, named, rest = line.partition(f"/{place}")
        if named:
            of = re.sub(r"\d+-[0-9a-f]{12}", "...", re.split(r'[>"]', rest)[0]) or "."
            yield Call(found[1], seen[found[1]], of, _OPENDIR in line)


def traced(work: Callable[[], str], directory: Path, *options: str) -> Traced:
    """Do `work` in a child under strace with these options; its file goes to `directory`. Raises Lacking."""

    def stopped(tell: Callable[[str], None]) -> None:
        os.kill(os.getpid(), signal.SIGSTOP)
        tell(work())

    trace = directory / TRACE
    with child(stopped) as victim:
        os.waitpid(victim.pid, os.WUNTRACED)
        with _attached(victim, [program("strace"), "-f", "-o", str(trace), *options]):
            os.kill(victim.pid, signal.SIGCONT)
            said = victim.line()
            victim.wait()
    return Traced(said, trace.read_text("utf-8", "replace"))


@contextmanager
def _attached(victim: Child, command: list[str]) -> Iterator[None]:
    """strace on the child, until that has ended."""
    with subprocess.Popen([*command, "-p", str(victim.pid)], stderr=subprocess.PIPE, text=True) as strace:
        assert strace.stderr is not None
        first = strace.stderr.readline()
        if "attached" not in first:
            victim.kill()
            raise Lacking(f"a strace that may trace ({first.strip()})")
        yield
