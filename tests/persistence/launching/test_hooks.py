"""The mixin over base classes that know nothing of it, of the shapes that are found in the field."""

import dataclasses
import json
import logging
import os
import signal
import subprocess
import sys
import threading
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

import persistence.launcher
from persistence import PersistentState
from persistence.files.running import MARKER_FILE, read_running
from persistence.launching.hooks import OPENSCOPE_RUN_ATTRIBUTES
from persistence.store import STATE_FILE, StateFile
from tests.persistence.launcher_scripts import finished, start, until, write_script


class ScopeBase:
    """Of the OpenScope shape, as far as its flow goes."""

    fail: BaseException | None = None
    success = True
    after_end_state: BaseException | None = None

    def __init__(self, param_file: str | None = None, rig_config_path: str | None = None) -> None:  # noqa: ARG002 - the shape
        self.param_file = param_file
        self.params: dict[str, Any] = {"output_root_folder": "", "tuple": (1, 2)}
        self.platform_info = {"os": ("Linux", "6")}
        self.rig_config = {"since": datetime(2025, 1, 1)}
        self.subject_id = "m1"
        self.user_id = "ann"
        self.session_uuid = ""
        self.output_session_folder = ""
        self.start_time: datetime | None = None
        self.process: subprocess.Popen[bytes] | None = None
        self.stdout_data: list[str] = []
        self.seen_running: list[bool] = []

    def determine_output_session_folder(self) -> str:
        folder = Path(self.params["output_root_folder"]) / "m1_2026-01-01_00-00-00"
        folder.mkdir(exist_ok=True)
        return str(folder)

    def run(self) -> bool:
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGINT, self.signal_handler)
        try:
            self.start_time = datetime.now()
            self.output_session_folder = self.determine_output_session_folder()
            self.process = subprocess.Popen([sys.executable, "-c", "print('hi')"], stdout=subprocess.PIPE)
            self.stdout_data.append(str(self.process.communicate()[0]))
            self.experiment()
            if self.fail is not None:
                raise self.fail
            if not self.success:
                return False
            self.save_end_state(self.output_session_folder)
            if self.after_end_state is not None:
                raise self.after_end_state
            return True
        except Exception as error:  # noqa: BLE001 - as the launchers in the field do
            self.save_debug_state(self.output_session_folder, error)
            return False

    def experiment(self) -> None:
        pass

    def signal_handler(self, _signal: int, _frame: object) -> None:
        raise SystemExit(0)

    def save_end_state(self, output_directory: str | None) -> bool | None:  # noqa: ARG002 - the shape
        return None

    def save_debug_state(self, output_directory: str | None, exc: BaseException) -> None:
        pass


class Scope(PersistentState, ScopeBase):
    def __init__(self, root: Path) -> None:
        self.register_state_handler(
            "protocol", serializer=sorted, deserializer=set
        )  # before the base's __init__
        super().__init__()
        self.params["output_root_folder"] = str(root)
        self.trial_count = 0
        self.protocol = {3, 1}

    def experiment(self) -> None:
        self.trial_count += 1
        running = read_running(self.output_session_folder)
        self.seen_running.append(running is not None and not running.finishing and running.pid == os.getpid())


@pytest.fixture(autouse=True)
def own_signals() -> Any:
    before = signal.getsignal(signal.SIGINT)
    yield
    signal.signal(signal.SIGINT, before)


def state_in(directory: str | Path) -> Any:
    text = (Path(directory) / STATE_FILE).read_text(encoding="utf-8")
    (namespace,) = json.loads(text)["launcher_states"].values()
    return namespace


def actions_in(directory: str | Path) -> list[tuple[str, str]]:
    return [(version.action, version.note) for version in StateFile(directory).history()]


# --- how a run ends ---------------------------------------------------------------------------------------


def test_that_a_successful_run_is_saved_once_as_completed(tmp_path: Path) -> None:
    launcher = Scope(tmp_path)
    assert launcher.run() is True
    assert state_in(launcher.output_session_folder)["outcome"] == "completed"
    assert actions_in(launcher.output_session_folder) == [("save", "completed")]


