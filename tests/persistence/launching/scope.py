"""A launcher over a base of the OpenScope shape, and what stands in the file that it saved."""

import json
import os
import signal
import subprocess
import sys
import threading
from datetime import datetime
from pathlib import Path
from typing import Any

from persistence import PersistentState
from persistence.files.running import read_running
from persistence.store import STATE_FILE, StateFile


class ScopeBase:
    """Of the OpenScope shape, as far as its flow goes."""

    fail: BaseException | None = None
    success = True
    after_end_state: BaseException | None = None

    def __init__(self, param_file: str | None = None, rig_config_path: str | None = None) -> None:  # noqa: ARG002 - the shape
        self.param_file = param_file
        self.params: dict[str, Any] = {"output_root_folder": "", "tuple": (1, 2)}
        self.platform_info = {"os": ("Linux", "6")}
        self.rig_config = {"since": datetime(2025, 1, 1)}
        self.subject_id = "m1"
        self.user_id = "ann"
        self.session_uuid = ""
        self.output_session_folder = ""
        self.start_time: datetime | None = None
        self.process: subprocess.Popen[bytes] | None = None
        self.stdout_data: list[str] = []
        self.seen_running: list[bool] = []

    def determine_output_session_folder(self) -> str:
        folder = Path(self.params["output_root_folder"]) / "m1_2026-01-01_00-00-00"
        folder.mkdir(exist_ok=True)
        return str(folder)

    def run(self) -> bool:
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGINT, self.signal_handler)
        try:
            self.start_time = datetime.now()
            self.output_session_folder = self.determine_output_session_folder()
            self.process = subprocess.Popen([sys.executable, "-c", "print('hi')"], stdout=subprocess.PIPE)
            self.stdout_data.append(str(self.process.communicate()[0]))
            self.experiment()
            if self.fail is not None:
                raise self.fail
            if not self.success:
                return False
            self.save_end_state(self.output_session_folder)
            if self.after_end_state is not None:
                raise self.after_end_state
            return True
        except Exception as error:  # noqa: BLE001 - as the launchers in the field do
            self.save_debug_state(self.output_session_folder, error)
            return False

    def experiment(self) -> None:
        pass

    def signal_handler(self, _signal: int, _frame: object) -> None:
        raise SystemExit(0)

    def save_end_state(self, output_directory: str | None) -> bool | None:  # noqa: ARG002 - the shape
        return None

    def save_debug_state(self, output_directory: str | None, exc: BaseException) -> None:
        pass


class Scope(PersistentState, ScopeBase):
    def __init__(self, root: Path) -> None:
        self.register_state_handler(
            "protocol", serializer=sorted, deserializer=set
        )  # before the base's __init__
        super().__init__()
        self.params["output_root_folder"] = str(root)
        self.trial_count = 0
        self.protocol = {3, 1}

    def experiment(self) -> None:
        self.trial_count += 1
        running = read_running(self.output_session_folder)
        self.seen_running.append(running is not None and not running.finishing and running.pid == os.getpid())


def state_in(directory: str | Path) -> Any:
    text = (Path(directory) / STATE_FILE).read_text(encoding="utf-8")
    (namespace,) = json.loads(text)["launcher_states"].values()
    return namespace


def actions_in(directory: str | Path) -> list[tuple[str, str]]:
    return [(version.action, version.note) for version in StateFile(directory).history()]
