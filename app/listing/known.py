"""One session as it was read last, for who has to know whether it is still the same.

Not for where that is kept (`ledger`, `index`), nor for looking again (`steps`).
"""

from dataclasses import dataclass
from typing import NamedTuple

from app.session import Summary


@dataclass(frozen=True, slots=True)
class Known:
    """One session as it was read last.

    `signature`: of the files that were read, empty where they have to be read again in any case.
    `attributes`: the values that can be asked for, as JSON text; None where they were not looked into yet,
    empty where the index has them.
    """

    summary: Summary
    signature: bytes
    attributes: str | None = None

    @property
    def before(self) -> "Before":
        """What of it tells whether it is to be read again."""
        return Before(self.signature, self.is_found_damaged)

    @property
    def is_found_damaged(self) -> bool:
        """Whether the session was read wholly, and that was found."""
        problem = self.summary.problem
        return self.attributes is not None and problem is not None and problem.kind == "damaged"


class Before(NamedTuple):
    """What was known of a session before somebody looks again: its signature, and whether it was found to be
    damaged.
    """

    signature: bytes
    damaged: bool = False
