"""What tests of the library share: a command, called in this process, with what it said; an empty session."""

from pathlib import Path
from typing import Any, NamedTuple

import pytest

from persistence.__main__ import main
from persistence.store import StateFile


class Said(NamedTuple):
    """The exit code and both outputs of one command."""

    code: int
    output: str
    errors: str


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Any:
    """Run one command. No traceback ever, whatever it is given."""

    def call(*arguments: object) -> Said:
        code = main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        return Said(code, captured.out, captured.err)

    return call


@pytest.fixture
def store(tmp_path: Path) -> StateFile:
    """The state file of an empty session directory."""
    return StateFile(tmp_path, who="anna", program="test", budget=5)
