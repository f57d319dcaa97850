"""Sessions of one name in different folders, which nobody could tell apart in the list. Pure; no Qt.

One idea: of each name the row that has it is known, by a number made of the name, and only where several have
it all of them are: 100,000 names are not held once more. Not for sheets, which have all the sessions that
they name (`words.apart`).
"""

from collections.abc import Collection

from app.models.sessions.roster import Roster
from app.models.sessions.rows_by_number import RowsByNumber
from app.words.apart import tail_apart

_FEW = 30
"""So many are told apart by as little as that takes. Of more, each is called by all of its folder, so that no
other is called otherwise when one comes or goes.
"""


class Twins:
    """The other sessions with the name of one. Rows are those of the roster."""

    def __init__(self, roster: Roster) -> None:
        self._roster = roster
        self._alone = RowsByNumber()
        self._together: dict[int, set[int]] = {}

    def put(self, row: int) -> None:
        """Take in a row that came."""
        key = self._key(row)
        if key in self._together:
            self._together[key].add(row)
        elif (other := self._alone.pop(key)) is not None:
            self._together[key] = {other, row}
        else:
            self._alone.put(key, row)

    def remove(self, row: int) -> None:
        """Forget a row that went; its directory still stands in the roster."""
        key = self._key(row)
        rows = self._together.get(key)
        if rows is None:
            self._alone.pop(key)
            return
        rows.discard(row)
        if len(rows) == 1:
            self._alone.put(key, self._together.pop(key).pop())

    def called_otherwise(self, directory: str) -> list[str]:
        """Directories of the other sessions that are called otherwise when this one has come or gone."""
        return self._others(directory) if len(self._rows(directory)) <= _FEW + 1 else []

    def beside(self, directory: str, root: str) -> str:
        """What to say beside the name of this one: the end of its folder's path; empty where it is alone.

        `root` is the watched folder that it is in.
        """
        folder = _folder(directory)
        if len(self._rows(directory)) > _FEW:
            alone = len(self._roster.roots.values) == 1
            return folder[len(_folder(root)) :].lstrip("/\\") if alone else folder
        others = self._others(directory)
        return tail_apart(folder, [_folder(other) for other in others]) if others else ""

    def _others(self, directory: str) -> list[str]:
        """Two names may have one number, so that each is looked at."""
        name, directories = _name(directory), self._roster.directories
        there = (directories[row] for row in self._rows(directory))
        return [other for other in there if other != directory and _name(other) == name]

    def _rows(self, directory: str) -> Collection[int]:
        key = hash(_name(directory))
        row = self._alone.get(key)
        return self._together.get(key, ()) if row is None else (row,)

    def _key(self, row: int) -> int:
        return hash(_name(self._roster.directories[row]))


def _cut(directory: str) -> int:
    return max(directory.rfind("/"), directory.rfind("\\"))


def _folder(directory: str) -> str:
    return directory[: _cut(directory)]


def _name(directory: str) -> str:
    return directory[_cut(directory) + 1 :]
