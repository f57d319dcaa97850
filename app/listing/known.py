"""One session as it was read last, for who has to know whether it is still the same.

Not for where that is kept (`ledger`, `index`), for many of them (`befores`), nor for looking again (`steps`).
"""

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
