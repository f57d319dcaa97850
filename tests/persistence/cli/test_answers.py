"""Every sentence of an error ends in a next step."""

from pathlib import Path
from typing import Any

import pytest

import persistence


class Rig:
    """A launcher-like object."""

    def __init__(self) -> None:
        self.x = 1


@pytest.fixture
def session(tmp_path: Path) -> Path:
    """A session with one saved state."""
    assert persistence.save(Rig(), tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("verb", "step"),
    [
        (["get", "y"], "`rigstate show` lists what there is."),
        (["get", "x", "--namespace", "Nobody"], "`rigstate show` lists what there is."),
        (["get", "/x"], "PATH goes without its first slash: x"),
        (["set", "y/z", "1"], "`rigstate show` lists what there is."),
        (["restore", "9"], "Choose one that history lists as available."),
        (["diff"], "`rigstate history` lists the versions."),
        (["adopt"], "`rigstate list` shows which sessions have one."),
    ],
)
def test_that_an_error_says_what_can_be_done(session: Path, run: Any, verb: list[str], step: str) -> None:
    said = run(verb[0], session, *verb[1:])
    assert (said.code, said.output) == (1, "")
    assert str(session) in said.errors
    assert said.errors.rstrip("\n").endswith(step)


def test_that_a_session_without_state_says_so_with_a_next_step(tmp_path: Path, run: Any) -> None:
    for verb in (["show"], ["clear"], ["history"], ["diff"], ["recover"]):
        said = run(verb[0], tmp_path, *verb[1:])
        assert (said.code, said.errors.count(". ")) == (1, 1)


def test_that_a_kept_version_that_was_changed_is_told(session: Path, run: Any) -> None:
    assert run("set", session, "x", "2").code == 0
    next((session / ".session_state_history").glob("000001-*")).write_bytes(b"{}")
    for verb in (["diff"], ["restore", "1"]):
        said = run(verb[0], session, *verb[1:])
        assert (said.code, "version 1 was changed after it was kept. `rigstate history`" in said.errors) == (
            1,
            True,
        )