def test_that_the_session_is_marked_as_running_from_the_moment_its_folder_is_set(tmp_path: Path) -> None:
    launcher = Scope(tmp_path)
    assert launcher.run()
    assert launcher.seen_running == [True]
    assert read_running(launcher.output_session_folder) is None
    assert (Path(launcher.output_session_folder) / MARKER_FILE).read_bytes() == b""


def test_that_what_describes_the_run_is_not_state(tmp_path: Path) -> None:
    launcher = Scope(tmp_path)
    assert launcher.run()
    assert launcher.run_attributes == OPENSCOPE_RUN_ATTRIBUTES
    assert state_in(launcher.output_session_folder)["attributes"] == {
        "subject_id": "m1",
        "user_id": "ann",
        "seen_running": [True],
        "trial_count": 1,
        "protocol": [1, 3],
    }


def test_that_a_crash_is_saved_as_failed(tmp_path: Path) -> None:
    launcher = Scope(tmp_path)
    launcher.fail = RuntimeError("no camera")
    assert launcher.run() is False
    assert state_in(launcher.output_session_folder)["outcome"] == "failed"
    assert state_in(launcher.output_session_folder)["attributes"]["trial_count"] == 1


def test_that_a_run_that_returns_false_is_saved_as_failed(tmp_path: Path) -> None:
    launcher = Scope(tmp_path)
    launcher.success = False
    assert launcher.run() is False
    assert actions_in(launcher.output_session_folder) == [("save", "failed")]


def test_that_a_failed_run_is_not_saved_where_the_launcher_does_not_want_it(tmp_path: Path) -> None:
    class Sparing(Scope):
        save_on_failure = False

    launcher = Sparing(tmp_path)
    launcher.success = False
    assert launcher.run() is False
    assert not (Path(launcher.output_session_folder) / STATE_FILE).exists()


@pytest.mark.parametrize(
    ("error", "outcome"),
    [(SystemExit(0), "interrupted"), (SystemExit(3), "failed"), (KeyboardInterrupt(), "interrupted")],
)
def test_that_a_run_that_is_left_by_an_exception_is_saved_and_the_exception_goes_on(
    tmp_path: Path, error: BaseException, outcome: str
) -> None:
    launcher = Scope(tmp_path)
    launcher.fail = error
    with pytest.raises(type(error)):
        launcher.run()
    assert state_in(launcher.output_session_folder)["outcome"] == outcome
    assert read_running(launcher.output_session_folder) is None


def test_that_what_fails_after_the_end_state_does_not_touch_the_saved_state_any_more(tmp_path: Path) -> None:
    launcher = Scope(tmp_path)
    launcher.after_end_state = OSError("the archive is not there")
    assert launcher.run() is False
    assert actions_in(launcher.output_session_folder) == [("save", "completed")]


def test_that_after_the_final_save_the_marker_says_finishing_and_no_checkpoint_follows(
    tmp_path: Path,
) -> None:
    seen = []

    class Archiving(Scope):
        def run(self) -> bool:
            done = super().run()
            running = read_running(self.output_session_folder)
            seen.append((running is not None and running.finishing, self.checkpoint()))
            return done

    assert Archiving(tmp_path).run()
    assert seen == [(True, False)]


def test_that_a_final_save_that_did_not_succeed_is_tried_again_at_the_end(tmp_path: Path) -> None:
    class Late(Scope):
        def save_end_state(self, output_directory: str | None) -> bool | None:
            (tmp_path / "m1_2026-01-01_00-00-00" / STATE_FILE).mkdir()  # in the way
            return super().save_end_state(output_directory)

        def run(self) -> bool:
            done = super().run()
            (tmp_path / "m1_2026-01-01_00-00-00" / STATE_FILE).rmdir()
            return done

    launcher = Late(tmp_path)
    assert launcher.run()
    assert state_in(launcher.output_session_folder)["outcome"] == "completed"


