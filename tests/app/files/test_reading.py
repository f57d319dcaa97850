"""Questions about the past of real sessions: what was saved, by whom, and what each version said."""

from pathlib import Path

import pytest

from app.files import reading
from app.files.changes import change
from app.files.reading import bytes_of, read
from app.past_errands import HistoryRead, RawRead, ReadHistory, ReadRaw, ReadVersion, VersionRead
from persistence.files.version_log import FOLDER, LOG
from persistence.states.edits import get_value
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


def test_that_a_history_that_cannot_be_read_is_not_one_that_is_too_large(tmp_path: Path) -> None:
    session = made_session(tmp_path)
    log = session / FOLDER / LOG
    log.unlink()
    log.mkdir()
    answer = read(ReadHistory(str(session)))
    assert isinstance(answer, HistoryRead)
    assert "it is a folder, not a file" in answer.problem
    assert not answer.too_large


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


def raw_of(session: Path, *, damaged: bool = True) -> RawRead:
    answer = read(ReadRaw(str(session), damaged))
    assert isinstance(answer, RawRead)
    return answer


def test_that_the_raw_file_is_its_exact_bytes(tmp_path: Path) -> None:
    session = made_session(tmp_path)
    raw = raw_of(session)
    assert raw.text is not None
    assert (raw.text.data, raw.damage) == ((session / STATE_FILE).read_bytes(), None)


@pytest.mark.parametrize(
    ("data", "place", "words"),
    [
        (b'{"version": "1.0.0",\n "a": }', 27, "line 2, column 7"),
        (b"", 0, "empty"),
        (b"\0" * 40, 0, "zero bytes"),
        (b'{"a": 1, "a": 2}', 9, "there twice"),
        ('{"a": "é", "b": ]'.encode(), 17, "line 1, column 17"),
        ('{"a": 1}'.encode("utf-16"), 0, "UTF-16"),
        (b'{"a": "\xff"}', 7, "not UTF-8"),
        (b'{"a": ' + b"[" * 5000 + b"]" * 5000 + b"}", 205, "too deeply nested"),
        (b'\xef\xbb\xbf{"a": }', 9, "line 1, column 7"),
        (b"[1]", 0, "holds a list"),
    ],
)
def test_that_damage_is_found_where_it_is(tmp_path: Path, data: bytes, place: int, words: str) -> None:
    session = made_session(tmp_path)
    (session / STATE_FILE).write_bytes(data)
    raw = raw_of(session)
    assert raw.damage is not None
    assert words.casefold() in raw.damage.sentence.casefold()
    assert raw.damage.offset == place
    assert raw_of(session, damaged=False).damage is None


def test_that_of_a_file_without_measure_the_beginning_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = made_session(tmp_path)
    monkeypatch.setattr(reading, "RAW_LIMIT", 20)
    raw = raw_of(session)
    data = (session / STATE_FILE).read_bytes()
    assert raw.text is not None
    assert (raw.text.data, raw.text.size) == (data[:20], len(data))


def test_that_a_file_that_is_not_there_or_a_link_is_told(tmp_path: Path) -> None:
    session = made_session(tmp_path)
    (session / STATE_FILE).rename(tmp_path / "elsewhere.json")
    assert raw_of(session).problem == "There is no saved state in this session."
    (session / STATE_FILE).symlink_to(tmp_path / "elsewhere.json")
    assert "link" in raw_of(session).problem
