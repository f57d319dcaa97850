"""Every sentence of an error ends in a next step."""

from pathlib import Path
from typing import Any

import pytest

from persistence.store import SIZE_LIMIT, STATE_FILE


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
    said = run("diff", session)
    assert (said.code, "version 1 was changed after it was kept. Choose another" in said.errors) == (1, True)


def test_that_a_file_that_is_too_large_can_be_got_rid_of(session: Path, run: Any) -> None:
    path = session / STATE_FILE
    assert run("set", session, "x", "2").code == 0
    with path.open("r+b") as file:
        file.truncate(SIZE_LIMIT + 1)
    said = run("show", session)
    assert (said.code, "--any-size; or move it elsewhere, and `rigstate restore`" in said.errors) == (1, True)
    path.rename(session / "large")
    assert run("restore", session, 1).code == 0


def test_that_the_name_of_an_unsaved_state_is_checked(session: Path, run: Any) -> None:
    assert run("adopt", session, "").code == 2
    said = run("adopt", session, session / "none")
    assert (said.code, "it is no unsaved state by its name. Name a" in said.errors) == (4, True)
