"""The lock excludes, dies with its holder, and leaves its file; on the real system, and on simulated ones."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from persistence import lock as lock_module
from persistence.errors import LockTimeout, NotWritten, Refused
from persistence.files import opening
from persistence.lock import OFFSET, FileLock, is_held

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="POSIX files")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the lock file will be."""
    return tmp_path / ".session_state.lock"


HOLD = """
import sys, time
from pathlib import Path
from persistence.lock import FileLock
lock = FileLock(Path(sys.argv[1]))
lock.acquire(10)
print("held", flush=True)
time.sleep(60)
"""


@pytest.fixture
def holder(path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock."""
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(path)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def test_that_two_locks_on_one_file_exclude_each_other(path: Path) -> None:
    first, second = FileLock(path), FileLock(path)
    first.acquire(0)
    with pytest.raises(LockTimeout) as caught:
        second.acquire(0)
    assert caught.value.seconds == 0
    assert str(path) in str(caught.value)
    first.release()
    second.acquire(0)
    second.release()


def test_that_the_file_is_empty_and_stays(path: Path) -> None:
    lock = FileLock(path)
    lock.acquire(0)
    assert path.read_bytes() == b""
    lock.release()
    lock.release()
    assert path.read_bytes() == b""


def test_that_leaving_the_context_gives_the_lock_back(path: Path) -> None:
    lock = FileLock(path)
    lock.acquire(0)
    with lock:
        assert is_held(path)
    assert not is_held(path)


def test_that_asking_takes_nothing_and_makes_nothing(path: Path) -> None:
    assert not is_held(path)
    assert not path.exists()
    lock = FileLock(path)
    lock.acquire(0)
    assert is_held(path)
    assert is_held(path)
    lock.release()
    assert not is_held(path)


def test_that_reading_the_file_does_not_lose_the_lock(path: Path) -> None:
    lock = FileLock(path)
    lock.acquire(0)
    path.read_bytes()  # opening and closing loses a classic POSIX lock
    assert is_held(path)
    with pytest.raises(LockTimeout):
        FileLock(path).acquire(0)
    lock.release()


def test_that_another_process_is_waited_for_and_named_as_a_timeout(
    path: Path, holder: subprocess.Popen[str]
) -> None:
    assert is_held(path)
    started = time.monotonic()
    with pytest.raises(LockTimeout, match=r"has been writing it for 0\.2 s"):
        FileLock(path).acquire(0.2)
    assert time.monotonic() - started >= 0.2


def test_that_the_lock_of_a_killed_process_is_free_at_once(path: Path, holder: subprocess.Popen[str]) -> None:
    holder.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
    holder.wait()
    lock = FileLock(path)
    lock.acquire(0)
    lock.release()


def test_that_a_waiting_thread_gets_the_lock_when_it_is_given_back(path: Path) -> None:
    first, second = FileLock(path), FileLock(path)
    first.acquire(0)
    got = threading.Event()

    def wait() -> None:
        second.acquire(30)
        got.set()
        second.release()

    thread = threading.Thread(target=wait)
    thread.start()
    assert not got.is_set()
    first.release()
    thread.join(30)
    assert got.is_set()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_that_a_child_made_by_fork_does_not_keep_the_lock(path: Path) -> None:
    lock = FileLock(path)
    lock.acquire(0)
    program = (
        "import os, sys, time; from pathlib import Path; from persistence.lock import FileLock, is_held\n"
        "lock = FileLock(Path(sys.argv[1])); lock.acquire(0)\n"
        "child = os.fork()\n"
        "if child == 0: time.sleep(30); os._exit(0)\n"
        "lock.release(); print(is_held(Path(sys.argv[1]))); os.kill(child, 9); os.waitpid(child, 0)\n"
    )
    lock.release()
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"


@posix_only
def test_that_a_link_a_pipe_and_a_folder_in_its_place_are_refused(tmp_path: Path, path: Path) -> None:
    target = tmp_path / "elsewhere"
    path.symlink_to(target)
    with pytest.raises(Refused, match="link"):
        FileLock(path).acquire(0)
    assert not target.exists()
    assert not is_held(path)
    path.unlink()
    os.mkfifo(path)
    with pytest.raises(Refused, match="a pipe, not a file"):
        FileLock(path).acquire(0)
    path.unlink()
    path.mkdir()
    with pytest.raises((Refused, NotWritten)):
        FileLock(path).acquire(0)


def test_that_a_missing_folder_is_said_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(NotWritten, match="no such folder"):
        FileLock(tmp_path / "gone" / "lock").acquire(0)
    assert not (tmp_path / "gone").exists()


@posix_only
def test_that_whoever_may_write_to_the_folder_may_lock(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o775)
    mask = os.umask(0o077)
    lock = FileLock(shared / "lock")
    try:
        lock.acquire(0)
        lock.release()
    finally:
        os.umask(mask)
    assert (shared / "lock").stat().st_mode & 0o777 == 0o664


# --- the other systems, by their own calls or by simulating them ------------------------------------------


def holds_one_at_a_time(path: Path) -> None:
    """A second one waits in vain while the first has it, and gets it afterwards."""
    first, second = FileLock(path), FileLock(path)
    first.acquire(0)
    assert is_held(path)
    with pytest.raises(LockTimeout):
        second.acquire(0.01)
    first.release()
    assert not is_held(path)
    second.acquire(0)
    second.release()


@pytest.mark.skipif(sys.platform == "win32", reason="no flock there")
def test_that_the_way_of_macos_works(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert isinstance(FileLock(path)._system, lock_module._WholeFileLocks)
    holds_one_at_a_time(path)


class FakeMsvcrt(SimpleNamespace):
    """Windows' own: one byte at the descriptor's position, by file, with its own errors."""

    LK_NBLCK = 2
    LK_UNLCK = 0

    def __init__(self) -> None:
        super().__init__()
        self.owners: dict[int, int] = {}

    def locking(self, descriptor: int, mode: int, count: int) -> None:
        """Lock or unlock `count` bytes from the position on."""
        assert (os.lseek(descriptor, 0, os.SEEK_CUR), count) == (OFFSET, 1)
        file = os.fstat(descriptor).st_ino
        if mode == self.LK_UNLCK:
            assert self.owners.pop(file) == descriptor
        elif self.owners.setdefault(file, descriptor) != descriptor:
            raise OSError(errno.EACCES, "Permission denied")


def test_that_the_way_of_windows_works(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setitem(sys.modules, "msvcrt", FakeMsvcrt())
    monkeypatch.setattr(opening, "NOFOLLOW", 0)
    holds_one_at_a_time(path)
    assert OFFSET < 2**31


def test_that_without_nofollow_a_link_is_refused_all_the_same(
    tmp_path: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "NOFOLLOW", 0)
    path.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Refused):
        FileLock(path).acquire(0)
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize("number", [errno.ENOLCK, errno.EOPNOTSUPP, errno.EINVAL])
def test_that_a_disk_without_locks_is_said(path: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    def fail(descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    lock = FileLock(path)
    monkeypatch.setattr(lock._system, "lock", fail)
    with pytest.raises(NotWritten, match="cannot be locked here") as caught:
        lock.acquire(5)
    assert not isinstance(caught.value, LockTimeout)


def test_that_no_descriptor_is_left_open(path: Path, open_files: Callable[[], int]) -> None:
    before = open_files()
    first = FileLock(path)
    first.acquire(0)
    for _ in range(3):
        with pytest.raises(LockTimeout):
            FileLock(path).acquire(0)
        is_held(path)
    first.release()
    assert open_files() == before


@pytest.fixture
def open_files() -> Callable[[], int]:
    """How many descriptors this process has open."""
    folder = Path("/proc/self/fd")
    if not folder.exists():
        pytest.skip("no /proc here")
    return lambda: len(list(folder.iterdir()))
