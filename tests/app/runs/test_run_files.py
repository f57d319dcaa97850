"""The folders of runs: what was started comes back, old ones go, and nothing else is ever touched."""

import json
import os
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.runs.run_files import (
    RECORD,
    RunRecord,
    begun_at,
    new_key,
    read_record,
    records_in,
    remove_old,
    this_computer,
    write_record,
)  # fmt: skip

NOW = datetime(2026, 11, 23, 14, 32, 8)
KEY = "2026-11-23_14-05-00_abcdef"
PLAIN = RunRecord(KEY, "/data/s \ud800é", "a.B", ("/bin/x", "-c", "$(x)"), this_computer(), 77, "then")


def folder_of(runs: Path, record: RunRecord = PLAIN) -> Path:
    folder = runs / record.key
    folder.mkdir(parents=True)
    write_record(folder, record)
    return folder


def test_that_what_was_started_comes_back(tmp_path: Path) -> None:
    assert read_record(folder_of(tmp_path)) == PLAIN
    known = replace(PLAIN, key=new_key(NOW), user="ann")
    assert read_record(folder_of(tmp_path, known)) == known
    assert begun_at(known.key) == NOW.isoformat()
    assert begun_at("elsewhere") == ""
    assert new_key(NOW).startswith("2026-11-23_14-32-08_")


def test_that_what_an_older_window_wrote_without_a_user_is_read(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    text = json.loads((folder / RECORD).read_text())
    del text["user"]
    (folder / RECORD).write_text(json.dumps(text))
    assert read_record(folder) == PLAIN


@pytest.mark.parametrize(
    "changes",
    [{"key": "other"}, {"pid": "77"}, {"pid": True}, {"command": "x"}, {"command": [1]}, {"directory": None}],
)
def test_that_a_record_of_another_shape_is_none(tmp_path: Path, changes: dict[str, Any]) -> None:
    folder = folder_of(tmp_path)
    found = json.loads((folder / RECORD).read_text())
    (folder / RECORD).write_text(json.dumps(found | changes))
    record = read_record(folder)
    assert record is None or (changes == {"command": "x"} and record.command == ("x",))
    for text in ("", "[]", "[" * 5000, "{}"):
        (folder / RECORD).write_text(text)
        assert read_record(folder) is None


def test_that_runs_of_this_computer_come_in_the_order_of_their_starts(tmp_path: Path) -> None:
    for key in ("2026-11-23_14-05-02_000000", "2026-11-23_14-05-01_ffffff"):
        folder_of(tmp_path, replace(PLAIN, key=key))
    folder_of(tmp_path, replace(PLAIN, key="2026-11-23_14-05-03_000000", host="another"))
    (tmp_path / "2026-99-23_14-05-00_abcdef").mkdir()
    (tmp_path / "notes").mkdir()
    assert [record.key[-9:] for record in records_in(tmp_path)] == ["01_ffffff", "02_000000"]
    assert list(records_in(tmp_path / "none")) == []


def test_that_a_month_later_a_run_is_gone_unless_it_lives(tmp_path: Path) -> None:
    old, living, young = (
        folder_of(tmp_path, replace(PLAIN, key=new_key(NOW - timedelta(days=days)))) for days in (31, 40, 29)
    )
    (old / "output.log").write_text("x")
    for name in ("notes", "2026-01-01", "x2025-11-23_14-05-00_abcdef"):
        (tmp_path / name).mkdir()
    remove_old(tmp_path, NOW, keep=frozenset([living.name]))
    assert sorted(entry.name for entry in tmp_path.iterdir()) == sorted(
        [living.name, young.name, "notes", "2026-01-01", "x2025-11-23_14-05-00_abcdef"]
    )


@pytest.mark.skipif(os.name != "posix", reason="links")
def test_that_what_a_link_leads_to_is_never_removed(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "kept").touch()
    runs = tmp_path / "runs"
    runs.mkdir()
    (runs / "2020-11-23_14-05-00_abcdef").symlink_to(data)
    remove_old(runs, NOW, keep=frozenset())
    assert (data / "kept").exists()