def test_that_checkpoints_are_saved_in_the_middle_of_a_run(tmp_path: Path) -> None:
    class Careful(Scope):
        def experiment(self) -> None:
            for _ in range(2):
                super().experiment()
                assert self.checkpoint()

    launcher = Careful(tmp_path)
    assert not launcher.checkpoint()  # no session directory yet
    assert launcher.run()
    assert actions_in(launcher.output_session_folder) == [
        ("save", "checkpoint"),
        ("save", "checkpoint"),
        ("save", "completed"),
    ]


def test_that_saving_by_hand_in_the_middle_of_a_run_is_a_checkpoint(tmp_path: Path) -> None:
    class ByHand(Scope):
        def experiment(self) -> None:
            super().experiment()
            assert self.save_session_state(self.output_session_folder)
            assert self.save_session_state(tmp_path)

    launcher = ByHand(tmp_path)
    assert launcher.run()
    assert actions_in(launcher.output_session_folder)[0] == ("save", "checkpoint")
    assert "outcome" not in state_in(tmp_path)


def test_that_the_launchers_own_save_session_state_is_what_is_called(tmp_path: Path) -> None:
    calls = []

    class Own(Scope):
        def save_session_state(self, output_directory: str | os.PathLike[str]) -> bool:
            calls.append(output_directory)
            return super().save_session_state(output_directory)

    launcher = Own(tmp_path)
    assert launcher.run()
    assert calls == [launcher.output_session_folder]


def test_that_an_own_save_that_raises_does_not_fail_the_experiment(tmp_path: Path) -> None:
    class Raising(Scope):
        def save_session_state(self, output_directory: str | os.PathLike[str]) -> bool:
            raise ValueError(output_directory)

    assert Raising(tmp_path).run() is True


def test_that_the_switch_turns_everything_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RIGSTATE_DISABLE", "1")
    launcher = Scope(tmp_path)
    assert launcher.run() is True
    assert list(Path(launcher.output_session_folder).iterdir()) == []
    assert launcher.seen_running == [False]


def test_that_a_second_run_that_gets_no_folder_does_not_touch_the_first_ones_state(tmp_path: Path) -> None:
    launcher = Scope(tmp_path)
    assert launcher.run()

    def no_folder() -> str:
        raise RuntimeError("no disk")

    launcher.determine_output_session_folder = no_folder  # type: ignore[method-assign]
    launcher.save_debug_state = lambda *_: None  # type: ignore[method-assign]
    assert launcher.run() is False
    assert launcher.run() is False
    assert actions_in(launcher.output_session_folder) == [("save", "completed")]


def test_that_the_mixins_own_settings_are_no_state(tmp_path: Path) -> None:
    launcher = Scope(tmp_path)
    launcher.save_on_failure = False
    assert launcher.save_session_state(tmp_path)
    assert "save_on_failure" in launcher.state_report.excluded


