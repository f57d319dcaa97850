"""What was known of the sessions of one folder when they were read last: a cache that may be lost.

One idea: the index is never the truth. It paints the first page at once, and spares reading what has not
changed since, by the signature of a session's files; whatever it says is looked at again on the disk, and
whoever deletes it, damages it or brings one of another version loses nothing but time.

It belongs to one thread. Not for its file (see `index_files`), nor for deciding whether a session is still as
it is known (see `ledger`), and not for a session's own files.
"""

import logging
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from app.listing.befores import Befores
from app.listing.index_files import IndexFile
from app.listing.known import Known
from app.listing.newest import FORMAT, path_of, who_runs
from app.listing.summary_text import read_summary, summary_text

_log = logging.getLogger(__name__)
_TABLES = (
    """create table known (
        directory blob primary key,
        started blob not null,
        signature blob not null,
        summary text not null,
        token text not null,
        damaged integer not null
    )""",
    "create index newest on known (started desc, directory desc)",
    "create index broken on known (directory) where damaged",
    # Apart: what is read at each start would lie between them, in three times as many pages. Both have a
    # token of the bytes that the values are of, empty where there are none: nothing is synced, and a power
    # cut may leave the page of one without that of the other.
    "create table held (number integer primary key, token text not null, attributes text not null)",
    """create trigger gone after delete on known begin
        delete from held where number = old.rowid;
    end""",
    "create table folder (device text not null)",
)
_PUT = """
insert into known values (?1, ?2, ?3, ?4, coalesce(?5, ''), ?6) on conflict (directory)
do update set started = excluded.started, signature = excluded.signature, summary = excluded.summary,
token = coalesce(?5, token), damaged = excluded.damaged
"""
_HOLD = "insert or replace into held select rowid, token, ? from known where directory = ?"
_HELD = """
select known.rowid, directory, attributes, known.token is held.token
from known left join held on number = known.rowid where known.token != ''
"""

_TORN = sqlite3.DatabaseError("values are not those of the sessions that they stand with")

AT_ONCE = 200
"""Sessions whose values are had together."""


class Index:
    """The index of one watched folder. No method raises: an index that fails is one that knows nothing."""

    def __init__(self, folder: Path | None, root: str) -> None:
        """Open or make it in `folder`. Without one, or where it cannot be written, it is kept in memory."""
        self._root = root
        self._file = IndexFile(None if folder is None else path_of(folder, root), _TABLES, FORMAT)
        self._database = self._file.opened()
        self._lost = False

    def take_loss(self) -> bool:
        """Whether what was put here was lost since this was asked last: the index had to be made anew."""
        lost, self._lost = self._lost, False
        return lost

    def load(self) -> Iterator[Known]:
        """All that is known, newest first; in sessions in which somebody ran it is asked who does now."""
        columns = "select summary, signature, token != '' from known"
        for text, signature, has_values in self._rows(f"{columns} order by started desc, directory desc"):
            if (summary := read_summary(text, who_runs)) is not None:
                yield Known(summary, signature, "" if has_values else None)

    def fill(self, befores: Befores) -> None:
        """Of each session what tells whether it has changed, at a seventh of the price of the whole."""
        damaged = frozenset(path for (path,) in self._rows("select directory from known where damaged"))
        befores.fill(self._rows("select directory, signature from known"), damaged)

    def attributes(self) -> Iterator[tuple[str, str]]:
        """Directory and values of every session that was looked into, AT_ONCE at a time: between these others
        may write.
        """
        question = f"{_HELD} and known.rowid > ? order by known.rowid limit ?"
        last = 0
        while page := list(self._rows(question, last, AT_ONCE)):
            last = page[-1][0]
            yield from self._whole(page)

    def attributes_of(self, directories: Iterable[str]) -> Iterator[tuple[str, str]]:
        """The same of those of these directories that were looked into, one by one."""
        for directory in directories:
            yield from self._whole(list(self._rows(f"{_HELD} and directory = ?", os.fsencode(directory))))

    def put(self, known: Iterable[Known]) -> bool:
        """Know this from now on; False where that could not be written."""
        known = tuple(known)
        paths = [os.fsencode(one.summary.directory) for one in known]
        rows = [
            (
                path,
                _bytes_of(one.summary.started or one.summary.created_at or ""),
                one.signature,
                summary_text(one.summary),
                _token_of(one),
                one.is_found_damaged,
            )
            for path, one in zip(paths, known, strict=True)
        ]
        held = [(one.attributes, path) for path, one in zip(paths, known, strict=True) if one.attributes]
        return self._write((_PUT, rows), (_HOLD, held))

    def forget(self, directories: Iterable[str]) -> None:
        """Know no longer of these."""
        paths = [(os.fsencode(directory),) for directory in directories]
        self._write(("delete from known where directory = ?", paths))

    def count(self) -> int:
        """How many sessions are known."""
        return sum(count for (count,) in self._rows("select count(*) from known"))

    def device(self) -> int | None:
        """The disk that the folder was on when it was seen last; None where that is not known."""
        return next((int(device) for (device,) in self._rows("select device from folder")), None)

    def put_device(self, device: int) -> None:
        """The folder is on this disk. As text: numbers of disks may be too large for SQLite."""
        self._write(("delete from folder", [()]), ("insert into folder values (?)", [(str(device),)]))

    def close(self) -> None:
        """Let go of the file."""
        with suppress(sqlite3.Error):
            self._database.close()

    def remove(self) -> None:
        """Let go of the file, and delete it."""
        self.close()
        self._file.remove()

    # ---- within

    def _rows(self, question: str, *given: object) -> Iterator[Any]:
        try:
            yield from self._database.execute(question, given)
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", None) != sqlite3.SQLITE_BUSY:  # else it is another window's
                self._start_anew(error)

    def _whole(self, held: Sequence[Any]) -> Iterator[tuple[str, str]]:
        """Directories and values, where these belong together."""
        if not all(belongs for *_, belongs in held):
            self._start_anew(_TORN)
            return
        yield from ((os.fsdecode(directory), values) for _, directory, values, _ in held)

    def _write(self, *steps: tuple[str, Sequence[Sequence[object]]]) -> bool:
        """All of it, or nothing: each statement with its rows."""
        if not any(rows for _, rows in steps):
            return True
        try:
            with self._database:
                for statement, rows in steps:
                    self._database.executemany(statement, rows)
        except sqlite3.OperationalError as error:  # locked by another window, or the disk is full
            _log.info("The index of %s was not written: %s", self._root, error)
            return False
        except sqlite3.Error as error:
            self._start_anew(error)
            return False
        return True

    def _start_anew(self, error: sqlite3.Error) -> None:
        _log.warning("The index of %s is damaged and is made anew: %s", self._root, error)
        self.close()
        self._lost = True
        self._database = self._file.opened_anew()


def _token_of(known: Known) -> str | None:
    """Of the bytes that its values are of; empty where it was not judged, None where the index has it."""
    if known.attributes == "":
        return None
    return "" if known.attributes is None else f"v{known.summary.etag[:16]}"


def _bytes_of(text: str) -> bytes:
    """For sorting; half characters in it, as a file may have, are no reason to fail."""
    return text.encode("utf-8", "surrogatepass")
