"""BaseLauncher as a program: what a run leaves behind, and how it ends."""

import json
import logging
import os
import signal
import subprocess
import sys
import threading
import types
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from persistence import BaseLauncher
from persistence.files.running import MARKER_FILE, read_running
from persistence.launching.parameters import ParameterError
from persistence.launching.remembered import remembered
from persistence.store import STATE_FILE, StateFile
from tests.persistence.launcher_scripts import finished, start, until, write_script


class Counting(BaseLauncher):
    """Runs a little Python code, which a test may set."""

    code = "print('trial 1'); print('trial 2')"

    def __init__(self, root: Path, subject: str = "764521") -> None:
        super().__init__()
        self.params["output_root_folder"] = str(root)
        self.subject_id = subject
        self.trial_count = 0

    def create_process(self) -> subprocess.Popen[Any] | None:
        self.trial_count += 1
        return subprocess.Popen(
            [sys.executable, "-c", self.code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )


def folder_of(launcher: BaseLauncher) -> Path:
    return Path(launcher.output_session_folder)


def json_in(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def test_that_all_that_is_written_down_is_told_by_the_clock_of_the_launcher(tmp_path: Path) -> None:
    launcher = Counting(tmp_path)
    remembered(launcher).clock = lambda: datetime(2026, 11, 23, 14, 5)
    assert launcher.run()
    folder = folder_of(launcher)
    assert folder.name == "764521_2026-11-23_14-05-00"
    assert namespace_in(folder)["saved_at"] == "2026-11-23T14:05:00.000000"
    assert json_in(folder / "session.json")["session_end_time"] == "2026-11-23T14:05:00"
    log = (folder / "launcher_metadata" / "launcher.log").read_text("utf-8")
    assert {line[:23] for line in log.splitlines()} == {"2026-11-23 14:05:00,000"}
    assert {version.time for version in StateFile(folder).history()} == {"2026-11-23T14:05:00.000000"}
    StateFile(folder, clock=lambda: datetime(2026, 11, 23, 14, 6)).clear()
    assert StateFile(folder).history()[-1].time == "2026-11-23T14:06:00.000000"


def namespace_in(directory: Path) -> Any:
    (namespace,) = json_in(directory / STATE_FILE)["launcher_states"].values()
    return namespace


# --- construction -----------------------------------------------------------------------------------------


def test_that_it_is_constructed_without_arguments_and_without_asking(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builtins.input", lambda *_: pytest.fail("it asked"))
    launcher = BaseLauncher()
    assert (launcher.subject_id, launcher.user_id, launcher.params) == ("", "", {})


def test_that_the_parameter_file_stands_over_the_rig_config(tmp_path: Path) -> None:
    (tmp_path / "rig.toml").write_text('rig_id = "rig3"\noutput_root_folder = "/data"\n', encoding="utf-8")
    (tmp_path / "p.json").write_text(
        json.dumps({"subject_id": 764521, "user_id": "ann", "output_root_folder": "/here"}), encoding="utf-8"
    )
    launcher = BaseLauncher(str(tmp_path / "p.json"), tmp_path / "rig.toml")
    assert launcher.params == {
        "rig_id": "rig3",
        "output_root_folder": "/here",
        "subject_id": 764521,
        "user_id": "ann",
    }
    assert (launcher.subject_id, launcher.user_id) == ("764521", "ann")


@pytest.mark.parametrize("content", ["", "[1]", "{", '{"a": ' + "[" * 100_000])
def test_that_a_parameter_file_that_cannot_be_used_is_told_in_one_sentence(
    tmp_path: Path, content: str
) -> None:
    path = tmp_path / "p.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ParameterError, match=r"p\.json: .*\."):
        BaseLauncher(path)


def test_that_a_rig_config_that_is_not_there_is_told_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match=r"rig\.toml: cannot be read"):
        BaseLauncher(rig_config_path=tmp_path / "rig.toml")


# --- a run ------------------------------------------------------------------------------------------------


def test_that_a_run_leaves_the_traces_that_others_look_for(tmp_path: Path) -> None:
    launcher = Counting(tmp_path)
    assert launcher.run() is True
    directory = folder_of(launcher)
    assert directory.name.startswith("764521_")
    session = json_in(directory / "session.json")
    assert (session["subject_id"], session["session_uuid"]) == ("764521", launcher.session_uuid)
    assert session["session_start_time"] < session["session_end_time"]
    metadata = directory / "launcher_metadata"
    assert json_in(metadata / "input_parameters.json") == {}
    assert json_in(metadata / "processed_parameters.json") == {
        "output_root_folder": str(tmp_path),
        "subject_id": "764521",
        "user_id": "",
    }
    assert json_in(metadata / "command_line_arguments.json")["python_executable"] == sys.executable
    assert json_in(metadata / "end_state.json")["process_returncode"] == 0
    assert not (metadata / "debug_state.json").exists()


def test_that_a_run_tells_which_code_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git, package = tmp_path / "code" / ".git", types.ModuleType("some_rig")
    git.mkdir(parents=True)
    (git / "HEAD").write_text("a" * 40)
    package.__version__ = "2.4.1"  # type: ignore[attr-defined]
    package.__file__ = str(tmp_path / "code" / "some_rig.py")
    monkeypatch.setitem(sys.modules, "some_rig", package)
    monkeypatch.setattr(Counting, "__module__", "some_rig")
    launcher = Counting(tmp_path)
    assert launcher.run()
    told = json_in(folder_of(launcher) / "launcher_metadata" / "command_line_arguments.json")
    assert (told["launcher_version"], told["git_revision"]) == ("2.4.1", "a" * 40)
    assert told["git_folder"] == str(tmp_path / "code")


def test_that_the_process_output_is_streamed_into_the_log(tmp_path: Path) -> None:
    launcher = Counting(tmp_path)
    launcher.code = (
        "import sys; sys.stdout.buffer.write(b'zw\\xc3\\xb6lf\\n\\xff\\n'); sys.stderr.write('oh\\n')"
    )
    assert launcher.run()
    text = (folder_of(launcher) / "launcher_metadata/launcher.log").read_text(encoding="utf-8")
    assert "stdout: zwölf" in text
    assert "stderr: oh" in text
    assert "stdout: \ufffd" in text


def test_that_the_log_holds_each_line_once_whatever_the_log_level(tmp_path: Path) -> None:
    root_logger = logging.getLogger()
    before = root_logger.level
    try:
        for level in (logging.DEBUG, logging.CRITICAL):
            root_logger.setLevel(level)
            launcher = Counting(tmp_path)
            assert launcher.run()
            text = (folder_of(launcher) / "launcher_metadata/launcher.log").read_text(encoding="utf-8")
            assert text.count("trial 1") == 1
    finally:
        root_logger.setLevel(before)


def test_that_a_megabyte_of_output_does_not_block_the_process(tmp_path: Path) -> None:
    launcher = Counting(tmp_path)
    launcher.code = "import sys; sys.stderr.write('x' * 1000000); print('y' * 1000000)"
    assert launcher.run()
    text = (folder_of(launcher) / "launcher_metadata/launcher.log").read_text(encoding="utf-8")
    assert text.count("x") >= 1000000 <= text.count("y")


def test_that_the_state_is_saved_as_completed_without_what_describes_the_run(tmp_path: Path) -> None:
    launcher = Counting(tmp_path)
    assert launcher.run()
    namespace = namespace_in(folder_of(launcher))
    assert namespace["outcome"] == "completed"
    assert namespace["attributes"] == {"subject_id": "764521", "user_id": "", "trial_count": 1}
    assert set(launcher.state_report.excluded) == launcher.run_attributes


def test_that_two_runs_within_a_second_have_a_directory_each(tmp_path: Path) -> None:
    launchers = [Counting(tmp_path), Counting(tmp_path)]
    assert all(launcher.run() for launcher in launchers)
    assert len({launcher.output_session_folder for launcher in launchers}) == 2


def test_that_one_launcher_can_run_twice(tmp_path: Path) -> None:
    launcher = Counting(tmp_path)
    assert launcher.run()
    first = folder_of(launcher)
    assert launcher.run()
    assert namespace_in(first)["attributes"]["trial_count"] == 1
    assert namespace_in(folder_of(launcher))["attributes"]["trial_count"] == 2


def test_that_a_subject_never_becomes_a_path(tmp_path: Path) -> None:
    launcher = Counting(tmp_path / "data", subject="../../etc/m 1")
    assert launcher.run()
    assert folder_of(launcher).parent == tmp_path / "data"


@pytest.mark.parametrize(("subject", "prefix"), [(None, "unknown_"), (764521, "764521_"), ("", "unknown_")])
def test_that_any_kind_of_subject_names_the_folder(tmp_path: Path, subject: Any, prefix: str) -> None:
    launcher = Counting(tmp_path, subject=subject)
    assert launcher.run()
    assert folder_of(launcher).name.startswith(prefix)


def test_that_it_runs_without_any_process_of_its_own(tmp_path: Path) -> None:
    launcher = BaseLauncher()
    launcher.params["output_root_folder"] = str(tmp_path)
    assert launcher.run()
    assert folder_of(launcher).name.startswith("unknown_")


# --- failures ---------------------------------------------------------------------------------------------


def test_that_a_failed_process_leaves_a_failed_state_and_says_why(tmp_path: Path) -> None:
    launcher = Counting(tmp_path)
    launcher.code = "raise SystemExit('no camera')"
    assert launcher.run() is False
    directory = folder_of(launcher)
    assert namespace_in(directory)["outcome"] == "failed"
    debug = json_in(directory / "launcher_metadata/debug_state.json")
    assert "no camera" in debug["crash_info"]["message"]
    assert debug["launcher_state"]["trial_count"] == 1
    assert not (directory / "launcher_metadata/end_state.json").exists()


def test_that_nothing_is_saved_when_the_process_never_started(tmp_path: Path) -> None:
    class Broken(Counting):
        def create_process(self) -> subprocess.Popen[Any] | None:
            raise OSError("no such program")

    launcher = Broken(tmp_path)
    assert launcher.run() is False
    assert not (folder_of(launcher) / STATE_FILE).exists()
    crash = json_in(folder_of(launcher) / "launcher_metadata/debug_state.json")["crash_info"]
    assert (crash["exception_type"], crash["message"]) == ("OSError", "no such program")


def test_that_create_process_may_return_nothing_which_is_a_failure(tmp_path: Path) -> None:
    class Passing(Counting):
        def create_process(self) -> subprocess.Popen[Any] | None:
            return None

    launcher = Passing(tmp_path)
    assert launcher.run() is False
    assert not (folder_of(launcher) / STATE_FILE).exists()


def test_that_a_failure_is_not_saved_where_the_launcher_does_not_want_it(tmp_path: Path) -> None:
    launcher = Counting(tmp_path)
    launcher.code = "raise SystemExit(1)"
    launcher.save_on_failure = False
    assert launcher.run() is False
    assert not (folder_of(launcher) / STATE_FILE).exists()


def test_that_an_output_root_that_cannot_be_made_is_a_failure_and_no_exception(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    launcher = Counting(tmp_path / "file")
    assert launcher.run() is False


def test_that_a_process_that_leaves_another_one_behind_does_not_hold_up_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("persistence.base_launcher._OUTPUT_GRACE", 0.2)
    launcher = Counting(tmp_path)
    stop = tmp_path / "stop"
    child = f"import os, time\nwhile not os.path.exists({str(stop)!r}): time.sleep(0.02)"
    launcher.code = (
        f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {child!r}]); print('over')"
    )
    try:
        assert launcher.run()
    finally:
        stop.touch()


def test_that_an_override_that_raises_makes_no_failure_worse(tmp_path: Path) -> None:
    class Broken(Counting):
        def get_persistent_attributes(self) -> dict[str, Any]:
            raise ValueError("oh")

    launcher = Broken(tmp_path)
    launcher.code = "raise SystemExit(1)"
    assert launcher.run() is False
    assert json_in(folder_of(launcher) / "launcher_metadata/debug_state.json")["launcher_state"] == {}


# --- stopping ---------------------------------------------------------------------------------------------


def test_that_stop_from_another_thread_ends_the_process_and_saves_as_interrupted(tmp_path: Path) -> None:
    launcher = Counting(tmp_path)
    launcher.code = "import time; print('on', flush=True); time.sleep(60)"

    def stop_soon() -> None:
        until(lambda: launcher.process)
        launcher.stop()

    thread = threading.Thread(target=stop_soon)
    thread.start()
    assert launcher.run() is False
    thread.join()
    assert namespace_in(folder_of(launcher))["outcome"] == "interrupted"


def test_that_it_runs_in_a_thread_without_touching_signals(tmp_path: Path) -> None:
    before = signal.getsignal(signal.SIGINT)
    launcher = Counting(tmp_path)
    results: list[bool] = []
    thread = threading.Thread(target=lambda: results.append(launcher.run()))
    thread.start()
    thread.join()
    assert results == [True]
    assert signal.getsignal(signal.SIGINT) is before


def test_that_the_signal_handlers_are_as_before_after_a_run(tmp_path: Path) -> None:
    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
    assert Counting(tmp_path).run()
    assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)) == before


