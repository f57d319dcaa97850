"""The list of sessions, shown."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.views.style.theme import Theme
from tests.app.views.sessions.listed import Listed


@pytest.fixture
def listed(qtbot: QtBot, theme: Theme) -> Listed:
    listed = Listed(theme)
    qtbot.addWidget(listed.pane)
    listed.pane.resize(756, 500)
    listed.pane.show()
    listed.pane.activateWindow()
    qtbot.waitExposed(listed.pane)
    return listed
