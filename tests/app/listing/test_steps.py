"""One step of a walk: what a folder turns out to be, also compared with what was known of it."""

import errno
import json
import os
import shutil
from pathlib import Path

import pytest

from app.listing.known import Before, Known
from app.listing.steps import Step, glanced, step
from app.listing.wholly import read_wholly
from persistence.files.version_log import FOLDER
from persistence.scan import Cancelled, glance, site_at
from persistence.sessions.session_files import DEBUG_STATE, END_STATE, METADATA, SESSION
from persistence.store import STATE_FILE
from tests.small_rig import locked, made_session


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("persistence.sessions.site.SETTLED_SECONDS", 0.0)
    return made_session(tmp_path, "s")


def before(session: Path, *, damaged: bool = False) -> Before:
    """What is known of a session that was read just now."""
    site = site_at(str(session))
    assert site is not None
    times = site.times()
    return Before(times.signature() if times is not None else b"", damaged)


def test_that_a_new_session_is_read_at_a_glance(session: Path, tmp_path: Path) -> None:
    site = site_at(str(session))
    assert site is not None
    summary = glance(site, str(tmp_path))
    assert summary is not None
    assert step(str(session), None, str(tmp_path)) == Step(str(session), known=Known(summary, b""))


def test_that_one_that_could_not_be_read_is_read_again_in_any_case(session: Path, tmp_path: Path) -> None:
    state = session / STATE_FILE
    known = before(session)
    state.unlink()
    state.mkdir()
    found = step(str(session), known, str(tmp_path)).known
    assert found is not None
    assert (found.summary.problem and found.summary.problem.kind, found.signature) == ("unreadable", b"")


@pytest.mark.skipif(os.name == "nt", reason="no time there tells of other rights")
@pytest.mark.parametrize("name", [STATE_FILE, "."])
def test_that_one_with_other_rights_is_looked_into(session: Path, tmp_path: Path, name: str) -> None:
    known = before(session)
    (session / name).chmod(0o700)
    assert step(str(session), known, str(tmp_path)).unchanged is None


@pytest.mark.parametrize("wholly", [True, False])
def test_that_one_that_somebody_may_be_saving_is_read_again_when_nothing_comes_of_it(
    session: Path, tmp_path: Path, wholly: bool
) -> None:
    """No file changes when a lock is let go."""
    state = session / STATE_FILE
    unsigned = before(session)._replace(signature=b"0")
    state.write_text(state.read_text().replace("15", "16"))
    os.utime(state, (1e9, 1e9))
    site = site_at(str(session))
    assert site is not None
    with locked(session):
        first = read_wholly(site, str(tmp_path)) if wholly else glanced(site, unsigned, str(tmp_path))
    assert isinstance(first, Known)
    assert (first.summary.under_way, first.summary.written_at) == (True, None)
    after = step(str(session), first.before, str(tmp_path)).known
    assert after is not None
    assert (after.summary.under_way, after.summary.written_at is not None) == (False, True)
    assert step(str(session), after.before, str(tmp_path)).unchanged == after.before


@pytest.mark.parametrize("lists_all", [True, False])
def test_that_one_that_has_not_changed_is_the_one_of_before(
    session: Path, tmp_path: Path, lists_all: bool
) -> None:
    known = before(session)
    assert step(str(session), known, str(tmp_path), lists_all=lists_all) == Step(str(session), known)


@pytest.mark.parametrize("lists_all", [True, False])
def test_that_one_that_has_changed_is_read_and_signed(session: Path, tmp_path: Path, lists_all: bool) -> None:
    known = before(session)
    made_session(tmp_path, "s", trial_count=99)
    found = step(str(session), known, str(tmp_path), lists_all=lists_all)
    assert found.unchanged is None
    assert found.known is not None
    assert found.known.signature == before(session).signature != known.signature


