"""Noticing by looking: folders by their time, the newest sessions by theirs; not before the first look."""

import os
import shutil
from pathlib import Path

import pytest

from app.folder_errands import Seen
from app.session import Summary
from app.watch import polling
from app.watch.polling import PollingEar
from persistence.scan import find_sessions, summarize
from persistence.store import STATE_FILE
from tests.small_rig import made_session


class Polled:
    """An ear, and a disk that tells it what there is."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.ear = PollingEar(str(root))
        self.ear.start()

    def summaries(self) -> tuple[Summary, ...]:
        found = (summarize(path, self.root) for path in find_sessions(self.root))
        return tuple(summary for summary in found if summary is not None)

    def know_all(self) -> None:
        """As after a look at the whole folder."""
        summaries = self.summaries()
        there = frozenset(summary.directory for summary in summaries)
        self.ear.know(Seen(str(self.root), str(self.root), summaries, all=there))

    def settle(self) -> None:
        """All is known and was told, and nothing happened for long."""
        for place, _, _ in os.walk(self.root):
            aged(Path(place))
        self.know_all()
        self.told()

    def told(self) -> set[str]:
        return {os.path.relpath(path, self.root) for path in self.ear.take().directories}


@pytest.fixture
def polled(tmp_path: Path) -> Polled:
    return Polled(tmp_path)


def aged(folder: Path) -> None:
    """As if nothing had happened in it for long, so that whatever happens next gives it another time."""
    os.utime(folder, (1, 1))


def test_that_nothing_is_told_while_nothing_happens(polled: Polled, tmp_path: Path) -> None:
    made_session(tmp_path / "mouse")
    assert polled.told() == set()
    polled.know_all()
    for _ in range(3):
        assert polled.told() == set()


def test_that_a_session_that_comes_or_goes_is_told(polled: Polled, tmp_path: Path) -> None:
    first = made_session(tmp_path / "mouse", "first")
    polled.settle()
    made_session(tmp_path / "mouse", "second")
    assert polled.told() == {"mouse/second"}
    polled.know_all()
    aged(tmp_path / "mouse")
    polled.told()
    shutil.rmtree(first)
    assert "mouse/first" in polled.told()
    polled.know_all()
    assert polled.told() == set()


def test_that_a_session_in_a_new_folder_is_told(polled: Polled, tmp_path: Path) -> None:
    polled.settle()
    folder = tmp_path / "mouse"
    folder.mkdir()
    assert polled.told() == {"mouse"}
    assert polled.told() == set()
    aged(folder)
    polled.told()
    made_session(folder, "one")
    assert polled.told() == {"mouse/one"}


def test_that_what_is_in_a_session_is_nothing_that_sessions_appear_in(polled: Polled, tmp_path: Path) -> None:
    polled.settle()
    session = made_session(tmp_path, "one")
    assert polled.told() == {"one"}
    assert polled.told() == {"one"}  # it is one, as it turns out
    (session / "data").mkdir()
    polled.know_all()
    assert polled.told() <= {"one"}
    assert polled.told() == set()


def test_that_a_change_of_a_recent_session_is_told(polled: Polled, tmp_path: Path) -> None:
    session = made_session(tmp_path, "one")
    polled.settle()
    made_session(tmp_path, "one", trial_count=123456)
    assert polled.told() == {"one"}
    assert polled.told() == set()
    state = session / "session_state.json"
    state.write_text(state.read_text() + " ")  # as an old program does
    assert polled.told() == {"one"}
    aged(session)
    polled.told()
    (session / ".session_state.running").write_text("")
    assert polled.told() == {"one"}


@pytest.mark.skipif(os.name == "nt", reason="no time there tells of other rights")
@pytest.mark.parametrize("name", [STATE_FILE, "."])
def test_that_other_rights_of_a_recent_session_are_told(polled: Polled, tmp_path: Path, name: str) -> None:
    session = made_session(tmp_path)
    polled.settle()
    assert polled.told() == set()
    (session / name).chmod(0o700)
    assert polled.told() == {session.name}
    assert polled.told() == set()


def test_that_a_change_between_the_look_and_the_first_poll_is_told(polled: Polled, tmp_path: Path) -> None:
    made_session(tmp_path, "one")
    polled.know_all()
    made_session(tmp_path, "one", trial_count=123456)
    assert polled.told() == {"one"}


def test_that_only_the_newest_sessions_are_asked(
    polled: Polled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "RECENT_SESSIONS", 2)
    for number in range(4):
        session = made_session(tmp_path, str(number))
        os.utime(session / "session_state.json", (number, number))
    polled.settle()
    for number in range(4):
        made_session(tmp_path, str(number), trial_count=123456)
    assert polled.told() == {"2", "3"}


def test_that_a_folder_that_is_gone_is_told_once_and_the_root_until_it_is_back(
    polled: Polled, tmp_path: Path
) -> None:
    root = tmp_path / "root"
    made_session(root / "mouse")
    polled = Polled(root)
    polled.settle()
    shutil.rmtree(root / "mouse")
    assert "mouse" in polled.told()
    polled.know_all()
    root.rename(tmp_path / "away")
    for _ in range(2):
        assert polled.told() == {"."}


def test_that_a_root_that_is_not_there_cannot_be_begun(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        PollingEar(str(tmp_path / "missing")).start()


def test_that_sessions_told_one_by_one_are_known(polled: Polled, tmp_path: Path) -> None:
    polled.settle()
    session = made_session(tmp_path / "deep" / "deeper", "one")
    (summary,) = polled.summaries()
    polled.ear.know(Seen(str(tmp_path), str(session), (summary,), all=frozenset({str(session)})))
    polled.told()
    aged(tmp_path / "deep" / "deeper")
    polled.told()
    made_session(tmp_path / "deep" / "deeper", "two")
    assert polled.told() == {"deep/deeper/two"}
    shutil.rmtree(session)
    polled.ear.know(Seen(str(tmp_path), str(session), (), gone=frozenset({str(session)})))
    assert "deep/deeper/one" in polled.told()


def test_that_a_root_that_is_a_session_itself_is_asked_too(tmp_path: Path) -> None:
    session = made_session(tmp_path, "one")
    polled = Polled(session)
    polled.know_all()
    polled.told()
    made_session(tmp_path, "one", trial_count=123456)
    assert polled.told() == {"."}
    polled.know_all()
    assert polled.told() == set()


def test_that_it_does_not_lose_itself_among_folders_without_sessions(
    polled: Polled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "MOST_FOLDERS", 3)
    for number in range(5):
        (tmp_path / "archive" / str(number) / "deeper").mkdir(parents=True)
    polled.settle()
    for _ in range(4):
        polled.told()
    assert len(polled.ear._folders) <= 3 + 5


def test_that_it_says_how_often_it_looks(polled: Polled) -> None:
    assert polled.ear.how == "by looking every 2 s"
    assert polled.ear.is_alive()
    polled.know_all()
    polled.ear.refresh()
    polled.ear.stop()
    assert polled.told() == set()
