"""The gate to the state file, as whoever reads sees it: nothing is made, and nothing guessed."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from persistence.document import new_document, render
from persistence.errors import (
    Damaged,
    NoStateFile,
    NoSuchVersion,
    NotWritten,
    Refused,
    TooLarge,
)
from persistence.files import live as live_module
from persistence.lock import FileLock
from persistence.store import LOCK_FILE, StateFile
from tests.persistence.stores import always, attempts, everything, state

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="POSIX files")


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
