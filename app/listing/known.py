"""One session as it was read last, for who has to know whether it is still the same.

Not for where that is kept (`ledger`, `index`), nor for looking again (`steps`).
"""

import os
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from app.session import Problem, Summary
from persistence.sessions.site import Times


class Known(NamedTuple):
    """One session as it was read last.

    `signature`: of the files that were read, empty where they have to be read again in any case.
    `attributes`: the values that can be asked for, as JSON text; None where they were not looked into yet,
    empty where the index has them.
    """

    summary: Summary
    signature: bytes
    attributes: str | None = None

    @classmethod
    def read(cls, summary: Summary, times: Times | None, attributes: str | None = None) -> "Known":
        """Of what was read just now, and how its files stood before that. Who could not read it may be
        allowed to without any change of the file, and who may have been saving may let go without one: then
        it is read again in any case.
        """
        if times is None or is_unreadable(summary.problem) or summary.under_way:
            return cls(summary, b"", attributes)
        return cls(summary, times.signature(metadata=summary.by_metadata), attributes)

    @property
    def before(self) -> "Before":
        """What of it tells whether it is to be read again."""
        return Before(self.signature, self.is_found_damaged)

    @property
    def is_found_damaged(self) -> bool:
        """Whether the session was read wholly, and that was found."""
        problem = self.summary.problem
        return self.attributes is not None and problem is not None and problem.kind == "damaged"


def is_unreadable(problem: Problem | None) -> bool:
    """Whether there is something that whoever looked could not read."""
    return problem is not None and problem.kind == "unreadable"


class Before(NamedTuple):
    """What was known of a session before somebody looks again: its signature, and whether it was found to be
    damaged.
    """

    signature: bytes
    damaged: bool = False


class Befores:
    """The same of many sessions, as it is kept: nothing is made of it until somebody asks."""

    def __init__(
        self, signatures: Mapping[bytes, bytes] | None = None, damaged: AbstractSet[bytes] = frozenset()
    ) -> None:
        """By directory, as the system spells it. None is known where none is given."""
        self._signatures = dict(signatures or {})
        self._damaged = damaged

    def __len__(self) -> int:
        return len(self._signatures)

    def __contains__(self, directory: str) -> bool:
        return os.fsencode(directory) in self._signatures

    def below(self, folder: str) -> list[str]:
        """The directories at and below a folder."""
        path = os.fsencode(folder)
        within = path.rstrip(os.fsencode(os.sep)) + os.fsencode(os.sep)
        return [os.fsdecode(one) for one in tuple(self._signatures) if one == path or one.startswith(within)]

    def get(self, directory: str) -> Before | None:
        """Of one of them; None where none is known. Any thread may ask."""
        path = os.fsencode(directory)
        signature = self._signatures.get(path)
        return None if signature is None else Before(signature, path in self._damaged)

    def drop(self, directory: str) -> None:
        """One that is not there any more."""
        self._signatures.pop(os.fsencode(directory), None)
