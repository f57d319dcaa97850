"""Which folders have a watch: those in which sessions appear, then the newest sessions, if there is room."""

import errno
import os
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from app.watch.watched_tree import WatchedTree

SIGN = "session.json"


class System:
    """Stands for inotify: the same folder has the same number, and there is a limit."""

    def __init__(self, limit: int = 1000) -> None:
        self.limit = limit
        self.numbers: Iterator[int] = count(1)
        self.watches: dict[int, int] = {}
        self.asked = 0

    def add(self, path: str) -> int:
        self.asked += 1
        inode = Path(path).stat().st_ino
        if inode not in self.watches:
            if len(self.watches) >= self.limit:
                raise OSError(errno.ENOSPC, "no space")
            self.watches[inode] = next(self.numbers)
        return self.watches[inode]

    def remove(self, number: int) -> None:
        self.watches = {inode: one for inode, one in self.watches.items() if one != number}


class Planted:
    """A tree over a real folder. Times of sessions are given, so that they are those of no clock."""

    def __init__(self, root: Path, limit: int = 1000, room: int = 1000) -> None:
        self.root = root
        self.system = System(limit)
        self.tree = WatchedTree(str(root), self.system.add, self.system.remove, room)

    def session(self, name: str, time: int = 1000) -> str:
        folder = self.root / name
        (folder / "data" / "deeper").mkdir(parents=True)
        (folder / SIGN).write_text("{}")
        os.utime(folder, (time, time))
        return str(folder)

    def folder(self, name: str) -> str:
        (self.root / name).mkdir(parents=True)
        return str(self.root / name)

    @property
    def watched(self) -> set[str]:
        """What has a watch, by both accounts."""
        by_inode = {Path(path).stat().st_ino: path for path in self._all()}
        found = {by_inode[inode] for inode in self.system.watches}
        assert found == {self.tree.path_of(number) for number in self.system.watches.values()}
        assert self.tree.watched == len(found)
        return {os.path.relpath(path, self.root) for path in found}

    def _all(self) -> Iterator[str]:
        for place, _, _ in os.walk(self.root):
            yield place


@pytest.fixture
def planted(tmp_path: Path) -> Planted:
    return Planted(tmp_path)


def test_that_folders_and_sessions_are_watched_and_nothing_inside_a_session(planted: Planted) -> None:
    planted.session("mouse/one")
    planted.folder("empty")
    planted.folder(".hidden")
    planted.tree.begin()
    assert planted.watched == {".", "mouse", "mouse/one", "empty"}
    assert planted.tree.folders == 4


def test_that_the_newest_sessions_have_the_watches_there_are(tmp_path: Path) -> None:
    planted = Planted(tmp_path, room=4)
    for time in (5, 1, 4, 2, 3):
        planted.session(f"mouse/{time}", time)
    planted.tree.begin()
    assert planted.watched == {".", "mouse", "mouse/4", "mouse/5"}
    assert (planted.tree.watched, planted.tree.folders) == (4, 7)
    assert planted.system.asked == 4


