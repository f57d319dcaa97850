"""What is asked of the disk, and what it answers: frozen values that cross between threads.

One idea: an errand carries all that it needs, above all the etag of the version that the operator saw, and
every answer says which errand it answers, so that an answer that comes too late can be told from one that is
awaited.

Not for doing anything: `disk` does, `desk` asks and `catalog` listens.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from app.checks import Precedents
from app.session import Snapshot, Summary
from app.values.cells import Cell
from persistence.document import Document
from persistence.query import Condition
from persistence.states.diff import Change as DocumentChange
from persistence.states.merge import Spot

# ---- errands


@dataclass(frozen=True, slots=True)
class Rescan:
    """Look at everything below the folder."""


@dataclass(frozen=True, slots=True)
class Look:
    """Look again at these directories, and at what is below them."""

    directories: frozenset[str]


@dataclass(frozen=True, slots=True)
class Trust:
    """Whether every change below the folder is heard (`events`), so that looks at all of it may be rare.

    `as_network`: the operator has said to treat it as one of another computer.
    """

    events: bool
    as_network: bool = False


@dataclass(frozen=True, slots=True)
class Forget:
    """Keep nothing of this folder for the next start: nobody wants to watch it any more."""


@dataclass(frozen=True, slots=True)
class Match:
    """Say from now on which sessions meet these conditions over their saved values; none asks for nothing."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class ShowValues:
    """Say from now on what the sessions have of these names; none asks for nothing."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CountNames:
    """Say which names of saved values there are, and how many sessions have each."""


@dataclass(frozen=True, slots=True)
class Trace:
    """Say from now on what the newest `most` sessions have of a name: those of a launcher, by the name of its
    class, and of a subject (None: of all). Each `asker` has one such question; no name asks for nothing.
    """

    asker: str
    name: str = ""
    launcher: str = ""
    subject: str | None = None
    most: int = 0


Question = Match | ShowValues | CountNames | Trace
"""What is asked over saved values."""


@dataclass(frozen=True, slots=True)
class Open:
    """Read one session whole. `stamp` comes back in the answer.

    `any_size`: from now on also where its file is larger than the limit.
    """

    directory: str
    stamp: int
    any_size: bool = False


@dataclass(frozen=True, slots=True)
class ReadReplaced:
    """Tell what the launcher's save that is the version `etag` wrote over: changes by somebody else."""

    directory: str
    etag: str


@dataclass(frozen=True, slots=True)
class LookBack:
    """Tell of which types the values at these places are in other sessions of the same launcher and subject.
    `stamp` comes back in the answer.
    """

    directory: str
    stamp: int
    places: frozenset[Spot]


@dataclass(frozen=True, slots=True)
class Commit:
    """Save `document` over the version `etag`."""

    directory: str
    document: Document
    etag: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Clear:
    """Remove one launcher's saved state, or all of them (None), from the version `etag`."""

    directory: str
    namespace: str | None
    etag: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Restore:
    """Bring the exact bytes of version `sequence` back, over the version `etag`; `note` is what somebody
    typed about it.
    """

    directory: str
    sequence: int
    etag: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """How a folder may be changed from now on: in whose name ("" is the account's), or why not at all.

    `refusal` is a clause, empty where it may be; `inside` are folders in it where there is one all the same,
    each with its clause. `any_size`: files over the limit are read, too.
    """

    who: str = ""
    refusal: str = ""
    inside: tuple[tuple[str, str], ...] = ()
    any_size: bool = False


@dataclass(frozen=True, slots=True)
class Recover:
    """Save `document`, made of what is left, in the place of a damaged or missing state of that `etag`.

    `origin` says what it was made of, `note` is what somebody typed about it.
    """

    directory: str
    document: Document
    etag: str
    origin: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class BringIn:
    """Put the unsaved state in `file` into the state file of that `etag`, each launcher's whole; `note` is
    what somebody typed about it.
    """

    directory: str
    file: str
    etag: str
    note: str = ""


