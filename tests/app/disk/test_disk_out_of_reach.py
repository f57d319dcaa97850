"""What cannot be reached is not gone: folders whose disk is away, moved, or closed to us."""

import errno
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from app.folder_errands import Look, Rescan, RootSeen, ScanEnded, Seen
from persistence.scan import Site, site_at
from tests.app.disk.asked import Asked, ended, names, read_before
from tests.small_rig import made_session

MEMORY = Path("/dev/shm")  # another disk is needed, and this one is always there on Linux


@pytest.mark.parametrize("below", ["", "s"])
def test_that_sessions_are_not_gone_where_the_folder_is_out_of_reach(
    tmp_path: Path, qtbot: QtBot, below: str
) -> None:
    root = tmp_path / "root"
    session = made_session(root, below)
    asked = Asked(root, qtbot, rescan_seconds=3600)
    asked.ask(Rescan())
    asked.wait_for(ScanEnded)
    asked.answers.clear()
    root.rename(tmp_path / "away")
    asked.ask(Look(frozenset([str(session)])))
    asked.wait_for(RootSeen)
    assert not asked.of(RootSeen)[0].available
    assert asked.of(Seen) == []
    asked.disk.close()
    assert asked.disk.wait()


def test_that_a_folder_that_comes_back_is_found_by_itself(tmp_path: Path, qtbot: QtBot) -> None:
    root = tmp_path / "root"
    asked = Asked(root, qtbot, rescan_seconds=0.02)
    asked.ask(Rescan())
    asked.wait_for(RootSeen)
    assert not asked.of(RootSeen)[0].available
    assert asked.of(Seen) == []
    made_session(root)
    asked.wait_for(Seen)
    assert asked.of(RootSeen)[-1].available
    asked.disk.close()
    assert asked.disk.wait()


@pytest.mark.skipif(not os.access(MEMORY, os.W_OK), reason="there is no second disk")
def test_that_a_folder_whose_disk_went_away_is_not_empty_but_away(tmp_path: Path, qtbot: QtBot) -> None:
    """A link stands for the place where the disk is mounted."""
    with tempfile.TemporaryDirectory(dir=MEMORY) as disk:
        place = tmp_path / "place"
        place.symlink_to(disk)
        session = made_session(Path(disk))
        (tmp_path / "bare").mkdir()
        asked = Asked(place, qtbot, 3600)
        asked.ask(Rescan())
        asked.wait_for(ScanEnded)
        place.unlink()
        place.symlink_to(tmp_path / "bare")
        asked.ask(Rescan())
        asked.wait_for(RootSeen, 2)
        ended(asked)
    seen = asked.of(RootSeen)
    assert [one.available for one in seen] == [True, False]
    assert "not mounted" in seen[-1].reason
    assert [one.gone for one in asked.of(Seen)] == [frozenset()]
    assert names(asked.of(Seen)) == {session.name}


@pytest.mark.skipif(not os.access(MEMORY, os.W_OK), reason="there is no second disk")
def test_that_a_start_on_the_bare_place_of_a_disk_keeps_what_was_known(tmp_path: Path, qtbot: QtBot) -> None:
    place = tmp_path / "place"
    (tmp_path / "bare").mkdir()

    def started() -> Asked:
        asked = Asked(place, qtbot, 3600, tmp_path / "cache")
        asked.ask(Rescan())
        return asked

    with tempfile.TemporaryDirectory(dir=MEMORY) as disk:
        session = made_session(Path(disk))
        place.symlink_to(disk)
        first = started()
        first.wait_for(ScanEnded)
        ended(first)
        place.unlink()
        place.symlink_to(tmp_path / "bare")
        bare = started()
        bare.wait_for(RootSeen)
        bare.wait_for(Seen)
        ended(bare)
        place.unlink()
        place.symlink_to(disk)
        again = started()
        again.wait_for(ScanEnded)
        ended(again)
    (seen,) = bare.of(RootSeen)
    assert (seen.available, "not mounted" in seen.reason) == (False, True)
    assert (names(bare.of(Seen)), bare.of(ScanEnded)) == ({session.name}, [])
    assert names(again.of(Seen)) == {session.name}


