"""Experiments that ended while the window was open: one notice for all of them, until it is dismissed
or the session is shown.

One idea: who watches this window is about to do something at the rig, so an end is told in words and never by
taking the place of what is being looked at. A run changes what is saved, or leaves nothing, or no more than a
checkpoint or what an earlier run had saved there, which is the loudest: it died. Of a session that was only
held, as the source of one that was resumed, none of that is so. What was on the screen as it ended is looked
at; only that it died is told all the same, because its status is that of before, with a mark at most. What is
done to a session later, clearing it say, is no end of its experiment. Not for what a run prints.
"""

from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from app.exchange import Banner, Hue
from app.session import Delta, Summary, last_part, status

KEY, SHOW = "ended", "show_ended"
_MOST_NAMED = 3
_GOOD = ("completed", "ready")
_HUES: tuple[Hue, ...] = ("vermilion", "amber", "green")
"""How loud an end is, the worst first."""


class _Met(NamedTuple):
    """What was saved of a session when a run was met in it, what could not be, and when that run began."""

    etag: str
    unsaved: tuple[str, ...]
    began: str

    def left_as_it_was(self, summary: Summary) -> bool:
        """Whether the run saved nothing since."""
        return (summary.etag, summary.unsaved) == (self.etag, self.unsaved)

    def never_saved(self, summary: Summary) -> bool:
        """Whether what stands there is all of an earlier run."""
        old = bool(self.began and summary.saved_at and summary.saved_at < self.began)
        return old and self.left_as_it_was(summary)


class _End(NamedTuple):
    """How a session stood at the end of its run, which `never_saved` anything; `seen`: it was looked at."""

    summary: Summary
    never_saved: bool
    seen: bool = False

    @property
    def died(self) -> bool:
        """Whether the run was over before it could save for the last time."""
        unfinished = self.never_saved or status(self.summary).kind == "checkpoint"
        return unfinished and not self.summary.unsaved

    @property
    def hue(self) -> Hue:
        if self.died:
            return "vermilion"
        good = status(self.summary).kind in _GOOD and not self.summary.unsaved
        return "green" if good else "amber"


class Endings(QObject):
    """Hears what the catalog tells. Its signals carry what the window's setters of these names take."""

    banner_shown = Signal(object)
    banner_removed = Signal(object)
    session_chosen = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._running: dict[str, _Met] = {}
        self._held: set[str] = set()  # of these: only resumed from
        self._ended: dict[str, _End] = {}
        self._looked_at = 0  # of those that the notice is about
        self._shown: str | None = None
        self._watched: str | None = None

    def take(self, delta: Delta) -> None:
        """Take in what became different of the sessions."""
        told = self._banner
        for summary in (*delta.added, *delta.changed):
            self._take(summary)
        for directory in delta.removed:
            self._running.pop(directory, None)
            self._held.discard(directory)
            self._ended.pop(directory, None)
        self._looked_at = self._looked_at if self._ended else 0
        if told != self._banner:
            self._tell()

    def act(self, key: str, action: str) -> None:
        """Show the session that ended last, when our button was pressed."""
        if key == KEY and action == SHOW and self._ended:
            self.session_chosen.emit(_worst_first(self._ended)[0].summary.directory)
            self.banner_removed.emit(KEY)
            self.forget(key)

    def see(self, directory: str | None) -> None:
        """A session is shown, or none: its end need not be told any more."""
        self._shown = directory
        self._look_at(directory)

    def watch(self, directory: str | None) -> None:
        """The output of the run that made this session is shown, or of none."""
        self._watched = directory
        self._look_at(directory)

    def _look_at(self, directory: str | None) -> None:
        if directory is not None and self._ended.pop(directory, None) is not None:
            self._looked_at = self._looked_at + 1 if self._ended else 0
            self._tell()

    def forget(self, key: str) -> None:
        """The notice was dismissed."""
        if key == KEY:
            self._ended.clear()
            self._looked_at = 0

    @property
    def _banner(self) -> Banner | None:
        return _banner(self._ended, self._looked_at)

    def _tell(self) -> None:
        banner = self._banner
        if banner is not None:
            self.banner_shown.emit(banner)
        else:
            self.banner_removed.emit(KEY)

    def _take(self, summary: Summary) -> None:
        directory = summary.directory
        if summary.running is not None:
            met = _Met(summary.etag, summary.unsaved, summary.running.started)
            self._running.setdefault(directory, met)
            (self._held.add if summary.running.elsewhere else self._held.discard)(directory)
            self._ended.pop(directory, None)
        elif directory in self._running and status(summary).kind != "being_written":
            met, held = self._running.pop(directory), directory in self._held
            self._held.discard(directory)
            seen = directory in (self._shown, self._watched)
            end = _End(summary, never_saved=not held and met.never_saved(summary), seen=seen)
            if not met.left_as_it_was(summary) or (end.died and not held) or summary.problem is not None:
                self._take_end(end)
        elif (ended := self._ended.get(directory)) is not None and _is_new(summary, ended.summary):
            self._ended[directory] = _End(summary, never_saved=False, seen=ended.seen)

    def _take_end(self, end: _End) -> None:
        if end.seen and not end.died:
            self._looked_at += bool(self._ended)
        else:
            self._ended[end.summary.directory] = end


def _is_new(summary: Summary, ended: Summary) -> bool:
    """Whether more is known now of what a run has left: it was found elsewhere, brought in, or written."""
    return summary.unsaved != ended.unsaved or (ended.problem is not None and summary.problem is None)


def _banner(ended: Mapping[str, _End], looked_at: int) -> Banner | None:
    """The notice of these, by directory, the worst first; None without any."""
    if not ended:
        return None
    worst = _worst_first(ended)
    hue = worst[0].hue
    if len(ended) == 1:
        return Banner(KEY, hue, f"The experiment {_told(worst[0])}.", (("Show", SHOW),))
    named = ", ".join(f"{_name(one)} ({_how(one)})" for one in worst[:_MOST_NAMED])
    more = f" and {len(ended) - _MOST_NAMED:,} more" if len(ended) > _MOST_NAMED else ""
    total, unseen = len(ended) + looked_at, sum(not one.seen for one in ended.values())
    which = f", {unseen:,} of them not looked at" if 0 < unseen < total else ""
    text = f"{total:,} experiments have ended{which}: {named}{more}."
    return Banner(KEY, hue, text, (("Show first", SHOW),))


def _worst_first(ended: Mapping[str, _End]) -> list[_End]:
    """As the notice names them: whoever died before all others, and of those that are alike the newest."""
    newest = [*ended.values()][::-1]
    return sorted(newest, key=lambda one: _HUES.index(one.hue))


def _told(end: _End) -> str:
    word = status(end.summary).word
    if end.died and end.never_saved:
        return f"{_name(end)} has ended without a save; what is saved is of the run before ({word})"
    if end.died:
        return f"{_name(end)} has ended without a final save ({word})"
    return f"{_name(end)} ({_how(end)}) has ended"


def _name(end: _End) -> str:
    return last_part(end.summary.directory)


def _how(end: _End) -> str:
    """How it stands, in words; also that its last state is not where the others are, or is not at all."""
    if end.died and end.never_saved:
        return f"no save; {status(end.summary).word} in the run before"
    missing = ", unsaved state found" if end.summary.unsaved else ", no final save" if end.died else ""
    return status(end.summary).word + missing
