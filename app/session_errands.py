"""What is asked of the disk about one session, and what it answers: frozen values. None of them changes it.

One idea: an errand carries a stamp or all of itself into its answer, so that an answer that comes too late
can be told from one that is awaited.

Not for its past (`past_errands`), for files beside its state (`file_errands`), nor for changing it
(`change_errands`).
"""

from dataclasses import dataclass

from app.checks import Precedents
from app.snapshot import SessionSnapshot
from persistence.states.diff import Change
from persistence.states.merge import Spot

# ---- errands


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


# ---- answers


@dataclass(frozen=True, slots=True)
class Glimpsed:
    """A large session that is still being judged, for the errand with this stamp; `Opened` will follow."""

    snapshot: SessionSnapshot
    stamp: int


@dataclass(frozen=True, slots=True)
class Opened:
    """The session as it was read, for the errand with this stamp; None when it was read unasked, after a
    change.
    """

    snapshot: SessionSnapshot
    stamp: int | None = None


@dataclass(frozen=True, slots=True)
class ReplacedRead:
    """Changes that a run wrote over, each from what the run left to what it was to be; none where there are
    none. `who` made the last of them, `at` (local, ISO), as far as that is known.
    """

    errand: ReadReplaced
    changes: tuple[Change, ...] = ()
    who: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class LookedBack:
    """The types, as far as other sessions have them."""

    errand: LookBack
    precedents: Precedents
