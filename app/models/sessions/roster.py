"""All sessions of the list as columns of plain values: a row is a number, never an object. Pure; no Qt.

One idea: what many sessions have in common is held once, times are numbers, and a `Summary` is made from its
row when somebody asks for it: 100,000 sessions are a few arrays, and a row costs half of what its summary
does. A field that its column would not give back exactly as it came (an unusual time, a problem, who edited
it) is kept beside the columns, so that every summary is told as it was told.

Not for how a session stands (`standings`), nor for which rows are shown (`shape`).
"""

from array import array
from collections.abc import Iterator
from datetime import datetime, timedelta

from app.models.sessions.coded import Coded
from app.models.sessions.session_rows import launcher_text
from app.session import Summary
from app.words.moments import day_text, moment

NEVER = -1
"""In place of microseconds since the first day of the calendar, where there is no time."""
_DIGEST = 32  # bytes; an etag is their hexadecimal text
_MARKED = 20  # bits of a digest, for a bit that says whether any session has had one that begins so
_HELD = range(-(2**63), 2**63)
"""Numbers that a column can hold."""
_MICROSECOND = timedelta(microseconds=1)
_RARE = tuple(
    (name, Summary._field_defaults[name])
    for name in (
        "problem",
        "running",
        "edited_by",
        "edited_at",
        "written_at",
        "resumed_from",
        "resumed_version",
        "died",
        "unsaved",
        "under_way",
    )
)


class Roster:
    """Sessions by directory, in columns by row.

    `texts` is what the filter searches and names are sorted by: name, time of saving, and its date as it is
    shown, in lower case, in a line each. `began` orders the list: when it was started, else made, saved,
    written.
    """

    def __init__(self) -> None:
        self._rows: dict[str, int] = {}
        self._free: list[int] = []
        self._leaving: list[int] = []
        self.directories: list[str] = []
        self.texts: list[str] = []
        self.began, self.saved, self._created, self._mtimes, self._sizes, self._attributes = (
            array("q") for _ in range(6)
        )
        self._etags = bytearray()
        self._marks = bytearray(1 << _MARKED - 3)
        self.roots, self.folders, self.subjects, self.launchers = (Coded[str]() for _ in range(4))
        self._namespaces = Coded[tuple[str, ...]]()
        self.outcomes = Coded[str | None]()
        self._rigs, self._by_metadata = Coded[str](), Coded[bool]()
        self._odd: dict[int, dict[str, object]] = {}

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[int]:
        return iter(self._rows.values())

    def row(self, directory: str) -> int | None:
        """The row of a session, None when it is not known."""
        return self._rows.get(directory)

    def holder(self, etag: str) -> int | None:
        """The row of a session that has this version; None where none has.

        What no session has is known at once, mostly; else all are looked through: 1 ms for 100,000. An index
        of them would take a fifth more memory, for what is asked of a few that were renamed.
        """
        digest = _digest(etag)
        if digest is None or not self._may_hold(digest):
            return None
        found = self._etags.find(digest)
        while found >= 0:
            row, within = divmod(found, _DIGEST)
            if not within and self._rows.get(self.directories[row]) == row:
                return row
            found = self._etags.find(digest, found + 1)
        return None

    def put(self, summary: Summary, now: datetime) -> int:
        """Take in a session, new or changed; `now` decides how dates without a year are searched for."""
        row = self._rows.get(summary.directory)
        if row is None:
            row = self._rows[summary.directory] = self._free.pop() if self._free else self._grown()
        odd: dict[str, object] = {}
        self._put_times(row, summary, odd)
        self._put_numbers(row, summary, odd)
        self._put_texts(row, summary, odd, now)
        self._put_shared(row, summary)
        odd.update({name: value for name, usual in _RARE if (value := getattr(summary, name)) != usual})
        self._odd.pop(row, None)
        if odd:
            self._odd[row] = odd
        return row

    def remove(self, directory: str) -> int | None:
        """Forget a session; its row is given to no other before `release`."""
        row = self._rows.pop(directory, None)
        if row is not None:
            self._odd.pop(row, None)
            self._leaving.append(row)
        return row

    def release(self) -> None:
        """Nobody names the rows of removed sessions any more."""
        self._free += self._leaving
        self._leaving.clear()

    def summary(self, row: int) -> Summary:
        """A session as it was told."""
        directory = self.directories[row]
        told: dict[str, object] = {
            "directory": directory,
            "root": self.roots[row],
            "name": directory[_cut(directory) + 1 :],
            "subject": self.subjects[row],
            "launchers": self._namespaces[row],
            "saved_at": _precise(self.saved[row]),
            "created_at": _precise(self._created[row]),
            "outcome": self.outcomes[row],
            "attributes": self._attributes[row],
            "size": self._sizes[row],
            "mtime_ns": self._mtimes[row],
            "etag": self._etags[row * _DIGEST : (row + 1) * _DIGEST].hex(),
            "started": _as_text(self.began[row]),
            "rig": self._rigs[row],
            "by_metadata": self._by_metadata[row],
        }
        return Summary(**(told | self._odd.get(row, {})))  # type: ignore[arg-type]  # as _put_odd found them

    def when(self, row: int) -> datetime | None:
        """When a session was saved."""
        return time_of(self.saved[row])

    # --- within -------------------------------------------------------------------------------------------

    def _grown(self) -> int:
        """A row after the last one."""
        for column in (self.began, self.saved, self._created, self._mtimes, self._sizes, self._attributes):
            column.append(0)
        for shared in (self.roots, self.folders, self.subjects, self.launchers, self.outcomes, self._rigs):
            shared.grow()
        self._namespaces.grow()
        self._by_metadata.grow()
        self._etags += bytes(_DIGEST)
        self.directories.append("")
        self.texts.append("")
        return len(self.texts) - 1

    def _put_times(self, row: int, summary: Summary, odd: dict[str, object]) -> None:
        started, saved, created = map(_number, (summary.started, summary.saved_at, summary.created_at))
        began = next((number for number in (started, created, saved) if number != NEVER), None)
        self.began[row] = began = _written(summary) if began is None else began
        self.saved[row], self._created[row] = saved, created
        if _as_text(began) != summary.started:
            odd["started"] = summary.started
        if _precise(saved) != summary.saved_at:
            odd["saved_at"] = summary.saved_at
        if _precise(created) != summary.created_at:
            odd["created_at"] = summary.created_at

    def _put_numbers(self, row: int, summary: Summary, odd: dict[str, object]) -> None:
        columns = (("mtime_ns", self._mtimes), ("size", self._sizes), ("attributes", self._attributes))
        for name, column in columns:
            number = getattr(summary, name)
            if number in _HELD:
                column[row] = number
            else:
                odd[name] = number

    def _put_texts(self, row: int, summary: Summary, odd: dict[str, object], now: datetime) -> None:
        saved = time_of(self.saved[row])
        when = f"{summary.saved_at}\n{day_text(saved, now)}" if saved else ""
        self.directories[row] = summary.directory
        self.texts[row] = f"{summary.name}\n{when}".casefold()
        if summary.directory[_cut(summary.directory) + 1 :] != summary.name:
            odd["name"] = summary.name
        digest = _digest(summary.etag)
        self._etags[row * _DIGEST : (row + 1) * _DIGEST] = digest or bytes(_DIGEST)
        if digest is None:
            odd["etag"] = summary.etag
        else:
            self._mark(digest)

    def _mark(self, digest: bytes) -> None:
        """Somebody has had this version."""
        place, bit = _marked(digest)
        self._marks[place] |= bit

    def _may_hold(self, digest: bytes) -> bool:
        place, bit = _marked(digest)
        return bool(self._marks[place] & bit)

    def _put_shared(self, row: int, summary: Summary) -> None:
        cut = _cut(summary.directory)
        self.roots.put(row, summary.root)
        self.folders.put(row, summary.directory[:cut] or summary.directory[: cut + 1])
        self.subjects.put(row, summary.subject)
        self.launchers.put(row, launcher_text(summary))
        self._namespaces.put(row, summary.launchers)
        self.outcomes.put(row, summary.outcome)
        self._rigs.put(row, summary.rig)
        self._by_metadata.put(row, summary.by_metadata)


