"""Names that are typed, held against those that the launcher knows: a hint where it does not know one.

One idea: when a field for a name opens, it is asked for once what the launcher knows, and from then on each
keystroke can be judged at once. A hint is never a refusal. Not for what is said (`words.stranger_texts`).
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.checks import KnownNames
from app.words.stranger_texts import NameHints


class Strangers(QObject):
    """`names_wanted` carries a directory and a namespace; `changed` tells that hints may be others now."""

    names_wanted = Signal(object, object)
    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._keep(KnownNames("", ""))

    def begin(self, directory: str, namespace: str) -> None:
        """Somebody begins to type the name of an attribute there."""
        if (directory, namespace) != (self._known.directory, self._known.namespace):
            self._keep(KnownNames(directory, namespace))
        self.names_wanted.emit(directory, namespace)

    def take(self, known: KnownNames) -> None:
        """This is known of the names by now."""
        if (known.directory, known.namespace) == (self._known.directory, self._known.namespace):
            if known is not self._known:
                self._keep(known)
            self.changed.emit()

    def hint(self, namespace: str, name: str, was: str = "") -> str:
        """What should be known of a name of an attribute, which was called `was`; mostly nothing."""
        if namespace != self._known.namespace or not self._known.names:
            return ""
        return self._hints.of(name, was)

    def _keep(self, known: KnownNames) -> None:
        self._known, self._hints = known, NameHints(known)
