"""What tests of the command line share: a call of it, in this process, with what it said."""

from typing import Any, NamedTuple

import pytest

from persistence.__main__ import main


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
