"""The check before a save: asked for anew whenever what would be saved becomes another.

One idea: what is shown belongs to exactly what would be saved now; until the answer to that is there, nothing
is taken for checked. Who presses Save meanwhile means it: it is saved when the answer has nothing to say. Not
for what an answer looks like (`check_part`).
"""

from collections.abc import Iterable

from PySide6.QtCore import QTimer, Signal

from app.checks import CheckRequest, Checks
from app.views.saving.check_part import CheckPart
from app.views.style.theme import Theme
from persistence.document import Document
from persistence.states.merge import Spot

_REST_MS = 250  # ticks are set in a row; the launcher is asked once


class SaveCheck(CheckPart):
    """`check_requested` carries a CheckRequest. `pressed`: somebody wants to save what is being checked."""

    check_requested = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, all_rows=False, tick=True)
        self._wanted: tuple[CheckRequest, Document] | None = None
        self._is_stale = False
        self.pressed = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._ask)

    @property
    def waiting(self) -> bool:
        """Also while a launcher that has answered before is to be asked again."""
        return super().waiting or (self._is_stale and self.was_asked)

    def want(
        self,
        directory: str,
        document: Document,
        places: Iterable[Spot],
        mine: frozenset[Spot] | None = None,
    ) -> None:
        """Check `document`, with the changes at these places; at once where nothing is known yet, and never
        none. `mine`: as it is where mine is taken at these places (see CheckRequest).
        """
        request = CheckRequest(directory, frozenset(places), mine)
        if self._wanted is not None and self._wanted[0] == request and self._wanted[1] is document:
            return
        self._wanted = (request, document)
        self._is_stale = True
        self._rest.start(_REST_MS if self.is_known else 0)

    def ask_now(self) -> None:
        """Somebody wants to save: what is to be asked is asked before, however quick the hand was."""
        if self._rest.isActive():
            self._rest.stop()
            self._ask()

    def press(self) -> bool:
        """Somebody wants to save: whether that has to wait for an answer."""
        self.pressed = self.waiting
        return self.pressed

    def take_press(self) -> bool:
        """Whether somebody wants to save what is answered now; forgotten unless another answer is awaited."""
        pressed, self.pressed = self.pressed, self.pressed and self.waiting
        return pressed

    def want_no_more(self) -> None:
        """The sheet goes: nothing is asked any more."""
        self._rest.stop()

    def show_checks(self, checks: Checks | None) -> None:
        """Show the answer to what was asked last."""
        self._is_stale = self._rest.isActive()
        super().show_checks(checks)

    def _ask(self) -> None:
        if self._wanted is None:
            return
        if self._wanted[0].places:
            self.check_requested.emit(self._wanted[0])
        else:
            self.show_checks(None)
