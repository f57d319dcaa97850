"""What is asked about the files of a session, and answered: frozen values that cross between threads.

One idea: who looks at a file again says what he has seen of it, and is told only what became different; the
one who answers keeps nothing. None of them changes a file.

Not for saved states (`session_errands`, `past_errands`), and not for answering (`files.beside`,
`files.followed`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from app.values.raw_text import RawText

METADATA = "launcher_metadata"
LOG = f"{METADATA}/launcher.log"
_LOGS = (".log", ".out", ".err")

EntryKind = Literal["file", "folder", "link", "other"]
FileNews = Literal["new", "same", "grown", "changed", "problem"]


@dataclass(frozen=True, slots=True)
class FileEntry:
    """Something that lies in a session directory, or in its `launcher_metadata`.

    `name` is its way from the session directory, with "/" between; `size` in bytes, `changed` in seconds
    since 1970, as the disk says. What is neither file, folder nor link (a pipe, a device) is "other".
    """

    name: str
    kind: EntryKind = "file"
    size: int = 0
    changed: float = 0.0

    @property
    def last(self) -> str:
        """The last part of its name."""
        return self.name.rpartition("/")[2]

    @property
    def is_inside(self) -> bool:
        """Whether it lies in `launcher_metadata`."""
        return "/" in self.name

    @property
    def is_hidden(self) -> bool:
        """Whether its name begins with a dot, as those of programs' own files do."""
        return self.last.startswith(".")


def is_log(name: str) -> bool:
    """Whether a file grows at its end, and is read from there."""
    return name.lower().endswith(_LOGS)


@dataclass(frozen=True, slots=True)
class ListFiles:
    """Tell what lies in a session directory."""

    directory: str


@dataclass(frozen=True, slots=True)
class FilesListed:
    """What lies there, in the order in which it is shown; without anything, `problem` may say why.

    `more` is True where not everything is listed.
    """

    errand: ListFiles
    entries: tuple[FileEntry, ...] = ()
    more: bool = False
    problem: str = ""


@dataclass(frozen=True, slots=True)
class TextSeen:
    """What was seen of a file: its text, and what its status said then (for comparing, nothing else)."""

    text: RawText = field(compare=False)
    status: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class LookAt:
    """Tell what stands in a file of a session; `seen` is what is known of it from the last look."""

    directory: str
    name: str
    seen: TextSeen | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class FileSeen:
    """What stands in the file, and what that is against what was seen before.

    "grown": the same with more behind it; "changed": something else, and `note` may say what happened. A
    "problem" is a sentence; `seen` is then what was known before.
    """

    errand: LookAt
    news: FileNews
    seen: TextSeen | None = None
    note: str = ""
    problem: str = ""


FileErrand = ListFiles | LookAt
