"""hypothesis as a part of a suite: examples in batches, and what it found as a sentence.

One idea: a suite chooses how many examples there are and with which seed; nothing is remembered on disk, and
no round is judged by its time. What fails is told with the smallest example and with all that one needs to
see it again.

Not for: what is drawn or promised.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.proof.batches import Batch

Example = TypeVar("Example")


class Broken(Exception):
    """A promise that was not kept; the message is a clause."""


def settings_for(batch: Batch, steps: int = 1) -> settings:
    """The settings of a batch; `steps`: of each example of a state machine."""
    return settings(
        max_examples=batch.rounds,
        database=None,
        deadline=None,
        derandomize=False,
        phases=(Phase.generate, Phase.shrink),
        print_blob=True,
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
        stateful_step_count=steps,
    )


def failures(
    check: Callable[[Example], None], examples: st.SearchStrategy[Example], batch: Batch
) -> tuple[str, ...]:
    """Draw the examples of a batch and check each; the sentence of the first that failed, if any."""
    return failures_of(seed(batch.seed)(settings_for(batch)(given(examples)(check))), batch)


def failures_of(test: Callable[[], None], batch: Batch) -> tuple[str, ...]:
    """The sentence of what a hypothesis test raises, if anything."""
    try:
        test()
    except Exception as error:  # noqa: BLE001 - whatever it is, it was not to come out
        notes = "\n".join(getattr(error, "__notes__", ()))
        told = f"seed {batch.seed}, {batch.rounds} rounds: {type(error).__name__}: {error}\n{notes}"
        return (told.encode("utf-8", "backslashreplace").decode(),)  # an example may hold what no report can
    return ()
