"""The ear for Linux, with an instance that says what a test wants, and with a real one."""

import errno
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.folder_errands import Seen
from app.watch import inotify_ear
from app.watch.inotify_ear import LET_GO, LOST, InotifyEar, Tell
from app.watch.stirrings import Heard
from persistence.scan import summarize
from tests.small_rig import made_session

CREATED, MOVED_FROM, FOLDER, MOVED_ITSELF = 0x100, 0x40, 0x40000000, 0x800


class Told:
    """Stands for an instance: watches are numbers, and there are events when `tell` is called."""

    def __init__(self, tell: Tell) -> None:
        self.tell = tell
        self.paths: list[str] = []
        self.alive = True

    def add(self, path: str, _kinds: int) -> int:
        Path(path).stat()
        self.paths.append(path)
        return len(self.paths)

    def remove(self, number: int) -> None:
        self.tell(number, LET_GO, b"")

    def is_alive(self) -> bool:
        return self.alive

    def close(self) -> None:
        self.alive = False


class Listening:
    """An ear, the instances that it made, and how often it woke its owner."""

    def __init__(self, root: Path) -> None:
        self.instances: list[Told] = []
        self.woken = 0
        self.ear = InotifyEar(str(root), self._made, self._wake, lambda: False)

    def _made(self, tell: Tell) -> Told:
        self.instances.append(Told(tell))
        return self.instances[-1]

    def _wake(self) -> None:
        self.woken += 1

    def tell(self, kinds: int, name: str = "", number: int = 1) -> None:
        self.instances[-1].tell(number, kinds, os.fsencode(name))


@pytest.fixture
def listening(tmp_path: Path) -> Iterator[Listening]:
    made = Listening(tmp_path)
    made.ear.start()
    yield made
    made.ear.stop()


def test_that_an_event_wakes_and_is_taken_with_those_after_it(listening: Listening, tmp_path: Path) -> None:
    for name in ("one", "two"):
        listening.tell(CREATED | FOLDER, name)
    listening.tell(CREATED, "notes.txt")
    assert listening.woken == 1
    assert listening.ear.take() == Heard(frozenset({str(tmp_path / "one"), str(tmp_path / "two")}))
    assert listening.ear.take() == Heard()


def test_that_a_folder_that_a_look_leaves_out_asks_for_no_look_at_all_others(
    listening: Listening, tmp_path: Path
) -> None:
    listening.tell(CREATED | FOLDER, ".copying")
    listening.tell(MOVED_FROM | FOLDER, ".copying")
    assert listening.ear.take() == Heard()
    listening.tell(CREATED | FOLDER, ".session_state_history")
    assert listening.ear.take() == Heard(frozenset({str(tmp_path)}))


def test_that_many_events_are_taken_in_pieces(listening: Listening, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inotify_ear, "AT_ONCE", 2)
    for name in "abc":
        listening.tell(CREATED | FOLDER, name)
    assert listening.ear.take().more
    assert not listening.ear.take().more


def test_that_lost_events_make_it_begin_anew(listening: Listening, tmp_path: Path) -> None:
    session = made_session(tmp_path)
    listening.tell(LOST, number=-1)
    assert listening.ear.take() == Heard(missed=True)
    first, second = listening.instances
    assert not first.alive
    assert second.paths == [str(tmp_path), str(session)]
    assert listening.ear.is_alive()


def test_that_an_ear_that_cannot_begin_anew_says_so(tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    listening = Listening(root)
    listening.ear.start()
    listening.tell(LOST, number=-1)
    root.rmdir()
    with pytest.raises(FileNotFoundError):
        listening.ear.take()
    listening.ear.stop()


def test_that_a_limit_is_named_with_what_raises_it(
    listening: Listening, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> int:
        raise OSError(errno.ENOSPC, "inotify watch limit reached")

    monkeypatch.setattr(Told, "add", refuse)
    refused = Listening(tmp_path)
    with pytest.raises(OSError, match="max_user_watches"):
        refused.ear.start()
    refused.ear.stop()


@pytest.mark.parametrize("kinds", [LET_GO, MOVED_ITSELF])
def test_that_the_end_of_the_root_is_told(listening: Listening, kinds: int) -> None:
    listening.tell(kinds)
    assert listening.ear.take().gone


def test_that_it_is_silent_once_stopped(listening: Listening) -> None:
    listening.ear.stop()
    listening.tell(CREATED | FOLDER, "late")
    assert listening.ear.take() == Heard()
    assert listening.woken == 0
    assert not listening.ear.is_alive()


def room(number: int) -> Callable[[], int]:
    return lambda: number


def test_that_it_says_how_many_folders_it_hears_and_asks_again_for_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sessions = [made_session(tmp_path, f"{number:02}") for number in range(4)]
    monkeypatch.setattr(inotify_ear, "watches_to_be_had", room(3))
    listening = Listening(tmp_path)
    listening.ear.start()
    assert listening.ear.counts == (3, 5)
    assert listening.ear.how == "by events in 3 of 5 folders"
    monkeypatch.setattr(inotify_ear, "watches_to_be_had", room(10))
    listening.ear.refresh()
    assert listening.ear.counts == (3, 5)  # counting takes a while, and is not done each time
    monkeypatch.setattr(listening.ear, "_count_again", 0.0)
    listening.ear.refresh()
    assert listening.ear.how == "by events"
    assert set(listening.instances[0].paths) == {str(tmp_path), *map(str, sessions)}
    listening.ear.stop()


def test_that_a_session_that_changes_unheard_is_heard_from_then_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = made_session(tmp_path, "old")
    os.utime(old, (1, 1))
    made_session(tmp_path, "new")
    monkeypatch.setattr(inotify_ear, "watches_to_be_had", room(2))
    listening = Listening(tmp_path)
    listening.ear.start()
    assert str(old) not in listening.instances[0].paths
    for trial_count in (1, 2):
        made_session(tmp_path, "old", trial_count=trial_count)
        summary = summarize(old, tmp_path)
        assert summary is not None
        listening.ear.know(Seen(str(tmp_path), str(old), (summary,)))
    assert listening.instances[0].paths[-1] == str(old)
    listening.ear.stop()
