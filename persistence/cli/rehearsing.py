"""The verb rehearse: what a launcher makes of a saved state, found out by the launcher itself.

One idea: the saved state comes on standard input and the findings go to standard output, so that any program
can ask any launcher, with the launcher's own Python, about a state that is in no file yet.
"""

from __future__ import annotations

import argparse
import sys
import threading
from pathlib import Path

from persistence.cli.answers import Answer, Code, Usage
from persistence.cli.starting import arguments_for, named
from persistence.errors import StateError, TooLarge
from persistence.launching.stopping import on_stop_signals
from persistence.rehearsing.asking import LIMIT
from persistence.rehearsing.asking import rehearse as rehearsed
from persistence.rehearsing.rehearsal import Wanted
from persistence.rehearsing.rehearsed import NOT_TAKEN, Rehearsed
from persistence.store import SIZE_LIMIT
from persistence.values.json_text import JSON
from persistence.values.json_writing import write

__all__ = ["LIMIT", "laid_out", "rehearse"]

_SOURCE = Path("standard input")


def rehearse(arguments: argparse.Namespace) -> Answer:
    """Construct, load, save again, tell by attribute. Exit code 4 where the launcher refuses something."""
    wanted = Wanted(
        str(named(arguments.launcher)),
        namespace=arguments.namespace or "",
        leave_out=tuple(arguments.leave_out),
        paths=tuple(arguments.path or ["."]),
        arguments=arguments_for(arguments),
    )
    data = _standard_input()
    stopped = threading.Event()
    try:
        with on_stop_signals(lambda _number: stopped.set()):
            found = rehearsed(wanted, data, limit=arguments.limit, stopped=stopped)
    except StateError as error:
        raise error.at(_SOURCE) from None
    if stopped.is_set():
        return Answer(errors=("stopped",), code=Code.PROBLEM)
    return Answer(laid_out(found.as_json()), _sentences(found), _code(found))


def _standard_input() -> bytes:
    """The state file's bytes. Raises Usage when nobody gives any, and TooLarge."""
    if sys.stdin is None or sys.stdin.isatty():
        raise Usage("There is no saved state. Give it on standard input: `< DIR/session_state.json`.")
    data = sys.stdin.buffer.read(SIZE_LIMIT + 1)
    if not data:
        raise Usage("Standard input is empty. Give the saved state: `< DIR/session_state.json`.")
    if len(data) > SIZE_LIMIT:
        raise TooLarge(size=len(data), limit=SIZE_LIMIT, path=_SOURCE)
    return data


def _sentences(found: Rehearsed) -> tuple[str, ...]:
    if found.error:
        return (found.error,)
    names = ", ".join(finding.name for finding in found.findings if finding.result in NOT_TAKEN)
    return (f"{found.launcher} does not take {names}.",) if names else ()


def _code(found: Rehearsed) -> Code:
    if found.error:
        return Code.PROBLEM
    return Code.DONE if found.ok else Code.REFUSED


def laid_out(told: JSON) -> str:
    """JSON with each finding on a line of its own: for programs, and readable for people, too."""
    fields = told if isinstance(told, dict) else {}
    lines = [f"  {write(key)}: {_value(key, value)}" for key, value in fields.items()]
    return "{\n" + ",\n".join(lines) + "\n}"


def _value(key: str, value: JSON) -> str:
    if key != "attributes" or not isinstance(value, dict) or not value:
        return write(value)
    return "{\n" + ",\n".join(f"    {write(name)}: {write(one)}" for name, one in value.items()) + "\n  }"
