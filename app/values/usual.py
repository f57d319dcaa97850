"""What is usual among the numbers that earlier sessions had, and what lies far outside. Pure.

One idea: the fences of Tukey's box plot (J. W. Tukey, Exploratory Data Analysis, 1977, chapter 2): quartiles
as the hinges there, and "far out" is what lies more than three times their distance beyond them. He calls
1.5 times "outside"; we warn at "far out" only, since a warning that often comes is not read. Two additions of
ours: what lies between the least and the greatest that there ever was is never unusual; and where the
hinges lie (almost) on each other, a tenth of their size stands in for their distance, so that 5.6 is not told
to be far from 5.5.

Not for refusing anything, not for words (`app.words.trend_texts`), nor for which sessions count.
"""

from collections.abc import Sequence
from dataclasses import dataclass

FAR_OUT = 3.0
LEAST = 5
"""Sessions; of fewer nobody can say what is usual."""
_OWN_SHARE = 0.1


@dataclass(frozen=True, slots=True)
class Usual:
    """What `count` numbers had: the `least` and the `greatest`; unusual is what is beyond `low` or `high`."""

    count: int
    least: float
    greatest: float
    low: float
    high: float

    def has(self, number: float) -> bool:
        """Whether a number is nothing unusual; not a number never is."""
        return not (number < self.low or number > self.high)


def usual(numbers: Sequence[float]) -> Usual | None:
    """What is usual among finite numbers, in any order; None where they are too few to say."""
    if len(numbers) < LEAST:
        return None
    ordered = sorted(numbers)
    lower, upper = hinges(ordered)
    spread = max(upper - lower, _OWN_SHARE * max(abs(lower), abs(upper)) / FAR_OUT)
    low, high = lower - FAR_OUT * spread, upper + FAR_OUT * spread
    return Usual(len(ordered), ordered[0], ordered[-1], min(low, ordered[0]), max(high, ordered[-1]))


def hinges(ordered: Sequence[float]) -> tuple[float, float]:
    """Tukey's hinges: the medians of the lower and of the upper half, both of which have the middle one."""
    half = (len(ordered) + 1) // 2
    return _median(ordered[:half]), _median(ordered[len(ordered) - half :])


def _median(ordered: Sequence[float]) -> float:
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return ordered[middle - 1] / 2 + ordered[middle] / 2  # halved first: their sum may be too large
