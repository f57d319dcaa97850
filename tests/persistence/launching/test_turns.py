"""The order of one object's saves, whoever asks for them and wherever."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

import pytest

from persistence.launcher import PersistentState
from persistence.launching import save_notes
from persistence.launching.remembered import Handler, remembered
from persistence.launching.report import Report
from persistence.launching.saving import save
from persistence.store import STATE_FILE, StateFile
from tests.persistence.launcher_scripts import finished, start, until, write_script
from tests.persistence.standstill import Standstill

ALARM = getattr(signal, "SIGALRM", signal.SIGTERM)
needs_alarms = pytest.mark.skipif(not hasattr(signal, "SIGALRM"), reason="a process cannot be interrupted so")


class Thing:
    def __init__(self, count: int = 0) -> None:
        self.count = count


def count_in(directory: Path) -> object:
    document = StateFile(directory).read().document
    (name,) = document.namespaces
    return document.namespace(name).attributes["count"]


def saves_ended() -> None:
    until(lambda: not any(thread.name == "rigstate-save" for thread in threading.enumerate()))


@pytest.fixture
def slow_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """The first save that comes to the disk stands still there, before it has the lock, until this is set."""
    answering, first, mkdir = threading.Event(), iter([True]), os.mkdir

    def slow(path: Path) -> None:
        if next(first, False):
            if callable(signal.getsignal(ALARM)):
                os.kill(os.getpid(), ALARM)
            answering.wait(30)
        mkdir(path)

    monkeypatch.setattr("persistence.launching.saving.os.mkdir", slow)
    yield answering
    answering.set()
    saves_ended()


@pytest.fixture
def meanwhile() -> Iterator[Callable[[Callable[[], object]], None]]:
    """Have something done by a handler of a signal, while the main thread waits for the slow disk."""
    before = signal.getsignal(ALARM)

    def ask(action: Callable[[], object]) -> None:
        def handle(_number: int, _frame: FrameType | None) -> None:
            action()

        signal.signal(ALARM, handle)

    yield ask
    signal.signal(ALARM, before)


def test_that_a_serializer_that_saves_ends_and_everything_is_saved(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    thing = Thing(1)
    reports: list[Report] = []

    def serializer(value: int) -> int:
        reports.append(save(thing, tmp_path))
        return value

    remembered(thing).handlers["count"] = Handler(serializer, None)
    report = save(thing, tmp_path)
    assert report.ok
    assert [one.ok for one in reports] == [False, True]
    assert "within a save of the same launcher" in reports[0].error
    assert reports[0].error in caplog.text
    assert report == reports[1] == remembered(thing).report
    assert count_in(tmp_path) == 1
    assert len(StateFile(tmp_path).history()) == 1
    assert remembered(thing).depths == {}


def test_that_a_serializer_that_saves_elsewhere_disturbs_nothing(tmp_path: Path) -> None:
    thing = Thing(1)

    def serializer(value: int) -> int:
        save(thing, tmp_path / "elsewhere")
        return value

    remembered(thing).handlers["count"] = Handler(serializer, None)
    assert save(thing, tmp_path)
    assert (count_in(tmp_path), count_in(tmp_path / "elsewhere")) == (1, 1)
    assert (tmp_path / STATE_FILE).exists()


def test_that_a_save_with_a_serializer_that_saves_does_not_wait_for_ever_where_another_thread_saves(
    tmp_path: Path,
) -> None:
    thing = Thing(1)
    memory = remembered(thing)
    memory.handlers["count"] = Handler(lambda value: (save(thing, tmp_path, budget=0.05), value)[1], None)
    holder = threading.Thread(target=memory.saving.acquire)
    holder.start()
    holder.join()
    report = save(thing, tmp_path, budget=0.05)
    assert "an earlier save has not ended" in report.error


@needs_alarms
def test_that_a_handler_of_a_signal_that_saves_in_the_middle_of_a_save_has_the_last_word(
    tmp_path: Path, slow_disk: threading.Event, meanwhile: Callable[[Callable[[], object]], None]
) -> None:
    thing, reports = Thing(1), []

    def handle() -> None:
        thing.count = 2
        reports.append(save(thing, tmp_path))
        slow_disk.set()

    meanwhile(handle)
    report = save(thing, tmp_path)
    assert reports[0].ok
    assert report == reports[0]
    assert count_in(tmp_path) == 2
    assert len(StateFile(tmp_path).history()) == 1


@needs_alarms
def test_that_a_save_that_was_left_by_an_exception_does_not_land_on_a_later_one(
    tmp_path: Path, slow_disk: threading.Event, meanwhile: Callable[[Callable[[], object]], None]
) -> None:
    """Ctrl+C in the middle of a checkpoint: what the run ends with is saved meanwhile."""
    thing = Thing(1)

    def handle() -> None:
        raise KeyboardInterrupt

    meanwhile(handle)
    with pytest.raises(KeyboardInterrupt):
        save(thing, tmp_path)
    thing.count = 2
    assert save(thing, tmp_path)
    slow_disk.set()
    saves_ended()
    assert count_in(tmp_path) == 2


@needs_alarms
def test_that_a_save_that_was_left_by_an_exception_lands_where_none_came_after_it(
    tmp_path: Path, slow_disk: threading.Event, meanwhile: Callable[[Callable[[], object]], None]
) -> None:
    def handle() -> None:
        raise KeyboardInterrupt

    meanwhile(handle)
    with pytest.raises(KeyboardInterrupt):
        save(Thing(1), tmp_path)
    slow_disk.set()
    saves_ended()
    assert count_in(tmp_path) == 1


@needs_alarms
def test_that_a_later_save_that_failed_stands_in_nobodys_way(
    tmp_path: Path,
    slow_disk: threading.Event,
    meanwhile: Callable[[Callable[[], object]], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    thing = Thing(1)

    def handle() -> None:
        raise KeyboardInterrupt

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    meanwhile(handle)
    with pytest.raises(KeyboardInterrupt):
        save(thing, tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr("persistence.files.durable.stage", full)
        patch.setattr("persistence.files.durable.write_file", full)
        thing.count = 2
        assert save(thing, tmp_path).error
    slow_disk.set()
    saves_ended()
    assert count_in(tmp_path) == 1


def test_that_what_is_noted_late_is_no_news_after_a_later_save(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the object's own later save would look like somebody else's change."""
    thing, disk = Thing(1), Standstill(monkeypatch)
    note_saved = save_notes.note_saved

    def slow(*arguments: object) -> None:
        disk.here()
        note_saved(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr("persistence.launching.saving.note_saved", slow)
    assert "is not known" in save(thing, tmp_path).error
    thing.count = 2
    assert save(thing, tmp_path)
    disk.go_on()
    thing.count = 3
    assert save(thing, tmp_path)
    document = StateFile(tmp_path).read().document
    (name,) = document.namespaces
    assert document.namespace(name).replaced is None
    assert count_in(tmp_path) == 3


PROGRAM = """
import signal, threading

class Base:
    def run(self):
        signal.signal(signal.SIGINT, self.signal_handler)
        self.output_session_folder = sys.argv[1]
        while True:
            self.trial_count += 1
            if self.checkpoint():
                print(self.trial_count, flush=True)

class Lab(PersistentState, Base):
    def __init__(self):
        self.trial_count = 0
        self.stopped_at = 0
    def signal_handler(self, number, frame):
        self.stopped_at = self.trial_count
        print("stopped", self.stopped_at, self.checkpoint(), flush=True)
        raise SystemExit(0)

Lab().run()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a console signal would reach the tests themselves")
def test_that_a_launcher_that_saves_in_its_handler_of_ctrl_c_ends_at_any_moment_of_a_save(
    tmp_path: Path,
) -> None:
    script = write_script(tmp_path, PROGRAM)
    for attempt in range(6):
        session = tmp_path / f"session{attempt}"
        session.mkdir()
        process = start(script, session)
        for _ in range(3 + attempt):
            process.stdout.readline()
        process.send_signal(signal.SIGINT)
        code, output, errors = finished(process)
        assert (code, errors) == (0, "")
        (told,) = [line.split() for line in output.splitlines() if line.startswith("stopped")]
        assert told[2] == "True"
        document = StateFile(session).read().document
        found = document.namespace("rig.Lab")
        assert found.attributes["stopped_at"] == int(told[1])
        assert found.outcome == "interrupted"


def test_that_the_mixin_saves_within_a_save_as_the_functions_do(tmp_path: Path) -> None:
    class Lab(PersistentState):
        def __init__(self) -> None:
            self.count = 1
            self.register_state_handler("count", serializer=self.serialized)

        def serialized(self, value: int) -> int:
            self.save_session_state(tmp_path)
            return value

    launcher = Lab()
    assert launcher.save_session_state(tmp_path)
    assert count_in(tmp_path) == 1
