"""What stands around a saved state before a launcher is started on it, and what is said of it. Pure; no Qt.

One idea: both are plain values, so that what is known is gathered in one place and judged in another. Not for
judging (`cautions`).
"""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal, NamedTuple

from app.past_errands import Unsaved
from app.resume_exchange import USUALLY_OLD, Earlier, HandedOver, Neighbour, Surroundings
from persistence.files.runner import Running

Weight = Literal["stop", "check", "know"]


@dataclass(frozen=True, slots=True)
class Caution:
    """One sentence. `directory` is the session that a click on it leads to, if any."""

    weight: Weight
    text: str
    directory: str = ""


class EditedElsewhere(NamedTuple):
    """Who changed the state of another launcher in the file, by which action of history."""

    who: str
    deed: str
    launcher: str


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around one saved state of one launcher. Directories name sessions.

    `saved_at` is a local time in ISO format; from an age of `old_after` on, that is told. `module` and
    `started_as` are the modules of the launcher that saved, and of the one that is started. `host` is this
    computer. `saved_subject` is whom the saved state itself names, and `own_subject` whom the launcher saved
    in it before somebody changed that; `untold`: of "subject" and "user", those that were typed and do not
    reach the launcher. `running` says who is in the session, `died` whose run was over there before it saved,
    `died_elsewhere` that it was of another launcher in the file. `written`, `lost` and `lost_by`: as in
    `KnownRun`. `unsaved` are states of this launcher that could not get into the file, the newest last.
    `deed` is what was done by who is called `edited_by`, as history calls it, `edited_before` who did what
    before that, `edited_elsewhere` who edited states of other launchers alone, and `damaged` are attributes
    that were lost when the file was, `no_numbers` those that somebody made nan.
    """

    directory: str
    subject: str = ""
    saved_at: str = ""
    old_after: timedelta = USUALLY_OLD
    edited_by: str = ""
    written: bool = False
    lost: tuple[str, ...] | None = ()
    lost_by: str = ""
    module: str = ""
    started_as: str = ""
    host: str = ""
    running: Running | None = None
    died: Running | None = None
    died_elsewhere: bool = False
    neighbours: tuple[Neighbour, ...] = ()
    resumed_from: str = ""
    resumed_as: str = ""
    resumed_before: int = 0
    earlier: Earlier | None = None
    then: Surroundings = field(default_factory=Surroundings)
    now: Surroundings = field(default_factory=Surroundings)
    problems: tuple[str, ...] = ()
    saved_subject: str = ""
    own_subject: str = ""
    untold: tuple[str, ...] = ()
    handed_over: HandedOver | None = None
    unsaved: tuple[Unsaved, ...] = ()
    deed: str = ""
    edited_before: tuple[tuple[str, str], ...] = ()
    edited_elsewhere: tuple[EditedElsewhere, ...] = ()
    damaged: tuple[str, ...] = ()
    no_numbers: tuple[str, ...] = ()
