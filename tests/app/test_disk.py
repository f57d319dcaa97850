"""The disk worker: reads what is there, changes only what was seen, looks again by itself, and ends."""

import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from pytestqt.qtbot import QtBot

from app.disk import Disk, change, look_at_root, read_snapshot
from app.errands import (
    Clear,
    Commit,
    Done,
    Look,
    NotDone,
    Open,
    Opened,
    Rescan,
    Restore,
    RootSeen,
    ScanEnded,
    Seen,
)
from persistence.document import parse_document
from persistence.edits import get_value, set_value
from persistence.running import RunningMarker
from persistence.store import STATE_FILE, StateFile
from tests.small_rig import NAMESPACE, made_session

Answer = TypeVar("Answer")
COUNT = ("trial_count",)


def edited(session: Path, count: int = 150) -> Commit:
    """The commit of an operator who saw the session as it is now."""
    snapshot = read_snapshot(str(session))
    assert snapshot.document is not None
    return Commit(str(session), set_value(snapshot.document, NAMESPACE, COUNT, count), snapshot.etag)


def count_in(session: Path) -> object:
    return get_value(StateFile(session).read().document, NAMESPACE, COUNT)


def test_that_a_session_is_read_whole(tmp_path: Path) -> None:
    session = made_session(tmp_path)
    snapshot = read_snapshot(str(session))
    assert snapshot.document is not None
    assert snapshot.document.namespaces == (NAMESPACE,)
    assert (snapshot.etag, snapshot.size) == (
        StateFile(session).peek(),
        (session / STATE_FILE).stat().st_size,
    )
    assert (snapshot.problem, snapshot.editable, snapshot.versions) == (None, True, 1)


@pytest.mark.parametrize(
    ("data", "kind"),
    [(b"", "being_written"), (b"\0" * 50, "damaged"), (b'{"a": 1, "a": 2}', "damaged"), (b"[]", "damaged")],
)
def test_that_damage_is_part_of_what_is_read(tmp_path: Path, data: bytes, kind: str) -> None:
    session = made_session(tmp_path)
    (session / STATE_FILE).write_bytes(data)
    snapshot = read_snapshot(str(session))
    assert snapshot.document is None
    assert snapshot.problem is not None
    assert snapshot.problem.kind == kind
    assert not snapshot.editable


def test_that_a_session_that_is_not_there_is_no_error(tmp_path: Path) -> None:
    snapshot = read_snapshot(str(tmp_path / "gone"))
    assert snapshot.problem is not None
    assert snapshot.problem.kind == "no_state"


def test_that_a_commit_is_one_version_and_read_back(tmp_path: Path) -> None:
    session = made_session(tmp_path)
    before = (session / STATE_FILE).read_bytes()
    done = change(edited(session))
    assert isinstance(done, Done)
    assert count_in(session) == 150
    assert (done.sequence, done.replaced, done.doubt) == (2, 1, "")
    assert done.snapshot == read_snapshot(str(session))
    assert StateFile(session).version(1) == before
    assert StateFile(session).history()[-1].program == "Rigstate"


def test_that_a_commit_over_a_version_nobody_saw_is_refused(tmp_path: Path) -> None:
    session = made_session(tmp_path)
    mine, theirs = edited(session, 150), edited(session, 16)
    assert isinstance(change(theirs), Done)
    bytes_of_theirs = (session / STATE_FILE).read_bytes()
    refused = change(mine)
    assert isinstance(refused, NotDone)
    assert (refused.kind, bool(refused.snapshot.saved_by)) == ("changed", True)
    assert refused.snapshot.etag == StateFile(session).peek()
    assert (session / STATE_FILE).read_bytes() == bytes_of_theirs


def test_that_a_clear_is_taken_back_to_the_very_bytes(tmp_path: Path) -> None:
    session = made_session(tmp_path, note="a\nb", number=1e22)
    before = (session / STATE_FILE).read_bytes()
    cleared = change(Clear(str(session), None, StateFile(session).peek()))
    assert isinstance(cleared, Done)
    assert cleared.snapshot.document is not None
    assert cleared.snapshot.document.namespaces == ()
    assert cleared.replaced is not None
    back = change(Restore(str(session), cleared.replaced, cleared.snapshot.etag))
    assert isinstance(back, Done)
    assert (session / STATE_FILE).read_bytes() == before


