"""A window with the sample sessions in it, and the drafts behind it; for all tests of views."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.views.style.theme import Theme
from tests.sample_window import Shown


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    """The light theme, applied."""
    theme = Theme("light")
    theme.apply(qapp)
    return theme


@pytest.fixture
def shown(qtbot: QtBot, theme: Theme) -> Iterator[Shown]:
    """The window at its usual size, the first session selected and its state shown."""
    shown = Shown(theme)
    qtbot.addWidget(shown.window)
    shown.window.resize(1440, 900)
    shown.window.show()
    shown.window.activateWindow()
    shown.open(shown.names[0])
    yield shown
    shown.window.close()
