"""A base class of the OpenScope shape, as launchers have it in the field; it knows nothing of saved state.

One idea: what a lab's base does on its own account is here as it is there: it asks for what its parameter
file lacks, takes a signal, assigns its session directory in the middle of `run()`, swallows what goes wrong,
tells of success and of a crash by two calls, and archives before `run()` returns. `Counting` is a lab's own
launcher over it, with two words about saved state. Scripts of the tests import both.
"""

from __future__ import annotations

import json
import logging
import platform
import shutil
import signal
import subprocess
import sys
import threading
import time
import tomllib
import traceback
from datetime import datetime
from pathlib import Path
from typing import Any

from persistence import PersistentState

log = logging.getLogger(__name__)

TRIAL = "import sys, time\nfor trial in range(int(sys.argv[1])):\n print('trial', trial, flush=True)\n"
TASK = TRIAL + " time.sleep(float(sys.argv[2]))\nsys.exit(int(sys.argv[3]))"
"""Prints so many trials, so many seconds apart, and ends with that code; at once when nobody listens."""


class ScopeBase:
    """Loads parameters over a rig config, runs one process, leaves metadata behind."""

    def __init__(self, param_file: str | None = None, rig_config_path: str | None = None) -> None:
        self.param_file = param_file
        self.platform_info = {"os": (platform.system(), platform.release()), "python": sys.version.split()[0]}
        self.params: dict[str, Any] = {}
        self.start_time: datetime | None = None
        self.stop_time: datetime | None = None
        self._sigint_received = False
        self.config: dict[str, Any] = {}
        self.subject_id = ""
        self.user_id = ""
        self.session_uuid = ""
        self.output_session_folder: str | None = ""
        self.process: subprocess.Popen[str] | None = None
        self.stdout_data: list[str] = []
        self.stderr_data: list[str] = []
        self._output_threads: list[threading.Thread] = []
        self.original_param_file = param_file
        self.rig_config = tomllib.loads(Path(rig_config_path).read_text()) if rig_config_path else {}
        given = json.loads(Path(param_file).read_text()) if param_file else {}
        self.params = {**self.rig_config, **given}
        for name in ("subject_id", "user_id"):
            if self.params.get(name) is None:
                self.params[name] = asked(name, f"test_{name.removesuffix('_id')}")
        self.original_input_params = dict(self.params)
        self.subject_id = self.params["subject_id"]
        self.user_id = self.params["user_id"]

    @classmethod
    def run_from_params(cls, param_file: str, *, log_level: int | None = None) -> bool:
        """Constructs the launcher itself, and says how it went."""
        logging.basicConfig(level=log_level or logging.INFO, force=True)
        try:
            return cls(param_file=param_file).run()
        except Exception:
            log.exception("%s failed", cls.__name__)
            return False

    def run(self) -> bool:
        """The flow of the field: whatever happens, it returns."""
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGINT, self.signal_handler)
        try:
            self.start_time = datetime.now()
            folder = self.determine_output_session_folder()
            self.output_session_folder = folder
            self.params["output_session_folder"] = folder
            self.params["session_uuid"] = self.session_uuid
            if folder:
                self.save_launcher_metadata(folder)
            if not self.start_experiment():
                return False
            if not self.check_experiment_success():
                return False
            self.save_end_state(self.output_session_folder)
            self.run_post_acquisition()
            return True
        except Exception as error:
            if self.output_session_folder:
                self.save_debug_state(self.output_session_folder, error)
            log.exception("the experiment failed")
            return False
        finally:
            self.stop()

    def determine_output_session_folder(self) -> str | None:
        """Made below the root; None when that cannot be."""
        try:
            self.session_uuid = self.session_uuid or str(self.params.get("session_uuid") or "")
            if not self.session_uuid:
                self.session_uuid = f"{self.subject_id}_{datetime.now():%Y-%m-%d_%H-%M-%S.%f}"
            folder = Path(self.params["output_root_folder"], self.session_uuid)
            folder.mkdir(parents=True, exist_ok=True)
            return str(folder)
        except OSError:
            log.exception("no session folder")
            return None

    def save_launcher_metadata(self, output_directory: str) -> None:
        """What others make a resumed run's parameters from."""
        self.write(output_directory, "processed_parameters.json", self.params)
        arguments = {"arguments": sys.argv, "working_directory": str(Path.cwd())}
        self.write(output_directory, "command_line_arguments.json", arguments)

    def start_experiment(self) -> bool:
        """What goes wrong on the way is logged and is no exception."""
        try:
            self.process = self.create_process()
            self._start_output_readers()
            self._monitor_process()
            return True
        except Exception:
            log.exception("it did not start")
            return False

    def create_process(self) -> subprocess.Popen[str]:
        """The experiment: trials."""
        arguments = [str(self.params.get(name, 0)) for name in ("trials", "pause", "code")]
        command = [sys.executable, "-c", TASK, *arguments]
        return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def _start_output_readers(self) -> None:
        assert self.process is not None
        for pipe, lines in ((self.process.stdout, self.stdout_data), (self.process.stderr, self.stderr_data)):
            reader = threading.Thread(target=self._read, args=(pipe, lines), daemon=True)
            self._output_threads.append(reader)
            reader.start()

    @staticmethod
    def _read(pipe: Any, lines: list[str]) -> None:
        with pipe:
            lines.extend(line.rstrip() for line in iter(pipe.readline, ""))

    def _monitor_process(self) -> None:
        assert self.process is not None
        self.process.wait()

    def check_experiment_success(self) -> bool:
        """By the exit code."""
        return self.process is not None and self.process.returncode == 0

    def run_post_acquisition(self) -> None:
        """Archives: copies the session, then takes the original away."""
        archive, folder = self.params.get("archive"), self.output_session_folder
        if archive and folder:
            shutil.copytree(folder, Path(archive, Path(folder).name))
            shutil.rmtree(folder)

    def signal_handler(self, _signal: int, _frame: object) -> None:
        """Ctrl+C ends the process, and `run()` goes on to its end."""
        self._sigint_received = True
        self.stop()

    def stop(self) -> None:
        """End the process, if it is still there."""
        self.stop_time = self.stop_time or datetime.now()
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def save_end_state(self, output_directory: str | None) -> bool | None:
        """Called on success only. What it returns means nothing: None is as good as True."""
        if not output_directory:
            return None
        self.write(output_directory, "end_state.json", {"subject_id": self.subject_id})
        return None

    def save_debug_state(self, output_directory: str | None, exc: Exception) -> bool | None:
        """Called with the exception of a crash."""
        if not output_directory:
            return None
        told = {"exception": repr(exc), "traceback": traceback.format_exc()}
        self.write(output_directory, "debug_state.json", told)
        return True

    @staticmethod
    def write(output_directory: str, name: str, content: object) -> None:
        """Into the metadata of the session."""
        folder = Path(output_directory, "launcher_metadata")
        folder.mkdir(exist_ok=True)
        (folder / name).write_text(json.dumps(content, default=str))


