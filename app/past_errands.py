"""What is asked about the past of a session, and what it may be brought back from: frozen values.

One idea: as in `session_errands`, a question carries all that it needs, and its answer carries the question.
None of them changes a session.

Not for answering (`reading`), nor for bringing anything back (`change_errands`).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from app.values.raw_text import RawText
from persistence.document import Document
from persistence.files.version_log import Version

# ---- questions


@dataclass(frozen=True, slots=True)
class ReadVersion:
    """Read one version of a session: by its number in history, by the etag of its bytes (a text), or what the
    session holds now (None).
    """

    directory: str
    version: int | str | None


@dataclass(frozen=True, slots=True)
class ReadHistory:
    """Tell every version of a session."""

    directory: str


@dataclass(frozen=True, slots=True)
class ReadRaw:
    """Tell the bytes of the state file as they are; where it is known to be damaged, find the place, too."""

    directory: str
    damaged: bool = False


@dataclass(frozen=True, slots=True)
class SaveCopy:
    """Write the exact bytes of a version, or of the file as it is now (None), into the file `target`."""

    directory: str
    sequence: int | None
    target: str


@dataclass(frozen=True, slots=True)
class FindWays:
    """Tell what the state could be brought back from where it is damaged or gone (`lost`), and in any case
    which unsaved states there are.
    """

    directory: str
    lost: bool


@dataclass(frozen=True, slots=True)
class GoodVersion:
    """A way: the newest version that can be read, by its number."""

    sequence: int


@dataclass(frozen=True, slots=True)
class Remains:
    """A way: what can be read of the damaged file."""


@dataclass(frozen=True, slots=True)
class CrashRecord:
    """A way: what the crash kept of the launcher, as the state of `namespace`."""

    namespace: str


@dataclass(frozen=True, slots=True)
class UnsavedState:
    """A way: a state that could not get into its file, by the file that it is in."""

    file: str


Way = GoodVersion | Remains | CrashRecord | UnsavedState


@dataclass(frozen=True, slots=True)
class TryWay:
    """Tell what the session would hold if this way was gone; nothing is changed."""

    directory: str
    way: Way


PastErrand = ReadVersion | ReadHistory | ReadRaw | SaveCopy | FindWays | TryWay


# ---- answers


@dataclass(frozen=True, slots=True)
class Crash:
    """What a crash kept: when (local, ISO), how many attributes, and whose they may be; none is sure where
    there are several, or none.
    """

    time: str
    attributes: int
    launchers: tuple[str, ...]
    class_name: str = ""


@dataclass(frozen=True, slots=True)
class Unsaved:
    """A state that could not get into its file: when it was to be saved, of whom, and why it was not."""

    file: str
    saved_at: str
    launchers: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class WaysFound:
    """What there is. `readable` counts the attributes of the damaged file, `lost` those that it lacks, by the
    version `good` where there is one. `damage` says up to where it can be read; `problem` is a sentence where
    it could not be looked for.
    """

    errand: FindWays
    good: Version | None = None
    readable: int = 0
    lost: int = 0
    damage: str = ""
    crash: Crash | None = None
    unsaved: tuple[Unsaved, ...] = ()
    problem: str = ""


@dataclass(frozen=True, slots=True)
class WayTried:
    """What the session holds now, or the best that is known of it (None: nothing), and what it would hold.

    `etag` is that of the file that was looked at. `lost` are (attribute, reason) that no way leads to,
    `left_out` those that describe one run. Without an `after`, `problem` says why.
    """

    errand: TryWay
    etag: str = ""
    before: Document | None = field(default=None, compare=False)
    after: Document | None = field(default=None, compare=False)
    lost: tuple[tuple[str, str], ...] = ()
    left_out: tuple[str, ...] = ()
    version: Version | None = None
    told_by: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class VersionRead:
    """A version as it was read; without a `document`, `problem` is the sentence that says why."""

    errand: ReadVersion
    document: Document | None = field(default=None, compare=False)
    etag: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class HistoryRead:
    """Every version of a session, oldest first; `problem` is a sentence where they cannot be told.

    `too_large`: they are not read before that is asked for, and nothing is wrong with them.
    """

    errand: ReadHistory
    versions: tuple[Version, ...] = ()
    problem: str = ""
    too_large: bool = False


@dataclass(frozen=True, slots=True)
class Damage:
    """What is wrong with a file: a sentence, and the byte at which it is met."""

    sentence: str
    offset: int


@dataclass(frozen=True, slots=True)
class RawRead:
    """The bytes of a state file as rows; without any, `problem` is the sentence that says why."""

    errand: ReadRaw
    text: RawText | None = None
    damage: Damage | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class CopySaved:
    """The copy is there; where `problem` is a sentence, it is not, and nothing was changed."""

    errand: SaveCopy
    problem: str = ""