SLEEPER = """
if hasattr(os, "setpgid"):
    os.setpgid(0, 0)  # a group of its own, as a terminal and the window give it one
class Sleeper(BaseLauncher):
    trials = 0
    def create_process(self):
        self.trials = 3
        return python("import time; print('on', flush=True)\\nwhile True: time.sleep(0.02)")
launcher = Sleeper()
launcher.params["output_root_folder"] = sys.argv[1]
launcher.subject_id = "m1"
sys.exit(0 if launcher.run() else 1)
"""


HANGING = """
class Hanging(BaseLauncher):
    def create_process(self):
        print("on", flush=True)
        while not self._stopper.asked:
            time.sleep(0.02)
        print("asked", flush=True)
        while True:
            time.sleep(1)
launcher = Hanging()
launcher.params["output_root_folder"] = sys.argv[1]
try:
    launcher.run()
except KeyboardInterrupt:
    sys.exit(7)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a console signal would reach the tests themselves")
def test_that_a_second_signal_gets_through_to_a_launcher_that_never_starts_its_process(
    tmp_path: Path,
) -> None:
    process = start(write_script(tmp_path, HANGING), tmp_path)
    try:
        assert process.stdout.readline() == "on\n"
        process.send_signal(signal.SIGINT)
        assert process.stdout.readline() == "asked\n"  # two in a moment are one to the system
        process.send_signal(signal.SIGINT)
        assert finished(process)[0] == 7
    finally:
        process.kill()


@pytest.mark.skipif(sys.platform == "win32", reason="a console signal would reach the tests themselves")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_that_a_stopped_program_saves_as_interrupted_and_lets_go_of_its_marker(
    tmp_path: Path, number: int
) -> None:
    data = tmp_path / "data"
    process = start(write_script(tmp_path, SLEEPER), data)
    try:
        directory = until(lambda: next(data.glob("m1_*/launcher_metadata/launcher.log"), None)).parent.parent
        until(
            lambda: "stdout: on" in (directory / "launcher_metadata/launcher.log").read_text(encoding="utf-8")
        )
        running = read_running(directory)
        assert running is not None
        assert (running.pid, running.launcher, running.finishing) == (process.pid, "rig.Sleeper", False)
        os.killpg(process.pid, number)
        code, _, errors = finished(process)
    finally:
        process.kill()
    assert (code, "Traceback" in errors) == (1, False)
    assert namespace_in(directory)["outcome"] == "interrupted"
    assert namespace_in(directory)["attributes"]["trials"] == 3
    assert read_running(directory) is None
    assert (directory / MARKER_FILE).read_bytes() == b""


VALVES = """
os.setpgid(0, 0)
CODE = '''
import time
try:
    print("on", flush=True)
    while True: time.sleep(0.02)
except KeyboardInterrupt:
    for number in range(5):
        time.sleep(0.05)
        print("closing valve", number, flush=True)
    print("closed", flush=True)
    raise
'''
class Valves(BaseLauncher):
    def create_process(self):
        return python(CODE)
