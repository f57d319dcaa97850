"""The watcher: which directory an event is about, when it is told, and that it never goes blind unsaid."""

import logging
import os
import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot
from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileMovedEvent,
    FileSystemEvent,
)

from app.watcher import (
    GATHER_SECONDS,
    QUIET_SECONDS,
    RootWatch,
    Settling,
    Stirred,
    Watched,
    Watcher,
    directories_of,
)
from persistence.store import StateFile
from tests.small_rig import made_session


@pytest.mark.parametrize(
    ("event", "directories"),
    [
        (FileMovedEvent("/r/s/.session_state.json.1-ab.rigstate-tmp", "/r/s/session_state.json"), {"/r/s"}),
        (FileClosedEvent("/r/s/session.json"), {"/r/s"}),
        (FileClosedEvent("/r/s/.session_state.running"), {"/r/s"}),
        (FileClosedEvent("/r/s/.session_state_history/log.jsonl"), {"/r/s"}),
        (FileClosedEvent("/r/s/launcher_metadata/end_state.json"), {"/r/s"}),
        (FileClosedEvent("/r/s/data/frame_000001.tif"), set()),
        (FileClosedEvent("/r/s/.session_state.lock"), set()),
        (DirCreatedEvent("/r/s"), {"/r/s"}),
        (DirCreatedEvent("/r/s/launcher_metadata"), {"/r/s"}),
        (DirCreatedEvent("/r/s/.session_state_history"), {"/r/s"}),
        (DirMovedEvent("/r/old", "/r/new"), {"/r/old", "/r/new"}),
        (DirDeletedEvent("/r"), {"/r"}),
        (FileMovedEvent(b"/r/s/x", b"/r/s/session_state.json"), {"/r/s"}),
    ],
)
def test_that_an_event_is_about_its_session(event: FileSystemEvent, directories: set[str]) -> None:
    assert directories_of(event) == directories


TIMES = st.lists(st.tuples(st.sampled_from("abc"), st.floats(0, 0.3)), max_size=30)


@given(TIMES)
def test_that_every_stirring_is_told_and_never_twice_within_the_quiet_time(
    steps: list[tuple[str, float]],
) -> None:
    settling, now, told, last = Settling(), 0.0, list[tuple[str, float]](), dict[str, float]()
    for name, pause in [*steps, ("end", 9.0)]:
        now += pause
        while (due := settling.next_due()) is not None and due <= now:
            told += [(one, due) for one in settling.take(due)]
        settling.add(frozenset([name]), now)
        last[name] = now
    assert all(max(at for one, at in told if one == name) >= last[name] for name in last if name != "end")
    for name in "abc":
        times = [at for one, at in told if one == name]
        assert all(after - before >= QUIET_SECONDS - 1e-9 for before, after in pairwise(times))


def test_that_the_first_stirring_is_told_soon() -> None:
    settling = Settling()
    assert settling.add(frozenset("a"), 5.0)
    assert settling.next_due() == 5.0 + GATHER_SECONDS
    assert not settling.add(frozenset("b"), 5.0)
    assert settling.take(5.0) == frozenset()
    assert settling.take(5.0 + GATHER_SECONDS) == frozenset("ab")


class Heard:
    """A watcher and everything it said."""

    def __init__(self, qtbot: QtBot) -> None:
        self.watcher = Watcher()
        self.qtbot = qtbot
        self.directories: list[str] = []
        self.watched: list[Watched] = []
        self.watcher.stirred.connect(self._note)
        self.watcher.watched.connect(self.watched.append)

    def _note(self, stirred: Stirred) -> None:
        self.directories += stirred.directories

    def watch(self, root: Path) -> None:
        """Watch, and wait until events arrive."""
        status = root.stat()
        before = len(self.watched)
        self.watcher.watch(str(root), (status.st_dev, status.st_ino))
        self.qtbot.waitUntil(lambda: len(self.watched) > before)

    def wait_for(self, directory: Path) -> None:
        self.qtbot.waitUntil(lambda: str(directory) in self.directories)


