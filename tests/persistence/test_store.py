"""The gate to the state file, as one program sees it: every promise of a commit and of reading."""

from __future__ import annotations

import errno
import json
import os
import stat
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from persistence.document import Document, new_document, parse_document, render
from persistence.errors import (
    Conflict,
    Damaged,
    LockTimeout,
    NewerVersion,
    NoStateFile,
    NoSuchAttribute,
    NoSuchVersion,
    NotConfirmed,
    NotWritten,
    Refused,
    StateError,
    TooLarge,
)
from persistence.files import live as live_module
from persistence.files.commit import Commits, Committed
from persistence.files.history import FOLDER, History, etag_of
from persistence.lock import FileLock
from persistence.states.edits import get_value, set_value, with_namespace
from persistence.store import LOCK_FILE, STATE_FILE, Snapshot, StateFile
from tests.persistence.first_save import first_save

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="POSIX files")
NAME = "m.L"


def state(trials: int, **more: int) -> Document:
    """A document of one launcher."""
    return first_save({"trials": trials, **more})


@pytest.fixture
def store(tmp_path: Path) -> StateFile:
    """The state file of an empty session directory."""
    return StateFile(tmp_path, who="anna", program="test", budget=5)


def always(
    document: Document, seen: list[Snapshot | None] | None = None
) -> Callable[[Snapshot | None], Document]:
    """A change for `update` that makes this document of anything, and notes what it was given."""

    def change(found: Snapshot | None) -> Document:
        if seen is not None:
            seen.append(found)
        return document

    return change


def attempts(*calls: Callable[[], object]) -> tuple[Callable[[], object], ...]:
    """Calls to be tried one by one."""
    return calls


def actions(store: StateFile) -> list[str]:
    """The actions of all versions."""
    return [version.action for version in store.history()]


def everything(directory: Path) -> dict[str, bytes]:
    """All files below a directory with their bytes."""
    return {
        str(path.relative_to(directory)): path.read_bytes() for path in directory.rglob("*") if path.is_file()
    }


# --- commit, history, restore, clear ----------------------------------------------------------------------


def test_that_a_first_commit_makes_the_file_and_its_first_version(store: StateFile) -> None:
    made = store.commit(state(1), expected_etag="absent", action="save", note="first")
    assert store.path.read_bytes() == render(state(1))
    assert (made.sequence, made.etag, made.etag_before, made.replaced) == (
        1,
        etag_of(render(state(1))),
        "absent",
        None,
    )
    (only,) = store.history()
    assert (only.who, only.program, only.action, only.note) == ("anna", "test", "save", "first")
    assert (only.etag_before, only.available, only.current) == ("absent", True, True)
    assert store.version(1) == render(state(1))


def test_that_a_commit_gives_back_what_a_read_would(store: StateFile) -> None:
    made = store.commit(state(1), expected_etag="absent")
    read = store.read()
    assert (made.snapshot.etag, made.snapshot.data, made.snapshot.mtime_ns) == (
        read.etag,
        read.data,
        read.mtime_ns,
    )
    assert made.snapshot.document == read.document
    assert store.peek() == read.etag


def test_that_each_commit_keeps_the_bytes_before_it(store: StateFile) -> None:
    etag = "absent"
    for trials in range(1, 6):
        made = store.commit(state(trials), expected_etag=etag)
        assert (made.sequence, made.replaced) == (trials, trials - 1 or None)
        etag = made.etag
    assert [store.version(number) for number in range(1, 6)] == [
        render(state(trials)) for trials in range(1, 6)
    ]
    assert [version.current for version in store.history()] == [False] * 4 + [True]
    assert all(version.available for version in store.history())
    before = ["absent", *(version.etag for version in store.history())]
    assert [version.etag_before for version in store.history()] == before[:-1]


