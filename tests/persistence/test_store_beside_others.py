"""The gate to the state file beside programs that know none: their bytes are told, kept, and never lost."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from persistence.document import Document, parse_document, render
from persistence.errors import (
    Conflict,
    Damaged,
    NewerVersion,
    NoSuchVersion,
    Refused,
)
from persistence.files.history import FOLDER, etag_of
from persistence.store import Snapshot, StateFile
from tests.persistence.stores import NAME, actions, always, attempts, everything, state

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="POSIX files")

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


def test_that_a_file_of_a_newer_version_is_never_written_over(store: StateFile) -> None:
    store.commit(state(1), expected_etag="absent")
    data = b'{"version": "3.1", "launcher_states": {}}'
    store.path.write_bytes(data)
    seen = store.peek()
    ways: tuple[Callable[[], object], ...] = (
        lambda: store.commit(state(2), expected_etag=seen),
        lambda: store.update(always(state(2)), action="save"),
        lambda: store.restore(1, expected_etag=seen),
        lambda: store.clear(expected_etag=seen),
    )
    for act in ways:
        with pytest.raises(NewerVersion):
            act()
        assert store.path.read_bytes() == data


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
