"""A complete small launcher: parameters in, one process run and logged, its traces and its state left behind.

One idea: it has the shape of the launchers in the field (`run`, `create_process`, `save_end_state`,
`save_debug_state`, `determine_output_session_folder`) and not one line about saving: the mixin joins it as it
would join any of them. A launcher that has a base class of its own takes `PersistentState` and not this one.
"""

from __future__ import annotations

import logging
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar

from persistence import session_files
from persistence.errors import StateError
from persistence.launcher import PersistentState
from persistence.parameters import ParameterError, read_parameters, read_rig_config
from persistence.process_output import ProcessOutput, SessionLog
from persistence.remembered import remembered
from persistence.stopping import Stopper, on_stop_signals

log = logging.getLogger(__name__)

_OUTPUT_GRACE = 5.0  # seconds for the last output to arrive after the process has ended
_NOT_IN_A_NAME = re.compile(r"[^\w.+-]+")


class ExperimentFailed(RuntimeError):
    """The process could not be made, or ended with an error."""


class BaseLauncher(PersistentState):
    """Runs one process as an experiment.

    `params` is the parameter file over the rig config; `subject_id` and `user_id` come from there. Override
    `create_process` to start your own.
    """

    run_attributes: ClassVar[frozenset[str]] = frozenset(
        (
            "param_file",
            "params",
            "rig_config",
            "original_input_params",
            "session_uuid",
            "output_session_folder",
            "start_time",
            "stop_time",
            "process",
        )
    )

    def __init__(
        self,
        param_file: str | os.PathLike[str] | None = None,
        rig_config_path: str | os.PathLike[str] | None = None,
    ) -> None:
        """Read the files that are named; without any there is nothing to read, and nobody is asked.

        Raises:
            ParameterError: a file was named and cannot be used.
        """
        self.param_file = os.fspath(param_file) if param_file is not None else None
        self.rig_config = read_rig_config(rig_config_path)
        self.original_input_params = read_parameters(param_file)
        self.params: dict[str, Any] = {**self.rig_config, **self.original_input_params}
        self.subject_id = _as_name(self.params.get("subject_id"))
        self.user_id = _as_name(self.params.get("user_id"))
        self.session_uuid = ""
        self.output_session_folder = ""
        self.start_time: datetime | None = None
        self.stop_time: datetime | None = None
        self.process: subprocess.Popen[Any] | None = None
        self._stopper = Stopper()

    # --- to be overridden

    def create_process(self) -> subprocess.Popen[Any] | None:
        """Start the experiment's process. Its output is logged as far as it is piped; None means it failed.

        This one only says that it is none of yours.
        """
        greeting = f"{type(self).__name__} has no create_process() of its own, so nothing else was run."
        return subprocess.Popen(
            [sys.executable, "-c", f"print({greeting!r})"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )

    def handle_output(self, line: str) -> None:
        """Called with each line that the process prints, as it comes, on a thread of its own.

        The place to count trials, and to call `checkpoint()`. Standard output only, as far as it is piped.
        """

    def check_experiment_success(self) -> bool:
        """Whether the process that has ended did what it should: by its exit code."""
        return self.process is not None and self.process.returncode == 0

    def determine_output_session_folder(self) -> str:
        """Make this run's session directory, `<output_root_folder>/<subject_id>_<YYYY-MM-DD_HH-MM-SS>`.

        The root is a parameter, by default the working directory. Raises OSError.
        """
        root = Path(self.params.get("output_root_folder") or Path.cwd()).absolute()
        started = self.start_time or datetime.now()
        name = f"{_NOT_IN_A_NAME.sub('-', self.subject_id) or 'unknown'}_{started:%Y-%m-%d_%H-%M-%S}"
        root.mkdir(parents=True, exist_ok=True)
        folder, count = root / name, 1
        while True:
            try:
                folder.mkdir()
            except FileExistsError:  # another run of the same subject within the same second
                count += 1
                folder = root / f"{name}_{count}"
            else:
                return str(folder)

    # --- the run

    @classmethod
    def run_from_params(
        cls, param_file: str | os.PathLike[str] | None, *, log_level: int | str | None = None
    ) -> bool:
        """Construct the launcher with a parameter file and run it, logging to the console at `log_level`."""
        logging.basicConfig(
            level=log_level or logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
        )
        try:
            return cls(param_file=param_file).run()
        except ParameterError as error:
            log.error("%s", error)
            return False

    def run(self) -> bool:
        """Run the experiment; True when its process did what it should. Does not raise.

        Ctrl+C (in the main thread) and `stop()` end the process, at first gently, and the run as interrupted.
        """
        self.start_time, self.stop_time, self.process = datetime.now(), None, None
        self._stopper = Stopper()
        self._worth_saving(False)
        with on_stop_signals(self._stopper.interrupt):
            try:
                self.session_uuid = str(_new_uuid())
                self.output_session_folder = self.determine_output_session_folder()
                return self._run_session(Path(self.output_session_folder))
            except Exception as error:  # the experiment's own code may raise anything
                log.exception("%s failed.", type(self).__name__)
                self.save_debug_state(self.output_session_folder, error)
                return False

    def stop(self) -> None:
        """End the process, and the run as interrupted; may be called from any thread."""
        self._stopper.ask()

    def _run_session(self, folder: Path) -> bool:
        with SessionLog(folder / session_files.METADATA / "launcher.log") as session_log:
            self._write_metadata(folder)
            self._write_session(folder)
            try:
                self._run_process(session_log)
                if not self._stopper.asked:
                    self.save_end_state(str(folder))
                    return True
            except ExperimentFailed as error:
                log.error("%s: %s", folder, error)
                self.save_debug_state(str(folder), error)
            finally:
                self._write_session(folder)
        run = remembered(self).run
        if self._stopper.asked and run is not None:
            run.conclude("interrupted")
        return False

    def _run_process(self, session_log: SessionLog) -> None:
        self.process = self.create_process()
        if self.process is None:
            raise ExperimentFailed(f"{type(self).__name__}.create_process() returned no process")
        self._worth_saving(True)
        output = ProcessOutput(self.process, session_log, self.handle_output)
        try:
            code = self._stopper.wait_for(self.process)
        finally:
            if self.process.poll() is None:
                self._stopper.ask()
                self._stopper.wait_for(self.process)
            output.finish(_OUTPUT_GRACE)
            self.stop_time = datetime.now()
        if not self._stopper.asked and not self.check_experiment_success():
            said = f": {output.last_error_line}" if output.last_error_line else ""
            raise ExperimentFailed(f"the process ended with exit code {code}{said}")

    def _worth_saving(self, worth: bool) -> None:
        run = remembered(self).run
        if run is not None:
            run.worth_saving = worth

    # --- traces

    def save_end_state(self, output_directory: str | os.PathLike[str]) -> None:
        """Write `launcher_metadata/end_state.json`; called after a success, and the mixin then saves."""
        content = {
            "session_uuid": self.session_uuid,
            "subject_id": self.subject_id,
            "user_id": self.user_id,
            "start_time": _iso(self.start_time),
            "stop_time": _iso(self.stop_time),
            "process_returncode": self.process.returncode if self.process else None,
            "launcher": type(self).__name__,
            "rig_config": self.rig_config,
        }
        self._write(Path(output_directory) / session_files.METADATA / session_files.END_STATE, content)

    def save_debug_state(self, output_directory: str | os.PathLike[str], error: BaseException) -> None:
        """Write `launcher_metadata/debug_state.json`; called after a crash, and the mixin then saves."""
        import traceback  # here, because few runs crash

        now = datetime.now().isoformat()
        content = {
            "exception": repr(error),
            "traceback": "".join(traceback.format_exception(error)),
            "timestamp": now,
            "session_uuid": self.session_uuid,
            "crash_info": {"exception_type": type(error).__name__, "message": str(error), "crash_time": now},
            "launcher_state": self._readable_state(),
        }
        if output_directory:
            self._write(Path(output_directory) / session_files.METADATA / session_files.DEBUG_STATE, content)

    def _readable_state(self) -> dict[str, object]:
        try:
            return session_files.readable(self.get_persistent_attributes())
        except Exception:  # an override is foreign code, and what is told here is a crash already
            log.exception("%s.get_persistent_attributes() raised.", type(self).__name__)
            return {}

    def _write_metadata(self, folder: Path) -> None:
        """What one needs to do this run again."""
        metadata = folder / session_files.METADATA
        identity = {"subject_id": self.subject_id, "user_id": self.user_id}
        self._write(metadata / "input_parameters.json", self.original_input_params)
        self._write(metadata / "processed_parameters.json", {**self.params, **identity})
        self._write(
            metadata / "command_line_arguments.json",
            {
                "command_line": " ".join(sys.argv),
                "arguments": sys.argv,
                "original_arguments": sys.orig_argv,
                "working_directory": os.getcwd(),
                "python_executable": sys.executable,
                "original_param_file": self.param_file,
                "timestamp": datetime.now().isoformat(),
            },
        )

    def _write_session(self, folder: Path) -> None:
        """`session.json`, at the beginning and again at the end."""
        content = {
            "session_uuid": self.session_uuid,
            "subject_id": self.subject_id,
            "user_id": self.user_id,
            "launcher": type(self).__name__,
            "session_start_time": _iso(self.start_time),
            "session_end_time": _iso(self.stop_time),
            "rig_id": self.params.get("rig_id"),
            "computer_name": _computer_name(),
        }
        self._write(folder / session_files.SESSION, content)

    def _write(self, path: Path, content: Mapping[str, object]) -> None:
        """A trace that cannot be written is a loss, but no reason to end an experiment."""
        try:
            path.parent.mkdir(exist_ok=True)
            session_files.write(path, content)
        except (OSError, StateError, ValueError, RecursionError) as error:
            log.error("%s was not written: %s", path, error)


def _as_name(value: object) -> str:
    """A subject or user as text; it may well be written as a number."""
    return "" if value is None else str(value)


def _new_uuid() -> object:
    import uuid  # not needed before a run, and slow to import

    return uuid.uuid4()


def _computer_name() -> str:
    import platform  # as above

    return platform.node()


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