def test_that_it_is_the_same_where_there_are_so_many_that_they_are_sorted_in_pieces(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.watch.watched_tree._SORTED_AT_ONCE", 2)
    planted = Planted(tmp_path, room=4)
    for name, time in (("a", 5), ("b", 1), ("c", 7), ("d", 3), ("e", 6), ("f", 2), ("g", 4)):
        planted.session(name, time)
    planted.tree.begin()
    assert planted.watched == {".", "a", "c", "e"}


def test_that_a_limit_that_is_met_in_the_middle_is_kept_to(tmp_path: Path) -> None:
    planted = Planted(tmp_path, limit=3)
    for time in (1, 2, 3, 4):
        planted.session(str(time), time)
    planted.tree.begin()
    assert planted.watched == {".", "3", "4"}
    assert planted.tree.folders == 5


def test_that_folders_come_before_sessions_also_where_there_is_no_room_for_all(tmp_path: Path) -> None:
    planted = Planted(tmp_path, limit=2)
    planted.session("a/1")
    planted.session("b/1")
    planted.tree.begin()
    assert len(planted.watched) == 2
    assert "." in planted.watched
    assert planted.tree.folders == 5
    planted.system.limit = 100
    planted.tree.give_room(100)
    assert len(planted.watched) == 5


def test_that_a_root_that_cannot_be_watched_is_said(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="no space"):
        Planted(tmp_path, limit=0).tree.begin()


def test_that_a_new_session_takes_the_watch_of_the_one_that_was_quiet_longest(tmp_path: Path) -> None:
    planted = Planted(tmp_path, room=3)
    old, older = planted.session("old", 2), planted.session("older", 1)
    planted.tree.begin()
    planted.tree.heard(older)
    planted.tree.appeared(planted.session("new"))
    assert planted.watched == {".", "older", "new"}
    planted.tree.seen(old, 5)
    assert planted.watched == {".", "older", "new"}
    planted.tree.seen(old, 6)  # it was changed, and nobody had listened
    assert planted.watched == {".", "old", "new"}


def test_that_a_watch_that_is_given_back_goes_to_the_newest_without_one(tmp_path: Path) -> None:
    planted = Planted(tmp_path, room=3)
    for time in (1, 2, 3, 4):
        planted.session(str(time), time)
    planted.tree.begin()
    shutil.rmtree(tmp_path / "4")
    planted.system.watches = {
        inode: number
        for inode, number in planted.system.watches.items()
        if planted.tree.path_of(number)[-1] != "4"
    }
    planted.tree.vanished(str(tmp_path / "4"))
    assert planted.watched == {".", "3", "2"}
    planted.tree.appeared(planted.session("5"))
    assert planted.watched == {".", "3", "5"}


def test_that_a_folder_becomes_a_session_and_a_session_a_folder(planted: Planted) -> None:
    planted.tree.begin()
    folder = planted.folder("mouse")
    planted.tree.appeared(folder)
    planted.tree.appeared(planted.folder("mouse/data"))
    assert planted.watched == {".", "mouse", "mouse/data"}
    sign = Path(folder, SIGN)
    sign.write_text("{}")
    planted.tree.signed(folder, there=True)
    assert planted.watched == {".", "mouse"}
    planted.tree.appeared(planted.folder("mouse/more data"))
    assert planted.watched == {".", "mouse"}
    sign.unlink()
    planted.tree.signed(folder, there=False)
    assert planted.watched == {".", "mouse", "mouse/data", "mouse/more data"}


def test_that_another_of_its_signs_keeps_a_session_one(planted: Planted) -> None:
    session = planted.session("s")
    planted.tree.begin()
    planted.tree.signed(session, there=False)
    assert planted.watched == {".", "s"}


def test_that_a_root_that_is_a_session_is_watched_like_any_folder(tmp_path: Path) -> None:
    planted = Planted(tmp_path)
    (tmp_path / SIGN).write_text("{}")
    planted.tree.begin()
    planted.tree.signed(str(tmp_path), there=True)
    assert planted.watched == {"."}


def test_that_watches_go_along_when_a_folder_is_moved(planted: Planted, tmp_path: Path) -> None:
    planted.session("mouse/one")
    planted.tree.begin()
    moved = (tmp_path / "mouse").rename(tmp_path / "rat")
    planted.tree.vanished(str(tmp_path / "mouse"))
    planted.tree.appeared(str(moved))
    assert planted.watched == {".", "rat", "rat/one"}


def test_that_a_move_that_is_told_the_wrong_way_round_leaves_every_watch(
    planted: Planted, tmp_path: Path
) -> None:
    planted.session("mouse/one")
    planted.tree.begin()
    moved = (tmp_path / "mouse").rename(tmp_path / "rat")
    planted.tree.appeared(str(moved))
    planted.tree.vanished(str(tmp_path / "mouse"))
    assert planted.watched == {".", "rat", "rat/one"}


def test_that_what_the_look_finds_and_no_event_told_is_watched(planted: Planted) -> None:
    planted.tree.begin()
    session = planted.session("deep/deeper/s")
    planted.tree.seen(session, 1)
    assert planted.watched == {".", "deep", "deep/deeper", "deep/deeper/s"}
    planted.tree.seen(str(planted.root / "gone" / "s"), 1)
    assert planted.tree.folders == 4


def test_that_nobody_gives_up_a_watch_for_what_is_gone(tmp_path: Path) -> None:
    planted = Planted(tmp_path, room=2)
    planted.session("one")
    planted.tree.begin()
    planted.tree.seen(str(tmp_path / "gone"), 1)
    assert planted.watched == {".", "one"}


def test_that_a_watch_the_system_took_back_is_forgotten(planted: Planted) -> None:
    planted.session("s")
    planted.tree.begin()
    numbers = {planted.tree.path_of(number): number for number in planted.system.watches.values()}
    assert not planted.tree.gone(numbers[str(planted.root / "s")])
    assert planted.tree.folders == 1
    assert not planted.tree.gone(999)
    assert planted.tree.gone(numbers[str(planted.root)])


def test_that_a_walk_is_cut_short(tmp_path: Path) -> None:
    planted = Planted(tmp_path)
    planted.session("mouse/one")
    asked = iter((False, True))
    tree = WatchedTree(
        str(tmp_path), planted.system.add, planted.system.remove, 10, lambda: next(asked, True)
    )
    tree.begin()
    assert tree.folders == 1
