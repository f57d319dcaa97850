"""Work on the disk that its caller waits for no longer than it can afford.

One idea: a call into a share that hangs cannot be ended, only left behind. So the work is done by a thread
of its own, and the caller goes on when the time is up; the thread then learns that nobody waits any more,
and must not start anything that can be seen from outside.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

Result = TypeVar("Result")


class TimeIsUp(Exception):
    """The work has not ended in time; whether it will is not known."""


def within(seconds: float, work: Callable[[threading.Event], Result], name: str) -> Result:
    """What `work(abandoned)` returns or raises, if it does so within `seconds`.

    `abandoned` is set when nobody waits for the result any more. Raises TimeIsUp.
    """
    abandoned = threading.Event()
    results: list[Result] = []
    errors: list[Exception] = []

    def run() -> None:
        try:
            results.append(work(abandoned))
        except Exception as error:  # noqa: BLE001 - carried over to the caller's thread, which raises it
            errors.append(error)

    thread = threading.Thread(target=run, name=name, daemon=True)  # daemon: it must not keep a process alive
    try:
        thread.start()
    except RuntimeError:  # no thread to be had, as when the interpreter ends: it is done here, unbounded
        run()
    else:
        thread.join(seconds)
    abandoned.set()
    if errors:
        raise errors[0]
    if not results:
        raise TimeIsUp
    return results[0]
