"""A save that cannot get to its file: how long it takes, what it says, what it leaves."""

import threading
import time
from pathlib import Path

import pytest

from persistence.files import durable
from persistence.launching.deadline import TimeIsUp, within
from persistence.launching.loading import load
from persistence.launching.remembered import remembered
from persistence.launching.saving import save
from persistence.lock import FileLock
from persistence.store import LOCK_FILE, STATE_FILE, StateFile
from tests.persistence.launcher_scripts import finished, start, until
from tests.persistence.standstill import Standstill


class Thing:
    def __init__(self, count: int = 0) -> None:
        self.count = count


HOLDER = """
import sys, time, pathlib
from persistence.lock import FileLock
FileLock(pathlib.Path(sys.argv[1])).acquire(0)
print("held", flush=True)
time.sleep(60)
"""


def test_that_a_save_gives_up_on_a_lock_that_another_program_keeps(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    process = start("-c", HOLDER, tmp_path / LOCK_FILE)
    try:
        assert process.stdout.readline() == "held\n"
        report = save(Thing(), tmp_path, budget=0.3)
        assert not report
        assert str(tmp_path) in report.error
        assert report.error in caplog.text
        assert not (tmp_path / STATE_FILE).exists()
    finally:
        process.kill()
        finished(process)
    assert save(Thing(), tmp_path)


def test_that_a_folder_that_does_not_answer_holds_a_save_up_no_longer_than_its_budget(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A share that hangs, simulated where it hangs: in the first call into the folder."""
    answering = threading.Event()
    monkeypatch.setattr("persistence.launching.saving.os.mkdir", lambda *_: answering.wait(60))
    began = time.monotonic()
    report = save(Thing(1), tmp_path, budget=0.2)
    assert time.monotonic() - began < 50
    assert not report
    assert "has not answered" in report.error
    monkeypatch.undo()
    assert save(Thing(2), tmp_path)
    answering.set()
    until(lambda: not any(thread.name == "rigstate-save" for thread in threading.enumerate()))
    assert b'"count": 2' in (tmp_path / STATE_FILE).read_bytes()  # the late one did not come after all


def test_that_a_save_that_lands_late_is_nobody_elses_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    thing, disk, replace = Thing(1), Standstill(monkeypatch), durable.replace

    def slow(source: Path, target: Path) -> None:
        disk.here()
        replace(source, target)

    assert save(thing, tmp_path)
    thing.count = 2
    monkeypatch.setattr(durable, "replace", slow)
    report = save(thing, tmp_path)
    assert "whether the state was saved is not known" in report.error
    disk.go_on()
    assert b'"count": 2' in (tmp_path / STATE_FILE).read_bytes()
    thing.count = 3
    assert save(thing, tmp_path)
    document = StateFile(tmp_path).read().document
    (name,) = document.namespaces
    assert document.namespace(name).replaced is None


def test_that_one_object_saves_in_the_order_in_which_it_was_asked(tmp_path: Path) -> None:
    thing = Thing()
    lock = FileLock(tmp_path / LOCK_FILE)
    lock.acquire(0)
    threads = [threading.Thread(target=save, args=(thing, tmp_path))]
    threads[0].start()
    until(lambda: any(thread.name == "rigstate-save" for thread in threading.enumerate()))
    thing.count = 2
    threads.append(threading.Thread(target=save, args=(thing, tmp_path)))
    threads[1].start()
    lock.release()
    for thread in threads:
        thread.join()
    assert b'"count": 2' in (tmp_path / STATE_FILE).read_bytes()


def test_that_work_in_time_gives_its_result() -> None:
    assert within(60, lambda abandoned: abandoned.is_set(), "x") is False


def test_that_an_error_in_time_comes_through() -> None:
    def work(_: threading.Event) -> None:
        raise KeyError("x")

    with pytest.raises(KeyError):
        within(60, work, "x")


def test_that_work_that_is_late_learns_that_nobody_waits() -> None:
    told = threading.Event()

    def work(abandoned: threading.Event) -> None:
        abandoned.wait(30)
        told.set()

    with pytest.raises(TimeIsUp):
        within(0.05, work, "x")
    assert told.wait(30)


def test_that_a_save_is_done_where_no_thread_can_be_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when the interpreter ends (from Python 3.12 on), or where a process may not have another thread."""

    def refuse(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refuse)
    assert save(Thing(), tmp_path)
    assert (tmp_path / STATE_FILE).exists()


def test_that_a_save_that_waited_for_another_one_in_vain_tells_so(tmp_path: Path) -> None:
    thing = Thing()
    saving = remembered(thing).saving
    holder = threading.Thread(target=saving.acquire)
    holder.start()
    holder.join()
    report = save(thing, tmp_path, budget=0.05)
    assert "an earlier save has not ended" in report.error
    assert remembered(thing).report == report


def test_that_going_back_to_ones_own_bytes_after_a_load_is_nobodys_change(tmp_path: Path) -> None:
    """What an object knows of the file it wrote says nothing of its own attributes, and must not be asked."""
    first, second = Thing(1), Thing(2)
    sequence = save(first, tmp_path).sequence
    save(second, tmp_path)
    assert load(first, tmp_path)
    store = StateFile(tmp_path)
    store.restore(sequence or 0)
    restored = store.history()[-1].sequence
    save(first, tmp_path)
    (name,) = store.read().document.namespaces
    assert store.read().document.namespace(name).replaced == restored  # it loaded 2, and 1 was put there
