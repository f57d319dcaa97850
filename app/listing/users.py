"""Whom the saved states of all watched folders name as their user: names that are known, where one is typed.

One idea: it is asked when somebody is about to type a name, and each folder tells for itself, when it can.

Not for who is remembered on this computer (`app.remembering`), nor for what is said of a new name.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.session import RootStatus
from app.value_errands import FindUsers, UsersFound


class Users(QObject):
    """Asks all folders. `found` carries the names, in their order: all that are known so far."""

    found = Signal(object)

    def __init__(self, ask_all: Callable[[FindUsers], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ask_all = ask_all
        self._users: dict[str, tuple[str, ...]] = {}

    def find(self) -> None:
        """Find out who there is; what was found before is told at once."""
        self._tell()
        self._ask_all(FindUsers())

    def take(self, answer: object) -> None:
        """Take in what a folder said."""
        if isinstance(answer, UsersFound):
            self._users[answer.root] = answer.users
            self._tell()

    def take_roots(self, roots: tuple[RootStatus, ...]) -> None:
        """Forget what folders said that are not watched any more."""
        names = {root.root for root in roots}
        self._users = {root: users for root, users in self._users.items() if root in names}

    def _tell(self) -> None:
        users = {user for told in self._users.values() for user in told}
        if users:
            self.found.emit(tuple(sorted(users)))
