"""The Resume sheet over the sample session, and words that can be read in sheets; for tests of sheets.

The one idea: a test names only what it is about; the offer is otherwise a plausible one. Not for what an
offer is made of: that is tested with real registries.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QPushButton, QWidget

from app.resume_exchange import ResumeChoice, ResumeOffer
from app.views.parts.sheet import Sheet
from app.views.resume.resume_sheet import ResumeSheet
from tests.sample_window import Shown
from tests.samples import PREDICTIVE, ROOT

NAME = "764521_2026-11-23_14-05"
DIRECTORY = f"{ROOT}/{NAME}"
COMMAND = ("/envs/rig/python", "-m", "my_project.run", "--param_file", "/tmp/a b.json")
CHOICE = ResumeChoice(
    PREDICTIVE, "PredictiveLauncher", "2026-11-23T14:30:00", "Completed", COMMAND, "/my_project",
    started_as=PREDICTIVE,
)  # fmt: skip


def offer(*choices: ResumeChoice, **changes: object) -> ResumeOffer:
    """The offer for the sample session."""
    plain = ResumeOffer(
        directory=DIRECTORY,
        name=NAME,
        subject="764521",
        etag="1",
        choices=choices or (CHOICE,),
        users=("ann", "bob"),
        saved_at="2026-11-23T14:30:00",
    )
    return replace(plain, **changes)  # type: ignore[arg-type]  # names are those of the fields


def open_resume(shown: Shown, given: ResumeOffer | None = None) -> ResumeSheet:
    shown.window.show_resume_sheet(given or offer())
    found = shown.window.findChild(ResumeSheet)
    assert found is not None
    return found


def button(sheet: QWidget, name: str) -> QPushButton:
    found = sheet.findChild(QPushButton, name)
    assert found is not None
    return found


def words(sheet: QWidget) -> str:
    """All that can be read in a sheet."""
    labels = [label.text() for label in sheet.findChildren(QLabel) if label.isVisibleTo(sheet)]
    fields = [field.toPlainText() for field in sheet.findChildren(QPlainTextEdit)]
    return "\n".join(labels + fields).replace("\u200b", "")


def focused() -> str:
    """The name of what has the keyboard."""
    widget = QApplication.focusWidget()
    return widget.accessibleName() if widget is not None else ""


def is_gone(shown: Shown) -> bool:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return shown.window.findChild(Sheet) is None
