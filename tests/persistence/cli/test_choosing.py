"""Which session is meant: what is wrong with the name of a folder is said before anything is looked at."""

import os
from pathlib import Path
from typing import Any

import pytest

from persistence.store import STATE_FILE, StateFile

VERBS = [
    ["show"],
    ["get", "x"],
    ["history"],
    ["history", "--prune"],
    ["diff"],
    ["set", "x", "1"],
    ["remove", "x"],
    ["clear"],
    ["restore", "1"],
    ["adopt"],
    ["recover"],
]


@pytest.mark.parametrize("verb", VERBS, ids="-".join)
def test_that_a_folder_that_is_not_there_is_told_as_that(session: Path, run: Any, verb: list[str]) -> None:
    name, *rest = verb
    for wrong, cause in (
        (session / "none", "there is no such folder"),
        (session / STATE_FILE / "deeper", "there is no such folder"),
        (session / ".session_state.lock", "it is no folder"),
    ):
        said = run(name, wrong, *rest)
        assert (said.code, said.output) == (1, "")
        step = "Name a session's folder; `rigstate list` shows those below a folder."
        assert said.errors == f"rigstate: {wrong}: {cause}. {step}\n"


@pytest.mark.parametrize("verb", VERBS[:3], ids="-".join)
def test_that_a_folder_of_sessions_is_answered_with_the_verb_that_lists_them(
    session: Path, run: Any, verb: list[str]
) -> None:
    name, *rest = verb
    (session / "several").mkdir()
    said = run(name, session / "several", *rest)
    assert (said.code, said.output) == (1, "")
    assert "`rigstate list` shows which sessions have one." in said.errors


@pytest.mark.parametrize("verb", VERBS, ids="-".join)
def test_that_an_empty_name_is_not_the_working_directory(
    session: Path, run: Any, verb: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A shell makes an empty name of a variable that is not set, as in `rigstate clear "$SESSION"`."""
    monkeypatch.chdir(session)
    before = (session / STATE_FILE).read_bytes()
    name, *rest = verb
    said = run(name, "", *rest)
    assert (said.code, said.output) == (2, "")
    assert "DIR is empty" in said.errors
    assert (session / STATE_FILE).read_bytes() == before


@pytest.mark.parametrize("verb", ["list", "validate"])
def test_that_an_empty_root_or_path_is_none_either(session: Path, run: Any, verb: str) -> None:
    said = run(verb, "", session)
    assert (said.code, said.output, "is empty" in said.errors) == (2, "", True)


def test_that_an_empty_namespace_or_folder_for_copies_is_wrong_usage(session: Path, run: Any) -> None:
    assert run("show", session, "--namespace", "").code == 2
    assert run("clear", session, "--namespace", "").code == 2
    assert run("history", session, "--export", "").code == 2


@pytest.mark.parametrize(
    "verb",
    [
        ["set", "x", "2"],
        ["remove", "x"],
        ["clear"],
        ["restore", "1"],
        ["adopt"],
        ["recover"],
        ["history", "--prune"],
    ],
)
def test_that_a_folder_that_cannot_be_written_to_is_told_before_anything_is_done(
    session: Path, run: Any, verb: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """For root, no folder is read-only."""
    if os.geteuid() == 0:
        monkeypatch.setattr(StateFile, "not_writable_because", lambda _file: "the folder is read-only")
    else:
        session.chmod(0o555)
    name, *rest = verb
    try:
        said = run(name, session, *rest)
    finally:
        session.chmod(0o755)
    assert said == (
        5,
        "",
        f"rigstate: {session}: the folder is read-only. Ask for the right to write there, then try again.\n",
    )


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="nothing is forbidden to root")
def test_that_a_folder_that_cannot_be_read_is_told(session: Path, run: Any) -> None:
    closed = session / "closed"
    (closed / "inner").mkdir(parents=True)
    closed.chmod(0)
    try:
        for said in (run("show", closed / "inner"), run("list", closed)):
            assert (said.code, "there is no permission" in said.errors) == (1, True)
    finally:
        closed.chmod(0o755)


@pytest.mark.parametrize("verb", [["show"], ["get", "x"], ["set", "x", "2"], ["history"]], ids="-".join)
def test_that_a_file_over_the_limit_is_opened_when_that_is_asked_for(
    session: Path, run: Any, verb: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("persistence.cli.choosing.SIZE_LIMIT", 100)
    name, *rest = verb
    refused = run(name, session, *rest)
    assert refused.code != 0
    assert "more than the limit of 100" in refused.errors
    assert "--any-size" in refused.errors
    assert run(name, session, *rest, "--any-size").code == 0


def test_that_validating_opens_it_too(session: Path, run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("persistence.cli.choosing.SIZE_LIMIT", 100)
    assert "more than the limit" in run("validate", session).output
    assert run("validate", session, "--any-size").output.endswith(": fine\n")
