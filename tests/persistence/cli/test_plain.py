"""Text for a terminal is harmless, on one line, and in signs that the console has."""

import json
from pathlib import Path
from typing import Any

import pytest

import persistence
from persistence.cli.plain import for_console, for_programs, table
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


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "utf-8", "utf-16"])
def test_that_programs_get_json_whatever_encoding_the_output_has(
    tmp_path: Path, run: Any, encoding: str
) -> None:
    """A pipe on Windows is no UTF-8 either, and every reader of JSON expects that."""
    rig = Rig()
    rig.x = "größe → 𝄞"
    assert persistence.save(rig, tmp_path)
    text = run("show", tmp_path, "--json").output
    said = for_programs(text, encoding)
    assert json.loads(said.encode("utf-8" if encoding == "utf-8" else "ascii")) == json.loads(text)
    environment = {"PYTHONIOENCODING": encoding}
    process = start("-m", "persistence", "show", tmp_path, "--json", environment=environment)
    output = process.stdout.buffer.read().decode("utf-8" if encoding != "utf-16" else "utf-16")
    finished(process)
    assert json.loads(output) == json.loads(text)


def test_that_the_newest_version_is_marked_however_long_its_note_is(tmp_path: Path, run: Any) -> None:
    assert persistence.save(Rig(), tmp_path)
    assert run("set", tmp_path, "x", '"c"', "--note", "n" * 500).code == 0
    assert run("history", tmp_path).output.splitlines()[1].endswith("nnn… (now)")


def test_that_one_long_cell_widens_no_other_row() -> None:
    """One session with a very long name made all lines of the list twice as wide as they were."""
    rows = [("Session", "Subject"), *((f"m{number}", "a") for number in range(5)), ("m" * 60, "a")]
    assert [len(line) for line in table(rows)] == [16, 10, 10, 10, 10, 10, 63]
    assert [len(line) for line in table([("Session", "Subject"), ("m" * 60, "a")])] == [69, 63]
