"""What a run of `BaseLauncher` leaves behind beside its data and its state.

One idea: the files, their names and their fields are those that launchers in the field write, so that the
tools of a lab find them. A trace that cannot be written is a loss and is logged, but no reason to end an
experiment.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from persistence.errors import StateError
from persistence.launching.code_state import Revision, revision_of
from persistence.launching.namespaces import module_of
from persistence.launching.remembered import remembered
from persistence.sessions import session_files

if TYPE_CHECKING:
    from persistence.base_launcher import BaseLauncher

log = logging.getLogger(__name__)


def write_parameters(launcher: BaseLauncher, folder: Path) -> None:
    """What one needs to do this run again: both kinds of parameters, and the command line."""
    metadata = folder / session_files.METADATA
    identity = {"subject_id": launcher.subject_id, "user_id": launcher.user_id}
    _write(metadata / "input_parameters.json", launcher.original_input_params)
    _write(metadata / "processed_parameters.json", {**launcher.params, **identity})
    _write(
        metadata / "command_line_arguments.json",
        {
            "command_line": " ".join(sys.argv),
            "arguments": sys.argv,
            "original_arguments": sys.orig_argv,
            "working_directory": os.getcwd(),
            "python_executable": sys.executable,
            "original_param_file": launcher.param_file,
            "timestamp": remembered(launcher).clock().isoformat(),
            **_code_of(type(launcher)),
        },
    )


def _code_of(cls: type) -> dict[str, str]:
    """The version and the revision of a launcher's code, as far as it says so itself or lies in git."""
    package = sys.modules.get(cls.__module__.partition(".")[0])
    version = getattr(package, "__version__", None)
    file = getattr(sys.modules.get(cls.__module__), "__file__", None)
    found = revision_of(Path(file).parent) if file else Revision()
    told = {"launcher_version": version if isinstance(version, str) else ""}
    told.update(git_revision=found.revision, git_folder=found.folder if found.revision else "")
    return {key: text for key, text in told.items() if text}


def write_session(launcher: BaseLauncher, folder: Path) -> None:
    """`session.json`, at the beginning and again at the end."""
    import platform  # not needed before a run, and slow to import

    content = {
        **_identity(launcher),
        "launcher": type(launcher).__name__,
        "session_start_time": _iso(launcher.start_time),
        "session_end_time": _iso(launcher.stop_time),
        "rig_id": launcher.params.get("rig_id"),
        "computer_name": platform.node(),
    }
    _write(folder / session_files.SESSION, content)


def write_end_state(launcher: BaseLauncher, folder: Path) -> None:
    """`end_state.json`, after a success."""
    content = {
        **_identity(launcher),
        "start_time": _iso(launcher.start_time),
        "stop_time": _iso(launcher.stop_time),
        "process_returncode": launcher.process.returncode if launcher.process else None,
        "launcher": type(launcher).__name__,
        "rig_config": launcher.rig_config,
    }
    _write(folder / session_files.METADATA / session_files.END_STATE, content)


def write_debug_state(launcher: BaseLauncher, folder: Path, error: BaseException) -> None:
    """`debug_state.json`, after a crash, with all attributes in a form that a state can be rebuilt from."""
    import traceback  # few runs crash

    now = remembered(launcher).clock().isoformat()
    content = {
        **_identity(launcher),
        "launcher_class": type(launcher).__name__,
        "launcher_module": module_of(type(launcher)),
        "exception": repr(error),
        "traceback": "".join(traceback.format_exception(error)),
        "timestamp": now,
        "crash_info": {"exception_type": type(error).__name__, "message": str(error), "crash_time": now},
        "launcher_state": _readable_state(launcher),
    }
    _write(folder / session_files.METADATA / session_files.DEBUG_STATE, content)


def _identity(launcher: BaseLauncher) -> dict[str, str]:
    return {
        "session_uuid": launcher.session_uuid,
        "subject_id": launcher.subject_id,
        "user_id": launcher.user_id,
    }


def _readable_state(launcher: BaseLauncher) -> dict[str, object]:
    try:
        handlers = remembered(launcher).handlers
        serializers = {name: handler.serializer for name, handler in handlers.items()}
        return session_files.readable(launcher.get_persistent_attributes(), serializers)
    except Exception:  # an override is foreign code, and what is told here is a crash already
        log.exception("%s.get_persistent_attributes() raised.", type(launcher).__name__)
        return {}


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _write(path: Path, content: Mapping[str, object]) -> None:
    try:
        path.parent.mkdir(exist_ok=True)
        session_files.write(path, content)
    except (OSError, StateError, ValueError, RecursionError) as error:
        log.error("%s was not written: %s", path, error)
