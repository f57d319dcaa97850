"""A worker: its own thread, errands in order, an end that waits for what was asked."""

import threading
import time

from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app.worker import Worker, delete_ended, end_all


class Noting(Worker):
    """Notes on which thread it did what; an Event as errand makes it wait for that."""

    def __init__(self) -> None:
        super().__init__("noting")
        self.timer = QTimer(self)
        self.done: list[object] = []
        self.threads: set[int] = set()

    def work(self, errand: object) -> None:
        self.timer.start(10)
        self.threads.add(threading.get_ident())
        if isinstance(errand, threading.Event):
            errand.wait()
        self.done.append(errand)
        self.answered.emit(errand)

    def finish(self) -> None:
        self.timer.stop()
        self.done.append("finished")


def test_that_errands_are_done_in_order_on_a_thread_of_its_own(qtbot: QtBot) -> None:
    worker = Noting()
    worker.start()
    for number in range(100):
        worker.ask(number)
    worker.close()
    assert worker.wait()
    assert worker.done == [*range(100), "finished"]
    assert len(worker.threads) == 1
    assert worker.threads != {threading.get_ident()}


def test_that_whoever_asks_is_answered_on_his_own_thread(qtbot: QtBot) -> None:
    worker, heard = Noting(), list[tuple[object, int]]()
    bystander = QTimer()  # an object of this thread, as all receivers in the application are
    worker.answered.connect(bystander.setObjectName)
    bystander.objectNameChanged.connect(lambda name: heard.append((name, threading.get_ident())))
    worker.start()
    worker.ask("a question")
    qtbot.waitUntil(lambda: bool(heard))
    worker.close()
    assert worker.wait()
    assert heard == [("a question", threading.get_ident())]


def test_that_one_that_hangs_does_not_hold_up_the_one_who_waits(qtbot: QtBot) -> None:
    worker, release = Noting(), threading.Event()
    worker.start()
    worker.ask(release)
    worker.close()
    assert not worker.wait(20)
    release.set()
    assert worker.wait()
    assert worker.done == [release, "finished"]


def test_that_nothing_is_done_after_the_end(qtbot: QtBot) -> None:
    """Whoever asks need not know of it; what is begun then, a timer say, nobody ends."""
    worker, release = Noting(), threading.Event()
    worker.start()
    worker.ask(release)
    worker.close()
    worker.ask("late")
    release.set()
    assert worker.wait()
    assert worker.done == [release, "finished"]
    assert not worker.timer.isActive()


def test_that_many_that_hang_take_no_longer_than_one_and_the_others_end(qtbot: QtBot) -> None:
    hanging, well, release = [Noting() for _ in range(10)], Noting(), threading.Event()
    for worker in (*hanging, well):
        worker.start()
    for worker in hanging:
        worker.ask(release)
    began = time.monotonic()
    assert not end_all((*hanging, well), 500)
    assert time.monotonic() - began < 4  # one after the other they would take five seconds
    assert well.wait()
    assert well.done == ["finished"]
    release.set()
    assert all(worker.wait() for worker in hanging)


def test_that_nothing_of_qt_is_left_of_those_that_have_ended_and_what_they_answered_is_heard(
    qtbot: QtBot,
) -> None:
    """They hang in cycles, and the collector would free them on any thread."""
    worker, hanging, release, heard = Noting(), Noting(), threading.Event(), list[str]()
    bystander = QTimer()
    worker.answered.connect(bystander.setObjectName)
    bystander.objectNameChanged.connect(heard.append)
    for one in (worker, hanging):
        one.start()
    hanging.ask(release)
    worker.ask("an answer")
    for one in (worker, hanging):
        one.close()
    assert worker.wait()
    qt = (worker, worker.timer, worker._thread)
    assert delete_ended([worker, hanging]) == [hanging]
    assert not any(map(isValid, qt))
    assert isValid(hanging)
    qtbot.waitUntil(lambda: heard == ["an answer"])
    release.set()
    assert hanging.wait()
    assert delete_ended([hanging]) == []
