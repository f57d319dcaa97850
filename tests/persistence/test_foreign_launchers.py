"""Launchers over a base class of the field that knows nothing of us, each run in a process of its own."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from persistence import StateFile
from persistence.files.running import read_running
from persistence.launching.hooks import OPENSCOPE_RUN_ATTRIBUTES
from persistence.launching.resume_request import VARIABLE, ResumeRequest
from persistence.store import STATE_FILE
from tests.persistence import openscope
from tests.persistence.launcher_scripts import finished, start, until

PROGRAM = """
import sys
from tests.persistence import openscope
openscope.Counting.__init__.__defaults__ = (None, sys.argv[2] or None)
sys.exit(0 if openscope.Counting.run_from_params(sys.argv[1]) else 1)
"""
NAMESPACE = "tests.persistence.openscope.Counting"
RIG = """
output_root_folder = "/nowhere"
calibrated = 2026-01-02T03:04:05.000678+02:00
[camera]
port = "COM5"
"""
CALIBRATED = datetime(2026, 1, 2, 3, 4, 5, 678, tzinfo=timezone(timedelta(hours=2)))


@dataclass
class Rig:
    """A folder of sessions, and how its launcher is started."""

    folder: Path
    rig_config: str = ""

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def start(
        self,
        resume: ResumeRequest | None = None,
        environment: Mapping[str, str] | None = None,
        **parameters: object,
    ) -> Any:
        """A run of the launcher, in a process of its own, with nobody at the keyboard."""
        file = self.folder / f"parameters{len(list(self.folder.iterdir()))}.json"
        given = {"output_root_folder": str(self.data), "subject_id": "m1", "user_id": "ann", **parameters}
        file.write_text(json.dumps({key: value for key, value in given.items() if value is not None}))
        asked = {VARIABLE: resume.as_text()} if resume else {}
        return start("-c", PROGRAM, file, self.rig_config, environment={**asked, **(environment or {})})

    def run(self, resume: ResumeRequest | None = None, **parameters: object) -> tuple[Path | None, int, str]:
        """The session directory that a run made, its exit code, and its error output."""
        before = self.sessions()
        code, _, errors = finished(self.start(resume, None, **parameters))
        made = self.sessions() - before
        return (made.pop() if made else None), code, errors

    def sessions(self) -> set[Path]:
        return set(self.data.iterdir())

    def source(self, **parameters: object) -> Path:
        """A session that was run before, of three trials unless it is said otherwise."""
        session, _, errors = self.run(None, **{"trials": 3, **parameters})
        assert session is not None, errors
        return session


@pytest.fixture
def rig(tmp_path: Path) -> Rig:
    (tmp_path / "data").mkdir()
    return Rig(tmp_path)


@pytest.fixture
def started(rig: Rig) -> Iterator[list[Any]]:
    """Processes that are ended with the test, whatever comes."""
    processes: list[Any] = []
    yield processes
    for process in processes:
        process.kill()
        process.communicate()


def state_in(session: Path) -> Any:
    return json.loads((session / STATE_FILE).read_bytes())["launcher_states"][NAMESPACE]


def notes_of(session: Path) -> list[str]:
    return [version.note for version in StateFile(session).history()]


def told(report: Path) -> Any:
    return json.loads(report.read_bytes())


# --- how runs end -----------------------------------------------------------------------------------------


def test_that_a_run_saves_at_its_checkpoints_and_at_its_end(rig: Rig) -> None:
    (rig.folder / "rig.toml").write_text(RIG)
    rig.rig_config = str(rig.folder / "rig.toml")
    session, code, errors = rig.run(trials=3)
    assert (code, session is not None) == (0, True), errors
    assert session is not None
    assert notes_of(session) == ["checkpoint"] * 3 + ["completed"]
    saved = state_in(session)
    assert saved["outcome"] == "completed"
    assert saved["attributes"] == {
        "config": {},
        "subject_id": "m1",
        "user_id": "ann",
        "trial_count": 3,
        "window": {"__type__": "tuple", "value": [0.5, 1.5]},
        "calibrated": {"__type__": "datetime", "value": CALIBRATED.isoformat()},
    }
    assert "skipped" not in saved
    assert read_running(session) is None


def test_that_what_describes_one_run_of_that_shape_is_told_and_is_no_state(tmp_path: Path) -> None:
    launcher = openscope.Counting(None)
    launcher.camera = subprocess.Popen([sys.executable, "-c", "pass"], text=True)
    launcher.camera.wait()
    launcher.stdout_data = ["x" * 1000] * 10_000
    assert launcher.save_session_state(tmp_path)
    excluded = launcher.state_report.excluded
    assert {name for name, why in excluded.items() if "run_attributes" in why} >= OPENSCOPE_RUN_ATTRIBUTES
    assert excluded["camera"] == "a process"
    assert launcher.state_report.skipped == {}
    assert (tmp_path / STATE_FILE).stat().st_size < 2000


@pytest.mark.parametrize(
    ("parameters", "debug_state"),
    [({"fail_at": 2}, False), ({"code": 3}, False), ({"crash": True}, True)],
    ids=["swallowed", "exit code", "crash"],
)
def test_that_a_failure_leaves_a_state_that_can_be_resumed(
    rig: Rig, parameters: dict[str, Any], debug_state: bool
) -> None:
    session, code, _ = rig.run(trials=3, **parameters)
    assert session is not None
    assert code == 1
    count = parameters.get("fail_at", 3)
    assert (state_in(session)["outcome"], state_in(session)["attributes"]["trial_count"]) == ("failed", count)
    assert (session / "launcher_metadata" / "debug_state.json").exists() is debug_state
    resumed, code, errors = rig.run(ResumeRequest(str(session)), trials=2)
    assert resumed is not None, errors
    assert code == 0
    assert state_in(resumed)["attributes"]["trial_count"] == count + 2
    assert state_in(resumed)["outcome"] == "completed"


@pytest.mark.skipif(sys.platform == "win32", reason="a console signal would reach the tests themselves")
def test_that_a_run_that_its_base_ends_by_a_signal_is_interrupted(rig: Rig, started: list[Any]) -> None:
    process = rig.start(trials=1000, pause=0.05)
    started.append(process)
    assert process.stdout.readline() == "saved 1\n"
    process.send_signal(signal.SIGINT)
    code, _, errors = finished(process)
    assert code == 1, errors
    (session,) = rig.sessions()
    assert state_in(session)["outcome"] == "interrupted"
    assert read_running(session) is None


def test_that_a_base_that_archives_and_takes_the_session_away_takes_a_finished_state_along(rig: Rig) -> None:
    archive = rig.folder / "archive"
    archive.mkdir()
    _, code, errors = rig.run(trials=2, archive=str(archive))
    assert code == 0, errors
    assert rig.sessions() == set()
    assert "WARNING" not in errors
    (session,) = archive.iterdir()
    assert state_in(session)["outcome"] == "completed"
    assert notes_of(session) == ["checkpoint", "checkpoint", "completed"]
    assert read_running(session) is None
    resumed, code, errors = rig.run(ResumeRequest(str(session)), trials=1)
    assert resumed is not None, errors
    assert state_in(resumed)["attributes"]["trial_count"] == 3


def test_that_the_session_is_running_from_the_moment_its_folder_is_assigned(
    rig: Rig, started: list[Any]
) -> None:
    process = rig.start(trials=1000, pause=0.05)
    started.append(process)
    assert process.stdout.readline() == "saved 1\n"
    (session,) = rig.sessions()
    running = read_running(session)
    assert running is not None
    assert (running.pid, running.launcher, running.finishing) == (process.pid, NAMESPACE, False)
    process.kill()
    process.wait()
    assert read_running(session) is None
    assert state_in(session)["outcome"] == "checkpoint"


def test_that_a_run_with_saved_state_switched_off_goes_on_as_if_nothing_had_been_added(rig: Rig) -> None:
    """The switch is for the day on which something is wrong with us, and an animal is in the rig."""
    code, output, errors = finished(rig.start(trials=3, environment={"RIGSTATE_DISABLE": "1"}))
    assert (code, output) == (0, "")
    (session,) = rig.sessions()
    assert [path.name for path in session.iterdir()] == ["launcher_metadata"]
    assert errors.count("A checkpoint of") == 3
    assert errors.count("RIGSTATE_DISABLE is set") == 3 + 2  # the final save is tried again at the end


# --- started on a saved state -----------------------------------------------------------------------------


def test_that_any_command_resumes_unchanged_and_reports(rig: Rig) -> None:
    session = rig.source()
    etag = StateFile(session).peek()
    report = rig.folder / "report.json"
    request = ResumeRequest(str(session), etag=etag, namespace=NAMESPACE, report=str(report))
    resumed, code, errors = rig.run(request, trials=2)
    assert resumed is not None, errors
    assert code == 0
    assert state_in(resumed)["attributes"]["trial_count"] == 5
    assert state_in(resumed)["resumed_from"] == {"path": str(session), "etag": etag}
    found = told(report)
    assert (found["ok"], found["error"], found["session_directory"]) == (True, "", str(resumed))
    assert found["attributes"]["trial_count"] == {"result": "restored", "reason": ""}
    assert StateFile(session).peek() == etag
    assert read_running(session) is None


def test_that_a_bare_locale_changes_no_value(rig: Rig) -> None:
    """A service, a shell over a slow line: Python then writes and prints ASCII by itself."""
    bare = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    report = rig.folder / "report.json"
    code, _, errors = finished(rig.start(None, bare, trials=1, user_id="jürgen 𝄞"))
    (session,) = rig.sessions()
    assert (code, state_in(session)["attributes"]["user_id"]) == (0, "jürgen 𝄞"), errors
    request = ResumeRequest(str(session), leave_out=("größe",), report=str(report))
    code, _, errors = finished(rig.start(request, bare, trials=1, user_id="jürgen 𝄞"))
    assert code == 0, errors
    assert told(report)["attributes"]["größe"]["result"] == "left_out"
    resumed = state_in(Path(told(report)["session_directory"]))["attributes"]
    assert (resumed["user_id"], resumed["trial_count"]) == ("jürgen 𝄞", 2)


def test_that_with_nobody_at_the_keyboard_the_parameter_file_has_to_carry_the_subject(rig: Rig) -> None:
    """Else the base falls back to its test subject, and that is another animal."""
    session = rig.source()
    report = rig.folder / "report.json"
    request = ResumeRequest(str(session), report=str(report))
    resumed, code, errors = rig.run(request, trials=1, subject_id=None, user_id=None)
    assert (resumed, code) == (None, 1)
    assert told(report)["ok"] is False
    assert "'test_subject'" in told(report)["error"]
    assert "'m1'" in told(report)["error"]
    assert "does not start" in errors


def test_that_the_parameters_of_the_earlier_run_go_on_in_its_own_session(rig: Rig) -> None:
    """By hand, with the old run's identity still in the file: the base reuses the folder that is there."""
    session = rig.source()
    parameters = json.loads((session / "launcher_metadata" / "processed_parameters.json").read_bytes())
    made, code, errors = rig.run(ResumeRequest(str(session)), **parameters)
    assert (made, code) == (None, 0), errors
    assert state_in(session)["attributes"]["trial_count"] == 6
    assert notes_of(session)[-1] == "completed"
    assert read_running(session) is None


def test_that_of_two_resumes_at_once_one_wins_and_the_other_says_who(rig: Rig, started: list[Any]) -> None:
    session = rig.source()
    reports = [rig.folder / "first.json", rig.folder / "second.json"]
    requests = [ResumeRequest(str(session), report=str(report)) for report in reports]
    started += [rig.start(request, trials=400, pause=0.05) for request in requests]
    loser = until(lambda: next((one for one in started if one.poll() is not None), None))
    (winner,) = (one for one in started if one is not loser)
    _, errors = loser.communicate()
    said = {found["pid"]: found for found in map(told, reports)}
    assert said[winner.pid]["ok"] is True
    assert said[loser.pid]["ok"] is False
    assert loser.returncode == 1
    for text in (said[loser.pid]["error"], errors):
        assert f"{NAMESPACE} on " in text
        assert f"process {winner.pid}" in text
    assert len(rig.sessions()) == 2  # the source, and the winner's own
    running = read_running(session)
    assert running is not None
    assert running.pid == winner.pid
