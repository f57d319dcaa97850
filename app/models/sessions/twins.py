"""Sessions of one name in different folders, which nobody could tell apart in the list. Pure; no Qt.

One idea: nothing is kept of names. Where another session of this name would stand is known: in the same place
of another watched folder, or in one of the folders that hold sessions, as long as these are few; whether one
stands there, the list knows. Not for sheets, which have all the sessions that they name (`words.apart`).
"""

from app.models.sessions.roster import Roster
from app.words.apart import tail_apart

_FEW = 8
"""Folders that are looked into for each session that comes: more would be felt where 100,000 do."""


class Twins:
    """The other sessions with the name of one."""

    def __init__(self, roster: Roster) -> None:
        self._roster = roster

    def of(self, directory: str, root: str) -> list[str]:
        """Their directories; `root` is the watched folder of this one."""
        folders, row = self._roster.folders.values, self._roster.row
        if len(folders) < 2:
            return []
        below = directory[len(root) :]
        places = {f"{other}{below}" for other in self._roster.roots.values}
        if len(folders) <= _FEW:
            name = directory[len(_folder(directory)) :]
            places.update(f"{folder}{name}" for folder in folders)
        return [place for place in places if place != directory and row(place) is not None]

    def beside(self, directory: str, root: str) -> str:
        """What to say beside the name of this one: the end of its folder's path; empty where it is alone."""
        others = self.of(directory, root)
        return tail_apart(_folder(directory), [_folder(other) for other in others]) if others else ""


def _folder(directory: str) -> str:
    return directory[: max(directory.rfind("/"), directory.rfind("\\"))]
