"""The versions of one state file: a folder of their bytes, and a log that tells who made them.

One idea: the files carry the truth and the log explains it. ``NNNNNN-<first 12 of the etag>.json`` holds
the exact bytes of version N once it is superseded; line N of ``log.jsonl`` says who made it, when and why.
So everything here must give right numbers and right bytes when the log is cut short, torn or gone.

How a version gets its number
-----------------------------
The live file is the newest version. Its number is never stored in it, so it is found each time (`position`):

1. The last whole line of the log has the etag of the live bytes, and these bytes have not been superseded
   yet (there is no file of that number): the line's number. This is nearly always so, and costs reading the
   end of the log.
2. Otherwise the highest number of any line or file is N. Are the live bytes those of N, then N is current:
   a commit was interrupted after it had kept a copy of N. Else they are N + 1, and somebody wrote them
   without a line.

"Somebody" may be a foreign program, or we: a commit that was killed (or met a full disk) after its replace
and before its line. Both look the same on disk, and are treated the same: the bytes are a version, N + 1,
of which nothing is known, action ``foreign``. Nothing is lost, because the commit kept version N before its
replace; the number cannot be given twice, because the file of N is there and N + 1 is what both the reader
and the next commit compute from it. The next commit then writes the missing line, then its own. A commit
that was killed before its replace has left at most a link or a copy of the current bytes under their right
number, which changes no answer above; the link is taken away (`repair`) before a program that writes in
place could write through it.

A number is used again only when its line was lost (the log is not synced; a power cut may take its end) and
its bytes were overwritten where they stood by a program that knows no history: then nothing of that version
is left.

Not for: deciding whether a commit may happen (`persistence.store`).
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from persistence import durable, version_log
from persistence.errors import Damaged, NoSuchVersion, Refused
from persistence.version_log import FOLDER, LOG, TAIL_BYTES, Version, last_line_in, lines_in, local_time, tail

__all__ = [
    "ABSENT_ETAG",
    "FOLDER",
    "FOREIGN",
    "LOG",
    "History",
    "Kept",
    "Position",
    "Version",
    "etag_of",
    "local_time",
    "tail",
    "unexplained",
]

ABSENT_ETAG = "absent"
FOREIGN = "foreign"

_NAME = re.compile(r"(\d{6,9})-([0-9a-f]{12})\.json")


def etag_of(data: bytes) -> str:
    """SHA-256 of the bytes, in hex."""
    return hashlib.sha256(data).hexdigest()


@dataclass(frozen=True)
class Position:
    """Where the live bytes stand.

    `current`: the version that they are, None when there is no file. `newest`: the highest number that line
    or file know. `logged`: the current version has its line; where it has not, `etag_before` is the etag of
    `newest`, as far as it is known.
    """

    current: int | None
    newest: int
    logged: bool
    etag_before: str = ""

    @property
    def next(self) -> int:
        """The number of the version after this one."""
        return max(self.newest, self.current or 0) + 1


@dataclass(frozen=True)
class Kept:
    """Bytes that were put into history before a replace; `made` is False when they had been there."""

    path: Path
    made: bool


class History:
    """The history of one session directory. What stands under "writing" is done under the lock only."""

    def __init__(self, directory: Path) -> None:
        self.folder = directory / FOLDER
        self._log = self.folder / LOG

    # reading

    def position(self, live_etag: str) -> Position:
        """Where the live bytes stand, by the rules above. Raises Refused when the folder is a link."""
        self._refuse_links()
        last = last_line_in(self._log_bytes(TAIL_BYTES))
        if last and last.etag == live_etag and not os.path.lexists(self._file(last.sequence, live_etag)):
            return Position(last.sequence, last.sequence, logged=True)
        return _searched(live_etag, self._all_lines(), self._kept())

    def versions(self, live_etag: str, live_time: str) -> tuple[Version, ...]:
        """Every version, oldest first: what the files hold, explained by the log."""
        self._refuse_links()
        lines, kept = self._all_lines(), self._kept()
        current = _searched(live_etag, lines, kept).current
        found: list[Version] = []
        for sequence in sorted({*lines, *kept} | ({current} if current else set())):
            line, before = lines.get(sequence), found[-1].etag if found else ABSENT_ETAG
            if sequence == current:
                known = line is not None and line.etag == live_etag
                version = line if known and line else _unexplained(sequence, live_time, live_etag, before)
                found.append(replace(version, available=True, current=True))
            elif sequence not in kept:
                found.extend([line] if line else [])
            elif line is not None and line.etag.startswith(_prefix(kept[sequence])):
                found.append(replace(line, available=True))
            else:
                found.append(self._from_file(sequence, kept[sequence], before))
        return tuple(found)

    def read(self, sequence: int) -> bytes:
        """The bytes of a superseded version. Raises NoSuchVersion, Damaged when they were changed since."""
        self._refuse_links()
        name = self._kept().get(sequence)
        if name is None:
            cause = f"there is no version {sequence} to be had"
            step = "Choose one that history lists as available."
            raise NoSuchVersion(cause, sequence=sequence, path=self.folder, next_step=step)
        data = durable.read_file(self.folder / name, limit=None)
        if not etag_of(data).startswith(_prefix(name)):
            raise Damaged(f"version {sequence} was changed after it was kept", path=self.folder / name)
        return data

    def find(self, etag: str) -> bytes | None:
        """The bytes of a superseded version with that etag; None when they are not to be had."""
        self._refuse_links()
        for name in self._kept().values():
            if _prefix(name) == etag[:12]:
                data = durable.read_file(self.folder / name, limit=None)
                return data if etag_of(data) == etag else None
        return None

    def _refuse_links(self) -> None:
        try:
            mode = os.lstat(self.folder).st_mode
        except FileNotFoundError:
            return
        if stat.S_ISLNK(mode):
            durable.refuse_link(self.folder)
        if not stat.S_ISDIR(mode):
            raise Refused("it is no folder", path=self.folder)

    def _log_bytes(self, limit: int | None) -> bytes:
        try:
            return durable.read_end(self._log, limit)
        except (FileNotFoundError, PermissionError):  # without it, the files say what there is
            return b""

    def _all_lines(self) -> dict[int, Version]:
        return {version.sequence: version for version in lines_in(self._log_bytes(None))}

    def _kept(self) -> dict[int, str]:
        """The names of the kept files by number."""
        try:
            names = sorted(os.listdir(self.folder))
        except FileNotFoundError:
            return {}
        return {int(found[1]): name for name in names if (found := _NAME.fullmatch(name))}

    def _file(self, sequence: int, etag: str) -> Path:
        return self.folder / f"{sequence:06d}-{etag[:12]}.json"

    def _from_file(self, sequence: int, name: str, before: str) -> Version:
        """What a kept file says by itself; one that cannot be read (a link, no permission) hides no other."""
        try:
            data, status = durable.read_with_status(self.folder / name, limit=None)
        except (OSError, Refused):
            return _unexplained(sequence, "", "", before)
        made = _unexplained(sequence, local_time(status.st_mtime), etag_of(data), before)
        return replace(made, available=True)

    # writing

    def prepare(self) -> None:
        """Make the folder, durably, when it is missing; whoever may write to the session may write to it."""
        self._refuse_links()
        parent = self.folder.parent
        try:
            os.mkdir(self.folder)
        except FileExistsError:
            return
        os.chmod(self.folder, stat.S_IMODE(os.stat(parent).st_mode))
        durable.sync_directory(parent)

    def repair(self, live: os.stat_result) -> None:
        """Take away a link that an interrupted commit left to the live file, which holds these bytes."""
        if live.st_nlink < 2:
            return
        for name in self._kept().values():
            if os.path.samestat(os.lstat(self.folder / name), live):
                os.unlink(self.folder / name)

    def keep(self, path: Path, data: bytes, status: os.stat_result, sequence: int) -> Kept:
        """Put the live bytes into history as version `sequence`.

        By a link when the file has no other, else as a copy. Not durable before `confirm`. Raises
        OSError.
        """
        etag = etag_of(data)
        target = self._file(sequence, etag)
        if os.path.lexists(target):
            if etag_of(durable.read_file(target, limit=None)) == etag:
                return Kept(target, made=False)
        elif status.st_nlink == 1 and _linked(path, target, status):
            return Kept(target, made=True)
        staged = durable.stage(target, data, like=status)
        try:
            durable.replace(staged, target)
        except BaseException:
            durable.discard(staged)
            raise
        return Kept(target, made=True)

    def confirm(self, kept: Kept) -> None:
        """Make kept bytes durable, whoever wrote them, and their name. Raises OSError."""
        durable.sync_file(kept.path)
        durable.sync_directory(self.folder)

    def append(self, versions: Iterable[Version]) -> None:
        """Add lines to the log; all of them or, when that fails with an OSError, none."""
        version_log.append(self._log, versions)


def _searched(live_etag: str, lines: Mapping[int, Version], kept: Mapping[int, str]) -> Position:
    newest = max((0, *lines, *kept))
    if live_etag == ABSENT_ETAG:
        return Position(None, newest, logged=True)
    logged = newest in lines and lines[newest].etag == live_etag
    if logged or (newest in kept and _prefix(kept[newest]) == live_etag[:12]):
        return Position(newest, newest, logged)
    before = lines[newest].etag if newest in lines else ABSENT_ETAG if newest == 0 else ""
    return Position(newest + 1, newest, logged=False, etag_before=before)


def unexplained(position: Position, time: str, etag: str) -> Version:
    """The line for live bytes that have none."""
    return _unexplained(position.current or position.next, time, etag, position.etag_before)


def _unexplained(sequence: int, time: str, etag: str, before: str) -> Version:
    """A version without a line: of somebody who writes none, or of a commit interrupted before it."""
    return Version(sequence, time, who="", program="", action=FOREIGN, etag=etag, etag_before=before)


def _prefix(name: str) -> str:
    return name[-17:-5]


def _linked(path: Path, target: Path, status: os.stat_result) -> bool:
    """Whether `target` became a link to the very file that was read."""
    try:
        os.link(path, target)
        if os.path.samestat(os.lstat(target), status):
            return True
    except FileExistsError:
        return False
    except OSError:  # no links here, or not of this file: then it is copied, and that says what is wrong
        pass
    durable.discard(target)
    return False