def test_that_a_checkpoint_that_comes_to_its_turn_late_is_not_the_last_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A thread that saves now and then is asked at one moment, and has its turn at another."""
    asked, over = threading.Event(), threading.Event()
    plain_save = persistence.launcher.save

    def in_its_turn(*arguments: Any, **named: Any) -> Any:
        if threading.current_thread() is not threading.main_thread():
            asked.set()
            over.wait(30)
        return plain_save(*arguments, **named)

    class Threaded(Scope):
        def experiment(self) -> None:
            super().experiment()
            self.thread = threading.Thread(target=self.checkpoint)
            self.thread.start()
            asked.wait(30)

    monkeypatch.setattr("persistence.launcher.save", in_its_turn)
    launcher = Threaded(tmp_path)
    assert launcher.run()
    over.set()
    launcher.thread.join()
    assert state_in(launcher.output_session_folder)["outcome"] == "completed"


def test_that_no_checkpoint_follows_a_run_that_is_over_and_a_save_by_hand_leaves_it_completed(
    tmp_path: Path,
) -> None:
    launcher = Scope(tmp_path)
    assert launcher.run()
    launcher.trial_count = 7
    assert not launcher.checkpoint()
    assert state_in(launcher.output_session_folder)["attributes"]["trial_count"] == 1
    assert launcher.save_session_state(launcher.output_session_folder)
    assert state_in(launcher.output_session_folder)["attributes"]["trial_count"] == 7
    assert state_in(launcher.output_session_folder)["outcome"] == "completed"
    assert launcher.save_session_state(tmp_path)
    assert "outcome" not in state_in(tmp_path)


# --- shapes of classes ------------------------------------------------------------------------------------


def test_that_the_wrong_order_of_bases_is_told_when_the_class_is_defined() -> None:
    with pytest.raises(TypeError, match=r"class Wrong\(PersistentState, ScopeBase\)"):

        class Wrong(ScopeBase, PersistentState):
            pass


def test_that_a_base_without_run_may_stand_in_any_order() -> None:
    class Plain:
        pass

    class Fine(Plain, PersistentState):
        pass

    assert Fine().state_report.ok is False


def test_that_a_mixin_of_ones_own_may_stand_before_a_finished_launcher(tmp_path: Path) -> None:
    class Timed:
        def run(self) -> bool:
            return bool(super().run())  # type: ignore[misc]

    class Both(Timed, Scope):
        pass

    launcher = Both(tmp_path)
    assert launcher.run() is True
    assert actions_in(launcher.output_session_folder) == [("save", "completed")]


def test_that_overrides_at_every_level_save_once_and_after_the_outermost(tmp_path: Path) -> None:
    class Lower(Scope):
        def save_end_state(self, output_directory: str | None) -> bool | None:
            done = super().save_end_state(output_directory)
            self.lower = True
            return done

    class Upper(Lower):
        def save_end_state(self, output_directory: str | None) -> bool | None:
            done = super().save_end_state(output_directory)
            self.upper = True
            return done

        def run(self) -> bool:
            return super().run()

    launcher = Upper(tmp_path)
    assert launcher.run()
    assert actions_in(launcher.output_session_folder) == [("save", "completed")]
    assert {"lower", "upper"} <= set(state_in(launcher.output_session_folder)["attributes"])


def test_that_a_base_that_saves_no_end_state_is_saved_when_run_returns(tmp_path: Path) -> None:
    class Small:
        def __init__(self) -> None:
            self.count = 0

        def run(self) -> None:
            self.count += 1
            self.output_session_folder = tmp_path

    class Launcher(PersistentState, Small):
        pass

    launcher = Launcher()
    launcher.run()
    assert state_in(tmp_path)["outcome"] == "completed"
    assert state_in(tmp_path)["attributes"]["count"] == 1


def test_that_a_base_without_run_is_saved_when_it_calls_save_end_state(tmp_path: Path) -> None:
    class Odd:
        def acquire(self) -> None:
            self.save_end_state(output_directory=str(tmp_path))

        def save_end_state(self, output_directory: str) -> None:
            self.done = output_directory != ""

    class Launcher(PersistentState, Odd):
        pass

    Launcher().acquire()
    assert state_in(tmp_path)["outcome"] == "completed"
    assert read_running(tmp_path) is None


def test_that_a_folder_that_is_made_after_it_was_set_is_marked_at_the_first_save(tmp_path: Path) -> None:
    seen = []

    class Late:
        def run(self) -> bool:
            self.output_session_folder = str(tmp_path / "later")
            Path(self.output_session_folder).mkdir()
            self.step()
            return True

        def step(self) -> None:
            pass

    class Launcher(PersistentState, Late):
        def step(self) -> None:
            self.checkpoint()
            seen.append(read_running(tmp_path / "later") is not None)

    assert Launcher().run()
    assert seen == [True]


class Slotted:
    __slots__ = ("count", "output_session_folder")

    def __init__(self, folder: str = "") -> None:
        self.count = 0
        self.output_session_folder = folder

    def run(self) -> bool:
        self.count += 1
        return True


def test_that_a_folder_in_a_slot_is_learnt_too(tmp_path: Path) -> None:
    class Launcher(PersistentState, Slotted):
        def run(self) -> bool:
            self.output_session_folder = str(tmp_path)
            return super().run()

    launcher = Launcher()
    assert launcher.run()
    assert state_in(tmp_path)["attributes"]["count"] == 1
    other = Launcher()
    assert other.load_session_state(tmp_path)
    assert other.count == 1


def test_that_a_folder_behind_a_property_is_learnt_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    class Proper:
        _folder = ""

        @property
        def output_session_folder(self) -> str:
            return self._folder

        @output_session_folder.setter
        def output_session_folder(self, value: str) -> None:
            self._folder = value.upper()

        def run(self) -> bool:
            self.output_session_folder = "x"
            assert self.output_session_folder == "X"
            self.output_session_folder = ""
            return True

    class Launcher(PersistentState, Proper):
        pass

    assert Launcher().run()


def test_that_a_folder_known_from_the_constructor_is_learnt_when_the_run_begins(tmp_path: Path) -> None:
    class Launcher(PersistentState, Slotted):
        def run(self) -> bool:
            self.marked = read_running(tmp_path) is not None
            return super().run()

    launcher = Launcher(str(tmp_path))
    assert launcher.run()
    assert launcher.marked


def test_that_the_folder_attribute_behaves_as_before() -> None:
    class Default:
        output_session_folder = "none yet"

        def run(self) -> bool:
            return True

    class Launcher(PersistentState, Default):
        pass

    assert Launcher.output_session_folder == "none yet"
    launcher = Launcher()
    assert launcher.output_session_folder == "none yet"
    launcher.output_session_folder = "x"
    assert vars(launcher)["output_session_folder"] == "x"
    del launcher.output_session_folder
    assert launcher.output_session_folder == "none yet"
    with pytest.raises(AttributeError):
        del launcher.output_session_folder


def test_that_a_static_method_is_left_alone_and_the_end_of_the_run_tells(tmp_path: Path) -> None:
    class Telling(ScopeBase):
        @staticmethod
        def save_end_state(output_directory: str | None) -> bool | None:
            assert output_directory is None or Path(output_directory).is_dir()
            return None

    class Launcher(PersistentState, Telling):
        def __init__(self) -> None:
            super().__init__()
            self.params["output_root_folder"] = str(tmp_path)

    Launcher.save_end_state(None)
    launcher = Launcher()
    assert launcher.run() is True
    assert actions_in(launcher.output_session_folder) == [("save", "completed")]


def test_that_a_handler_that_ends_by_itself_makes_no_interrupted_run_out_of_a_successful_one(
    tmp_path: Path,
) -> None:
    class Patient(Scope):
        def signal_handler(self, _signal: int, _frame: object) -> None:
            """Nothing is stopped."""

        def experiment(self) -> None:
            signal.raise_signal(signal.SIGINT)

    launcher = Patient(tmp_path)
    assert launcher.run() is True
    assert state_in(launcher.output_session_folder)["outcome"] == "completed"
    launcher.params["output_root_folder"] = str(tmp_path)
    launcher.experiment = lambda: None  # type: ignore[method-assign]
    launcher.success = False
    assert launcher.run() is False
    assert state_in(launcher.output_session_folder)["outcome"] == "failed"  # that was another run


def test_that_a_coroutine_is_left_alone_and_said(caplog: pytest.LogCaptureFixture) -> None:
    class Async:
        async def run(self) -> bool:
            return True

    with caplog.at_level(logging.WARNING):

        class Launcher(PersistentState, Async):
            pass

    assert "run is asynchronous" in caplog.text
    coroutine = Launcher().run()
    coroutine.close()


# --- as a program -----------------------------------------------------------------------------------------


PROGRAM = """
import signal
class Base:
    def __init__(self, param_file=None):
        self.output_session_folder = ""
        self.process = None
        self.trials = 0
    def run(self):
        signal.signal(signal.SIGINT, self.signal_handler)
        try:
            os.mkdir(sys.argv[1])
            self.output_session_folder = sys.argv[1]
            self.process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
            self.trials = 5
            print("on", flush=True)
            self.process.wait()
            return True
        finally:
            self.process.kill()
            self.process.wait()
    def signal_handler(self, sig, frame):
        raise SystemExit(0)
    def determine_output_session_folder(self): ...
    @classmethod
    def run_from_params(cls, param_file, *, log_level=None):
        return cls(param_file=param_file).run()
