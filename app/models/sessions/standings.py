"""How each session of the list stands, as a column: few different standings, each computed once. Pure; no Qt.

One idea: a standing is two statuses, the one that shows while the folder can be reached and the one that
shows while it cannot; a folder that goes away or comes back turns the last bit of its rows' codes, and
nothing is computed anew. Reasons are left out here, they differ in every row: `app.session.status` tells them
when asked.
"""

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence

from app.models.sessions.session_rows import CHIPS, Chip, in_chip
from app.models.sessions.slices import Work, parts, passing
from app.session import Status, Summary, status

_BITS: Mapping[Chip, int] = {chip: 1 << number for number, chip in enumerate(CHIPS)}


class Standings:
    """`codes` by row, `statuses` by code: even ones while the folder is there, the next while it is away.
    `most_marks`: how many marks were ever met beside a kind and word.
    """

    def __init__(self) -> None:
        self.codes = array("I")
        self._chips = bytearray()
        self._chips_of_code: list[int] = []
        self.statuses: list[Status] = []
        self._code_of: dict[Status, int] = {}
        self.most_marks: dict[tuple[str, str], int] = {}

    def __getitem__(self, row: int) -> Status:
        return self.statuses[self.codes[row]]

    def grow(self) -> None:
        """Make a row after the last one."""
        self.codes.append(0)
        self._chips.append(0)

    def put(self, row: int, summary: Summary, *, unsaved: int, resumed_as: str | None, away: bool) -> None:
        """Note how a session stands."""
        here = _without_reason(status(summary, unsaved=unsaved, resumed_as=resumed_as))
        code = self._code_of.get(here)
        if code is None:
            code = self._code_of[here] = len(self.statuses)
            gone = status(summary, unsaved=unsaved, resumed_as=resumed_as, away=summary.directory)
            self._add(here, _without_reason(gone))
            if here.marks:
                known = (here.kind, here.word)
                self.most_marks[known] = max(len(here.marks), self.most_marks.get(known, 0))
        self._put_code(row, code + away)

    def turn(self, rows: Iterable[int]) -> None:
        """The folder of these rows went away, or came back."""
        codes, chips, chips_of_code = self.codes, self._chips, self._chips_of_code
        for row in rows:
            codes[row] = code = codes[row] ^ 1
            chips[row] = chips_of_code[code]

    def where(self, holds: Callable[[Status], bool]) -> frozenset[int]:
        """The codes of the statuses for which this holds."""
        return frozenset(code for code, one in enumerate(self.statuses) if holds(one))

    def of_chip(self, rows: Sequence[int], chip: Chip) -> Work[list[int]]:
        """Those of the rows that belong to a chip."""
        bit, chips = _BITS[chip], self._chips
        return passing(rows, lambda part: [row for row in part if chips[row] & bit])

    def counts(self, rows: Sequence[int]) -> Work[dict[Chip, int]]:
        """How many of the rows belong to each chip."""
        chips = self._chips
        if len(rows) != len(chips):
            chips = bytearray()
            for part in parts(rows):
                chips += bytes(map(self._chips.__getitem__, part))
                yield
        of_mask = [(mask, chips.count(mask)) for mask in set(self._chips_of_code)]
        return {chip: sum(count for mask, count in of_mask if mask & bit) for chip, bit in _BITS.items()}

    # --- within -------------------------------------------------------------------------------------------

    def _add(self, *statuses: Status) -> None:
        self.statuses += statuses
        self._chips_of_code += [
            sum(bit for chip, bit in _BITS.items() if in_chip(status, chip)) for status in statuses
        ]

    def _put_code(self, row: int, code: int) -> None:
        self.codes[row] = code
        self._chips[row] = self._chips_of_code[code]


def _without_reason(one: Status) -> Status:
    return Status(one.kind, one.word, one.marks) if one.reason else one


def words_of(standing: Status) -> str:
    """All words of a status and its marks, in lower case, as the filter searches them; not the name of
    another session, which is found by itself.
    """
    marks = (mark.text for mark in standing.marks if mark.kind != "resumed_as")
    return " ".join((standing.word, *marks)).casefold()
