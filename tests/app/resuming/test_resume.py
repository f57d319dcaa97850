"""Starting a launcher again: the offer, the command, the detached process, its output, report and end."""

import json
import os
import sys
from pathlib import Path
from typing import TypeVar

import pytest

from app.files.changes import read_session
from app.launchers.entries import MissingTold, TellMissing
from app.launchers.registry import NAME, Entry
from app.resume_exchange import ResumeOffer, ResumeRequest, Run
from app.resuming.offering import Prepare
from app.resuming.resume import NotStarted, Start
from app.runs.run_report import UNCONFIRMED
from persistence.files.history import FOLDER, LOG
from persistence.files.running import RunningMarker
from persistence.files.version_log import OPERATOR
from persistence.sessions import spilling
from persistence.store import StateFile
from tests.app.operators import Operator, launch, with_a_run

Answer = TypeVar("Answer")
PRINT = """
import json, os, sys
print(json.dumps({"arguments": sys.argv[1:], "cwd": os.getcwd(), "wish": os.environ["RIGSTATE_RESUME"],
                  "leader": os.getsid(0) == os.getpid() if hasattr(os, "getsid") else True,
                  "input": sys.stdin.read()}))
"""


def test_that_the_offer_shows_the_very_command(operator: Operator) -> None:
    with_a_run(operator)
    launch(operator)
    offer = operator.offered()
    (choice,) = offer.choices
    assert (offer.subject, offer.users, choice.problem) == ("764521", ("ann",), "")
    assert (choice.class_name, choice.outcome) == ("CountingLauncher", "Completed")
    assert choice.command[:3] == (sys.executable, str(operator.rig.script), "--param_file")
    assert choice.command[3].startswith(str(operator.config))
    assert choice.tells_people  # by the parameter file


def test_that_who_ran_the_session_is_offered_as_user_and_nobody_twice(operator: Operator) -> None:
    with_a_run(operator)
    launch(operator)
    operator.asks(Prepare(read_session(str(operator.session)), subject="764521", users=("bob", "ann")))
    operator.wait(lambda: bool(operator.of(ResumeOffer)))
    assert operator.of(ResumeOffer)[-1].users == ("bob", "ann")
    operator.asks(Prepare(read_session(str(operator.session)), subject="764521"))
    operator.wait(lambda: len(operator.of(ResumeOffer)) == 2)
    assert operator.of(ResumeOffer)[-1].users == ("ann",)


def test_that_a_launcher_without_an_entry_is_explained(operator: Operator) -> None:
    with_a_run(operator)
    (choice,) = operator.offered().choices
    assert operator.rig.namespace in choice.problem
    assert choice.registry_path == str(operator.config / NAME)
    assert choice.entry is not None
    assert choice.entry.command == ("{python}", str(operator.rig.script), "--param_file", "{param_file}")
    assert (choice.entry.python, choice.entry.cwd) == (sys.executable, str(Path.cwd()))
    operator.starts()
    operator.wait(lambda: bool(operator.of(NotStarted)))
    assert operator.rig.namespace in operator.of(NotStarted)[0].sentence


def test_that_the_offer_knows_of_unsaved_states_beside_the_saved_one_and_at_home(operator: Operator) -> None:
    with_a_run(operator)
    assert operator.offered().unsaved == ()
    read = StateFile(operator.session).read().document
    data = spilling.contents(read, operator.session, "no rights")
    files = [
        spilling.write_beside(operator.session, spilling.new_name(), data),
        spilling.write_locally(spilling.new_name(), data),
    ]
    operator.answers.clear()
    assert {one.file for one in operator.offered().unsaved} == set(map(str, files))


def test_that_what_an_entry_names_and_is_not_there_is_told(operator: Operator) -> None:
    entry = Entry("a.A", ("/no/such/program",))
    operator.asks(TellMissing(entry))
    operator.wait(lambda: bool(operator.of(MissingTold)))
    (told,) = operator.of(MissingTold)
    assert (told.entry, "there is no such program" in told.missing.command) == (entry, True)


def test_that_a_resumed_launcher_loads_reports_and_makes_a_session(operator: Operator) -> None:
    with_a_run(operator)
    launch(operator)
    offered = operator.offered().choices[0].command
    operator.starts()
    run = operator.ended()
    assert run.command == offered
    assert (run.state, run.note) == ("ended", "Loaded 3 attributes, and subject and user. It has ended.")
    assert "trial_count is 16" in operator.printed
    assert run.session.startswith(str(operator.rig.root))
    assert run.session != str(operator.session)
    states = [one.state for one in operator.of(Run)]
    assert states[0] == "starting"
    assert set(states) <= {"starting", "running", "ended"}
    made = json.loads(Path(run.command[3]).read_text(encoding="utf-8"))
    assert (made["subject_id"], made["user_id"]) == ("764521", "ann")
    assert "session_uuid" not in made
    versions = [json.loads(line) for line in (Path(run.session) / FOLDER / LOG).read_bytes().splitlines()]
    assert {one["who"] for one in versions} == {"ann"}  # as the window names who works in it


