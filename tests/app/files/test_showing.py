"""How each system is asked to show a file: lists of arguments that name it, and open nothing."""

from __future__ import annotations

import subprocess

import pytest

from app.files.showing import show_commands, uri

PROGRAMS = {"dbus-send": "/usr/bin/dbus-send", "xdg-open": "/usr/bin/xdg-open"}
HOSTILE = "/data/a & calc; $(x)/-c,<b>'\""


def commands(path: str, platform: str = "linux", programs: dict[str, str] = PROGRAMS) -> list[list[str]]:
    return [
        list(way.command) for way in show_commands(path, platform, programs.get, {"SYSTEMROOT": "D:\\Win"})
    ]


def test_that_linux_asks_the_file_manager_over_dbus_and_else_opens_the_folder_around() -> None:
    asking, opening = commands("/data/764521/launcher_metadata/launcher.log")
    assert asking[0] == "/usr/bin/dbus-send"
    assert asking[-2:] == ["array:string:file:///data/764521/launcher_metadata/launcher.log", "string:"]
    assert "org.freedesktop.FileManager1.ShowItems" in asking
    assert opening == ["/usr/bin/xdg-open", "/data/764521/launcher_metadata/"]


def test_that_only_what_answers_is_asked_for_its_answer() -> None:
    assert [way.tells for way in show_commands("/a/b", "linux", PROGRAMS.get, {})] == [True, False]
    assert [way.tells for way in show_commands("C:\\a", "win32", PROGRAMS.get, {})] == [False]


def test_that_windows_selects_in_its_own_explorer() -> None:
    assert commands("C:\\data\\a & calc\\session.json", "win32") == [
        ["D:\\Win\\explorer.exe", "/select,", "C:\\data\\a & calc\\session.json"]
    ]
    assert commands("C:/data/x", "win32")[0][-1] == "C:\\data\\x"


def test_that_macos_reveals() -> None:
    assert commands(HOSTILE, "darwin") == [["/usr/bin/open", "-R", HOSTILE]]


def test_that_a_hostile_name_is_one_argument_and_ends_no_argument() -> None:
    asking, opening = commands(HOSTILE)
    assert asking[-2].count(",") == 0  # where dbus-send would begin another name
    assert asking[-2] == f"array:string:{uri(HOSTILE)}"
    assert opening[-1] == "/data/a & calc; $(x)/"
    assert commands(HOSTILE, "win32")[0][1] == "/select,"


def test_that_bytes_that_are_no_text_stay_what_they_are() -> None:
    assert uri("/data/\udcff é") == "file:///data/%FF%20%C3%A9"


def test_that_a_program_that_is_found_from_where_one_happens_to_be_is_not_taken() -> None:
    assert commands("/a", programs={"dbus-send": "dbus-send", "xdg-open": "./xdg-open"}) == []
    assert commands("/a", programs={}) == []


def test_that_dbus_understands_what_it_is_sent() -> None:
    """Against the real tool, with no bus to be reached: it fails for that reason, not for a word of it."""
    way = show_commands("/data/a, b", "linux", {"dbus-send": "/usr/bin/dbus-send"}.get, {})[0]
    nowhere = {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere/at/all"}
    try:
        answer = subprocess.run(way.command, env=nowhere, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip("no dbus-send on this computer")
    assert answer.returncode == 1
    assert "Failed to open connection" in answer.stderr
