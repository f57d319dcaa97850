"""The entry in the desktop's menu: made, read as a desktop reads it, and taken away again."""

import configparser
import ctypes
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import resources
from app import desktop_entry
from app.__main__ import main
from app.desktop_entry import ENTRY, NoEntry, entry, install, remove, this_program

HOSTILE = ['/opt/a b/100% $HOME/`x`/"q"/back\\slash', "-m", "app"]


def unquoted(value: str) -> list[str]:
    """The command in an entry, as the standard reads it: the text first, then its quotes, then its fields."""
    text = value.replace("\\\\", "\0").replace("\\n", "\n").replace("\0", "\\")
    parts = re.findall(r'"((?:\\.|[^"\\])*)"', text)
    return [re.sub(r"\\(.)", r"\1", part).replace("%%", "%") for part in parts]


def read(text: str) -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # as its own documentation has it
    parser.read_string(text)
    return parser["Desktop Entry"]


def test_that_the_command_comes_back_whatever_its_path_holds() -> None:
    assert unquoted(read(entry(HOSTILE))["Exec"]) == ["env", *HOSTILE]
    assert unquoted(read(entry(HOSTILE[1:]))["Exec"]) == HOSTILE[1:]


@pytest.mark.parametrize("folder", ["a b", "50% $HOME", '`ü`="q"'])
def test_that_glib_which_reads_the_menu_of_most_desktops_takes_it(folder: str, tmp_path: Path) -> None:
    try:
        read_entry = ctypes.CDLL("libgio-2.0.so.0").g_desktop_app_info_new_from_filename
    except OSError:
        pytest.skip("there is no GLib")
    read_entry.restype = ctypes.c_void_p
    (tmp_path / folder).mkdir()
    program = tmp_path / folder / "rigstate-gui"
    program.touch(0o700)
    (tmp_path / ENTRY).write_text(entry((str(program),)), "utf-8")
    assert read_entry(os.fsencode(tmp_path / ENTRY)) is not None


def test_that_it_is_made_with_its_icons_and_goes_without_a_trace(tmp_path: Path) -> None:
    here = {"XDG_DATA_HOME": str(tmp_path)}
    said = install("linux", here)
    assert said.endswith(str(tmp_path / "applications" / ENTRY))
    made = read((tmp_path / "applications" / ENTRY).read_text("utf-8"))
    assert unquoted(made["Exec"]) == list(this_program())
    icons = {path.name: path.read_bytes() for path in tmp_path.rglob("icons/**/apps/*")}
    assert icons == {name: resources.read("icons", name) for name in ("rigstate.svg", "rigstate.png")}
    assert {Path(name).stem for name in icons} == {made["Icon"]}
    remove("linux", here)
    remove("linux", here)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.skipif(sys.platform == "win32", reason="there the window has no terminal to answer on")
def test_that_the_command_of_an_entry_opens_this_rigstate() -> None:
    answer = subprocess.run([*this_program(), "--version"], capture_output=True, text=True, check=True)
    assert answer.stdout.startswith("rigstate ")


def test_that_what_cannot_be_written_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "data").write_text("in the way", "utf-8")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setattr(desktop_entry, "install", lambda: install("linux"))
    assert main(["--install-desktop-entry"]) == 1
    said = capsys.readouterr().err
    assert said.startswith(f"rigstate-gui: {tmp_path / 'data'}")
    assert said.count("\n") == 1


def test_that_macos_is_told_of_the_dock() -> None:
    with pytest.raises(NoEntry, match="Dock"):
        install("darwin", {})


def test_that_windows_is_told_by_values_and_never_by_the_text_of_a_script(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[tuple[list[str], dict[str, str]]] = []

    def run(command: list[str], env: dict[str, str], **_: object) -> subprocess.CompletedProcess[str]:
        told.append((command, env))
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(desktop_entry, "this_program", lambda: (r"C:\a 'b' $c\rigstate-gui.exe",))
    install("win32")
    remove("win32")
    (made, values), (gone, none) = told
    assert made == gone
    assert made[0] == "powershell"
    assert values["RIGSTATE_TARGET"] == r"C:\a 'b' $c\rigstate-gui.exe"
    assert Path(values["RIGSTATE_ICON"]).read_bytes()[:4] == b"\0\0\1\0"  # an icon
    assert "RIGSTATE_TARGET" not in none
    assert "rigstate-gui" not in made[-1]


@pytest.mark.skipif(sys.platform == "win32", reason="there is PowerShell")
def test_that_a_missing_powershell_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(NoEntry, match="could not be asked"):
        install("win32")


@pytest.mark.skipif(sys.platform == "win32", reason="there is PowerShell")
def test_that_what_powershell_says_in_another_encoding_is_told_as_far_as_it_is_text(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    stand_in = tmp_path / "powershell"
    stand_in.write_text("#!/bin/sh\nprintf 'Zugriff verweigert f\\201r C:' >&2\nexit 1\n", "utf-8")
    stand_in.chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoEntry, match="Zugriff verweigert f\ufffdr C:"):
        install("win32")
