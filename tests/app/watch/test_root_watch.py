"""One watched folder, with an ear that says what a test wants."""

import logging
from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from app.folder_errands import Seen
from app.watch import root_watch
from app.watch.root_watch import How, RootWatch, Watch
from app.watch.stirrings import Heard, Stirred, Watched

ROOT = "/data"
SESSION = "/data/mouse/one"


class Ear:
    """Says what it is told to say."""

    def __init__(self, how: How, wake: Callable[[], None]) -> None:
        self.chosen, self.wake = how, wake
        self.period = 0.0
        self.how = "by magic"
        self.remote = False
        self.counts = (0, 0)
        self.alive = False
        self.refreshed = 0
        self.known: list[Seen] = []
        self.says: list[Heard | Exception] = []

    def start(self) -> None:
        self.alive = True

    def stop(self) -> None:
        self.alive = False

    def is_alive(self) -> bool:
        return self.alive

    def take(self) -> Heard:
        said = self.says.pop(0) if self.says else Heard()
        if isinstance(said, Exception):
            raise said
        return said

    def know(self, seen: Seen) -> None:
        self.known.append(seen)

    def refresh(self) -> None:
        self.refreshed += 1


class Deaf(Ear):
    """Cannot begin."""

    def start(self) -> None:
        raise OSError(28, "no space left on device")


