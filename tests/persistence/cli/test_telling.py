"""A command that is printed can be typed as it stands, whatever the folder is called."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import persistence
from persistence.store import STATE_FILE, StateFile
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
