"""What nobody expected goes into the log and into the window, from any thread, and the process lives."""

import logging
import sys
import threading
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.exchange import Banner
from app.troubles import LIMIT, Journal, LogLine, Troubles
from app.worker import Worker


class Net:
    """A journal and a net under this test, which stands in for Python's own hooks."""

    def __init__(self, folder: Path, qtbot: QtBot) -> None:
        self.journal = Journal(folder / "data")
        self.journal.start()
        self.troubles = Troubles(self.journal)
        self.banners: list[Banner] = []
        self.troubles.banner_shown.connect(self.banners.append)
        self.qtbot = qtbot

    def wait(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition)

    def logged(self) -> str:
        return self.journal.path.read_text(encoding="utf-8") if self.journal.path.exists() else ""


@pytest.fixture
def net(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Net]:
    monkeypatch.setattr(sys, "excepthook", sys.__excepthook__)
    monkeypatch.setattr(threading, "excepthook", threading.__excepthook__)
    made = Net(tmp_path, qtbot)
    made.troubles.install()
    yield made
    made.troubles.remove()
    made.journal.close()
    assert made.journal.wait()


class Breaking(Worker):
    """A worker whose first errand fails."""

    def work(self, errand: object) -> None:
        self.answered.emit(1 / int(str(errand)))


def test_that_an_exception_on_a_worker_is_told_and_the_worker_goes_on(
    net: Net, capfd: pytest.CaptureFixture[str]
) -> None:
    worker = Breaking("breaking")
    answers: list[object] = []
    worker.answered.connect(answers.append)
    worker.start()
    worker.ask(0)
    worker.ask(2)
    net.wait(lambda: answers == [0.5] and bool(net.banners))
    worker.close()
    assert worker.wait()
    assert "ZeroDivisionError" in net.banners[0].text
    net.wait(lambda: "Traceback" in net.logged() and "ZeroDivisionError" in net.logged())
    assert capfd.readouterr().err == ""


def test_that_an_exception_in_a_plain_thread_is_told(net: Net) -> None:
    thread = threading.Thread(target=int, args=["missing"])
    thread.start()
    thread.join()
    net.wait(lambda: bool(net.banners) and "missing" in net.logged())
    assert "ValueError" in net.banners[0].text


def test_that_warnings_of_other_rooms_are_logged(net: Net) -> None:
    logging.getLogger("app.watch.watcher").warning("an event could not be read: %r", "\udcff")
    net.wait(lambda: "an event could not be read" in net.logged())
    assert net.banners == []


def test_that_the_log_does_not_grow_for_ever(net: Net) -> None:
    for _ in range(3):
        net.journal.ask(LogLine("x" * (LIMIT // 2 + 1)))
    net.journal.ask(LogLine("last"))
    net.wait(lambda: net.logged().endswith("last\n"))
    assert len(net.logged()) < 2 * LIMIT
    assert net.journal.path.with_suffix(".1.log").exists()


def test_that_a_log_that_cannot_be_written_is_no_further_trouble(tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "data").write_text("a file in the way")
    journal = Journal(tmp_path / "data")
    journal.start()
    journal.ask(LogLine("lost"))
    journal.close()
    assert journal.wait()


def test_that_the_hooks_are_given_back(net: Net) -> None:
    net.troubles.remove()
    assert sys.excepthook is sys.__excepthook__
    assert threading.excepthook is threading.__excepthook__


def test_that_somebody_who_listened_before_is_told_too(net: Net, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[type[BaseException]] = []
    net.troubles.remove()
    monkeypatch.setattr(sys, "excepthook", lambda kind, *_: heard.append(kind))
    net.troubles.install()
    sys.excepthook(ValueError, ValueError("x"), None)
    assert heard == [ValueError]
    assert net.banners


class Counting(Worker):
    """Does what it is told."""

    def work(self, errand: object) -> None:
        logging.getLogger("app.somewhere").info("counting")
        self.answered.emit(errand)


def test_that_a_detailed_log_says_what_is_done_and_nothing_of_what_is_in_it(net: Net) -> None:
    worker, answers = Counting("counting"), list[object]()
    worker.answered.connect(answers.append)
    worker.start()
    for detailed in (False, True, False):
        answers.clear()
        net.troubles.set_detailed(detailed)
        worker.ask("a secret value")
        net.wait(lambda: bool(answers))
    worker.close()
    assert worker.wait()
    net.wait(lambda: "counting: str" in net.logged())
    assert [line.split(" ", 1)[1].split(",")[0] for line in net.logged().splitlines()] == [
        "counting",
        "counting: str",
    ]
    assert "secret" not in net.logged()


def test_that_a_net_that_was_removed_is_held_by_no_thread_that_began_meanwhile(tmp_path: Path) -> None:
    """Python keeps a thread that Qt began until another one has its number: that one would free the net,
    and the journal, beside the next window.
    """
    journal = Journal(tmp_path)
    troubles = Troubles(journal)
    troubles.install()
    thread = threading.Thread(target=lambda: None)  # has the hooks that there are now
    troubles.remove()
    held = weakref.ref(journal)
    del journal, troubles
    assert held() is None
    assert not thread.is_alive()
