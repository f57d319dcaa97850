"""The task of a demo rig is ended by its launcher, and says nothing of being asked to."""

import json
import os
import signal
from pathlib import Path

import pytest

from resources.demo.predictive import PredictiveLauncher


@pytest.mark.skipif(os.name != "posix", reason="Windows asks by Ctrl+Break")
def test_that_a_task_leaves_ctrl_c_to_its_launcher(tmp_path: Path) -> None:
    parameters = {"subject_id": "m1", "user_id": "ann", "output_root_folder": str(tmp_path)}
    (tmp_path / "parameters.json").write_text(json.dumps(parameters | {"trials": 1000, "seconds": 100}))
    launcher = PredictiveLauncher(str(tmp_path / "parameters.json"))
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ())
    with launcher.create_process() as task:
        assert task.stdout is not None
        task.send_signal(signal.SIGINT)  # before it could have any handler
        try:
            assert task.stdout.readline() == "trial 1: hit\n"
            task.send_signal(signal.SIGINT)
            assert task.stdout.readline() == "trial 2: miss\n"
        finally:
            task.terminate()
        assert "Traceback" not in task.stdout.read()
    assert signal.pthread_sigmask(signal.SIG_BLOCK, ()) == before
