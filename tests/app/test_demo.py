"""The demo as one opens it: every kind of session, made by processes, each of which can be resumed."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app import demo
from app.launchers.registry import Entry, read_registry
from app.views.sessions.session_pane import EXAMPLE
from persistence.files.running import RunningMarker
from persistence.query import parse
from persistence.scan import Summary, find_sessions, summarize
from persistence.sessions.gathering import values_of
from persistence.store import StateFile


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> demo.Demo:
    return demo.make(tmp_path_factory.mktemp("demo"), print)


@pytest.fixture(scope="module")
def summaries(made: demo.Demo) -> dict[str, Summary]:
    """The summary of each session, by what it shows."""
    found = {what: summarize(directory, made.root) for what, directory in made.sessions.items()}
    return {what: summary for what, summary in found.items() if summary is not None}


def test_that_the_sessions_of_the_demo_are_all_that_its_folder_holds(made: demo.Demo) -> None:
    assert set(find_sessions(made.root)) == set(made.sessions.values())


def test_that_there_is_a_session_of_every_kind(summaries: dict[str, Summary]) -> None:
    assert set(summaries) == {session.what for session in demo.SESSIONS}
    outcomes = {what: summary.outcome for what, summary in summaries.items()}
    assert outcomes["ready"] == "completed"
    assert outcomes["the task broke"] == "failed"
    assert outcomes["stopped by the operator"] == "interrupted"
    assert outcomes["the computer died"] == "checkpoint"
    assert outcomes["from an old program"] is None
    problems = {what: summary.problem.kind for what, summary in summaries.items() if summary.problem}
    assert problems.pop("damaged") in ("being_written", "damaged")
    assert problems == {"the rig was off": "no_state", "from a newer version": "newer"}
    assert len(summaries["two launchers"].launchers) == 2
    assert summaries["1,500 attributes"].attributes >= 1500
    assert summaries["cleared"].launchers == ()
    assert summaries["corrected"].edited_by == "bob"


def test_that_the_torn_file_is_no_longer_taken_for_one_being_written_after_a_while(made: demo.Demo) -> None:
    until = time.monotonic() + 60
    while (kind := problem_of(made.sessions["damaged"], made.root)) == "being_written":
        assert time.monotonic() < until
        time.sleep(0.05)
    assert kind == "damaged"


def problem_of(directory: Path, root: Path) -> str:
    summary = summarize(directory, root)
    return summary.problem.kind if summary and summary.problem else ""


def test_that_what_the_filter_suggests_is_met_in_the_demo(summaries: dict[str, Summary]) -> None:
    sound = [one for one in summaries.values() if one.problem is None]
    values = [values_of(StateFile(Path(one.directory)).read().document) for one in sound]
    assert 0 < sum(map(parse(EXAMPLE).matches_values, values)) < len(values)


def test_that_no_session_is_still_running(summaries: dict[str, Summary]) -> None:
    assert [summary.name for summary in summaries.values() if summary.running] == []


def test_that_an_interrupted_run_kept_the_trials_that_it_had(summaries: dict[str, Summary]) -> None:
    trials = _get(summaries["stopped by the operator"], "trial_count")
    assert isinstance(trials, int)
    assert trials >= 3  # on a busy machine it goes on while it is being asked to stop
    assert _get(summaries["the computer died"], "trial_count") == 4


def _get(summary: Summary, name: str) -> object:
    command = [sys.executable, "-m", "persistence", "get", summary.directory, name, "--json"]
    answer = subprocess.run(command, cwd=demo.CODE, capture_output=True, text=True, check=True)
    return json.loads(answer.stdout)


def test_that_the_registry_holds_an_entry_for_each_launcher_and_nothing_wrong(made: demo.Demo) -> None:
    registry = read_registry(made.config_dir, made.config_dir / "nowhere")
    assert registry.wrong == {}
    assert registry.problems == ()
    for module, name in demo.LAUNCHERS.items():
        entry = registry.find(f"resources.demo.{module}.{name}")
        assert isinstance(entry, Entry)
        assert entry.wants_param_file


def test_that_a_resumed_launcher_says_the_values_it_starts_with(
    made: demo.Demo, summaries: dict[str, Summary]
) -> None:
    ready = summaries["ready"].directory
    command = [sys.executable, "-m", "persistence", "set", ready, "trial_count", "150"]
    subprocess.run(command, cwd=demo.CODE, capture_output=True, check=True)
    parameters = Path(ready, "launcher_metadata", "processed_parameters.json")
    entry = read_registry(made.config_dir, made.config_dir).entries[
        "resources.demo.predictive.PredictiveLauncher"
    ]
    answer = subprocess.run(
        [*entry.filled({"param_file": str(parameters)}), "--seconds", "0"],
        cwd=entry.cwd,
        env={**os.environ, "RIGSTATE_RESUME": ready},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "starting with trial_count = 150\n" in answer.stdout
    assert (
        "starting with protocol = Protocol('sequence_mismatch', ['habituation', 'standard', 'oddball'])"
        in answer.stdout
    )
    assert "trial 151: hit" in answer.stdout


def test_that_the_arriving_launcher_really_runs(made: demo.Demo) -> None:
    with made.arriving(wait=0, seconds=0.2) as process:
        assert process.wait(60) == 0
    (directory,) = made.root.glob(f"{demo.ARRIVING.subject}_*")
    summary = summarize(directory, made.root)
    assert summary is not None
    assert summary.outcome == "completed"


def test_that_a_hurried_run_records_the_time_that_a_resumed_one_will_take(made: demo.Demo) -> None:
    parameters = made.sessions["ready"] / "launcher_metadata" / "processed_parameters.json"
    assert json.loads(parameters.read_text("utf-8"))["seconds"] == demo.RESUMED_SECONDS


def test_that_the_arriving_launcher_ends_with_the_demo(made: demo.Demo) -> None:
    with made.arriving(wait=3600, seconds=1) as process:
        assert process.poll() is None
    assert process.returncode is not None


def test_that_the_folder_of_a_demo_goes_away_with_it() -> None:
    with demo.made(print, ()) as made:
        assert made.root.is_dir()
    assert not made.directory.exists()


def test_that_a_demo_stays_while_a_launcher_runs_in_it(capsys: pytest.CaptureFixture[str]) -> None:
    with demo.made(print, ()) as made:
        (made.root / "764521").mkdir()
        marker = RunningMarker(made.root / "764521", "resources.demo.predictive.PredictiveLauncher")
        marker.acquire()
    try:
        assert str(made.directory) in capsys.readouterr().out
        assert made.directory.is_dir()
    finally:
        marker.release()
        shutil.rmtree(made.directory)


@pytest.mark.skipif(os.name != "posix", reason="signals")
@pytest.mark.begins_first
def test_that_the_window_on_the_demo_ends_in_good_order_and_leaves_nothing(tmp_path: Path) -> None:
    window = subprocess.Popen(
        [sys.executable, "-u", "-m", "app", "--demo"],
        cwd=demo.CODE,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "TMPDIR": str(tmp_path)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert window.stdout is not None
    for session in demo.SESSIONS:
        assert session.what in window.stdout.readline()
    until = time.monotonic() + 60
    while not any(tmp_path.glob(f"*/data/{demo.ARRIVING.subject}_*")):  # the one that arrives while one looks
        assert window.poll() is None
        assert time.monotonic() < until
        time.sleep(0.02)
    window.send_signal(signal.SIGTERM)
    window.communicate(timeout=120)
    assert window.returncode == 0
    assert list(tmp_path.iterdir()) == []


def test_that_a_program_that_fails_is_told_in_one_sentence(tmp_path: Path) -> None:
    broken = demo.Session("broken", "no_such_launcher", "1", "ann")
    with pytest.raises(
        demo.DemoFailed, match=r"^The demo launcher no_such_launcher had no session\. .*No module"
    ):
        demo.make(tmp_path, print, (broken,))


def test_that_the_demo_says_how_it_is_called(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        demo.main(["--help"])
    assert ended.value.code == 0
    said = capsys.readouterr().out
    assert "usage: python -m app.demo" in said
    assert "python -m app --demo" in " ".join(said.split())


def test_that_the_demo_is_made_to_stay_in_a_folder_that_is_empty(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "new"
    assert demo.main([str(folder)], demo.SESSIONS[-1:]) == 0
    (session,) = find_sessions(folder / "data")
    assert f"Sessions to watch: {folder / 'data'}" in capsys.readouterr().out
    assert demo.main([str(folder)]) == 1
    assert "is not empty" in capsys.readouterr().err
    assert list(find_sessions(folder / "data")) == [session]
