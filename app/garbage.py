"""Python's collector of cycles, kept from holding up the hand.

One idea: what is there when the window is shown, some sixty thousand objects of modules and widgets, stays
to the end. To look through all of them takes 40 ms on whatever thread it happens on, and stops all others,
whenever a large state was read or searched. So the collector is told to leave them alone; what comes later it
still looks through, all of it ten times as rarely: most of what goes, goes without it.

What is left alone is never freed by it. So what has gone meanwhile is collected before more is left alone:
the bytes of a file that hang in a cycle would stay as long as the window.

Not for memory otherwise.
"""

from __future__ import annotations

import gc

_OLD = 100
"""Collections of the middle for one of everything; Python has ten."""


def spare_what_is_there() -> None:
    """Let the collector leave alone whatever there is now, and look through the rest more rarely.

    Takes no time. For when the window is shown: of what it is made of, nothing has gone yet.
    """
    gc.freeze()
    young, middle, _ = gc.get_threshold()
    gc.set_threshold(young, middle, _OLD)


def spare_what_stays() -> None:
    """Collect what has gone, then let the collector leave alone the rest too.

    Takes as long as to look through what came since it was spared before. For when the list is there.
    """
    gc.collect()
    spare_what_is_there()
