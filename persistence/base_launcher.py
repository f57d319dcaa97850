"""A complete small launcher: parameters in, one process run and logged, its traces and its state left behind.

One idea: it has the shape of the launchers in the field (`run`, `create_process`, `save_end_state`,
`save_debug_state`, `determine_output_session_folder`), and the mixin saves its state as it would save that
of any of them; all that is added here is from when on a failure is worth saving, and whether somebody stopped
the run. A launcher that has a base class of its own takes `PersistentState` and not this one.
"""

from __future__ import annotations

import logging
import os
import re
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar

from persistence.launcher import PersistentState
from persistence.launching import traces
from persistence.launching.parameters import ParameterError, read_parameters, read_rig_config
from persistence.launching.process_output import ProcessOutput, SessionLog
from persistence.launching.remembered import remembered
from persistence.launching.stopping import Stopper, on_stop_signals
from persistence.sessions.session_files import METADATA

log = logging.getLogger(__name__)

_OUTPUT_GRACE = 5.0  # seconds for the last output to arrive after the process has ended
_NOT_IN_A_NAME = re.compile(r"[^\w.+-]+")


class ExperimentFailed(RuntimeError):
    """The process could not be made, or ended with an error."""


class BaseLauncher(PersistentState):
    """Runs one process as an experiment.

    `params` has the values of the rig config, those of the parameter file in their place where both name one;
    `subject_id` and `user_id` come from there. Override `create_process` to start your own process.
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

    process_leads_group: ClassVar[bool] = False
    """Whether `create_process` starts a group of its own on Windows (`CREATE_NEW_PROCESS_GROUP`). Only then
    can it be asked to end without being terminated at once: by Ctrl+Break, which it has to be made for.
    """

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
        self._stopper = Stopper(leads_group=self.process_leads_group)

    # --- to be overridden

    def create_process(self) -> subprocess.Popen[Any] | None:
        """Start the experiment's process. Its output is logged as far as it is piped; None means it failed.

        To be overridden: this one only starts a process that prints that it was not.
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

        `output_root_folder` is a parameter, by default the working directory. Raises OSError.
        """
        root = Path(self.params.get("output_root_folder") or Path.cwd()).absolute()
        started = self.start_time or remembered(self).clock()
        name = (
            f"{_NOT_IN_A_NAME.sub('-', _as_name(self.subject_id)) or 'unknown'}_{started:%Y-%m-%d_%H-%M-%S}"
        )
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
        self.start_time, self.stop_time, self.process = remembered(self).clock(), None, None
        self._stopper = Stopper(leads_group=self.process_leads_group)
        self.output_session_folder = ""  # that of an earlier run is not this one's to write to
        self._worth_saving(False)
        with on_stop_signals(self._stopper.interrupt):
            try:
                self.session_uuid = _new_uuid()
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
        with SessionLog(folder / METADATA / "launcher.log", remembered(self).clock) as session_log:
            traces.write_parameters(self, folder)
            traces.write_session(self, folder)
            try:
                self._run_process(session_log)
                if not self._stopper.asked:
                    self.save_end_state(str(folder))
                    return True
            except ExperimentFailed as error:
                log.error("%s: %s", folder, error)
                self.save_debug_state(str(folder), error)
            finally:
                traces.write_session(self, folder)
        run = remembered(self).run
        if self._stopper.asked and run is not None:
            run.conclude("interrupted")
        return False

    def _run_process(self, session_log: SessionLog) -> None:
        self.process = self._stopper.started(self.create_process)
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
            self.stop_time = remembered(self).clock()
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
        traces.write_end_state(self, Path(output_directory))

    def save_debug_state(self, output_directory: str | os.PathLike[str], error: BaseException) -> None:
        """Write `launcher_metadata/debug_state.json`; called after a crash, and the mixin then saves."""
        if output_directory:
            traces.write_debug_state(self, Path(output_directory), error)


def _as_name(value: object) -> str:
    """A subject or user as text; it may well be written as a number."""
    return "" if value is None else str(value)


def _new_uuid() -> str:
    import uuid  # not needed before a run, and slow to import

    return str(uuid.uuid4())
