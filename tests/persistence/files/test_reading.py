"""Files are read whole, or as much of them as was asked for."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from persistence.errors import Refused, TooLarge
from persistence.files import reading
from persistence.files.reading import read_end, read_file

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="POSIX files")


def test_that_all_bytes_are_read_up_to_the_limit(path: Path) -> None:
    data = os.urandom(300_000)
    path.write_bytes(data)
    assert read_file(path, limit=None) == data
    assert read_file(path, limit=300_000) == data
    with pytest.raises(TooLarge) as caught:
        read_file(path, limit=299_999)
    assert (caught.value.size, caught.value.limit) == (300_000, 299_999)
    with pytest.raises(FileNotFoundError):
        read_file(path.with_name("none"), limit=None)


@pytest.mark.parametrize("limit", [1, 5, 99, 100, 101, None])
def test_that_the_end_is_read(path: Path, limit: int | None) -> None:
    data = bytes(range(100))
    path.write_bytes(data)
    assert read_end(path, limit) == (data if limit is None else data[-limit:])


@posix_only
@pytest.mark.parametrize("size", [0, 3, 1 << 18, (1 << 18) + 1, 1 << 20])
def test_that_a_file_holds_its_own_bytes_and_no_others(path: Path, size: int) -> None:
    data = os.urandom(size)
    path.write_bytes(data)
    assert reading.holds(path, data)
    assert not reading.holds(path, data + b"x")
    assert size == 0 or not reading.holds(path, data[:-1])
    assert size == 0 or not reading.holds(path, data[:-1] + bytes([data[-1] ^ 1]))


def test_that_the_start_of_a_file_of_any_size_is_read(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"0123456789")
    for limit, data in ((4, b"0123"), (10, b"0123456789"), (99, b"0123456789"), (0, b"")):
        assert reading.read_start(path, limit) == (data, 10)
    (tmp_path / "link").symlink_to(path)
    with pytest.raises(Refused):
        reading.read_start(tmp_path / "link", 4)


def test_that_a_file_passes_by_in_pieces_as_it_is_read_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("persistence.files.reading._AT_ONCE", 1 << 20)
    path, data = tmp_path / "file", bytes(range(256)) * 10_000
    path.write_bytes(data)
    pieces: list[bytes] = []

    def take(piece: bytearray) -> None:
        pieces.append(bytes(piece))

    status = reading.pass_by(path, take, limit=len(data))
    assert (b"".join(pieces), max(map(len, pieces)), status.st_size) == (data, 1 << 20, len(data))
    with pytest.raises(TooLarge) as told:
        reading.pass_by(path, lambda _: pytest.fail("it is too large"), limit=len(data) - 1)
    assert told.value.size == len(data)
    path.write_bytes(b"")
    assert reading.pass_by(path, lambda _: pytest.fail("there is nothing in it"), limit=0).st_size == 0
    (tmp_path / "link").symlink_to(path)
    for name in ("link", "."):
        with pytest.raises(Refused):
            reading.pass_by(tmp_path / name, take, limit=None)
    with pytest.raises(FileNotFoundError):
        reading.pass_by(tmp_path / "none", take, limit=None)


@pytest.mark.parametrize("begin", [0, 1, 50, 99, 100, 200, -1, -30, -500])
@pytest.mark.parametrize("limit", [0, 1, 7, 30, 100, 1000])
def test_that_a_part_is_read_piece_by_piece(
    path: Path, monkeypatch: pytest.MonkeyPatch, begin: int, limit: int
) -> None:
    monkeypatch.setattr(reading, "_AT_ONCE", 7)
    path.write_bytes(data := bytes(range(100)))
    first = begin if begin >= 0 else max(0, 100 + begin)
    found, where, size = reading.read_part(path, begin, limit)
    assert (found, where) == (data[first : first + limit], first)
    assert size == max(first, 100)


def test_that_what_a_file_gains_or_loses_while_it_is_read_is_told_as_it_is(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "_AT_ONCE", 10)
    whole, asked = bytes(range(100)), list[bytes]()
    for after in (whole + b"more", whole[:35], b""):
        path.write_bytes(whole)
        asked.clear()

        def going(after: bytes = after) -> None:
            asked.append(after)
            if len(asked) == 2:
                path.write_bytes(after)

        found, size = reading.read_start(path, 1000, going)
        assert found == (after if len(after) > 20 else whole[:20])
        assert size == max(100, len(after))


def test_that_who_wants_no_more_of_a_file_ends_the_reading(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "_AT_ONCE", 10)
    path.write_bytes(bytes(100))

    def going() -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        reading.read_start(path, 1000, going)
