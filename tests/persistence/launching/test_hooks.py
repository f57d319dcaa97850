"""The mixin over base classes that know nothing of it, of the shapes that are found in the field."""

import dataclasses
import logging
import os
import signal
import sys
from pathlib import Path

import pytest

from persistence import PersistentState
from persistence.files.running import read_running
from persistence.store import STATE_FILE, StateFile
from tests.persistence.launcher_scripts import finished, start, until, write_script
from tests.persistence.launching.scope import Scope, ScopeBase, actions_in, state_in

pytestmark = pytest.mark.usefixtures("own_signals")

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
