"""One change of a saved state in words: which attribute, from what, to what, what becomes of its type. Pure.

One idea: whoever saves, decides or restores reads the same words, so a change is never called one thing in
one place and another elsewhere. Not for rows and ticks (`changes`).
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from app.values.fit_text import escaped
from app.values.renamed import Renamed
from app.words.beside_texts import LONGEST, beside, value_text
from app.words.kind_texts import retyped_inside
from app.words.places import path_text
from persistence.document import Absent, Place
from persistence.states.diff import Change
from persistence.values.kinds import kind_of

REMOVED = "removed"
_WAS = " (was "


ChangeMark = Literal["", "other_type", "mine", "theirs"]


class ChangeText(NamedTuple):
    """The words of one change. `note` is what becomes of the type, or of the change; `mark` its sign."""

    attribute: str
    before: str
    after: str
    note: str
    mark: ChangeMark = ""

    @property
    def renamed(self) -> bool:
        """Whether the name of before stands at the end of `attribute`."""
        return self.attribute.endswith(")") and _WAS in self.attribute


def change_text(change: Change, *, with_launcher: bool = False) -> ChangeText:
    """A change in words; `with_launcher` where a file holds several launchers."""
    place = place_text(change.namespace, change.place, with_launcher=with_launcher)
    note, mark = _type_note(change)
    return ChangeText(
        f"{place}{_WAS}{path_text(change.was[-1:])})" if isinstance(change, Renamed) else place,
        *_sides(change),
        note,
        mark,
    )


def _sides(change: Change) -> tuple[str, str]:
    before, after = value_text(change.before), value_text(change.after)
    if max(len(before), len(after)) >= LONGEST:
        before, after = (
            beside(change.before, change.after, LONGEST),
            beside(change.after, change.before, LONGEST),
        )
    return before, REMOVED if isinstance(change.after, Absent) else after


def place_text(namespace: str, place: Place, *, with_launcher: bool = False) -> str:
    """Where a value stands: "custom_settings › param2", or all of a launcher."""
    launcher = escaped(namespace.rpartition(".")[2])
    if not place:
        return f"all of {launcher}"
    return f"{launcher} › {path_text(place)}" if with_launcher else path_text(place)


def _type_note(change: Change) -> tuple[str, ChangeMark]:
    """What becomes of the type: "integer, stays", "integer becomes decimal", "text, added"; and its sign."""
    if not change.place:
        return "launcher, added" if isinstance(change.before, Absent) else "launcher", ""
    if isinstance(change.before, Absent):
        return "" if isinstance(change.after, Absent) else f"{kind_of(change.after)}, added", ""
    if isinstance(change.after, Absent):
        return f"{kind_of(change.before)}, removed", ""
    before, after = kind_of(change.before), kind_of(change.after)
    found = retyped_inside(change.before, change.after)
    mark: ChangeMark = "other_type" if found or before is not after else ""
    if before is not after:
        note = f"{before} becomes {after}"
    elif found and not isinstance(change, Renamed):
        note = f"{before}, {found.before} becomes {found.after} inside"
    else:
        note = f"{before}" if isinstance(change, Renamed) else f"{before}, stays"
    return f"{note}, renamed" if isinstance(change, Renamed) else note, mark
