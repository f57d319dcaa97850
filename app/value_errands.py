"""What is asked over the saved values of all sessions of a folder, and what is answered: frozen values.

One idea: a question stands until the next of its kind, and is answered again whenever values change; an
answer carries the question, so that one that comes too late can be told from one that is awaited.

Not for asking (`finding`, `columns`, `users`, `trending`), nor for answering (`questions`).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from app.session import Summary
from app.values.cells import Cell
from persistence.query import Condition
from persistence.sessions.listed import classes_of

# ---- questions


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
class FindUsers:
    """Say whom the saved states name as their user."""


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


Question = Match | ShowValues | CountNames | FindUsers | Trace
"""What is asked over saved values."""


# ---- answers


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
    stay as they were. `all`: that is all that is known now. There are `alike` such sessions in all, and
    beside them some of the subject that are `unread`: of no launcher, as nothing can be read there.
    """

    root: str
    errand: Trace
    rows: tuple[tuple[str, Cell | None], ...]
    alike: int
    all: bool = False
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NamesCounted:
    """The names of saved values in a folder, and how many sessions have each."""

    root: str
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class UsersFound:
    """The users that saved states in a folder name, each once."""

    root: str
    users: tuple[str, ...]


def is_unread(errand: Trace, summary: Summary) -> bool:
    """Whether nobody can say of which launcher a session of the subject is: there is nothing to be read."""
    return errand.subject is not None and summary.subject == errand.subject and not classes_of(summary)
