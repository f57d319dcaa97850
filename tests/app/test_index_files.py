"""The files of the indexes: made whole or not at all, with two windows open."""

import sqlite3
from pathlib import Path

import pytest

from app import index_files
from app.index_files import IndexFile

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
