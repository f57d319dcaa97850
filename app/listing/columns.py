"""What all folders say of the columns by choice: the values that are shown, and the names that there are.

One idea: each folder tells for itself, when it can; values are passed on as they come, counts are added up.
An answer to an earlier choice is dropped.

Not for finding sessions by their values (see `finding`), nor for what the list does with them.
"""

from collections import Counter
from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal

from app.session import RootStatus
from app.value_errands import CountNames, NamesCounted, ShowValues, ValuesShown


class Columns(QObject):
    """Asks all folders. `told` carries ValuesShown; `counted` how many sessions have each name."""

    told = Signal(object)
    counted = Signal(object)

    def __init__(
        self, ask_all: Callable[[ShowValues | CountNames], None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._ask_all = ask_all
        self._names: tuple[str, ...] = ()
        self._counts: dict[str, Mapping[str, int]] = {}

    def show(self, names: tuple[str, ...]) -> None:
        """From now on the values of these names are wanted."""
        if names != self._names:
            self._names = names
            self._ask_all(ShowValues(names))

    def count(self) -> None:
        """Find out which names there are; what was found before is told at once."""
        if self._counts:
            self._tell_counts()
        self._ask_all(CountNames())

    def take(self, answer: object) -> None:
        """Take in what a folder said."""
        match answer:
            case ValuesShown() if answer.names == self._names != ():
                self.told.emit(answer)
            case NamesCounted():
                self._counts[answer.root] = answer.counts
                self._tell_counts()

    def take_roots(self, roots: tuple[RootStatus, ...]) -> None:
        """Forget what folders said that are not watched any more."""
        names = {root.root for root in roots}
        self._counts = {root: counts for root, counts in self._counts.items() if root in names}

    def _tell_counts(self) -> None:
        total: Counter[str] = Counter()
        for counts in self._counts.values():
            total.update(counts)
        self.counted.emit(dict(total))
