"""What tests of several rooms of the window begin with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.app.operators import Operator
from tests.app.sitting import Sitting
from tests.small_rig import PROJECT


@pytest.fixture
def sitting(tmp_path: Path, qtbot: QtBot) -> Iterator[Sitting]:
    """An operator at his desk, one session listed and none selected."""
    made = Sitting(tmp_path, qtbot.waitUntil)
    yield made
    made.end()


@pytest.fixture
def operator(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Operator]:
    """An operator with a rig of his own, whose workers end with the test."""
    monkeypatch.setenv("PYTHONPATH", PROJECT)
    made = Operator(tmp_path, qtbot)
    yield made
    made.leave()
