"""Runs that an earlier window started and that go on: the window that finds them says so.

One idea: whoever opens a window sees at once that a rig is at work, and gets to its output by one button;
each such run is told of once. Not for finding them (see `following`), and not for runs of this window.
"""

from PySide6.QtCore import QObject, Signal

from app.exchange import Banner
from app.resume_exchange import Run, RunState
from app.words.run_texts import run_name

KEY, SHOW = "going_on", "show_going_on"
_GO_ON: tuple[RunState, ...] = ("starting", "running", "stopping")


class GoingOn(QObject):
    """`output_wanted` carries a Run, the others what the window's setters take."""

    banner_shown = Signal(object)
    banner_removed = Signal(object)
    output_wanted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runs: dict[str, Run] = {}
        self._dismissed: set[str] = set()

    def take(self, answer: object) -> None:
        """Take in how a run stands."""
        if not isinstance(answer, Run) or not answer.earlier or answer.found:
            return
        before = self._banner()
        if answer.state in _GO_ON and answer.key not in self._dismissed:
            self._runs[answer.key] = answer
        else:
            self._runs.pop(answer.key, None)
        banner = self._banner()  # it may name another one: the session that a run makes is known later
        if banner is not None and banner != before:
            self.banner_shown.emit(banner)
        elif banner is None and before is not None:
            self.banner_removed.emit(KEY)

    def act(self, key: str, action: str) -> None:
        """Show the run that was started last, when our button was pressed."""
        if key == KEY and action == SHOW and self._runs:
            run = self._runs[max(self._runs)]
            self.forget(KEY)
            self.banner_removed.emit(KEY)
            self.output_wanted.emit(run)

    def forget(self, key: str) -> None:
        """The notice was dismissed."""
        if key == KEY:
            self._dismissed.update(self._runs)
            self._runs.clear()

    def _banner(self) -> Banner | None:
        """The notice of these runs; None without any."""
        if not self._runs:
            return None
        newest = self._runs[max(self._runs)]
        many = f"{len(self._runs)} runs of an earlier window are going on"
        text = "1 run of an earlier window is going on" if len(self._runs) == 1 else many
        button = "Show" if len(self._runs) == 1 else "Show newest"
        return Banner(KEY, "blue", f"{text}: {run_name(newest)}.", ((button, SHOW),))
