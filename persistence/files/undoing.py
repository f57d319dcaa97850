"""What was begun is undone where it does not come to its end, whatever ended it.

One idea: an interruption (KeyboardInterrupt, SystemExit) is no Exception, and leaves nothing half-done behind
either; so this is the one place that catches everything, and it raises all of it on. Not for what is to be
undone in any case: that is `finally`.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def undone_by(undo: Callable[[], object]) -> Iterator[None]:
    """Call `undo` where what is done inside raises anything at all; that is raised on."""
    try:
        yield
    except BaseException:
        undo()
        raise
