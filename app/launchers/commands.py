"""The command of an entry on one session: what it is, where it starts, and why it cannot.

One idea: a command is a list of arguments that the operator wrote down, filled in with paths of ours; whether
it can be started is asked before anything is shown or started, and the answer is a sentence. Touches the
disk. Not for the list of commands (`registry`), nor for starting one (`run`).
"""

import os
import shutil
from collections.abc import Sequence
from pathlib import Path, PureWindowsPath

from app.launchers.arguments import PLACEHOLDER, script_of
from app.launchers.registry import Entry
from app.resume_exchange import HandedOver, Missing
from app.session import holds
from persistence.errors import StateError
from persistence.launching.param_file import read_parameters
from persistence.sessions import session_files

PARAMETERS = "parameters.json"


class CannotStart(Exception):
    """The message is the sentence that says why nothing can be started."""


def command_of(entry: Entry, session: str, etag: str, folder: Path) -> tuple[str, ...]:
    """The arguments, with `folder` as the place of the parameter file."""
    return entry.filled({"session_dir": session, "etag": etag, "param_file": str(folder / PARAMETERS)})


def start_folder(entry: Entry) -> str:
    """Where a launcher is started, by its entry; at home where that says nothing."""
    return entry.cwd or str(Path.home())


def why_not(entry: Entry, session: str, command: tuple[str, ...], cwd: str) -> str:
    """The sentence that says why a command cannot be started on a session; empty when it can."""
    if problem := why_not_there(session, cwd):
        return problem
    try:
        program(command[0])
        if script := _no_script(entry, command, cwd):
            return f"{script}: there is no such file."
        if entry.wants_param_file:
            read_parameters(Path(session))
    except (CannotStart, StateError) as reason:
        return str(reason)
    return ""


def handed_over(command: Sequence[str], cwd: str) -> HandedOver | None:
    """The parameter file that stands in a command itself, where it names a subject."""
    named = (part.rpartition("=")[2] for part in command[1:])
    for file in (name for name in named if name.casefold().endswith(".json")):
        subject = session_files.read(Path(cwd, file)).get("subject_id")
        if isinstance(subject, str | int) and not isinstance(subject, bool) and str(subject):
            return HandedOver(file, str(subject))
    return None


def missing(entry: Entry) -> Missing:
    """What an entry names and is not there now."""
    command, cwd = entry.filled({}), start_folder(entry)
    script, no_program = _no_script(entry, command, cwd), ""
    try:
        program(command[0])
    except CannotStart as reason:
        no_program = f"{reason} Correct its path."
    no_script = f"{script}: there is no such file. Correct its path, or the folder." if script else ""
    return Missing(
        python=no_program if entry.command[0] == "{python}" else "",
        command=no_script if entry.command[0] == "{python}" else no_program,
        cwd="" if Path(cwd).is_dir() else f"{cwd}: there is no such folder. Make it, or correct its path.",
    )


def _no_script(entry: Entry, command: Sequence[str], cwd: str) -> str:
    """The script that Python is to run and that is not there; empty where nothing is missing."""
    if entry.command[0] != "{python}":
        return ""
    script = script_of(command[1:])
    if not script or PLACEHOLDER.search(script):  # known only at the start
        return ""
    whole = Path(cwd, script)
    return "" if os.access(whole, os.F_OK) else str(whole)


def why_not_there(session: str, cwd: str) -> str:
    """The sentence that says why a launcher cannot be started in a folder; empty when it can."""
    if not Path(cwd).is_dir():
        return f"{cwd}: there is no such folder to start the launcher in (cwd)."
    if holds(os.path.realpath(session), os.path.realpath(cwd)):
        return f"{cwd}: a launcher is never started inside a session's own folder (cwd)."
    return ""


def program(name: str) -> str:
    """The program itself: a bare name is looked up as a shell would, without ever ending in a batch file.

    Raises CannotStart.
    """
    found = shutil.which(name)
    if found is None or not Path(found).is_absolute():  # on Windows a bare name is found where we stand, too
        raise CannotStart(f"{name}: there is no such program.")
    if PureWindowsPath(found).suffix.casefold() in (".bat", ".cmd"):
        raise CannotStart(f"{found}: a .bat or .cmd file runs in a shell; name the program itself.")
    return found