def test_that_a_launcher_that_refuses_says_why(operator: Operator) -> None:
    with_a_run(operator)
    launch(operator)
    request = ResumeRequest(str(operator.session), operator.rig.namespace, "764521", "ann", False, "old")
    operator.asks(Start(request, "0" * 64))
    run = operator.ended()
    assert run.state == "failed"
    assert "refused to start" in run.note
    assert "trial_count" not in operator.printed


def test_that_no_process_is_made_on_a_session_that_is_in_use(operator: Operator) -> None:
    with_a_run(operator)
    launch(operator)
    marker = RunningMarker(operator.session, "somebody.Else")
    marker.acquire()
    try:
        operator.starts()
        operator.wait(lambda: bool(operator.of(NotStarted) or operator.of(Run)))
    finally:
        marker.release()
    assert operator.of(Run) == []
    assert "it is in use by somebody.Else" in operator.of(NotStarted)[0].sentence


def print_on(operator: Operator, *arguments: str, cwd: str | None = None) -> dict[str, object]:
    """Start a command that prints what it was given, and return that."""
    if not operator.session.exists():
        with_a_run(operator)
    script = operator.config / "print.py"
    script.write_text(PRINT, encoding="utf-8")
    operator.registers("{python}", str(script), *arguments, cwd=cwd)
    operator.starts()
    operator.ended()
    found = json.loads(operator.printed)
    assert isinstance(found, dict)
    return found


def test_that_arguments_stay_arguments_whatever_a_session_is_called(operator: Operator) -> None:
    with_a_run(operator)
    odd = operator.session.with_name("-c $(touch canary) & calc; `x` {etag} \"'")
    operator.session = operator.session.rename(odd)
    found = print_on(operator, "{session_dir}", "--tag={etag}", "two words")
    assert found["arguments"] == [str(odd), f"--tag={StateFile(odd).peek()}", "two words"]
    assert not list(operator.rig.root.parent.rglob("canary"))


def test_that_the_process_is_detached_elsewhere_and_knows_what_to_resume(
    operator: Operator, tmp_path: Path
) -> None:
    found = print_on(operator, cwd=str(tmp_path))
    assert (found["leader"], found["cwd"], found["input"]) == (True, str(tmp_path), "")
    wish = json.loads(str(found["wish"]))
    assert wish["from"] == str(operator.session)
    assert wish["etag"] == StateFile(operator.session).peek()
    assert wish["namespace"] == operator.rig.namespace
    assert Path(wish["report"]).is_relative_to(operator.config)


def test_that_a_launcher_that_confirms_nothing_is_told_loudly(operator: Operator) -> None:
    with_a_run(operator)
    operator.begin(confirm_seconds=0.05)
    release = operator.config / "release"
    waiting = f"import os, time\nwhile not os.path.exists({str(release)!r}): time.sleep(0.02)"
    operator.registers("{python}", "-c", waiting)
    operator.starts()
    operator.wait(lambda: any(run.note == UNCONFIRMED for run in operator.of(Run)))
    assert operator.of(Run)[-1].state == "running"
    release.touch()
    run = operator.ended()
    assert (run.state, run.note) == ("failed", f"{UNCONFIRMED} It has ended.")


def test_that_the_code_or_signal_of_an_end_is_told(operator: Operator) -> None:
    with_a_run(operator)
    operator.registers("{python}", "-c", "import sys; sys.exit(3)")
    operator.starts()
    assert operator.ended().note.endswith("It ended with code 3.")


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_that_an_end_by_a_signal_is_told(operator: Operator) -> None:
    with_a_run(operator)
    operator.registers("{python}", "-c", "import os; os.kill(os.getpid(), 9)")
    operator.starts()
    assert operator.ended().note.endswith("It was ended by signal 9.")


def test_that_output_is_read_whole_whatever_its_bytes(operator: Operator) -> None:
    with_a_run(operator)
    code = "import sys; sys.stdout.buffer.write('é'.encode() * 300_000 + b'\\xc3')"
    operator.registers("{python}", "-c", code)
    operator.starts()
    operator.ended()
    assert operator.printed.count("é") == 300_000
    assert operator.printed.endswith("é\ufffd")


