"""What is asked of the disk about a whole watched folder, and what it answers: frozen values.

One idea: an errand carries all that it needs, and what is told of a folder names it, so that everybody can
hear all of it and take what is his.

Not for doing anything: `disk` does, `catalog` listens. One session of a folder is asked about in
`session_errands` and changed in `change_errands`; `value_errands` asks over what all of them hold.
"""

from dataclasses import dataclass

from app.session import Summary

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
class Terms:
    """How a folder may be changed from now on: in whose name ("" is the account's), or why not at all.

    `refusal` is a clause, empty where it may be; `inside` are folders in it where there is one all the same,
    each with its clause. `any_size`: files over the limit are read, too.
    """

    who: str = ""
    refusal: str = ""
    inside: tuple[tuple[str, str], ...] = ()
    any_size: bool = False


# ---- answers


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
class ScanEnded:
    """A look at the whole folder ended; `at` is a local time, `isoformat(timespec="seconds")`.

    `out_of_reach` are folders in it that could not be listed, and of which sessions are known. `every` is how
    many seconds pass from look to look.
    """

    root: str
    at: str
    out_of_reach: tuple[str, ...] = ()
    every: float = 0.0
