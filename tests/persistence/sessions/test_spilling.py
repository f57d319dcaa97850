"""What cannot get into its file is kept beside it, or at home; it is not lost, and brought in whole."""

from __future__ import annotations

import copy
import json
import os
import sys
import threading
from pathlib import Path

import pytest

from persistence.document import parse_document
from persistence.errors import Conflict, NewerVersion, NotConfirmed
from persistence.files import durable, reading
from persistence.files.reading import read_file
from persistence.launching import saving
from persistence.launching.remembered import Handler, remembered
from persistence.launching.saving import save
from persistence.lock import FileLock
from persistence.sessions import spilling
from persistence.store import LOCK_FILE, STATE_FILE, StateFile
from tests.persistence.launcher_scripts import finished, start
from tests.persistence.launching.test_saving import HOLDER
from tests.persistence.standstill import Standstill

NEWER = b'{"version": "2.0.0"}'


class Thing:
    """An object with a state."""

    def __init__(self, count: int = 0) -> None:
        self.count = count


def namespace_of(thing: object) -> str:
    """As a state file names it."""
    return f"{type(thing).__module__}.{type(thing).__name__}"


def attributes_in(path: Path) -> object:
    """Of the one launcher in a state file or spill."""
    (states,) = json.loads(path.read_bytes())["launcher_states"].values()
    return states["attributes"]


@pytest.fixture
def session(tmp_path: Path) -> Path:
    """A session whose file only a newer Rigstate may write."""
    directory = tmp_path / "session"
    directory.mkdir()
    (directory / STATE_FILE).write_bytes(NEWER)
    return directory


