"""The theme follows the system, live: told as values, because no test has a desktop that changes colours."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from app.views.style import theme as looks
from app.views.style.theme import Theme


class Hints(QObject):
    """What Qt tells of the desktop."""

    colorSchemeChanged = Signal(object)  # noqa: N815 - Qt's name

    def __init__(self) -> None:
        super().__init__()
        self.scheme = Qt.ColorScheme.Light

    def colorScheme(self) -> Qt.ColorScheme:
        return self.scheme

    def become(self, scheme: Qt.ColorScheme) -> None:
        self.scheme = scheme
        self.colorSchemeChanged.emit(scheme)


@pytest.fixture
def desktop(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Hints:
    hints = Hints()
    told = type("Told", (QApplication,), {"styleHints": staticmethod(lambda: hints)})
    monkeypatch.setattr(looks, "QApplication", told)
    return hints


def test_that_the_window_follows_the_system_unless_somebody_chose(desktop: Hints) -> None:
    theme, changes = Theme("system"), list[str]()
    theme.changed.connect(lambda: changes.append(theme.colors.name))
    assert theme.colors.name == "light"
    desktop.become(Qt.ColorScheme.Dark)
    assert theme.colors.name == "dark"
    theme.set_choice("light")
    desktop.become(Qt.ColorScheme.Light)
    desktop.become(Qt.ColorScheme.Dark)
    assert theme.colors.name == "light"
    theme.set_choice("system")
    assert changes == ["dark", "light", "dark"]


def test_that_a_system_that_does_not_say_is_light(desktop: Hints) -> None:
    desktop.scheme = Qt.ColorScheme.Unknown
    assert Theme("system").colors.name == "light"


class Restyled(QPushButton):
    """Counts how often it was given another style."""

    times = 0

    def changeEvent(self, event: QEvent) -> None:
        self.times += event.type() == QEvent.Type.StyleChange
        super().changeEvent(event)


def test_that_another_style_becomes_ours_and_ours_is_not_given_again_to_every_window_that_is_open(
    qapp: QApplication, qtbot: QtBot
) -> None:
    qapp.setStyle("windows")
    open_one = Restyled()
    qtbot.addWidget(open_one)
    for _ in range(3):
        Theme("light").apply(qapp)
        assert qapp.style().name() == "fusion"
    assert open_one.times == 1