def number_of(time: datetime) -> int:
    """A local time as a number."""
    return (time - datetime.min) // _MICROSECOND


def time_of(number: int) -> datetime | None:
    """The local time that a number stands for."""
    return None if number == NEVER else datetime.min + timedelta(microseconds=number)


def _number(text: str | None) -> int:
    found = moment(text)
    return NEVER if found is None else number_of(found)


def _as_text(number: int) -> str | None:
    found = time_of(number)
    return None if found is None else found.isoformat()


def _precise(number: int) -> str | None:
    """As launchers write when they saved."""
    found = time_of(number)
    return None if found is None else found.isoformat(timespec="microseconds")


def _digest(etag: str) -> bytes | None:
    """The bytes of an etag, None when it is none of the usual form."""
    try:
        digest = bytes.fromhex(etag)
    except ValueError:
        return None
    return digest if len(digest) == _DIGEST and digest.hex() == etag else None


def _marked(digest: bytes) -> tuple[int, int]:
    """The byte and the bit in it that stand for a digest."""
    number = int.from_bytes(digest[:4], "little") & ((1 << _MARKED) - 1)
    return number >> 3, 1 << (number & 7)


def _cut(directory: str) -> int:
    """Where the last separator is, of this or another system."""
    return max(directory.rfind("/"), directory.rfind("\\"))


def _written(summary: Summary) -> int:
    try:
        return number_of(datetime.fromtimestamp(summary.mtime_ns / 1e9))
    except (ValueError, OverflowError, OSError):  # a file system that says a time no calendar has
        return 0
