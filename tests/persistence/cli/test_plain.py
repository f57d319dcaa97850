"""Text for a terminal is harmless, on one line, and in signs that the console has."""

from pathlib import Path
from typing import Any

import pytest

import persistence
from persistence.cli.plain import for_console
from tests.persistence.launcher_scripts import finished, start


class Rig:
    """A launcher-like object."""

    def __init__(self) -> None:
        self.x = "a → b"


@pytest.mark.parametrize(
    ("encoding", "expected"), [("utf-8", "1 → 2 …"), ("cp1252", "1 -> 2 …"), ("ascii", "1 -> 2 ...")]
)
def test_that_signs_that_a_console_lacks_are_spelled(encoding: str, expected: str) -> None:
    assert for_console("1 → 2 …", encoding) == expected


def test_that_a_windows_console_reads_arrows_and_programs_get_values_as_they_are(
    tmp_path: Path, run: Any
) -> None:
    assert persistence.save(Rig(), tmp_path)
    console = {"PYTHONIOENCODING": "cp1252"}
    code, output, _ = finished(start("-m", "persistence", "set", tmp_path, "x", '"c"', environment=console))
    assert (code, 'x: "a -> b" -> "c" (version 2).' in output) == (0, True)
    assert run("restore", tmp_path, 1).code == 0
    for arguments in (["get", str(tmp_path), "x"], ["diff", str(tmp_path), "--json"]):
        code, output, _ = finished(start("-m", "persistence", *arguments, environment=console))
        assert (code, "a \\u2192 b" in output, "->" in output) == (0, True, False)


def test_that_the_newest_version_is_marked_however_long_its_note_is(tmp_path: Path, run: Any) -> None:
    assert persistence.save(Rig(), tmp_path)
    assert run("set", tmp_path, "x", '"c"', "--note", "n" * 500).code == 0
    assert run("history", tmp_path).output.splitlines()[-1].endswith("nnn… (now)")
