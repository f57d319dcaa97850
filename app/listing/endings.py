"""Experiments that ended while the window was open: one notice for all of them, until it is dismissed
or the session is shown.

One idea: who watches this window is about to do something at the rig, so an end is told in words and never by
taking the place of what is being looked at. A run changes what is saved, or leaves nothing, or no more than a
checkpoint, which is the loudest: it died. Of a session that was only held, as the source of one that was
resumed, none of that is so. Not for what a run prints.
"""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Signal

from app.exchange import Banner, Hue
from app.session import Delta, Summary, last_part, status

KEY, SHOW = "ended", "show_ended"
_MOST_NAMED = 3
_GOOD = ("completed", "ready")


class Endings(QObject):
    """Hears what the catalog tells. Its signals carry what the window's setters of these names take."""

    banner_shown = Signal(object)
    banner_removed = Signal(object)
    session_chosen = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # By what was saved when it was met, and what could not be.
        self._running: dict[str, tuple[str, tuple[str, ...]]] = {}
        self._held: set[str] = set()  # of these: only resumed from
        self._ended: dict[str, Summary] = {}

    def take(self, delta: Delta) -> None:
        """Take in what became different of the sessions."""
        told = _banner(self._ended)
        for summary in (*delta.added, *delta.changed):
            self._take(summary)
        for directory in delta.removed:
            self._running.pop(directory, None)
            self._held.discard(directory)
            self._ended.pop(directory, None)
        if told != _banner(self._ended):
            self._tell()

    def act(self, key: str, action: str) -> None:
        """Show the session that ended last, when our button was pressed."""
        if key == KEY and action == SHOW and self._ended:
            self.session_chosen.emit(next(reversed(self._ended)))
            self.banner_removed.emit(KEY)
            self._ended.clear()

    def see(self, directory: str | None) -> None:
        """A session is shown: its end need not be told any more."""
        if directory is not None and self._ended.pop(directory, None) is not None:
            self._tell()

    def forget(self, key: str) -> None:
        """The notice was dismissed."""
        if key == KEY:
            self._ended.clear()

    def _tell(self) -> None:
        banner = _banner(self._ended)
        if banner is not None:
            self.banner_shown.emit(banner)
        else:
            self.banner_removed.emit(KEY)

    def _take(self, summary: Summary) -> None:
        directory = summary.directory
        if summary.running is not None:
            self._running.setdefault(directory, (summary.etag, summary.unsaved))
            (self._held.add if summary.running.elsewhere else self._held.discard)(directory)
            self._ended.pop(directory, None)
        elif directory in self._running and status(summary).kind != "being_written":
            changed = (summary.etag, summary.unsaved) != self._running.pop(directory)
            died = directory not in self._held and _died(summary)
            self._held.discard(directory)
            if changed or died or summary.problem is not None:
                self._ended[directory] = summary
        elif directory in self._ended:
            self._ended[directory] = summary


def _banner(ended: Mapping[str, Summary]) -> Banner | None:
    """The notice of these, by directory; None without any."""
    if not ended:
        return None
    newest = [*ended.values()][::-1]
    newest.sort(key=lambda one: not _died(one))
    if len(ended) == 1:
        return Banner(KEY, _hue(newest), f"The experiment {_end(newest[0])}.", (("Show", SHOW),))
    named = ", ".join(f"{last_part(one.directory)} ({_how(one)})" for one in newest[:_MOST_NAMED])
    more = f" and {len(ended) - _MOST_NAMED} more" if len(ended) > _MOST_NAMED else ""
    text = f"{len(ended)} experiments have ended: {named}{more}."
    return Banner(KEY, _hue(newest), text, (("Show newest", SHOW),))


def _end(ended: Summary) -> str:
    name = last_part(ended.directory)
    if _died(ended):
        return f"{name} has ended without a final save ({status(ended).word})"
    return f"{name} ({_how(ended)}) has ended"


def _hue(ended: Sequence[Summary]) -> Hue:
    """As loud as the worst of them."""
    if any(map(_died, ended)):
        return "vermilion"
    good = all(status(summary).kind in _GOOD and not summary.unsaved for summary in ended)
    return "green" if good else "amber"


def _died(ended: Summary) -> bool:
    """Whether the run was over before it could save for the last time."""
    return status(ended).kind == "checkpoint" and not ended.unsaved


def _how(ended: Summary) -> str:
    """How it stands, in words; also that its last state is not where the others are, or is not at all."""
    missing = ", unsaved state found" if ended.unsaved else ", no final save" if _died(ended) else ""
    return status(ended).word + missing
