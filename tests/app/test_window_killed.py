"""A window that is killed while something is not saved: the next one offers every edit that was told as made,
and shows the session that was selected.

The one idea: the window is a process of its own, driven by the same hands as everywhere, and ended by the
system without a word (SIGKILL, TerminateProcess), as a crash or a power cut of the computer's user ends it.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from pytestqt.qtbot import QtBot

from app.hands import Hands
from app.main import Application
from persistence.states.edits import get_value
from persistence.store import StateFile
from tests.small_rig import NAMESPACE, PROJECT, made_session

WINDOW = """
import sys
from PySide6.QtWidgets import QApplication
from app.hands import Hands, cell
from app.main import Application
qt = QApplication(sys.argv[:1])
application = Application(roots=[sys.argv[1]], config_dir=sys.argv[2])
application.window.show()
hands = Hands(application.window)
hands.select("sessionView", hands.row("sessionView", sys.argv[3]))
for name, text in (("trial_count", "150"), ("experiment_phase", "a phase that nobody saved")):
    hands.edit(cell(hands.row("stateView", name), "Value"), text)
print("edited", flush=True)
qt.exec()
"""


def kept(config: Path) -> str:
    """All edits that are kept, as text; not what is only being written."""
    return "".join(file.read_text("utf-8") for file in (config / "data" / "drafts").glob("*.edits.json"))


def test_that_edits_of_a_window_that_was_killed_are_offered_by_the_next(tmp_path: Path, qtbot: QtBot) -> None:
    root, config = tmp_path / "data", tmp_path / "config"
    session = made_session(root)
    command = [sys.executable, "-c", WINDOW, str(root), str(config), session.name]
    victim = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=PROJECT)
    assert victim.stdout is not None
    assert victim.stdout.readline() == "edited\n"
    qtbot.waitUntil(lambda: "a phase that nobody saved" in kept(config))  # long before a save
    settings = config / "settings.json"
    qtbot.waitUntil(lambda: settings.exists() and session.name in settings.read_text("utf-8"))
    victim.kill()
    victim.wait()
    victim.stdout.close()
    before = StateFile(session).read()
    assert get_value(before.document, NAMESPACE, ("trial_count",)) == 15

    application = Application(roots=[root], config_dir=config)
    try:
        application.window.show()
        hands = Hands(application.window)
        hands.wait(lambda: application.window.selected_directory == str(session), "the session of then")
        hands.row("stateView", "trial_count", Value="150")
        hands.row("stateView", "experiment_phase", Value="a phase that nobody saved")
        hands.trigger("actionSave")
        hands.press("Save 2 changes")
        hands.wait(lambda: StateFile(session).peek() != before.etag, "the saved state")
        document = StateFile(session).read().document
        assert get_value(document, NAMESPACE, ("trial_count",)) == 150
        assert get_value(document, NAMESPACE, ("experiment_phase",)) == "a phase that nobody saved"
    finally:
        application.shutdown()
