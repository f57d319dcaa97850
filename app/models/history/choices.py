"""What a session can be compared with, to be chosen from: itself, its versions, other sessions.

One idea: all of them stand in one list, found by any words in them; of very many, the newest. Not for
comparing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from app.models.headers import Index, header_data
from app.models.history.likely import can_be_compared
from app.models.sessions.session_rows import launcher_text
from app.past_exchange import Side
from app.session import Summary, last_part
from app.snapshot import SessionSnapshot
from app.values.fit_text import escaped
from app.words.edit_texts import unsaved_edits
from app.words.moments import clock_or_day, moment
from app.words.plain import tip
from app.words.version_texts import made_text, note_text
from persistence.files.version_log import Version

_ROOT = QModelIndex()
HEADERS = ("What", "Name", "More")
_BEFORE = "Session before"
MOST = 200
"""Versions, and sessions, that are listed; others are found by more words."""

Find = Callable[[str, int], Sequence[Summary]]
"""The sessions in which some words stand, at most so many."""


@dataclass(frozen=True, slots=True)
class StateChoice:
    """One state, as it is told in the list."""

    side: Side
    what: str
    name: str
    more: str

    def has(self, words: Sequence[str]) -> bool:
        """Whether all these words, in lower case, stand in it."""
        text = f"{self.what} {self.name} {self.more}".casefold()
        return all(word in text for word in words)


def choices(
    words: str,
    session: SessionSnapshot,
    unsaved: int,
    versions: Sequence[Version],
    find: Find,
    now: datetime,
    before: Summary | None = None,
    called: Callable[[str], str] = last_part,
) -> tuple[StateChoice, ...]:
    """What the session can be compared with, as far as the words stand in it; of other sessions the one
    `before` it comes first. `called` says what they are called among all that are listed.
    """
    wanted = words.casefold().split()
    own = [*_itself(session, unsaved), *_versions(session.directory, versions, now)]
    fitting = [choice for choice in own if choice.has(wanted)]
    first = [_other(before, now, called, _BEFORE)] if before is not None else []
    known = {session.directory, *(one.side.directory for one in first)}
    listed = find(words, MOST + 2)
    there = {one.directory for one in listed}
    others = (one for one in listed if one.directory not in known and can_be_compared(one))
    before_it = (one for one in first if one.side.directory in there or one.has(wanted))
    stated = (*before_it, *(_other(one, now, called) for one in others))
    phrase = " ".join(wanted)
    named = sorted(fitting, key=lambda choice: choice.name.casefold() != phrase)  # "version 4" is version 4
    return (*named[:MOST], *islice(stated, MOST))


def _itself(session: SessionSnapshot, unsaved: int) -> Iterator[StateChoice]:
    if session.document is None:
        return
    if unsaved:
        edits = unsaved_edits(unsaved)
        yield StateChoice(Side(session.directory, "edits"), "This session", "As it is shown", f"with {edits}")
    number = f"version {session.version:,}" if session.version else ""
    yield StateChoice(Side(session.directory, "now"), "This session", "As it is on disk", number)


def _versions(directory: str, versions: Sequence[Version], now: datetime) -> Iterator[StateChoice]:
    for one in reversed(versions):
        if one.available and not one.current:
            note = note_text(one)
            more = f"{made_text(one, now)}  ·  {note}" if note else made_text(one, now)
            yield StateChoice(Side(directory, one.sequence), "Version", f"Version {one.sequence:,}", more)


def _other(
    summary: Summary, now: datetime, called: Callable[[str], str], what: str = "Session"
) -> StateChoice:
    saved = moment(summary.saved_at)
    when = f"saved {clock_or_day(saved, now)}" if saved else ""
    parts = (escaped(summary.subject), escaped(launcher_text(summary)), when)
    more = "  ·  ".join(part for part in parts if part)
    return StateChoice(Side(summary.directory, "now"), what, escaped(called(summary.directory)), more)


class ChoicesModel(QAbstractTableModel):
    """The choices as a table."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choices: Sequence[StateChoice] = ()

    def set_choices(self, found: Sequence[StateChoice]) -> None:
        """Show these."""
        self.beginResetModel()
        self._choices = found
        self.endResetModel()

    def choice_at(self, row: int) -> StateChoice | None:
        """The choice of a row; None for no row."""
        return self._choices[row] if 0 <= row < len(self._choices) else None

    def rowCount(self, parent: Index = _ROOT) -> int:
        """The choices."""
        return 0 if parent.isValid() else len(self._choices)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """What, Name, More."""
        return 0 if parent.isValid() else len(HEADERS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        """The titles of the columns."""
        return header_data(HEADERS, section, orientation, role)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Texts and tool tips."""
        choice = self.choice_at(index.row()) if index.isValid() else None
        if choice is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return (choice.what, choice.name, choice.more)[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(f"{choice.name}\n{choice.side.directory}\n{choice.more}")
        return None
