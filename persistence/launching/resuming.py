"""Carrying out a request to resume: load that state on its conditions, or refuse to start.

One idea: nothing starts on half a state. Whatever stands in the way, a changed file, another subject, an
attribute that does not fit, another operator, the launcher does not run, and says why, in the log and in
the answer.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from persistence.errors import Refused, StateError
from persistence.files.running import AlreadyRunning, RunningMarker
from persistence.files.undoing import undone_by
from persistence.launching.loading import load
from persistence.launching.namespaces import namespace_of
from persistence.launching.remembered import remembered
from persistence.launching.report import Report
from persistence.launching.resume_request import ResumeRequest, parse, report_path, write_answer
from persistence.launching.saving import directory_of
from persistence.launching.switch import VARIABLE as SWITCH
from persistence.launching.switch import switched_off
from persistence.sessions import session_files
from persistence.store import STATE_FILE

log = logging.getLogger(__name__)

_ANOTHER_ANIMAL = (
    "Put the right animal in, or start without resuming. If the right one is in, the command hands over the "
    "parameters of another: correct it. {param_file} in launchers.toml stands for this session's."
)


@dataclass
class ResumeOutcome:
    """A request and what became of it."""

    request: ResumeRequest
    result: Report
    marker: RunningMarker | None = None
    """Held on the session resumed from, so that of two operators one wins."""

    def answer(self, session_directory: str) -> None:
        """Tell whoever asked; once now, and again when the new session's directory is known."""
        if not self.request.report:
            return
        try:
            write_answer(self.request.report, self.request, self.result, session_directory)
        except (OSError, ValueError, StateError) as error:  # a text may be no path at all
            cause = f"the answer to a request to resume was not written: {error}"
            log.error("%s", StateError(cause, path=Path(self.request.report)))


def resume(launcher: object, text: str) -> ResumeOutcome:
    """Do what the variable's `text` asks for; `result` tells whether the launcher may start. Raises nothing
    but what interrupts a program.
    """
    try:
        resumption = ResumeOutcome(parse(text), Report())
    except StateError as error:
        resumption = ResumeOutcome(
            ResumeRequest(source="", report=report_path(text)), Report(error=str(error))
        )
    else:
        try:
            with undone_by(partial(_withdraw, resumption)):  # also where somebody presses Ctrl+C meanwhile
                _hold(launcher, resumption)
                _load(launcher, resumption)
        except StateError as error:  # what was found out about the attributes stays in the answer
            resumption.result = replace(resumption.result, ok=False, error=str(error))
        if not resumption.result.ok:
            _withdraw(resumption)
    remembered(launcher).report = resumption.result
    resumption.answer("")
    return resumption


def _hold(launcher: object, resumption: ResumeOutcome) -> None:
    if switched_off():
        raise Refused(f"{SWITCH} is set, so no state is loaded", next_step="Unset it to resume.")
    directory = directory_of(resumption.request.source)
    if not os.path.lexists(directory / STATE_FILE):
        return  # nothing to resume from: `load` says so, and the mark would make a session of any folder
    name, clock = namespace_of(type(launcher)), remembered(launcher).clock
    marker = RunningMarker(directory, name, clock, elsewhere=True)
    try:
        marker.acquire()
    except AlreadyRunning:
        raise
    except (StateError, OSError) as error:  # an archive that is view-only can be resumed from all the same
        log.warning("%s cannot be marked as being resumed: %s", directory, error)
    else:
        resumption.marker = marker


def _withdraw(resumption: ResumeOutcome) -> None:
    """Nothing is started, so the session is left as it was found."""
    marker, resumption.marker = resumption.marker, None
    if marker is not None:
        try:
            marker.withdraw()
        except OSError as error:
            log.warning("The running mark in %s was not put back: %s", marker.directory, error)


def _load(launcher: object, resumption: ResumeOutcome) -> None:
    request = resumption.request
    resumption.result = result = load(
        launcher,
        request.source,
        namespace=request.namespace,
        etag=request.etag,
        leave_out=request.leave_out,
    )
    if not result.ok:
        return
    directory = directory_of(request.source)
    _check_subject(launcher, result, directory)
    failed = {**result.mismatched, **result.refused}
    if failed and not request.partial:
        raise Refused(
            "not restored were " + "; ".join(f"{name} ({why})" for name, why in failed.items()),
            path=directory,
            next_step="Correct the saved state, or leave these attributes out.",
        )


def _check_subject(launcher: object, result: Report, directory: Path) -> None:
    own = getattr(launcher, "subject_id", "")
    if "subject_id" in result.kept:
        raise _other_subject(directory, "is" + result.kept["subject_id"].removeprefix("stays"))
    given = _subject_in_parameters(launcher)
    # A launcher that reads its parameters only in `run()` has the saved subject by now.
    if given and own and str(given) != str(own):
        raise _other_subject(directory, f"is {given!r}, by its parameters; the saved state says {own!r}")
    saved = session_files.about(directory).subject
    for subject in (own, given):
        if subject and saved and str(subject) != saved:
            raise _other_subject(directory, f"is {subject!r}; the session's is {saved!r}")


def _subject_in_parameters(launcher: object) -> object:
    parameters = getattr(launcher, "params", None)
    return parameters.get("subject_id") if isinstance(parameters, Mapping) else None


def _other_subject(directory: Path, difference: str) -> Refused:
    return Refused(
        f"the subject differs: the launcher's {difference}",
        path=directory,
        next_step=_ANOTHER_ANIMAL,
    )
