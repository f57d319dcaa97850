"""What was known of the sessions of one folder when they were read last: a cache that may be lost.

One idea: the index is never the truth. It paints the first page at once, and spares reading what has not
changed since, by the signature of a session's files; whatever it says is looked at again on the disk, and
whoever deletes it, damages it or brings one of another version loses nothing but time.

One file for each watched folder, in the per-user cache, never on a share. It belongs to one thread. SQLite is
told not to sync: what a power cut takes is read again.

Not for deciding whether a session is still as it is known (see `disk`), and not for a session's own files.
"""

import hashlib
import json
import logging
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from app.session import Problem, Running, Summary

_log = logging.getLogger(__name__)
_FIELDS = tuple(field.name for field in fields(Summary))
_FORMAT = ",".join(("3", *_FIELDS, *(field.name for kind in (Problem, Running) for field in fields(kind))))
"""An index with other fields than these is of another version, and is made anew."""
_BUSY_SECONDS = 0.2  # another window of the same account writes; waiting longer is not worth it
_SCHEMA = """
create table known (
    directory blob primary key,
    started blob not null,
    signature blob not null,
    summary text not null,
    attributes text
);
create index newest on known (started desc, directory desc);
create table format (text text not null);
"""
_PUT = """
insert into known values (?, ?, ?, ?, ?) on conflict (directory) do update set
started = excluded.started, signature = excluded.signature, summary = excluded.summary,
attributes = case excluded.attributes when '' then attributes else excluded.attributes end
"""
_MEMORY = Path(":memory:")


@dataclass(frozen=True, slots=True)
class Known:
    """One session as it was read last.

    `signature`: of the files that were read, empty where they have to be read again in any case.
    `attributes`: the values that can be asked for, as JSON text; None where they were not looked into yet,
    empty where the index has them.
    """

    summary: Summary
    signature: bytes
    attributes: str | None = None


class Index:
    """The index of one watched folder. No method raises: an index that fails is one that knows nothing."""

    def __init__(self, folder: Path | None, root: str) -> None:
        """Open or make it in `folder`. Without one, or where it cannot be written, it is kept in memory."""
        name = hashlib.sha256(root.encode("utf-8", "surrogatepass")).hexdigest()[:24]
        self._root = root
        self._path = None if folder is None else folder / f"{name}.sqlite"
        self._database = self._opened() or _empty(_MEMORY)

    def load(self) -> Iterator[Known]:
        """All that is known, newest first; who ran in a session then is nothing that anybody knows now."""
        columns = "select summary, signature, attributes != '' from known"
        for text, signature, has_values in self._rows(f"{columns} order by started desc, directory desc"):
            if (summary := _summary_in(text)) is not None:
                yield Known(summary, signature, "" if has_values else None)

    def attributes(self) -> Iterator[tuple[str, str]]:
        """Directory and values of every session that was looked into."""
        question = "select directory, attributes from known where attributes != ''"
        yield from ((os.fsdecode(directory), values) for directory, values in self._rows(question))

    def put(self, known: Iterable[Known]) -> bool:
        """Know this from now on; False where that could not be written."""
        rows = [
            (
                os.fsencode(one.summary.directory),
                _bytes_of(one.summary.started or one.summary.created_at or ""),
                one.signature,
                _text_of(one.summary),
                one.attributes,
            )
            for one in known
        ]
        return self._write(_PUT, rows)

    def forget(self, directories: Iterable[str]) -> None:
        """Know no longer of these."""
        self._write(
            "delete from known where directory = ?", [(os.fsencode(directory),) for directory in directories]
        )

    def close(self) -> None:
        """Let go of the file."""
        with suppress(sqlite3.Error):
            self._database.close()

    # ---- within

    def _opened(self) -> sqlite3.Connection | None:
        """The database in its file, made anew where it cannot be used; None where that cannot be either."""
        if self._path is None:
            return None
        for attempt in ("as it is", "anew"):
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                if attempt == "anew":
                    self._path.unlink(missing_ok=True)
                return _usable(self._path)
            except (OSError, sqlite3.Error) as error:
                _log.info("The index %s cannot be used %s: %s", self._path, attempt, error)
                if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY:
                    break  # another window has it, and shall keep it
        return None

    def _rows(self, question: str) -> Iterator[Any]:
        try:
            yield from self._database.execute(question)
        except sqlite3.Error as error:
            self._start_anew(error)

    def _write(self, statement: str, rows: Sequence[Sequence[object]]) -> bool:
        if not rows:
            return True
        try:
            with self._database:
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
        if self._path is not None:
            with suppress(OSError):
                self._path.unlink(missing_ok=True)
        self._database = self._opened() or _empty(_MEMORY)


def _usable(path: Path) -> sqlite3.Connection:
    """The database in a file, if it is of this version; else an error."""
    if not path.exists():
        return _empty(path)
    database = _connected(path)
    try:
        if database.execute("select text from format").fetchone() != (_FORMAT,):
            raise sqlite3.DatabaseError("it is of another version")
    except sqlite3.Error:
        database.close()
        raise
    return database


def _empty(place: Path) -> sqlite3.Connection:
    database = _connected(place)
    with database:
        database.executescript(_SCHEMA)
        database.execute("insert into format values (?)", (_FORMAT,))
    return database


def _connected(place: Path) -> sqlite3.Connection:
    database = sqlite3.connect(place, timeout=_BUSY_SECONDS)
    database.execute("pragma journal_mode = memory")
    database.execute("pragma synchronous = off")
    return database


def _bytes_of(text: str) -> bytes:
    """For sorting; half characters in it, as a file may have, are no reason to fail."""
    return text.encode("utf-8", "surrogatepass")


# ---- a summary as text


def _text_of(summary: Summary) -> str:
    return json.dumps([getattr(summary, name) for name in _FIELDS], default=_parts, separators=(",", ":"))


def _parts(value: object) -> list[object]:
    """A problem or a run, by its fields."""
    return [getattr(value, field.name) for field in fields(value)]  # type: ignore[arg-type]  # dataclasses, both


def _summary_in(text: str) -> Summary | None:
    """What was written, but who ran then; None for what nobody of ours wrote."""
    try:
        found = dict(zip(_FIELDS, json.loads(text), strict=True))
        found["problem"] = found["problem"] and Problem(*found["problem"])
        found["running"] = None
        for name in ("launchers", "unsaved"):
            found[name] = tuple(found[name])
        return Summary(**found)
    except (ValueError, TypeError, KeyError):
        return None
