"""What can go wrong with a saved state, as data.

Every error is one sentence a person can act on, ``path: cause. next step``, and carries its parts as
attributes, so that the window and the command line show them in their own way and tests need not read
prose.

Not for: a launcher's warnings about single attributes; those stand in its report.
"""

from __future__ import annotations

import errno
from pathlib import Path
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from persistence.document import Document
    from persistence.files.commit import Committed

_WORDS = {
    errno.ENOSPC: "the disk is full",
    getattr(errno, "EDQUOT", -1): "your quota on this disk is used up",
    errno.EROFS: "the file system is read-only",
    errno.EACCES: "there is no permission",
    errno.EPERM: "there is no permission",
    errno.EIO: "the disk reports an error",
    errno.EMFILE: "this program has too many files open",
    errno.ENFILE: "this computer has too many files open",
    errno.ENAMETOOLONG: "the name is too long",
    errno.EFBIG: "the file would be larger than this disk or account allows",
    getattr(errno, "ESTALE", -1): "the network folder is gone",
    getattr(errno, "ETIMEDOUT", -1): "the network folder does not answer",
}


def words_for(error: OSError) -> str:
    """The reason of an operating system error as a clause, for example ``the disk is full``."""
    if error.errno in _WORDS:
        return _WORDS[error.errno]
    text = error.strerror or str(error) or type(error).__name__
    return text[:1].lower() + text[1:]


_STEPS = {
    errno.ENOSPC: "Free some space, then try again.",
    getattr(errno, "EDQUOT", -1): "Free some space, then try again.",
    errno.EROFS: "Use a folder that can be written to.",
    errno.EACCES: "Ask for the right to it, then try again.",
    errno.EPERM: "Ask for the right to it, then try again.",
    errno.EIO: "Copy what is on this disk elsewhere, and have the disk checked.",
    errno.EMFILE: "Close some windows or programs, then try again.",
    errno.ENFILE: "Close some windows or programs, then try again.",
}


def step_for(error: OSError) -> str:
    """What a person can do about an operating system error, as a sentence."""
    return _STEPS.get(error.errno or 0, "Try again.")


class StateError(Exception):
    """Root of all errors of a saved state.

    ``cause`` is a clause without a full stop, ``path`` the file or directory it is about (None where bytes
    were judged without one), ``next_step`` a whole sentence or empty.
    """

    def __init__(self, cause: str, *, path: Path | None = None, next_step: str = "") -> None:
        super().__init__(cause)
        self.cause = cause
        self.path = path
        self.next_step = next_step

    def at(self, path: Path) -> Self:
        """The same error, about `path`: for callers that know the file whose bytes were judged."""
        self.path = path
        return self

    def __str__(self) -> str:
        """The sentence. Half characters, as names that are no UTF-8 give, are escaped: any log takes it."""
        place = f"{self.path}: " if self.path is not None else ""
        sentence = f"{place}{self.cause}. {self.next_step}".rstrip()
        return sentence.encode("utf-8", "backslashreplace").decode("utf-8")


class NoStateFile(StateError):
    """There is no state file (or no directory) to read."""


class NoSuchVersion(StateError):
    """History has no such number, or no longer its bytes."""

    def __init__(self, cause: str, *, sequence: int, path: Path | None = None, next_step: str = "") -> None:
        super().__init__(cause, path=path, next_step=next_step)
        self.sequence = sequence


class Damaged(StateError):
    """The bytes are no state.

    `line` and `column` count from 1, in characters; None where no place can be named.
    `ends_early`: the text is cut off (or there is none), as while somebody is still writing it.
    `still_changing`: the bytes did change while they were being read.
    """

    def __init__(
        self,
        cause: str,
        *,
        line: int | None = None,
        column: int | None = None,
        ends_early: bool = False,
        still_changing: bool = False,
        path: Path | None = None,
        next_step: str = "",
    ) -> None:
        super().__init__(cause, path=path, next_step=next_step)
        self.line = line
        self.column = column
        self.ends_early = ends_early
        self.still_changing = still_changing


