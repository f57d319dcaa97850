"""The verb adopt, and what list and history say of unsaved and of thinned-out states."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import persistence
from persistence.files import commit as commit_module
from persistence.sessions import spilling
from persistence.store import STATE_FILE, StateFile

NEWER = b'{"version": "2.0.0"}'


class Rig:
    """A launcher-like object."""

    def __init__(self, trials: int) -> None:
        self.trials = trials


@pytest.fixture
def session(tmp_path: Path) -> Path:
    """A session with one saved state and a later one that could not be saved."""
    directory = tmp_path / "root" / "m1_2026-01-02_03-04-05"
    directory.mkdir(parents=True)
    assert persistence.save(Rig(1), directory)
    saved = (directory / STATE_FILE).read_bytes()
    (directory / STATE_FILE).write_bytes(NEWER)
    assert persistence.save(Rig(2), directory).unsaved
    (directory / STATE_FILE).write_bytes(saved)
    return directory


def test_that_list_shows_an_unsaved_state_and_the_way_in(session: Path, run: Any) -> None:
    said = run("list", session.parent)
    assert "ready, unsaved state found" in said.output
    assert said.output.splitlines()[-1] == f"To bring in what could not be saved: rigstate adopt {session}"
    (summary,) = json.loads(run("list", session.parent, "--json").output)
    assert summary["unsaved"] == [str(spill.path) for spill in spilling.spills_of(session)]


def test_that_list_shows_a_state_that_is_kept_at_home(tmp_path: Path, run: Any) -> None:
    session = tmp_path / "root" / "m1"
    kept = persistence.save(Rig(2), session).unsaved  # the folder of the session was not there
    (session / "launcher_metadata").mkdir(parents=True)
    said = run("list", session.parent)
    assert "no saved state, unsaved state found" in said.output
    (summary,) = json.loads(run("list", session.parent, "--json").output)
    assert summary["unsaved"] == [kept]
    assert run("adopt", session).code == 0
    assert json.loads(run("get", session, "trials").output) == 2


def test_that_a_spill_alone_makes_a_session(session: Path, run: Any) -> None:
    (session / STATE_FILE).unlink()
    assert "moved, unsaved state found" in run("list", session.parent).output


def test_that_adopt_says_what_it_did_and_how_to_undo_it(session: Path, run: Any) -> None:
    said = run("adopt", session, "--note", "from the full disk")
    assert said.code == 0
    assert "brought in" in said.output
    assert "over what was saved" in said.output
    assert json.loads(run("get", session, "trials").output) == 2
    assert StateFile(session).history()[-1].note == "from the full disk"
    undo = said.output.splitlines()[-1].removeprefix("To undo: rigstate ").split()
    assert run(*undo).code == 0
    assert json.loads(run("get", session, "trials").output) == 1
    again = run("adopt", session)
    assert (again.code, "there is no unsaved state of this session" in again.errors) == (1, True)


def test_that_of_several_unsaved_states_one_must_be_named(session: Path, run: Any) -> None:
    (first,) = spilling.spills_of(session)
    second = first.path.with_name(spilling.new_name())
    second.write_bytes(first.path.read_bytes().replace(b'"trials": 2', b'"trials": 3'))
    said = run("adopt", session)
    assert said.code == 2
    assert str(second) in said.errors
    assert run("adopt", session, second).code == 0
    assert json.loads(run("get", session, "trials").output) == 3


def test_that_adopt_refuses_what_it_must(session: Path, run: Any) -> None:
    assert run("adopt", session, "--expect", "0" * 64).code == 3
    missing = run("adopt", session, session / spilling.new_name())
    assert (missing.code, ".json: no such file" in missing.errors) == (1, True)
    itself = run("adopt", session, session / STATE_FILE)
    assert (itself.code, "it is no unsaved state by its name" in itself.errors) == (4, True)
    (spill,) = spilling.spills_of(session)
    spill.path.write_bytes(b"{")
    damaged = run("adopt", session, spill.path)
    assert (damaged.code, "ends too early" in damaged.errors) == (1, True)
    assert str(spill.path) in damaged.errors


def test_that_history_thins_out_on_request(session: Path, run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("history", session, "--prune").output == "There is nothing to thin out.\n"
    monkeypatch.setattr(commit_module, "PRUNE_EVERY", 10**9)
    for trials in range(80):
        persistence.save(Rig(trials), session, outcome="checkpoint")
    said = run("history", session, "--prune")
    assert said.code == 0
    assert "launchers' saves on the way are gone: versions " in said.output
    gone = [
        version["sequence"]
        for version in json.loads(run("history", session, "--json").output)
        if not version["available"]
    ]
    assert ", ".join(map(str, gone)) in said.output
