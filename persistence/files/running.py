"""The marker of a running launcher: who works in a session directory right now.

One idea: the truth is a lock that dies with its process, and the text in the locked file is for people. A
reader that finds the file empty need not probe; one that finds text asks whether somebody still holds the
lock. Text that nobody holds was left by one that was killed, or whose computer died. Whoever resumes a
session holds the marker of the session resumed from as well, so that of two operators one wins.

It is not the lock under which a state file is written; that is held for milliseconds, this one for a whole
run.
"""

from __future__ import annotations

import json
import os
import weakref
from datetime import datetime
from pathlib import Path
from typing import NamedTuple, TypeVar

from persistence.errors import LockTimeout, NotWritten, Refused, StateError
from persistence.files.reading import read_file
from persistence.files.runner import Running
from persistence.files.version_log import Clock
from persistence.lock import FileLock, is_held

MARKER_FILE = ".session_state.running"
_TEXT_LIMIT = 4096
_PATIENCE = 0.5  # seconds; where asking for a lock takes it, a window that asks may hold it for an instant
_Value = TypeVar("_Value", str, int, bool)


class AlreadyRunning(Refused):
    """Somebody else holds the marker; `running` says who."""

    def __init__(self, directory: Path, running: Running) -> None:
        super().__init__(
            f"it is in use by {running}",
            path=directory,
            next_step="Wait until that run has ended, or end it there.",
        )
        self.running = running


class RunningMarker:
    """Held from `acquire` to `release` by the one launcher that runs in a session directory."""

    def __init__(
        self, directory: Path | str, launcher: str, clock: Clock = datetime.now, *, elsewhere: bool = False
    ) -> None:
        """`elsewhere`: it is only resumed from, and the run has a session of its own."""
        self.directory = Path(directory)
        self._path = self.directory / MARKER_FILE
        self._lock = FileLock(self._path)
        self._before = b""
        self._running = Running(
            host=_this_computer(),
            pid=os.getpid(),
            launcher=launcher,
            started=clock().isoformat(),
            elsewhere=elsewhere,
        )

    def acquire(self) -> None:
        """Take it at once.

        Raises:
            AlreadyRunning: somebody else has it.
            StateError, OSError: the directory is not there or cannot be written.
        """
        try:
            self._lock.acquire(_PATIENCE)
        except LockTimeout as error:
            raise AlreadyRunning(self.directory, read_running(self.directory) or Running()) from error
        self._before = _text_in(self._path)
        try:
            self._write(self._running)
        except OSError as error:
            self._lock.release()
            raise NotWritten(
                "the running marker could not be written",
                path=self._path,
                next_step="Look at the folder's permissions.",
            ) from error
        _end_with_this_process(self._lock)

    def finishing(self) -> None:
        """Say that the final state is saved, and may be edited though the run goes on. Raises OSError."""
        self._running = self._running._replace(finishing=True)
        self._write(self._running)

    def work_here(self) -> None:
        """Say that the run goes on in the very session that it was resumed from. Raises OSError."""
        if self._running.elsewhere:
            self._running = self._running._replace(elsewhere=False)
            self._write(self._running)

    def release(self) -> None:
        """Empty the text, so that nobody need probe, and let go. Raises OSError, having let go."""
        self._end_with(b"")

    def withdraw(self) -> None:
        """Let go of it as it was found: nothing ran, and what was to be told of an earlier run still is.

        Raises OSError, having let go.
        """
        self._end_with(self._before)

    def _end_with(self, text: bytes) -> None:
        try:
            self._rewrite(text)
        finally:
            self._lock.release()

    def _write(self, running: Running) -> None:
        self._rewrite(json.dumps(running._asdict()).encode() + b"\n")

    def _rewrite(self, text: bytes) -> None:
        self._lock.rewrite(text)
        self._lock.announce()


def _end_with_this_process(lock: FileLock) -> None:
    """A child made by `fork` shares the locked file, and may outlive the run: it has no part in the lock."""
    if not hasattr(os, "register_at_fork"):
        return
    known = weakref.ref(lock)  # what is registered stays so for ever

    def forget() -> None:
        held = known()
        if held is not None:
            held.forget()

    os.register_at_fork(after_in_child=forget)


class Marker(NamedTuple):
    """What a marker tells: who runs here now, or who did and was over before it could take its text away."""

    running: Running | None = None
    left: Running | None = None


UNMARKED = Marker()


def read_running(directory: Path | str) -> Running | None:
    """Who runs in `directory` now; None when nobody does, or when that cannot be found out. Never raises."""
    return read_marker(directory).running


def read_marker(directory: Path | str) -> Marker:
    """Who runs in `directory` now, or was killed there. Never raises, and tells nobody where it cannot be
    found out.
    """
    path = Path(directory) / MARKER_FILE
    text = _text_in(path)
    if not text.strip():
        return UNMARKED
    held = is_held(path)
    if held:
        return Marker(running=_parse(text))
    # It is read again, for a run may have ended since: that takes its text away before it lets go.
    return Marker(left=_parse(text)) if held is False and _text_in(path) == text else UNMARKED


def is_here(running: Running) -> bool:
    """Whether it runs, or ran, on this computer, as far as it says where."""
    return running.host == _this_computer()


def _this_computer() -> str:
    import socket  # here, because a program that only reads markers has mostly no use for it

    return socket.gethostname()


def _text_in(path: Path) -> bytes:
    """What it says; nothing where it is absent, unreadable, a link: nobody of ours."""
    try:
        return read_file(path, limit=_TEXT_LIMIT)
    except (OSError, StateError):
        return b""


def _parse(text: bytes) -> Running:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):  # torn, or written by hand: it runs all the same
        return Running()
    if not isinstance(found, dict):
        return Running()
    return Running(
        host=_typed(found.get("host"), ""),
        pid=_typed(found.get("pid"), 0),
        launcher=_typed(found.get("launcher"), ""),
        started=_typed(found.get("started"), ""),
        finishing=_typed(found.get("finishing"), default=False),
        elsewhere=_typed(found.get("elsewhere"), default=False),
    )


def _typed(value: object, default: _Value) -> _Value:
    return value if type(value) is type(default) else default