launcher = Valves()
launcher.params["output_root_folder"] = sys.argv[1]
launcher.subject_id = "m1"
sys.exit(0 if launcher.run() else 1)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a console signal would reach the tests themselves")
@pytest.mark.parametrize(
    ("send", "number"),
    [(os.killpg, signal.SIGINT), (os.kill, signal.SIGTERM)] if sys.platform != "win32" else [],
    ids=["a key, for all", "a signal, for the launcher alone"],
)
def test_that_a_task_has_time_to_clean_up_and_what_it_prints_is_read_to_its_end(
    tmp_path: Path, send: Callable[[int, int], None], number: int
) -> None:
    process = start(write_script(tmp_path, VALVES), tmp_path / "data")
    try:
        log = until(lambda: next((tmp_path / "data").glob("m1_*/launcher_metadata/launcher.log"), None))
        until(lambda: "stdout: on" in log.read_text(encoding="utf-8"))
        send(process.pid, number)
        assert finished(process)[0] == 1
    finally:
        process.kill()
    said = log.read_text(encoding="utf-8")
    assert [f"closing valve {valve}\n" in said for valve in range(5)] == [True] * 5
    assert said.count("stdout: closed") == said.count("stderr: KeyboardInterrupt") == 1
    assert namespace_in(log.parent.parent)["outcome"] == "interrupted"


