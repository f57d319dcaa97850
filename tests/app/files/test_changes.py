"""Single sessions: read as they are, changed only where somebody saw them, and read again."""

import os
from pathlib import Path

import pytest

from app.change_errands import BringIn, Clear, Commit, Done, NotDone, Recover, Restore
from app.files.changes import change, read_session
from app.folder_errands import Terms
from persistence.document import parse_document
from persistence.files.running import RunningMarker
from persistence.files.version_log import OPERATOR
from persistence.sessions import spilling
from persistence.store import STATE_FILE, StateFile
from tests.app.edited import count_in, edited
from tests.small_rig import NAMESPACE, made_session


def test_that_a_session_is_read_whole(tmp_path: Path) -> None:
    session = made_session(tmp_path)
    snapshot = read_session(str(session))
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
    snapshot = read_session(str(session))
    assert snapshot.document is None
    assert snapshot.problem is not None
    assert snapshot.problem.kind == kind
    assert not snapshot.editable


def test_that_a_session_that_is_not_there_is_no_error(tmp_path: Path) -> None:
    snapshot = read_session(str(tmp_path / "gone"))
    assert snapshot.problem is not None
    assert snapshot.problem.kind == "no_state"


def test_that_a_commit_is_one_version_and_read_back(tmp_path: Path) -> None:
    session = made_session(tmp_path)
    before = (session / STATE_FILE).read_bytes()
    done = change(edited(session))
    assert isinstance(done, Done)
    assert count_in(session) == 150
    assert (done.sequence, done.replaced, done.doubt) == (2, 1, "")
    assert done.snapshot == read_session(str(session))
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


def test_that_no_change_of_any_kind_goes_over_a_version_that_nobody_saw(tmp_path: Path) -> None:
    session = made_session(tmp_path)
    seen = StateFile(session).peek()
    name, document = str(session), edited(session).document
    contents = spilling.contents(document, session, "full")
    spill = spilling.write_beside(session, spilling.new_name(), contents)
    assert isinstance(change(edited(session, 16)), Done)
    theirs = (session / STATE_FILE).read_bytes()
    for errand in (
        Commit(name, document, seen),
        Clear(name, None, seen),
        Clear(name, NAMESPACE, seen),
        Restore(name, 1, seen),
        Recover(name, document, seen),
        BringIn(name, str(spill), seen),
    ):
        refused = change(errand)
        assert isinstance(refused, NotDone), errand
        assert refused.kind == "changed"
        assert (session / STATE_FILE).read_bytes() == theirs
    assert spill.exists()


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


def test_that_a_note_of_a_restore_stands_behind_its_version(tmp_path: Path) -> None:
    session = made_session(tmp_path)
    file = StateFile(session)
    assert isinstance(change(Restore(str(session), 1, file.peek(), "wrong fibre")), Done)
    assert isinstance(change(Restore(str(session), 1, file.peek())), Done)
    assert [one.note for one in file.history()[-2:]] == ["version 1: wrong fibre", "version 1"]


def test_that_a_note_of_a_clear_stands_in_its_version(tmp_path: Path) -> None:
    session = made_session(tmp_path)
    file = StateFile(session)
    assert isinstance(change(Clear(str(session), None, file.peek(), "wrong mouse")), Done)
    assert file.history()[-1].note == "wrong mouse"


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
        assert not read_session(str(session)).editable
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
    assert "read-only" in read_session(str(session)).not_editable_because


def test_that_bytes_of_a_newer_rigstate_are_shown(tmp_path: Path) -> None:
    session = made_session(tmp_path)
    data = (session / STATE_FILE).read_bytes().replace(b'"1.0.0"', b'"7.0.0"')
    (session / STATE_FILE).write_bytes(data)
    snapshot = read_session(str(session))
    assert snapshot.document is not None
    assert snapshot.document.tree == parse_document(data).tree
    assert "7.0.0" in snapshot.not_editable_because


def test_that_a_change_is_signed_by_whoever_works_here(tmp_path: Path) -> None:
    session = made_session(tmp_path)
    done = change(edited(session), terms=Terms("ann"))
    assert isinstance(done, Done)
    assert (done.snapshot.saved_by, StateFile(session).history()[-1].who) == ("ann", "ann")


def test_that_a_window_in_which_no_name_is_chosen_signs_with_the_account(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also one that was started by a program which another window started in a name of its own."""
    monkeypatch.setenv(OPERATOR, "ann")
    monkeypatch.setenv("LOGNAME", "rig3")
    session = made_session(tmp_path)
    assert isinstance(change(edited(session)), Done)
    assert StateFile(session).history()[-1].who == "rig3"


def test_that_nothing_is_changed_in_a_folder_that_is_view_only_and_nothing_is_left_there(
    tmp_path: Path,
) -> None:
    session = made_session(tmp_path)
    errands = (
        edited(session),
        Clear(str(session), None, StateFile(session).peek()),
        Restore(str(session), 1, StateFile(session).peek()),
    )
    before = {path: path.stat().st_mtime_ns for path in sorted(tmp_path.rglob("*"))}
    terms = Terms(refusal="this folder is view-only")
    for errand in errands:
        refused = change(errand, terms=terms)
        assert isinstance(refused, NotDone)
        assert refused.sentence == "Nothing can be changed here: this folder is view-only."
    assert read_session(str(session), terms).not_editable_because == (
        "Nothing can be saved here: this folder is view-only."
    )
    assert {path: path.stat().st_mtime_ns for path in sorted(tmp_path.rglob("*"))} == before
