"""How a run ends is what its state says: completed, failed, interrupted; saved once, by whatever way."""

import os
import threading
from pathlib import Path
from typing import Any

import pytest

import persistence.launcher
from persistence import PersistentState
from persistence.files.running import MARKER_FILE, read_running
from persistence.launching.hooks import OPENSCOPE_RUN_ATTRIBUTES
from persistence.store import STATE_FILE
from tests.persistence.launching.scope import Scope, actions_in, state_in

pytestmark = pytest.mark.usefixtures("own_signals")


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


def test_that_a_run_without_a_session_directory_says_what_was_not_assigned(
    caplog: pytest.LogCaptureFixture,
) -> None:
    class Elsewhere(PersistentState):
        def run(self) -> bool:
            self.session_directory = "/data"
            return True

    assert Elsewhere().run()
    assert (
        "Elsewhere has no session directory, since nothing assigned its output_session_folder" in caplog.text
    )


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
