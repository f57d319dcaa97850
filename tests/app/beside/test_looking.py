"""Looking at files for as long as somebody does: real files, on the threads of their folders."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.beside import looking
from app.beside.looking import Looking
from app.beside.readers import Readers
from app.file_errands import FileErrand, FileSeen, FilesListed, ListFiles, LookAt

LOG = "launcher.log"


class Onlooker:
    """Looks into sessions below one folder, and notes what is told."""

    def __init__(self, folder: Path, qtbot: QtBot) -> None:
        self.session = folder / "764521"
        self.session.mkdir()
        self.log = self.session / LOG
        self.log.write_bytes(b"one\n")
        self.qtbot = qtbot
        self.readers = Readers(lambda path: str(folder) if path.startswith(str(folder)) else "")
        self.asked: list[FileErrand] = []
        self.looking = Looking(self.ask)
        self.files: list[FilesListed] = []
        self.seen: list[FileSeen] = []
        self.readers.answered.connect(self.looking.take)
        self.looking.files_shown.connect(self.files.append)
        self.looking.file_shown.connect(self.seen.append)

    def ask(self, errand: FileErrand) -> bool:
        self.asked.append(errand)
        return self.readers.ask(errand)

    def wait(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition)

    def append(self, data: bytes) -> None:
        with self.log.open("ab") as file:
            file.write(data)

    def follow(self) -> None:
        self.looking.look_at((str(self.session), LOG))
        self.wait(lambda: bool(self.seen))

    def end(self) -> None:
        self.looking.look_into(None)
        self.looking.look_at(None)
        for worker in self.readers.workers:
            worker.close()
            assert worker.wait()


@pytest.fixture
def onlooker(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Onlooker]:
    monkeypatch.setattr(looking, "LOOK_MS", 10)
    monkeypatch.setattr(looking, "LIST_MS", 10)
    monkeypatch.setattr(looking, "_RESTS", 1)
    made = Onlooker(tmp_path, qtbot)
    yield made
    made.end()


def test_that_what_lies_in_a_session_is_told_and_again_when_it_changes(onlooker: Onlooker) -> None:
    onlooker.looking.look_into(str(onlooker.session))
    onlooker.wait(lambda: len(onlooker.files) >= 1)
    assert [one.name for one in onlooker.files[0].entries] == [LOG]
    asked = len(onlooker.asked)
    onlooker.wait(lambda: len(onlooker.asked) > asked + 3)
    assert len(onlooker.files) == 1  # looked at again and again, told once
    (onlooker.session / "session.json").write_text("{}")
    onlooker.wait(lambda: len(onlooker.files) >= 2)
    assert [one.name for one in onlooker.files[1].entries] == ["session.json", LOG]


def test_that_lines_come_by_themselves(onlooker: Onlooker) -> None:
    onlooker.follow()
    onlooker.append(b"two\n")
    onlooker.wait(lambda: len(onlooker.seen) >= 2)
    assert onlooker.seen[1].news == "grown"
    assert onlooker.seen[1].seen is not None
    assert onlooker.seen[1].seen.text.data == b"one\ntwo\n"


def test_that_a_file_that_vanished_is_told_once_and_when_it_is_back(onlooker: Onlooker) -> None:
    onlooker.follow()
    onlooker.log.unlink()
    onlooker.wait(lambda: len(onlooker.seen) >= 2)
    assert onlooker.seen[1].problem == "It is not there any more."
    asked = len(onlooker.asked)
    onlooker.wait(lambda: len(onlooker.asked) > asked + 3)
    assert len(onlooker.seen) == 2
    onlooker.log.write_bytes(b"one\n")
    onlooker.wait(lambda: len(onlooker.seen) >= 3)
    assert onlooker.seen[2].problem == ""


def test_that_nothing_is_asked_when_nobody_looks(onlooker: Onlooker) -> None:
    onlooker.looking.look_into(str(onlooker.session))
    onlooker.follow()
    onlooker.looking.look_into(None)
    onlooker.looking.look_at(None)
    asked, told = len(onlooker.asked), len(onlooker.seen)
    onlooker.append(b"two\n")
    other = onlooker.session.parent / "2"
    other.mkdir()
    onlooker.looking.look_into(str(other))  # and its thread has done all that was asked before
    onlooker.wait(lambda: len(onlooker.files) >= 1 and onlooker.files[-1].errand.directory == str(other))
    onlooker.looking.look_into(None)
    assert all(one == ListFiles(str(other)) for one in onlooker.asked[asked:])
    assert len(onlooker.seen) == told


def test_that_of_two_files_only_the_one_that_is_wanted_is_told(onlooker: Onlooker) -> None:
    (onlooker.session / "other.log").write_bytes(b"other\n")
    onlooker.looking.look_at((str(onlooker.session), LOG))
    onlooker.looking.look_at((str(onlooker.session), "other.log"))
    onlooker.wait(lambda: bool(onlooker.seen))
    onlooker.append(b"two\n")
    asked = len(onlooker.asked)
    onlooker.wait(lambda: len(onlooker.asked) > asked + 2)
    assert {one.errand.name for one in onlooker.seen} == {"other.log"}


def test_that_a_session_in_no_watched_folder_is_a_sentence(onlooker: Onlooker) -> None:
    onlooker.looking.look_into("/elsewhere")
    onlooker.looking.look_at(("/elsewhere", LOG))
    assert (
        onlooker.files[0].problem
        == onlooker.seen[0].problem
        == ("This session is in no folder that is being watched.")
    )


def test_that_nothing_is_asked_before_the_last_question_is_answered(qtbot: QtBot) -> None:
    """A share that does not answer: nothing piles up, and another folder is looked into all the same."""
    asked: list[FileErrand] = []

    def ask(errand: FileErrand) -> bool:
        asked.append(errand)
        return True

    looks = Looking(ask)
    looks.look_into("/share/1")
    looks.look_at(("/share/1", LOG))
    assert asked == [ListFiles("/share/1"), LookAt("/share/1", LOG)]
    looks.look_into("/data/2")
    assert asked[2:] == [ListFiles("/data/2")]
    told: list[object] = []
    looks.files_shown.connect(told.append)
    looks.take(FilesListed(ListFiles("/share/1")))  # at last
    assert told == []


def test_that_each_folder_has_a_thread_of_its_own(qtbot: QtBot, tmp_path: Path) -> None:
    readers = Readers(lambda path: str(Path(path).parent))
    answers: list[object] = []
    readers.answered.connect(answers.append)
    for folder in ("a", "a", "b"):
        readers.ask(ListFiles(str(tmp_path / folder / "session")))
    qtbot.waitUntil(lambda: len(answers) == 3)
    assert len(readers.workers) == 2
    assert all(one.thread() is not readers.thread() for one in readers.workers)
    for worker in readers.workers:
        worker.close()
        assert worker.wait()
