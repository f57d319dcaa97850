"""Edits of one session by several windows: which of them are shown, and the way to the others.

One idea: none is given up for another. What two windows have left of a session is shown one at a time, the
newest first; a banner tells that there is more, and its button shows the next. While both windows are open,
each keeps its own, and is told of the other for as long as it has edits: that is looked at now and then.

Not for where they are kept (`draft_places`), nor for putting one onto the other: that does whoever saves.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from app.editing.draft_files import DraftElsewhere, DraftsLoaded, KeptDraft, LookElsewhere, TurnTo
from app.editing.drafts import Drafts
from app.editing.notices import aside, elsewhere

OTHERS = "show_others"
LOOK_MS = 1_000
"""Between two looks whether another window still has edits."""


class Aside(QObject):
    """`turn_wanted` carries a TurnTo for whoever keeps drafts, `look_wanted` a LookElsewhere,
    `session_chosen` the directory of a session that is to be selected, `counted` how many edits are kept and
    not shown. The others carry what the window's
    setters of these names take.
    """

    banner_shown = Signal(object)
    banner_removed = Signal(object)
    session_chosen = Signal(object)
    counted = Signal(object)
    turn_wanted = Signal(object)
    look_wanted = Signal(object)

    def __init__(
        self,
        drafts: Drafts,
        called: Callable[[str], str],
        parent: QObject | None = None,
        *,
        look_ms: int = LOOK_MS,
    ) -> None:
        """`called` says what a session is called among all."""
        super().__init__(parent)
        self._called = called
        self._drafts = drafts
        self._kept: dict[str, tuple[KeptDraft, ...]] = {}  # the one that is shown, then the others
        self._elsewhere: set[str] = set()
        self._looking = QTimer(self)
        self._looking.setInterval(look_ms)
        self._looking.timeout.connect(
            lambda: self.look_wanted.emit(LookElsewhere(frozenset(self._elsewhere)))
        )
        drafts.draft_changed.connect(self._follow)

    def take(self, answer: object) -> None:
        """Take in what was kept."""
        match answer:
            case DraftsLoaded(several=several):
                self._kept = {kept[0].draft.directory: kept for kept in several}
                for directory in self._kept:
                    self._tell(directory)
            case DraftElsewhere(directory, still=True):
                self._elsewhere.add(directory)
                self._looking.start()
                self.banner_shown.emit(elsewhere(directory, self._called(directory)))
            case DraftElsewhere(directory):
                self._end_elsewhere(directory)

    @property
    def directories(self) -> Collection[str]:
        """The sessions of which there are edits that are not shown."""
        return self._kept.keys()

    def act(self, key: str, action: str) -> None:
        """Do what the button of our banner says."""
        directory = key.partition(":")[2]
        if action == OTHERS and directory in self._kept:
            self._turn(directory)
            self.session_chosen.emit(directory)

    def tell_again(self) -> None:
        """Somebody looks for unsaved edits: what was dismissed is told once more."""
        for directory in tuple(self._kept):
            self._tell(directory)

    def _turn(self, directory: str) -> None:
        """Show the next in the place of the one that is shown, which stays among them as it is now."""
        shown, *others = self._kept[directory]
        draft = self._drafts.get(directory)
        if draft is not None and draft.count:
            others.append(replace(shown, draft=draft))
        self._kept[directory] = tuple(others)
        self.turn_wanted.emit(TurnTo(directory, others[0].place))  # before anything more is kept
        self._drafts.exchange(others[0].draft)
        self._tell(directory)

    def _tell(self, directory: str) -> None:
        others = [one.draft for one in self._kept[directory][1:]]
        if others:
            self.banner_shown.emit(aside(others, OTHERS, self._called(directory)))
        else:
            del self._kept[directory]
            self.banner_removed.emit(f"aside:{directory}")
        self.counted.emit(sum(one.draft.count for kept in self._kept.values() for one in kept[1:]))

    def _follow(self, directory: str) -> None:
        draft = self._drafts.get(directory)
        if draft is None or not draft.count:
            self._end_elsewhere(directory)

    def _end_elsewhere(self, directory: str) -> None:
        self._elsewhere.discard(directory)
        if not self._elsewhere:
            self._looking.stop()
        self.banner_removed.emit(f"elsewhere:{directory}")
