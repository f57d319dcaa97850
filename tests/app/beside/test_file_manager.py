"""Asking for the file manager: real programs in its place, which note what they were told, and where."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.beside.file_manager import FileManager, FolderShown, ShowInFolder, ShowLog

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the programs are scripts")


class Desktop:
    """Has some of the programs; `told` are (program, arguments, working directory)."""

    def __init__(self, folder: Path, qtbot: QtBot) -> None:
        self.folder = folder
        self.qtbot = qtbot
        self.notes = folder / "notes"
        self.programs: dict[str, str] = {}
        self.answers: list[FolderShown] = []
        self.managers: list[FileManager] = []

    def has(self, name: str, code: int = 0) -> None:
        script = self.folder / name
        note = 'printf "%s\\n" "${0##*/}" "$PWD" "$@"'
        script.write_text(f"#!/bin/sh\n{note} >> {self.notes}\nexit {code}\n")
        script.chmod(0o755)
        self.programs[name] = str(script)

    def ask(self, errand: object, platform: str = "linux") -> FolderShown:
        manager = FileManager(platform, self.programs.get, {})
        manager.answered.connect(self.answers.append)
        manager.start()
        self.managers.append(manager)
        before = len(self.answers)
        manager.ask(errand)
        self.qtbot.waitUntil(lambda: len(self.answers) > before)
        return self.answers[-1]

    def noted(self) -> list[str]:
        return self.notes.read_text().splitlines() if self.notes.exists() else []

    def end(self) -> None:
        for manager in self.managers:
            manager.close()
            assert manager.wait()


@pytest.fixture
def desktop(tmp_path: Path, qtbot: QtBot) -> Iterator[Desktop]:
    made = Desktop(tmp_path, qtbot)
    yield made
    made.end()


def test_that_the_file_manager_is_told_the_file_and_runs_at_home(
    desktop: Desktop, own_directories: Path
) -> None:
    desktop.has("dbus-send")
    desktop.has("xdg-open")
    assert desktop.ask(ShowInFolder("/data/s/session.json")) == FolderShown("/data/s/session.json")
    program, place, *arguments = desktop.noted()
    assert (program, place) == ("dbus-send", str(own_directories))
    assert arguments[-2:] == ["array:string:file:///data/s/session.json", "string:"]


def test_that_without_a_file_manager_on_the_bus_the_folder_is_opened(desktop: Desktop) -> None:
    desktop.has("dbus-send", code=1)
    desktop.has("xdg-open")
    assert desktop.ask(ShowInFolder("/data/s/session.json")).problem == ""
    desktop.qtbot.waitUntil(lambda: desktop.noted()[-1:] == ["/data/s/"])


def test_that_what_cannot_be_shown_is_said_with_its_path(desktop: Desktop) -> None:
    assert desktop.ask(ShowInFolder("/data/s")).problem == (
        "There is no file manager on this computer. This is the place: /data/s"
    )
    desktop.programs["dbus-send"] = "/nowhere/dbus-send"
    assert (
        desktop.ask(ShowInFolder("/data/s")).problem
        == "The file manager did not answer. This is the place: /data/s"
    )


def test_that_the_log_is_shown_or_its_folder_while_there_is_none(desktop: Desktop, tmp_path: Path) -> None:
    desktop.has("dbus-send")
    log = tmp_path / "data" / "rigstate.log"
    assert desktop.ask(ShowLog(str(log))).path == str(log.parent)
    assert log.parent.is_dir()
    log.write_text("x")
    assert desktop.ask(ShowLog(str(log))).path == str(log)
