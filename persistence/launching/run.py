"""One run of a launcher, as far as its saved state is concerned.

One idea: whatever base class a launcher has, these things happen around and inside its `run()`, in this
order. A request to resume is carried out or refused; the session directory is learnt when the launcher sets
it, and marked as running; the final state is saved once, by the first event that says how the run ended;
the marks are removed.

It knows no base class: `launching.hooks` finds out when these events happen, and `launching.marks` what is
marked. Nothing here raises of itself.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from typing import Protocol

from persistence.launching.marks import Marks
from persistence.launching.namespaces import namespace_of
from persistence.launching.remembered import Remembered
from persistence.launching.resume_request import take_from
from persistence.launching.resuming import ResumeOutcome, resume
from persistence.launching.session_folder import NAME, as_text, folder_of, key_of
from persistence.launching.switch import switched_off

log = logging.getLogger(__name__)


class Launcher(Protocol):
    """What a run needs of the launcher that it is a run of."""

    save_on_failure: bool

    def save_session_state(self, output_directory: str | os.PathLike[str]) -> bool:
        """Save, marked with the outcome that the run under way has."""


def outcome_of(error: BaseException) -> str:
    """How a run ended: a stop signal arrives as KeyboardInterrupt or as `SystemExit(0)`."""
    if isinstance(error, SystemExit):
        return "failed" if error.code else "interrupted"
    return "interrupted" if isinstance(error, KeyboardInterrupt) else "failed"


class Run:
    """The run under way of one launcher."""

    def __init__(self, launcher: Launcher, memory: Remembered) -> None:
        self._launcher = launcher
        self._memory = memory
        self._resumption: ResumeOutcome | None = None
        self._marks = Marks(launcher)
        self._process = os.getpid()
        self.directory = ""
        """The session directory, once the launcher has set it."""
        self.outcome = "checkpoint"
        """What a save is marked with now."""
        self.saved = False
        """The final state is saved: from here on the file belongs to the operators."""
        self.interrupted = False
        """Somebody asked it to stop; should it fail from here on, that is why."""
        self.worth_saving = True
        """Whether a failure leaves anything that one would resume; a launcher may say when that begins."""

    def carry_out(self, call: Callable[[], object]) -> object:
        """The result of `call`, which is the launcher's own `run()`; False when it must not start."""
        try:
            if not self._begin():
                return False
            result = call()
        except BaseException as error:  # an interruption, too, is an outcome
            self.conclude(outcome_of(error))
            raise
        else:
            self.conclude("failed" if result is False else "completed")
            return result
        finally:
            self.end()

    def _begin(self) -> bool:
        text = take_from(os.environ)
        if text:
            self._resumption = resume(self._launcher, text)
            if self._resumption.marker:
                self._marks.keep(self._resumption.marker)
            self._memory.refused = self._resumption.result.error
        if self._memory.refused:
            name = namespace_of(type(self._launcher))
            log.error("%s does not start, because it cannot resume: %s", name, self._memory.refused)
            self.saved = True  # nothing ran, so nothing is to be saved
            return False
        folder = folder_of(self._launcher)
        if folder != self._memory.last_folder:  # what an earlier run of this object left is not this run's
            self.learn(folder)
        return True

    def learn(self, folder: object) -> None:
        """The launcher has set its session directory."""
        directory = as_text(folder)
        if not directory or switched_off():
            return
        if self.directory and not self.is_in(directory):
            self._marks.leave(self.directory)
        known, self.directory = self.directory, directory
        self._marks.mark(directory)  # at each save, too
        if self._resumption and known != directory:
            self._resumption.answer(directory)

    def is_in(self, folder: object) -> bool:
        """Whether `folder`, as a caller gave it, is the session directory of this run."""
        directory = as_text(folder)
        return bool(directory and self.directory) and key_of(directory) == key_of(self.directory)

    def conclude(self, outcome: str) -> None:
        """The run ended so; save that as the final state, unless one is saved already."""
        if self.saved or self._is_a_copy():
            return
        if outcome == "failed" and self.interrupted:
            outcome = "interrupted"
        if outcome != "completed" and not (self.worth_saving and self._launcher.save_on_failure):
            log.info("No state of the %s run of %s is saved.", outcome, namespace_of(type(self._launcher)))
            return
        directory = self.directory or (folder_of(self._launcher) if outcome == "completed" else "")
        if not directory:
            log.warning(
                "%s has no session directory, since nothing assigned its %s; its state is not saved.",
                type(self._launcher).__name__,
                NAME,
            )
            return
        self.learn(directory)
        self.outcome = outcome
        self.saved = self._save(directory)
        self.outcome = outcome if self.saved else "checkpoint"
        if self.saved:
            self._marks.tell_finishing()

    def _save(self, directory: str) -> bool:
        try:
            return bool(self._launcher.save_session_state(directory))
        except Exception:  # an override is the launcher's own code, and the run has its result
            log.exception("%s.save_session_state() raised.", type(self._launcher).__name__)
            return False

    def end(self) -> None:
        """Take the marks away."""
        if self._is_a_copy():
            return
        self._memory.last_folder = self.directory or self._memory.last_folder
        if self.saved and self.directory:
            self._memory.ended[key_of(self.directory)] = self.outcome
        self._marks.end()

    def _is_a_copy(self) -> bool:
        """Whether this is a child made by `fork` in the middle of the run, which is its parent's to end."""
        return os.getpid() != self._process