@pytest.mark.skipif(not os.access(MEMORY, os.W_OK), reason="there is no second disk")
def test_that_a_folder_that_was_moved_to_another_disk_is_looked_at_there(
    tmp_path: Path, qtbot: QtBot
) -> None:
    place = tmp_path / "place"
    made_session(tmp_path / "here", "old")
    place.symlink_to(tmp_path / "here")
    asked = Asked(place, qtbot, 3600, tmp_path / "cache")
    asked.ask(Rescan())
    asked.wait_for(ScanEnded)
    with tempfile.TemporaryDirectory(dir=MEMORY) as disk:
        made_session(Path(disk), "new")
        place.unlink()
        place.symlink_to(disk)
        asked.ask(Rescan())
        asked.wait_for(ScanEnded, 2)
        shutil.rmtree(Path(disk, "new"))
        asked.ask(Rescan())  # empty, and the same disk as before
        asked.wait_for(ScanEnded, 3)
        ended(asked)
    assert [one.all for one in asked.of(Seen)][-2:] == [frozenset([str(place / "new")]), frozenset()]


@pytest.mark.parametrize("what", ["all", "a part"])
def test_that_sessions_are_not_gone_where_a_part_of_the_folder_is_out_of_reach(
    asked: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """As when another disk is mounted inside the folder, and does not answer."""
    inside, outside = made_session(tmp_path / "disk" / "mouse", "inside"), made_session(tmp_path, "outside")
    asked.ask(Rescan())
    asked.wait_for(ScanEnded)
    asked.answers.clear()
    scandir = os.scandir

    def failing(folder: Any) -> Any:
        if str(folder).startswith(str(tmp_path / "disk")):
            raise OSError(errno.EIO, os.strerror(errno.EIO), folder)
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", failing)
    shutil.rmtree(outside)
    folders = [outside, inside, inside.parent, inside.parent.parent]
    asked.ask(Rescan() if what == "all" else Look(frozenset(map(str, folders))))
    asked.qtbot.waitUntil(lambda: bool(asked.of(Seen)))
    monkeypatch.undo()
    asked.ask(Rescan())
    asked.wait_for(ScanEnded, 2 if what == "all" else 1)
    gone = {path for one in asked.of(Seen) for path in one.gone}
    assert gone == (set() if what == "all" else {str(outside)})
    assert next(one.all for one in asked.of(Seen) if one.all is not None) == frozenset([str(inside)])
    if what == "all":
        assert [one.out_of_reach for one in asked.of(ScanEnded)] == [(str(tmp_path / "disk"),), ()]


def test_that_what_is_out_of_reach_is_not_read_wholly(
    asked: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It might hang, and with it all else that its folder is asked for."""
    beside = {str(made_session(tmp_path, name)) for name in "az"}
    inside, read, scandir = str(made_session(tmp_path, "disk")), list[str](), os.scandir

    def reading(directory: str) -> Site | None:
        read.append(directory)
        return site_at(directory)

    def failing(folder: Any) -> Any:
        if str(folder) == inside:
            raise OSError(errno.EIO, os.strerror(errno.EIO), folder)
        return scandir(folder)

    monkeypatch.setattr("app.listing.judging.site_at", reading)
    monkeypatch.setattr("app.listing.ledger.Ledger.is_judged", lambda *_: False)
    asked.ask(Rescan())
    asked.qtbot.waitUntil(lambda: {*read} == beside | {inside})
    read.clear()
    monkeypatch.setattr(os, "scandir", failing)
    asked.ask(Rescan())
    asked.qtbot.waitUntil(lambda: beside <= {*read})
    monkeypatch.undo()
    assert inside not in read


def test_that_what_was_known_is_told_of_a_folder_that_is_out_of_reach(
    cached: Callable[[], Asked], tmp_path: Path
) -> None:
    session = made_session(tmp_path / "root")
    read_before(cached)
    (tmp_path / "root").rename(tmp_path / "away")
    again = cached()
    again.ask(Rescan())
    again.wait_for(Seen)
    (tmp_path / "away").rename(tmp_path / "root")
    again.ask(Rescan())
    again.wait_for(ScanEnded)
    ended(again)
    assert [one.available for one in again.of(RootSeen)] == [False, True]
    assert names(again.of(Seen)[:1]) == {session.name}
    assert [one.gone for one in again.of(Seen)] == [frozenset()] * len(again.of(Seen))


def test_that_a_walk_that_failed_takes_no_session_for_gone(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        made_session(tmp_path, f"s{number}")
    asked = Asked(tmp_path, qtbot, 3600)
    asked.ask(Rescan())
    asked.wait_for(ScanEnded)

    def broken(site: Site, _root: str) -> None:
        raise RuntimeError(site.directory)

    monkeypatch.setattr("app.listing.steps.glance", broken)
    monkeypatch.setattr("app.listing.steps.has_signature", lambda *_: False)
    monkeypatch.setattr("app.listing.ledger.Site.times", lambda _site: None)
    asked.ask(Rescan())
    asked.wait_for(RootSeen, 3)
    ended(asked)
    assert [one.all is None and not one.gone for one in asked.of(Seen)[1:]] == [True]
