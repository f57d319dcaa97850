"""The files of the indexes: one for each watched folder, in the per-user cache, never on a share.

One idea: a file that cannot be used is made anew, and where that cannot be, the index is kept in memory. What
another window of the same account is using stays its own.

SQLite is told not to sync: what a power cut takes is read again. Not for what an index holds (see `index`).
"""

import logging
import os
import sqlite3
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

_log = logging.getLogger(__name__)
UNUSED_DAYS = 90
_BUSY_SECONDS = 0.2  # another window of the same account writes; waiting longer is not worth it


class IndexFile:
    """The file of one index; None stands for memory. `tables` are the statements that make it, `version` says
    what they mean: a file of another version is made anew.
    """

    def __init__(self, path: Path | None, tables: Sequence[str], version: str) -> None:
        self._path = path
        self._tables = tables
        self._version = version

    def opened(self) -> sqlite3.Connection:
        """The database as it is there, made anew where it cannot be used, in memory where that cannot be."""
        return self._in_file() or self._usable(Path(":memory:"))

    def opened_anew(self) -> sqlite3.Connection:
        """The same without what was there; whoever held it has closed it."""
        self.remove()
        return self.opened()

    def remove(self) -> None:
        """Delete it, if that can be: a window that still has it open goes on with it, or keeps it."""
        if self._path is not None:
            with suppress(OSError):
                self._path.unlink(missing_ok=True)

    # ---- within

    def _in_file(self) -> sqlite3.Connection | None:
        if self._path is None:
            return None
        for attempt in ("as it is", "anew"):
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                if attempt == "anew":
                    self._path.unlink(missing_ok=True)
                database = self._usable(self._path)
                with suppress(OSError):
                    os.utime(self._path)  # it is in use, though nothing may be written
                return database
            except (OSError, sqlite3.Error) as error:
                _log.info("The index %s cannot be used %s: %s", self._path, attempt, error)
                if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY:
                    break  # another window has it, and shall keep it
        return None

    def _usable(self, place: Path) -> sqlite3.Connection:
        """The database in a place, if it is of this version or nothing is there yet; else an error."""
        database = _connected(place)
        try:
            if _version_in(database) is None:
                self._make(database)
            if _version_in(database) != self._version:
                raise sqlite3.DatabaseError("it is of another version")
        except sqlite3.Error:
            database.close()
            raise
        return database

    def _make(self, database: sqlite3.Connection) -> None:
        """All of it in one step: another window may be about to do the same."""
        with database:
            database.execute("begin immediate")
            if _version_in(database) is None:
                for statement in (*self._tables, "create table format (text text not null)"):
                    database.execute(statement)
                database.execute("insert into format values (?)", (self._version,))


def _version_in(database: sqlite3.Connection) -> str | None:
    """The version of a database; None where nothing is in it."""
    if database.execute("select count(*) from sqlite_master").fetchone() == (0,):
        return None
    (found,) = database.execute("select text from format").fetchone() or ("",)
    return str(found)


def remove_unused(folder: Path) -> None:
    """Delete the indexes that nobody has opened for UNUSED_DAYS."""
    oldest = time.time() - UNUSED_DAYS * 86_400
    with suppress(OSError):
        for path in folder.glob("*.sqlite"):
            with suppress(OSError):  # another window may have been faster
                if path.stat().st_mtime < oldest:
                    path.unlink()


def _connected(place: Path) -> sqlite3.Connection:
    database = sqlite3.connect(place, timeout=_BUSY_SECONDS)
    try:
        database.execute("pragma journal_mode = memory")
        database.execute("pragma synchronous = off")
    except sqlite3.Error:  # no database, or locked
        database.close()
        raise
    return database
