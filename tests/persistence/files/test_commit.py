"""A commit under fire: killed, failed and contended at every point, it loses nothing and says what it did."""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

import pytest

from persistence.document import Document, render
from persistence.errors import NotConfirmed, NotWritten, StateError
from persistence.files import durable, reading
from persistence.files import history as history_module
from persistence.files.commit import Commits
from persistence.files.retention import Policy
from persistence.states.edits import get_value
from persistence.store import STATE_FILE, Committed, Snapshot, StateFile
from tests.persistence.first_save import first_save
from tests.proof.aftermath import told_in
from tests.proof.situations import bytes_of, foreign_bytes, linked_elsewhere, second_version

resource = pytest.importorskip("resource", reason="POSIX processes and disks")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX processes and disks")
NAME = "m.L"
EVERYTHING = Policy(dense=10**9, room=10**18)
"""Nothing ever goes."""


def state(trials: int, size: int = 0) -> Document:
    """A document of one launcher."""
    return first_save({"trials": trials, "padding": "x" * size})


def always(document: Document) -> Callable[[Snapshot | None], Document]:
    """A change for `update` that makes this document of anything."""
    return lambda _found: document


def tried(store: StateFile, document: Document) -> Committed | StateError:
    """What became of a save."""
    try:
        return store.update(always(document), action="save")
    except StateError as error:
        return error


def standing(result: Committed | StateError) -> Committed | None:
    """The commit that was made, confirmed or not."""
    if isinstance(result, NotConfirmed):
        return result.committed
    return result if isinstance(result, Committed) else None


def files(directory: Path) -> dict[str, bytes]:
    """All files below a directory but the lock, with their bytes."""
    return {
        str(path.relative_to(directory)): path.read_bytes()
        for path in directory.rglob("*")
        if path.is_file() and path.name != ".session_state.lock"
    }


# --- the situations in which a commit may find a session --------------------------------------------------


def no_file(directory: Path) -> list[bytes]:
    """An empty session."""
    del directory
    return []


def two_versions(directory: Path) -> list[bytes]:
    """Two commits of ours."""
    store = StateFile(directory)
    for trials in (1, 2):
        store.update(always(state(trials)), action="save")
    return [render(state(1)), render(state(2))]


def foreign_file(directory: Path) -> list[bytes]:
    """A file of a program without history."""
    (directory / STATE_FILE).write_bytes(b'{"launcher_states": {}}')
    return [b'{"launcher_states": {}}']


def foreign_over_ours(directory: Path) -> list[bytes]:
    """A file exchanged by another program after two commits of ours."""
    versions = two_versions(directory)
    kept = directory / history_module.FOLDER / f"000002-{history_module.etag_of(versions[1])[:12]}.json"
    kept.write_bytes(versions[1])
    (directory / STATE_FILE).write_bytes(b'{"foreign": 1}')
    return [*versions, b'{"foreign": 1}']


def without_log(directory: Path) -> list[bytes]:
    """Two commits of ours whose log was lost."""
    versions = two_versions(directory)
    (directory / history_module.FOLDER / history_module.LOG).unlink()
    return versions


SITUATIONS = [no_file, two_versions, foreign_file, foreign_over_ours, without_log]
Situation = Callable[[Path], list[bytes]]


