"""What is told can be read by people, and a command that is printed can be typed as it stands."""

import os
import re
import shutil
import subprocess
import sys
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from time import process_time
from typing import Any

import pytest

import persistence
from persistence.cli.telling import shown
from persistence.store import STATE_FILE, StateFile
from persistence.values.json_text import JSON
from tests.persistence.launcher_scripts import ROOT

NAMES = [
    "a b",
    "it's",
    "-c",
    "--help",
    "$(touch x)",
    "a\x1b[31mb",
    "a\u202eb",
    "a\nb\\'c",
    "~",
    "*",
    "é",
    "\udcff\udcfe",
]


class Rig:
    """A launcher-like object."""

    def __init__(self) -> None:
        self.x = 1


def by_a_shell(command: str, folder: Path) -> int:
    """The exit code of a command of ours that is typed into bash."""
    bash = shutil.which("bash")
    assert bash is not None
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    line = f"{sys.executable} -m persistence {command.removeprefix('rigstate ')}"
    command_line = [bash, "-c", line]
    done = subprocess.run(command_line, cwd=folder, env=environment, capture_output=True, check=False)
    return done.returncode


@pytest.mark.skipif(os.name == "nt" or shutil.which("bash") is None, reason="there is no bash")
@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_that_the_way_back_can_be_typed_whatever_the_folder_is_called(
    tmp_path: Path, run: Any, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = tmp_path / name
    try:
        session.mkdir()
    except (OSError, UnicodeEncodeError):
        pytest.skip("no such name here")
    assert persistence.save(Rig(), session)
    before = (session / STATE_FILE).read_bytes()
    monkeypatch.chdir(tmp_path)
    for given in (session, f"./{name}"):
        said = run("set", given, "x", "2")
        assert said.code == 0
        assert (said.output + said.errors).replace("\n", "").isprintable()
        way_back = said.output.splitlines()[1]
        assert by_a_shell(way_back.partition(": ")[2], tmp_path) == 0
        assert (session / STATE_FILE).read_bytes() == before


def test_that_what_was_damaged_is_copied_out_and_not_restored(tmp_path: Path, run: Any) -> None:
    assert persistence.save(Rig(), tmp_path)
    (tmp_path / STATE_FILE).write_bytes(b"{ torn")
    said = run("restore", tmp_path, 1)
    assert said.code == 0
    export = f"rigstate history {tmp_path} --export FOLDER"
    kept = f"The damaged bytes are kept as version 2. To copy them out: {export}"
    assert said.output.splitlines()[1:] == [kept]
    assert StateFile(tmp_path).version(2) == b"{ torn"


def test_that_a_name_typed_with_control_characters_is_told_harmlessly(tmp_path: Path, run: Any) -> None:
    assert persistence.save(Rig(), tmp_path)
    name = "z\x1b[31m\u202e"
    for verb in (["set", name, "1"], ["set", name, "1"], ["remove", name], ["get", name]):
        said = run(verb[0], tmp_path, *verb[1:])
        assert "z\\x1b[31m\\u202e" in said.output + said.errors
        assert (said.output + said.errors).replace("\n", "").isprintable()


# --- values -----------------------------------------------------------------------------------------------


class Odd:
    """A launcher-like object with values that JSON lacks."""

    def __init__(self) -> None:
        self.started = datetime(2026, 11, 23, 14, 29, 51, 204618)
        self.lasted = timedelta(minutes=48)
        self.gain = Decimal("0.10")
        self.folder = Path("rig 1")
        self.code = b"\x00\xff"
        self.gaps = [float("nan"), None, True, "m1", 1]
        self.pair = (1, date(2026, 11, 23))
        self.by_number = {1: (Decimal(2),), "note": {"at": time(14, 29)}}


TOLD = {
    "started": ("date-time", "2026-11-23 14:29:51.204618"),
    "lasted": ("duration", "0:48:00"),
    "gain": ("exact decimal", "0.10"),
    "folder": ("path", "rig 1"),
    "code": ("bytes", "2 bytes: 00 ff"),
    "gaps": ("list", '[nan, null, true, "m1", 1]'),
    "pair": ("tuple", "[1, date 2026-11-23]"),
    "by_number": ("mapping", '{1: tuple [exact decimal 2], "note": {"at": time 14:29:00}}'),
}


def test_that_people_are_shown_values_as_the_window_shows_them_and_programs_the_saved_form(
    tmp_path: Path, run: Any
) -> None:
    assert persistence.save(Odd(), tmp_path)
    lines = [line.strip() for line in run("show", tmp_path).output.splitlines()]
    for name, (kind, text) in TOLD.items():
        assert re.search(rf"^{name} +{kind} +{re.escape(text)}$", "\n".join(lines), re.MULTILINE), name
    assert '"__type__": "Decimal"' in run("show", tmp_path, "--json").output
    assert '"__type__": "Decimal"' in run("get", tmp_path, "gain").output


def test_that_changes_are_told_in_the_same_form(tmp_path: Path, run: Any) -> None:
    assert persistence.save(Odd(), tmp_path)
    said = run("set", tmp_path, "started", "2026-11-23 14:30:00").output
    assert "started: 2026-11-23 14:29:51.204618 → 2026-11-23 14:30:00 (version 2)" in said
    assert "started: 2026-11-23 14:29:51.204618 → 2026-11-23 14:30:00" in run("diff", tmp_path).output
    assert "gain: 0.10 → removed" in run("remove", tmp_path, "gain").output


def test_that_what_no_words_stand_for_is_shown_as_it_is_saved(tmp_path: Path, run: Any) -> None:
    assert persistence.save(Rig(), tmp_path)
    for unheard in ('{"__type__": "Quantity", "value": [5, "mW"]}', '{"__type__": "date", "value": "soon"}'):
        path = tmp_path / STATE_FILE
        path.write_text(re.sub(r'"x": .*', f'"x": {unheard}', path.read_text("utf-8")), "utf-8")
        assert re.search(rf"x +unknown +{re.escape(unheard)}\n", run("show", tmp_path).output + "\n")


def test_that_of_a_large_value_no_more_is_told_than_is_shown() -> None:
    pair: JSON = {"__type__": "tuple", "value": [0]}
    value: JSON = [[pair] * 1_000_000]
    began = process_time()
    assert shown(value).startswith("[[tuple [0], tuple [0], ")
    assert process_time() - began < 0.1
