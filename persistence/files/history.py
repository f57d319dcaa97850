"""The versions of one state file: a folder of their bytes, and a log that tells who made them.

One idea: the files carry the truth (`files.version_files`) and the log explains it: line N of
``log.jsonl`` says who made version N, when and why. So everything here must give right numbers and right
bytes when the log is cut short, torn or gone.

How a version gets its number
-----------------------------
The live file is the newest version. Its number is never stored in it, so it is found each time (`position`):

1. The last whole line of the log has the etag of the live bytes, and these bytes have not been superseded
   yet (there is no file of that number, nor of a later one: the same bytes may have come again): the line's
   number. This is nearly always so, and costs reading the end of the log and the names in the folder.
2. Otherwise the highest number of any line or file is N. Are the live bytes those of N, then N is current:
   a commit was interrupted after it had kept a copy of N. Else they are N + 1, and somebody wrote them
   without a line. Where N has no file of its own yet but a spare copy, that copy is all that is left of N,
   and the next commit gives it its place before anything else (`Position.spare`).

"Somebody" may be a foreign program, or we: a commit that was killed (or met a full disk) after its replace
and before its line. Both look the same on disk, and are treated the same: the bytes are a version, N + 1,
of which nothing is known, action ``foreign``. Nothing is lost, because the commit kept version N before its
replace; the number cannot be given twice, because the file of N is there and N + 1 is what both the reader
and the next commit compute from it. The next commit then writes the missing line, then its own. A commit
that was killed before its replace has left at most a link or a copy of the current bytes under their right
number, which changes no answer above; the link is taken away (`repair`) before a program that writes in
place could write through it.

A number is used again only when a power cut took its line and its spare copy (neither is synced) and a
program that knows no history had overwritten its bytes within the seconds before: then nothing of that
version is left.

Not for: deciding whether a commit may happen (`persistence.store`), which versions go when there are too many
(`files.retention`).
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from persistence.errors import Refused
from persistence.files import reading, version_log
from persistence.files.absent import ABSENT_ETAG
from persistence.files.retention import Policy, droppable
from persistence.files.version_files import Kept, Listing, VersionFiles, etag_of, number_in, prefix_in
from persistence.files.version_log import (
    FOLDER,
    FOREIGN,
    LOG,
    TAIL_BYTES,
    Version,
    last_line_in,
    lines_about,
    lines_in,
    local_time,
    tail,
)

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
    "foreign",
    "local_time",
    "tail",
    "unexplained",
]


@dataclass(frozen=True)
class Position:
    """Where the live bytes stand.

    `current`: the version that they are, None when there is no file. `newest`: the highest number that line
    or file know. `logged`: the current version has its line; where it has not, `etag_before` is the etag of
    `newest`, as far as it is known. `spare`: the name of the spare copy that alone holds `newest`, whose own
    place was written over; "" for none.
    """

    current: int | None
    newest: int
    logged: bool
    etag_before: str = ""
    spare: str = ""

    @property
    def next(self) -> int:
        """The number of the version after this one."""
        return max(self.newest, self.current or 0) + 1


class History:
    """The history of one session directory. What stands under "writing" is done under the lock only."""

    def __init__(self, directory: Path) -> None:
        self.files = VersionFiles(directory / FOLDER)
        self.folder = self.files.folder
        self._log = self.folder / LOG

    # reading

    def position(self, live_etag: str) -> Position:
        """Where the live bytes stand, by the rules above. Raises Refused when the folder is a link."""
        self.files.refuse_links()
        last = last_line_in(self._log_bytes(TAIL_BYTES))
        if last and last.etag == live_etag and self.files.is_newest(last.sequence, live_etag):
            return Position(last.sequence, last.sequence, logged=True)
        return self._searched(live_etag, self._all_lines(), self.files.listing())

    def versions(self, live_etag: str, live_time: str) -> tuple[Version, ...]:
        """Every version, oldest first: what the files hold, explained by the log."""
        self.files.refuse_links()
        return self._told(live_etag, live_time, self._all_lines(), self.files.listing())

    def _told(
        self, live_etag: str, live_time: str, lines: Mapping[int, Version], listing: Listing
    ) -> tuple[Version, ...]:
        try:
            position = self._searched(live_etag, lines, listing)
        except PermissionError:  # a visitor is told what he may see
            position = self._searched(live_etag, lines, Listing(listing.kept, ()))
        current = position.current
        held = {**listing.kept, **({number_in(position.spare): position.spare} if position.spare else {})}
        found: list[Version] = []
        for sequence in sorted({*lines, *held} | ({current} if current else set())):
            line, before = lines.get(sequence), found[-1].etag if found else ABSENT_ETAG
            if sequence == current:
                known = line is not None and line.etag == live_etag
                version = line if known and line else foreign(sequence, live_time, live_etag, before)
                found.append(replace(version, available=True, current=True))
            elif sequence not in held:
                found.extend([line] if line else [])
            elif line is not None and line.etag.startswith(prefix_in(held[sequence])):
                found.append(replace(line, available=True))
            else:
                found.append(self._from_file(sequence, held[sequence], before))
        return tuple(found)

    def read(self, sequence: int) -> bytes:
        """The bytes of a superseded version. Raises NoSuchVersion, Damaged when they were changed since."""
        self.files.refuse_links()
        return self.files.bytes_of(sequence)

    def find(self, etag: str) -> bytes | None:
        """The bytes of a version with that etag; None when they are not to be had."""
        self.files.refuse_links()
        return self.files.find(etag)

    def has_bytes(self) -> bool:
        """Whether those of any version are kept; False where that cannot be known."""
        try:
            self.files.refuse_links()
            listing = self.files.listing()
        except (OSError, Refused):
            return False
        return bool(listing.kept or listing.spares)

    def newest(self, most: int, but: Collection[str], limit: int) -> Iterator[bytes]:
        """The bytes of the newest versions but those with the etags `but`, the newest first. So many at
        `most` are looked at; what cannot be had, or is larger than the limit, is passed over. Raises OSError.
        """
        self.files.refuse_links()
        return self.files.newest(most, but, limit)

    def _log_bytes(self, limit: int | None) -> bytes:
        try:
            return reading.read_end(self._log, limit)
        except (FileNotFoundError, PermissionError):  # without it, the files say what there is
            return b""

    def _all_lines(self) -> dict[int, Version]:
        return {version.sequence: version for version in lines_in(self._log_bytes(None))}

    def _searched(self, live_etag: str, lines: Mapping[int, Version], listing: Listing) -> Position:
        newest = max((0, *lines, *listing.kept))
        before = _before(newest, lines)
        absent = live_etag == ABSENT_ETAG
        spare = self.files.sound_spare(listing, newest) or ""  # of a version whose line was lost
        if not spare and not absent and _is(newest, live_etag, lines, listing):
            return Position(newest, newest, _has_line(newest, live_etag, lines))
        spare = spare or self.files.sound_spare(listing, newest - 1) or ""
        if spare and not absent and prefix_in(spare) == live_etag[:12]:
            return Position(number_in(spare), newest, logged=False, etag_before=before)
        if spare and number_in(spare) > newest:
            newest, before = number_in(spare), ""
        if absent:
            return Position(None, newest, logged=True, spare=spare)
        return Position(newest + 1, newest, logged=False, etag_before=before, spare=spare)

    def _from_file(self, sequence: int, name: str, before: str) -> Version:
        """What a kept file says by itself; one that cannot be read (a link, no permission) hides no other."""
        try:
            data, status = reading.read_with_status(self.folder / name, limit=None)
        except (OSError, Refused):
            return foreign(sequence, "", "", before)
        made = foreign(sequence, local_time(status.st_mtime), etag_of(data), before)
        return replace(made, available=True)

    # writing

    def thin_out(self, live_etag: str, policy: Policy) -> tuple[Version, ...]:
        """Remove the versions that the policy lets go, and return them.

        One that cannot be removed stays. Raises OSError.
        """
        listing = self.files.listing()
        kept = listing.kept
        if not kept:
            return ()
        sizes = {number: os.lstat(self.folder / name).st_size for number, name in kept.items()}
        # Of the others nothing is to be known: a log may be long, and this is done in the middle of a run.
        wanted = {*kept, *(number + 1 for number in kept)}
        lines = {version.sequence: version for version in lines_about(self._log_bytes(None), wanted)}
        versions = self._told(live_etag, "", lines, listing)
        going = {number for number in droppable(versions, sizes, policy) if self.files.drop(kept[number])}
        return tuple(version for version in versions if version.sequence in going)

    def append(self, versions: Iterable[Version]) -> None:
        """Add lines to the log; all of them or, when that fails with an OSError, none."""
        version_log.append(self._log, versions)


def _is(sequence: int, etag: str, lines: Mapping[int, Version], listing: Listing) -> bool:
    """Whether that version has that etag, as line or file say."""
    name = listing.kept.get(sequence)
    return _has_line(sequence, etag, lines) or (name is not None and prefix_in(name) == etag[:12])


def _has_line(sequence: int, etag: str, lines: Mapping[int, Version]) -> bool:
    return sequence in lines and lines[sequence].etag == etag


def _before(newest: int, lines: Mapping[int, Version]) -> str:
    """The etag of the version before one that has no line, as far as it is known."""
    if newest in lines:
        return lines[newest].etag
    return ABSENT_ETAG if newest == 0 else ""


def unexplained(position: Position, time: str, etag: str) -> Version:
    """The line for live bytes that have none."""
    return foreign(position.current or position.next, time, etag, position.etag_before)


def foreign(sequence: int, time: str, etag: str, before: str) -> Version:
    """A version without a line: of somebody who writes none, or of a commit interrupted before it."""
    return Version(sequence, time, who="", program="", action=FOREIGN, etag=etag, etag_before=before)
