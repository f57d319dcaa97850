"""A window that is closed while a save waits for the launcher's check: nobody takes for saved what is not."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.views.saving.save_sheet import SaveSheet
from tests.app.views.offers import words
from tests.app.views.saving.test_save_check import BAD, FINE, Asked
from tests.sample_window import Shown
from tests.samples import PREDICTIVE


@pytest.fixture
def asked(shown: Shown, qtbot: QtBot) -> Asked:
    return Asked(shown, qtbot)


def closed_by_hand(shown: Shown) -> bool:
    """Close the window as its frame does; whether it has gone."""
    handle = shown.window.windowHandle()
    assert handle is not None
    QCoreApplication.sendEvent(handle, QCloseEvent())
    return not shown.window.isVisible()


def test_that_a_window_that_is_closed_after_save_was_pressed_goes_when_it_is_saved(asked: Asked) -> None:
    """What is kept as an unsaved edit only, its operator took for saved."""
    asked.answer(asking=PREDICTIVE)
    asked.sheet.save.click()
    assert not closed_by_hand(asked.shown)
    assert "The window closes as soon as it is saved" in words(asked.sheet)
    asked.answer(*FINE)
    assert len(asked.saved) == 1
    asked.bot.waitUntil(lambda: not asked.shown.window.isVisible())
    assert len(asked.shown.asked_for("closing")) == 1


def test_that_it_stays_and_says_so_where_the_launcher_has_something_to_say(asked: Asked) -> None:
    asked.answer(asking=PREDICTIVE)
    asked.sheet.save.click()
    assert not closed_by_hand(asked.shown)
    asked.answer(*BAD)
    assert "Nothing is saved, and the window stays open" in words(asked.sheet)
    asked.sheet.check.tick.click()
    asked.sheet.save.click()
    assert len(asked.saved) == 1
    QTest.qWait(0)
    assert asked.shown.window.isVisible()  # which was closed long before, and for another answer


def test_that_whoever_closes_it_once_more_need_not_wait(asked: Asked) -> None:
    asked.answer(asking=PREDICTIVE)
    asked.sheet.save.click()
    asked.shown.window.actions_["actionQuit"].trigger()
    assert asked.shown.window.isVisible()
    assert closed_by_hand(asked.shown)
    assert asked.saved == []


def test_that_who_gives_up_saving_does_not_close_it_by_the_next_save(asked: Asked) -> None:
    asked.answer(asking=PREDICTIVE)
    asked.sheet.save.click()
    assert not closed_by_hand(asked.shown)
    asked.bot.keyClick(asked.sheet, Qt.Key.Key_Escape)
    asked.shown.window.actions_["actionSave"].trigger()
    again = next(one for one in asked.shown.window.findChildren(SaveSheet) if one.isVisible())
    asked.bot.waitUntil(lambda: len(asked.requests) == 2)
    asked.answer(*FINE)
    again.save.click()
    assert len(asked.saved) == 1
    QTest.qWait(0)
    assert asked.shown.window.isVisible()


def test_that_a_window_closes_at_once_where_nothing_is_being_saved_and_where_the_program_ends(
    asked: Asked,
) -> None:
    asked.answer(asking=PREDICTIVE)
    asked.sheet.save.click()
    assert asked.shown.window.close()  # as by Ctrl+C in its terminal
    asked.shown.window.show()
    asked.bot.keyClick(asked.sheet, Qt.Key.Key_Escape)
    assert closed_by_hand(asked.shown)
