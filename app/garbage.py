"""Python's collector of cycles, kept from holding up the hand.

One idea: what is there when the window is shown, some sixty thousand objects of modules and widgets, stays
to the end. To look through all of them takes 40 ms on whatever thread it happens on, and stops all others,
whenever a large state was read or searched. So the collector is told to leave them alone; what comes later it
still looks through, all of it ten times as rarely: most of what goes, goes without it.

Not for memory: nothing is freed here.
"""

from __future__ import annotations

import gc

_YOUNG, _MIDDLE, _OLD = 700, 10, 100
"""As Python has them, but for the last: collections of the middle for one of everything."""


def spare_what_is_there() -> None:
    """Let the collector leave alone whatever there is now, and look through the rest more rarely.

    Takes no time. For when the window is shown, and once more when its list is there.
    """
    gc.freeze()
    gc.set_threshold(_YOUNG, _MIDDLE, _OLD)
