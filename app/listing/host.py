"""Who keeps the list of a folder is a worker that others ask, too: what there is to be had of it.

One idea: what is done in pieces lets others have their turn, and ends when its worker does; who does it knows
that much of its worker, and no more. Not for what is done.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from app.listing.starts import Starts

PIECE_SECONDS = 0.1  # after so long, whoever wants to open or save has his turn


@dataclass(frozen=True, slots=True)
class Host:
    """`ask` puts an errand at the end of the worker's row, `is_idle` says whether nothing waits in it, and
    `is_closing` whether the worker is to end. `give_way` is called often where much is done, and may wait for
    a frame of the window. `clock` tells the local time. `starts` are those of programs for its list.
    """

    ask: Callable[[object], None]
    is_idle: Callable[[], bool]
    is_closing: Callable[[], bool]
    give_way: Callable[[], None]
    clock: Callable[[], datetime]
    starts: Starts = field(default_factory=Starts)
