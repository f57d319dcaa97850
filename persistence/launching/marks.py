"""The marks of one run: which session directories it has marked as running.

One idea: a directory is marked as soon as the launcher has named it and it is there, whichever comes first.
A launcher that assigns its folder and makes it afterwards tells nobody when it did, so a thread looks until
it is there or the run is over. It is never made here: where the launcher fails before that, there is no
session, and many launchers refuse a folder that exists already.

Nothing here raises into a run. The thread and the run share no lock, which a child made by `fork` could find
taken for ever: a thread that is told to give up is waited for, and marks nothing unless it was about to. One
that hangs is left behind, and lets go of what it marks then, and of nothing else.
"""

from __future__ import annotations

import contextlib
import logging
import os
import threading
from collections.abc import Callable
from pathlib import Path

from persistence.errors import StateError
from persistence.files.running import RunningMarker
from persistence.launching.namespaces import namespace_of
from persistence.launching.remembered import remembered
from persistence.launching.session_folder import key_of

log = logging.getLogger(__name__)

_FIRST_PAUSE, _LONGEST_PAUSE = 0.01, 0.5  # seconds between two looks for a folder
_PATIENCE = 1.0  # seconds for a look that is under way, which hangs where the share does


class Marks:
    """What the run under way of one launcher holds."""

    def __init__(self, launcher: object) -> None:
        self._launcher = launcher
        self._held: dict[str, RunningMarker] = {}
        self._to_the_end: RunningMarker | None = None
        self._look: _Look | None = None

    def keep(self, marker: RunningMarker) -> None:
        """That of the session resumed from, which stays marked until the run is over."""
        self._held[key_of(marker.directory)] = self._to_the_end = marker

    def mark(self, directory: str) -> None:
        """Mark it, now or as soon as it is there."""
        self._give_up()
        held = self._held.get(key_of(directory))
        if held is not None:
            with contextlib.suppress(OSError):  # it is held all the same
                held.work_here()
        elif os.path.isdir(directory):
            self._take(directory, key_of(directory))
        else:
            self._await(directory)

    def leave(self, directory: str) -> None:
        """The launcher went to another one."""
        self._give_up()
        key = key_of(directory)
        if self._held.get(key) is not self._to_the_end:
            self._release(key)

    def tell_finishing(self) -> None:
        """The final state is saved: what is marked may be edited, and nothing more is to be marked."""
        self._give_up()
        for marker in tuple(self._held.values()):
            try:
                marker.finishing()
            except OSError as error:
                log.warning("%s cannot be marked as finishing: %s", marker.directory, error)

    def end(self) -> None:
        """Take all of them away."""
        self._give_up()
        for key in tuple(self._held):
            self._release(key)

    def _take(self, directory: str, key: str) -> None:
        marker = self._acquired(directory)
        if marker is not None:
            self._held[key] = marker

    def _acquired(self, directory: str) -> RunningMarker | None:
        marker = RunningMarker(
            Path(directory), namespace_of(type(self._launcher)), remembered(self._launcher).clock
        )
        try:
            marker.acquire()
        except (StateError, OSError) as error:
            log.warning("%s cannot be marked as running: %s", directory, error)
            return None
        return marker

    def _release(self, key: str) -> None:
        marker = self._held.pop(key, None)
        if marker is not None:
            _let_go(marker)

    # --- a folder that is not there yet

    def _await(self, directory: str) -> None:
        self._look = _Look(directory, self._take_late)
        with contextlib.suppress(RuntimeError):  # no thread to be had: the next save finds the folder
            self._look.start()

    def _take_late(self, look: _Look) -> None:
        marker = self._acquired(look.directory)
        if marker is None:
            return
        self._held[look.key] = marker
        if look.left_behind.is_set():
            if self._held.get(look.key) is marker:
                del self._held[look.key]
            _let_go(marker)

    def _give_up(self) -> None:
        """No thread marks anything from here on; where one just did, that is held."""
        look, self._look = self._look, None
        if look is None:
            return
        look.given_up.set()
        with contextlib.suppress(RuntimeError):  # it never began
            look.join(_PATIENCE)
        if look.is_alive():
            look.left_behind.set()


class _Look(threading.Thread):
    """Looks for a folder until it is there, unless it is to give up, and tells who wants to know."""

    def __init__(self, directory: str, there: Callable[[_Look], None]) -> None:
        super().__init__(name="a folder to be marked as running", daemon=True)  # it keeps no process alive
        self.directory, self.key = directory, key_of(directory)
        self.given_up = threading.Event()
        self.left_behind = threading.Event()
        """Nobody waits for it any more."""
        self._there = there

    def run(self) -> None:
        pause = _FIRST_PAUSE
        while not os.path.isdir(self.directory):
            if self.given_up.wait(pause):
                return
            pause = min(2 * pause, _LONGEST_PAUSE)
        if not self.given_up.is_set():
            self._there(self)


def _let_go(marker: RunningMarker) -> None:
    try:
        marker.release()
    except OSError as error:
        log.warning("The running mark in %s was not emptied: %s", marker.directory, error)
