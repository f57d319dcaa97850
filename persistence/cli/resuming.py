"""The verb resume: a launcher started by hand, in this very process, with a saved state loaded.

One idea: it asks its launcher as the window does, by one variable, and adds nothing: on which conditions a
launcher starts is ruled in `launching.resuming`. What can be said before any code of the launcher's runs
(no state, a damaged one, another than expected, somebody running) is said before.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import logging
import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from persistence.cli import choosing
from persistence.cli.answers import Answer, Code, Usage
from persistence.cli.earlier_parameters import earlier_parameters
from persistence.cli.plain import one_line
from persistence.cli.run_by_hand import write_down
from persistence.cli.starting import arguments_for, named
from persistence.cli.telling import quoted
from persistence.errors import NewerVersion, Refused
from persistence.launcher import PersistentState
from persistence.launching.hooks import joins_run
from persistence.launching.resume_request import VARIABLE, ResumeRequest
from persistence.rehearsing.foreign import called
from persistence.rehearsing.named_class import ClassName, construct, find
from persistence.store import Snapshot, StateFile

_LOADED = ("restored", "added", "handed_over")
log = logging.getLogger(__name__)


def resume(arguments: argparse.Namespace) -> Answer:
    """Construct the launcher and run it on the saved state. Exit code 4 when it refuses, 1 when it fails."""
    wanted = named(arguments.launcher)
    file = choosing.state_file(arguments)
    snapshot = _read(file, arguments)
    request = ResumeRequest(
        str(file.directory.absolute()),
        etag=snapshot.etag,
        namespace=_namespace(file, snapshot, arguments.namespace),
        leave_out=tuple(arguments.leave_out),
        partial=arguments.partial,
    )
    with _as_its_own_program(), _folder() as folder:
        launcher = _made(wanted, arguments, file, folder)
        _check_run(wanted, launcher, file)
        result, told = _run(wanted, launcher, replace(request, report=str(folder / "report.json")))
    if not told.get("ok"):
        return _refused(file, snapshot, wanted, told)
    return _ended(file, wanted, result, told)


def _read(file: StateFile, arguments: argparse.Namespace) -> Snapshot:
    """The state as it is now. Raises StateError for everything that stands in the way by itself."""
    snapshot = file.read()
    choosing.refuse_another(file, snapshot, arguments.expect)
    if snapshot.document.newer:
        raise NewerVersion(
            f"it was written in format {snapshot.document.version}, which this Rigstate does not know",
            version=snapshot.document.version,
            path=file.path,
            next_step="Update Rigstate in this environment.",
        )
    choosing.refuse_while_running(file, allowed=False)
    launchers = map(snapshot.document.namespace, snapshot.document.namespaces)
    saved = {name for launcher in launchers for name in launcher.attributes}
    unknown = [name for name in arguments.leave_out if name not in saved]
    if unknown:
        raise Usage(f"{file.path}: there is no attribute {unknown[0]} to leave out.")
    return snapshot


def _namespace(file: StateFile, snapshot: Snapshot, wanted: str | None) -> str:
    """The launcher's own by default: which that is, it knows itself."""
    return "" if wanted is None else choosing.namespace(snapshot.document, wanted, file.path)


@contextlib.contextmanager
def _as_its_own_program() -> Iterator[None]:
    """A launcher that reads the command line finds none of ours; its log is seen."""
    before, sys.argv = sys.argv, sys.argv[:1]
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    try:
        yield
    finally:
        sys.argv = before


@contextlib.contextmanager
def _folder() -> Iterator[Path]:
    """For the files of this run that nobody needs when it is over."""
    with tempfile.TemporaryDirectory(prefix="rigstate-resume-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def _made(wanted: ClassName, arguments: argparse.Namespace, file: StateFile, folder: Path) -> Any:
    paths = arguments.path or [os.curdir]
    made = called(f"importing {wanted.module}", lambda: find(wanted, paths))
    given = arguments_for(arguments)
    if "param_file" not in given:
        given |= earlier_parameters(wanted, made, file.directory.absolute(), folder)
    return called(f"{wanted}()", lambda: construct(wanted, made, given))


def _check_run(wanted: ClassName, launcher: object, file: StateFile) -> None:
    """Nothing starts that would not hear of the saved state. Raises Refused, saying how it can be done."""
    by_hand = f"launcher.load_session_state({str(file.directory)!r})"
    if not callable(getattr(launcher, "run", None)):
        step = f"In a program of its own: launcher = {wanted.name}(); {by_hand}."
        raise Refused(f"{wanted} has no run() that could be started", next_step=step)
    if not isinstance(launcher, PersistentState):
        step = f"Put PersistentState in front of its bases: class {wanted.name}(PersistentState, ...)."
        raise Refused(f"{wanted} does not know saved states, and would start without", next_step=step)
    if not joins_run(type(launcher)):
        step = f"Before its run() is awaited: {by_hand}."
        raise Refused(f"{wanted} has a run() that cannot be joined (asynchronous)", next_step=step)


def _run(wanted: ClassName, launcher: Any, request: ResumeRequest) -> tuple[object, dict[str, Any]]:
    """What `run()` returned, and what the launcher reported of the saved state."""
    began, well, report = datetime.now(), False, Path(request.report)
    os.environ[VARIABLE] = request.as_text()
    try:
        result = called(f"{wanted}.run()", launcher.run)
        well = result is not False
    finally:
        os.environ.pop(VARIABLE, None)
        told = _told(report)
        if told.get("ok"):
            write_down(Path(request.source), report, told, began, well=well)
    return result, told


def _told(report: Path) -> dict[str, Any]:
    try:
        found = json.loads(report.read_bytes())
    except (OSError, ValueError) as error:
        log.debug("The launcher's report cannot be read: %s", error)
        return {"ok": False, "error": "the launcher did not report that it loaded the saved state"}
    return found if isinstance(found, dict) else {}


def _refused(file: StateFile, snapshot: Snapshot, wanted: ClassName, told: dict[str, Any]) -> Answer:
    cause = f"{wanted} did not start: {told.get('error') or 'it did not say why'}"
    code = Code.REFUSED if file.peek() == snapshot.etag else Code.CONFLICT
    return Answer(errors=(cause,), code=code)


def _ended(file: StateFile, wanted: ClassName, result: object, told: dict[str, Any]) -> Answer:
    session = str(told.get("session_directory") or "")
    if result is False:
        where = f" Its session: {session}" if session else ""
        cause = f"{wanted} loaded the saved state, and its run failed.{where}"
        return Answer(errors=(cause,), code=Code.PROBLEM)
    loaded = [one for one in told.get("attributes", {}).values() if one.get("result") in _LOADED]
    lines = [f"{quoted(file)}: resumed with {wanted}, {len(loaded)} attributes loaded."]
    return Answer("\n".join([*lines, *([f"New session: {one_line(session, 1000)}"] if session else [])]))
