"""Makes the plan of a resume on a thread of its own, because of large values it takes longer than a frame.

One idea: what became of a list of a million items is known after seconds, in which the window does other
things; whoever asks knows which answer is his by the question. Not for what a plan says (`plan`), nor for
plans of few values: those are made at once.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.resuming.plan import Given, Plan, plan
from app.worker import Worker
from persistence.rehearsing.rehearsed import Rehearsed


@dataclass(frozen=True, eq=False, slots=True)
class MakePlan:
    """Make the plan of what a launcher will find; `said`: its own word, None where it was not asked."""

    given: Given
    said: Rehearsed | None = None


@dataclass(frozen=True, eq=False, slots=True)
class Planned:
    """What came of it. An errand is recognised by being the same object."""

    errand: MakePlan
    plan: Plan


def planned(errand: MakePlan) -> Planned:
    """Make a plan here and now."""
    return Planned(errand, plan(errand.given, errand.said))


class Planning(Worker):
    """Takes MakePlan, answers Planned."""

    def __init__(self) -> None:
        super().__init__("planning")

    def work(self, errand: object) -> None:
        if isinstance(errand, MakePlan):
            self.answered.emit(planned(errand))
