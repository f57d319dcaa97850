"""The scale at the side of a plot: from where to where, with round numbers at equal distances. Pure; no Qt.

One idea: steps of 1, 2 or 5 times a power of ten (as in P. Heckbert, "Nice numbers for graph labels",
Graphics Gems, 1990), counted in whole steps and told as decimals, so that no label has the digits of a float.
Not for where points lie between left and right: sessions stand in their order.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

STEPS = 5
"""About so many between bottom and top."""
_AIR = 0.15
"""Of the height, above what is highest: words beside a point have room there."""
_DRAWN = 1e50
_LONG = 7  # zeros, before or behind the point, that are written out


@dataclass(frozen=True, slots=True)
class Scale:
    """From `low` to `high`; `ticks` are heights with their labels."""

    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]


def scale(heights: Sequence[float]) -> Scale:
    """A scale that holds these finite heights; with zero where that is not far."""
    low, high = (min(heights), max(heights)) if heights else (0.0, 1.0)
    if low > 0 and low <= high / 2:
        low = 0.0
    elif high < 0 and high >= low / 2:
        high = 0.0
    if low == high:
        room = abs(low) / 2 or 1.0
        low, high = low - room, high + room
    high += _AIR * (high - low)
    digit, power = _step((high - low) / STEPS, max(abs(low), abs(high)))
    unit = digit * 10.0**power
    first, last = math.floor(low / unit), math.ceil(high / unit)
    numbers = [Decimal(digit * count).scaleb(power) for count in range(first, last + 1)]
    ticks = tuple((float(number), label(number)) for number in numbers)
    return Scale(min(low, ticks[0][0]), max(high, ticks[-1][0]), ticks)


def unit(heights: Sequence[float]) -> float:
    """By what these heights are divided to be drawn: who paints squares them, which only common ones bear."""
    highest = max(map(abs, heights), default=0.0)
    if not highest or 1 / _DRAWN < highest < _DRAWN:
        return 1.0
    return 10.0 ** math.floor(math.log10(highest))


def label(number: Decimal) -> str:
    """A round number as it stands beside a plot."""
    if not number:
        return "0"
    plain = number.normalize()
    exponent = int(plain.as_tuple().exponent)
    if exponent > -_LONG and plain.adjusted() < _LONG:
        return f"{plain:f}"
    return f"{plain:E}".replace("E+", "e").replace("E", "e")


def _step(wanted: float, greatest: float) -> tuple[int, int]:
    """The round step that is not below the wanted one, as a digit and a power of ten; never so small that
    two labels would stand at one height.
    """
    wanted = max(wanted, 4 * math.ulp(greatest), 1e-300)
    power = math.floor(math.log10(wanted))
    digit = next((one for one in (1, 2, 5) if one * 10.0**power >= wanted * (1 - 1e-9)), 10)
    return (1, power + 1) if digit == 10 else (digit, power)
