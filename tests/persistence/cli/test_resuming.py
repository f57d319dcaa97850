"""The verb resume: a launcher started by hand in a process of its own, with a saved state loaded."""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

import pytest

from persistence.files.places import data_directory
from persistence.files.running import RunningMarker, read_running
from persistence.launching.run_record import REPORT, RUNS, RunRecord, read_record
from persistence.store import STATE_FILE, StateFile
from tests.persistence.launcher_scripts import finished, start, until
from tests.persistence.rehearsals import state, write_module

RIG = """
class Rig(BaseLauncher):
    def __init__(self, param_file=None, rig_config_path=None):
        super().__init__(param_file, rig_config_path)
        self.params.setdefault("output_root_folder", "data")
        self.trial_count = 0
        self.phase = "start"
    def create_process(self):
        print("started with", self.trial_count, self.phase, sys.argv[1:], os.environ.get("RIGSTATE_RESUME"))
        self.trial_count += 1
        task = self.params.get("task", "pass")
        return subprocess.Popen([sys.executable, "-c", task], stdout=subprocess.PIPE)
"""


@pytest.fixture
def session(tmp_path: Path) -> Path:
    """A session with a saved state, and the launcher's module beside it."""
    directory = tmp_path / "m1_2026-11-23_14-05-00"
    directory.mkdir()
    (directory / STATE_FILE).write_bytes(state(trial_count=41, phase="late", subject_id="m1"))
    write_module(tmp_path, RIG)
    return directory


def resumed(session: Path, *arguments: str, launcher: str = "rig:Rig") -> tuple[int, str, str]:
    """`rigstate resume`, in the folder of the launcher's module."""
    command = ["-m", "persistence", "resume", str(session), "--launcher", launcher, *arguments]
    code, output, errors = finished(start("-P", *command, cwd=session.parent), 60)
    assert "Traceback" not in errors
    return code, output, errors


def made(session: Path) -> Path:
    """The session that the run made."""
    (directory,) = (session.parent / "data").iterdir()
    return directory


def saved(directory: Path) -> Any:
    return json.loads((directory / STATE_FILE).read_bytes())["launcher_states"]["rig.Rig"]


def test_that_the_launcher_runs_with_the_state(session: Path) -> None:
    etag = StateFile(session).peek()
    code, output, errors = resumed(session)
    assert code == 0, errors
    first, second, third = output.splitlines()
    assert first == "started with 41 late [] None"
    assert second == f"{session}: resumed with rig:Rig, 3 attributes loaded."
    assert third == f"New session: {made(session).absolute()}"
    assert saved(made(session))["attributes"]["trial_count"] == 42
    assert saved(made(session))["resumed_from"] == {"path": str(session), "etag": etag}
    assert StateFile(session).peek() == etag
    assert read_running(session) is None


def noted() -> list[RunRecord]:
    """What is written down for windows."""
    folders = sorted((data_directory() / RUNS).glob("*"))
    return [record for folder in folders if (record := read_record(folder))]


def test_that_it_is_written_down_for_windows_what_was_resumed_as_which_session(session: Path) -> None:
    assert resumed(session)[0] == 0
    (record,) = noted()
    assert (record.directory, record.namespace, record.state) == (str(session), "rig.Rig", "ended")
    assert record.note == "Resumed on a command line. It has ended."
    report = json.loads((data_directory() / RUNS / record.key / REPORT).read_bytes())
    assert report["session_directory"] == str(made(session).absolute())


def test_that_a_run_that_failed_is_written_down_and_one_that_did_not_start_is_not(session: Path) -> None:
    recorded(session, subject_id="m2")
    assert resumed(session)[0] == 4
    assert noted() == []
    (session / "launcher_metadata" / "processed_parameters.json").write_text('{"task": "exit(3)"}', "utf-8")
    assert resumed(session)[0] == 1
    assert [record.state for record in noted()] == ["failed"]


def test_that_attributes_can_be_left_out(session: Path) -> None:
    code, output, _ = resumed(session, "--leave-out", "trial_count", "--leave-out", "subject_id")
    assert (code, output.splitlines()[0]) == (0, "started with 0 late [] None")
    code, _, errors = resumed(session, "--leave-out", "trail_count")
    assert (code, "there is no attribute trail_count" in errors) == (2, True)


