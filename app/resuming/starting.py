"""Resuming, as the operator lives it: the offer, saving first when there are edits, the start, the run
afterwards.

One idea: a launcher starts only on a version that is on the disk and that the operator saw. Edits that are to
be in it are saved first, and when that does not happen, nothing starts.

Not for commands and processes (see `resume`, `run`).
"""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from app.editing.patience import Patience
from app.exchange import Banner
from app.resume_exchange import ResumeOffer, ResumeRequest, Run
from app.resuming.offering import Prepare
from app.resuming.resume import Copied, Copy, NotCopied, NotStarted, Start
from app.runs.following import Output
from app.session import last_part
from app.snapshot import SessionSnapshot
from app.values.fit_text import escaped
from app.words.run_texts import run_name

SHOW, STOP, LEAVE_OUT = "show_output", "stop_run", "leave_out"


class Starting(QObject):
    """Resumes under way. `save_requested` carries (directory, note), `offer_wanted` (directory, attributes
    that are to begin without a tick), `output_wanted` and `stop_wanted` a Run, `line_copied` a text for the
    clipboard, `session_made` (directory, the session that a run made of it); the others what the window's
    setters take.
    """

    offer_shown = Signal(object)
    run_shown = Signal(object)
    session_made = Signal(object, object)
    look_wanted = Signal(object)
    output_printed = Signal(object)
    banner_shown = Signal(object)
    banner_removed = Signal(object)
    message_shown = Signal(object)
    message_over = Signal(object)
    save_requested = Signal(object, object)
    user_confirmed = Signal(object)
    user_withdrawn = Signal(object)
    offer_wanted = Signal(object)
    output_wanted = Signal(object)
    stop_wanted = Signal(object)
    line_copied = Signal(object)

    def __init__(self, ask: Callable[[Prepare | Start | Copy], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ask = ask
        self._after_save: dict[str, ResumeRequest] = {}
        self._runs: dict[str, Run] = {}
        self._named: dict[
            str, str
        ] = {}  # in whose name a start was asked for, by directory, until it is known
        self._stamp = 0
        self._awaited: dict[str, int] = {}  # the stamp of the last offer that was asked for, by directory
        self.patience = Patience("offer", _waited_for, self)
        self.patience.given_up.connect(self._await_no_more)

    @property
    def made(self) -> dict[str, str]:
        """The sessions that runs of ours have made, and of which each was resumed."""
        return {run.session: run.directory for run in self._runs.values() if run.session and not run.refused}

    def offer(self, errand: Prepare) -> None:
        """Find out how the launchers of a session would be started, for the sheet.

        Only the last offer that was asked for is shown: a second one would take away what was typed.
        """
        self._stamp += 1
        self._awaited[errand.snapshot.directory] = self._stamp
        self.patience.begin(errand.snapshot.directory)
        self._ask(replace(errand, stamp=self._stamp))

    def _await_no_more(self, directories: tuple[str, ...]) -> None:
        for directory in directories:
            self._awaited.pop(directory, None)

    def start(self, request: ResumeRequest, snapshot: SessionSnapshot, subject: str) -> None:
        """Start as confirmed on the sheet: at once, or when the edits are saved."""
        if subject and request.subject.strip() != subject:
            sentence = f"the subject {request.subject} was given, and this session is of {subject}"
            self._not_started(request.directory, f"Not started: {sentence}.")
        elif request.etag != snapshot.etag:
            sentence = "the saved state was changed while you were looking at it. Look at it again"
            self._not_started(request.directory, f"Not started: {sentence}.")
        else:
            self._named[request.directory] = request.user
            self.user_confirmed.emit(request.user)  # in whose name the edits are saved
            self._save_or_start(request, snapshot.etag)

    def copy(self, request: ResumeRequest) -> None:
        """Make the line that starts in a terminal what was filled in on the sheet."""
        self._ask(Copy(request))

    def _save_or_start(self, request: ResumeRequest, etag: str) -> None:
        if request.save_first:
            self._after_save[request.directory] = request
            self.save_requested.emit(request.directory, request.note)
        else:
            self._start(request, etag)

    def take_saved(self, snapshot: SessionSnapshot) -> None:
        """The edits that a start was waiting for are saved."""
        request = self._after_save.pop(snapshot.directory, None)
        if request is not None:
            self._start(request, snapshot.etag)

    def take_not_saved(self, directory: str) -> None:
        """The edits that a start was waiting for could not be saved: nothing starts."""
        if self._after_save.pop(directory, None) is not None:
            self._not_started(directory, "Not started: what was edited could not be saved first.")

    def take(self, answer: object) -> None:
        """Take in what came of an offer or a start."""
        match answer:
            case ResumeOffer(directory) if self._awaited.get(directory) == answer.stamp:
                del self._awaited[directory]
                self.patience.end(directory)
                self.offer_shown.emit(answer)
            case NotStarted(directory, sentence):
                self.patience.end(directory)
                self._not_started(directory, sentence)
            case Copied(request, line):
                self.line_copied.emit(line)
                self.message_shown.emit(_copied(request))
            case NotCopied(directory, sentence):
                self.message_shown.emit(f"{last_part(directory)}: not copied. {sentence}")
            case Output(key, text):
                self.output_printed.emit((key, text))
            case Run():
                self._take_run(answer)

    def act(self, key: str, action: str) -> None:
        """A button of one of our banners was pressed."""
        run = self._runs.get(key.removeprefix(_key("")))
        if run is None:
            return
        if action == SHOW:
            self.output_wanted.emit(run)
        elif action == STOP:
            self.stop_wanted.emit(run)
        elif action == LEAVE_OUT:
            self.banner_removed.emit(key)
            self.offer_wanted.emit((run.directory, not_restored(run)))

    def _start(self, request: ResumeRequest, etag: str) -> None:
        self.banner_removed.emit(f"start:{request.directory}")
        self.message_shown.emit(_starting(request.directory))
        self._ask(Start(request, etag))

    def _take_run(self, run: Run) -> None:
        before, self._runs[run.key] = self._runs.get(run.key), run
        self.run_shown.emit(run)
        if run.session and not run.refused and (before is None or before.session != run.session):
            self.session_made.emit(run.directory, run.session)
        if not run.found and (before is None or (before.state, before.session) != (run.state, run.session)):
            self.look_wanted.emit(tuple(filter(None, (run.directory, run.session))))
        if run.found:
            return
        if run.state == "failed" and (run.refused or not run.session):
            self._withdraw(run.directory)
        elif run.session or run.state != "running":
            self._named.pop(run.directory, None)
        banner = _banner(run)
        if banner is not None:
            self.banner_shown.emit(banner)
            for earlier in (_starting(run.directory), _text(before) if before is not None else ""):
                self.message_over.emit(earlier)
        else:
            self.banner_removed.emit(_key(run.key))
            self.message_shown.emit(_text(run))

    def _withdraw(self, directory: str) -> None:
        """Nothing was started in the name that was given for it."""
        if user := self._named.pop(directory, ""):
            self.user_withdrawn.emit(user)

    def _not_started(self, directory: str, sentence: str) -> None:
        self._withdraw(directory)
        text = f"{last_part(directory)}: {sentence}"
        self.message_over.emit(_starting(directory))
        self.banner_shown.emit(Banner(f"start:{directory}", "vermilion", text))


def _waited_for(directories: tuple[str, ...]) -> str:
    return f"Looking how {last_part(directories[0])} can be resumed …"


def _starting(directory: str) -> str:
    return f"Starting the launcher on {last_part(directory)} …"


def _copied(request: ResumeRequest) -> str:
    """What was copied, and until when it holds."""
    people = f"subject {escaped(request.subject)}, user {escaped(request.user)}"
    name = escaped(last_part(request.directory))
    return f"Copied, for a terminal: resume {name} ({people}). It holds until the saved state is changed."


def _text(run: Run) -> str:
    """How a run stands, with its name."""
    return f"{run_name(run)}: {run.note}"


def not_restored(run: Run) -> tuple[str, ...]:
    """The attributes that a launcher could not restore, and therefore did not start."""
    return tuple(one.name for one in run.loaded if one.result in ("mismatched", "refused"))


def _key(key: str) -> str:
    return f"run:{key}"


def _banner(run: Run) -> Banner | None:
    """What must stay in sight of a run; None while all is well."""
    key, text = _key(run.key), _text(run)
    if run.unconfirmed and run.state == "running":
        stop = ("Stop…", STOP)
        return Banner(key, "vermilion", text, (("Show output", SHOW), stop), dismissible=False)
    if run.state != "failed":
        return None
    again = (("Leave these out and resume…", LEAVE_OUT),) if run.refused and not_restored(run) else ()
    return Banner(key, "vermilion", text, (*again, ("Show output", SHOW)))