class Foreign(PersistentState, Base):
    pass
Foreign.run_from_params("p.json")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a console signal would reach the tests themselves")
def test_that_a_foreign_program_stopped_by_its_own_signal_handler_leaves_an_interrupted_state(
    tmp_path: Path,
) -> None:
    directory = tmp_path / "session"
    process = start(write_script(tmp_path, PROGRAM), directory)
    try:
        assert process.stdout.readline() == "on\n"
        running = until(lambda: read_running(directory))
        assert running.pid == process.pid
        process.send_signal(signal.SIGINT)
        code, _, errors = finished(process)
    finally:
        process.kill()
    assert (code, errors) == (0, "")
    assert state_in(directory)["outcome"] == "interrupted"
    assert state_in(directory)["attributes"] == {"trials": 5}


# --- classes that are made in uncommon ways ---------------------------------------------------------------


class Plain:
    """A base without an `__init__`, whose folder is an attribute of the class until it is set."""

    output_session_folder: str | None = None
    root = ""

    def run(self) -> bool:
        if self.output_session_folder is None:
            self.output_session_folder = self.root
        return True


def test_that_an_attribute_of_the_class_that_is_none_stays_to_be_read(tmp_path: Path) -> None:
    class Lab(PersistentState, Plain):
        root = str(tmp_path)

    launcher = Lab()
    assert Lab.output_session_folder is None
    assert launcher.output_session_folder is None
    assert launcher.run()
    assert (tmp_path / STATE_FILE).exists()
    del launcher.output_session_folder
    assert launcher.output_session_folder is None


