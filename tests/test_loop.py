"""The whole ring with nothing left out: a real launcher process, the real window, the real file.

The one idea: only what is promised to others is touched here, the object names of the window, the files
and the launcher's own words, so that this test stays true whatever moves inside the house.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.hands import Hands, cell
from app.main import Application

CODE = Path(__file__).resolve().parents[1]
NAMESPACE = "trial_launcher.TrialLauncher"
LAUNCHER = '''
"""Counts trials; says in its own output what it starts with."""
import subprocess, sys
from persistence import BaseLauncher

class TrialLauncher(BaseLauncher):
    def __init__(self, param_file=None, rig_config_path=None):
        super().__init__(param_file, rig_config_path)
        self.trial_count = 0
        self.reward_volume = 5.5

    def create_process(self):
        print(f"starts with trial_count={self.trial_count} reward_volume={self.reward_volume}", flush=True)
        self.trial_count += 15
        line = f"print('task of {self.subject_id} for {self.user_id}')"
        return subprocess.Popen([sys.executable, "-c", line], stdout=subprocess.PIPE, text=True)

if __name__ == "__main__":
    sys.exit(0 if TrialLauncher(sys.argv[sys.argv.index("--param_file") + 1]).run() else 1)
'''


@pytest.fixture
def rig(tmp_path: Path) -> Path:
    """A computer with one launcher, its parameters, a registry that knows it, and an empty data folder."""
    for name in ("data", "code", "config"):
        (tmp_path / name).mkdir()
    script = tmp_path / "code" / "trial_launcher.py"
    script.write_text(LAUNCHER, encoding="utf-8")
    parameters = {"subject_id": "mouse42", "user_id": "ann", "output_root_folder": str(tmp_path / "data")}
    (tmp_path / "parameters.json").write_text(json.dumps(parameters), encoding="utf-8")
    command = ["{python}", str(script), "--param_file", "{param_file}"]
    lines = [f'["{NAMESPACE}"]', f"python = {json.dumps(sys.executable)}", f"command = {json.dumps(command)}"]
    lines += [f"cwd = {json.dumps(str(tmp_path / 'code'))}", ""]
    (tmp_path / "config" / "launchers.toml").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path


def run_launcher(rig: Path) -> str:
    command = [sys.executable, str(rig / "code" / "trial_launcher.py"), "--param_file"]
    done = subprocess.run(
        [*command, str(rig / "parameters.json")], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def attributes(session: Path) -> dict[str, object]:
    document = json.loads((session / "session_state.json").read_bytes())
    found = document["launcher_states"][NAMESPACE]["attributes"]
    assert isinstance(found, dict)
    return found


def test_that_the_whole_ring_holds_from_a_run_to_the_bytes_that_come_back(
    qtbot: QtBot, rig: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(CODE))
    data = rig / "data"
    application = Application(roots=[data], config_dir=rig / "config")
    application.window.show()
    hands = Hands(application.window)
    try:
        # A launcher runs in its own process; its session appears by itself.
        assert "starts with trial_count=0" in run_launcher(rig)
        (session,) = data.iterdir()
        row = hands.row("sessionView", session.name, Status="Completed", Subject="mouse42")
        hands.select("sessionView", row)

        # The bad attribute is changed, first in the window only, then saved; history holds the old bytes.
        file = session / "session_state.json"
        before = file.read_bytes()
        attribute = hands.row("stateView", "trial_count", Value="15", Type="integer")
        hands.edit(cell(attribute, "Value"), "150")
        hands.row("stateView", "trial_count", Value="150", Saved_value="15")
        assert file.read_bytes() == before
        hands.trigger("actionSave")
        hands.press("Save 1 change")
        hands.wait(lambda: attributes(session)["trial_count"] == 150, "150 in the file")
        assert file.read_bytes() == before.replace(b'"trial_count": 15', b'"trial_count": 150')
        etag = hashlib.sha256(before).hexdigest()
        (kept,) = (session / ".session_state_history").glob(f"*-{etag[:12]}.json")
        assert kept.read_bytes() == before
        hands.wait(lambda: not hands.named(QAction, "actionSave").isEnabled(), "nothing left to save")

        # Resume: another subject is refused, and the new process really has the edited value.
        hands.trigger("actionResume")
        assert hands.named(QLineEdit, "subjectField").text() == ""
        hands.type_into("User", "ann")
        hands.type_into("subjectField", "mouse7")
        assert not hands.named(QPushButton, "resumeButton").isEnabled()
        hands.type_into("subjectField", "mouse42")
        hands.press("Resume")
        hands.read("starts with trial_count=150")
        hands.wait(lambda: len(list(data.iterdir())) == 2, "the session of the resumed run")
        (resumed,) = set(data.iterdir()) - {session}
        hands.select(
            "sessionView", hands.row("sessionView", resumed.name, Status="Completed", Subject="mouse42")
        )
        assert attributes(resumed)["trial_count"] == 165
        log = (resumed / "launcher_metadata" / "launcher.log").read_text(encoding="utf-8")
        assert "task of mouse42 for ann" in log

        # Clear, and take it back: the bytes are the same.
        hands.row("stateView", "trial_count", Value="165")
        saved = (resumed / "session_state.json").read_bytes()
        hands.trigger("actionClear")
        hands.named(QWidget, "clearSheet")
        hands.press("Clear saved state")
        hands.row("sessionView", resumed.name, Status="Cleared")
        assert json.loads((resumed / "session_state.json").read_bytes())["launcher_states"] == {}
        hands.press("Undo")
        hands.row("sessionView", resumed.name, Status="Completed")
        assert (resumed / "session_state.json").read_bytes() == saved
    finally:
        application.shutdown()
