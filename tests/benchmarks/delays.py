"""Another computer, simulated: each call of the system that a network would answer takes its time.

One idea: what a program asks of a disk goes through a few functions of `os`, and each sleeps before it asks.

Standard library only, since programs of ours read it before anything else. Not for a disk that fails.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

SECONDS = 0.0005
"""Of each question."""

CALLS = ("scandir", "open", "lstat", "stat", "read", "fstat", "listdir")


def slow_down() -> dict[str, Callable[..., Any]]:
    """From now on in this program; the functions as they were, by name."""
    sound = {name: getattr(os, name) for name in CALLS}
    for name, call in sound.items():
        setattr(os, name, _slow(call))
    return sound


def _slow(call: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(call)
    def answered(*arguments: Any, **named: Any) -> Any:
        time.sleep(SECONDS)
        return call(*arguments, **named)

    return answered
