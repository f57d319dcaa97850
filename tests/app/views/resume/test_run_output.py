"""The Output tab, as sessions are selected and runs go on."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.resume_exchange import Run
from tests.app.views.seen import DIRECTORY, texts
from tests.sample_window import Shown
from tests.samples import ROOT


def test_that_a_started_run_is_shown_with_both_its_sessions(shown: Shown) -> None:
    tabs = shown.window.detail.tabs
    count = tabs.count()
    run = Run("r", DIRECTORY, "PredictiveLauncher", "starting")
    shown.window.show_run(run)
    assert tabs.tabText(tabs.currentIndex()) == "Output"
    shown.window.append_output("r", "trial <b>1</b>\n")
    shown.window.append_output("never started", "lost")
    heir = f"{ROOT}/{shown.names[2]}"
    shown.window.show_run(replace(run, state="running", session=heir, pid=7, note="Loaded 12 attributes."))
    assert shown.window.detail.output.text("r") == "trial <b>1</b>\n"
    said = f"Resumed from {shown.names[0]}. Process 7. Loaded 12 attributes."
    assert said in texts(shown.window.detail.output)
    shown.open(shown.names[1])
    assert tabs.count() == count
    shown.open(shown.names[2])
    assert tabs.count() == count + 1


def test_that_it_is_told_which_run_is_watched(shown: Shown) -> None:
    told: list[str | None] = []
    shown.window.output.watched.connect(told.append)
    run, heir = Run("r", DIRECTORY, "PredictiveLauncher", "starting"), f"{ROOT}/{shown.names[2]}"
    shown.window.show_run(run)
    assert told == []
    shown.window.show_run(replace(run, state="running", session=heir))
    shown.window.show_run(replace(run, state="running", session=heir, note="Loaded."))
    assert told == [heir]
    shown.window.detail.show_tab("State")
    shown.window.detail.show_tab("Output")
    shown.open(shown.names[1])
    assert told == [heir, None, heir, None]


def test_that_the_keyboard_is_never_nowhere(qtbot: QtBot, shown: Shown) -> None:
    shown.open(shown.names[0])
    shown.window.actions_["actionFindAttributes"].trigger()
    shown.window.show_run(Run("r", f"{ROOT}/{shown.names[0]}", "t", "starting"))
    assert shown.window.detail.tabs.currentWidget() is shown.window.detail.output
    assert QApplication.focusWidget() is not None
    shown.window.actions_["actionFindAttributes"].trigger()
    assert QApplication.focusWidget() is shown.window.detail.state.filter
    shown.window.actions_["actionClear"].trigger()
    shown.window.detail.tabs.setCurrentWidget(shown.window.detail.output)
    QTest.keyClick(QApplication.focusWidget() or shown.window, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is shown.window.detail.output.findChild(QWidget, "outputView")
