"""The tool bar stands still: what is beside Save stays where it is, however much there is to save."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from tests.sample_window import Shown

SIZES = ((1024, 700), (1440, 900))
COUNTS = (1, 2, 11, 88, 99, 100, 12_345)


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_that_no_tool_moves_when_there_is_something_to_save(shown: Shown, qtbot: QtBot, percent: int) -> None:
    bar = shown.window.tool_bar
    shown.theme.set_percent(percent)
    for size in SIZES:
        shown.window.resize(*size)
        qtbot.waitUntil(lambda: bar.sizeHint().width() <= bar.width())
        before = places(shown)
        for count in (*COUNTS, 0):
            bar.show_save_count(count)
            assert places(shown) == before, f"{count} at {size}"


def test_that_save_has_room_for_what_it_says(shown: Shown) -> None:
    bar = shown.window.tool_bar
    button = bar.widgetForAction(shown.window.actions_["actionSave"])
    assert isinstance(button, QToolButton)
    for count, words in (
        (0, "Save"),
        (7, "Save (7)"),
        (88, "Save (88)"),
        (99, "Save (99)"),
        (100, "Save (99+)"),
    ):
        bar.show_save_count(count)
        assert button.text().strip("\u2009") == words
        assert button.sizeHint().width() <= button.width()
    assert shown.window.actions_["actionSave"].text() == "&Save (100)"
    assert button.accessibleName() == "Save, 100 unsaved"


def places(shown: Shown) -> list[tuple[str, int, int]]:
    """Where each tool begins and how wide it is, once all is laid out."""
    QApplication.processEvents()
    buttons = shown.window.tool_bar.findChildren(QToolButton)
    return [(one.accessibleName()[:4], one.x(), one.width()) for one in buttons if one.isVisible()]
