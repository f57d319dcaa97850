"""Where the index of a folder is, and its first page."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from app.listing.newest import FORMAT, newest_known, path_of
from app.listing.summary_text import summary_text
from tests.samples import summary


def made(path: Path, version: str, *rows: str) -> None:
    """An index that holds these, the newest last."""
    database = sqlite3.connect(path)
    database.execute("create table format (text)")
    database.execute("insert into format values (?)", (version,))
    database.execute("create table known (directory, started, summary)")
    database.executemany("insert into known values (?, ?, ?)", [(n, n, row) for n, row in enumerate(rows)])
    database.commit()
    database.close()


def test_that_every_folder_has_an_index_of_its_own(tmp_path: Path) -> None:
    folders = [f"/data/rig{number}" for number in range(500)] + ["/ab", "/ba", "ab/", "", "/data\udcff"]
    assert len({path_of(tmp_path, folder) for folder in folders}) == len(folders)
    assert path_of(tmp_path, "/data") == path_of(tmp_path, "/data")


def test_that_the_newest_come_first_and_what_nobody_of_ours_wrote_is_left_out(tmp_path: Path) -> None:
    told = [summary(f"{number}_2026-11-23_14-05-00") for number in range(3)]
    made(path_of(tmp_path, "/data"), FORMAT, *map(summary_text, told), "[1]", "{")
    assert newest_known(tmp_path, "/data", 4) == (told[2], told[1])


def test_that_there_is_none_where_there_is_no_index_or_one_of_another_version(tmp_path: Path) -> None:
    assert newest_known(tmp_path, "/data", 4) == ()
    assert list(tmp_path.iterdir()) == []
    made(path_of(tmp_path, "/data"), "another", summary_text(summary()))
    assert newest_known(tmp_path, "/data", 4) == ()
