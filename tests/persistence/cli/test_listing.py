"""The verb list: which sessions, in what order, for people and for programs."""

import errno
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

import persistence
from persistence.files.running import RunningMarker
from persistence.store import STATE_FILE
from tests.persistence.launcher_scripts import finished, holding

NAMES = ["m1_2026-01-02_03-04-05", "m2_2025-12-31_23-00-00", "m1_2026-03-01_10-00-00"]


class Rig:
    """A launcher-like object."""

    def __init__(self, trial_count: int, phase: str) -> None:
        self.trial_count = trial_count
        self.phase = phase
        self.settings = {"volume": trial_count / 10}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Three sessions of 0, 100 and 200 trials, and one without a state."""
    for number, name in enumerate(NAMES):
        (tmp_path / name).mkdir()
        assert persistence.save(Rig(100 * number, f"phase {number}"), tmp_path / name, outcome="completed")
    (tmp_path / "m3_2024-01-01_00-00-00" / "launcher_metadata").mkdir(parents=True)
    return tmp_path


def names(said: Any) -> list[str]:
    """The sessions in a table."""
    return [line.split()[0] for line in said.output.splitlines()[1:]]


def test_that_the_newest_come_first_whatever_their_names(root: Path, run: Any) -> None:
    newest_first = [NAMES[2], NAMES[0], NAMES[1], "m3_2024-01-01_00-00-00"]
    assert names(run("list", root)) == newest_first
    assert [one["name"] for one in json.loads(run("list", root, "--json").output)] == newest_first
    assert names(run("list", root / NAMES[0], root / NAMES[2])) == [NAMES[2], NAMES[0]]


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("trial_count>=100", [2, 1]),
        ("settings.volume<15.5 trial_count>0", [1]),
        ('phase="PHASE 2"', [2]),
        ("subject=m1", [2, 0]),
        ("launcher=rig status=completed outcome=completed", [2, 0, 1]),
        ("started>=2026 started<2026-02", [0]),
        ("m1 03-01", [2]),
        ("not:m1 not:status:saved", [1]),
        ("trial_count=yes", []),
    ],
)
def test_that_a_query_chooses(root: Path, run: Any, query: str, numbers: list[int]) -> None:
    said = run("list", root, "--where", query)
    assert (said.code, said.errors) == (0, "")
    assert names(said) == [NAMES[number] for number in numbers]


def test_that_the_rig_is_asked_for_and_told_as_session_json_says_it(root: Path, run: Any) -> None:
    (root / NAMES[1] / "session.json").write_text('{"rig_id": "rig-4b"}')
    assert names(run("list", root, "--where", "rig:4b")) == [NAMES[1]]
    (told,) = json.loads(run("list", root, "--where", "rig=rig-4b", "--json").output)
    assert told["rig"] == "rig-4b"


def test_that_sessions_without_a_state_are_found_by_what_is_known_of_them(root: Path, run: Any) -> None:
    assert names(run("list", root, "--where", 'status="no saved state"')) == ["m3_2024-01-01_00-00-00"]
    (root / NAMES[0] / STATE_FILE).write_bytes(b"{ not JSON }")
    assert names(run("list", root, "--where", "not:trial_count>=0"))[0] == NAMES[0]


def test_that_status_is_one_word_and_its_marks_are_words_of_the_row(root: Path, run: Any) -> None:
    assert run("set", root / NAMES[0], "trial_count", "7").code == 0
    assert names(run("list", root, "--where", 'status=completed "completed, edited by"')) == [NAMES[0]]
    marker = RunningMarker(root / NAMES[0], "m.Rig")
    marker.acquire()
    try:
        assert names(run("list", root, "--where", 'status=running "running, edited by"')) == [NAMES[0]]
        (root / NAMES[0] / STATE_FILE).write_bytes(b"{ not JSON }")
        assert names(run("list", root, "--where", 'status=damaged "damaged, running"')) == [NAMES[0]]
    finally:
        marker.release()


def test_that_who_touched_a_state_is_told_whatever_else_is_wrong_as_in_the_window(
    root: Path, run: Any
) -> None:
    assert run("set", root / NAMES[0], "trial_count", "7").code == 0
    state = root / NAMES[0] / STATE_FILE
    state.write_text(state.read_text("utf-8").replace('"1.0.0"', '"2.0.0"', 1), "utf-8")
    query = '"needs newer Rigstate, written since the edit by"'
    assert names(run("list", root, "--where", query)) == [NAMES[0]]
    assert run("clear", root / NAMES[1]).code == 0
    marker = RunningMarker(root / NAMES[1], "m.Rig")
    marker.acquire()
    try:
        assert names(run("list", root, "--where", '"running, cleared by"')) == [NAMES[1]]
    finally:
        marker.release()


def test_that_a_run_that_was_killed_before_it_saved_is_a_mark_and_told_to_programs(
    root: Path, run: Any
) -> None:
    holder = holding(root / NAMES[0])
    assert names(run("list", root, "--where", "status=running")) == [NAMES[0]]
    holder.kill()
    finished(holder)
    query = 'status=completed "completed, last run did not save"'
    assert names(run("list", root, "--where", query)) == [NAMES[0]]
    told = json.loads(run("list", root, "--json").output)
    died = {one["name"]: one["died"] and one["died"]["pid"] for one in told}
    assert died == {**dict.fromkeys(NAMES), "m3_2024-01-01_00-00-00": None, NAMES[0]: holder.pid}


def test_that_what_another_program_wrote_over_an_edit_is_not_called_that_edit(root: Path, run: Any) -> None:
    assert run("set", root / NAMES[0], "trial_count", "7").code == 0
    (told,) = json.loads(run("list", root, "--where", "trial_count=7", "--json").output)
    assert told["written_at"] is None
    state = root / NAMES[0] / STATE_FILE
    state.write_text(state.read_text("utf-8").replace('"trial_count": 7', '"trial_count": 8'), "utf-8")
    assert names(run("list", root, "--where", '"written since the edit by"')) == [NAMES[0]]
    assert names(run("list", root, "--where", '"edited by"')) == []
    (told,) = json.loads(run("list", root, "--where", "trial_count=8", "--json").output)
    assert told["written_at"]


def test_that_a_session_that_was_resumed_says_as_which_latest(root: Path, run: Any) -> None:
    for name in (NAMES[0], NAMES[2]):
        state = root / name / STATE_FILE
        tree = json.loads(state.read_bytes())
        (space,) = tree["launcher_states"].values()
        space["resumed_from"] = {"path": f"{root / NAMES[1]}{os.sep}", "etag": "e"}
        state.write_text(json.dumps(tree), "utf-8")
    assert names(run("list", root, "--where", f'"completed, resumed as {NAMES[2]}"')) == [NAMES[1]]
    assert run("list", root).output.count("resumed as") == 1


def test_that_it_says_when_nothing_fits(root: Path, run: Any) -> None:
    assert run("list", root, "--where", "trial_count>1000").output == "No such sessions.\n"
    assert run("list", root, "--where", "trial_count>1000", "--json").output == "[]\n"
    said = "No such sessions. Use digits only: trial_count>4096\n"
    assert run("list", root, "--where", "trial_count>0x1000").output == said
    said = "No such sessions. Year first: trial_count>=2026-11-27\n"
    assert run("list", root, "--where", "trial_count>=27.11.2026").output == said
    assert run("list", root, "--where", "trial_count>1000", "--json-lines").output == ""


def test_that_it_says_of_a_list_that_it_cannot_be_asked_for(root: Path, run: Any) -> None:
    assert run("set", root / NAMES[0], "steps", "[1, 2]").code == 0
    assert run("list", root, "--where", "steps=1").output == "steps is a list; lists cannot be asked for.\n"
    assert run("set", root / NAMES[0], "note", "a" * 300, "--string").code == 0
    said = run("list", root, "--where", "note:aaa steps=1 trial_cuont=1").output
    assert said == (
        "note cannot be asked for: it is too long, or behind the first 200 of its state. "
        "steps is a list; lists cannot be asked for. No session has an attribute trial_cuont.\n"
    )


@pytest.mark.skipif(sys.getfilesystemencoding() == "ascii", reason="there are no such names")
@pytest.mark.parametrize("machine", [(), ("--json",)])
def test_that_a_folder_that_cannot_be_listed_is_told_and_the_rest_is_listed(
    root: Path, run: Any, monkeypatch: pytest.MonkeyPatch, machine: tuple[str, ...]
) -> None:
    closed, listed = root / NAMES[1], os.scandir

    def scandir(folder: Any) -> Any:
        if Path(folder) == closed:
            raise PermissionError(errno.EACCES, "Permission denied", str(folder))
        return listed(folder)

    monkeypatch.setattr(os, "scandir", scandir)
    said = run("list", root, *machine)
    assert said.code == 1
    assert said.errors.strip() == (
        f"rigstate: {closed}: there is no permission. Ask for the right to it, then try again."
    )
    assert NAMES[0] in said.output
    assert NAMES[1] not in said.output
    said = run("list", closed, *machine)
    assert said.errors.count("there is no permission") == said.code == 1


def test_that_json_lines_are_the_same_objects_one_a_line(root: Path, run: Any) -> None:
    (root / "a\u2028→b").mkdir()
    assert persistence.save(Rig(1, "x"), root / "a\u2028→b")
    lines = run("list", root, "--json-lines").output.removesuffix("\n").split("\n")
    assert [json.loads(line) for line in lines] == json.loads(run("list", root, "--json").output)
    assert len(lines) == 5


@pytest.mark.parametrize("query", ["trial_count>", '"open', ">5", "saved>soon"])
def test_that_a_wrong_query_is_wrong_usage_with_an_example(run: Any, query: str) -> None:
    said = run("list", "no such folder", "--where", query)
    assert (said.code, said.output) == (2, "")
    assert said.errors.startswith("rigstate: ")
    assert "For example: " in said.errors
    assert len(said.errors.splitlines()) == 1


def test_that_a_wrong_query_commands_no_terminal(run: Any) -> None:
    said = run("list", "x", "--where", "a\x1b[31m\u202e>")
    assert (said.code, said.errors.strip().isprintable()) == (2, True)


def test_that_both_outputs_for_programs_at_once_are_wrong_usage(root: Path, run: Any) -> None:
    assert run("list", root, "--json", "--json-lines").code == 2


def test_that_help_shows_a_query(run: Any) -> None:
    assert "trial_count>100" in run("list", "--help").output


class Animal:
    """A launcher-like object that says whose session it is."""

    def __init__(self) -> None:
        self.subject_id = "mouse_12"


def test_that_a_session_is_listed_under_its_subject_when_its_state_is_cleared_damaged_or_gone(
    tmp_path: Path, run: Any
) -> None:
    for name in ("a_1", "b_2", "c_3"):
        assert persistence.save(Animal(), tmp_path / name)
        (tmp_path / name / "launcher_metadata").mkdir()
    assert run("clear", tmp_path / "a_1").code == 0
    (tmp_path / "b_2" / STATE_FILE).write_bytes(b"[]")
    (tmp_path / "c_3" / STATE_FILE).unlink()
    found = json.loads(run("list", tmp_path, "--where", "subject=mouse_12", "--json").output)
    assert {one["name"]: (one["subject"], one["status"]) for one in found} == {
        "a_1": ("mouse_12", "cleared"),
        "b_2": ("mouse_12", "damaged"),
        "c_3": ("mouse_12", "moved"),
    }
    assert {line.split()[1] for line in run("list", tmp_path).output.splitlines()[1:]} == {"mouse_12"}
