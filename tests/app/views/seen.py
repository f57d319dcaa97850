"""What can be read, pressed and triggered in the sample window now; for tests of what the window does."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from tests.sample_window import Shown
from tests.samples import ROOT

DIRECTORY = f"{ROOT}/764521_2026-11-23_14-05"


def enabled(shown: Shown) -> set[str]:
    """The ends of the names of the actions about a session that can be triggered now."""
    names = ("Resume", "EditValue", "Save", "Revert", "Undo", "Redo", "Clear", "ShowFolder", "TakeBack")
    return {name for name in names if action(shown, name).isEnabled()}


def action(shown: Shown, name: str) -> QAction:
    found = shown.window.findChild(QAction, f"action{name}")
    assert found is not None
    return found


def laid_out() -> None:
    """Let what is due be laid out: in several turns of the loop, as what one does makes the next one due.

    A single wait is one turn where a turn takes longer than it.
    """
    for _ in range(4):
        QTest.qWait(5)


def press(parent: QWidget, words: str) -> None:
    """Press the visible button with these words."""
    buttons = parent.findChildren(QAbstractButton)
    button = next(one for one in buttons if one.text().strip("\u2009") == words and one.isVisible())
    button.click()


def texts(parent: QWidget) -> list[str]:
    """What can be read, from top to bottom."""
    labels = [label for label in parent.findChildren(QLabel) if label.isVisible() and label.text()]
    QApplication.processEvents()
    return [label.text() for label in sorted(labels, key=lambda one: one.mapTo(parent, one.pos()).y())]
