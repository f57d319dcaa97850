"""How each session of the list stands, as a column: few different standings, each computed once. Pure; no Qt.

One idea: a standing is two statuses, the one that shows while the folder can be reached and the one that
shows while it cannot; a folder that goes away or comes back turns the last bit of its rows' codes, and
nothing is computed anew. Reasons are left out here, they differ in every row: `app.session.status` tells them
when asked.
"""

from array import array
from collections.abc import Callable, Iterable, Mapping

from app.models.session_rows import CHIPS, Chip, in_chip
from app.session import Status, Summary, status


class Standings:
    """`codes` by row, `statuses` by code: even ones while the folder is there, the next while it is away."""

    def __init__(self) -> None:
        self.codes = array("I")
        self.statuses: list[Status] = []
        self._code_of: dict[Status, int] = {}

    def __getitem__(self, row: int) -> Status:
        return self.statuses[self.codes[row]]

    def grow(self) -> None:
        """Make a row after the last one."""
        self.codes.append(0)

    def put(self, row: int, summary: Summary, *, unsaved: int, resumed_as: str | None, away: bool) -> None:
        """Note how a session stands."""
        here = _without_reason(status(summary, unsaved=unsaved, resumed_as=resumed_as))
        code = self._code_of.get(here)
        if code is None:
            code = self._code_of[here] = len(self.statuses)
            gone = status(summary, unsaved=unsaved, resumed_as=resumed_as, root_available=False)
            self.statuses += (here, _without_reason(gone))
        self.codes[row] = code + away

    def turn(self, rows: Iterable[int]) -> None:
        """The folder of these rows went away, or came back."""
        codes = self.codes
        for row in rows:
            codes[row] ^= 1

    def where(self, holds: Callable[[Status], bool]) -> frozenset[int]:
        """The codes of the statuses for which this holds."""
        return frozenset(code for code, one in enumerate(self.statuses) if holds(one))

    def of_chip(self, chip: Chip) -> frozenset[int]:
        """The codes that belong to a chip."""
        return self.where(lambda one: in_chip(one, chip))

    def counts(self, of_codes: Mapping[int, int]) -> dict[Chip, int]:
        """How many sessions each chip has, out of how many have each code."""
        return {
            chip: sum(count for code, count in of_codes.items() if in_chip(self.statuses[code], chip))
            for chip in CHIPS
        }


def _without_reason(one: Status) -> Status:
    return Status(one.kind, one.word, one.marks) if one.reason else one


def words_of(standing: Status) -> str:
    """All words of a status and its marks, in lower case, as the filter searches them."""
    return " ".join((standing.word, *(mark.text for mark in standing.marks))).casefold()
