"""Following runs: from this window and from the next, to their ends; and stopping them."""

import json
import os
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from app.resume_exchange import Run
from app.runs.following import FindRuns, Output, ReadOutput, StopRun, runs_folder
from app.runs.run_files import OUTPUT
from app.settings import places
from persistence.files.running import read_running
from persistence.launching.run_record import new_key, read_record, write_record
from persistence.scan import summarize
from persistence.store import StateFile
from tests.app.operators import Operator, launch, with_a_run

only_linux = pytest.mark.skipif(sys.platform != "linux", reason="ends real processes by their marks")
WAIT = "import os, time\nwhile not os.path.exists({0!r}): time.sleep(0.02)"


def running(operator: Operator, at_its_end: str = "") -> tuple[Run, Path]:
    """A resumed launcher that runs until the file is made, and has reported its session; `at_its_end` it
    goes on with this.
    """
    with_a_run(operator)
    release = operator.config / "release"
    parameters = operator.session / "launcher_metadata" / "processed_parameters.json"
    task = WAIT.format(str(release))
    parameters.write_text(json.dumps(json.loads(parameters.read_text()) | {"task": task}))
    operator.rig.script.write_text(f"{operator.rig.script.read_text()}\n{at_its_end}")
    launch(operator)
    operator.starts()
    operator.wait(lambda: any(run.session for run in operator.of(Run)) and "trial_count" in operator.printed)
    return operator.of(Run)[-1], release


def next_window(operator: Operator) -> Operator:
    """The window is closed, and another one opened."""
    operator.leave()
    later = Operator.at(operator)
    later.begin()
    assert later.following is not None
    later.following.ask(FindRuns())
    return later


def test_that_the_next_window_finds_a_running_launcher_and_follows_it_to_its_end(operator: Operator) -> None:
    run, release = running(operator)
    later = next_window(operator)
    try:
        later.wait(lambda: any(one.session == run.session for one in later.of(Run)))
        found = later.of(Run)[-1]
        assert (found.key, found.state, found.note, found.found) == (
            run.key,
            "running",
            "Loaded 3 attributes, and subject and user.",
            False,
        )
        assert found.command == run.command
        later.wait(lambda: "trial_count is 16" in later.printed)
        assert read_running(run.session) is not None
        release.touch()
        assert (later.ended().state, later.ended().note) == (
            "ended",
            "Loaded 3 attributes, and subject and user. It has ended.",
        )
    finally:
        release.touch()
        later.leave()
    record = read_record(runs_folder(places(operator.config)) / run.key)
    assert record is not None
    assert record.state == "ended"


def test_that_a_run_that_ended_meanwhile_is_told_as_it_ended_and_read_when_it_is_looked_at(
    operator: Operator,
) -> None:
    run, release = running(operator)
    operator.leave()
    release.touch()
    operator.wait(lambda: read_running(run.session) is None and StateFile(run.session).peek() != "absent")
    os.waitpid(run.pid, 0)
    for _ in range(2):  # the second window has it from the first
        later = next_window(operator)
        try:
            found = later.ended()
            assert (found.state, found.note, found.found) == (
                "ended",
                "Loaded 3 attributes, and subject and user. It has ended.",
                True,
            )
            assert later.printed == ""
            assert later.following is not None
            later.following.ask(ReadOutput(run.key))
            later.wait(partial(says, later, "trial_count is 16"))
        finally:
            later.leave()


def says(operator: Operator, words: str) -> bool:
    return words in operator.printed


@only_linux
@pytest.mark.parametrize("by_a_later_window", [False, True])
def test_that_a_stopped_launcher_ends_its_task_and_saves(operator: Operator, by_a_later_window: bool) -> None:
    run, release = running(operator)
    who = next_window(operator) if by_a_later_window else operator
    try:
        who.wait(lambda: bool(who.of(Run)))
        assert who.following is not None
        who.following.ask(StopRun("another"))
        who.following.ask(StopRun(run.key))
        who.wait(lambda: any(one.state == "stopping" for one in who.of(Run)))
        stopped = who.ended()
        assert (stopped.state, stopped.note) == (
            "stopped",
            "Loaded 3 attributes, and subject and user. It was stopped.",
        )
    finally:
        release.touch()
        who.leave()
        reap(run.pid)
    saved = StateFile(run.session).read().document.namespace(operator.rig.namespace)
    assert saved.outcome == "interrupted"
    assert read_running(run.session) is None


LATE = "import time\ntime.sleep(600)"


@only_linux
def test_that_a_run_that_completed_before_it_could_be_stopped_is_told_as_completed(
    operator: Operator,
) -> None:
    """Stopped stood beside a session that says Completed."""
    run, release = running(operator, at_its_end=LATE)
    release.touch()
    operator.wait(lambda: saved_outcome(run) == "completed")
    assert operator.following is not None
    operator.following.ask(StopRun(run.key))
    ended = operator.ended()
    assert ended.state == "ended"
    assert ended.note.endswith(" It completed before the stop reached it.")