def test_that_a_run_outlives_the_window(operator: Operator) -> None:
    with_a_run(operator)
    release, over = operator.config / "release", operator.config / "over"
    code = (
        f"import os, time\nwhile not os.path.exists({str(release)!r}): time.sleep(0.02)\n"
        f"open({str(over)!r}, 'w').close()"
    )
    operator.registers("{python}", "-c", code)
    operator.starts()
    operator.wait(lambda: bool(operator.of(Run)))
    operator.leave()
    pid = operator.of(Run)[0].pid
    os.kill(pid, 0)
    release.touch()
    operator.wait(over.exists)
    os.waitpid(pid, 0)


@pytest.mark.parametrize(
    ("command", "cwd", "hint"),
    [
        (("/no/such/program",), None, "/no/such/program: there is no such program"),
        (("no-such-program-anywhere",), None, "there is no such program"),
        (("{python}",), "/no/such/folder", "no such folder to start the launcher in"),
        (("{python}", "/no/such/run.py"), None, "/no/such/run.py: there is no such file"),
    ],
)
def test_that_what_cannot_be_started_is_a_sentence(
    operator: Operator, command: tuple[str, ...], cwd: str | None, hint: str
) -> None:
    with_a_run(operator)
    operator.registers(*command, cwd=cwd)
    (choice,) = operator.offered().choices
    assert hint in choice.problem
    assert choice.entry is not None  # it can be changed where that is said
    assert (choice.entry.command, choice.entry.cwd) == (command, cwd or "")
    operator.starts()
    operator.wait(lambda: bool(operator.of(NotStarted)))
    assert hint in operator.of(NotStarted)[0].sentence
    assert operator.of(Run) == []


def test_that_of_two_operators_at_once_one_wins_and_the_other_is_told_who(operator: Operator) -> None:
    """Two windows, each with workers of its own, start the launcher on one session at the same instant."""
    with_a_run(operator)
    release = operator.config / "release"
    parameters = operator.session / "launcher_metadata" / "processed_parameters.json"
    task = f"import os, time\nwhile not os.path.exists({str(release)!r}): time.sleep(0.02)"
    parameters.write_text(json.dumps(json.loads(parameters.read_text()) | {"task": task}))
    launch(operator)
    other = Operator.at(operator)
    try:
        operator.begin()
        other.begin()
        operator.starts()
        other.starts()
        operator.wait(lambda: bool(operator.told_end() or other.told_end()))
        loser, winner = (operator, other) if operator.told_end() else (other, operator)
        winner.wait(lambda: any(run.note.startswith("Loaded 3") for run in winner.of(Run)))
        assert "it is in use by counting.CountingLauncher on " in loser.told_end()
        assert f"(process {winner.of(Run)[-1].pid})" in loser.told_end()
        release.touch()
        assert winner.ended().state == "ended"
    finally:
        release.touch()
        other.leave()
    assert len(list(operator.rig.root.iterdir())) == 2  # the source, and what the winner made


def test_that_what_the_operator_left_out_stays_as_the_launcher_has_it(operator: Operator) -> None:
    with_a_run(operator)
    launch(operator)
    operator.starts(leave_out=("trial_count",))
    run = operator.ended()
    assert "trial_count is 15" in operator.printed  # that of the session is 16
    results = {one.name: one.result for one in run.loaded}
    assert results == {
        "trial_count": "left_out", "reward_volume": "restored", "experiment_phase": "restored",
    }  # fmt: skip


def test_that_a_launcher_gets_the_variables_of_its_entry_and_the_mark_of_its_run(operator: Operator) -> None:
    with_a_run(operator)
    code = "import os; print(os.environ['RIG'], os.environ['RIGSTATE_RUN'])"
    operator.registers("{python}", "-c", code, environment={"RIG": "three"})
    operator.starts()
    run = operator.ended()
    assert operator.printed == f"three {run.key}\n"


@pytest.mark.parametrize(("user", "signs"), [("bob", "bob"), ("", "None")])
def test_that_a_launcher_saves_in_the_name_that_was_confirmed_or_in_none(
    operator: Operator, monkeypatch: pytest.MonkeyPatch, user: str, signs: str
) -> None:
    """Not in that in which another window started the program that this window was started by."""
    with_a_run(operator)
    monkeypatch.setenv(OPERATOR, "ann")
    operator.registers("{python}", "-c", f"import os; print(os.environ.get({OPERATOR!r}))")
    session, namespace = str(operator.session), operator.rig.namespace
    etag = StateFile(operator.session).peek()
    operator.asks(Start(ResumeRequest(session, namespace, "764521", user, False, "old"), etag))
    operator.ended()
    assert operator.printed.strip() == signs


def test_that_a_launcher_is_never_started_inside_the_session(operator: Operator) -> None:
    with_a_run(operator)
    link = operator.config / "link"
    link.symlink_to(operator.session / "launcher_metadata")
    for cwd in (operator.session, operator.session / "launcher_metadata", link):
        operator.registers("{python}", cwd=str(cwd))
        assert "inside a session's own folder" in operator.offered().choices[0].problem
        operator.answers.clear()


