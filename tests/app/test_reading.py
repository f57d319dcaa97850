"""Questions about the past of real sessions: what was saved, by whom, and what each version said."""

from pathlib import Path

from app.changes import change
from app.errands import HistoryRead, ReadHistory, ReadVersion, VersionRead
from app.reading import bytes_of, read
from persistence.edits import get_value
from persistence.store import STATE_FILE, StateFile
from tests.app.edited import COUNT, edited
from tests.small_rig import NAMESPACE, made_session


def count_of(answer: object) -> object:
    assert isinstance(answer, VersionRead)
    assert answer.document is not None, answer.problem
    return get_value(answer.document, NAMESPACE, COUNT)


def versions_of(session: Path) -> tuple[tuple[int, str, bool, bool], ...]:
    answer = read(ReadHistory(str(session)))
    assert isinstance(answer, HistoryRead)
    assert answer.problem == ""
    return tuple((one.sequence, one.action, one.available, one.current) for one in answer.versions)


def test_that_a_version_is_read_by_number_and_by_the_etag_of_its_bytes(tmp_path: Path) -> None:
    session = made_session(tmp_path)
    first = StateFile(session).peek()
    change(edited(session, 150))
    for version in (1, first):
        answer = read(ReadVersion(str(session), version))
        assert count_of(answer) == 15
        assert isinstance(answer, VersionRead)
        assert answer.etag == first


def test_that_the_version_of_now_is_read_like_any_other(tmp_path: Path) -> None:
    session = made_session(tmp_path)
    change(edited(session, 150))
    assert count_of(read(ReadVersion(str(session), 2))) == 150
    assert count_of(read(ReadVersion(str(session), StateFile(session).peek()))) == 150
    assert bytes_of(str(session), 2) == (session / STATE_FILE).read_bytes()


def test_that_a_version_that_is_not_to_be_had_is_told_in_a_sentence(tmp_path: Path) -> None:
    session = made_session(tmp_path)
    for version, words in ((7, "Version 7 cannot be shown"), ("0" * 64, "history does not have it any more")):
        answer = read(ReadVersion(str(session), version))
        assert isinstance(answer, VersionRead)
        assert answer.document is None
        assert words in answer.problem


def test_that_a_damaged_version_says_where(tmp_path: Path) -> None:
    session = made_session(tmp_path)
    (session / STATE_FILE).write_bytes(b'{"version": "1.0.0",\n "a": }')
    answer = read(ReadVersion(str(session), 2))
    assert isinstance(answer, VersionRead)
    assert "line 2, column 7" in answer.problem


def test_that_history_tells_edits_and_what_another_program_wrote(tmp_path: Path) -> None:
    session = made_session(tmp_path)
    change(edited(session, 150))
    state = session / STATE_FILE
    state.write_bytes(state.read_bytes().replace(b"150", b"151"))
    assert versions_of(session) == (
        (1, "save", True, False),
        (2, "edit", True, False),
        (3, "foreign", True, True),
    )


def test_that_history_stays_when_the_state_was_moved_away(tmp_path: Path) -> None:
    session = made_session(tmp_path)
    (session / STATE_FILE).unlink()
    assert versions_of(session) == ((1, "save", True, False),)


def test_that_a_session_without_history_has_no_versions(tmp_path: Path) -> None:
    assert versions_of(tmp_path) == ()