@pytest.fixture
def heard(qtbot: QtBot) -> Iterator[Heard]:
    made = Heard(qtbot)
    yield made
    made.watcher.shutdown()


def test_that_a_saved_session_is_told(heard: Heard, tmp_path: Path) -> None:
    heard.watch(tmp_path)
    assert heard.watched == [Watched(str(tmp_path), live=True)]
    session = made_session(tmp_path)
    heard.wait_for(session)


def test_that_a_session_that_is_moved_or_deleted_is_told_at_both_places(heard: Heard, tmp_path: Path) -> None:
    session = made_session(tmp_path)
    heard.watch(tmp_path)
    moved = session.rename(tmp_path / "moved")
    heard.wait_for(session)
    heard.wait_for(moved)
    heard.directories.clear()
    shutil.rmtree(moved)
    heard.wait_for(moved)


def test_that_folders_made_at_once_with_their_sessions_are_told(heard: Heard, tmp_path: Path) -> None:
    heard.watch(tmp_path)
    session = made_session(tmp_path / "mouse" / "deeper")
    heard.wait_for(session)
    heard.directories.clear()
    StateFile(session).clear()
    heard.wait_for(session)


def test_that_reading_is_no_event(heard: Heard, tmp_path: Path, qtbot: QtBot) -> None:
    session = made_session(tmp_path)
    heard.watch(tmp_path)
    for _ in range(3):
        StateFile(session).read()
        list(os.scandir(session))
    last = made_session(tmp_path, "after")  # events come in order: nothing before this one was told
    heard.wait_for(last)
    assert set(heard.directories) == {str(last)}


def test_that_an_exception_in_a_handler_is_logged_and_the_watcher_lives(
    heard: Heard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    heard.watch(tmp_path)
    with monkeypatch.context() as broken, caplog.at_level(logging.ERROR):
        broken.setattr(RootWatch, "note", lambda *_: 1 / 0)
        made_session(tmp_path, "first")
        heard.qtbot.waitUntil(lambda: "could not be read" in caplog.text)
    heard.wait_for(made_session(tmp_path, "second"))


def test_that_a_folder_made_again_is_watched_again(heard: Heard, tmp_path: Path, qtbot: QtBot) -> None:
    root = tmp_path / "root"
    root.mkdir()
    heard.watch(root)
    root.rmdir()
    heard.wait_for(root)
    qtbot.waitUntil(lambda: not heard.watched[-1].live)
    assert str(root) in heard.watched[-1].note
    root.mkdir()
    heard.watch(root)
    assert heard.watched[-1].live
    heard.wait_for(made_session(root))


def test_that_a_folder_replaced_unseen_is_watched_by_its_new_identity(heard: Heard, tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    heard.watch(root)
    root.rename(tmp_path / "away")
    root.mkdir()
    heard.watch(root)
    heard.wait_for(made_session(root))


def test_that_the_same_folder_is_not_watched_twice(heard: Heard, tmp_path: Path, qtbot: QtBot) -> None:
    heard.watch(tmp_path)
    status = tmp_path.stat()
    heard.watcher.watch(str(tmp_path), (status.st_dev, status.st_ino))
    heard.wait_for(made_session(tmp_path))
    assert len(heard.watched) == 1


def test_that_a_folder_that_cannot_be_watched_says_why(heard: Heard, tmp_path: Path, qtbot: QtBot) -> None:
    missing = tmp_path / "missing"
    heard.watcher.watch(str(missing), "some identity")
    qtbot.waitUntil(lambda: bool(heard.watched))
    assert not heard.watched[0].live
    assert str(missing) in heard.watched[0].note
    missing.mkdir()
    heard.watch(missing)
    assert heard.watched[-1].live


def test_that_a_folder_no_longer_watched_is_silent(heard: Heard, tmp_path: Path, qtbot: QtBot) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    other.mkdir()
    heard.watch(one)
    heard.watch(other)
    heard.watcher.unwatch(str(one))
    heard.watcher.unwatch(str(one))
    made_session(one)
    heard.wait_for(made_session(other))
    assert not any(directory.startswith(str(one)) for directory in heard.directories)
