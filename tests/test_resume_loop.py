"""Resume from end to end: a real launcher, the real window, and a run that outlives the window and its death.

The one idea: as an operator lives it, by what he sees and touches. A window that is killed is one in a
process of its own, driven by the same hands; what became of the run
is asked of its files and of the next window.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPushButton, QTabWidget
from pytestqt.qtbot import QtBot

from app.hands import Hands, cell
from app.main import Application
from app.views.resume.plan_table import PlanTable
from persistence.files.running import MARKER_FILE, read_running
from persistence.states.edits import set_value
from persistence.store import StateFile

CODE = Path(__file__).resolve().parents[1]
NAMESPACE = "trial_launcher.TrialLauncher"
LAUNCHER = '''
"""Says what it starts with, and runs its task until a file is there, or it is asked to end."""
import logging, subprocess, sys
from persistence import BaseLauncher

class TrialLauncher(BaseLauncher):
    def __init__(self, param_file=None, rig_config_path=None):
        super().__init__(param_file, rig_config_path)
        self.trial_count = 0
        self.reward_volume = 5.5

    def create_process(self):
        print(f"starts with trial_count={self.trial_count} reward_volume={self.reward_volume}", flush=True)
        self.trial_count += 15
        self.reward_volume = 7.25
        code = self.params.get("task", "pass")
        return subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)

if __name__ == "__main__":
    sys.exit(0 if TrialLauncher.run_from_params(sys.argv[sys.argv.index("--param_file") + 1]) else 1)
'''
TASK = "import os, time\nprint('trial 1', flush=True)\nwhile not os.path.exists({0!r}): time.sleep(0.02)"
WINDOW = '''
"""A window in a process of its own: resumes the session, says so, and goes on until it is killed."""
import sys
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from app.hands import Hands
from app.main import Application

qt = QApplication(sys.argv[:1])
application = Application(roots=[sys.argv[1]], config_dir=sys.argv[2])
application.window.show()
hands = Hands(application.window)
hands.select("sessionView", hands.row("sessionView", sys.argv[3], Status="Completed"))
hands.trigger("actionResume")
hands.type_into("subjectField", "mouse42")
hands.type_into("User", "ann")
QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
hands.press("Resume")
hands.read("trial 1")
print("resumed", flush=True)
qt.exec()
'''


class Rig:
    """A computer with one launcher that its operator has put into the list, and a session of its own."""

    def __init__(self, folder: Path) -> None:
        self.data, self.config = folder / "data", folder / "config"
        self.release = folder / "release"
        self._script = folder / "code" / "trial_launcher.py"
        for place in (self.data, self.config, self._script.parent):
            place.mkdir()
        self._script.write_text(LAUNCHER, encoding="utf-8")
        command = ["{python}", str(self._script), "--param_file", "{param_file}"]
        lines = [f'["{NAMESPACE}"]', f"python = {json.dumps(sys.executable)}"]
        lines += [f"command = {json.dumps(command)}", f"cwd = {json.dumps(str(self._script.parent))}", ""]
        (self.config / "launchers.toml").write_text("\n".join(lines), encoding="utf-8")
        self.source = self._first_run(folder / "parameters.json")

    def _first_run(self, parameters: Path) -> Path:
        known = {"subject_id": "mouse42", "user_id": "bob", "output_root_folder": str(self.data)}
        parameters.write_text(json.dumps(known), encoding="utf-8")
        command = [sys.executable, str(self._script), "--param_file", str(parameters)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 0, done.stderr
        (session,) = self.data.iterdir()
        kept = session / "launcher_metadata" / "processed_parameters.json"
        task = {"task": TASK.format(str(self.release))}
        kept.write_text(json.dumps(json.loads(kept.read_text()) | task), encoding="utf-8")
        return session

    def resumed(self) -> Path:
        """The session of the resumed run."""
        (found,) = set(self.data.iterdir()) - {self.source}
        return found

    def attributes(self, session: Path) -> dict[str, object]:
        """What is saved there."""
        return dict(StateFile(session).read().document.namespace(NAMESPACE).attributes)


@pytest.fixture
def rig(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rig]:
    monkeypatch.setenv("PYTHONPATH", str(CODE))
    made = Rig(tmp_path)
    (made.source / MARKER_FILE).touch()  # as every run leaves it
    yield made
    made.release.touch()


@contextmanager
def window(rig: Rig) -> Iterator[Hands]:
    """A window of this process, closed at the end."""
    application = Application(roots=[rig.data], config_dir=rig.config)
    application.window.resize(1440, 900)
    application.window.show()
    application.window.activateWindow()
    try:
        yield Hands(application.window)
    finally:
        application.shutdown()


def open_session(hands: Hands, session: Path, status: str) -> QModelIndex:
    row = hands.row("sessionView", session.name, Status=status)
    hands.select("sessionView", row)
    return row


def show_output(hands: Hands) -> None:
    """Go to the Output tab, once it is there."""
    tabs = hands.named(QTabWidget, "detailTabs")

    def places() -> list[int]:
        return [at for at in range(tabs.count()) if tabs.tabText(at) == "Output"]

    tabs.setCurrentIndex(hands.wait(places, "the tab Output")[0])


def see_button(hands: Hands, words: str) -> QAbstractButton:
    """A visible button with these words, once it is there."""

    def look() -> QAbstractButton | None:
        buttons = hands.window.findChildren(QAbstractButton)
        return next((one for one in buttons if one.isVisible() and one.accessibleName() == words), None)

    return hands.wait(look, f"the button {words}")


def press_enter() -> None:
    """On whatever has the keyboard."""
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClick(widget, Qt.Key.Key_Return)


def scan(hands: Hands, text: str) -> None:
    """As a scanner does: all keys, then Enter."""
    QTest.keyClicks(hands.named(QLineEdit, "subjectField"), text)
    QTest.keyClick(hands.named(QLineEdit, "subjectField"), Qt.Key.Key_Return)


def name_new_user(hands: Hands, name: str) -> None:
    """Type it and read that it is new, which goes before all else."""
    hands.type_into("User", name)
    press_enter()
    hands.read(f"{name} is a new name here.")
    hands.wait(hands.named(QPushButton, "resumeButton").isEnabled, "the button Resume, as it can be pressed")


def stop(hands: Hands) -> None:
    hands.press("Stop…")
    hands.read("as Ctrl+C does")
    hands.press("Stop it")


def gone(session: Path) -> Callable[[], bool]:
    return lambda: read_running(session) is None


def test_that_a_resumed_run_is_partial_outlives_the_window_and_is_stopped_from_the_next(
    qtbot: QtBot, rig: Rig
) -> None:
    with window(rig) as hands:
        # One attribute is edited, another left out; the subject is scanned, the user typed; Enter leads on.
        open_session(hands, rig.source, "Completed")
        hands.edit(cell(hands.row("stateView", "trial_count", Value="15"), "Value"), "150")
        hands.trigger("actionResume")
        table = hands.named(PlanTable, "planTable")
        rows = [table.model().index(at, 0).data() for at in range(table.model().rowCount())]
        assert rows == ["trial_count", "reward_volume"]
        hands.read("2 of 2 attributes")
        table.setFocus()
        table.selectRow(1)
        QTest.keyClick(table, Qt.Key.Key_Space)
        hands.read("1 of 2 attributes")
        scan(hands, "mouse42")
        name_new_user(hands, "ann")
        press_enter()
        press_enter()

        # It runs, with the edited value and its own default; the plan came true; who edited is in history.
        hands.read("starts with trial_count=150 reward_volume=5.5")
        hands.read("Loaded 1 attribute")
        hands.read("reward_volume: left out")
        session = rig.resumed()
        hands.row("sessionView", session.name, Status="Running", Subject="mouse42")
        hands.row("sessionView", rig.source.name, Status="Running")
        see_button(hands, f"Resumed as {session.name}")  # which has saved nothing yet that says so
        edit = StateFile(rig.source).history()[-1]
        assert (edit.action, edit.who) == ("edit", "ann")
        made = json.loads(next(rig.config.rglob("parameters.json")).read_text())
        assert (made["subject_id"], made["user_id"]) == ("mouse42", "ann")
    running = read_running(session)
    assert running is not None  # the window is closed, the animal is still in there
    pid = running.pid

    with window(rig) as hands:
        # The next window says that it goes on, and finds it from both sessions.
        hands.read("1 run of an earlier window is going on")
        open_session(hands, rig.source, "Running")
        show_output(hands)
        hands.read("trial 1")
        see_button(hands, f"Resumed as {session.name}")
        open_session(hands, session, "Running")
        see_button(hands, f"Resumed from {rig.source.name}")
        show_output(hands)
        stop(hands)
        hands.read("It was stopped.")
        hands.row("sessionView", session.name, Status="Interrupted")
    assert gone(session)()
    assert rig.attributes(session)["trial_count"] == 165
    os.waitpid(pid, 0)


@pytest.mark.skipif(os.name != "posix", reason="a POSIX shell")
def test_that_a_copied_command_resumes_when_it_is_pasted_into_a_terminal(
    qtbot: QtBot, rig: Rig, tmp_path: Path
) -> None:
    rig.release.touch()
    with window(rig) as hands:
        open_session(hands, rig.source, "Completed")
        hands.trigger("actionResume")
        scan(hands, "mouse42")
        name_new_user(hands, "mia")
        hands.press("Copy command")
        hands.read("Copied, for a terminal: resume")
        line = QGuiApplication.clipboard().text()
        pasted = subprocess.run(["sh", "-c", line], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert "starts with trial_count=15 reward_volume=7.25" in pasted.stdout, pasted.stderr
        see_button(hands, f"Resumed as {rig.resumed().name}")
    found = rig.attributes(rig.resumed())
    assert (found["trial_count"], found["subject_id"], found["user_id"]) == (30, "mouse42", "mia")


def test_that_a_resume_into_a_folder_that_is_not_watched_is_told_now_and_before_the_next(
    qtbot: QtBot, rig: Rig, tmp_path: Path
) -> None:
    source = rig.source
    copies = tmp_path / "copies"
    shutil.copytree(source, copies / source.name)  # whose parameters still lead to the old folder
    application = Application(roots=[copies], config_dir=rig.config)
    application.window.show()
    hands = Hands(application.window)
    try:
        open_session(hands, copies / source.name, "Completed")
        hands.trigger("actionResume")
        hands.type_into("subjectField", "mouse42")
        name_new_user(hands, "ann")
        hands.press("Resume")
        hands.read(f"The new session lies in {rig.data}, which is not watched.")
        rig.release.touch()
        hands.wait(gone(rig.resumed()), "the end of the run")
        hands.row("sessionView", source.name, Status="Completed")
        hands.wait(application.window.actions_["actionResume"].isEnabled, "the next resume")
        hands.trigger("actionResume")
        hands.read("by ann; its new session lies in")
        hands.press("Cancel")
        buttons = application.window.banners.findChildren(
            QAbstractButton
        )  # the tool bar has one of that name
        next(one for one in buttons if one.isVisible() and one.text() == "Watch folder").click()
        hands.row("sessionView", rig.resumed().name)
        hands.wait(lambda: not hands.can_read("The new session lies in"), "the notice to go")
    finally:
        application.shutdown()


@pytest.mark.skipif(os.name != "posix", reason="kills by a signal")
def test_that_a_window_that_is_killed_harms_no_run(qtbot: QtBot, rig: Rig, tmp_path: Path) -> None:
    script = tmp_path / "window.py"
    script.write_text(WINDOW, encoding="utf-8")
    command = [sys.executable, str(script), str(rig.data), str(rig.config), rig.source.name]
    victim = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert victim.stdout is not None
    assert victim.stdout.readline() == "resumed\n"
    victim.send_signal(signal.SIGKILL)
    victim.wait()
    victim.stdout.close()
    session = rig.resumed()
    assert read_running(session) is not None
    with window(rig) as hands:
        open_session(hands, rig.source, "Running")
        show_output(hands)
        hands.read("trial 1")
        rig.release.touch()
        hands.read("It has ended.")
        hands.row("sessionView", session.name, Status="Completed")
        assert not hands.can_read(f"The experiment {session.name}")  # its output was watched
        open_session(hands, rig.source, "Completed")
        see_button(hands, f"Resumed as {session.name}").click()
        hands.wait(lambda: hands.can_read(session.name), "the session that it was resumed as")
        see_button(hands, f"Resumed from {rig.source.name}")
        renamed = rig.source.rename(rig.data / "renamed")
        see_button(hands, "Resumed from renamed").click()
        show_output(hands)
        see_button(hands, f"Resumed as {session.name}").click()
        see_button(hands, "Resumed from renamed").click()
        file = StateFile(renamed)
        file.commit(
            set_value(file.read().document, NAMESPACE, ("trial_count",), 16), expected_etag=file.peek()
        )
        hands.row("stateView", "trial_count", Value="16")
        see_button(hands, f"Resumed as {session.name}").click()
        file.restore(len(file.history()) - 1)
        see_button(hands, "Resumed from renamed")
        renamed.rename(tmp_path / "away")
        see_button(hands, f"Resumed from {rig.source.name} (not listed)")
        (tmp_path / "away").rename(rig.source)
        see_button(hands, f"Resumed from {rig.source.name}")
    assert rig.attributes(session)["trial_count"] == 30
    assert gone(session)()
