"""The folder with the bytes of a state file's versions, each judged by its own name.

One idea: a name says which version a file holds and what its bytes hash to. Whatever happened to the log, to
other files or to the program that wrote it, the bytes are that version's if they hash to the name, and
nobody's if they do not.

======================================  ==================================================================
``NNNNNN-EEEEEEEEEEEE.json``            version N, superseded; E are the first 12 characters of its etag
``NNNNNN-EEEEEEEEEEEE.newest.json``     a spare copy of version N, made by the commit that made N
======================================  ==================================================================

The spare is there because the state file itself is the only place of the newest version, and programs that
know no history write over it. It is not synced: the state file is, and what threatens the one (somebody's
write) is not what threatens the other (a power cut). Once its version is known to have been written over, it
takes the place of a superseded version (`rescue`), and is synced then.

Not for: numbers of versions and who made them (`files.history`).
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import stat
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from persistence.errors import Damaged, NoSuchVersion, Refused, TooLarge
from persistence.files import durable, opening, reading
from persistence.files.undoing import undone_by

_AT_ONCE = 1 << 22  # bytes
_KEPT = re.compile(r"(\d{6,9})-([0-9a-f]{12})\.json")
_NUMBERED = re.compile(r"\d{6,9}-[0-9a-f]{12}\.")
_SPARE = re.compile(r"(\d{6,9})-([0-9a-f]{12})\.newest\.json")


def etag_of(data: bytes, going: Callable[[], object] = lambda: None) -> str:
    """SHA-256 of the bytes, in hex. `going` is called between two pieces of many; what it raises ends it."""
    if len(data) <= _AT_ONCE:
        return hashlib.sha256(data).hexdigest()
    hashed, view = hashlib.sha256(), memoryview(data)
    for first in range(0, len(data), _AT_ONCE):
        going()
        hashed.update(view[first : first + _AT_ONCE])
    return hashed.hexdigest()


@dataclass(frozen=True)
class Kept:
    """Bytes that were put into history before a replace; `made` is False when they had been there."""

    path: Path
    made: bool


@dataclass(frozen=True)
class Listing:
    """The names in the folder at one moment. `kept`: number to name; `spares`: names, the newest last."""

    kept: Mapping[int, str]
    spares: tuple[str, ...]


def number_in(name: str) -> int:
    """The version that a file of ours is of."""
    return int(name.partition("-")[0])


def prefix_in(name: str) -> str:
    """The first 12 characters of the etag that a file of ours must have."""
    return name.partition("-")[2][:12]


class VersionFiles:
    """The files of one history. What stands under "writing" is done under the lock only."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, sequence: int, etag: str) -> Path:
        """Where a superseded version has its place."""
        return self.folder / f"{sequence:06d}-{etag[:12]}.json"

    def _spare_path(self, sequence: int, etag: str) -> Path:
        return self.folder / f"{sequence:06d}-{etag[:12]}.newest.json"

    # reading

    def refuse_links(self) -> None:
        """Raises Refused when the folder is a link, or none."""
        try:
            mode = os.lstat(self.folder).st_mode
        except FileNotFoundError:
            return
        if stat.S_ISLNK(mode):
            opening.refuse_link(self.folder)
        if not stat.S_ISDIR(mode):
            raise Refused("it is no folder", path=self.folder, next_step="Take it away, or rename it.")

    def listing(self) -> Listing:
        """What is there. Raises OSError, but not for a folder that is not there."""
        try:
            names = sorted(os.listdir(self.folder))
        except FileNotFoundError:
            names = []
        kept = {int(found[1]): name for name in names if (found := _KEPT.fullmatch(name))}
        return Listing(kept, tuple(name for name in names if _SPARE.fullmatch(name)))

    def sound_spare(self, listing: Listing, newer_than: int) -> str | None:
        """The name of the spare that holds what its name says, of a version above that number.

        Raises OSError: what cannot be read, for a moment or by us, must not be written over.
        """
        for name in reversed(listing.spares):
            if number_in(name) > newer_than and self._is_needed(name, listing) and self._is_sound(name):
                return name
        return None

    def _is_needed(self, spare: str, listing: Listing) -> bool:
        """Whether its version has no file of its own, or one that somebody wrote through."""
        kept = listing.kept.get(number_in(spare))
        return kept is None or not self._is_sound(kept)

    def _is_sound(self, name: str) -> bool:
        """A spare may be torn: it is written in place. Raises OSError for one that cannot be read now."""
        try:
            passed = hashlib.sha256()
            reading.pass_by(self.folder / name, passed.update, limit=None)
            return passed.hexdigest().startswith(prefix_in(name))
        except (FileNotFoundError, Refused):  # none of ours
            return False

    def read(self, name: str) -> bytes:
        """The bytes of one file, unjudged. Raises OSError, Refused."""
        return reading.read_file(self.folder / name, limit=None)

    def bytes_of(self, sequence: int) -> bytes:
        """The bytes of a version. Raises NoSuchVersion, Damaged when they were changed since."""
        listing = self.listing()
        name = listing.kept.get(sequence)
        if name is None:
            name = self.sound_spare(listing, sequence - 1)
            if name is None or number_in(name) != sequence:
                cause = f"there is no version {sequence} to be had"
                step = "Choose one that history lists as available."
                raise NoSuchVersion(cause, sequence=sequence, path=self.folder, next_step=step)
        data = self.read(name)
        if not etag_of(data).startswith(prefix_in(name)):
            # Where a link of a crashed commit was written through, the spare has the right bytes.
            twin = name.replace(".json", ".newest.json")
            if twin in listing.spares and self._is_sound(twin):
                return self.read(twin)
            cause = f"version {sequence} was changed after it was kept"
            raise Damaged(cause, path=self.folder / name, next_step="Choose another version.")
        return data

    def is_newest(self, sequence: int, etag: str) -> bool:
        """Whether no file is of a later version, nor of this one as a superseded one. Raises OSError."""
        try:
            numbers = map(number_in, filter(_NUMBERED.match, os.listdir(self.folder)))
        except FileNotFoundError:
            return True
        return max(numbers, default=0) <= sequence and not os.path.lexists(self.path(sequence, etag))

    def find(self, etag: str) -> bytes | None:
        """The bytes of any version with that etag; None when they are not to be had."""
        listing = self.listing()
        for name in (*listing.kept.values(), *listing.spares):
            if prefix_in(name) == etag[:12]:
                with suppress(OSError, Refused):  # what cannot be read is not to be had
                    data = self.read(name)
                    if etag_of(data) == etag:
                        return data
        return None

    def newest(self, most: int, but: Collection[str], limit: int) -> Iterator[bytes]:
        """As `History.newest`. A spare has the newest of all where the state file is damaged or gone."""
        listing, others = self.listing(), {etag[:12] for etag in but}
        names = (name for name in (*listing.kept.values(), *listing.spares) if prefix_in(name) not in others)
        for name in sorted(names, key=number_in, reverse=True)[:most]:
            with suppress(OSError, Refused, TooLarge):
                data = reading.read_file(self.folder / name, limit=limit)
                if etag_of(data).startswith(prefix_in(name)):
                    yield data

    # writing

    def prepare(self) -> None:
        """Make the folder, durably, when it is missing; whoever may write to the session may write to it."""
        self.refuse_links()
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
        for name in self.listing().kept.values():
            if os.path.samestat(os.lstat(self.folder / name), live):
                os.unlink(self.folder / name)

    def keep(self, path: Path, data: bytes, etag: str, status: os.stat_result, sequence: int) -> Kept:
        """Put the live bytes into history as version `sequence`.

        By a link when the file has no other, else as a copy. Not durable before `confirm`. Raises
        OSError.
        """
        target = self.path(sequence, etag)
        if os.path.lexists(target):
            if etag_of(reading.read_file(target, limit=None)) == etag:
                return Kept(target, made=False)
        elif status.st_nlink == 1 and _linked(path, target, status):
            return Kept(target, made=True)
        self._write(target, data, status)
        return Kept(target, made=True)

    def _write(self, target: Path, data: bytes, like: os.stat_result) -> None:
        """Write a version's file, and see that the disk took it. Raises OSError."""
        staged = durable.stage(target, data, like=like)
        with undone_by(partial(durable.discard, staged)):
            if not reading.holds(staged, data):
                raise OSError(errno.EIO, "the disk did not take what was written", str(target))
            durable.replace(staged, target)

    def separate(self, kept: Kept, data: bytes, status: os.stat_result, sequence: int) -> bytes | None:
        """Undo what somebody wrote through a link before the live file was replaced; None when nobody did.

        What was written becomes the version after `sequence`, which gets its own bytes again. Durable.
        Raises OSError, Refused.
        """
        if reading.holds(kept.path, data):
            return None
        found = reading.read_file(kept.path, limit=None)
        theirs = Kept(self.path(sequence + 1, etag_of(found)), made=True)
        durable.replace(kept.path, theirs.path)
        self._write(kept.path, data, status)
        self.confirm(theirs)
        return found

    def confirm(self, kept: Kept) -> None:
        """Make kept bytes durable, whoever wrote them, and their name. Raises OSError."""
        durable.sync_file(kept.path)
        durable.sync_directory(self.folder)

    def rescue(self, spare: str) -> None:
        """Give a spare the place of a superseded version, durably: its own place was written over."""
        target = self.folder / f"{spare.partition('.')[0]}.json"
        durable.replace(self.folder / spare, target)
        self.confirm(Kept(target, made=False))

    def put_spare(
        self, sequence: int, etag: str, data: bytes, *, instead_of: tuple[int, str], like: os.stat_result
    ) -> None:
        """Make the spare one of this version, in the place of that of the version before.

        In place and renamed last, which costs no new file each time; torn by a crash, its bytes do not hash
        to its name. Raises OSError, Refused.
        """
        slot = self._spare_path(*instead_of)
        if not os.path.lexists(slot):
            spares = self.listing().spares
            slot = self.folder / spares[-1] if spares else self._spare_path(sequence, etag)
        durable.overwrite(slot, data, like=like)
        if slot != (named := self._spare_path(sequence, etag)):
            durable.replace(slot, named)

    def drop(self, name: str) -> bool:
        """Remove the bytes of a superseded version; whether they are gone."""
        with suppress(OSError):
            os.unlink(self.folder / name)
        return not os.path.lexists(self.folder / name)


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
