"""One thread for each watched folder in which somebody looks, and none for others."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app.beside.readers import Readers
from app.file_errands import FilesListed, ListFiles
from app.session import RootStatus
from app.worker import end_all


@pytest.fixture
def readers(qtbot: QtBot) -> Iterator[Readers]:
    made = Readers(lambda directory: str(Path(directory).parent))
    yield made
    end_all(made.workers)


def listed(readers: Readers, directory: Path, qtbot: QtBot) -> FilesListed:
    heard = list[FilesListed]()
    readers.answered.connect(heard.append)
    assert readers.ask(ListFiles(str(directory)))
    qtbot.waitUntil(lambda: bool(heard))
    readers.answered.disconnect(heard.append)
    return heard[0]


def test_that_the_thread_of_a_folder_ends_when_it_is_watched_no_longer(
    readers: Readers, qtbot: QtBot, tmp_path: Path
) -> None:
    stays, goes = tmp_path / "stays", tmp_path / "goes"
    for folder in (stays, goes):
        (folder / "session").mkdir(parents=True)
        listed(readers, folder / "session", qtbot)
    first, second = readers.workers
    readers.take_roots((RootStatus(str(stays)),))
    assert second.wait()
    readers.take_roots((RootStatus(str(stays)),))
    assert readers.workers == (first,)
    assert not isValid(second)  # or the collector would free it, on any thread
    listed(readers, stays / "session", qtbot)
    listed(readers, goes / "session", qtbot)
    assert len(readers.workers) == 2


def test_that_one_that_hangs_is_not_waited_for_and_still_known(
    readers: Readers, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hangs, release = threading.Event(), threading.Event()

    def hanging(errand: ListFiles) -> FilesListed:
        hangs.set()
        release.wait()
        return FilesListed(errand)

    monkeypatch.setattr("app.beside.readers.listed", hanging)
    readers.ask(ListFiles(str(tmp_path / "session")))
    qtbot.waitUntil(hangs.is_set)
    readers.take_roots(())
    (reader,) = readers.workers
    release.set()
    assert reader.wait()
    readers.take_roots(())
    assert readers.workers == ()
