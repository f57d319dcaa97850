"""Room in PySide's table of classes, made before threads beside the window make any.

One idea: below Python 3.12 PySide keeps what it knows of each class of Qt's kind in one table, and whenever
Qt asks an object what it is, as at each signal, PySide looks into that table, without Python's lock. A thread
that imports a part of the window, or the library that draws, makes hundreds of such classes. When they have
no room left the table moves, and whoever looks into it in that moment ends the program (SIGSEGV). A table
never shrinks: so as many classes as a whole window has are made once and let go of, on the window's thread,
and what comes later finds room.

Not for imports on threads in general: what Python itself keeps is under its lock.
"""

import gc
import sys
from functools import cache

from shiboken6 import Shiboken

ROOM = 1600
"""Classes. A window that has imported all there is has about 1,100, of which the library that draws, which
looks at everything that Qt has, makes half."""


@cache
def make_room() -> None:
    """Make it, once in a process. For the window's thread, before it begins any other; takes 10 ms."""
    if sys.version_info >= (3, 12):
        return  # there PySide keeps it in the class
    gc.freeze()  # else all that there is would be looked through for these few
    made = [type("Room", (Shiboken.Object,), {}) for _ in range(ROOM)]
    made.clear()
    gc.collect()
