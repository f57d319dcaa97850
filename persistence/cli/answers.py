"""What a verb answers: an exit code, text for standard output, sentences for standard error.

One idea: verbs return values, so that only `persistence.__main__` prints and exits. The exit codes are a
promise: 0 done, 1 a problem with the state, 2 usage, 3 conflict, 4 refused, 5 not written, 6 written but
not confirmed.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from persistence.errors import (
    Conflict,
    NewerVersion,
    NoStateFile,
    NoSuchAttribute,
    NoSuchVersion,
    NotConfirmed,
    NotWritten,
    Refused,
    StateError,
    TooLarge,
    WrongQuery,
)


class Code(IntEnum):
    """Exit codes."""

    DONE = 0
    PROBLEM = 1
    USAGE = 2
    CONFLICT = 3
    REFUSED = 4
    NOT_WRITTEN = 5
    NOT_CONFIRMED = 6


@dataclass(frozen=True)
class Answer:
    """`text` and `errors` are lines without a final newline."""

    text: str = ""
    errors: tuple[str, ...] = ()
    code: Code = Code.DONE


class Usage(Exception):
    """The command was understood, but says too little, or what cannot be; the text is a sentence."""


_CODES: tuple[tuple[type[StateError], Code], ...] = (
    (Conflict, Code.CONFLICT),
    (Refused, Code.REFUSED),
    (NewerVersion, Code.REFUSED),
    (NotWritten, Code.NOT_WRITTEN),
    (NotConfirmed, Code.NOT_CONFIRMED),
    (WrongQuery, Code.USAGE),
)


_STEPS: tuple[tuple[type[StateError], str], ...] = (
    (NoSuchAttribute, "`rigstate show` lists what there is."),
    (NoSuchVersion, "`rigstate history` lists the versions."),
)
_WHICH_HAVE_ONE = "`rigstate list` shows which sessions have one."
_TOO_LARGE = (
    "Open it with --any-size; or move it elsewhere, and `rigstate restore` brings an earlier version back."
)


def answer_to(error: StateError | Usage) -> Answer:
    """An error as its sentence and its exit code; one that knows no next step gets that of its kind."""
    if isinstance(error, Usage):
        return Answer(errors=(str(error),), code=Code.USAGE)
    if isinstance(error, TooLarge):  # there is no option to allow more
        error.next_step = _TOO_LARGE
    if isinstance(error, NoSuchAttribute) and error.pointer.startswith("/"):
        error.next_step = f"PATH goes without its first slash: {error.pointer[1:]}"
    if isinstance(error, NoStateFile) and "`rigstate " not in error.next_step:
        steps = filter(None, (error.next_step.rstrip("."), _WHICH_HAVE_ONE))
        error.next_step = "; ".join(steps)  # DIR may be a folder of sessions
    error.next_step = error.next_step or next((step for kind, step in _STEPS if isinstance(error, kind)), "")
    code = next((code for kind, code in _CODES if isinstance(error, kind)), Code.PROBLEM)
    return Answer(errors=(str(error),), code=code)
