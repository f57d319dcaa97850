"""Settings: read once, replaced whole, put aside when damaged; the per-user directories of each platform."""

import json
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.settings import (
    NAME,
    NotWritten,
    Read,
    Remember,
    Settings,
    SettingsFile,
    SettingsRead,
    from_bytes,
    places,
    read_settings,
    to_bytes,
)

ALL = Settings(("/data", "D:\\data"), ("ann", "bob"), "dark", {"geometry": "AAAA", "columns": [1, 2]})


def test_that_settings_come_back_as_they_were() -> None:
    assert from_bytes(to_bytes(ALL)) == ALL
    assert from_bytes(b"{}") == Settings()


def test_that_settings_of_a_newer_window_do_not_harm() -> None:
    assert from_bytes(b'{"theme": "dark", "something": {"new": 1}}') == Settings(theme="dark")


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
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [data]
    assert not (tmp_path / NAME).exists()


def test_that_damaged_files_are_put_aside_beside_each_other(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / NAME).write_bytes(b"broken %d" % number)
        read_settings(tmp_path)
    assert {file.read_bytes() for file in tmp_path.iterdir()} == {b"broken 0", b"broken 1", b"broken 2"}


def test_that_the_worker_reads_first_and_writes_in_order(tmp_path: Path, qtbot: QtBot) -> None:
    worker = SettingsFile(tmp_path / "config")
    worker.start()
    worker.ask(Read())
    assert worker.first(10) == SettingsRead(Settings())
    worker.ask(Remember({"theme": "light"}))
    worker.ask(
        Remember({"theme": ALL.theme, "folders": ALL.folders, "users": ALL.users, "layout": ALL.layout})
    )
    worker.close()
    assert worker.wait()
    assert read_settings(tmp_path / "config").settings == ALL
    assert json.loads((tmp_path / "config" / NAME).read_text(encoding="utf-8"))["theme"] == "dark"


def test_that_what_cannot_be_read_is_not_written_over(tmp_path: Path, qtbot: QtBot) -> None:
    elsewhere = tmp_path / "elsewhere.json"
    elsewhere.write_bytes(to_bytes(ALL))
    (tmp_path / NAME).symlink_to(elsewhere)  # links are not followed
    worker, answers = SettingsFile(tmp_path), list[object]()
    worker.answered.connect(answers.append)
    worker.work(Remember({"theme": "light"}))
    assert "not written over" in str(answers)
    assert (tmp_path / NAME).is_symlink()
    assert from_bytes(elsewhere.read_bytes()) == ALL


def test_that_two_windows_do_not_undo_each_other(tmp_path: Path, qtbot: QtBot) -> None:
    one, other = SettingsFile(tmp_path), SettingsFile(tmp_path)
    for window, changes in (
        (one, {"folders": ("/data",)}),
        (other, {"layout": {"a": 1}}),
        (one, {"theme": "dark"}),
    ):
        window.work(Remember(changes))
    assert read_settings(tmp_path).settings == Settings(("/data",), (), "dark", {"a": 1})


def test_that_a_slow_disk_does_not_hold_up_the_window(tmp_path: Path, qtbot: QtBot) -> None:
    worker = SettingsFile(tmp_path)
    assert worker.first(0.001) is None


def test_that_settings_that_cannot_be_written_are_told(tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "config").write_text("a file in the way")
    worker = SettingsFile(tmp_path / "config")
    answers: list[object] = []
    worker.answered.connect(answers.append)
    worker.start()
    worker.ask(Remember({"theme": "dark"}))
    worker.close()
    assert worker.wait()
    qtbot.waitUntil(lambda: bool(answers))
    (answer,) = answers
    assert isinstance(answer, NotWritten)
    assert str(tmp_path / "config") in str(answer)


def test_that_a_directory_of_ones_own_holds_everything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = places(tmp_path)
    assert (own.config, own.data) == (tmp_path, tmp_path / "data")
    monkeypatch.setenv("RIGSTATE_CONFIG_DIR", str(tmp_path / "by_variable"))
    assert places(None).config == tmp_path / "by_variable"
    assert places(tmp_path).config == tmp_path


@pytest.mark.parametrize(
    ("platform", "environment", "config", "data"),
    [
        ("linux", {"XDG_CONFIG_HOME": "/c", "XDG_DATA_HOME": "/d"}, "/c/rigstate", "/d/rigstate"),
        ("linux", {}, "~/.config/rigstate", "~/.local/share/rigstate"),
        ("win32", {"APPDATA": "/r", "LOCALAPPDATA": "/l"}, "/r/Rigstate", "/l/Rigstate"),
        (
            "darwin",
            {},
            "~/Library/Application Support/Rigstate",
            "~/Library/Application Support/Rigstate/data",
        ),
    ],
)
def test_that_each_platform_has_its_places(
    monkeypatch: pytest.MonkeyPatch, platform: str, environment: dict[str, str], config: str, data: str
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    found = places(None, environment)
    assert (found.config, found.data) == (Path(config).expanduser(), Path(data).expanduser())
