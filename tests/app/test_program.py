"""Parts are started by this Python, or by the frozen program that lies beside."""

import sys
from pathlib import Path

import pytest

from app import program
from app.program import python, window


def test_that_this_python_starts_parts_and_windows() -> None:
    assert python() == sys.executable
    assert window() == (sys.executable, "-P", "-m", "app")


@pytest.mark.parametrize("asking", ["rigstate-gui", "rigstate"])
def test_that_the_frozen_programs_start_each_other(
    asking: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / asking))
    assert (python(), window()) == (str(tmp_path / "rigstate"), (str(tmp_path / "rigstate-gui"),))
    monkeypatch.setattr(program, "_SUFFIX", ".exe")
    assert python() == str(tmp_path / "rigstate.exe")
