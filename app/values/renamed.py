"""A change of a value's name, as one thing. Pure.

One idea: for people a renamed attribute is one that was changed, not one that went and another that came. Not
for finding out what was renamed (`app.editing.renames`).
"""

from dataclasses import dataclass

from persistence.document import Place
from persistence.states.diff import Change


@dataclass(frozen=True)
class Renamed(Change):
    """One value that has another name, and perhaps another content: `place` is where it is, `was` where it
    was.
    """

    was: Place
