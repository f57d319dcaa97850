"""Copies go where the operator wants them, and never into a session."""

from pathlib import Path

import pytest

from app.files.copies import write_copy
from persistence.errors import NotWritten, Refused
from persistence.store import STATE_FILE
from tests.small_rig import made_session


def test_that_a_copy_has_the_exact_bytes_and_replaces_an_older_copy(tmp_path: Path) -> None:
    target = tmp_path / "drawer" / "copy.json"
    target.parent.mkdir()
    for data in (b'{"a": 1}\r\n', b"\0\xff"):
        write_copy(target, data)
        assert target.read_bytes() == data
    assert [one.name for one in target.parent.iterdir()] == ["copy.json"]


@pytest.mark.parametrize("inside", [STATE_FILE, "session.json", "new.json", "behavior/data.json"])
def test_that_nothing_is_written_into_a_session_however_it_is_called(tmp_path: Path, inside: str) -> None:
    session = made_session(tmp_path)
    target = session / inside
    target.parent.mkdir(exist_ok=True)
    before = target.read_bytes() if target.exists() else None
    with pytest.raises(Refused, match="folder of a session"):
        write_copy(target, b"x")
    assert (target.read_bytes() if target.exists() else None) == before


def test_that_a_link_into_a_session_is_no_way_round(tmp_path: Path) -> None:
    session = made_session(tmp_path / "data")
    (tmp_path / "drawer").symlink_to(session)
    before = (session / STATE_FILE).read_bytes()
    with pytest.raises(Refused):
        write_copy(tmp_path / "drawer" / STATE_FILE, b"x")
    assert (session / STATE_FILE).read_bytes() == before


def test_that_a_place_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotWritten, match="Choose another place"):
        write_copy(tmp_path / "nowhere" / "copy.json", b"x")
