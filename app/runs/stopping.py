"""Ending a run that the operator wants to stop: first gently, then firmly, and always with a word about it.

One idea: a launcher gets the time that it needs to end its task and to save; what is left then is asked once
more, and at last ended. Each step is told before it comes. Pure but for the processes (`process_group`).
"""

from app.runs.process_group import ProcessGroup

GENTLY = 20.0
"""Seconds from the first request to the second."""
FIRMLY = 30.0
"""Seconds from the first request to the end of what is left."""


class Stopping:
    """One run that is being stopped; times are seconds of a monotonic clock."""

    def __init__(
        self, group: ProcessGroup, now: float, gently: float = GENTLY, firmly: float = FIRMLY
    ) -> None:
        """Ask for the first time."""
        self._group = group
        self._press_at = now + gently
        self._kill_at = now + firmly
        group.ask()

    def hurry(self, now: float) -> None:
        """The operator does not want to wait."""
        self._kill_at = min(self._kill_at, now)

    def look(self, now: float) -> str:
        """Do what is due, and say what comes next."""
        if now >= self._kill_at:
            self._group.kill()
            return "It did not end by itself, and was ended."
        if now >= self._press_at:
            self._press_at = self._kill_at
            self._group.press()
        left = max(1, round(self._kill_at - now))
        return f"It was asked to end. What has not ended in {left} s is ended for good."
