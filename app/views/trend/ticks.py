"""Which labels stand at the sides of a plot, where there is not room for all.

One idea: every one where there is room, else every second, third ...; the date of this session always. Not
for what a date says (`words.trend_texts`), nor for round numbers (`models.trend.scales`).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from app.models.trend.points import Trend
from app.words.trend_texts import date_lines

OWN = "\u2060"
"""Invisible; behind the date of this session, which is told from others of the same words by it."""
Label = TypeVar("Label")


def dates(trend: Trend, most: float, now: datetime) -> Mapping[int, str]:
    """The dates that stand below, by place: about `most` of them, which need not be a whole number."""
    points, always = trend.points, trend.own if trend.own >= 0 else len(trend.points) - 1
    every = math.ceil(len(points) / max(1.0, most))
    chosen = range(always % every, len(points), every)
    ticks = {place: date_lines(points[place].began, now) for place in chosen}
    if len(set(ticks.values())) < len(ticks):
        ticks = {place: date_lines(points[place].began, now, seconds=True) for place in chosen}
    if trend.own >= 0:  # others may have begun in the same second
        ticks[trend.own] += OWN
    return ticks


def thinned(ticks: Sequence[Label], most: float) -> Sequence[Label]:
    """The ticks at the side, from the lowest on, where there is room for `most` of them (above zero)."""
    return ticks[:: max(1, math.ceil(len(ticks) / most))]
