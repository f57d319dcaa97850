"""What was started is written down, and comes back; what has another shape is no record."""

import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from persistence.launching.run_record import RECORD, begun_at, new_key, read_record
from tests.sample_runs import PLAIN, folder_of

NOW = datetime(2026, 11, 23, 14, 32, 8)


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
