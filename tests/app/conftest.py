"""What tests of several rooms of the window begin with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.app.sitting import Sitting


@pytest.fixture
def sitting(tmp_path: Path, qtbot: QtBot) -> Iterator[Sitting]:
    """An operator at his desk, one session listed and none selected."""
    made = Sitting(tmp_path, qtbot.waitUntil)
    yield made
    made.end()