@pytest.fixture(params=[True, False], ids=["links", "copies"])
def links(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """With hard links, and on a disk that has none."""
    if not request.param:

        def no_link(source: Path, target: Path) -> None:
            raise OSError(errno.EOPNOTSUPP, "Operation not supported")

        monkeypatch.setattr(os, "link", no_link)
    return bool(request.param)


@pytest.fixture
def nobody_waits_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each sync is a system call as before, which can be failed and killed, but asks the disk for nothing.

    Whoever is killed takes nothing from the system that it has: syncs count where the power is cut.
    """
    monkeypatch.setattr(os, "fsync", os.fstat)


NEW = render(state(99))


def all_is_kept(directory: Path, versions: list[bytes]) -> None:
    """The live file is the last version or the new one, each version is there by its number, work goes on."""
    store = StateFile(directory)
    live = store.path.read_bytes() if store.path.exists() else None
    assert live == NEW or live == (versions[-1] if versions else None)
    expected = [*versions, NEW] if live == NEW else versions
    assert [store.version(v.sequence) for v in store.history()] == expected
    assert [v.sequence for v in store.history()] == list(range(1, len(expected) + 1))
    made = store.update(always(state(100)), action="save")
    assert made.sequence == len(expected) + 1
    assert [store.version(v.sequence) for v in store.history()] == [*expected, render(state(100))]
    assert store.path.stat().st_nlink == 1
    store.path.write_bytes(b"in place")
    assert [store.version(number) for number in range(1, len(expected) + 1)] == expected


# --- every system call ------------------------------------------------------------------------------------


class Disturbed:
    """Does something instead of the Nth system call of a commit; what closes a descriptor is let through."""

    def __init__(self, number: int, action: Callable[[], None]) -> None:
        self.left = number
        self.action = action
        self.called = ""

    def __call__(self, _frame: FrameType, event: str, function: object) -> None:
        """As `sys.setprofile` calls it: before every call of a C function."""
        module, name = getattr(function, "__module__", ""), getattr(function, "__name__", "")
        if event != "c_call" or module not in ("posix", "fcntl") or name in ("close", "fspath"):
            return
        self.left -= 1
        if self.left == 0:
            sys.setprofile(None)
            self.called = name
            self.action()

    def __enter__(self) -> Disturbed:
        """From here on."""
        sys.setprofile(self)
        return self

    def __exit__(self, *_: object) -> None:
        """Until here."""
        sys.setprofile(None)


def fresh_copies(tmp_path: Path, situation: Situation) -> Iterator[tuple[int, Path, list[bytes]]]:
    """Numbered copies of a session in that situation, until the caller has enough."""
    template = tmp_path / "template"
    template.mkdir()
    versions = situation(template)
    for number in range(1, 500):
        copy = tmp_path / f"copy{number}"
        shutil.copytree(template, copy)
        yield number, copy, versions
        shutil.rmtree(copy)


@pytest.mark.parametrize("situation", SITUATIONS)
@pytest.mark.usefixtures("links", "nobody_waits_for_the_disk")
def test_that_a_kill_before_any_system_call_loses_nothing(tmp_path: Path, situation: Situation) -> None:
    for number, directory, versions in fresh_copies(tmp_path, situation):
        store = StateFile(directory, who="anna")
        child = os.fork()
        if child == 0:
            with Disturbed(number, lambda: os.kill(os.getpid(), signal.SIGKILL)):
                store.update(always(state(99)), action="save")
            os._exit(0)
        _, status = os.waitpid(child, 0)
        finished = os.WIFEXITED(status)
        if finished:
            assert os.WEXITSTATUS(status) == 0
            assert (directory / STATE_FILE).read_bytes() == NEW
        all_is_kept(directory, versions)
        if finished:
            assert number > 20
            return
    pytest.fail("the commit never ended")


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
@pytest.mark.parametrize("situation", SITUATIONS)
@pytest.mark.usefixtures("links", "nobody_waits_for_the_disk")
def test_that_a_failure_of_any_system_call_is_told_as_what_it_is(
    tmp_path: Path, situation: Situation, number: int
) -> None:
    def fail() -> None:
        raise OSError(number, os.strerror(number))

    told: set[type] = set()
    for place, directory, versions in fresh_copies(tmp_path, situation):
        before, store = files(directory), StateFile(directory, who="anna")
        disturbed = Disturbed(place, fail)
        with disturbed:
            result = tried(store, state(99))
        if standing(result):
            assert store.path.read_bytes() == NEW
        else:
            assert isinstance(result, NotWritten) or "cannot be read" in str(result)
            assert files(directory) == before, disturbed.called
        told.add(type(result))
        all_is_kept(directory, versions)
        if not disturbed.called:
            assert {Committed, NotWritten, NotConfirmed} <= told
            return
    pytest.fail("the commit never ended")


def test_that_what_was_not_confirmed_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = StateFile(tmp_path)
    commits: Commits = store._commits

    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(store._history, "append", fail)
    with pytest.raises(NotConfirmed, match="history cannot be written: the disk is full") as caught:
        store.update(always(state(1)), action="save")
    assert caught.value.committed.sequence == 1
    monkeypatch.undo()
    assert [version.action for version in store.history()] == ["foreign"]
    monkeypatch.setattr(commits, "_verify", fail)
    with pytest.raises(NotConfirmed, match="cannot be read back"):
        store.update(always(state(2)), action="save")
    assert [version.action for version in store.history()] == ["foreign", "save"]


def test_that_bytes_that_do_not_read_back_are_not_confirmed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = StateFile(tmp_path)
    append = store._history.append

    def intrude(versions: object) -> None:
        append(versions)  # type: ignore[arg-type]
        store.path.write_bytes(b"somebody's")

    monkeypatch.setattr(store._history, "append", intrude)
    with pytest.raises(NotConfirmed, match="does not hold what was written"):
        store.update(always(state(1)), action="save")


def steps_of(monkeypatch: pytest.MonkeyPatch, directory: Path) -> list[str]:
    """The steps that a commit will take on the disk, as they come, by the names of what they are done to."""
    steps: list[str] = []
    sync, move, link = os.fsync, os.replace, os.link

    def name(descriptor: int) -> str:
        path = Path(f"/proc/self/fd/{descriptor}").readlink()
        return "temporary" if path.suffix == ".rigstate-tmp" else str(path.relative_to(directory))

    def fsync(descriptor: int) -> None:
        steps.append(f"sync {name(descriptor)}")
        sync(descriptor)

    def replace(source: Path, target: Path) -> None:
        steps.append(f"replace {Path(target).name}")
        move(source, target)

    def link_file(source: Path, target: Path) -> None:
        steps.append(f"link {Path(target).name}")
        link(source, target)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(os, "replace", replace)
    monkeypatch.setattr(os, "link", link_file)
    return steps


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="no /proc here")
def test_that_old_bytes_and_new_are_safe_before_the_replace_and_the_name_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = steps_of(monkeypatch, tmp_path)
    store = StateFile(tmp_path)
    first = store.commit(state(1), expected_etag="absent")
    assert steps == ["sync .", "sync temporary", "replace session_state.json", "sync ."]
    steps.clear()
    second = store.commit(state(2), expected_etag=first.etag)
    kept = f"000001-{first.etag[:12]}.json"
    assert steps == [
        f"link {kept}",
        "sync temporary",
        f"sync .session_state_history/{kept}",
        "sync .session_state_history",
        "replace session_state.json",
        "sync .",
        f"replace 000002-{second.etag[:12]}.newest.json",
    ]


@pytest.mark.usefixtures("links")
def test_that_an_interrupt_right_after_the_replace_takes_nothing_out_of_history(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    versions = two_versions(tmp_path)
    move = durable.replace

    def replace(source: Path, target: Path) -> None:
        move(source, target)
        if target.name == STATE_FILE:
            raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(durable, "replace", replace)
        with pytest.raises(KeyboardInterrupt):
            StateFile(tmp_path).update(always(state(99)), action="save")
    all_is_kept(tmp_path, versions)


# --- killed at random -------------------------------------------------------------------------------------

COUNT = """
import sys
from persistence.states.edits import get_value, set_value
from persistence.files.retention import Policy
from persistence.store import StateFile
store = StateFile(sys.argv[1], budget=60, policy=Policy(dense=10**9, room=10**18))
def add(found):
    return set_value(found.document, "m.L", ("trials",), get_value(found.document, "m.L", ("trials",)) + 1)
for _ in range(int(sys.argv[2])):
    made = store.update(add, action="save")
    print(made.sequence, made.etag, flush=True)
"""


def counting(directory: Path, times: int) -> subprocess.Popen[str]:
    """A process that adds one to the trials, so many times, and acknowledges each."""
    return subprocess.Popen(
        [sys.executable, "-c", COUNT, str(directory), str(times)], stdout=subprocess.PIPE, text=True
    )


def test_that_a_process_killed_at_any_moment_loses_nothing_it_acknowledged(tmp_path: Path) -> None:
    store = StateFile(tmp_path, policy=EVERYTHING)
    store.commit(state(0, 3000), expected_etag="absent")
    chance = random.Random(7)
    acknowledged: dict[int, str] = {}
    for _ in range(30):
        process = counting(tmp_path, 100_000)
        assert process.stdout is not None
        first = process.stdout.readline()
        time.sleep(chance.random() * 0.03)
        process.kill()
        lines = [first, *process.stdout]
        process.wait()
        process.stdout.close()
        whole = [line.split() for line in lines if line.endswith("\n")]
        acknowledged.update({int(sequence): etag for sequence, etag in whole})
        last = max(acknowledged)
        trials = get_value(store.read().document, NAME, ("trials",))
        assert trials in (last - 1, last)  # the first version has none; at most one more than was said
    found = {version.sequence: version for version in store.history()}
    assert sorted(found) == list(range(1, max(found) + 1))
    for sequence, etag in acknowledged.items():
        assert found[sequence].etag == etag
        assert history_module.etag_of(store.version(sequence)) == etag
    assert len(acknowledged) >= 30


def test_that_writers_in_several_processes_never_lose_an_update(tmp_path: Path) -> None:
    store = StateFile(tmp_path, policy=EVERYTHING)
    store.commit(state(0), expected_etag="absent")
    processes = [counting(tmp_path, 50) for _ in range(4)]
    sequences: list[int] = []
    for process in processes:
        out, _ = process.communicate(timeout=120)
        assert process.returncode == 0
        sequences += [int(line.split()[0]) for line in out.splitlines()]
    assert get_value(store.read().document, NAME, ("trials",)) == 200
    assert sorted(sequences) == list(range(2, 202))
    versions = store.history()
    assert [version.sequence for version in versions] == list(range(1, 202))
    for version in versions:
        assert history_module.etag_of(store.version(version.sequence)) == version.etag
        assert version.action in ("save", "edit")


# --- full and read-only disks -----------------------------------------------------------------------------


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """Mounts real disks in memory, with given options."""
    mounted: list[Path] = []

    def mount(options: str) -> Path:
        place = tmp_path / f"disk{len(mounted)}"
        place.mkdir()
        command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)]
        if os.geteuid() != 0 or subprocess.run(command, capture_output=True, check=False).returncode != 0:
            pytest.skip("mounting a small disk needs root")
        mounted.append(place)
        return place

    yield mount
    for place in mounted:
        subprocess.run(["umount", str(place)], check=True)


def test_that_a_disk_filling_up_loses_nothing(small_disk: Callable[[str], Path]) -> None:
    disk = small_disk("size=256k")
    store = StateFile(disk, policy=EVERYTHING)
    versions: list[bytes] = []
    refused = 0
    for trials in range(200):
        before = files(disk)
        result = tried(store, state(trials, 3000 + trials * 7))
        made = standing(result)
        if made:
            versions.append(made.snapshot.data)
        else:
            assert "the disk is full" in str(result)
            assert files(disk) == before
            refused += 1
        assert store.path.read_bytes() == versions[-1]
    assert refused > 5
    assert [store.version(version.sequence) for version in store.history()] == versions


def test_that_a_disk_without_room_for_names_loses_nothing(small_disk: Callable[[str], Path]) -> None:
    for inodes in range(2, 12):
        disk = small_disk(f"size=1m,nr_inodes={inodes}")
        store = StateFile(disk, policy=EVERYTHING)
        versions: list[bytes] = []
        for trials in range(5):
            result = tried(store, state(trials))
            made = standing(result)
            if made:
                versions.append(made.snapshot.data)
            else:
                assert "the disk is full" in str(result)
        live = store.path.read_bytes() if store.path.exists() else None
        assert live == (versions[-1] if versions else None)
        assert [store.version(version.sequence) for version in store.history()] == versions


def test_that_a_read_only_disk_is_said_before_and_at_the_save(small_disk: Callable[[str], Path]) -> None:
    disk = small_disk("size=1m")
    store = StateFile(disk)
    store.commit(state(1), expected_etag="absent")
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    assert store.not_writable_because() == "the folder is read-only"
    assert store.read().document == state(1)
    assert len(store.history()) == 1
    with pytest.raises(NotWritten, match="the file system is read-only"):
        store.update(always(state(2)), action="save")


def test_that_a_file_that_may_not_grow_is_not_written(tmp_path: Path) -> None:
    store = StateFile(tmp_path)
    store.commit(state(1), expected_etag="absent")
    before = files(tmp_path)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (5000, limits[1]))
    try:
        with pytest.raises(NotWritten, match="larger than this disk or account allows"):
            store.update(always(state(2, 50_000)), action="save")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)
    assert files(tmp_path) == before


def as_visitor(action: Callable[[], str]) -> str:
    """What `action` says in a process without any rights here."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            if os.geteuid() == 0:
                os.setgid(65534)
                os.setuid(65534)
            os.write(writer, action().encode())
        except BaseException as error:
            os.write(writer, repr(error).encode())
            raise
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as said:
        text = said.read()
    os.waitpid(child, 0)
    return text


def test_that_a_visitor_without_rights_reads_and_leaves_nothing() -> None:
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        store = StateFile(directory)
        store.commit(state(1), expected_etag="absent")
        store.update(always(state(2)), action="save")
        (directory / ".session_state.lock").unlink()
        before = files(directory)

        def visit() -> str:
            seen = [store.read().etag, str(len(store.history())), store.not_writable_because()]
            return "\n".join([*seen, str(tried(store, state(3)))])

        for folder in (directory / history_module.FOLDER, directory):
            folder.chmod(0o555)
        try:
            said = as_visitor(visit)
        finally:
            directory.chmod(0o755)
        assert said.count("\n") == 3, said
        etag, versions, why, refused = said.splitlines()
        assert (etag, versions, why) == (store.peek(), "2", "the folder is read-only")
        assert "there is no permission" in refused
        assert files(directory) == before
        assert not (directory / ".session_state.lock").exists()


# --- found by the proof -----------------------------------------------------------------------------------


def version_two(directory: Path) -> bytes | str:
    """Its bytes, or why they cannot be had."""
    try:
        return StateFile(directory).version(2)
    except StateError as error:
        return str(error)


def test_that_a_spare_copy_that_cannot_be_read_for_a_moment_is_not_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    foreign_bytes(tmp_path)
    read = reading.read_file

    def fail(path: Path, *, limit: int | None) -> bytes:
        if path.name.endswith(".newest.json"):
            raise OSError(errno.EIO, "Input/output error")
        return read(path, limit=limit)

    with monkeypatch.context() as patched:
        patched.setattr(reading, "read_file", fail)
        told_in(tmp_path)
    assert version_two(tmp_path) == bytes_of(2)


def test_that_a_copy_that_the_disk_did_not_take_is_not_told_as_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    linked_elsewhere(tmp_path)
    write = os.write

    def lie_once(descriptor: int, data: bytes) -> int:
        monkeypatch.setattr(os, "write", write)
        return 1

    monkeypatch.setattr(os, "write", lie_once)
    told_in(tmp_path)
    assert version_two(tmp_path) == bytes_of(2)


def test_that_a_write_in_place_right_before_the_rename_does_not_reach_history(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    second_version(tmp_path)
    move = durable.replace

    def move_late(source: Path, target: Path) -> None:
        if target.name == STATE_FILE:
            target.write_bytes(b"an old program's")
        move(source, target)

    monkeypatch.setattr(durable, "replace", move_late)
    told_in(tmp_path)
    assert version_two(tmp_path) == bytes_of(2)
    versions = StateFile(tmp_path).history()
    assert [(found.sequence, found.action) for found in versions[-2:]] == [(3, "foreign"), (4, "save")]
    assert StateFile(tmp_path).version(3) == b"an old program's"
    assert versions[-1].etag_before == versions[-2].etag


def test_that_a_spare_copy_that_may_not_be_read_is_not_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    foreign_bytes(tmp_path)
    read = reading.read_file

    def refuse(path: Path, *, limit: int | None) -> bytes:
        if path.name.endswith(".newest.json"):
            raise PermissionError(errno.EACCES, "Permission denied")
        return read(path, limit=limit)

    with monkeypatch.context() as patched:
        patched.setattr(reading, "read_file", refuse)
        told_in(tmp_path)
    assert StateFile(tmp_path).version(2) == bytes_of(2)
