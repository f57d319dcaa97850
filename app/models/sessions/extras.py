"""The columns by choice, beside the five that every list has: a cell for each session. Pure; no Qt.

One idea: a column is held as `coded` holds what sessions share, so that what is asked of many rows is asked
once for each value. What is told of a session before the list knows it waits for it. Not for where values
come from: they are told.
"""

from array import array
from collections.abc import Iterable, Sequence

from app.models.sessions.coded import Coded
from app.models.sessions.roster import Roster
from app.models.sessions.session_rows import OUTCOME, Extra
from app.models.sessions.slices import Work, parts
from app.session import outcome_word
from app.values.cells import Cell
from app.values.fit_text import escaped

Key = tuple[bool, object, str]
_FREED = 2_000
"""Cells that are freed between two pauses."""


class Cells(Coded[Cell | None]):
    """One column; code 0 is no cell. `keys` and `folded` are by code: to sort by, and to search in."""

    def __init__(self, rows: int) -> None:
        super().__init__()
        self.codes = array("I", bytes(array("I").itemsize * rows))
        self.values.append(None)
        self._code_of[None] = 0
        self.keys: list[Key | None] = [None]
        self.folded: list[str] = [""]
        self.longest = ""
        self._words = False

    @property
    def numeric(self) -> bool:
        """Whether numbers were told of, and never anything else."""
        return len(self.values) > 1 and not self._words

    def code(self, value: Cell | None) -> int:
        """The code of a cell, known or new."""
        code = self._code_of.get(value)
        if code is None and value is not None:
            code = self._code_of[value] = len(self.values)
            self.values.append(value)
            self.keys.append(value.key)
            self.folded.append(value.text.casefold())
            self.longest = max(self.longest, value.text, key=len)
            self._words = self._words or value.number is None
        return code or 0

    def put(self, row: int, value: Cell | None) -> None:
        """Give a row its cell."""
        self.codes[row] = self.code(value)

    def letting_go(self) -> Work[None]:
        """Free all values; nobody looks at the column any more."""
        while self.values:
            for held in (self.values, self.keys, self.folded):
                del held[-_FREED:]
            for _ in range(min(_FREED, len(self._code_of))):
                self._code_of.popitem()
            yield


class Extras:
    """The chosen columns over one roster, in their order."""

    def __init__(self, roster: Roster) -> None:
        self._roster = roster
        self.chosen: tuple[Extra, ...] = ()
        self._columns: dict[Extra, Cells] = {}
        self._left: list[Cells] = []
        self._waiting: dict[str, tuple[Cell | None, ...]] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of saved values that are wanted."""
        return tuple(extra.name for extra in self.chosen if not extra.field)

    def choose(self, chosen: Sequence[Extra]) -> None:
        """Have these columns from now on; what is known of those that stay is kept."""
        self.chosen = tuple(dict.fromkeys(chosen))
        kept = {extra: cells for extra, cells in self._columns.items() if extra in self.chosen}
        rows = len(self._roster.directories)
        for extra in self.chosen:
            if extra not in kept:
                kept[extra] = self._outcomes(rows) if extra == OUTCOME else Cells(rows)
        self._left += [cells for extra, cells in self._columns.items() if extra not in kept]
        self._columns = kept
        self._waiting.clear()

    def letting_go(self) -> Work[None]:
        """Free the cells of columns that are not chosen any more; of a hundred thousand that takes long."""
        while self._left:
            yield from self._left[-1].letting_go()
            self._left.pop()

    def column(self, position: int) -> Cells:
        """The column at a place among the chosen ones."""
        return self._columns[self.chosen[position]]

    def texts(self, row: int) -> tuple[str, ...]:
        """What is shown of a session; empty where nothing is known."""
        cells = (self._columns[extra][row] for extra in self.chosen)
        return tuple(cell.text if cell is not None else "" for cell in cells)

    def with_word(self, word: str) -> Work[list[tuple[Sequence[int], set[int]]]]:
        """The codes of each column that has values with this word in them, and which these are."""
        found: list[tuple[Sequence[int], set[int]]] = []
        for cells in self._columns.values():
            having, texts = set[int](), cells.folded
            for codes in parts(range(len(texts))):
                having.update([code for code in codes if word in texts[code]])
                yield
            if having:
                found.append((cells.codes, having))
        return found

    # --- what is told -------------------------------------------------------------------------------------

    def take(self, directory: str, told: Sequence[Cell | None]) -> bool:
        """Take in the cells of a session, as `names` are; True when a row shows something else now."""
        row = self._roster.row(directory)
        if row is None:
            if any(told):
                self._waiting[directory] = tuple(told)
            return False
        columns = (self._columns[extra] for extra in self.chosen if not extra.field)
        return self._put(row, columns, told)

    def write(self, row: int) -> None:
        """A session was taken in, new or changed."""
        for cells in self._columns.values():
            while len(cells.codes) <= row:
                cells.grow()
        if OUTCOME in self._columns:
            self._columns[OUTCOME].put(row, outcome_cell(self._roster.outcomes[row]))
        if self._waiting and (told := self._waiting.pop(self._roster.directories[row], None)) is not None:
            self.take(self._roster.directories[row], told)

    def remove(self, row: int, directory: str) -> None:
        """A session is gone."""
        self._waiting.pop(directory, None)
        for cells in self._columns.values():
            cells.put(row, None)

    # --- within -------------------------------------------------------------------------------------------

    def _put(self, row: int, columns: Iterable[Cells], told: Sequence[Cell | None]) -> bool:
        different = False
        for cells, cell in zip(columns, told, strict=False):
            if cells[row] != cell:
                cells.put(row, cell)
                different = True
        return different

    def _outcomes(self, rows: int) -> Cells:
        made, outcomes = Cells(rows), self._roster.outcomes
        code_of = [made.code(outcome_cell(outcome)) for outcome in outcomes.values]
        made.codes = array("I", map(code_of.__getitem__, outcomes.codes))
        return made


def outcome_cell(outcome: str | None) -> Cell | None:
    """How the last run ended, in our words or those of whoever saved; None where that is not known."""
    if not outcome:
        return None
    word = outcome_word(outcome)
    return Cell(escaped(outcome) if word == outcome_word(None) else word)
