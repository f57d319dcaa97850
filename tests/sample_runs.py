"""The record of a run as one is written down, for tests of its file and of the folders of many."""

from __future__ import annotations

from pathlib import Path

from persistence.launching.run_record import RunRecord, this_computer, write_record

KEY = "2026-11-23_14-05-00_abcdef"
PLAIN = RunRecord(KEY, "/data/s \ud800é", "a.B", ("/bin/x", "-c", "$(x)"), this_computer(), 77, "then")


def folder_of(runs: Path, record: RunRecord = PLAIN) -> Path:
    """The folder of that run, with its record."""
    folder = runs / record.key
    folder.mkdir(parents=True)
    write_record(folder, record)
    return folder