PRESSED_AT_START = """
os.setpgid(0, 0)
import signal
CODE = '''
import pathlib, time
try:
    pathlib.Path(PLACE).touch()
    while True: time.sleep(0.02)
except KeyboardInterrupt:
    print("heard", flush=True)
    time.sleep(0.3)
    print("closed", flush=True)
'''
class Pressed(BaseLauncher):
    def create_process(self):
        place = os.path.join(sys.argv[1], "on")
        if sys.argv[2] == "before":
            os.killpg(0, signal.SIGINT)
        process = python(CODE.replace("PLACE", repr(place)))
        while not os.path.exists(place): time.sleep(0.02)
        if sys.argv[2] == "after":
            os.killpg(0, signal.SIGINT)
        return process
launcher = Pressed()
launcher.params["output_root_folder"] = sys.argv[1]
launcher.subject_id = "m1"
sys.exit(0 if launcher.run() else 1)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a console signal would reach the tests themselves")
@pytest.mark.parametrize("moment", ["before", "after"])
def test_that_a_key_pressed_while_the_task_is_started_interrupts_it_once(tmp_path: Path, moment: str) -> None:
    """Before it is there it cannot hear the key; from then on it does, before anybody waits for it."""
    process = start(write_script(tmp_path, PRESSED_AT_START), tmp_path, moment)
    try:
        assert finished(process)[0] == 1
    finally:
        process.kill()
    (log,) = tmp_path.glob("m1_*/launcher_metadata/launcher.log")
    said = log.read_text(encoding="utf-8")
    assert said.count("stdout: heard") == said.count("stdout: closed") == 1
    assert "KeyboardInterrupt" not in said
    assert namespace_in(log.parent.parent)["outcome"] == "interrupted"


def test_that_a_killed_program_leaves_a_marker_that_nobody_takes_for_running(tmp_path: Path) -> None:
    data = tmp_path / "data"
    process = start(write_script(tmp_path, SLEEPER), data)
    try:
        directory = until(lambda: next(data.glob("m1_*/launcher_metadata/launcher.log"), None)).parent.parent
        until(
            lambda: "stdout: on" in (directory / "launcher_metadata/launcher.log").read_text(encoding="utf-8")
        )
    finally:
        process.kill()
        finished(process)
    assert (directory / MARKER_FILE).read_bytes() != b""
    assert read_running(directory) is None


def test_that_run_from_params_constructs_and_runs_the_launcher(tmp_path: Path) -> None:
    script = write_script(
        tmp_path,
        """
        class Mine(BaseLauncher):
            def create_process(self):
                return python("print('hello from the process')")
        sys.exit(0 if Mine.run_from_params(sys.argv[1]) else 1)
        """,
    )
    parameters = tmp_path / "p.json"
    parameters.write_text(
        json.dumps({"subject_id": "m2", "output_root_folder": str(tmp_path / "out")}), "utf-8"
    )
    code, _, errors = finished(start(script, parameters))
    assert code == 0
    assert "persistence.launching.process_output: hello from the process" in errors
    code, _, errors = finished(start(script, tmp_path / "none.json"))
    assert (code, "Traceback" in errors) == (1, False)
    assert "none.json: cannot be read" in errors


def test_that_a_run_that_cannot_begin_leaves_the_session_before_it_alone(tmp_path: Path) -> None:
    launcher = Counting(tmp_path / "root")
    assert launcher.run()
    folder = folder_of(launcher)
    before = sorted((folder / "launcher_metadata").iterdir())
    (tmp_path / "file").touch()
    launcher.params["output_root_folder"] = str(tmp_path / "file")
    assert launcher.run() is False
    assert sorted((folder / "launcher_metadata").iterdir()) == before
    assert launcher.output_session_folder == ""


class Fragile(BaseLauncher):
    """Has an attribute that only a handler can save, and crashes."""

    def __init__(self, param_file: str | None = None) -> None:
        super().__init__(param_file)
        self.protocol = object()
        self.register_state_handler("protocol", lambda _: {"step": 3}, lambda saved: saved)

    def create_process(self) -> subprocess.Popen[bytes] | None:
        raise RuntimeError("no camera")


def test_that_a_debug_state_says_whose_it_is_and_what_a_save_would_say(tmp_path: Path) -> None:
    launcher = Fragile()
    launcher.params["output_root_folder"] = str(tmp_path)
    assert not launcher.run()
    debug = json_in(folder_of(launcher) / "launcher_metadata/debug_state.json")
    assert (debug["launcher_class"], debug["launcher_module"]) == ("Fragile", Fragile.__module__)
    assert debug["launcher_state"]["protocol"] == {"step": 3}