def test_that_one_that_was_found_damaged_is_read_wholly_when_it_changes(
    session: Path, tmp_path: Path
) -> None:
    file = made_session(tmp_path, "s", note="x") / STATE_FILE
    known = before(session, damaged=True)
    file.write_bytes(file.read_bytes().replace(b'"x"', b'{"a": 1, "a": 2}'))
    found = step(str(session), known, str(tmp_path)).known
    assert found is not None
    assert found.is_found_damaged
    made_session(tmp_path, "s", note="sound")
    found = step(str(session), known, str(tmp_path)).known
    assert found is not None
    assert (found.summary.problem, found.attributes) == (None, None)


def test_that_a_session_that_is_none_any_more_is_a_folder_or_nothing(session: Path, tmp_path: Path) -> None:
    known = before(session)
    for left in session.iterdir():
        left.rename(tmp_path / f"away-{left.name}")
    assert step(str(session), known, str(tmp_path)) == Step(str(session))
    session.rmdir()
    assert step(str(session), known, str(tmp_path)) == Step(str(session))


def test_that_folders_lie_below_by_name(tmp_path: Path) -> None:
    for name in ("b", "a", "c", ".hidden"):
        (tmp_path / name).mkdir()
    expected = tuple(str(tmp_path / name) for name in ("a", "b", "c"))
    assert step(str(tmp_path), None, str(tmp_path)) == Step(str(tmp_path), below=expected)


def test_that_a_folder_that_cannot_be_listed_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(folder: str) -> object:
        raise OSError(errno.EIO, os.strerror(errno.EIO), folder)

    with monkeypatch.context() as broken:
        broken.setattr(os, "scandir", refused)
        assert step(str(tmp_path), None, str(tmp_path)) == Step(str(tmp_path), unlisted=True)


def test_that_nobody_need_wait_for_a_step(session: Path, tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        step(str(session), None, str(tmp_path), lambda: True)


def launcher_files(session: Path, subject: str) -> Path:
    """What some launcher left: the end state with the subject, and `session.json` that may tell it, too."""
    end_state = session / METADATA / END_STATE
    end_state.parent.mkdir()
    end_state.write_text('{"subject_id": "by the end"}')
    (session / SESSION).write_text(json.dumps({"subject_id": subject} if subject else {}))
    return end_state


def read(session: Path) -> Known:
    site = site_at(str(session))
    assert site is not None
    known = read_wholly(site, str(session.parent))
    assert known is not None
    return known


def test_that_an_end_state_that_told_the_subject_is_looked_at_again(session: Path, tmp_path: Path) -> None:
    end_state = launcher_files(session, "")
    known = read(session)
    assert known.summary.subject == "by the end"
    end_state.with_name("other").write_text('{"subject_id": "another"}')
    end_state.with_name("other").replace(end_state)
    after = step(str(session), known.before, str(tmp_path)).known
    assert after is not None
    assert after.summary.subject == "another"


def test_that_one_that_nobody_had_to_ask_may_change(session: Path, tmp_path: Path) -> None:
    end_state = launcher_files(session, "mouse_12")
    known = read(session)
    assert known.summary.subject == "mouse_12"
    end_state.unlink()
    assert step(str(session), known.before, str(tmp_path)).unchanged == known.before


def test_that_the_debug_state_of_a_session_without_a_state_is_looked_at_again(
    session: Path, tmp_path: Path
) -> None:
    end_state = launcher_files(session, "mouse_12")
    (session / STATE_FILE).unlink()
    shutil.rmtree(session / FOLDER)
    known = read(session)
    end_state.with_name(DEBUG_STATE).write_text('{"exception": "ValueError: no camera"}')
    after = step(str(session), known.before, str(tmp_path)).known
    assert after is not None
    assert after.summary.problem is not None
    assert "no camera" in after.summary.problem.text


@pytest.mark.parametrize(("folder", "directory"), [("/", "/s"), ("/data", "/data/s")])
@pytest.mark.skipif(os.name == "nt", reason="paths as they are spelled elsewhere")
def test_that_a_session_in_a_folder_lies_in_it_wherever_that_is(folder: str, directory: str) -> None:
    assert Step(folder, same={"s": b"signed"}).same_folders == [directory]
