"""The folders of runs: they are found in order, old ones go, and nothing else is ever touched."""

import os
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app.runs.run_files import records_in, remove_old
from persistence.launching.run_record import new_key
from tests.sample_runs import PLAIN, folder_of

NOW = datetime(2026, 11, 23, 14, 32, 8)


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
