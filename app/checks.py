"""What is known of a draft before it is saved: what its launchers make of it, or how it compares with before;
and of names while they are typed.

One idea: a check is an answer and never a permission; whoever shows it also shows who was asked, and what was
not. Frozen, no Qt. Not for asking (see `rehearsal`, `precedents`), nor for words (`words.check_texts`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from persistence.document import Document
from persistence.rehearsing.rehearsed import Finding, Rehearsed
from persistence.states.diff import Change
from persistence.states.merge import Spot
from persistence.values.kinds import Kind


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """Check the draft of a session, with the changes at these places only (None: all of them).

    Where something is to be decided, `mine` says at which of these places mine is taken, as in a Decision.
    """

    directory: str
    places: frozenset[Spot] | None = None
    mine: frozenset[Spot] | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """What one launcher makes of its part of a draft.

    "asked": it was found out, and is in `found`. "failed": it was tried, and `sentence` says why nothing or
    not all was found out. "not_asked": the operator's list of launchers does not say that it may be;
    `sentence` says what is missing there. "stopped": nobody waits for it any more. `started_as` is the
    launcher that was asked, where that is one of the same name in another module.
    """

    namespace: str
    how: Literal["asked", "failed", "not_asked", "stopped"]
    sentence: str = ""
    found: Rehearsed | None = None
    started_as: str = ""

    @property
    def class_name(self) -> str:
        """The launcher's class, without its module."""
        return self.namespace.rpartition(".")[2]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was found out, attribute by attribute."""
        return self.found.findings if self.found is not None else ()


@dataclass(frozen=True, slots=True)
class Precedents:
    """Of which types the values at some places were in earlier sessions of the same launcher and subject.

    `sessions` were looked at, by launcher; a place without an entry in `kinds` was in none of them. `names`
    are, by launcher, those of the attributes that they have.
    """

    kinds: Mapping[Spot, frozenset[Kind]] = field(default_factory=dict)
    sessions: Mapping[str, int] = field(default_factory=dict)
    names: Mapping[str, frozenset[str]] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class KnownNames:
    """Which attributes a launcher of a session knows, by its own word (`asked`), else as far as its saved
    states tell: this one and those of other `sessions` (their number).
    """

    directory: str
    namespace: str
    names: frozenset[str] = frozenset()
    asked: bool = False
    sessions: int = 0


@dataclass(frozen=True, slots=True)
class Checks:
    """All that is known so far of what was asked for. `asking` names the launcher that is being asked, empty
    when nobody is; `answered` is False as long as it is not even known who can be asked. `precedents` is None
    as long as it is not known.

    `document` is what is checked, `changes` what differs in it from what is saved.
    """

    request: CheckRequest
    document: Document = field(compare=False)
    changes: tuple[Change, ...] = ()
    launchers: tuple[Checked, ...] = ()
    asking: str = ""
    answered: bool = True
    precedents: Precedents | None = None
