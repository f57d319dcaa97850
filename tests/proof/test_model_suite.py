"""A life of the model suite sees what is not as it should be.

That it sees a broken library is the business of the mutation suite.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from pathlib import Path

import pytest

from persistence.document import render
from persistence.files.history import FOLDER
from tests.proof.examples import Broken
from tests.proof.life import NEWER, Session, state


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """A life of three edits, which is as it should be."""
    made = Session(tmp_path)
    made.start()
    for trials in (1, 2, 3):
        made.edit(0, trials)
    made.every_version_is_there()
    yield made
    made.standing.clear()
    made.teardown()


def kept(session: Session, number: int) -> Path:
    (found,) = (session.directory / FOLDER).glob(f"{number:06d}-*[0-9a-f].json")
    return found


def test_that_a_sound_life_goes_on_and_ends(session: Session) -> None:
    session.save(1, 4, "completed")
    session.write_in_place(NEWER)
    session.edit(0, 5)  # refused: it is of a newer version
    session.exchange(render(state(2)))
    session.clear(1)
    session.crash(1, 40)
    session.every_version_is_there()
    assert session.counts["commits"] == 5
    assert len(session.standing) >= 6


def test_that_bytes_that_come_again_are_the_version_that_they_were(session: Session) -> None:
    for trials in (1, 2):
        session.edit(0, trials)
    session.fail(5, call=10, once=True, error=errno.ENOSPC)
    assert session.counts["not confirmed"] == 1
    session.delete()
    session.exchange(render(state(5)))  # it cannot be told from the save that nobody was told of
    session.save(0, 5, "")
    for trials in range(10):  # version 16 thins out, and number 6 is none of those that stay
        session.edit(1, trials % 5)
        session.every_version_is_there()
    thinned = [version for version in session.clients[0].history() if not version.available]
    assert [version.sequence for version in thinned] == [6]


def test_that_a_version_that_is_gone_is_seen(session: Session) -> None:
    kept(session, 1).unlink()
    with pytest.raises(Broken, match="version 1 is not there"):
        session.every_version_is_there()


def test_that_other_bytes_of_a_version_are_seen(session: Session) -> None:
    kept(session, 2).write_bytes(b"{}")
    with pytest.raises(Broken, match="version 2 cannot be had"):
        session.every_version_is_there()


def test_that_what_was_given_under_a_wrong_number_is_seen(session: Session) -> None:
    session.standing[1], session.standing[2] = session.standing[2], session.standing[1]
    with pytest.raises(Broken, match="version 1 has other bytes"):
        session.every_version_is_there()


def test_that_bytes_that_nobody_wrote_are_seen(session: Session) -> None:
    session.path.write_bytes(render(state(5)))
    with pytest.raises(Broken, match="the file holds what nobody wrote"):
        session.every_version_is_there()


def test_that_what_is_left_behind_is_seen(session: Session) -> None:
    (session.directory / "other.tmp").touch()
    with pytest.raises(Broken, match="left behind"):
        session.every_version_is_there()


def test_that_an_edit_over_unseen_bytes_is_seen(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """The library compares what it is given; here it is given what the client never saw."""
    client = session.clients[1]
    commit = client.commit
    monkeypatch.setattr(client, "commit", lambda document, **_: commit(document, expected_etag=client.peek()))
    with pytest.raises(Broken, match="had not seen"):
        session.edit(1, 5)


def test_that_a_number_given_twice_is_seen(session: Session) -> None:
    (session.directory / FOLDER / "log.jsonl").unlink()
    for file in (session.directory / FOLDER).iterdir():
        file.unlink()
    with pytest.raises(Broken, match="number"):
        session.save(0, 5, "")