Change = Commit | Clear | Restore | Recover | BringIn


# ---- answers


@dataclass(frozen=True, slots=True)
class LookedBack:
    """The types, as far as other sessions have them."""

    errand: LookBack
    precedents: Precedents


@dataclass(frozen=True, slots=True)
class RootSeen:
    """The folder was tried: there or not. `identity` differs when it is another folder by the same name;
    `real` is where links in its path lead, "" where that is not known.
    """

    root: str
    available: bool
    identity: tuple[int, int] | None
    at: str
    reason: str = ""
    real: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """Sessions as they are now at and below `directory`.

    `all` names every session there is below it, once that is known; what is held and not among them is gone.
    Without it, `gone` names those that are.
    """

    root: str
    directory: str
    summaries: tuple[Summary, ...]
    all: frozenset[str] | None = None
    gone: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a look at the whole folder is: sessions found, those of them that had to be read, and how many
    there were the last time (0 where that is not known).
    """

    root: str
    found: int
    read: int
    expected: int


@dataclass(frozen=True, slots=True)
class Matched:
    """The sessions of a folder that meet the conditions, as far as their values were read.

    `unknown` are names in the conditions that no session of the folder has.
    """

    root: str
    conditions: tuple[Condition, ...]
    directories: frozenset[str]
    unknown: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ValuesShown:
    """What sessions of a folder have of these names: a directory with a cell for each name, None for none."""

    root: str
    names: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell | None, ...]], ...]


@dataclass(frozen=True, slots=True)
class Traced:
    """What sessions of a folder have of the name in question, None for nothing; the others that were told
    stay as they were. `all`: that is all that is known now. There are `alike` such sessions in all.
    """

    root: str
    errand: Trace
    rows: tuple[tuple[str, Cell | None], ...]
    alike: int
    all: bool = False


@dataclass(frozen=True, slots=True)
class NamesCounted:
    """The names of saved values in a folder, and how many sessions have each."""

    root: str
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ScanEnded:
    """A look at the whole folder ended; `at` is a local time, `isoformat(timespec="seconds")`.

    `out_of_reach` are folders in it that could not be listed, and of which sessions are known. `every` is how
    many seconds pass from look to look.
    """

    root: str
    at: str
    out_of_reach: tuple[str, ...] = ()
    every: float = 0.0


@dataclass(frozen=True, slots=True)
class Glimpsed:
    """A large session that is still being judged, for the errand with this stamp; `Opened` will follow."""

    snapshot: Snapshot
    stamp: int


@dataclass(frozen=True, slots=True)
class Opened:
    """The session as it was read, for the errand with this stamp; None when it was read unasked, after a
    change.
    """

    snapshot: Snapshot
    stamp: int | None = None


@dataclass(frozen=True, slots=True)
class ReplacedRead:
    """Changes that a run wrote over, each from what the run left to what it was to be; none where there are
    none. `who` made the last of them, `at` (local, ISO), as far as that is known.
    """

    errand: ReadReplaced
    changes: tuple[DocumentChange, ...] = ()
    who: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A change waits, because somebody else holds the session's lock; `holder` is empty where not known."""

    directory: str
    holder: str
    seconds_left: float


@dataclass(frozen=True, slots=True)
class Done:
    """A change is on disk as version `sequence` with `etag`, and `snapshot` was read afterwards.

    Where the etag of the snapshot is another one, somebody wrote in between.

    `replaced` is the number of the version before it, None when there was none. `doubt` is empty, or the
    sentence that says why it is not confirmed to survive a power cut.
    """

    errand: Change
    sequence: int
    etag: str
    replaced: int | None
    snapshot: Snapshot
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class NotDone:
    """Nothing was changed. `snapshot` is what is there now, when that could be read.

    `kind` is "changed" when somebody else was faster, "cancelled" when the operator did not want to wait any
    longer, else "refused".
    """

    errand: Change
    kind: Literal["changed", "cancelled", "refused"]
    sentence: str
    snapshot: Snapshot