def test_that_a_state_that_is_not_taken_wholly_starts_only_when_wanted(session: Path) -> None:
    (session / STATE_FILE).write_bytes(state(trial_count="many", phase="late"))
    code, output, errors = resumed(session)
    assert (code, output) == (4, "")
    assert "rig:Rig did not start: " in errors
    assert "trial_count (text does not fit an integer)" in errors
    assert not (session.parent / "data").exists()
    code, output, _ = resumed(session, "--partial")
    assert (code, output.splitlines()[0]) == (0, "started with 0 late [] None")


def recorded(session: Path, **parameters: object) -> None:
    """Leave in a session the parameters that its launcher worked with."""
    (session / "launcher_metadata").mkdir()
    (session / "launcher_metadata" / "processed_parameters.json").write_text(json.dumps(parameters), "utf-8")


def test_that_without_a_parameter_file_the_parameters_of_the_earlier_run_are_taken(
    session: Path, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere").mkdir()
    recorded(session, subject_id="m1", user_id="ann", output_root_folder="elsewhere", session_uuid="old")
    code, _, errors = resumed(session)
    assert code == 0, errors
    (new,) = (tmp_path / "elsewhere").iterdir()
    told = json.loads((new / "session.json").read_bytes())
    assert (new.name[:3], told["subject_id"], told["user_id"]) == ("m1_", "m1", "ann")
    assert told["session_uuid"] != "old"
    assert "Without --param-file, rig:Rig is given the parameters of the earlier run" in errors
    assert "subject m1, user ann" in errors


def test_that_a_start_without_any_parameters_is_warned_of_with_the_remedy(session: Path) -> None:
    code, _, errors = resumed(session)
    assert (code, "WARNING" in errors) == (0, True)
    assert "rig:Rig starts without parameters, because those of the earlier run are not there" in errors
    assert "give them with --param-file" in errors


def test_that_recorded_parameters_that_cannot_be_read_start_nothing(session: Path) -> None:
    recorded(session)
    (session / "launcher_metadata" / "processed_parameters.json").write_text("{", "utf-8")
    code, output, errors = resumed(session)
    assert (code, output) == (4, "")
    assert "it is not valid JSON" in errors
    assert errors.rstrip().endswith("Give the parameters with --param-file.")


def test_that_a_class_that_takes_no_parameter_file_is_given_none(session: Path) -> None:
    recorded(session, subject_id="m1")
    write_module(session.parent, "class Rig(PersistentState):\n    def run(self): print('ran')\n")
    code, output, errors = resumed(session)
    assert (code, output.splitlines()[0]) == (0, "ran")
    assert "rig:Rig takes no param_file, so the parameters of the earlier run are not handed to it" in errors


def test_that_parameters_are_handed_to_the_launcher(session: Path, tmp_path: Path) -> None:
    parameters = tmp_path / "parameters.json"
    parameters.write_text('{"subject_id": "m1", "task": "print(5)"}', "utf-8")
    rig = tmp_path / "rig.toml"
    rig.write_text('output_root_folder = "elsewhere"\n', "utf-8")
    code, output, _ = resumed(session, "--param-file", "parameters.json", "--rig-config", str(rig))
    assert (code, len(list((tmp_path / "elsewhere").iterdir()))) == (0, 1)
    parameters.write_text('{"subject_id": "m2"}', "utf-8")
    code, output, errors = resumed(session, "--param-file", str(parameters))
    assert (code, output) == (4, "")
    assert "the subject differs" in errors


def test_that_a_run_that_fails_is_a_problem_and_its_session_is_named(session: Path, tmp_path: Path) -> None:
    (tmp_path / "p.json").write_text('{"task": "raise SystemExit(3)"}', "utf-8")
    code, _, errors = resumed(session, "--param-file", "p.json")
    assert code == 1
    last = errors.splitlines()[-1]
    assert last.startswith("rigstate: rig:Rig loaded the saved state, and its run failed. Its session: ")
    assert last.endswith(str(made(session).absolute()))


def test_that_another_launchers_state_can_be_taken(session: Path) -> None:
    (session / STATE_FILE).write_bytes(state("old.Name", trial_count=7))
    assert resumed(session)[0] == 4
    code, output, _ = resumed(session, "--namespace", "Name")
    assert (code, output.splitlines()[0]) == (0, "started with 7 start [] None")


def test_that_what_stands_in_the_way_is_said_before_any_of_the_launchers_code_runs(session: Path) -> None:
    write_module(session.parent, "open('imported', 'w').close()", "early")
    cases: list[tuple[bytes | None, list[str], int, str]] = [
        (None, [], 1, "there is no saved state"),
        (b'{"version"', [], 1, "ends too early"),
        (b'{"version": "2.0.0"}', [], 4, "Update Rigstate in this environment."),
        (state(x=1), ["--expect", "0" * 64], 3, "was changed since it was read"),
        (state(x=1), ["--namespace", "No"], 1, "there is no saved state of No"),
    ]
    for data, options, expected, hint in cases:
        if data is None:
            (session / STATE_FILE).unlink()
        else:
            (session / STATE_FILE).write_bytes(data)
        code, output, errors = resumed(session, *options, launcher="early:Rig")
        assert (code, output, hint in errors) == (expected, "", True), errors
    marker = RunningMarker(session, "somebody.Else")
    marker.acquire()
    try:
        code, _, errors = resumed(session, launcher="early:Rig")
    finally:
        marker.release()
    assert (code, "in use by somebody.Else" in errors) == (4, True)
    assert not (session.parent / "imported").exists()
    assert resumed(session, launcher="early.Rig")[0] == 2


@pytest.mark.parametrize(
    ("body", "hint"),
    [
        (
            "class Rig(PersistentState):\n    pass\n",
            "has no run() that could be started. In a program of its own",
        ),
        (
            "class Rig:\n    def run(self): print('ran')\n",
            "would start without. Put PersistentState in front",
        ),
        ("class Rig(PersistentState):\n    async def run(self): print('ran')\n", "cannot be joined"),
        ("class Rig(PersistentState):\n    def __init__(self, x): pass\n", "cannot be made without x"),
        (
            "class Rig(PersistentState):\n    def __init__(self): raise OSError('no rig')\n",
            "raised OSError: no rig",
        ),
        ("class Other: pass\n", "the module other has no Rig"),
    ],
)
def test_that_what_cannot_be_resumed_does_not_start_and_says_how(session: Path, body: str, hint: str) -> None:
    write_module(session.parent, body, "other")
    code, output, errors = resumed(session, launcher="other:Rig")
    assert (code, output) == (1 if "raised" in hint else 4, "")
    assert hint in errors


@pytest.mark.parametrize(
    ("action", "code", "hint"),
    [
        ("raise ValueError('broken')", 1, "rig:Rig.run() raised ValueError: broken"),
        ("sys.exit(0)", 1, "ended the program, with 0"),
    ],
)
def test_that_what_a_run_raises_is_one_sentence(session: Path, action: str, code: int, hint: str) -> None:
    write_module(session.parent, f"class Rig(PersistentState):\n    def run(self): {action}\n")
    found, output, errors = resumed(session)
    assert (found, output) == (code, "")
    assert hint in errors.splitlines()[-1]


TASK = """
import pathlib, signal, sys, time
signal.signal(signal.SIGINT, lambda *_: sys.exit(5))
pathlib.Path("begun").touch()
while True: time.sleep(0.02)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a console signal would reach the tests themselves")
def test_that_stopping_it_ends_the_run_as_interrupted(session: Path, tmp_path: Path) -> None:
    write_module(tmp_path, "os.setpgid(0, 0)\n" + RIG)
    (tmp_path / "p.json").write_text(json.dumps({"task": TASK}), "utf-8")
    options = ["--param-file", "p.json", "--launcher", "rig:Rig"]
    process = start("-P", "-m", "persistence", "resume", session, *options, cwd=session.parent)
    try:
        until((tmp_path / "begun").exists)  # before, its Python would tell of its own interruption
        os.killpg(process.pid, signal.SIGINT)
        code, _, errors = finished(process, 60)
    finally:
        process.kill()
    assert code == 1
    assert "Traceback" not in errors
    assert saved(made(session))["outcome"] == "interrupted"