def test_that_nothing_is_changed_while_the_session_runs(tmp_path: Path) -> None:
    session = made_session(tmp_path)
    errand = edited(session)
    marker = RunningMarker(session, "rig.CountingLauncher")
    marker.acquire()
    try:
        refused = change(errand)
        assert isinstance(refused, NotDone)
        assert refused.sentence.startswith("CountingLauncher on ")
        assert "still running" in refused.sentence
        assert not read_snapshot(str(session)).editable
        marker.finishing()
        assert isinstance(change(errand), Done)
    finally:
        marker.release()


def test_that_a_damaged_or_newer_file_is_never_written_over(tmp_path: Path) -> None:
    for name, data in (("damaged", b'{"version"'), ("newer", b'{"version": "2.0.0", "launcher_states": {}}')):
        session = made_session(tmp_path, name)
        document = edited(session).document
        (session / STATE_FILE).write_bytes(data)
        for errand in (
            Commit(str(session), document, StateFile(session).peek()),
            Clear(str(session), None, StateFile(session).peek()),
        ):
            refused = change(errand)
            assert isinstance(refused, NotDone)
            assert refused.kind == "refused"
            assert refused.sentence
            assert (session / STATE_FILE).read_bytes() == data


def test_that_a_read_only_session_says_so_before_anybody_types(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = made_session(tmp_path)
    monkeypatch.setattr(
        os, "access", lambda *_: False
    )  # root, who runs the tests in CI, may write everywhere
    assert "read-only" in read_snapshot(str(session)).not_editable_because


def test_that_a_folder_is_known_by_its_identity(tmp_path: Path) -> None:
    root = tmp_path / "root"
    assert not look_at_root(str(root)).available
    root.mkdir()
    first = look_at_root(str(root))
    assert first.available
    root.rename(tmp_path / "other")
    root.mkdir()
    assert look_at_root(str(root)).identity != first.identity


class Asked:
    """A disk worker on a folder, and its answers."""

    def __init__(self, root: Path, qtbot: QtBot, rescan_seconds: float) -> None:
        self.disk = Disk(str(root), rescan_seconds)
        self.qtbot = qtbot
        self.answers: list[object] = []
        self.threads: set[int] = set()
        self.disk.answered.connect(self._note)
        self.disk.start()

    def _note(self, answer: object) -> None:
        self.threads.add(threading.get_ident())
        self.answers.append(answer)

    def of(self, kind: type[Answer]) -> list[Answer]:
        return [answer for answer in self.answers if isinstance(answer, kind)]

    def ask(self, *errands: object) -> None:
        for errand in errands:
            self.disk.ask(errand)

    def wait_for(self, kind: type[object], count: int = 1) -> None:
        self.qtbot.waitUntil(lambda: len(self.of(kind)) >= count)


@pytest.fixture
def asked(tmp_path: Path, qtbot: QtBot) -> Iterator[Asked]:
    made = Asked(tmp_path, qtbot, rescan_seconds=3600)
    yield made
    made.disk.close()
    assert made.disk.wait()


def names(seen: list[Seen]) -> set[str]:
    return {summary.name for one in seen for summary in one.summaries}


def test_that_a_whole_look_ends_with_all_there_is(asked: Asked, tmp_path: Path) -> None:
    for number in range(250):
        (tmp_path / f"m{number % 7}" / f"s{number:03d}" / "launcher_metadata").mkdir(parents=True)
    asked.ask(Rescan())
    asked.wait_for(ScanEnded)
    seen = asked.of(Seen)
    assert len(names(seen)) == 250
    assert len(seen) > 2
    assert all(one.all is None for one in seen[:-1])
    assert seen[-1].all == frozenset(summary.directory for one in seen for summary in one.summaries)
    assert asked.of(RootSeen)[0].available


def test_that_opening_does_not_wait_for_a_whole_look(asked: Asked, tmp_path: Path) -> None:
    session = made_session(tmp_path / "m0")
    for number in range(350):
        (tmp_path / f"m{number % 7}" / f"s{number:03d}" / "launcher_metadata").mkdir(parents=True)
    asked.ask(Rescan(), Open(str(session), 7))
    asked.wait_for(ScanEnded)
    kinds = [type(answer) for answer in asked.answers]
    assert kinds.index(Opened) < kinds.index(ScanEnded)
    assert asked.of(Opened)[0].stamp == 7
    assert len(asked.of(Seen)) > 1


def test_that_a_session_made_during_a_whole_look_is_not_taken_for_gone(tmp_path: Path, qtbot: QtBot) -> None:
    for number in range(150):
        (tmp_path / f"s{number:03d}" / "launcher_metadata").mkdir(parents=True)
    disk, seen = Disk(str(tmp_path)), list[object]()
    disk.answered.connect(seen.append)
    disk.work(Rescan())  # on this thread, piece by piece, so that the moment is certain
    disk._scan_piece()
    late = made_session(tmp_path / "late" / "deep")
    disk.work(Look(frozenset([str(late)])))
    disk._scan_piece()
    disk.finish()
    whole = [one for one in seen if isinstance(one, Seen)][-1]
    assert whole.all is not None
    assert str(late) in whole.all
    assert len(whole.all) == 151


def test_that_a_look_finds_the_session_around_or_below(asked: Asked, tmp_path: Path) -> None:
    session = made_session(tmp_path / "mouse")
    asked.ask(Rescan())
    asked.wait_for(ScanEnded)
    asked.answers.clear()
    (session / "data").mkdir()
    made_session(session / "data", "not_a_session_of_its_own")
    asked.ask(Look(frozenset([str(session / "data")])))
    asked.wait_for(Seen)
    assert (asked.of(Seen)[0].directory, names(asked.of(Seen))) == (str(session), {session.name})
    other = made_session(tmp_path / "mouse2")
    asked.ask(Look(frozenset([str(tmp_path / "mouse2")])))
    asked.wait_for(Seen, 2)
    assert asked.of(Seen)[1].all == frozenset([str(other)])


def test_that_many_directories_are_told_together(asked: Asked, tmp_path: Path) -> None:
    gone, kept = made_session(tmp_path, "gone"), made_session(tmp_path, "kept")
    asked.ask(Rescan())
    asked.wait_for(ScanEnded)
    asked.answers.clear()
    shutil.rmtree(gone)
    new = [made_session(tmp_path / "mouse", f"s{number}") for number in range(5)]
    asked.ask(Look(frozenset(map(str, [gone, kept, *new]))))
    asked.wait_for(Seen)
    (seen,) = asked.of(Seen)
    assert {summary.directory for summary in seen.summaries} == set(map(str, [kept, *new]))
    assert (seen.all, seen.gone) == (None, frozenset([str(gone)]))


def test_that_opening_does_not_wait_for_many_looks(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    sessions = [made_session(tmp_path, f"s{number}") for number in range(3)]
    monkeypatch.setattr("app.disk.PIECE_SECONDS", 0.0)  # a share on which each look takes its time
    disk, answers = Disk(str(tmp_path)), list[object]()
    disk.answered.connect(answers.append)
    disk.ask(Look(frozenset(map(str, sessions))))
    disk.ask(Open(str(sessions[0]), 7))
    disk.start()  # with both in the row
    qtbot.waitUntil(lambda: len(answers) == 4)
    disk.close()
    assert disk.wait()
    assert [type(answer) for answer in answers] == [Seen, Opened, Seen, Seen]
    assert len(names([answer for answer in answers if isinstance(answer, Seen)])) == 3


def test_that_a_slow_folder_is_looked_at_in_small_pieces(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        made_session(tmp_path, f"s{number}")
    monkeypatch.setattr("app.disk.PIECE_SECONDS", 0.0)
    disk, seen = Disk(str(tmp_path)), list[object]()
    disk.answered.connect(seen.append)
    disk.work(Rescan())  # on this thread, piece by piece
    while not any(isinstance(one, ScanEnded) for one in seen):
        disk._scan_piece()
    disk.finish()
    pieces = [one for one in seen if isinstance(one, Seen)]
    assert [len(one.summaries) for one in pieces] == [1, 1, 1, 0]
    assert pieces[-1].all == frozenset(summary.directory for one in pieces for summary in one.summaries)


@pytest.mark.parametrize("below", ["", "s"])
def test_that_sessions_are_not_gone_where_the_folder_is_out_of_reach(
    tmp_path: Path, qtbot: QtBot, below: str
) -> None:
    root = tmp_path / "root"
    session = made_session(root, below)
    asked = Asked(root, qtbot, rescan_seconds=3600)
    asked.ask(Rescan())
    asked.wait_for(ScanEnded)
    asked.answers.clear()
    root.rename(tmp_path / "away")
    asked.ask(Look(frozenset([str(session)])))
    asked.wait_for(RootSeen)
    assert not asked.of(RootSeen)[0].available
    assert asked.of(Seen) == []
    asked.disk.close()
    assert asked.disk.wait()


def test_that_a_change_is_told_with_the_list_at_once(asked: Asked, tmp_path: Path) -> None:
    session = made_session(tmp_path)
    asked.ask(edited(session))
    asked.wait_for(Seen)
    (done,) = asked.of(Done)
    (summary,) = asked.of(Seen)[0].summaries
    assert summary.etag == done.snapshot.etag
    assert summary.edited_by


def test_that_the_folder_is_looked_at_again_by_itself(tmp_path: Path, qtbot: QtBot) -> None:
    asked = Asked(tmp_path, qtbot, rescan_seconds=0.02)
    asked.ask(Rescan())
    asked.wait_for(ScanEnded)
    made_session(tmp_path)
    qtbot.waitUntil(lambda: bool(names(asked.of(Seen))))
    asked.disk.close()
    assert asked.disk.wait()


def test_that_a_folder_that_comes_back_is_found_by_itself(tmp_path: Path, qtbot: QtBot) -> None:
    root = tmp_path / "root"
    asked = Asked(root, qtbot, rescan_seconds=0.02)
    asked.ask(Rescan())
    asked.wait_for(RootSeen)
    assert not asked.of(RootSeen)[0].available
    assert asked.of(Seen) == []
    made_session(root)
    asked.wait_for(Seen)
    assert asked.of(RootSeen)[-1].available
    asked.disk.close()
    assert asked.disk.wait()


def test_that_a_half_written_file_is_looked_at_again_until_it_is_whole_or_damaged(
    asked: Asked, tmp_path: Path
) -> None:
    file = made_session(tmp_path) / STATE_FILE
    file.write_bytes(file.read_bytes()[:100])
    young = file.stat().st_mtime - 3.5
    os.utime(file, (young, young))

    def kinds() -> set[str]:
        seen = [summary for one in asked.of(Seen) for summary in one.summaries]
        return {summary.problem.kind for summary in seen if summary.problem is not None}

    asked.disk.ask(Rescan())
    asked.qtbot.waitUntil(lambda: kinds() == {"being_written", "damaged"}, timeout=10_000)


def test_that_a_look_that_is_asked_for_during_another_is_not_forgotten(asked: Asked, tmp_path: Path) -> None:
    asked.ask(Rescan(), Rescan(), Rescan())
    asked.wait_for(ScanEnded, 2)


def test_that_closing_cuts_a_whole_look_short_and_keeps_what_was_asked_before(
    tmp_path: Path, qtbot: QtBot
) -> None:
    session = made_session(tmp_path)
    asked = Asked(tmp_path, qtbot, rescan_seconds=3600)
    asked.ask(Rescan(), edited(session))
    asked.disk.close()
    assert asked.disk.wait()
    assert count_in(session) == 150


def test_that_bytes_of_a_newer_rigstate_are_shown(tmp_path: Path) -> None:
    session = made_session(tmp_path)
    data = (session / STATE_FILE).read_bytes().replace(b'"1.0.0"', b'"7.0.0"')
    (session / STATE_FILE).write_bytes(data)
    snapshot = read_snapshot(str(session))
    assert snapshot.document is not None
    assert snapshot.document.tree == parse_document(data).tree
    assert "7.0.0" in snapshot.not_editable_because
