"""A small rig for tests of the window: sessions made by the library, and a launcher that really runs.

The one idea: what the window reads was written by a launcher, as on a rig. In-process where only the file
counts, in a process of its own where a run does. Not for the demo's launchers: those stand in `resources`.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from persistence.launcher import PersistentState
from persistence.lock import FileLock
from persistence.store import LOCK_FILE

PROJECT = str(Path(__file__).parents[1])
LAUNCHER = '''
"""Counts trials: a launcher of the small rig, run as `python counting.py --param_file FILE`."""
import argparse, subprocess, sys
from persistence.base_launcher import BaseLauncher


class CountingLauncher(BaseLauncher):
    def __init__(self, param_file=None, rig_config_path=None):
        super().__init__(param_file, rig_config_path)
        self.trial_count = 15
        self.reward_volume = 5.5
        self.experiment_phase = "baseline"

    def create_process(self):
        print(f"trial_count is {self.trial_count}", flush=True)
        self.trial_count += 1
        code = self.params.get("task", "print('done')")
        command = [sys.executable, "-c", code]
        return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--param_file")
    sys.exit(0 if CountingLauncher(parser.parse_args().param_file).run() else 1)
'''


class CountingLauncher(PersistentState):
    """The same state without a run, for tests that only need the file."""

    def __init__(self) -> None:
        self.trial_count = 15
        self.reward_volume = 5.5
        self.experiment_phase = "baseline"


NAMESPACE = f"{__name__}.CountingLauncher"


@contextmanager
def locked(session: Path) -> Iterator[None]:
    """Somebody else holds the lock of a session."""
    lock = FileLock(session / LOCK_FILE)
    lock.acquire(0)
    try:
        yield
    finally:
        lock.release()


def made_session(root: Path, name: str = "764521_2026-11-23_14-05-00", **attributes: object) -> Path:
    """A session directory whose state the library saved, with these attributes beside the usual ones."""
    directory = root / name
    directory.mkdir(parents=True, exist_ok=True)
    launcher = CountingLauncher()
    vars(launcher).update(attributes)
    assert launcher.save_session_state(directory)
    return directory


class Rig:
    """A folder of sessions and a launcher script; `run` makes a session by a real run."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "data"
        self.root.mkdir()
        self.script = folder / "counting.py"
        self.script.write_text(LAUNCHER, encoding="utf-8")
        self.namespace = "counting.CountingLauncher"

    def param_file(self, subject: str = "764521", **parameters: object) -> Path:
        """A parameter file for a run on this rig."""
        file = self.root.parent / f"params-{subject}.json"
        known = {"subject_id": subject, "user_id": "ann", "output_root_folder": str(self.root)}
        file.write_text(json.dumps({**known, **parameters}), encoding="utf-8")
        return file

    def start(self, subject: str = "764521", **parameters: object) -> "subprocess.Popen[bytes]":
        """Start a run; the caller waits for its end."""
        command = [
            sys.executable,
            str(self.script),
            "--param_file",
            str(self.param_file(subject, **parameters)),
        ]
        environment = {**os.environ, "PYTHONPATH": PROJECT}
        return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment)

    def run(self, subject: str = "764521", **parameters: object) -> Path:
        """Run to the end, and return the session directory that the run made."""
        before = set(self.root.iterdir())
        process = self.start(subject, **parameters)
        _, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors.decode()
        (made,) = set(self.root.iterdir()) - before
        return made