def test_that_a_class_that_a_decorator_makes_anew_is_joined_as_any_other(tmp_path: Path) -> None:
    """As `dataclass(slots=True)` and attrs do: the class that was joined is not the one that is used."""

    @dataclasses.dataclass(slots=True)
    class Lab(PersistentState, Plain):
        root: str = str(tmp_path)
        trial_count: int = 3

    class Further(Lab):
        pass

    for cls in (Lab, Further):
        assert cls().run()
        state = StateFile(tmp_path).read().document
        (name,) = [name for name in state.namespaces if name.endswith(cls.__name__)]
        assert state.namespace(name).attributes["trial_count"] == 3


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork")
def test_that_a_child_made_by_fork_neither_saves_nor_ends_its_parents_run(tmp_path: Path) -> None:
    script = write_script(
        tmp_path,
        """
        import os, sys
        from persistence import PersistentState
        from persistence.files.running import read_running

        class Base:
            def run(self):
                self.output_session_folder = sys.argv[1]
                self.trial_count = 1
                child = os.fork()
                if child == 0:
                    self.trial_count = 2
                    sys.exit(1)
                os.waitpid(child, 0)
                print(read_running(sys.argv[1]) is not None, "session_state.json" in os.listdir(sys.argv[1]))
                return True

        class Lab(PersistentState, Base):
            pass

        print(Lab().run(), read_running(sys.argv[1]))
        """,
    )
    folder = tmp_path / "session"
    folder.mkdir()
    code, output, errors = finished(start(script, folder))
    assert (code, output) == (0, "True False\nTrue None\n"), errors


def test_that_the_wrong_order_is_told_with_the_base_that_the_class_names() -> None:
    class Further(Plain):
        pass

    with pytest.raises(TypeError, match=r"as in class Lab\(PersistentState, Further\)"):

        class Lab(Further, PersistentState):
            pass