@pytest.mark.parametrize(
    ("parameters", "arguments", "subject"),
    [
        ({"subject_id": "812001"}, ("p1.json",), "812001"),
        ({"subject_id": 812001}, ("--param_file=p1.json",), "812001"),
        ({"user_id": "ann"}, ("p1.json",), None),
        ({"subject_id": "812001"}, ("p2.json",), None),
        ({"subject_id": "812001"}, ("p1.json", "{param_file}"), None),
    ],
)
def test_that_an_offer_says_whose_parameters_stand_in_the_command(
    operator: Operator, parameters: dict[str, object], arguments: tuple[str, ...], subject: str | None
) -> None:
    with_a_run(operator)
    (operator.config / "p1.json").write_text(json.dumps(parameters))
    operator.registers("{python}", str(operator.rig.script), *arguments, cwd=str(operator.config))
    handed = operator.offered().choices[0].handed_over
    assert (handed.subject if handed else None) == subject


def test_that_a_session_without_parameters_cannot_start_from_a_parameter_file(operator: Operator) -> None:
    with_a_run(operator)
    launch(operator)
    (operator.session / "launcher_metadata" / "processed_parameters.json").unlink()
    problem = operator.offered().choices[0].problem
    assert "processed_parameters.json" in problem
    assert "Put them there as JSON, or name a file of your own in its command" in problem


def test_that_a_batch_file_found_by_its_bare_name_is_refused(
    operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_a_run(operator)
    batch = operator.config / "run.bat"
    batch.touch(mode=0o755)
    monkeypatch.setattr("shutil.which", lambda _: str(batch))  # as Windows finds "run" by PATHEXT
    operator.registers("run")
    assert ".bat or .cmd" in operator.offered().choices[0].problem


def test_that_the_launchers_own_lock_makes_it_running_in_the_list(operator: Operator) -> None:
    with_a_run(operator)
    release = operator.config / "release"
    task = f"import os, time\nwhile not os.path.exists({str(release)!r}): time.sleep(0.02)"
    session = json.loads((operator.session / "launcher_metadata" / "processed_parameters.json").read_text())
    (operator.session / "launcher_metadata" / "processed_parameters.json").write_text(
        json.dumps(session | {"task": task})
    )
    launch(operator)
    operator.starts()
    operator.wait(lambda: any(run.session for run in operator.of(Run)))
    run = operator.of(Run)[-1]
    assert (run.state, run.note) == ("running", "Loaded 3 attributes, and subject and user.")
    assert read_session(run.session).running is not None
    assert read_session(str(operator.session)).running is not None  # two operators contend
    release.touch()
    assert operator.ended().state == "ended"


def test_that_nothing_starts_but_the_command_that_was_shown(operator: Operator) -> None:
    with_a_run(operator)
    operator.registers("{python}", "-c", "print('as shown')")
    operator.offered()
    operator.registers("{python}", "-c", "print('another')")
    operator.starts()
    operator.wait(lambda: bool(operator.of(NotStarted)))
    assert "changed while you were looking" in operator.of(NotStarted)[0].sentence
    assert operator.of(Run) == []


def test_that_a_program_is_not_found_where_the_window_happens_to_stand(
    operator: Operator, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with_a_run(operator)
    (tmp_path / "trap").write_text("#!/bin/sh\n")
    (tmp_path / "trap").chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", f".{os.pathsep}{os.environ['PATH']}")
    operator.registers("trap")
    operator.starts()
    operator.wait(lambda: bool(operator.of(NotStarted)))
    assert "there is no such program" in operator.of(NotStarted)[0].sentence


def test_that_a_run_is_followed_to_its_end_though_its_output_was_taken_away(operator: Operator) -> None:
    with_a_run(operator)
    release = operator.config / "release"
    waiting = f"import os, time\nwhile not os.path.exists({str(release)!r}): time.sleep(0.02)"
    operator.registers("{python}", "-c", waiting)
    operator.starts()
    operator.wait(lambda: bool(operator.of(Run)))
    (output,) = operator.config.rglob("output.log")
    output.unlink()
    release.touch()
    assert "It has ended." in operator.ended().note


def test_that_output_nobody_could_read_so_fast_is_left_out_and_said(operator: Operator) -> None:
    with_a_run(operator)
    code = "import sys\nfor n in range(400_000): sys.stdout.write(f'{n:099d}\\n')"
    operator.registers(
        "{python}", "-u", "-c", f"import sys; sys.stdout.reconfigure(write_through=False)\n{code}"
    )
    operator.starts()
    operator.ended()
    assert len(operator.printed) < 30_000_000
    assert "bytes left out here" in operator.printed
    assert operator.printed.endswith("399999\n")
