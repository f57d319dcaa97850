"""The watcher: what is told of what happens, and that it never goes blind unsaid; by both kinds of ears."""

import errno
import logging
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from shiboken6 import isValid
from watchdog.events import DirMovedEvent, FileClosedEvent, FileMovedEvent

from app.watch import ears
from app.watch.ears import Inotify, ObserverEar, directories_of, ear_for
from app.watch.inotify_ear import InotifyEar
from app.watch.polling import PollingEar
from app.watch.root_watch import How
from app.watch.stirrings import Stirred, Watched
from app.watch.watcher import Watcher
from persistence.files.running import RunningMarker
from persistence.store import STATE_FILE, StateFile
from tests.small_rig import made_session

ON_LINUX = pytest.mark.skipif(not ears._EACH_FOLDER_COSTS, reason="inotify is Linux's")


def test_that_an_event_is_about_both_its_paths() -> None:
    assert directories_of(DirMovedEvent("/r/old", "/r/new")) == {"/r/old", "/r/new"}
    assert directories_of(FileMovedEvent(b"/r/s/x", b"/r/s/session_state.json")) == {"/r/s"}
    assert directories_of(FileClosedEvent("/r/s/data/frame_000001.tif")) == frozenset()


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
        self.wait_until(lambda: any(watched.missed for watched in self.watched[before:]))

    def wait_for(self, directory: Path) -> None:
        self.wait_until(lambda: str(directory) in self.directories)

    def wait_until(self, condition: Callable[[], bool]) -> None:
        """With patience: what takes milliseconds takes longer on a machine that has others to serve."""
        self.qtbot.waitUntil(condition)


@pytest.fixture(params=["each folder", "the whole tree"])
def heard(qtbot: QtBot, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Heard]:
    monkeypatch.setattr(
        ears, "_EACH_FOLDER_COSTS", ears._EACH_FOLDER_COSTS and request.param == "each folder"
    )
    made = Heard(qtbot)
    yield made
    made.watcher.shutdown()


def test_that_a_saved_session_is_told(heard: Heard, tmp_path: Path) -> None:
    heard.watch(tmp_path)
    (watched,) = heard.watched
    assert watched.live
    assert watched.missed
    assert (watched.note, watched.how) == ("", "by events")
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


@ON_LINUX
@pytest.mark.parametrize("heard", ["each folder"], indirect=True)
def test_that_other_rights_are_told_of_a_session_and_of_its_files(heard: Heard, tmp_path: Path) -> None:
    """They change neither a name nor the time of what a file holds: until the next look at all, which may be
    an hour away where all is heard, the list said of a state that nobody could read that all was well.
    """
    session = made_session(tmp_path)
    heard.watch(tmp_path)
    for path, mode in ((session / STATE_FILE, 0o600), (session, 0o700)):
        heard.directories.clear()
        path.chmod(mode)
        heard.wait_for(session)


@ON_LINUX
def test_that_a_run_in_a_session_of_an_earlier_run_is_told_when_it_begins_and_when_it_ends(
    heard: Heard, tmp_path: Path
) -> None:
    session = made_session(tmp_path)
    marker = RunningMarker(session, "my.Launcher")
    marker.acquire()
    marker.release()  # the file stays, so that nothing is made by the run that comes
    heard.watch(tmp_path)
    for happens in (marker.acquire, marker.finishing, marker.release):
        heard.directories.clear()
        happens()
        heard.wait_for(session)


