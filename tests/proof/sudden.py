"""Work that is cut off: a process that dies at a chosen call of the system, and a call that fails.

One idea: the place is a number, so that it can be drawn, made smaller and told. Whatever the work calls is
counted, so no list of places can be out of date.

Not for: what must hold afterwards, or calls that lie (`tests.proof.system_calls` has all of them).
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from tests.proof.child import Tell, child

WRITING = ("write", "fsync", "link", "replace", "mkdir", "unlink", "ftruncate", "fchmod", "chmod")
"""Calls that change something. Reading may fail, too, but what cannot be read says nothing of what is."""

CREATING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


def killed_at(call: int, work: Callable[[], str]) -> list[str]:
    """Do the work in a process that is killed before that call of the system; what it said, if it lived."""

    def live(tell: Tell) -> None:
        _die_before(call)
        told = work()
        sys.setprofile(None)
        tell(told)

    with child(live) as one:
        lines = one.rest()
        one.wait()
    return lines


def _die_before(call: int) -> None:
    left = call

    def count(_frame: FrameType, event: str, argument: Any) -> None:
        nonlocal left
        if event == "c_call" and getattr(argument, "__module__", None) in ("posix", "fcntl"):
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(count)


@contextmanager
def failing_at(call: int, error: int, *, once: bool) -> Iterator[None]:
    """Let that writing call of this process fail, and (unless `once`) all after it."""
    left = call
    sound = {name: getattr(os, name) for name in (*WRITING, "open") if hasattr(os, name)}

    def counted(name: str) -> Callable[..., Any]:
        def run(*arguments: Any, **named: Any) -> Any:
            nonlocal left
            if name != "open" or (len(arguments) > 1 and arguments[1] & CREATING):
                left -= 1
                if left == -1 or (left < 0 and not once):
                    raise OSError(error, os.strerror(error))
            return sound[name](*arguments, **named)

        return run

    for name in sound:
        setattr(os, name, counted(name))
    try:
        yield
    finally:
        for name, function in sound.items():
            setattr(os, name, function)
