"""One commit: the steps by which a state file gets new bytes, inside the lock.

One idea: a commit is one step for everybody who looks. What it promises, in the order in which it keeps it:

1. The caller read the live bytes and decided what is to stand there (`persistence.store`).
2. The live bytes are put into history, under their number: a link, or a copy where links are not to be had.
   Bytes that somebody else wrote are a version of their own (`files.history` says how numbers are
   found); the version that they were written over is put into history from its spare copy.
3. The new bytes are written into a temporary file beside the old one, with its mode, owner and group, and
   synced; then the bytes and the name in history. Whatever fails until here leaves file and history as they
   were.
4. It is looked once more whether the live file is the one that was read, and the file is replaced.
5. The directory is synced, the log line written, a spare copy put into history, the file read back. What
   fails here does not undo the replace: `NotConfirmed`, which is neither success nor failure.

So at every instant the live file is wholly the old or wholly the new one, and the old one's bytes are in
history before the new one's can be seen. A program that ignores our lock can slip in between the look and
the replace of step 4. If it writes in place, it writes into the file that history keeps: that is seen after
the replace, and both versions get bytes of their own. If it renames a file of its own there, that one is
gone.

Not for: the lock, and whether a commit may happen at all (`persistence.store`).
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from persistence.document import Document
from persistence.errors import Conflict, NotConfirmed, Refused, StateError, words_for
from persistence.files import durable, reading
from persistence.files.history import (
    History,
    Kept,
    Position,
    Version,
    etag_of,
    foreign,
    local_time,
    unexplained,
)
from persistence.files.live import Live, Snapshot, judged, same_status, settled, still_holds
from persistence.files.retention import Policy
from persistence.files.undoing import undone_by
from persistence.files.version_log import Clock


@dataclass(frozen=True)
class Placed:
    """What a commit begins with: the live file as it was looked at, and where it stands in history."""

    live: Live
    position: Position

    @property
    def snapshot(self) -> Snapshot | None:
        """The file as a snapshot with its number; None where there is none, or none that makes sense."""
        live = self.live
        if live.document is None or live.status is None:
            return None
        number = self.position.current or 0
        return Snapshot(live.document, live.etag, live.data, live.status.st_mtime_ns, number)


@dataclass(frozen=True)
class Committed:
    """A commit that stands. `replaced`: the history number of the bytes before it, None without any."""

    sequence: int
    etag: str
    etag_before: str
    replaced: int | None
    snapshot: Snapshot


@dataclass(frozen=True)
class Step:
    """What a commit is to write, and how it is told in history."""

    data: bytes
    document: Document
    action: str
    note: str


@dataclass(frozen=True)
class _Before:
    """The version before a new one: its number (None without any) and etag.

    `lines` are for the log, of versions that have none yet. `failure`: what went wrong, as a clause.
    """

    number: int | None
    etag: str
    lines: tuple[Version, ...]
    failure: str


PRUNE_EVERY = 16
"""Commits from one thinning out of history to the next."""


class Commits:
    """The commits to one state file; `who` and `program` sign them in history."""

    def __init__(
        self,
        path: Path,
        history: History,
        *,
        who: str,
        program: str,
        size_limit: int,
        policy: Policy,
        clock: Clock,
    ) -> None:
        self._path = path
        self._clock = clock
        self._policy = policy
        self._history = history
        self._who = who
        self._program = program
        self._size_limit = size_limit
        self._swept = False

    def placed(self, live: Live) -> Placed:
        """The live file and its place in history, for `replace`. Raises OSError, Refused."""
        live = self._repaired(live)
        return Placed(live, self._history.position(live.etag))

    def replace(self, placed: Placed, step: Step) -> Committed:
        """Steps 2 to 5. Raises Conflict when the file is not the one looked at, OSError, NotConfirmed."""
        live, position = placed.live, placed.position
        kept, status = self._exchange(live, position, step)
        before = self._before(live, position, kept)
        number = max(position.next, (before.number or 0) + 1)
        etag = etag_of(step.data)
        snapshot = Snapshot(step.document, etag, step.data, status.st_mtime_ns, number)
        committed = Committed(number, etag, before.etag, before.number, snapshot)
        self._confirm(committed, [*before.lines, self._line(committed, step)], status, before.failure)
        if number % PRUNE_EVERY == 0:
            with suppress(OSError, StateError):  # too many versions are no reason to doubt this one
                self._history.thin_out(etag, self._policy)
        return committed

    def _exchange(self, live: Live, position: Position, step: Step) -> tuple[Kept | None, os.stat_result]:
        """Steps 2 to 4: what was kept, and the status of the new file. Undone whole where it fails."""
        kept: Kept | None = None
        staged: Path | None = None
        with undone_by(lambda: _undo(kept, staged)):  # file and history are as they were
            self._prepare()
            if position.spare:
                self._history.files.rescue(position.spare)
            if live.status is not None and position.current is not None:
                kept = self._history.files.keep(
                    self._path, live.data, live.etag, live.status, position.current
                )
            staged = durable.stage(self._path, step.data, like=live.status)
            if kept is not None:
                self._history.files.confirm(kept)
            status = os.stat(staged)
            if not still_holds(live, self._path, self._size_limit):
                raise self.conflict(live.etag, step.document)
            durable.replace(staged, self._path)
        return kept, status

    def _before(self, live: Live, position: Position, kept: Kept | None) -> _Before:
        """What stands before the new version, and the lines that it has none of yet."""
        before = _Before(position.current, live.etag, (), "")
        if live.status is None or position.current is None or kept is None:
            return before
        if not position.logged:
            line = unexplained(position, local_time(live.status.st_mtime), live.etag)
            before = replace(before, lines=(line,))
        try:
            found = self._history.files.separate(kept, live.data, live.status, position.current)
        except (OSError, StateError) as error:
            said = words_for(error) if isinstance(error, OSError) else error.cause
            return replace(before, failure=f"history cannot be read back: {said}")
        if found is None:
            return before
        slipped = foreign(position.current + 1, self._time(), etag_of(found), live.etag)
        return _Before(slipped.sequence, slipped.etag, (*before.lines, slipped), "")

    def _repaired(self, live: Live) -> Live:
        if live.status is None or live.status.st_nlink < 2:
            return live
        self._history.files.repair(live.status)
        if not same_status(live, self._path):
            return live
        return replace(live, status=os.lstat(self._path))  # with one link less, perhaps

    def _prepare(self) -> None:
        self._history.files.prepare()
        if not self._swept:
            self._swept = True
            durable.sweep(self._path.parent)
            durable.sweep(self._history.folder)

    def _time(self) -> str:
        return self._clock().isoformat(timespec="microseconds")

    def _line(self, committed: Committed, step: Step) -> Version:
        """What the log says of a commit of ours."""
        return Version(
            committed.sequence,
            self._time(),
            who=self._who,
            program=self._program,
            action=step.action,
            etag=committed.etag,
            etag_before=committed.etag_before,
            note=step.note,
        )

    def _confirm(
        self, committed: Committed, lines: list[Version], status: os.stat_result, failure: str
    ) -> None:
        """Step 5: everything is tried, whatever fails or failed before. Raises NotConfirmed."""
        failed = [
            failure,
            _failure("the folder cannot be synced", lambda: durable.sync_directory(self._path.parent)),
            _failure("history cannot be written", lambda: self._history.append(lines)),
            _failure("history cannot be written", lambda: self._put_spare(committed, status)),
            _failure("it cannot be read back", lambda: self._verify(committed.snapshot.data)),
        ]
        causes = [cause for cause in dict.fromkeys(failed) if cause]
        if causes:
            raise NotConfirmed(
                f"it was saved, but that was not confirmed: {'; '.join(causes)}",
                committed=committed,
                path=self._path,
            )

    def _put_spare(self, committed: Committed, like: os.stat_result) -> None:
        before = (committed.replaced or 0, committed.etag_before)
        self._history.files.put_spare(
            committed.sequence, committed.etag, committed.snapshot.data, instead_of=before, like=like
        )

    def _verify(self, data: bytes) -> None:
        if not reading.holds(self._path, data):
            raise Refused("the file does not hold what was written")

    def conflict(self, expected_etag: str, mine: Document | None) -> Conflict:
        """The error for a file that is not the one with `expected_etag`, with all three sides."""
        live = settled(self._path, self._size_limit)
        base = self._history.find(expected_etag)
        return Conflict(
            expected_etag=expected_etag,
            found_etag=live.etag,
            base=None if base is None else judged(Live(expected_etag, base), self._path).document,
            theirs=live.document,
            mine=mine,
            path=self._path,
        )


def _failure(what: str, action: Callable[[], None]) -> str:
    try:
        action()
    except OSError as error:
        return f"{what}: {words_for(error)}"
    except StateError as error:
        return f"{what}: {error.cause}"
    return ""


def _undo(kept: Kept | None, staged: Path | None) -> None:
    """Leave nothing of a commit that did not happen. Is the temporary file gone, it did happen."""
    if staged is not None and not os.path.lexists(staged):
        return
    if staged is not None:
        durable.discard(staged)
    if kept is not None and kept.made:
        durable.discard(kept.path)