class TooLarge(StateError):
    """More bytes than the limit; `size` and `limit` in bytes."""

    def __init__(self, *, size: int, limit: int, path: Path | None = None) -> None:
        super().__init__(f"{size:,} bytes are more than the limit of {limit:,}", path=path)
        self.size = size
        self.limit = limit


class Conflict(StateError):
    """The file is not the one that the change was made on; nothing was written.

    `base` is what the change was made on, `theirs` what the file says now, `mine` what was to be written;
    None where it is unknown, damaged or absent.
    """

    def __init__(
        self,
        *,
        expected_etag: str,
        found_etag: str,
        base: Document | None = None,
        theirs: Document | None = None,
        mine: Document | None = None,
        path: Path | None = None,
    ) -> None:
        super().__init__(
            "the file was changed since it was read",
            path=path,
            next_step="Read it again, then repeat the change.",
        )
        self.expected_etag = expected_etag
        self.found_etag = found_etag
        self.base = base
        self.theirs = theirs
        self.mine = mine


class NotWritten(StateError):
    """Nothing was changed on disk; ``__cause__`` is the OSError, where there was one."""


class LockTimeout(NotWritten):
    """Somebody else held the lock for all of `seconds`; `holder` says who, "" where that is not known."""

    def __init__(self, *, seconds: float, holder: str = "", path: Path | None = None) -> None:
        program = "that" if holder else "a"
        super().__init__(
            f"{holder or 'somebody else'} has been writing it for {seconds:g} s",
            path=path,
            next_step=f"Try again; if it stays so, {program} program has stopped answering and can be ended.",
        )
        self.seconds = seconds
        self.holder = holder


class NotConfirmed(StateError):
    """The file was replaced, but not confirmed to be safe on the disk: neither success nor failure."""

    def __init__(self, cause: str, *, committed: Committed, path: Path | None = None) -> None:
        super().__init__(cause, path=path, next_step="Read the file again to see what it holds.")
        self.committed = committed


class Refused(StateError):
    """Not done on purpose: a link or device in place of a file, a newer or damaged file to be overwritten."""


class NewerVersion(Refused):
    """Not written: the file or the document is of a newer format, whose meaning is not known here."""

    def __init__(self, cause: str, *, version: str, path: Path | None = None, next_step: str = "") -> None:
        super().__init__(cause, path=path, next_step=next_step)
        self.version = version


class NoSuchAttribute(StateError):
    """The state has no such launcher, or that launcher no such attribute (`pointer` as typed).

    `instead` is a clause about what there is on the way; "" where that is nothing.
    """

    def __init__(self, *, namespace: str, pointer: str, instead: str = "", path: Path | None = None) -> None:
        nothing = f"there is no saved state of {namespace}"
        missing = f"{pointer}: {instead}" if instead else f"attribute {pointer}"
        super().__init__(f"{namespace} has no {missing}" if pointer else nothing, path=path)
        self.namespace = namespace
        self.pointer = pointer


class NotRepresentable(StateError):
    """A value that a state file cannot hold; `pointer` says where inside the value, "" is all of it."""

    def __init__(self, cause: str, *, type_name: str) -> None:
        super().__init__(cause)
        self.type_name = type_name
        self.pointer = ""

    def inside(self, key: object) -> NotRepresentable:
        """The same error, seen from one container further out, where the value stands at `key`."""
        try:
            step = str(key).replace("~", "~0").replace("/", "~1")
        except ValueError:  # an integer of more digits than Python writes
            step = f"<{type(key).__name__}>"
        self.pointer = f"{step}/{self.pointer}" if self.pointer else step
        return self

    def __str__(self) -> str:
        return f"{self.cause}, at {self.pointer}" if self.pointer else self.cause


class Mismatch(StateError):
    """A saved value that does not fit the launcher's own current value."""


class WrongQuery(StateError):
    """A query that cannot be understood, from its character `position` on (from 0); `example` can be."""

    def __init__(self, cause: str, *, position: int, example: str) -> None:
        super().__init__(cause, next_step=f"For example: {example}")
        self.position = position
        self.example = example
