"""Python values of all types, drawn quickly from a seed, for many rounds of which none is ever made smaller.

Not for: the edges of each type (`tests.proof.state_values`).
"""

from __future__ import annotations

import datetime as dt
import math
from decimal import Decimal
from pathlib import Path
from random import Random
from uuid import UUID

EAST = dt.timezone(dt.timedelta(hours=5, minutes=45))
SCALARS = [
    *(None, True, False, 0, 1, -7, 2**64, 10**4300, 0.0, -0.0, 1.5, 1e22, math.nan, math.inf, -math.inf),
    *(
        "",
        "a",
        "é漢",
        "\ud800",
        "\U0001f600",
        "__type__",
        b"",
        b"\0\xff",
        1.5 - 0j,
        complex(math.nan, -math.inf),
    ),
    *(Decimal("1.10"), Decimal("NaN"), Decimal("-0"), UUID(int=1), Path("a/b"), Path("é")),
    *(dt.datetime(2025, 6, 23, 10, 30, 0, 1), dt.datetime(2025, 1, 1, tzinfo=EAST, fold=1), dt.datetime.max),
    *(dt.date(2025, 6, 23), dt.time(1, 2, fold=1), dt.time(3, tzinfo=dt.UTC), dt.timedelta(-1, 5, 7)),
]
KEYS = [
    "a",
    "b",
    "key",
    "é",
    "\ud800",
    "__type__",
    "value",
    1,
    "1",
    None,
    1.5,
    (1, "a"),
    b"x",
    dt.date(2025, 1, 1),
]


def quick_value(random: Random, depth: int = 3) -> object:
    """A value of at most so many containers in each other."""
    kind = random.randrange(9 if depth else 5)
    if kind < 5:
        return random.choice(SCALARS)
    if kind == 5:
        return random.choice([set, frozenset])(random.sample(SCALARS, random.randrange(4)))
    inner = [quick_value(random, depth - 1) for _ in range(random.randrange(4))]
    if kind == 6:
        return inner
    if kind == 7:
        return tuple(inner)
    return dict(zip(random.sample(KEYS, len(inner)), inner, strict=True))