@only_linux
def test_that_what_an_earlier_run_completed_is_not_taken_for_the_end_of_a_stopped_one(
    operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.runs.run.begun_at", lambda _: "2999-01-01T00:00:00")
    run, release = running(operator, at_its_end=LATE)
    release.touch()
    operator.wait(lambda: saved_outcome(run) == "completed")
    assert operator.following is not None
    operator.following.ask(StopRun(run.key))
    assert operator.ended().state == "stopped"


def saved_outcome(run: Run) -> str | None:
    found = summarize(Path(run.session), Path(run.session))
    return found.outcome if found is not None else None


def reap(pid: int) -> None:
    try:
        os.waitpid(pid, 0)
    except ChildProcessError:
        return


@only_linux
def test_that_what_does_not_want_to_end_is_ended_with_all_that_it_started(operator: Operator) -> None:
    with_a_run(operator)
    notes = operator.config / "pids"
    code = (
        "import os, signal, subprocess, sys, time\n"
        "for number in (signal.SIGINT, signal.SIGTERM): signal.signal(number, signal.SIG_IGN)\n"
        "far = subprocess.Popen(['sleep', '600'], start_new_session=True)\n"
        f"open({str(notes)!r}, 'w').write(f'{{os.getpid()}} {{far.pid}}')\n"
        "time.sleep(600)"
    )
    operator.registers("{python}", "-c", code)
    operator.starts()
    operator.wait(lambda: notes.exists() and len(notes.read_text().split()) == 2)
    key = operator.of(Run)[-1].key
    assert operator.following is not None
    operator.following.ask(StopRun(key))
    operator.wait(lambda: any("What has not ended" in run.note for run in operator.of(Run)))
    operator.following.ask(StopRun(key))
    assert operator.ended().state == "stopped"
    operator.wait(lambda: not any(Path(f"/proc/{pid}").exists() for pid in notes.read_text().split()))


@only_linux
def test_that_killing_the_window_harms_no_run_and_the_next_one_finds_it_though_nothing_was_written_down(
    operator: Operator,
) -> None:
    run, release = running(operator)
    folder = runs_folder(places(operator.config)) / run.key
    record = read_record(folder)
    assert record is not None
    write_record(folder, replace(record, pid=0, began=""))  # as if it had been killed right after the start
    later = next_window(operator)
    try:
        later.wait(lambda: any(one.state == "running" for one in later.of(Run)))
        release.touch()
        assert later.ended().state == "ended"
    finally:
        release.touch()
        later.leave()
        reap(run.pid)


def test_that_a_run_is_found_by_its_lock_where_processes_tell_nothing(
    operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, release = running(operator)
    monkeypatch.setattr("app.runs.process_group.ProcessGroup.alive", False)
    later = next_window(operator)
    try:
        later.wait(lambda: any(one.session == run.session for one in later.of(Run)))
        assert later.of(Run)[-1].state == "running"
        release.touch()
        assert later.ended().state == "ended"
    finally:
        release.touch()
        later.leave()
        reap(run.pid)


def test_that_a_failed_run_that_nobody_watched_is_told_as_failed(operator: Operator) -> None:
    with_a_run(operator)
    parameters = operator.session / "launcher_metadata" / "processed_parameters.json"
    parameters.write_text(json.dumps(json.loads(parameters.read_text()) | {"task": "raise SystemExit(3)"}))
    launch(operator)
    operator.starts()
    run = operator.ended()
    assert run.state == "failed"
    folder = runs_folder(places(operator.config)) / run.key
    operator.wait(lambda: (record := read_record(folder)) is not None and bool(record.state))
    record = read_record(folder)
    assert record is not None
    write_record(folder, replace(record, state="", note=""))
    later = next_window(operator)
    try:
        found = later.ended()
        assert (found.state, found.found) == ("failed", True)
        assert "The run failed." in found.note
    finally:
        later.leave()


def test_that_old_folders_go_when_a_window_opens(operator: Operator) -> None:
    runs = runs_folder(places(operator.config))
    old = runs / new_key(datetime.now() - timedelta(days=31))
    old.mkdir(parents=True)
    (old / OUTPUT).write_text("long ago")
    operator.begin()
    assert operator.following is not None
    operator.following.ask(FindRuns())
    operator.wait(lambda: not old.exists())


def test_that_nothing_is_read_outside_of_the_folders_of_runs(operator: Operator) -> None:
    (operator.config / "data").mkdir()
    (operator.config / "data" / OUTPUT).write_text("secret")
    operator.begin()
    assert operator.following is not None
    for key in ("..", "../../data", "/etc", "none"):
        operator.following.ask(ReadOutput(key))
    operator.following.ask(FindRuns())
    operator.leave()
    assert operator.of(Output) == []
