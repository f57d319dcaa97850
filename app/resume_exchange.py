"""What the window asks and is told of a resume, before a launcher starts and while it runs: frozen values.

One idea: as in `exchange`; an offer tells all that is known before anything starts, a request what a person
has confirmed, and a run what became of it. Not for behaviour: nothing here computes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal

from app.checks import Checked
from app.past_errands import Unsaved
from app.runs.run_report import LoadedAttribute
from persistence.document import Attributes
from persistence.files.runner import Running

USUALLY_OLD = timedelta(days=1)
RunState = Literal["starting", "running", "stopping", "stopped", "ended", "failed"]


@dataclass(frozen=True, slots=True)
class ResumeRequest:
    """Start the launcher of `namespace` on the saved state of `directory`, for a subject and a user.

    `save_first` is True when edits were staged and the operator chose to save them before the start, with
    `note` in history. `etag`
    is of the version that the sheet showed. `leave_out` stays as the launcher has it; `partial`: start even
    if something else cannot be restored. `started_as` is the launcher whose entry is used, where that is
    another than the one that saved.
    """

    directory: str
    namespace: str
    subject: str
    user: str
    save_first: bool
    etag: str
    leave_out: tuple[str, ...] = ()
    partial: bool = False
    started_as: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a launcher runs in, as far as it is known: empty and None where it is not."""

    rig_config: Mapping[str, object] | None = None
    launcher_version: str = ""
    revision: str = ""


@dataclass(frozen=True, slots=True)
class KnownRun:
    """What is known of one launcher's saved state beside the state itself.

    `own` is what the launcher saved last, before anybody edited it (None: not known), `edited_by` who did,
    by which action of history (`deed`) and when (`edited_at`), and `edited_before` who did what before that;
    `written`: another program wrote the file since the save, and `lost` are the attributes that are not as
    they had been edited (None: not known); `lost_by` who had, or whose edit was written over without a loss.
    `parameters` are those of the new run. `then` and `now` are what it ran in, and would.
    """

    own: Attributes | None = field(default=None, compare=False)
    edited_by: str = ""
    written: bool = False
    lost: tuple[str, ...] | None = ()
    lost_by: str = ""
    parameters: Mapping[str, object] = field(default_factory=dict, compare=False)
    then: Surroundings = field(default_factory=Surroundings)
    now: Surroundings = field(default_factory=Surroundings)
    deed: str = ""
    edited_before: tuple[tuple[str, str], ...] = ()
    edited_at: str = ""


@dataclass(frozen=True, slots=True)
class EntryText:
    """How a launcher is started, as text for a person to confirm. `from_record`: a session says so itself."""

    namespace: str
    python: str = ""
    command: tuple[str, ...] = ()
    cwd: str = ""
    environment: tuple[tuple[str, str], ...] = ()
    rehearse: str = ""
    from_record: bool = False


@dataclass(frozen=True, slots=True)
class Missing:
    """What an entry names and is not there now: for each field a sentence with the way out, or nothing."""

    python: str = ""
    command: str = ""
    cwd: str = ""


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A parameter file that stands in a command itself, and the subject that it names."""

    file: str
    subject: str


@dataclass(frozen=True, slots=True)
class ResumeChoice:
    """One launcher of a session as the registry knows it: the command, part by part, or why there is none.

    `outcome` is a word for people ("Completed"). When `problem` is not empty the launcher cannot be started;
    `entry` is then what could be written into the operator's list, `registry_path`. `started_as` is the
    launcher whose entry this is; `alike` are the same state with entries of same-named launchers of other
    modules. `asks`: the launcher that is started may be asked what it makes of the state. `tells_people`: its
    command tells it which subject and user were confirmed; else it may hand over another's (`handed_over`).
    """

    namespace: str
    class_name: str
    saved_at: str
    outcome: str
    command: tuple[str, ...]
    cwd: str
    problem: str = ""
    registry_path: str = ""
    entry: EntryText | None = None
    started_as: str = ""
    asks: bool = False
    tells_people: bool = True
    handed_over: HandedOver | None = None
    known: KnownRun = field(default_factory=KnownRun)
    alike: "tuple[ResumeChoice, ...]" = ()


@dataclass(frozen=True, slots=True)
class Filled:
    """What a person has filled into a Resume sheet, for the launcher `namespace`, started as the one of the
    list that `started_as` names.
    """

    subject: str = ""
    user: str = ""
    note: str = ""
    namespace: str = ""
    left_out: tuple[str, ...] = ()
    started_as: str = ""


@dataclass(frozen=True, slots=True)
class ResumeReturn:
    """The Resume sheet that went while it is set how to start a launcher: it comes back as it was."""

    directory: str
    filled: Filled = field(default_factory=Filled)


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A session in which a launcher runs now."""

    directory: str
    subject: str
    running: Running


@dataclass(frozen=True, slots=True)
class Earlier:
    """A resume that made a session which is not listed. `at` is a local time in ISO format, it and `by` may
    be empty; `watched`: the session's folder should be listed.
    """

    session: str
    at: str = ""
    by: str = ""
    watched: bool = False


@dataclass(frozen=True, slots=True)
class ResumeOffer:
    """All that the Resume sheet shows beside the state itself, which the window has already.

    `subject` is what the session says; empty when it says nothing, and then any subject may be typed. `host`
    is this computer, `neighbours` are the sessions in which launchers run. `resumed_from` and `resumed_as`
    are directories, `resumed_before` is how often it was resumed before that, `earlier` is a resume whose
    session is not listed. `left_out` are attributes that begin without a tick, `filled` is what was filled in
    before this sheet had to go. From an age of `old_after` on, a saved state counts as old. `unsaved` are
    states that could not get into the file, the newest last. By `stamp` who asked knows it.
    """

    directory: str
    name: str
    subject: str
    etag: str
    choices: tuple[ResumeChoice, ...]
    users: tuple[str, ...] = ()
    saved_at: str = ""
    resumed_as: str = ""
    warnings: tuple[str, ...] = ()
    resumed_from: str = ""
    host: str = ""
    neighbours: tuple[Neighbour, ...] = ()
    left_out: tuple[str, ...] = ()
    filled: Filled = field(default_factory=Filled)
    old_after: timedelta = USUALLY_OLD
    earlier: Earlier | None = None
    unsaved: tuple[Unsaved, ...] = ()
    stamp: int = 0
    resumed_before: int = 0


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What launchers have said so far of the state that a Resume sheet is about; `asking` names the one that
    is being asked, empty when nobody is.
    """

    directory: str
    launchers: tuple[Checked, ...]
    asking: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """A launcher process that was started from here.

    `directory` is the session that was resumed, `session` the one that the run made, once it is known;
    `note` one sentence, such as "Loaded 12 attributes." `loaded` is what the launcher reported, attribute by
    attribute; `refused`: it did not want to start, `unconfirmed`: it has not said in time that it loaded the
    state. `found`: it had ended before this window was opened; `earlier`: an earlier window started it.
    `user` resumed, and `started` is when, a local time in ISO format; both may be empty.
    """

    key: str
    directory: str
    title: str
    state: RunState
    note: str = ""
    session: str = ""
    pid: int = 0
    command: tuple[str, ...] = ()
    loaded: tuple[LoadedAttribute, ...] = ()
    refused: bool = False
    unconfirmed: bool = False
    found: bool = False
    earlier: bool = False
    user: str = ""
    started: str = ""
