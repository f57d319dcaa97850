"""Rehearsing a saved state with a launcher: the side that waits, and that nothing of the launcher reaches.

One idea: the launcher lives in a process of its own, and is heard through one file. Whatever it does there,
raise, exit, print, hang, fork, read from the keyboard, ends in one clear sentence within the time limit, with
nothing of it left running and nothing of ours left on the disk.

Not for what is found out (`rehearsing.rehearsal`), and not for choosing the interpreter: it is this one, so
whoever wants the launcher's own starts this library there.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import threading
from dataclasses import replace
from pathlib import Path

from persistence.document import parse_document
from persistence.errors import Damaged, NewerVersion
from persistence.launching.resume_request import VARIABLE as RESUME
from persistence.launching.switch import VARIABLE as SWITCH
from persistence.rehearsing.process_tree import ProcessTree
from persistence.rehearsing.rehearsal import DRAFT, FOUND, STAGE, VARIABLE, WANTED, Wanted
from persistence.rehearsing.rehearsed import Rehearsed, read
from persistence.store import STATE_FILE

LIMIT = 30.0
"""Seconds that a launcher gets for all of it."""
# The library is the one that runs here, and stands nowhere in the path that the launcher's own imports take.
_ENTER = (
    "import sys; home = sys.argv.pop(1); sys.path.insert(0, home); "
    "from persistence.rehearsing.rehearsal import main; sys.path.remove(home); main()"
)
_DOING = {
    "import": "importing the module of {}",
    "construct": "{}()",
    "load": "loading the state into {}",
    "save": "saving the state of {} again",
}


def rehearse(
    wanted: Wanted, data: bytes, *, limit: float = LIMIT, stopped: threading.Event | None = None
) -> Rehearsed:
    """What the launcher makes of the saved state in `data`, within `limit` seconds.

    `stopped`: end it before that when it is set. What went wrong in the launcher is in the result. Raises
    Damaged and NewerVersion for bytes that no launcher could load, and OSError where nothing can be started.
    """
    _check(data)
    with tempfile.TemporaryDirectory(prefix="rigstate-rehearsal-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        (folder / DRAFT).mkdir()
        (folder / DRAFT / STATE_FILE).write_bytes(data)
        (folder / WANTED).write_bytes(wanted.as_bytes())
        tree = ProcessTree(_command(folder), _environment(), VARIABLE)
        ended, code = False, 0
        try:
            ended = tree.wait(limit, stopped or threading.Event())
        finally:
            code = tree.end()
        found = _found(folder) or Rehearsed(wanted.launcher, error=_why(wanted, folder, ended, code, limit))
        printed = tree.printed.decode("utf-8", "replace")
        return replace(found, printed=printed, printed_bytes=tree.printed_bytes)


def _check(data: bytes) -> None:
    document = parse_document(data)
    if document.newer:
        raise NewerVersion(
            f"it was written in format {document.version}, which this Rigstate does not know",
            version=document.version,
            next_step="Update Rigstate in the launcher's environment.",
        )


def _command(folder: Path) -> tuple[str, ...]:
    if getattr(sys, "frozen", False):  # the program of one piece, in which the library is built in
        return (sys.executable, "-m", "persistence.rehearsing.rehearsal", str(folder))
    library = Path(__file__).resolve().parents[2]
    return (sys.executable, "-P", "-B", "-c", _ENTER, str(library), str(folder))


def _environment() -> dict[str, str]:
    """Ours, without what concerns a real run; compiled code is written nowhere."""
    kept = {name: value for name, value in os.environ.items() if name not in (RESUME, SWITCH)}
    return {**kept, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONIOENCODING": "utf-8", "PYTHONUNBUFFERED": "1"}


def _found(folder: Path) -> Rehearsed | None:
    try:
        return read((folder / FOUND).read_bytes())
    except (OSError, Damaged):
        return None


def _why(wanted: Wanted, folder: Path, ended: bool, code: int, limit: float) -> str:
    """Why nothing was found out, as a sentence."""
    try:
        doing = _DOING[(folder / STAGE).read_text("utf-8")].format(wanted.launcher)
    except (OSError, KeyError):
        doing = f"Python, on the way to {wanted.launcher},"
    if not ended:
        return f"{doing} did not come to its end within {limit:g} s, and was stopped."
    if code < 0:
        return f"{doing} ended the process by signal {-code} ({_signal(-code)})."
    return f"{doing} ended the process, with exit code {code}."


def _signal(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return "one without a name"
