"""The desktop groups our windows under our own name, and the entry in its menu has the same."""

import ctypes

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from app import desktop_entry, identity


def test_that_windows_carry_the_names_of_the_entry(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    application = QGuiApplication.instance()
    assert isinstance(application, QGuiApplication)
    before = (application.applicationName(), application.desktopFileName())
    told: list[str] = []
    shell = type("Shell", (), {"SetCurrentProcessExplicitAppUserModelID": staticmethod(told.append)})
    monkeypatch.setattr(ctypes, "windll", type("Dlls", (), {"shell32": shell}), raising=False)
    try:
        identity.claim(application, "win32")
        assert told == ["Rigstate.Window"]
        assert f"{application.desktopFileName()}.desktop" == desktop_entry.ENTRY
        assert f"StartupWMClass={application.applicationName()}\n" in desktop_entry.entry(["x"])
    finally:
        application.setApplicationName(before[0])
        application.setDesktopFileName(before[1])