def test_that_a_state_that_may_not_be_written_lies_beside_its_file(
    session: Path, caplog: pytest.LogCaptureFixture
) -> None:
    report = save(Thing(7), session, outcome="failed")
    assert not report
    (spill,) = spilling.spills_of(session)
    assert report.unsaved == str(spill.path)
    assert spill.path.parent == session
    assert spilling.is_spill(spill.path.name)
    assert str(spill.path) in caplog.text
    assert f"rigstate adopt {session}" in caplog.text
    assert "newer" in spill.reason
    (name,) = spill.launchers
    assert dict(spill.document.namespace(name).attributes) == {"count": 7}
    assert spill.document.namespace(name).outcome == "failed"
    assert (session / STATE_FILE).read_bytes() == NEWER


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Little of the budget is for the state file, and so much for a spill as any machine needs."""
    monkeypatch.setattr(saving, "_COMMIT", 0.01)


@pytest.mark.usefixtures("impatient")
def test_that_a_lock_that_another_program_keeps_costs_no_state(tmp_path: Path) -> None:
    process = start("-c", HOLDER, tmp_path / LOCK_FILE)
    try:
        assert process.stdout.readline() == "held\n"
        report = save(Thing(3), tmp_path, budget=20)
    finally:
        process.kill()
        finished(process)
    assert not report
    assert attributes_in(Path(report.unsaved)) == {"count": 3}


def test_that_what_cannot_lie_beside_its_file_goes_home(tmp_path: Path) -> None:
    missing = tmp_path / "no" / "such" / "share"
    report = save(Thing(5), missing)
    assert not report
    assert not (tmp_path / "no").exists()
    path = Path(report.unsaved)
    assert path.parent == spilling.local_folder()
    (spill,) = spilling.spills_of(missing)
    assert (spill.path, spill.directory) == (path, missing)
    assert attributes_in(path) == {"count": 5}


def test_that_a_folder_that_does_not_answer_is_left_alone_and_the_state_goes_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = Standstill(monkeypatch)
    mkdir = os.mkdir

    def hang(path: object, *rest: int) -> None:
        if path == tmp_path:
            disk.here()
        else:
            mkdir(path, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "mkdir", hang)
    report = save(Thing(1), tmp_path)
    assert Path(report.unsaved).parent == spilling.local_folder()
    assert "not known" in report.error
    disk.go_on()


def test_that_a_full_disk_of_both_is_told_and_raises_nothing(
    session: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(durable, "write_file", full)
    report = save(Thing(1), session)
    assert not report
    assert report.unsaved == ""
    assert "was not saved" in caplog.text


def test_that_an_object_keeps_one_spill_and_drops_it_with_its_next_save(session: Path) -> None:
    thing = Thing(1)
    first = save(thing, session)
    thing.count = 2
    second = save(thing, session)
    assert first.unsaved != second.unsaved  # else somebody who reads the first could take away the second
    assert not Path(first.unsaved).exists()
    assert attributes_in(Path(second.unsaved)) == {"count": 2}
    (session / STATE_FILE).unlink()
    thing.count = 3
    assert save(thing, session)
    assert spilling.spills_of(session) == ()


def test_that_two_objects_never_share_a_spill(session: Path) -> None:
    paths = {save(Thing(number), session).unsaved for number in range(5)}
    assert len(paths) == 5
    assert len(spilling.spills_of(session)) == 5


def test_that_an_adopted_state_is_a_version_and_other_launchers_stay(session: Path) -> None:
    report = save(Thing(7), session)
    (spill,) = spilling.spills_of(session)
    other = {"version": "1.0.0", "mine": 1, "launcher_states": {"m.L": {"attributes": {"a": 1e2}}}}
    (session / STATE_FILE).write_text(json.dumps(other))
    file = StateFile(session)
    committed = spilling.adopt(file, spill)
    assert not spill.path.exists()
    found = json.loads(file.path.read_bytes())
    assert found["mine"] == 1
    assert found["launcher_states"]["m.L"] == other["launcher_states"]["m.L"]  # type: ignore[index]
    assert found["launcher_states"][namespace_of(Thing())]["attributes"] == {"count": 7}
    assert found["launcher_class"] == "Thing"
    assert spilling.KEY not in found
    newest = file.history()[-1]
    assert (newest.action, newest.sequence) == ("adopt", committed.sequence)
    assert newest.note == Path(report.unsaved).name
    assert json.loads(file.version(committed.replaced or 0)) == other


def test_that_what_cannot_be_adopted_stays(session: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(Thing(7), session)
    (spill,) = spilling.spills_of(session)
    file = StateFile(session)
    with pytest.raises(NewerVersion):
        spilling.adopt(file, spill)
    (session / STATE_FILE).unlink()
    with pytest.raises(Conflict):
        spilling.adopt(file, spill, expected_etag="0" * 64)
    assert spill.path.exists()

    def fail(*_: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(file._history, "append", fail)
    with pytest.raises(NotConfirmed):
        spilling.adopt(file, spill)
    assert spill.path.exists()


def test_that_whose_a_large_spill_is_is_known_without_reading_what_was_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trace = [*range(40_000), '\n    "unsaved": {"directory": "/other"}']
    states = {"m.C": {"attributes": {"trace": trace}, "saved_at": "2026-11-23T14:30:00"}}
    document = parse_document(json.dumps({"version": "1.0.0", "launcher_states": states}).encode())
    mine, other = tmp_path / "mine", tmp_path / "other"
    for directory in (mine, other, other):
        spilling.write_locally(spilling.new_name(), spilling.contents(document, directory, "no rights"))
    whole: list[Path] = []

    def counted(path: Path, *, limit: int | None) -> bytes:
        whole.append(path)
        return read_file(path, limit=limit)

    monkeypatch.setattr(reading, "read_file", counted)
    (told,) = spilling.told_of(mine)
    assert (told.owner, told.launchers) == (spilling.session_key(mine), ("m.C",))
    assert whole == [told.path]
    assert [spill.path for spill in spilling.spills_of(mine)] == [told.path]
    assert whole == [told.path, told.path]


@pytest.mark.parametrize(
    "data",
    [
        b'{"unsaved": {"directory": "/data/m1"}, "launcher_states": {}}',
        b'{\n    "unsaved": {"directory": "/data/m1"},\n    "more": 1\n}\n',
        b'{"unsaved": {"directory": "/data/m1"}, "more": {\n    "unsaved": {"directory": "/x"}\n}\n}\n',
    ],
)
def test_that_whose_a_spill_in_another_layout_is_is_known_too(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "spill"
    file.write_bytes(data)
    assert spilling.owner_of(file) == spilling.session_key("/data/m1")


def test_that_a_spill_survives_hostile_neighbours(session: Path) -> None:
    save(Thing(7), session)
    home = spilling.local_folder()
    home.mkdir(parents=True, exist_ok=True)
    (home / "session_state.unsaved-x-1-00000000.json").write_bytes(b"{")
    (home / "session_state.unsaved-x-1-00000001.json").write_bytes(b'{"unsaved": [1]}')
    (home / "other.json").write_bytes(b"{}")
    assert [spilling.owner_of(file) for file in spilling.local_files()] == ["", spilling.session_key(home)]
    assert len(spilling.spills_of(session)) == 1


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="needs another user's rights")
def test_that_a_read_only_folder_is_no_loss(tmp_path: Path) -> None:
    script = (
        "import os, sys\n"
        "from persistence import save\n"
        "class Thing: pass\n"
        "thing = Thing(); thing.count = 4\n"
        "save(thing, sys.argv[2])  # all is imported while this user may read it\n"
        "os.seteuid(65534)\n"
        "print(save(thing, sys.argv[1]).unsaved)\n"
    )
    home = tmp_path / "home"
    home.mkdir(mode=0o777)
    home.chmod(0o777)
    for parent in (*tmp_path.parents, tmp_path):
        if parent.stat().st_uid == os.geteuid() and str(parent).startswith("/tmp/"):
            parent.chmod(parent.stat().st_mode | 0o055)
    session = tmp_path / "session"
    session.mkdir(mode=0o755)
    process = start("-c", script, session, home / "warm", environment={"RIGSTATE_CONFIG_DIR": str(home)})
    _, said, errors = finished(process)
    assert Path(said.strip()).parent == home / "data" / "unsaved", errors
    assert list(session.iterdir()) == []


def test_that_only_one_lock_is_left_behind(session: Path) -> None:
    save(Thing(1), session)
    names = {path.name for path in session.iterdir()}
    assert {name for name in names if not spilling.is_spill(name)} == {STATE_FILE, LOCK_FILE}
    lock = FileLock(session / LOCK_FILE)
    lock.acquire(0)
    lock.release()


@pytest.mark.usefixtures("impatient")
def test_that_an_older_save_that_lands_late_takes_no_newer_state_away(tmp_path: Path) -> None:
    thing = Thing(1)
    memory = remembered(thing)
    entered, go_on = threading.Event(), threading.Event()

    def slowly(value: int) -> int:
        entered.set()
        go_on.wait(30)
        return value

    memory.handlers["count"] = Handler(slowly, None)
    older = threading.Thread(target=save, args=(thing, tmp_path))
    older.start()
    entered.wait(30)
    memory.handlers.clear()
    thing.count = 2
    newer = save(thing, tmp_path, budget=20)
    go_on.set()
    older.join()
    assert attributes_in(Path(newer.unsaved)) == {"count": 2}


def test_that_a_copy_of_an_object_takes_nothing_of_the_original_away(session: Path) -> None:
    thing = Thing(1)
    kept = save(thing, session).unsaved
    other = copy.copy(thing)
    (session / STATE_FILE).unlink()
    assert save(other, session)
    assert attributes_in(Path(kept)) == {"count": 1}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked")
def test_that_a_child_takes_nothing_of_its_parent_away(session: Path) -> None:
    thing = Thing(1)
    kept = save(thing, session).unsaved
    (session / STATE_FILE).unlink()
    child = os.fork()
    if child == 0:
        os._exit(0 if save(thing, session) else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert attributes_in(Path(kept)) == {"count": 1}
