"""What a launcher is given by `resume` where no --param-file was: the parameters of the earlier run.

One idea: a run that goes on goes on with what the earlier one had, as from the window, and it is said before
anything starts what that is, or that there is nothing. Who types `resume` has named the session, and with it
its subject and user; nobody else is asked here.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from persistence.errors import StateError
from persistence.launching.param_file import SOURCE, make_param_file, read_parameters
from persistence.rehearsing.named_class import ClassName, takes
from persistence.sessions import session_files

_OPTION = "give them with --param-file"
log = logging.getLogger(__name__)


def earlier_parameters(
    wanted: ClassName, made: Callable[..., Any], session: Path, folder: Path
) -> dict[str, str]:
    """The keyword argument for the class, with its file in `folder`; none where it cannot be given.

    Raises Refused where there are parameters and they cannot be read.
    """
    source, taken = session / SOURCE, takes(made, "param_file")
    recorded = os.path.lexists(source)
    if taken and recorded:
        return {"param_file": str(_written(wanted, session, folder / "parameters.json"))}
    if recorded:
        takes_none = "takes no param_file" if taken is False else "does not say whether it takes a param_file"
        step = "" if taken is False else f" Where it does, {_OPTION}."
        unused = f"so the parameters of the earlier run are not handed to it ({source})."
        log.warning("%s %s, %s%s", wanted, takes_none, unused, step)
    elif taken is not False:
        why = f"because those of the earlier run are not there ({source})"
        log.warning("%s starts without parameters, %s. Where it needs any, %s.", wanted, why, _OPTION)
    return {}


def _written(wanted: ClassName, session: Path, target: Path) -> Path:
    try:
        old = read_parameters(session)
        subject = session_files.about(session).subject or _name(old.get("subject_id"))
        user = _name(old.get("user_id"))
        make_param_file(session, target, subject=subject, user=user, cwd=os.getcwd())
    except StateError as error:
        error.next_step = "Give the parameters with --param-file."
        raise
    log.info(
        "Without --param-file, %s is given the parameters of the earlier run, subject %s, user %s (%s).",
        wanted, subject or "not named", user or "not named", session / SOURCE,
    )  # fmt: skip
    return target


def _name(value: object) -> str:
    """A subject or user as text; it may well be written as a number."""
    return "" if value is None else str(value)
