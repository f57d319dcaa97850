"""The settings file: read once, changed together with other windows, put aside when it is not understood."""

import json
import threading
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.settings import Settings
from app.settings_file import (
    PutAside,
    ReadSettings,
    Remember,
    SettingsFile,
    SettingsNotWritten,
    SettingsRead,
    read_settings,
)
from app.settings_text import NAME, from_bytes, to_bytes

ALL = Settings(("/data", "D:\\data"), ("ann", "bob"), "dark", {"geometry": "AAAA", "columns": [1, 2]})


def files(folder: Path) -> dict[str, bytes]:
    """What lies there, but for the lock."""
    return {one.name: one.read_bytes() for one in folder.iterdir() if not one.name.startswith(".")}


def test_that_no_file_is_no_problem(tmp_path: Path) -> None:
    assert read_settings(tmp_path) == SettingsRead(Settings())


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b'{"folders": "x"}',
        b'{"folders": [1]}',
        b'{"theme": 5}',
        b'{"layout": []}',
        b"[" * 10**5,
    ],
)
def test_that_a_damaged_file_is_put_aside_and_told(tmp_path: Path, data: bytes) -> None:
    (tmp_path / NAME).write_bytes(data)
    read = read_settings(tmp_path)
    assert read.settings == Settings()
    assert str(tmp_path / NAME) in read.problem
    assert str(tmp_path / "settings.broken-1.json") in read.problem
    assert files(tmp_path) == {"settings.broken-1.json": data}


def test_that_damaged_files_are_put_aside_beside_each_other(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / NAME).write_bytes(b"broken %d" % number)
        read_settings(tmp_path)
    assert {*files(tmp_path).values()} == {b"broken 0", b"broken 1", b"broken 2"}


def test_that_the_worker_reads_first_and_writes_in_order(tmp_path: Path, qtbot: QtBot) -> None:
    worker = SettingsFile(tmp_path / "config")
    answers: list[object] = []
    worker.answered.connect(answers.append)
    worker.start()
    worker.ask(ReadSettings())
    light = Settings(theme="light")
    worker.ask(Remember(Settings(), light))
    worker.ask(Remember(light, ALL))
    worker.close()
    assert worker.wait()
    assert answers == [SettingsRead(Settings())]
    assert read_settings(tmp_path / "config").settings == ALL
    assert json.loads((tmp_path / "config" / NAME).read_text(encoding="utf-8"))["theme"] == "dark"


def test_that_what_cannot_be_read_is_not_written_over(tmp_path: Path, qtbot: QtBot) -> None:
    elsewhere = tmp_path / "elsewhere.json"
    elsewhere.write_bytes(to_bytes(ALL))
    (tmp_path / NAME).symlink_to(elsewhere)  # links are not followed
    worker, answers = SettingsFile(tmp_path), list[object]()
    worker.answered.connect(answers.append)
    worker.work(Remember(Settings(), Settings(theme="light")))
    (answer,) = answers
    assert isinstance(answer, SettingsNotWritten)
    assert "link" in answer.sentence
    assert answer.sentence.endswith(".") > answer.sentence.endswith("..")
    assert (tmp_path / NAME).is_symlink()
    assert from_bytes(elsewhere.read_bytes()) == ALL


def test_that_two_windows_do_not_undo_each_other(tmp_path: Path, qtbot: QtBot) -> None:
    one, other = SettingsFile(tmp_path), SettingsFile(tmp_path)
    mine, theirs = Settings(("/data",)), Settings(("/other",), layout={"a": 1})
    one.work(Remember(Settings(), mine))
    other.work(Remember(Settings(), theirs))
    one.work(Remember(mine, mine._replace(theme="dark")))
    assert read_settings(tmp_path).settings == Settings(("/other", "/data"), (), "dark", {"a": 1})


def test_that_changes_at_the_same_moment_are_all_kept(tmp_path: Path, qtbot: QtBot) -> None:
    def add(window: SettingsFile, name: str) -> None:
        held = Settings()
        for number in range(10):
            wanted = held._replace(folders=(*held.folders, f"{name}{number}"))
            window.work(Remember(held, wanted))
            held = wanted

    windows = [(SettingsFile(tmp_path), name) for name in ("a", "b", "c")]
    threads = [threading.Thread(target=add, args=given) for given in windows]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    wanted = {f"{name}{number}" for _, name in windows for number in range(10)}
    assert {*read_settings(tmp_path).settings.folders} == wanted


def test_that_what_a_newer_window_wrote_into_the_file_stays_there(tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / NAME).write_text('{"version": 1, "theme": "dark", "colours": {"new": [1]}}')
    held = read_settings(tmp_path).settings
    SettingsFile(tmp_path).work(Remember(held, held._replace(folders=("/data",))))
    found = json.loads((tmp_path / NAME).read_text())
    assert (found["version"], found["theme"], found["folders"]) == (1, "dark", ["/data"])
    assert found["colours"] == {"new": [1]}


@pytest.mark.parametrize("version", [2, 0, "2.0", True, None, 1.0])
def test_that_a_file_of_another_version_is_kept_aside_and_told(tmp_path: Path, version: object) -> None:
    data = json.dumps({"version": version, "folders": {"of": "another shape"}}).encode()
    (tmp_path / NAME).write_bytes(data)
    read = read_settings(tmp_path)
    assert read.settings == Settings()
    assert f"of version {json.dumps(version)}" in read.problem
    assert str(tmp_path / "settings.other-version-1.json") in read.problem
    assert files(tmp_path) == {"settings.other-version-1.json": data}


@pytest.mark.parametrize("data", [b'{"version": 2}', b"{", b'{"folders": 1}'])
def test_that_a_file_that_came_meanwhile_and_is_not_understood_is_not_written_over(
    tmp_path: Path, qtbot: QtBot, data: bytes
) -> None:
    worker, answers = SettingsFile(tmp_path), list[object]()
    worker.answered.connect(answers.append)
    worker.work(Remember(Settings(), ALL))
    (tmp_path / NAME).write_bytes(data)
    worker.work(Remember(ALL, ALL._replace(theme="light")))
    assert read_settings(tmp_path).settings == ALL._replace(theme="light")
    (aside,) = (name for name in files(tmp_path) if name != NAME)
    assert files(tmp_path)[aside] == data
    (told,) = answers
    assert isinstance(told, PutAside)
    assert str(tmp_path / aside) in told.sentence


def test_that_a_file_that_was_deleted_meanwhile_is_written_whole(tmp_path: Path, qtbot: QtBot) -> None:
    worker = SettingsFile(tmp_path)
    worker.work(Remember(Settings(), ALL))
    (tmp_path / NAME).unlink()
    worker.work(Remember(ALL, ALL._replace(theme="light")))
    assert read_settings(tmp_path).settings == ALL._replace(theme="light")


def test_that_settings_that_cannot_be_written_are_told(tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "config").write_text("a file in the way")
    worker = SettingsFile(tmp_path / "config")
    answers: list[object] = []
    worker.answered.connect(answers.append)
    worker.start()
    worker.ask(Remember(Settings(), Settings(theme="dark")))
    worker.close()
    assert worker.wait()
    qtbot.waitUntil(lambda: bool(answers))
    (answer,) = answers
    assert isinstance(answer, SettingsNotWritten)
    assert str(tmp_path / "config") in answer.sentence
