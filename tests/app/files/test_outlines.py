"""What was seen of a large file is known for as long as it is that file, and no room is lost by it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from app.files import outlines
from app.files.apart import NotWanted
from app.files.outlines import Outlines
from persistence.states import slices
from persistence.store import STATE_FILE
from tests.small_rig import made_session

LIMIT = 1 << 20


@pytest.fixture(autouse=True)
def everything_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slices, "LARGE", 10)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return made_session(tmp_path) / STATE_FILE


def go() -> None:
    """Whoever looks goes on."""


def replaced(file: Path) -> None:
    other = file.with_name("other")
    other.write_bytes(file.read_bytes())
    other.replace(file)


def grown(file: Path) -> None:
    file.write_bytes(file.read_bytes() + b"\n")


def touched(file: Path) -> None:
    status = file.stat()
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns + 1))


@pytest.mark.parametrize("change", [replaced, grown, touched, Path.unlink])
def test_that_what_was_seen_is_known_until_the_file_is_another_one(
    file: Path, change: Callable[[Path], object]
) -> None:
    room = Outlines()
    assert room.find(file, LIMIT) is None
    seen = room.look(file, LIMIT, go)
    assert seen is not None
    assert room.find(file, LIMIT) is seen
    assert room.find(file, seen.size - 1) is None
    change(file)
    assert room.find(file, LIMIT) is None


def test_that_a_file_that_becomes_another_one_while_it_goes_by_is_not_kept(file: Path) -> None:
    room = Outlines()
    assert room.look(file, LIMIT, lambda: touched(file)) is not None
    assert room.find(file, LIMIT) is None


def test_that_a_look_that_nobody_wants_ends(file: Path) -> None:
    def stop() -> None:
        raise NotWanted

    with pytest.raises(NotWanted):
        Outlines().look(file, LIMIT, stop)


def test_that_of_what_cannot_be_seen_so_nothing_is_known(file: Path) -> None:
    room = Outlines()
    for data in (b"", b"[1, 2]", b'{"a":\n1}'):
        file.write_bytes(data)
        room.look(file, LIMIT, go)
        assert room.find(file, LIMIT) is None
    assert room.look(file, 1, go) is None
    assert room.look(file.with_name("none"), LIMIT, go) is None


def test_that_no_more_is_kept_than_there_is_room_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = [made_session(tmp_path, f"s{number}") / STATE_FILE for number in range(4)]
    size = files[0].stat().st_size
    monkeypatch.setattr(outlines, "_MOST", 2 * size + size // 2)
    room = Outlines()
    for file in (*files, files[2]):
        room.look(file, LIMIT, go)
    assert [room.find(file, LIMIT) is not None for file in files] == [False, False, True, True]
    monkeypatch.setattr(outlines, "_LARGEST", size // 2)
    room.look(files[3], LIMIT, go)
    assert room.find(files[3], LIMIT) is None