class Watching:
    """A watch, its ears, and what it answered."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.kind: type[Ear] = Ear
        self.ears: list[Ear] = []
        self.told: list[Stirred] = []
        self.watched: list[Watched] = []
        self.watch = RootWatch(ROOT, self._ear)
        self.watch.answered.connect(self._note)
        self.watch.start()

    def _ear(self, _root: str, how: How, wake: Callable[[], None], _ended: Callable[[], bool]) -> Ear:
        self.ears.append(self.kind(how, wake))
        return self.ears[-1]

    def _note(self, answer: Stirred | Watched) -> None:
        if isinstance(answer, Stirred):
            self.told.append(answer)
        else:
            self.watched.append(answer)

    def begin(self, identity: object = 1, how: How = "auto") -> Ear:
        before = len(self.watched)
        self.watch.ask(Watch(identity, how))
        self.qtbot.waitUntil(lambda: len(self.watched) > before)
        return self.ears[-1]

    def wait_for(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition)

    def heard(self, *said: Heard | Exception) -> None:
        self.ears[-1].says += said
        self.ears[-1].wake()

    def stirred(self) -> set[str]:
        return {directory for stirred in self.told for directory in stirred.directories}


@pytest.fixture
def watching(qtbot: QtBot) -> Iterator[Watching]:
    made = Watching(qtbot)
    yield made
    made.watch.close()
    assert made.watch.wait()
    assert not any(ear.alive for ear in made.ears)


def test_that_what_is_heard_is_told_as_far_as_a_look_at_the_folder_gets_there(watching: Watching) -> None:
    watching.begin()
    watching.heard(Heard(frozenset({SESSION, "/elsewhere", "/database/x", f"{ROOT}/.snapshots/monday/one"})))
    watching.wait_for(lambda: watching.stirred() == {SESSION})


def test_that_it_begins_with_a_look_at_all(watching: Watching) -> None:
    watching.begin()
    assert watching.watched == [Watched(ROOT, True, "", "by magic", missed=True)]


def test_that_it_goes_on_while_there_is_more(watching: Watching) -> None:
    watching.begin()
    watching.heard(Heard(frozenset({SESSION}), more=True), Heard(frozenset({f"{ROOT}/two"})))
    watching.wait_for(lambda: watching.stirred() == {SESSION, f"{ROOT}/two"})


def test_that_lost_events_ask_for_a_look_at_all(watching: Watching) -> None:
    watching.begin()
    watching.heard(Heard(missed=True))
    watching.wait_for(lambda: len(watching.watched) == 2)
    assert watching.watched[-1].missed
    assert watching.watched[-1].lost


def test_that_after_an_exception_it_begins_anew_and_asks_for_a_look_at_all(
    watching: Watching, caplog: pytest.LogCaptureFixture
) -> None:
    """What an ear knows of its folders may be of before what it did not understand."""
    first = watching.begin()
    with caplog.at_level(logging.ERROR):
        watching.heard(ValueError("never seen before"))
        watching.wait_for(lambda: watching.watched[-1].lost)
    assert "never seen before" in caplog.text
    assert watching.watched[-1].missed
    assert not first.alive
    watching.heard(Heard(frozenset({SESSION})))
    watching.wait_for(lambda: watching.stirred() == {SESSION})


@pytest.mark.parametrize(
    ("said", "note"),
    [
        (Heard(gone=True), f"{ROOT} was moved or deleted."),
        (OSError(24, "too many open files"), f"Changes in {ROOT} are seen late: too many open files."),
    ],
)
def test_that_it_says_when_it_goes_blind_and_begins_again_when_asked(
    watching: Watching, said: Heard | Exception, note: str
) -> None:
    first = watching.begin()
    watching.heard(said)
    watching.wait_for(lambda: watching.stirred() == {ROOT})
    assert watching.watched[-1] == Watched(ROOT, live=False, note=note)
    assert not first.alive
    assert watching.begin() is not first
    assert watching.watched[-1].live


def test_that_a_folder_that_cannot_be_watched_says_why_and_is_tried_again(watching: Watching) -> None:
    watching.kind = Deaf
    watching.begin()
    assert watching.watched[-1].note == f"Changes in {ROOT} are seen late: no space left on device."
    watching.kind = Ear
    watching.begin()
    assert watching.watched[-1].live


def test_that_the_same_folder_is_only_refreshed_and_another_begun_anew(watching: Watching) -> None:
    first = watching.begin(identity=1)
    watching.watch.ask(Watch(1))
    watching.wait_for(lambda: first.refreshed == 1)
    assert watching.begin(identity=2) is not first
    assert not first.alive
    assert watching.begin(identity=2, how="polling").chosen == "polling"


def test_that_a_dead_ear_is_replaced(watching: Watching) -> None:
    first = watching.begin()
    first.alive = False
    assert watching.begin() is not first


def test_that_an_ear_that_dies_is_replaced_before_anybody_asks(
    watching: Watching, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(root_watch, "ALIVE_SECONDS", 0.01)
    first = watching.begin()
    with caplog.at_level(logging.WARNING):
        first.alive = False
        watching.wait_for(lambda: len(watching.watched) == 2)
    assert watching.ears[-1] is not first
    assert watching.watched[-1].missed  # what happened meanwhile, nobody has heard
    assert "has ended" in caplog.text


def test_that_how_many_folders_are_watched_is_told_when_it_changes(watching: Watching) -> None:
    ear = watching.begin()
    ear.how, ear.counts = "by magic in 3 of 5", (3, 5)
    watching.heard(Heard(frozenset({SESSION})))
    watching.wait_for(lambda: len(watching.watched) == 2)
    assert watching.watched[-1] == Watched(ROOT, True, "", "by magic in 3 of 5", 3, 5)


def test_that_an_ear_that_looks_for_itself_is_asked_again_and_again(watching: Watching) -> None:
    watching.begin()
    watching.ears[-1].period = 0.01
    watching.heard()
    watching.ears[-1].says.append(Heard(frozenset({SESSION})))
    watching.wait_for(lambda: watching.stirred() == {SESSION})


def test_that_the_ear_knows_what_the_disk_has_seen(watching: Watching) -> None:
    seen = Seen(ROOT, ROOT, ())
    watching.watch.ask(seen)  # nobody is there to be told yet
    ear = watching.begin()
    watching.watch.ask(seen)
    watching.wait_for(lambda: ear.known == [seen])
