"""Asking programs of our own to look into folders.

One idea: who waits for a process holds no lock that the window wants. One that cannot be started, ends or
says what it should not is not asked again: then its thread looks by itself, which is slower and finds the
same.

Not for what they do and say (`scout`).
"""

import logging
import os
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import TypeAlias

from app.listing.known import Before
from app.listing.lookers import Here, Looker
from app.listing.scout import About, answered, question
from app.listing.starts import Starts
from app.listing.steps import Step
from app.program import NO_WINDOW, python
from persistence.scan import Cancelled

_log = logging.getLogger(__name__)
_Inside: TypeAlias = Callable[[str], Mapping[str, bytes]]
_BEHIND: int = getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0)
"""Flags of a process on Windows; elsewhere it says so by itself."""

MOST = 4
"""However many processors there are: the disk is shared."""


class Lost(Exception):
    """There is no answer to be had from the program."""


def scouts(
    root: str,
    before: Callable[[str], Before | None],
    cancelled: Callable[[], bool],
    give_way: Callable[[], None] = lambda: None,
    starts: Starts | None = None,
    threads: int = 1,
    inside: _Inside = lambda _: {},
) -> list[Looker]:
    """As many as there are processors for; each starts its program when it is to prepare, or is asked.

    With more than one of the `threads`, which they share, the folders are another computer's. `inside` as
    `Scout` has it.
    """
    count = max(1, min(MOST, os.cpu_count() or 1))
    here = partial(Here, root, before, cancelled, lists_all=threads > 1)
    each = max(1, threads // count)
    scout = partial(Scout, root, before, give_way=give_way, starts=starts, threads=each, inside=inside)
    return [scout(here()) for _ in range(count)]


class Scout(Looker):
    """Looks into folders by a program of its own, and by another looker where that is lost."""

    def __init__(
        self,
        root: str,
        before: Callable[[str], Before | None],
        otherwise: Looker,
        *,
        wholly: bool = False,
        give_way: Callable[[], None] = lambda: None,
        starts: Starts | None = None,
        threads: int = 1,
        inside: _Inside = lambda _: {},
    ) -> None:
        """`before` tells what was known of a folder, `inside` the signatures of sessions in one that is none,
        which are looked at as well. Sessions are read `wholly`, or at a glance, by so many `threads` of the
        program.

        `give_way` is called before an answer is made into values, and may wait. Where one of the `starts` of
        its kind hangs it starts none.
        """
        self._give_way = give_way
        self._starts = starts or Starts()
        self._root = root
        self._wholly = wholly
        told = (root, sys.getfilesystemencoding())
        self._command: tuple[str, ...] = (python(), "-P", "-m", "app.listing.scout", *told, str(threads))
        self._before = before
        self._inside = inside
        self._otherwise = otherwise
        self._asked = deque[list[About]]()
        self._process: subprocess.Popen[bytes] | None = None
        self._stopped = threading.Event()
        self.lost = False

    @property
    def ahead(self) -> int:
        """It looks while its last answer is read."""
        return 0 if self.lost else 1

    def prepare(self) -> None:
        """Start the program, which takes longer than many an answer."""
        try:
            self._process = self._process or self._started()
        except Lost as error:
            self._lose(error)

    def begin(self, folders: Sequence[str]) -> None:
        """Have it look into these as soon as it can."""
        if not self.lost:
            try:
                self._ask(folders)
            except Lost as error:
                self._lose(error)

    def look(self, folders: Sequence[str]) -> list[Step]:
        """Take the step into each of these. Raises Cancelled."""
        if not self.lost:
            try:
                if not self._asked:
                    self._ask(folders)
                return self._answer()
            except Lost as error:
                self._lose(error)
        if self._stopped.is_set():
            raise Cancelled
        return self._otherwise.look(folders)

    def stop(self) -> None:
        """Give up what is under way."""
        self._stopped.set()
        self._otherwise.stop()
        self.give_up()

    def give_up(self) -> None:
        """End a program that says nothing; then it is lost."""
        if self._process is not None:
            self._process.kill()

    def close(self) -> None:
        """End the program."""
        if self._process is None:
            return
        self._process.kill()
        with suppress(OSError), self._process:
            pass

    def _lose(self, error: Lost) -> None:
        self.lost = True
        self._asked.clear()
        if not self._stopped.is_set():
            _log.info("A program that looks for sessions is not asked any more: %s", error)

    def _ask(self, folders: Sequence[str]) -> None:
        """Raises Lost."""
        process = self._process or self._started()
        about = [self._about(folder) for folder in folders]
        try:
            _say(process, question(about, wholly=self._wholly))
        except (OSError, ValueError) as error:
            raise Lost(error) from error
        self._asked.append(about)

    def _about(self, folder: str) -> About:
        before = self._before(folder)
        return About(folder, before) if before else About(folder, None, self._inside(folder))

    def _answer(self) -> list[Step]:
        """What it found of those that it was asked for first. Raises Lost."""
        about = self._asked.popleft()
        try:
            line = _said(self._process)
            self._give_way()
            return answered(line, about, self._root)
        except (OSError, ValueError, TypeError, LookupError) as error:
            raise Lost(error) from error

    def _started(self) -> subprocess.Popen[bytes]:
        """Raises Lost."""
        if self._stopped.is_set():
            raise Lost("it is not wanted any more")
        if self._starts.hang:
            raise Lost("the start of an earlier one hangs")
        try:
            with self._starts.one():
                self._process = subprocess.Popen(
                    self._command,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    creationflags=NO_WINDOW | _BEHIND,
                )
        except (OSError, ValueError, TypeError) as error:
            raise Lost(error) from error
        if self._stopped.is_set():  # while it was started
            self._process.kill()
        return self._process


def _say(process: subprocess.Popen[bytes], question: bytes) -> None:
    """Raises OSError, ValueError."""
    if process.stdin is None:
        raise ValueError("it has no pipe")
    process.stdin.write(question)
    process.stdin.flush()


def _said(process: subprocess.Popen[bytes] | None) -> bytes:
    """Raises OSError, ValueError."""
    if process is None or process.stdout is None:
        raise ValueError("it has no pipe")
    if not (line := process.stdout.readline()):
        raise ValueError(f"it ended with code {process.poll()}")
    return line
