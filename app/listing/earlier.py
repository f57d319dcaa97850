"""The sessions of earlier times, as the index has them, until each is remembered.

One idea: what tells whether a session has changed is had at once, in a seventh of the time that all of it
takes, so that a walk may begin; who starts programs for it need not even wait for that. What goes meanwhile
is not remembered. Belongs to the thread of its index, but for `get` and `befores`.

Not for what is known now (`ledger`), nor for how it is kept (`index`).
"""

from collections.abc import Iterator

from app.listing.befores import Befores
from app.listing.index import Index
from app.listing.known import Before, Known


class Earlier:
    """What one index knows. It is recalled once; at the end of `sessions` there is nothing of it any more."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._befores = Befores()
        self._forgotten: set[str] = set()

    def __len__(self) -> int:
        """How many; quick, and known before they are recalled."""
        return len(self._befores) if self._befores.is_filled else self._index.count()

    def __contains__(self, directory: str) -> bool:
        self.recall()
        return directory in self._befores

    def recall(self) -> None:
        """Know of each what tells whether it has changed."""
        if not self._befores.is_filled:
            self._index.fill(self._befores)

    @property
    def befores(self) -> Befores:
        """What is recalled, or will be; who holds it while a walk is under way can ask it to the end."""
        return self._befores

    def get(self, directory: str) -> Before | None:
        """The same of one of them; None where none is known. Any thread may ask, and waits until it is
        recalled.
        """
        return self._befores.get(directory)

    def below(self, folder: str) -> list[str]:
        """The directories at and below a folder."""
        self.recall()
        return self._befores.below(folder)

    def forget(self, directory: str) -> None:
        """It is no session any more."""
        if directory in self:
            self._befores.drop(directory)
            self._forgotten.add(directory)

    def sessions(self) -> Iterator[Known]:
        """All of them, the newest first, but those that were forgotten."""
        self.recall()
        yield from (known for known in self._index.load() if known.summary.directory not in self._forgotten)
        self._befores = Befores.of(())
        self._forgotten.clear()
