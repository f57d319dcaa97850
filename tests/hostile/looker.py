"""Drives the real window over hostile sessions in a view-only folder, looks everywhere, has each state
checked by its launcher, and tries to change what must not be changed.

The one idea: as `tests.hostile.driver`, a program of its own, so that every system call of it can be seen.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTabWidget

from app.change_errands import Clear, NotDone
from app.hands import Hands
from app.main import Application
from app.views.saving.check_sheet import CheckSheet
from persistence.store import StateFile
from tests.hostile.corpus import CASES, LOOKED_AT, Case

CHANGING = ("actionSave", "actionClear", "actionResume")


def main() -> None:
    """`data config`: watch a folder that the settings have as view-only."""
    qt = QApplication(sys.argv[:1])
    application = Application(roots=[sys.argv[1]], config_dir=sys.argv[2])
    application.window.resize(1200, 800)
    application.window.show()
    hands = Hands(application.window)
    hands.wait(lambda: len(list(hands.rows("sessionView"))) > len(CASES), "all sessions")
    for case in (case for case in CASES if case.what in LOOKED_AT):
        print(json.dumps({"what": case.what, **look(application, hands, case)}), flush=True)
    hands.trigger("actionRescan")
    QTest.qWait(500)
    application.shutdown()
    qt.processEvents()


def look(application: Application, hands: Hands, case: Case) -> dict[str, object]:
    """What can be changed, what became of changing it all the same, and what the launcher was asked."""
    window, session = application.window, Path(sys.argv[1]) / case.directory
    window.select_session(str(session))
    hands.wait(lambda: window.shown.snapshot is not None, f"the state of {case.what}")
    tabs = hands.named(QTabWidget, "detailTabs")
    for tab in range(tabs.count()):
        tabs.setCurrentIndex(tab)
        QTest.qWait(50)
    hands.trigger("actionCheck")
    sheet = hands.wait(lambda: window.findChild(CheckSheet), "the sheet of the check")
    hands.wait(lambda: sheet.part.isVisible() and not sheet.part.waiting, "the launcher's answer")
    sheet.close_button.click()
    QTest.qWait(50)
    found = [window.findChild(QAction, name) for name in CHANGING]
    return {
        "enabled": [action.objectName() for action in found if action is not None and action.isEnabled()],
        "refused": refused(application, hands, session),
    }


def refused(application: Application, hands: Hands, session: Path) -> str:
    """The sentence by which the folder's own thread refuses to clear."""
    told: list[NotDone] = []

    def note(answer: object) -> None:
        if isinstance(answer, NotDone):
            told.append(answer)

    application._folders.answered.connect(note)
    application._folders.ask(Clear(str(session), None, StateFile(session).peek()))
    hands.wait(lambda: told, "the refusal")
    application._folders.answered.disconnect(note)
    return told[0].sentence


if __name__ == "__main__":
    main()
