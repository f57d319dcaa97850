"""A file is written wholly or not at all, with the old one's rights, and nothing is left behind."""

from __future__ import annotations

import errno
import os
import stat
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from persistence.files import durable, opening
from persistence.files.durable import DirectoryNotSynced, sweep, write_file

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="POSIX files")
root_only = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may give files away"
)


def write_like_before(path: Path, data: bytes) -> None:
    """Replace a file as a commit does: with the rights of the one before."""
    durable.replace(durable.stage(path, data, like=path.stat()), path)


def names(directory: Path) -> list[str]:
    """What stands in a directory."""
    return sorted(path.name for path in directory.iterdir())


def test_that_a_file_is_made_and_replaced(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    for data in (b"first", b"", b"x" * 1_000_000):
        write_file(path, data)
        assert path.read_bytes() == data
    assert names(tmp_path) == ["state.json"]


def test_that_a_reader_keeps_the_old_bytes(path: Path) -> None:
    with path.open("rb") as reader:
        write_file(path, b"new")
        assert reader.read() == b"old"


@posix_only
def test_that_mode_is_kept_and_without_a_model_is_as_any_files(path: Path) -> None:
    path.chmod(0o640)
    write_like_before(path, b"new")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    mask = os.umask(0o027)
    try:
        write_file(path.with_name("fresh"), b"new")
    finally:
        os.umask(mask)
    assert stat.S_IMODE(path.with_name("fresh").stat().st_mode) == 0o640


@root_only
def test_that_owner_and_group_are_kept(path: Path) -> None:
    os.chown(path, 1234, 4321)
    path.chmod(0o664)
    write_like_before(path, b"new")
    status = path.stat()
    assert (status.st_uid, status.st_gid, stat.S_IMODE(status.st_mode)) == (1234, 4321, 0o664)


@posix_only
@pytest.mark.parametrize(("may_change_group", "mode"), [(True, 0o674), (False, 0o644)])
def test_that_who_may_not_give_files_away_gives_the_group_no_more_than_all(
    path: Path, monkeypatch: pytest.MonkeyPatch, may_change_group: bool, mode: int
) -> None:
    def fchown(descriptor: int, owner: int, group: int) -> None:
        if owner != -1 or not may_change_group:
            raise PermissionError(errno.EPERM, "Operation not permitted")

    path.chmod(0o674)
    monkeypatch.setattr(os, "fchown", fchown)
    write_like_before(path, b"new")
    assert stat.S_IMODE(path.stat().st_mode) == mode


# --- failures ---------------------------------------------------------------------------------------------


def failing(number: int) -> Callable[..., int]:
    """A system call that fails."""

    def call(*_: object) -> int:
        raise OSError(number, os.strerror(number))

    return call


@pytest.mark.parametrize("call", ["write", "fsync", "fchmod", "replace"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EDQUOT])
def test_that_a_failure_before_the_replace_leaves_all_as_it_was(
    path: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int
) -> None:
    write = write_like_before if call == "fchmod" else write_file
    monkeypatch.setattr(os, call, failing(number))
    with pytest.raises(OSError) as caught:  # noqa: PT011 - the number is looked at
        write(path, b"new")
    monkeypatch.undo()
    assert caught.value.errno == number
    assert not isinstance(caught.value, DirectoryNotSynced)
    assert path.read_bytes() == b"old"
    assert names(path.parent) == ["state.json"]


def test_that_a_failed_sync_is_not_tried_again(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []

    def fsync(descriptor: int) -> None:
        calls.append(descriptor)
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(OSError, match="Input/output"):
        write_file(path, b"new")
    assert len(calls) == 1


@posix_only
def test_that_a_failure_after_the_replace_is_told_apart(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sync = os.fsync

    def fsync(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EIO, "Input/output error")
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(DirectoryNotSynced):
        write_file(path, b"new")
    assert path.read_bytes() == b"new"
    assert names(path.parent) == ["state.json"]


@posix_only
def test_that_a_disk_that_cannot_sync_directories_is_no_failure(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync = os.fsync

    def fsync(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "Invalid argument")
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    write_file(path, b"new")
    assert path.read_bytes() == b"new"


def test_that_short_writes_are_continued(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: write(descriptor, data[:7]))
    write_file(path, bytes(range(256)))
    assert path.read_bytes() == bytes(range(256))


def test_that_the_file_is_synced_before_and_the_directory_after_the_replace(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    sync, move = os.fsync, os.replace

    def fsync(descriptor: int) -> None:
        steps.append("sync directory" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "sync file")
        sync(descriptor)

    def replace(source: Path, target: Path) -> None:
        steps.append("replace")
        move(source, target)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(os, "replace", replace)
    write_file(path, b"new")
    assert steps == ["sync file", "replace", *(["sync directory"] if sys.platform != "win32" else [])]


# --- Windows, simulated -----------------------------------------------------------------------------------


def sharing_violation(number: int) -> OSError:
    """As Windows raises it."""
    error = PermissionError(errno.EACCES, "The process cannot access the file")
    error.winerror = number  # type: ignore[attr-defined, unused-ignore]
    return error


@pytest.mark.parametrize("number", [5, 32, 33])
def test_that_windows_sharing_violations_are_waited_out(
    path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    move, refused = os.replace, [sharing_violation(number)] * 3

    def replace(source: Path, target: Path) -> None:
        if refused:
            raise refused.pop()
        move(source, target)

    monkeypatch.setattr(durable, "_move", replace)
    write_file(path, b"new")
    assert path.read_bytes() == b"new"


def test_that_they_are_not_waited_out_for_ever(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def replace(source: Path, target: Path) -> None:
        raise sharing_violation(32)

    monkeypatch.setattr(durable, "_move", replace)
    monkeypatch.setattr(opening, "SHARING_SECONDS", 0.05)
    with pytest.raises(PermissionError):
        write_file(path, b"new")
    assert path.read_bytes() == b"old"
    assert names(path.parent) == ["state.json"]


def test_that_the_windows_replace_is_written_through(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[tuple[str, str, int]] = []

    class Kernel:
        def __init__(self, name: str, use_last_error: bool) -> None:
            assert (name, use_last_error) == ("kernel32", True)

        def MoveFileExW(self, source: str, target: str, flags: int) -> bool:
            calls.append((source, target, flags))
            Path(source).rename(target)
            return True

    import ctypes

    monkeypatch.setattr(ctypes, "WinDLL", Kernel, raising=False)
    monkeypatch.setattr(sys, "platform", "win32")
    write_file(path, b"new")
    assert path.read_bytes() == b"new"
    assert [(target, flags) for _, target, flags in calls] == [(str(path), 0x1 | 0x8)]


@pytest.mark.skipif(sys.platform == "win32", reason="no fcntl there")
def test_that_macos_is_asked_for_a_full_sync(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import fcntl

    asked: list[int] = []

    def control(descriptor: int, command: int) -> int:
        asked.append(command)
        return 0

    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(fcntl, "F_FULLFSYNC", 51, raising=False)
    monkeypatch.setattr(fcntl, "fcntl", control)
    write_file(path, b"new")
    assert asked == [51]


# --- sweeping ---------------------------------------------------------------------------------------------


def test_that_only_old_temporary_files_of_ours_are_swept(tmp_path: Path) -> None:
    ours = ".session_state.json.123-0123456789ab.rigstate-tmp"
    keep = ["session_state.json", ".other.tmp", "data.rigstate-tmp", ".x.12-xyz.rigstate-tmp", "x" + ours]
    for name in (ours, *keep):
        (tmp_path / name).write_bytes(b"")
        os.utime(tmp_path / name, (0, 0))
    fresh = ".session_state.json.9-ffffffffffff.rigstate-tmp"
    (tmp_path / fresh).write_bytes(b"")
    folder = ".folder.1-000000000000.rigstate-tmp"
    (tmp_path / folder).mkdir()
    os.utime(tmp_path / folder, (0, 0))
    sweep(tmp_path)
    assert names(tmp_path) == sorted([*keep, fresh, folder])
    os.utime(tmp_path / fresh, (time.time() - 2 * durable.TEMPORARY_AGE,) * 2)
    sweep(tmp_path)
    assert fresh not in names(tmp_path)
    sweep(tmp_path / "none")


def test_that_what_a_killed_writer_leaves_is_swept_by_its_name(path: Path) -> None:
    staged = durable.stage(path, b"never finished")
    os.utime(staged, (0, 0))
    sweep(path.parent)
    assert names(path.parent) == ["state.json"]
