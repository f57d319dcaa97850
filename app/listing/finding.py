"""Which sessions, of all folders, meet the conditions that were typed.

One idea: each folder answers for itself, when it can, and goes on telling when its answer changes. What they
said so far, put together, is the answer of the moment; a folder that hangs is waited for by nobody.

Not for finding (see `matching`), nor for what the list does with it (`models.sessions.searching`).
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.listing.matching import Conditions
from app.session import RootStatus
from app.value_errands import Match, Matched


class Finding(QObject):
    """Asks all folders. `found` carries (conditions, the directories that meet them, names that none has)."""

    found = Signal(object)

    def __init__(self, ask_all: Callable[[Match], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ask_all = ask_all
        self._conditions: Conditions = ()
        self._answers: dict[str, Matched] = {}

    def ask(self, conditions: Conditions) -> None:
        """From now on these conditions count; none asks for nothing."""
        if conditions != self._conditions:
            self._conditions, self._answers = conditions, {}
            self._ask_all(Match(conditions))
        elif self._answers:
            self._tell()

    def take(self, answer: object) -> None:
        """Take in what a folder said."""
        if isinstance(answer, Matched) and answer.conditions == self._conditions:
            self._answers[answer.root] = answer
            self._tell()

    def take_roots(self, roots: tuple[RootStatus, ...]) -> None:
        """Forget what folders said that are not watched any more."""
        names = {root.root for root in roots}
        self._answers = {root: answer for root, answer in self._answers.items() if root in names}

    def _tell(self) -> None:
        answers = self._answers.values()
        directories = frozenset[str]().union(*(one.directories for one in answers))
        unknown = frozenset.intersection(*(one.unknown for one in answers))
        self.found.emit((self._conditions, directories, unknown))
