"""What warns in the Resume sheet is seen before anything can be started, in every window and size of text."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from app.resume_exchange import ResumeOffer
from app.views.resume.resume_sheet import ResumeSheet
from tests.app.views.offers import CHOICE, offer, open_resume, words
from tests.sample_window import Shown

OLD = "The saved state is 3 days old."
UNSEEN = "What is to be checked stands further down."


@pytest.mark.parametrize(
    ("size", "percent"),
    [((1440, 900), 100), ((1440, 900), 150), ((1440, 900), 200), ((1024, 700), 100), ((1024, 700), 150)],
)
def test_that_a_warning_can_be_read_as_soon_as_the_sheet_is_open(
    qtbot: QtBot, shown: Shown, size: tuple[int, int], percent: int
) -> None:
    """Beside the subject, or right below who resumes, and above the command."""
    sheet = opened(qtbot, shown, offer(replace(CHOICE, saved_at="2026-11-20T14:30:00")), size, percent)
    qtbot.waitUntil(lambda: sheet.sight.unseen == [])
    assert can_be_read(sheet, OLD)
    fill_in(sheet)
    assert sheet.resume.isEnabled()


def test_that_nothing_can_be_started_before_every_warning_was_on_the_screen(
    qtbot: QtBot, shown: Shown
) -> None:
    sheet = opened(qtbot, shown, warned(12), (1024, 700), 150)
    fill_in(sheet)
    assert not sheet.resume.isEnabled()
    assert UNSEEN in words(sheet)
    assert not can_be_read(sheet, "Warning 11.")
    for _ in range(40):
        turn_wheel(sheet)
    qtbot.waitUntil(sheet.resume.isEnabled)
    assert UNSEEN not in words(sheet)
    assert sheet.sight.unseen == []


def test_that_a_button_and_enter_lead_to_what_was_not_seen(qtbot: QtBot, shown: Shown) -> None:
    sheet = opened(qtbot, shown, warned(5), (1024, 600), 150)
    sheet.subject.field.setText("764521")
    field = sheet.user.lineEdit()
    assert field is not None
    field.setFocus()
    qtbot.keyClicks(field, "ann")
    look = next(one for one in sheet.findChildren(QWidget) if one.objectName() == "lookButton")
    assert look.isVisible()
    assert not can_be_read(sheet, "Warning 4.")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(sheet.resume.isEnabled)
    assert can_be_read(sheet, "Warning 4.")
    assert not look.isVisible()
    assert shown.asked_for("resume_requested") == []
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is sheet.resume


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_that_no_button_of_the_foot_is_cut(qtbot: QtBot, shown: Shown, percent: int) -> None:
    shown.type_value("150", "trial_count")
    sheet = opened(qtbot, shown, warned(20), (1024, 700), percent)
    fill_in(sheet)
    assert UNSEEN in words(sheet)
    for _ in range(4):
        QApplication.processEvents()
    for name in ("copyCommand", "look", "cancel", "resume"):
        button = next(one for one in sheet.findChildren(QWidget) if one.objectName() == f"{name}Button")
        assert button.isVisible()
        assert button.width() >= button.sizeHint().width(), name


def test_that_a_warning_that_comes_later_is_to_be_seen_too(qtbot: QtBot, shown: Shown) -> None:
    """That a number is unusual is known when other sessions were asked."""
    shown.type_value("1500", "trial_count")
    sheet = opened(qtbot, shown, offer(), (1024, 560), 150)
    fill_in(sheet)
    assert sheet.resume.isEnabled()
    sheet.unusual.say(["trial_count 1500: Unusual: 5 to 12 in the last 14 sessions"])
    assert not sheet.resume.isEnabled()
    assert UNSEEN in words(sheet)
    for _ in range(40):
        turn_wheel(sheet)
    qtbot.waitUntil(sheet.resume.isEnabled)


def test_that_the_field_of_the_user_is_there_whole_when_a_scan_leads_to_it(
    qtbot: QtBot, shown: Shown
) -> None:
    sheet = opened(qtbot, shown, offer(), (1024, 600), 200)
    qtbot.keyClicks(sheet.subject.field, "764521")
    assert sheet.user.visibleRegion().boundingRect() != sheet.user.rect()
    qtbot.keyClick(sheet.subject.field, Qt.Key.Key_Return)
    assert sheet.user.visibleRegion().boundingRect() == sheet.user.rect()


def test_that_what_only_tells_holds_nobody_up(qtbot: QtBot, shown: Shown) -> None:
    """That a session was itself resumed is to be known, and warns of nothing."""
    sheet = opened(qtbot, shown, offer(resumed_from="/data/764521_2026-11-23_13-11"), (1024, 560), 200)
    assert "This session was itself resumed from" in words(sheet)
    fill_in(sheet)
    assert sheet.resume.isEnabled()


def opened(
    qtbot: QtBot, shown: Shown, given: ResumeOffer, size: tuple[int, int], percent: int
) -> ResumeSheet:
    shown.theme.set_percent(percent)
    shown.window.resize(*size)
    sheet = open_resume(shown, given)
    qtbot.waitUntil(sheet.frame.isVisible)
    for _ in range(4):
        QApplication.processEvents()
    return sheet


def warned(count: int) -> ResumeOffer:
    return offer(warnings=tuple(f"Warning {number}." for number in range(count)))


def fill_in(sheet: ResumeSheet) -> None:
    sheet.subject.field.setText("764521")
    sheet.user.setEditText("ann")


def can_be_read(sheet: ResumeSheet, text: str) -> bool:
    label = next(one for one in sheet.findChildren(QLabel) if one.text().replace("\u200b", "") == text)
    return label.visibleRegion().boundingRect() == label.rect()


def turn_wheel(sheet: ResumeSheet) -> None:
    port = sheet.findChild(QScrollArea, "sheetScroll").viewport()  # type: ignore[union-attr]
    middle = QPointF(port.rect().center())
    event = QWheelEvent(
        middle, port.mapToGlobal(middle), QPoint(0, -60), QPoint(0, -60), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(port, event)
    QApplication.processEvents()
