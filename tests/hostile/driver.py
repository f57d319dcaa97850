"""Drives the real window over the hostile corpus, as an operator who resumes everything that can be resumed.

The one idea: run as a program of its own, so that every system call of it can be seen. What it did is told on
standard output, a line of JSON for each session. Not a test: that judges what was seen.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTabWidget, QWidget

from app.hands import Hands, NotSeen
from app.main import Application
from app.views.resume.resume_sheet import ResumeSheet
from tests.hostile.corpus import CASES, Case

SECONDS = 60.0


def main() -> None:
    """`data config`: watch, look at each session, resume it where that can be done."""
    qt = QApplication(sys.argv[:1])
    application = Application(roots=[sys.argv[1]], config_dir=sys.argv[2])
    application.window.resize(1200, 800)
    application.window.show()
    hands = Hands(application.window, SECONDS)
    hands.wait(lambda: len(list(hands.rows("sessionView"))) > len(CASES), "all sessions")
    for case in CASES:
        look_at_files(application, hands, case)
        print(json.dumps({"what": case.what, "started": resume(application, hands, case)}), flush=True)
    print(json.dumps({"what": "preferences", "started": look_at_preferences(hands)}), flush=True)
    application.shutdown()
    qt.processEvents()


def look_at_files(application: Application, hands: Hands, case: Case) -> None:
    """Every file beside the state is shown, whatever it is."""
    application.window.select_session(str(Path(sys.argv[1]) / case.directory))
    hands.trigger("actionFiles")
    for row in hands.wait(lambda: list(hands.rows("filesView")), f"the files of {case.what}"):
        hands.select("filesView", row)
        QTest.qWait(0)
    application.window.detail.tabs.setCurrentIndex(0)


def resume(application: Application, hands: Hands, case: Case) -> str:
    """How far one comes: "not offered", "cannot", or what the launcher has printed."""
    window = application.window
    window.select_session(str(Path(sys.argv[1]) / case.directory))
    hands.wait(lambda: window.shown.snapshot is not None, f"the state of {case.what}")
    QTest.qWait(20)
    action = window.findChild(QAction, "actionResume")
    if action is None or not action.isEnabled():
        return "not offered"
    action.trigger()
    sheet = hands.wait(lambda: sheet_of(window), f"the sheet of {case.what}")
    sheet.subject.field.setText(sheet._offer.subject or "mouse42")
    sheet.user.setEditText("ann")
    sheet.user.typed.emit()
    look_through(sheet)
    if not sheet.resume.isEnabled():
        sheet.cancel.click()
        QTest.qWait(0)
        return "cannot"
    sheet.resume.click()
    try:
        hands.wait(lambda: over(application, case), f"the end of {case.what}")
    except NotSeen:
        return "not started"
    return text_of(application, case)


def look_through(sheet: ResumeSheet) -> None:
    """Have all that warns before the eyes, from the top of the sheet to its end, as a person has to."""
    bar = sheet._scroll.verticalScrollBar()
    bar.setValue(bar.minimum())
    QTest.qWait(10)  # what is in sight is painted
    while sheet.sight.unseen and bar.value() < bar.maximum():
        bar.setValue(bar.value() + bar.pageStep() // 2)
        QTest.qWait(10)
    QTest.qWait(10)  # and the sheet is told of it


def sheet_of(window: object) -> ResumeSheet | None:
    """The sheet that is open and not on its way out."""
    sheets = window.findChildren(ResumeSheet)  # type: ignore[attr-defined]
    return next((sheet for sheet in sheets if sheet.isVisible()), None)


def over(application: Application, case: Case) -> bool:
    """Whether the run of a case has ended, and all of it was read."""
    run = application.window.detail.output.run_of(str(Path(sys.argv[1]) / case.directory))
    return run is not None and run.state in ("ended", "failed")


def text_of(application: Application, case: Case) -> str:
    """What the launcher of a case has printed."""
    run = application.window.detail.output.run_of(str(Path(sys.argv[1]) / case.directory))
    return application.window.detail.output.text(run.key) if run is not None else ""


def look_at_preferences(hands: Hands) -> str:
    """The list of launchers is shown, wrong entries included."""
    hands.trigger("actionPreferences")
    pages = hands.named(QWidget, "preferencesSheet").findChildren(QTabWidget)[0]
    pages.setCurrentIndex([pages.tabText(page) for page in range(pages.count())].index("Launchers"))
    hands.read("Only what stands here is ever started.")
    QTest.qWait(50)
    return "not offered"


if __name__ == "__main__":
    main()