class Counting(PersistentState, ScopeBase):
    """A lab's launcher: it counts what its process prints, and saves at every trial."""

    def __init__(self, param_file: str | None = None, rig_config_path: str | None = None) -> None:
        super().__init__(param_file, rig_config_path)
        self.trial_count = 0
        self.window = (0.5, 1.5)
        self.calibrated: datetime | None = None
        self.camera: subprocess.Popen[str] | None = None

    def _monitor_process(self) -> None:
        assert self.process is not None
        self.camera = self.process
        self.calibrated = self.rig_config.get("calibrated", self.calibrated)
        seen, running = 0, True
        while running:
            running = any(reader.is_alive() for reader in self._output_threads)
            while seen < len(self.stdout_data):
                seen += 1
                self.trial_count += 1
                self.after_trial()
            time.sleep(0.005)
        self.process.wait()

    def after_trial(self) -> None:
        """A checkpoint, said aloud."""
        if self.checkpoint():
            sys.stdout.write(f"saved {self.trial_count}\n")
            sys.stdout.flush()
        if self.trial_count == self.params.get("fail_at"):
            raise RuntimeError("no camera")

    def check_experiment_success(self) -> bool:
        """With a crash that nobody swallows, where one is wanted."""
        if self.params.get("crash"):
            raise RuntimeError("the camera is gone")
        return super().check_experiment_success()


def asked(name: str, default: str) -> str:
    """By the keyboard; with nobody there, the default."""
    try:
        return input(f"{name} [{default}]: ") or default
    except (EOFError, OSError):
        log.info("nobody to ask for %s, it is %s", name, default)
        return default
