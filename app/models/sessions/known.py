"""All that is known of all sessions, and what became different since it was looked at last. Pure; no Qt.

One idea: whatever is told here (a summary, unsaved edits, a folder that is away) ends in the columns at once,
and in one note of which rows came, went, or have to be shown anew. Equal means silence. Not for what is shown
of it.
"""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from app.models.sessions.extras import Extras
from app.models.sessions.heirs import Heirs, spelling
from app.models.sessions.roster import Roster
from app.models.sessions.session_rows import SessionRow, in_chip, named
from app.models.sessions.slices import Work, parts
from app.models.sessions.standings import Standings
from app.models.sessions.twins import Twins
from app.session import Status, Summary, holds, status

_USUAL_NAME = 48
"""Characters of a name; a longer one is longer than its column ever gets."""
_FEW = 4
"""Of so many sessions one."""


class Changes:
    """Rows that are gone, rows that came (one that moved in the order is in both), and all that were written.

    `moved` is True when a written row may stand elsewhere, or be counted otherwise, than before. That it was
    saved at another time does not count: only some orders and filters look at that.
    """

    def __init__(self) -> None:
        self.gone: set[int] = set()
        self.come: set[int] = set()
        self.written: set[int] = set()
        self.moved = False


class KnownSessions:
    """Sessions by directory.

    `longest_name`, `longest_own_name` (without the folder beside it), `longest_subject`, `longest_launcher`
    and `longest_status` are the longest ever met; `newest` is the latest time of saving. `is_turned`: the
    standings say which sessions cannot be reached now.
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self.roster = Roster()
        self.standings = Standings()
        self.extras = Extras(self.roster)
        self.changes = Changes()
        self.unsaved: dict[str, int] = {}
        self.longest_name = self.longest_subject = self.longest_status = ""
        self._longest_own = self._longest_usual = ""
        self._long_names = 0
        self.longest_launcher = ""
        self.newest = 0
        self._heirs = Heirs(self._is_listed, self._holder)
        self._twins = Twins(self.roster)
        self._away: frozenset[str] = frozenset()
        self.is_turned = True
        self._spelled: dict[str, str] = {}  # directories by their one spelling, where that is another

    def put(self, summary: Summary) -> None:
        """Take in a session."""
        row = self.roster.row(summary.directory)
        before = None if row is None else self.roster.summary(row)
        if before == summary:
            return
        concerned = self._heirs.concerned(summary.directory) if before is None else set()
        self._write(row, summary)
        self._mark(concerned | self._heirs.update([before] if before else [], [summary]))

    def remove(self, directory: str) -> None:
        """Forget a session."""
        row = self.roster.row(directory)
        if row is not None:
            summary = self.roster.summary(row)
            sources = self._heirs.update([summary], [])
            self._long_names -= len(summary.name) > _USUAL_NAME
            self._twins.remove(row)
            self.roster.remove(directory)
            self.extras.remove(row, directory)
            self._spelled.pop(spelling(directory), None)
            self.changes.gone.add(row)
            self.changes.come.discard(row)
            self.changes.written.discard(row)
            self._mark(sources | self._heirs.concerned(directory))  # who has its version, now that it is gone
            self._name_twins(summary)

    def set_unsaved(self, directory: str, count: int) -> None:
        """Note how many unsaved edits a session has."""
        self.unsaved[directory] = count
        self._stand_again(directory)

    def set_heir(self, directory: str, heir: str) -> None:
        """Note that a run of ours made a session of this one."""
        self._heirs.note(directory, heir)
        self._mark({spelling(directory)})

    def set_away(self, folders: Collection[str]) -> bool:
        """Note which folders cannot be reached, watched ones or some in them; True when these are others than
        before. What is asked of a single session says so at once; the column follows by `turning`.
        """
        away = frozenset(folders)
        if away == self._away:  # each row was put down as it stands with these
            return False
        self._away, self.is_turned = away, False
        return True

    def turning(self) -> Work[None]:
        """Let the column of standings follow the folders that are away. A work that is left in its middle can
        be begun anew.
        """
        standing_wrong = self._standing_wrong()
        for part in parts([*self.roster]):
            self.standings.turn(standing_wrong(part))
            yield
        self.is_turned = True

    def settled(self) -> Changes:
        """What became different since this was asked last."""
        changes, self.changes = self.changes, Changes()
        return changes

    def shown(self, row: int) -> SessionRow:
        """A session as views are handed it."""
        summary = self.roster.summary(row)
        launcher, saved = self.roster.launchers[row], self.roster.when(row)
        texts, beside = self.extras.texts(row), self.beside(summary)
        return SessionRow(summary, self.status(summary), launcher, saved, texts, beside)

    def beside(self, summary: Summary) -> str:
        """What stands beside the name of a session where others have it, too."""
        return self._twins.beside(summary.directory, summary.root)

    def status(self, summary: Summary) -> Status:
        """How a session stands, with the reason."""
        return status(
            summary,
            unsaved=self.unsaved.get(summary.directory, 0),
            away=self._away_around(summary),
            resumed_as=self._heirs.of(summary.directory, summary.etag),
        )

    def heir(self, directory: str) -> str | None:
        """The directory of the session that this one was resumed as."""
        row = self.roster.row(directory)
        return self._heirs.of(directory, "" if row is None else self.roster.summary(row).etag)

    # --- within -------------------------------------------------------------------------------------------

    def _standing_wrong(self) -> Callable[[Sequence[int]], list[int]]:
        """Finds the rows that stand as if they could be reached, and cannot, or the other way round."""
        roster, codes = self.roster, self.standings.codes
        root_of, roots = roster.roots.codes, roster.roots.where(self._away.__contains__)
        deeper = self._away.difference(roster.roots.values)
        if not deeper:
            return lambda rows: [row for row in rows if (codes[row] & 1) != (root_of[row] in roots)]
        folder_of = roster.folders.codes
        folders = roster.folders.where(lambda folder: any(holds(one, folder) for one in deeper))
        alone = {roster.row(one) for one in deeper}
        return lambda rows: [
            row
            for row in rows
            if (codes[row] & 1) != (root_of[row] in roots or folder_of[row] in folders or row in alone)
        ]

    def _away_around(self, summary: Summary) -> str:
        """The folder that cannot be reached, and that a session lies in; empty where it can be."""
        if summary.root in self._away:
            return summary.root
        return next((one for one in self._away if holds(one, summary.directory)), "")

    def _write(self, row: int | None, summary: Summary) -> None:
        before = None if row is None else self._place(row)
        row = self.roster.put(summary, self._now())
        if row == len(self.standings.codes):
            self.standings.grow()
        self.extras.write(row)
        self._stand(row, summary)
        if before is None:
            self._note_spelling(summary.directory)
            self._long_names += len(summary.name) > _USUAL_NAME
            self._twins.put(row)
            self._name_twins(summary)
            self.changes.come.add(row)
        elif before[0] != self.roster.began[row]:
            self.changes.gone.add(row)
            self.changes.come.add(row)
        self._note(row, moved=before is None or before != self._place(row))
        self.newest = max(self.newest, self.roster.saved[row])
        if len(summary.name) > len(self._longest_own):
            self._longest_own = summary.name
        if len(self._longest_usual) < len(summary.name) <= _USUAL_NAME:
            self._longest_usual = summary.name
            self._measure_name(summary.name)
        if len(summary.subject) > len(self.longest_subject):
            self.longest_subject = summary.subject
        if len(launcher := self.roster.launchers[row]) > len(self.longest_launcher):
            self.longest_launcher = launcher

    def _name_twins(self, summary: Summary) -> None:
        """Other sessions with the name of one that came or went are called otherwise now."""
        twins = self._twins.called_otherwise(summary.directory)
        for directory in [*twins, summary.directory] if twins else ():
            row = self.roster.row(directory)
            if row is not None:
                self._note(row, moved=False)
                beside = self._twins.beside(directory, self.roster.roots[row])
                self._measure_name(named(summary.name, beside))

    @property
    def longest_own_name(self) -> str:
        """Of names that are longer than any column the list takes no notice, unless there are many."""
        many = self._long_names * _FEW > len(self.roster)
        return self._longest_own if many else self._longest_usual

    def _measure_name(self, name: str) -> None:
        if len(name) > len(self.longest_name):
            self.longest_name = name

    def _place(self, row: int) -> tuple[object, ...]:
        """What decides where a row stands and which chips count it, whatever filter and times of saving."""
        standing = self.standings[row]
        counted = (standing.word, standing.kind, in_chip(standing, "problems"))
        return self.roster.began[row], self.roster.subjects[row], self.roster.launchers[row], *counted

    def _stand(self, row: int, summary: Summary) -> None:
        self.standings.put(
            row,
            summary,
            unsaved=self.unsaved.get(summary.directory, 0),
            resumed_as=self._heirs.of(summary.directory, summary.etag),
            away=bool(self._away_around(summary)),
        )
        self.longest_status = max(self.longest_status, self.standings[row].word, key=len)

    def _stand_again(self, directory: str) -> None:
        row = self.roster.row(self._spelled.get(directory, directory))
        if row is not None:
            code, place = self.standings.codes[row], self._place(row)
            self._stand(row, self.roster.summary(row))
            if self.standings.codes[row] != code:
                self._note(row, moved=self._place(row) != place)

    def _note(self, row: int, *, moved: bool) -> None:
        self.changes.written.add(row)
        self.changes.moved = self.changes.moved or moved

    def _holder(self, version: str) -> str:
        """The directory of a session that has this version, "" for none."""
        row = self.roster.holder(version)
        return self.roster.directories[row] if row is not None else ""

    def _is_listed(self, spelled: str) -> bool:
        return self.roster.row(self._spelled.get(spelled, spelled)) is not None

    def _note_spelling(self, directory: str) -> None:
        if (spelled := spelling(directory)) != directory:
            self._spelled[spelled] = directory

    def _mark(self, sources: Collection[str]) -> None:
        for source in sources:
            self._stand_again(source)
