"""The short form of every suite; and each can fail: it sees a library that was broken on purpose."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from persistence.files import commit, durable
from persistence.lock import FileLock
from tests.proof import full_disk, kill, power_cut, system_calls, worlds, writers
from tests.proof.child import all_said, child
from tests.proof.mounts import program
from tests.proof.removals import REMOVALS, Removal
from tests.proof.suite import Outcome, Suite
from tests.proof.suites import SUITES
from tests.syntax import PROJECT

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked")
LOOP_DEVICES = Path("/sys/block")


def seen_by(suite: Suite, rounds: int, directory: Path) -> Outcome:
    """What a suite saw here; where it cannot run, the test is skipped with the reason."""
    outcome = suite.run(rounds, directory)
    if outcome.lacking:
        pytest.skip(f"{suite.name} lacks {outcome.lacking}")
    return outcome


@pytest.mark.parametrize("suite", SUITES, ids=lambda suite: suite.name)
def test_that_no_suite_breaks_a_promise(
    suite: Suite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worlds, "TRUE_WITHIN", 60.0)  # what is promised in seconds, the long form proves
    outcome = seen_by(suite, suite.short, tmp_path)
    assert outcome.violations == ()
    assert outcome.rounds > 0
    assert outcome.details


def test_that_each_suite_has_a_name_of_its_own_and_a_full_form_that_is_longer() -> None:
    assert len({suite.name for suite in SUITES}) == len(SUITES)
    assert all(0 < suite.short < suite.full for suite in SUITES)


# --- a library that was broken on purpose -----------------------------------------------------------------


def in_place(source: Path, target: Path) -> None:
    """Instead of a rename: what a program does that does not know better, on a disk that is slow."""
    with source.open("rb") as old, target.open("wb", buffering=0) as new:
        while part := old.read(500):
            new.write(part)
            time.sleep(0.002)
    source.unlink()


def nothing(*_: object, **__: object) -> None:
    """Instead of a step of a commit."""


@needs_fork
def test_that_kills_show_a_write_in_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(durable, "replace", in_place)
    violations = " ".join(seen_by(kill.SUITE, 40, tmp_path).violations)
    assert "torn" in violations or "lost" in violations
    assert any(tmp_path.iterdir())  # what was broken can be looked at


@needs_fork
def test_that_writers_show_a_missing_lock(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(FileLock, "acquire", nothing)
    monkeypatch.setattr(commit, "still_holds", lambda *_: True)
    outcome = seen_by(writers.SUITE, 160, tmp_path)
    assert "160 increments came to" in " ".join(outcome.violations)


@needs_fork
def test_that_writers_show_a_missing_spare_copy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(commit.Commits, "_put_spare", nothing)
    outcome = seen_by(writers.SUITE, 160, tmp_path)
    assert "is lost" in " ".join(outcome.violations)


def test_that_power_cuts_show_names_that_were_not_synced(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Cuts fall at random, and one within the commit that nobody synced may take some to come."""
    monkeypatch.setattr(durable, "sync_directory", nothing)
    shown = ""
    for attempt in map(str, range(20)):
        (tmp_path / attempt).mkdir()
        shown += " ".join(seen_by(power_cut.SUITE, 10, tmp_path / attempt).violations)
        if "was acknowledged" in shown:
            break
    assert "was acknowledged" in shown


def test_that_failed_calls_show_what_was_left_behind(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(commit, "_undo", nothing)
    assert "it left" in " ".join(seen_by(system_calls.SUITE, 40, tmp_path).violations)


def test_that_full_disks_show_an_error_that_nobody_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def write_what_fits(descriptor: int, data: bytes) -> None:
        with contextlib.suppress(OSError):
            os.write(descriptor, data)

    monkeypatch.setattr(durable, "write_all", write_what_fits)
    assert "does not hold what" in " ".join(seen_by(full_disk.SUITE, 30, tmp_path).violations)


def test_that_a_lie_of_the_disk_is_seen_where_nobody_reads_back(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(commit.Commits, "_verify", nothing)
    points = [point for point in system_calls.every_point(tmp_path) if point.way == system_calls.SWALLOWED]
    outcome = system_calls.tried(points, tmp_path)
    assert "the file does not hold what was written" in " ".join(outcome.violations)


@pytest.mark.parametrize("removal", REMOVALS, ids=lambda removal: removal.what)
def test_that_each_precaution_that_is_taken_out_is_there(removal: Removal) -> None:
    text = (PROJECT / "persistence" / removal.file).read_text("utf-8")
    assert text.count(removal.old) == 1


# --- nothing is left behind -------------------------------------------------------------------------------


@needs_fork
def test_that_children_say_whole_lines_and_the_error_that_ended_them() -> None:
    def fail(tell: Callable[[str], None]) -> None:
        tell("one")
        os.write(2, b"")
        raise ValueError("two\nlines")

    with child(lambda tell: tell("x" * 100_000)) as long, child(fail) as failing:
        assert all_said([long, failing]) == [["x" * 100_000], ["one", "! ValueError: two lines"]]
        assert failing.line() == ""
        assert os.waitstatus_to_exitcode(failing.wait()) == 1


@needs_fork
def test_that_a_child_ends_with_the_block_that_made_it() -> None:
    with child(lambda _tell: signal.pause()) as sleeping:
        os.kill(sleeping.pid, 0)
    with pytest.raises(ProcessLookupError):
        os.kill(sleeping.pid, 0)


def devices_of(directory: Path) -> list[Path]:
    """The loop devices whose file is below a directory."""
    found = []
    for file in LOOP_DEVICES.glob("loop*/loop/backing_file"):
        with contextlib.suppress(OSError):  # somebody else's, and gone in this moment
            found += [file] if file.read_text().startswith(str(directory)) else []
    return found


def until(condition: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    """Wait for it, as long as the process lives, if it is one that makes it true."""
    while not condition():
        assert process.poll() is None or process.returncode < 0
        time.sleep(0.01)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_that_no_mount_outlives_an_interrupt(number: signal.Signals, tmp_path: Path) -> None:
    (tmp_path / "first").mkdir()
    seen_by(power_cut.SUITE, 1, tmp_path / "first")
    script = "import sys; from pathlib import Path; from tests.proof.power_cut import SUITE;"
    script += " SUITE.run(10_000, Path(sys.argv[1]))"
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)],
        cwd=PROJECT,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    until(lambda: bool(devices_of(tmp_path)), process)
    os.killpg(process.pid, number) if number == signal.SIGINT else process.kill()
    process.wait()
    until(lambda: not devices_of(tmp_path), process)
    assert str(tmp_path) not in Path("/proc/self/mountinfo").read_text()


def test_that_a_program_of_root_is_found_wherever_the_path_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(Exception, match="no-such-program"):
        program("no-such-program")
