"""The gate to the state file, as one program sees it: every promise of a commit."""

from __future__ import annotations

import errno
import json
import os
import sys
import threading
from pathlib import Path

import pytest

from persistence.document import Document, render
from persistence.errors import (
    Conflict,
    LockTimeout,
    NoStateFile,
    NoSuchAttribute,
    NoSuchVersion,
    NotConfirmed,
    NotWritten,
    StateError,
)
from persistence.files.commit import Commits, Committed
from persistence.files.history import FOLDER, History, etag_of
from persistence.lock import FileLock
from persistence.states.edits import get_value, set_value, with_namespace
from persistence.store import LOCK_FILE, STATE_FILE, Snapshot, StateFile
from tests.persistence.stores import NAME, actions, always, attempts, everything, state

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="POSIX files")

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


def test_that_of_versions_with_the_same_bytes_only_the_expected_one_is_replaced(store: StateFile) -> None:
    first = store.commit(state(1), expected_etag="absent")
    store.commit(state(2), expected_etag=first.etag)
    third = store.restore(1)
    assert third.etag == first.etag
    with pytest.raises(Conflict, match="was changed since it was read"):
        store.restore(2, expected_etag=first.etag, expected_sequence=1)
    assert store.history()[-1].sequence == 3
    assert store.restore(2, expected_etag=first.etag, expected_sequence=3).sequence == 4


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