def test_that_an_exception_is_logged_and_asks_for_a_look_at_all_and_the_watcher_lives(
    heard: Heard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    heard.watch(tmp_path)
    with monkeypatch.context() as broken, caplog.at_level(logging.ERROR):
        for meaning in ("app.watch.inotify_ear._meaning", "app.watch.ears.directories_of"):
            broken.setattr(meaning, lambda *_: 1 / 0)
        made_session(tmp_path, "first")
        heard.wait_until(lambda: len(heard.watched) > 1)
    assert heard.watched[-1].missed
    assert "could not be taken in" in caplog.text
    heard.wait_for(made_session(tmp_path, "second"))


def test_that_a_folder_is_followed_whose_new_name_was_not_understood(
    heard: Heard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made_session(tmp_path, "mouse1/first")
    heard.watch(tmp_path)
    with monkeypatch.context() as broken:
        for meaning in ("app.watch.inotify_ear._meaning", "app.watch.ears.directories_of"):
            broken.setattr(meaning, lambda *_: 1 / 0)
        (tmp_path / "mouse1").rename(tmp_path / "mouse2")
        heard.wait_until(lambda: any(one.lost for one in heard.watched))
    heard.directories.clear()
    heard.wait_for(made_session(tmp_path, "mouse2/second"))


def test_that_a_folder_made_again_is_watched_again(heard: Heard, tmp_path: Path, qtbot: QtBot) -> None:
    root = tmp_path / "root"
    root.mkdir()
    heard.watch(root)
    root.rmdir()
    heard.wait_for(root)
    heard.wait_until(lambda: not heard.watched[-1].live)
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
    heard.wait_until(lambda: bool(heard.watched))
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


def test_that_nothing_of_a_folder_that_is_watched_no_longer_is_left_to_the_collector(
    heard: Heard, tmp_path: Path
) -> None:
    """It works on any thread, and would free there what hangs together in cycles."""
    heard.watch(tmp_path)
    watch = heard.watcher._watches[str(tmp_path)]
    heard.watcher.unwatch(str(tmp_path))
    assert watch.wait()
    heard.watch(tmp_path)
    heard.watcher.unwatch(str(tmp_path))
    assert not isValid(watch)


def test_that_nothing_outside_of_the_folder_is_told(heard: Heard, tmp_path: Path) -> None:
    part = tmp_path / "launcher_metadata"
    part.mkdir()
    heard.watch(part)
    (part / "notes.txt").write_text("a file of a folder of that name is about what holds it")
    heard.wait_for(made_session(part))
    assert str(tmp_path) not in heard.directories


@ON_LINUX
def test_that_a_folder_that_is_a_link_is_watched_where_it_leads(tmp_path: Path, qtbot: QtBot) -> None:
    heard, real, link = Heard(qtbot), tmp_path / "real", tmp_path / "link"
    real.mkdir()
    link.symlink_to(real)
    heard.watch(link)
    made_session(real, "one")
    heard.wait_for(link / "one")
    assert heard.watcher.shutdown()


@ON_LINUX
def test_that_data_folders_cost_no_watch(heard: Heard, tmp_path: Path, qtbot: QtBot) -> None:
    session = made_session(tmp_path / "mouse")
    for number in range(5):
        (session / "data" / str(number)).mkdir(parents=True)
    heard.watch(tmp_path)
    assert heard.watched[0].folders in (
        0,
        3,
    )  # the folder, the mouse, the session; nobody counts a whole tree


@ON_LINUX
def test_that_a_limit_on_instances_is_said(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise OSError(errno.EMFILE, "inotify instance limit reached")

    heard = Heard(qtbot)
    with monkeypatch.context() as limited:
        limited.setattr(ears, "Inotify", refused)
        heard.watcher.watch(str(tmp_path), "some identity")
        heard.wait_until(lambda: bool(heard.watched))
    assert "max_user_instances" in heard.watched[-1].note
    heard.watch(tmp_path)  # as after the next look
    heard.wait_for(made_session(tmp_path))
    assert heard.watcher.shutdown()


def test_that_a_folder_that_hangs_keeps_no_other_waiting(
    heard: Heard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hanging, other = tmp_path / "hanging", tmp_path / "other"
    hanging.mkdir()
    other.mkdir()
    hangs, release = threading.Event(), threading.Event()

    def is_remote(path: str) -> bool:
        if path == str(hanging):
            hangs.set()
            release.wait()
        return False

    monkeypatch.setattr(ears, "is_remote", is_remote)
    heard.watcher.watch(str(hanging), "some identity")
    try:
        heard.wait_until(hangs.is_set)
        heard.watch(other)
        heard.wait_for(made_session(other))
        assert {watched.root for watched in heard.watched} == {str(other)}
    finally:
        release.set()


@ON_LINUX
def test_that_each_folder_gets_the_ear_that_hears_something_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ear(how: How) -> object:
        return ear_for(str(tmp_path), how, lambda: None, lambda: False)

    assert isinstance(ear("auto"), InotifyEar)
    assert isinstance(ear("polling"), PollingEar)
    monkeypatch.setattr(ears, "is_remote", lambda _: True)
    assert isinstance(ear("auto"), PollingEar)
    assert isinstance(ear("events"), InotifyEar)
    monkeypatch.setattr(ears, "_EACH_FOLDER_COSTS", False)
    assert isinstance(ear("events"), ObserverEar)


@ON_LINUX
def test_that_a_folder_nobody_may_read_is_no_watch(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """watchdog swallows this one error of the system, and gives a number that is none."""
    instance = Inotify(lambda *_: None)
    monkeypatch.setattr("watchdog.observers.inotify_c.inotify_add_watch", lambda *_: -1)
    monkeypatch.setattr("ctypes.get_errno", lambda: errno.EACCES)
    with pytest.raises(PermissionError):
        instance.add(str(tmp_path), 0x100)
    monkeypatch.undo()
    assert instance.add(str(tmp_path), 0x100) > 0
    assert instance.is_alive()
    instance.close()
    assert not instance.is_alive()
