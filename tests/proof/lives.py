"""Random lives of a stateful machine of hypothesis, as a batch of a suite.

Not for what happens in a life (`tests.proof.life`, `tests.proof.editing`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from hypothesis import seed
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from tests.proof.batches import Batch, Seen
from tests.proof.examples import failures_of, settings_for


def lived(machine: Callable[[Counter[str]], RuleBasedStateMachine], given: Batch, steps: int) -> Seen:
    """The lives of one batch; `machine` makes one that counts what happens, its own life as "lives"."""
    counts = Counter[str]()
    factory = seed(given.seed)(lambda: machine(counts))

    def test() -> None:
        run_state_machine_as_test(factory, settings=settings_for(given, steps))  # type: ignore[arg-type]

    violations = failures_of(test, given)
    return Seen(min(counts.pop("lives", 0), given.rounds), violations, counts=counts)
