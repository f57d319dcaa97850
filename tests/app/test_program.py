"""Parts are started by this Python, or by the frozen program that lies beside."""

import ctypes
import os
import sys
from pathlib import Path

import pytest

from app import program
from app.program import among_strangers, forget_our_libraries, python, window


def test_that_this_python_starts_parts_and_windows() -> None:
    assert python() == sys.executable
    assert window() == (sys.executable, "-P", "-m", "app")


@pytest.mark.parametrize("asking", ["rigstate-gui", "rigstate"])
def test_that_the_frozen_programs_start_each_other(
    asking: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / asking))
    monkeypatch.setattr(program, "_SUFFIX", "")
    assert (python(), window()) == (str(tmp_path / "rigstate"), (str(tmp_path / "rigstate-gui"),))
    monkeypatch.setattr(program, "_SUFFIX", ".exe")
    assert python() == str(tmp_path / "rigstate.exe")


def test_that_launchers_find_the_libraries_that_they_would_find_without_us() -> None:
    environment = {
        "LD_LIBRARY_PATH": "/ours:/lab",
        "LD_LIBRARY_PATH_ORIG": "/lab",
        "DYLD_LIBRARY_PATH": "/ours",
    }
    forget_our_libraries(environment)
    assert environment == {"LD_LIBRARY_PATH": "/lab"}


def test_that_launchers_and_file_managers_find_the_qt_that_they_would_find_without_us(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What PyInstaller has told the frozen program, and so whatever that starts."""
    environment = {
        "PATH": os.pathsep.join(["/ours/_internal", "/lab/bin", "/bin"]),
        "QT_PLUGIN_PATH": "/ours/_internal/PySide6/Qt/plugins",
        "QML2_IMPORT_PATH": "/ours/_internal/PySide6/Qt/qml",
        "_PYI_ARCHIVE_FILE": "/ours/rigstate-gui",
        "QT_QPA_PLATFORM": "offscreen",
    }
    monkeypatch.setattr(sys, "_MEIPASS", "/ours/_internal", raising=False)
    forget_our_libraries(environment)
    assert environment == {"PATH": os.pathsep.join(["/lab/bin", "/bin"]), "QT_QPA_PLATFORM": "offscreen"}
    forget_our_libraries(without := {"LANG": "C"})
    assert without == {"LANG": "C"}  # an empty PATH would be the folder that one is in


def test_that_on_windows_the_folder_of_our_libraries_is_not_handed_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[str | None] = []
    kernel = type("Kernel", (), {"SetDllDirectoryW": staticmethod(told.append)})
    monkeypatch.setattr(ctypes, "windll", type("Dlls", (), {"kernel32": kernel}), raising=False)
    with among_strangers():
        assert told == []
    monkeypatch.setattr(sys, "_MEIPASS", "C:/ours", raising=False)
    with among_strangers():
        assert told == [None]
    assert told == [None, "C:/ours"]
