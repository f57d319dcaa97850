"""The files of the indexes: made whole or not at all, with two windows open."""

import os
import sqlite3
import time
from pathlib import Path

import pytest

from app.listing import index_files
from app.listing.index_files import UNUSED_DAYS, IndexFile, remove_unused

TABLES = ("create table one (a text)", "create table other (a text)")


def file(path: Path) -> IndexFile:
    return IndexFile(path, TABLES, "1")


def tables_in(path: Path) -> set[str]:
    database = sqlite3.connect(path)
    try:
        return {name for (name,) in database.execute("select name from sqlite_master")}
    finally:
        database.close()


@pytest.mark.parametrize("moment", range(9))
def test_that_two_windows_that_make_the_same_index_make_it_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: int
) -> None:
    """The second window starts between two statements of the first."""
    path, connected = tmp_path / "x.sqlite", index_files._connected
    statements: list[str] = []
    numbers: set[int] = set()

    def other_window(statement: str) -> None:
        statements.append(statement)
        if len(statements) == moment + 1:
            file(path).opened().close()
            numbers.add(path.stat().st_ino)

    def traced(place: Path) -> sqlite3.Connection:
        monkeypatch.setattr(index_files, "_connected", connected)  # this window alone is traced
        database = connected(place)
        database.set_trace_callback(other_window)
        return database

    monkeypatch.setattr(index_files, "_BUSY_SECONDS", 0.0)
    monkeypatch.setattr(index_files, "_connected", traced)
    first = file(path).opened()
    first.set_trace_callback(None)
    with first:
        first.execute("insert into one values ('kept')")
    first.close()
    assert numbers == {path.stat().st_ino}
    again = file(path).opened()
    assert again.execute("select a from one").fetchall() == [("kept",)]
    again.close()


def test_that_a_file_that_cannot_be_made_is_let_go_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connected, made = index_files._connected, list[sqlite3.Connection]()

    def noted(place: Path) -> sqlite3.Connection:
        database = connected(place)
        if place != Path(":memory:"):
            made.append(database)
            database.execute("create table other (a text)")  # what is to be made cannot be
        return database

    monkeypatch.setattr(index_files, "_connected", noted)
    memory = file(tmp_path / "x.sqlite").opened()
    memory.close()
    assert made
    for database in made:
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            database.execute("select 1")


def test_that_what_another_window_has_locked_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite"
    file(path).opened().close()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("begin exclusive")
    memory = file(path).opened()
    assert memory.execute("select count(*) from one").fetchone() == (0,)
    memory.close()
    other.execute("insert into one values ('kept')")
    other.execute("commit")
    other.close()
    assert tables_in(path) == {"one", "other", "format"}


def aged(path: Path, days: float) -> Path:
    """An index that was opened so long ago."""
    file(path).opened().close()
    then = time.time() - days * 86_400
    os.utime(path, (then, then))
    return path


def test_that_indexes_that_nobody_opened_for_a_long_time_are_removed(tmp_path: Path) -> None:
    old, young = (
        aged(tmp_path / "old.sqlite", UNUSED_DAYS + 1),
        aged(tmp_path / "young.sqlite", UNUSED_DAYS - 1),
    )
    other = tmp_path / "other.txt"
    other.write_text("not ours")
    os.utime(other, (0, 0))
    remove_unused(tmp_path)
    assert sorted(tmp_path.iterdir()) == [other, young]
    remove_unused(tmp_path / "never made")
    assert not old.exists()


def test_that_an_index_that_is_opened_counts_as_used_though_nothing_is_written(tmp_path: Path) -> None:
    path = aged(tmp_path / "x.sqlite", UNUSED_DAYS + 1)
    file(path).opened().close()
    remove_unused(tmp_path)
    assert path.exists()


def test_that_another_window_goes_on_with_an_index_that_was_removed(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite"
    other = file(path).opened()
    file(path).remove()
    with other:
        other.execute("insert into one values ('kept')")
    assert other.execute("select a from one").fetchall() == [("kept",)]
    file(path).opened().close()  # a window that is opened later
    other.close()
    file(path).remove()
    file(path).remove()
    IndexFile(None, TABLES, "1").remove()
    assert list(tmp_path.iterdir()) == []