def test_that_bytes_that_the_caller_holds_are_not_held_twice_and_make_no_difference(
    store: StateFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = store.commit(state(1), expected_etag="absent")
    held = store.read().data
    monkeypatch.setattr("persistence.store.look", lambda *_: pytest.fail("the bytes are there"))
    second = store.commit(state(2), expected_etag=first.etag, held=held)
    monkeypatch.undo()
    third = store.commit(state(3), expected_etag=second.etag, held=held)  # which are others by now
    assert [store.version(number) for number in (1, 2, 3)] == [render(state(count)) for count in (1, 2, 3)]
    with pytest.raises(Conflict):
        store.commit(state(4), expected_etag=first.etag, held=held)
    assert store.peek() == third.etag


def test_that_a_session_holds_the_files_of_the_format_and_no_more(store: StateFile) -> None:
    first = store.commit(state(1), expected_etag="absent")
    second = store.commit(state(2), expected_etag=first.etag)
    assert sorted(everything(store.directory)) == [
        ".session_state.lock",
        f".session_state_history/000001-{first.etag[:12]}.json",
        f".session_state_history/000002-{second.etag[:12]}.newest.json",
        ".session_state_history/log.jsonl",
        "session_state.json",
    ]
    lines = (store.directory / ".session_state_history" / "log.jsonl").read_text().splitlines()
    assert [json.loads(line)["sequence"] for line in lines] == [1, 2]


def test_that_restoring_brings_back_the_exact_bytes_as_a_new_version(store: StateFile) -> None:
    odd = b'{"launcher_states":{"m.L":{"attributes":{"a":1e2}}},\r\n"x":"\\ud800"}'
    store.path.write_bytes(odd)
    store.update(always(state(1)), action="save")
    made = store.restore(1)
    assert store.path.read_bytes() == odd
    assert (made.sequence, made.etag) == (3, etag_of(odd))
    assert actions(store) == ["foreign", "save", "restore"]
    assert store.history()[-1].note == "version 1"
    assert store.restore(2, note="take it back").etag == etag_of(render(state(1)))


def test_that_restoring_what_is_not_there_is_an_error(store: StateFile) -> None:
    store.commit(state(1), expected_etag="absent")
    for number in (0, 2, -1, 10**30):
        with pytest.raises(NoSuchVersion):
            store.restore(number)
    with pytest.raises(Conflict):
        store.restore(1, expected_etag="absent")
    assert len(store.history()) == 1


def test_that_clearing_keeps_the_file_and_can_be_taken_back(store: StateFile) -> None:
    both = with_namespace(state(1), module="n", class_name="M", attributes={}, saved_at="x", extra={})
    store.commit(both, expected_etag="absent")
    one = store.clear(NAME)
    assert store.read().document.namespaces == ("n.M",)
    assert (one.sequence, one.replaced) == (2, 1)
    everybody = store.clear(expected_etag=one.etag)
    assert store.read().document.namespaces == ()
    assert store.read().document.tree["launcher_states"] == {}
    assert everybody.replaced is not None
    store.restore(everybody.replaced)
    store.restore(1)
    assert store.path.read_bytes() == render(both)
    assert actions(store) == ["edit", "clear", "clear", "restore", "restore"]


def test_that_clearing_what_is_not_there_is_an_error(store: StateFile) -> None:
    with pytest.raises(NoStateFile):
        store.clear()
    store.commit(state(1), expected_etag="absent")
    with pytest.raises(NoSuchAttribute):
        store.clear("no.Such")
    with pytest.raises(Conflict):
        store.clear(NAME, expected_etag="0" * 64)
    assert len(store.history()) == 1


# --- compare and commit -----------------------------------------------------------------------------------


def test_that_a_commit_on_another_file_is_a_conflict_with_all_three_sides(store: StateFile) -> None:
    base = store.commit(state(1), expected_etag="absent")
    theirs = store.commit(state(2), expected_etag=base.etag)
    before = everything(store.directory)
    with pytest.raises(Conflict) as caught:
        store.commit(state(3), expected_etag=base.etag)
    conflict = caught.value
    assert (conflict.expected_etag, conflict.found_etag, conflict.path) == (
        base.etag,
        theirs.etag,
        store.path,
    )
    assert (conflict.base, conflict.theirs, conflict.mine) == (state(1), state(2), state(3))
    assert everything(store.directory) == before


def test_that_a_conflict_knows_no_sides_that_are_not_to_be_had(store: StateFile) -> None:
    with pytest.raises(Conflict) as caught:
        store.commit(state(1), expected_etag="f" * 64)
    assert (caught.value.base, caught.value.theirs, caught.value.found_etag) == (None, None, "absent")
    store.path.write_bytes(b"{")
    with pytest.raises(Conflict) as caught:
        store.commit(state(1), expected_etag="absent")
    assert caught.value.theirs is None


def test_that_a_change_of_the_same_size_and_time_is_noticed(store: StateFile) -> None:
    made = store.commit(state(1), expected_etag="absent")
    status = store.path.stat()
    store.path.write_bytes(render(state(2)))
    os.utime(store.path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert store.path.stat().st_size == status.st_size
    with pytest.raises(Conflict):
        store.commit(state(3), expected_etag=made.etag)


def test_that_update_works_on_the_newest_bytes_and_tells_their_number(store: StateFile) -> None:
    seen: list[tuple[int, int]] = []

    def count(found: Snapshot | None) -> Document:
        if found is None:
            return state(0)
        trials = get_value(found.document, NAME, ("trials",))
        assert isinstance(trials, int)
        seen.append((found.sequence, trials))
        return set_value(found.document, NAME, ("trials",), trials + 1)

    store.update(count, action="save")
    store.update(count, action="save")
    store.path.write_bytes(render(state(70)))
    made = store.update(count, action="save", note="after somebody")
    assert seen == [(1, 0), (3, 70)]
    assert (made.sequence, made.replaced) == (4, 3)
    assert actions(store) == ["save", "save", "foreign", "save"]


def test_that_what_a_change_raises_comes_out_and_nothing_is_written(store: StateFile) -> None:
    store.commit(state(1), expected_etag="absent")
    before = everything(store.directory)

    def fail(found: Snapshot | None) -> Document:
        raise RuntimeError("the launcher's own")

    with pytest.raises(RuntimeError, match="the launcher's own"):
        store.update(fail, action="save")
    assert everything(store.directory) == before
    store.update(always(state(2)), action="save")


# --- somebody else's bytes --------------------------------------------------------------------------------


def test_that_bytes_written_in_place_show_at_once_and_are_kept_at_the_next_commit(store: StateFile) -> None:
    first = store.commit(state(1), expected_etag="absent")
    second = store.commit(state(2), expected_etag=first.etag)
    foreign = b'{"launcher_states": {}, "by": "an old program"}'
    store.path.write_bytes(foreign)
    before = everything(store.directory)
    shown = store.history()
    assert [(v.sequence, v.action, v.current, v.available) for v in shown] == [
        (1, "edit", False, True),
        (2, "edit", False, True),  # overwritten where it stood, and there by its spare copy
        (3, "foreign", True, True),
    ]
    assert shown[-1].etag_before == second.etag
    assert (store.version(2), store.version(3)) == (render(state(2)), foreign)
    assert everything(store.directory) == before
    made = store.update(always(state(4)), action="save")
    assert (made.sequence, made.replaced) == (4, 3)
    assert [(v.sequence, v.action, v.etag_before) for v in store.history()][2:] == [
        (3, "foreign", second.etag),
        (4, "save", etag_of(foreign)),
    ]
    assert (store.version(2), store.version(3)) == (render(state(2)), foreign)


@pytest.mark.parametrize("damaged", [b"", bytes(100), b'{"a": ', b"\xff", b'{"a": 1, "a": 2}', b"[" * 1000])
def test_that_damaged_bytes_are_told_kept_and_never_cleared(store: StateFile, damaged: bytes) -> None:
    first = store.commit(state(1), expected_etag="absent")
    store.commit(state(0), expected_etag=first.etag)
    store.path.write_bytes(damaged)
    with pytest.raises(Damaged) as caught:
        store.read()
    assert caught.value.path == store.path
    assert str(caught.value).startswith(f"{store.path}: ")
    assert not caught.value.still_changing
    with pytest.raises(Refused, match="damaged"):
        store.clear()
    assert store.path.read_bytes() == damaged
    given: list[Snapshot | None] = []
    store.update(always(state(2), given), action="save")
    assert given == [None]
    assert store.version(3) == damaged
    with pytest.raises(Refused, match="version 3 is damaged itself"):
        store.restore(3)
    store.path.write_bytes(damaged)
    store.commit(state(3), expected_etag=etag_of(damaged))
    store.path.write_bytes(damaged)
    assert store.restore(1).etag == etag_of(render(state(1)))
    assert actions(store) == ["edit", "edit", "foreign", "save", "foreign", "edit", "foreign", "restore"]


def test_that_a_newer_file_is_read_and_never_written(store: StateFile) -> None:
    store.commit(state(1), expected_etag="absent")
    newer = b'{"version": "2.0.0", "launcher_states": {"m.L": {"attributes": {"trials": 1}}}}'
    store.path.write_bytes(newer)
    read = store.read()
    assert read.document.newer
    before = everything(store.directory)
    for action in attempts(
        lambda: store.commit(state(2), expected_etag=read.etag),
        lambda: store.update(always(state(2)), action="save"),
        lambda: store.restore(1),
        store.clear,
        lambda: store.clear(NAME),
    ):
        with pytest.raises(NewerVersion, match=r"newer version \(2\.0\.0\)") as caught:
            action()
        assert isinstance(caught.value, Refused)
        assert caught.value.version == "2.0.0"
    assert everything(store.directory) == before


def test_that_a_newer_document_is_never_written(store: StateFile) -> None:
    newer = Document({"version": "3.1"})
    with pytest.raises(Refused):
        store.commit(newer, expected_etag="absent")
    with pytest.raises(Refused):
        store.update(always(newer), action="save")
    assert not store.path.exists()


def test_that_an_exchange_between_look_and_replace_is_a_conflict_and_update_takes_it(
    store: StateFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = store.commit(state(1), expected_etag="absent")
    sync, foreign = os.fsync, [render(state(50)), render(state(60))]

    def intrude(descriptor: int) -> None:
        sync(descriptor)
        if foreign:
            other = store.directory / "theirs.json"
            other.write_bytes(foreign.pop())
            other.replace(store.path)

    monkeypatch.setattr(os, "fsync", intrude)
    with pytest.raises(Conflict):
        store.commit(state(2), expected_etag=made.etag)
    monkeypatch.undo()
    assert not [name for name in everything(store.directory) if "tmp" in name]
    foreign[:] = [render(state(70))]
    monkeypatch.setattr(os, "fsync", intrude)
    looked: list[Snapshot | None] = []
    store.update(always(state(3), looked), action="save")
    assert [found.document for found in looked if found] == [state(50), state(70)]
    assert store.read().document == state(3)
    assert state(70) in [parse_document(store.version(v.sequence)) for v in store.history() if v.available]


@posix_only
def test_that_a_disk_that_numbers_files_anew_each_time_can_be_written(
    store: StateFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = store.commit(state(1), expected_etag="absent")
    monkeypatch.setattr(os.path, "samestat", lambda *_: False)
    store.commit(state(2), expected_etag=made.etag)
    assert [store.version(number) for number in (1, 2)] == [render(state(1)), render(state(2))]


# --- reading ----------------------------------------------------------------------------------------------


def test_that_nothing_is_there_before_the_first_commit(store: StateFile) -> None:
    with pytest.raises(NoStateFile) as caught:
        store.read()
    assert caught.value.path == store.path
    assert store.peek() == "absent"
    assert store.history() == ()
    with pytest.raises(NoSuchVersion):
        store.version(1)
    assert everything(store.directory) == {}


def test_that_a_missing_folder_is_said_and_not_made(tmp_path: Path) -> None:
    store = StateFile(tmp_path / "gone")
    with pytest.raises(NoStateFile):
        store.read()
    assert (store.peek(), store.history()) == ("absent", ())
    assert store.not_writable_because() == "there is no such folder"
    with pytest.raises(NotWritten, match="no such folder"):
        store.commit(state(1), expected_etag="absent")
    assert not (tmp_path / "gone").exists()


@pytest.mark.parametrize("name", [".session_state.lock", ".session_state_history"])
def test_that_what_somebody_else_keeps_for_himself_is_said_before_anybody_types(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    store = StateFile(tmp_path)
    store.commit(new_document(), expected_etag="absent")
    assert store.not_writable_because() == ""
    really = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path).name != name and really(path, mode))
    assert store.not_writable_because().startswith(f"{name} in it belongs to somebody else")


def test_that_reading_makes_no_file_and_takes_no_lock(store: StateFile) -> None:
    store.path.write_bytes(render(state(1)))
    lock = FileLock(store.directory / LOCK_FILE)
    lock.acquire(0)
    try:
        before = everything(store.directory)
        assert store.read().document == state(1)
        assert len(store.history()) == 1
        assert store.version(1) == render(state(1))
        assert everything(store.directory) == before
    finally:
        lock.release()


def test_that_a_file_being_written_in_place_is_read_when_it_is_whole(
    store: StateFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its writer goes on while the reader waits, however long this machine makes either of them stand."""
    data = render(state(1, **{f"value_{number}": number for number in range(100)}))
    piece = len(data) // 6

    def write_on(_seconds: float = 0) -> None:
        with store.path.open("ab") as file:
            file.write(data[file.tell() : file.tell() + piece])

    write_on()
    monkeypatch.setattr("persistence.files.live.time.sleep", write_on)
    assert store.read().data == data


def test_that_bytes_that_never_rest_are_said_to_be_changing(
    store: StateFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_module, "SETTLE_SECONDS", 0.0)
    looked: list[int] = []
    look = live_module.look

    def look_again(path: Path, limit: int) -> live_module.Live:
        looked.append(1)
        path.write_bytes(b"{" * len(looked))
        return look(path, limit)

    monkeypatch.setattr(live_module, "look", look_again)
    with pytest.raises(Damaged) as caught:
        store.read()
    assert caught.value.still_changing


def test_that_a_file_over_the_limit_is_not_read_or_written(tmp_path: Path) -> None:
    small = StateFile(tmp_path, size_limit=300)
    small.commit(state(1), expected_etag="absent")
    before = everything(tmp_path)
    with pytest.raises(TooLarge):
        small.commit(state(1, **{"x" * 300: 1}), expected_etag=small.peek())
    assert everything(tmp_path) == before
    large = StateFile(tmp_path)
    large.commit(state(1, **{"x" * 300: 1}), expected_etag=large.peek())
    for action in attempts(small.read, small.peek, small.history, small.clear, lambda: small.restore(1)):
        with pytest.raises(TooLarge) as caught:
            action()
        assert caught.value.path == small.path
        assert "Allow a larger size" in str(caught.value)
    with pytest.raises(TooLarge):
        small.update(always(state(2)), action="save")
    assert len(large.history()) == 2


@posix_only
def test_that_links_and_devices_in_place_of_the_file_are_refused(
    store: StateFile, tmp_path_factory: pytest.TempPathFactory
) -> None:
    secret = tmp_path_factory.mktemp("elsewhere") / "secret.json"
    secret.write_bytes(render(state(1)))
    for place in attempts(
        lambda: store.path.symlink_to(secret), lambda: os.mkfifo(store.path), store.path.mkdir
    ):
        place()
        for action in attempts(
            store.read,
            store.peek,
            store.history,
            store.clear,
            lambda: store.restore(1),
            lambda: store.commit(state(2), expected_etag="absent"),
            lambda: store.update(always(state(2)), action="save"),
        ):
            with pytest.raises(Refused) as caught:
                action()
            assert caught.value.path == store.path
        if store.path.is_dir() and not store.path.is_symlink():
            store.path.rmdir()
        else:
            store.path.unlink()
    assert secret.read_bytes() == render(state(1))


@posix_only
def test_that_a_linked_lock_or_history_is_refused_and_nothing_written(
    store: StateFile, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    store.path.write_bytes(render(state(1)))
    for name in (LOCK_FILE, ".session_state_history"):
        (store.directory / LOCK_FILE).unlink(missing_ok=True)
        (store.directory / name).symlink_to(elsewhere)
        with pytest.raises(Refused, match="link"):
            store.update(always(state(2)), action="save")
        (store.directory / name).unlink()
    assert list(elsewhere.iterdir()) == []
    assert store.path.read_bytes() == render(state(1))


# --- the lock ---------------------------------------------------------------------------------------------


def test_that_a_commit_waits_for_its_budget_and_then_says_so(tmp_path: Path) -> None:
    store = StateFile(tmp_path, budget=0.1)
    store.commit(state(1), expected_etag="absent")
    lock = FileLock(tmp_path / LOCK_FILE)
    lock.acquire(0)
    before = everything(tmp_path)
    try:
        for action in attempts(
            lambda: store.commit(state(2), expected_etag=store.peek()),
            lambda: store.update(always(state(2)), action="save"),
            store.clear,
            lambda: store.restore(1),
        ):
            with pytest.raises(LockTimeout) as caught:
                action()
            assert isinstance(caught.value, NotWritten)
            assert caught.value.path == store.path
    finally:
        lock.release()
    assert everything(tmp_path) == before


def test_that_threads_sharing_one_store_lose_nothing(store: StateFile) -> None:
    store.commit(state(0), expected_etag="absent")

    def add(found: Snapshot | None) -> Document:
        assert found is not None
        trials = get_value(found.document, NAME, ("trials",))
        assert isinstance(trials, int)
        return set_value(found.document, NAME, ("trials",), trials + 1)

    def work() -> None:
        for _ in range(10):
            store.update(add, action="save")

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert get_value(store.read().document, NAME, ("trials",)) == 40
    assert [version.sequence for version in store.history()] == list(range(1, 42))
    assert all(version.available for version in store.history())


# --- the rest ---------------------------------------------------------------------------------------------


@posix_only
def test_that_mode_is_kept_and_a_link_of_somebody_else_is_left_behind(store: StateFile) -> None:
    store.commit(state(1), expected_etag="absent")
    store.path.chmod(0o640)
    backup = store.directory / "backup.json"
    os.link(store.path, backup)
    store.commit(state(2), expected_etag=store.peek())
    assert store.path.stat().st_mode & 0o777 == 0o640
    backup.write_bytes(b"rewritten through the link")
    assert store.version(1) == render(state(1))
    assert store.path.stat().st_nlink == 1


@posix_only
def test_that_history_never_stays_linked_to_the_live_file(store: StateFile) -> None:
    for trials in range(1, 4):
        store.commit(state(trials), expected_etag=store.peek())
        assert store.path.stat().st_nlink == 1
    kept = store.directory / ".session_state_history" / f"000003-{store.peek()[:12]}.json"
    os.link(store.path, kept)  # what a commit leaves that was killed before its replace
    with store.path.open("r+b") as file:  # and an old program writes in place
        file.write(b"X")
    assert store.history()[-1].action == "foreign"
    store.update(always(state(9)), action="save")
    assert [(v.sequence, v.available) for v in store.history()] == [
        (1, True),
        (2, True),
        (3, True),  # from its spare copy, the link being gone
        (4, True),
        (5, True),
    ]
    assert store.version(3) == render(state(3))
    assert store.version(4).startswith(b"X")


@posix_only
def test_that_what_was_written_through_a_link_is_not_told_as_the_version_that_it_was(
    store: StateFile,
) -> None:
    """Where its spare copy is gone, too, nothing is left of it, and nothing is said to be."""
    for trials in range(1, 4):
        store.commit(state(trials), expected_etag=store.peek())
    history = store.directory / ".session_state_history"
    os.link(store.path, history / f"000003-{store.peek()[:12]}.json")
    store.path.write_bytes(b"X")
    for spare in history.glob("*.newest.json"):
        spare.unlink()
    store.update(always(state(9)), action="save")
    assert [(v.sequence, v.available) for v in store.history()][2:] == [(3, False), (4, True), (5, True)]
    assert store.version(4) == b"X"


def test_that_no_number_is_given_twice_where_neither_line_nor_copy_could_be_written(
    store: StateFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same bytes come again and again, and the disk is full in between: found by the model suite."""

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    store.commit(state(1), expected_etag="absent")
    with monkeypatch.context() as disk:
        disk.setattr(Commits, "_put_spare", full)
        with pytest.raises(NotConfirmed):
            store.commit(state(2), expected_etag=store.peek())
    store.path.write_bytes(render(state(1)))
    with monkeypatch.context() as disk:
        disk.setattr(Commits, "_put_spare", full)
        disk.setattr(History, "append", full)
        with pytest.raises(NotConfirmed) as told:
            store.commit(state(2), expected_etag=store.peek())
    assert (told.value.committed.replaced, told.value.committed.sequence) == (3, 4)
    assert store.commit(state(1), expected_etag=store.peek()).sequence == 5
    assert [v.sequence for v in store.history()] == [1, 2, 3, 4, 5]
    assert store.version(3) == render(state(1))
    assert store.version(4) == render(state(2))


def test_that_a_copy_that_was_torn_says_nothing_of_what_came_after_it(
    store: StateFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As above, and the copy of the last line's version was begun: found by the model suite, too."""

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    def torn(_: Commits, committed: Committed, __: os.stat_result) -> None:
        name = f"{committed.sequence:06d}-{committed.etag[:12]}.newest.json"
        (store.directory / FOLDER / name).touch()
        full()

    store.commit(state(1), expected_etag="absent")
    for trials, failing in ((2, {"_put_spare": torn}), (2, {"_put_spare": full, "append": full})):
        store.path.write_bytes(render(state(trials)))
        with monkeypatch.context() as disk:
            for name, instead in failing.items():
                disk.setattr(History if name == "append" else Commits, name, instead)
            with pytest.raises(NotConfirmed):
                store.commit(state(1), expected_etag=store.peek())
    assert store.commit(state(2), expected_etag=store.peek()).sequence == 6
    assert [v.sequence for v in store.history()] == [1, 2, 3, 4, 5, 6]
    assert [store.version(number) for number in (2, 4)] == [render(state(2))] * 2


def test_that_old_temporary_files_are_swept_by_a_commit(store: StateFile) -> None:
    left = store.directory / f".{STATE_FILE}.77-0123456789ab.rigstate-tmp"
    left.write_bytes(b"half")
    os.utime(left, (0, 0))
    store.commit(state(1), expected_etag="absent")
    assert not left.exists()


def test_that_who_is_the_account_unless_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "berta")
    store = StateFile(str(tmp_path))
    store.commit(state(1), expected_etag="absent")
    assert store.history()[0].who == "berta"
    for name in ("LOGNAME", "USER", "USERNAME"):
        monkeypatch.delenv(name, raising=False)
    StateFile(tmp_path).update(always(state(2)), action="save")
    assert isinstance(store.history()[1].who, str)


def test_that_every_error_is_one_sentence_with_its_path(store: StateFile) -> None:
    errors: list[StateError] = []
    store.commit(state(1), expected_etag="absent")
    for action in attempts(
        lambda: store.commit(state(2), expected_etag="x"),
        lambda: store.clear("no.Such"),
        lambda: store.version(9),
    ):
        with pytest.raises(StateError) as caught:
            action()
        errors.append(caught.value)
    for error in errors:
        assert str(error).startswith(str(store.directory))
        assert str(error).endswith(".")
        assert "\n" not in str(error)


def test_that_a_document_nobody_could_read_again_is_not_written(store: StateFile) -> None:
    deep: object = 1
    for _ in range(300):
        deep = [deep]
    with pytest.raises(StateError, match="more than 200 levels"):
        store.commit(Document({"a": deep}), expected_etag="absent")  # type: ignore[dict-item]
    assert not store.path.exists()


# --- the newest version, whatever others do to the file ---------------------------------------------------


@pytest.mark.parametrize("how", ["in place", "by another file", "deleted"])
def test_that_the_newest_version_outlives_a_program_without_history(store: StateFile, how: str) -> None:
    store.commit(state(1), expected_etag="absent")
    store.commit(state(2), expected_etag=store.peek())
    if how == "in place":
        store.path.write_bytes(b"{}")
    elif how == "by another file":
        (store.directory / "other").write_bytes(b"{}")
        (store.directory / "other").replace(store.path)
    else:
        store.path.unlink()
    assert store.version(2) == render(state(2))
    assert [v.available for v in store.history()][:2] == [True, True]
    store.update(always(state(9)), action="save")
    assert store.version(2) == render(state(2))
    kept = store.directory / ".session_state_history" / f"000002-{etag_of(render(state(2)))[:12]}.json"
    assert kept.read_bytes() == render(state(2))
    assert store.restore(2).etag == etag_of(render(state(2)))


def test_that_the_newest_version_is_found_without_its_line(store: StateFile) -> None:
    store.commit(state(1), expected_etag="absent")
    store.commit(state(2), expected_etag=store.peek())
    (store.directory / ".session_state_history" / "log.jsonl").unlink()
    assert [(v.sequence, v.current) for v in store.history()] == [(1, False), (2, True)]
    store.path.write_bytes(b"{}")
    assert [(v.sequence, v.available, v.current) for v in store.history()] == [
        (1, True, False),
        (2, True, False),
        (3, True, True),
    ]
    assert store.update(always(state(9)), action="save").sequence == 4
    assert [store.version(number) for number in (1, 2, 3)] == [render(state(1)), render(state(2)), b"{}"]


def test_that_a_torn_spare_copy_is_nobodys_version(store: StateFile) -> None:
    store.commit(state(1), expected_etag="absent")
    (spare,) = (store.directory / ".session_state_history").glob("*.newest.json")
    spare.write_bytes(spare.read_bytes()[:-7])
    store.path.write_bytes(b"{}")
    assert [(v.sequence, v.available) for v in store.history()] == [(1, False), (2, True)]
    with pytest.raises(NoSuchVersion):
        store.version(1)
    store.update(always(state(9)), action="save")
    assert [(v.sequence, v.available) for v in store.history()] == [(1, False), (2, True), (3, True)]
    assert len(list((store.directory / ".session_state_history").glob("*.newest.json"))) == 1


@posix_only
def test_that_the_spare_copy_is_as_private_as_the_state_file(store: StateFile) -> None:
    store.commit(state(1), expected_etag="absent")
    store.path.chmod(0o600)
    store.commit(state(2), expected_etag=store.peek())
    (spare,) = (store.directory / ".session_state_history").glob("*.newest.json")
    assert stat.S_IMODE(spare.stat().st_mode) == 0o600


@posix_only
def test_that_a_spare_copy_is_never_written_through_a_link(store: StateFile, tmp_path: Path) -> None:
    store.commit(state(1), expected_etag="absent")
    (spare,) = (store.directory / ".session_state_history").glob("*.newest.json")
    victim = tmp_path / "victim"
    victim.write_bytes(b"mine")
    spare.unlink()
    spare.symlink_to(victim)
    store.commit(state(2), expected_etag=store.peek())
    (spare,) = (store.directory / ".session_state_history").glob("*.newest.json")
    spare.unlink()
    os.link(victim, spare)
    store.commit(state(3), expected_etag=store.peek())
    assert victim.read_bytes() == b"mine"


def test_that_a_version_written_through_the_link_of_a_crashed_commit_outlives_its_file(
    tmp_path: Path,
) -> None:
    store = StateFile(tmp_path)
    made = store.commit(state(1), expected_etag="absent")
    os.link(
        store.path, tmp_path / FOLDER / f"000001-{made.etag[:12]}.json"
    )  # and there the process was killed
    store.path.write_bytes(b"")  # by an old program
    store.path.unlink()
    store.update(lambda _: state(2), action="save")
    assert store.version(1) == made.snapshot.data
