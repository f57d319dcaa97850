"""What tests of several rooms of the window begin with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from persistence import lock
from tests.app.operators import Operator
from tests.app.sitting import Sitting
from tests.small_rig import PROJECT


@pytest.fixture(scope="session", autouse=True)
def empty_clipboard_at_the_end() -> Iterator[None]:
    """What Python made is not left to a clipboard that ends after Python: there, that ended with a crash."""
    yield
    if QGuiApplication.instance() is not None:
        QGuiApplication.clipboard().clear()


@pytest.fixture
def sitting(tmp_path: Path, qtbot: QtBot) -> Iterator[Sitting]:
    """An operator at his desk, one session listed and none selected."""
    made = Sitting(tmp_path, qtbot.waitUntil)
    yield made
    made.end()


@pytest.fixture
def waits_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever waits for a lock is told of it at once, and not after a second."""
    monkeypatch.setattr(lock, "_TELL_EVERY", 0.01)


@pytest.fixture
def operator(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Operator]:
    """An operator with a rig of his own, whose workers end with the test."""
    monkeypatch.setenv("PYTHONPATH", PROJECT)
    made = Operator(tmp_path, qtbot)
    yield made
    made.leave()
