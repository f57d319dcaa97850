"""The frozen `rigstate`, as far as it can be asked unfrozen: what it starts, and what it refuses."""

import subprocess
import sys
from pathlib import Path

import pytest

from persistence import __version__
from tests.packaging.recipe.command import start
from tests.syntax import PROJECT


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "error", "-m", "tests.packaging.recipe.command", *arguments]
    return subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("arguments", [["--version"], ["-P", "-B", "-u", "-m", "persistence", "--version"]])
def test_that_it_is_the_command_line_and_starts_it_as_a_part(arguments: list[str]) -> None:
    answer = run(*arguments)
    assert (answer.returncode, answer.stdout, answer.stderr) == (0, f"rigstate {__version__}\n", "")


def test_that_a_part_gets_its_arguments_and_gives_its_exit_code(tmp_path: Path) -> None:
    answer = run("-m", "app.files.judge", str(tmp_path), "100")
    assert answer.returncode == 1
    assert str(tmp_path) in answer.stderr


@pytest.mark.parametrize("module", ["json.tool", "apps.x", "idlelib"])
def test_that_it_is_no_python_for_anything_else(module: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert start(["-m", module]) == 2
    assert f"{module} is none of its parts" in capsys.readouterr().err
