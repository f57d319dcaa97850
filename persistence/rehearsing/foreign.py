"""Calling code that is not ours: whatever it raises becomes one clear sentence.

One idea: a launcher may raise anything at all, and an operator needs to know what was being done, what was
raised, and where in the launcher's own code that stands.

Not for what must go on all the same: there a plain `except` with a reason is clearer.
"""

from __future__ import annotations

import logging
import os
import traceback
from collections.abc import Callable
from typing import TypeVar

from persistence.errors import Refused, StateError

_LONGEST = 500  # characters
_Result = TypeVar("_Result")
log = logging.getLogger(__name__)


class Raised(StateError):
    """Foreign code raised something; ``__cause__`` is that."""


def called(doing: str, action: Callable[[], _Result]) -> _Result:
    """What `action` returns; `doing` says what it is, for the sentence.

    Raises Raised for everything that it raises but KeyboardInterrupt, and Refused, which is ours.
    """
    try:
        return action()
    except (Refused, KeyboardInterrupt):
        raise
    except SystemExit as end:
        raise Raised(f"{doing} ended the program, with {end.code!r}") from end
    except EOFError as error:
        step = "There is nobody to answer."
        raise Raised(f"{doing} wants to read from the keyboard", next_step=step) from error
    except BaseException as error:  # what is no Exception, too: such code may raise anything
        log.debug("The traceback:", exc_info=error)
        raise Raised(f"{doing} raised {_named(error)}{_place(error)}") from error


def _named(error: BaseException) -> str:
    """Its kind and its text, on one line."""
    try:
        text = " ".join(str(error).split())[:_LONGEST].rstrip(".")
    except Exception:  # noqa: BLE001 - the exception is the launcher's own, and so is how it speaks
        text = ""
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def _place(error: BaseException) -> str:
    """Where in the launcher's own code it was raised, as people look it up."""
    ours = os.path.dirname(os.path.dirname(__file__))
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if not frame.filename.startswith(ours + os.sep) and not frame.filename.startswith("<")
    ]
    return f", in {frames[-1].filename}, line {frames[-1].lineno}" if frames else ""
