"""The operator's list of launchers as the window changes it: asked for, changed, and shown again.

One idea: who asked to set how a launcher is started comes back to where he was, with the list as it is then.
Not for the file itself (see `registry_file`).
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from app.exchange import Banner
from app.launchers.registry import Entry, Registry
from app.resume_exchange import Missing, ResumeReturn

KEY = "launchers"


@dataclass(frozen=True, slots=True)
class TellLaunchers:
    """Errand: read the list."""


@dataclass(frozen=True, slots=True)
class KeepEntry:
    """Errand: put an entry into the list. `origin` is the Resume sheet that asked, if one did."""

    entry: Entry
    origin: ResumeReturn | None = None


@dataclass(frozen=True, slots=True)
class TellMissing:
    """Errand: look whether all is there that an entry names."""

    entry: Entry


@dataclass(frozen=True, slots=True)
class DropEntry:
    """Errand: take an entry out of the list."""

    namespace: str


@dataclass(frozen=True, slots=True)
class MissingTold:
    """Answer: what it names and is not there."""

    entry: Entry
    missing: Missing


@dataclass(frozen=True, slots=True)
class LaunchersTold:
    """Answer: the list as it is now."""

    registry: Registry


@dataclass(frozen=True, slots=True)
class ListChanged:
    """Answer: the list was changed; `sentence` says why not, if it was not."""

    errand: KeepEntry | DropEntry
    sentence: str = ""


class Entries(QObject):
    """`launchers_shown` carries a Registry, `offer_wanted` the ResumeReturn of a sheet, `missing_told` an
    Entry and a Missing; the others what the window's setters take.
    """

    launchers_shown = Signal(object)
    offer_wanted = Signal(object)
    missing_told = Signal(object, object)
    banner_shown = Signal(object)
    banner_removed = Signal(object)
    message_shown = Signal(object)

    def __init__(
        self,
        ask: Callable[[TellLaunchers | TellMissing | KeepEntry | DropEntry], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._ask = ask

    def tell(self) -> None:
        """Show the list."""
        self._ask(TellLaunchers())

    def look_for(self, entry: Entry) -> None:
        """Say what an entry names and is not there."""
        self._ask(TellMissing(entry))

    def keep(self, entry: Entry, origin: ResumeReturn | None) -> None:
        """Put an entry into the list, as confirmed."""
        self._ask(KeepEntry(entry, origin))

    def drop(self, namespace: str) -> None:
        """Take an entry out of the list."""
        self._ask(DropEntry(namespace))

    def take(self, answer: object) -> None:
        """Take in what became of it."""
        match answer:
            case LaunchersTold(registry):
                self.launchers_shown.emit(registry)
            case MissingTold(entry, missing):
                self.missing_told.emit(entry, missing)
            case ListChanged(errand, sentence):
                self._take_changed(errand, sentence)

    def _take_changed(self, errand: KeepEntry | DropEntry, sentence: str) -> None:
        if sentence:
            self.banner_shown.emit(Banner(KEY, "vermilion", sentence))
        else:
            self.banner_removed.emit(KEY)
            self.message_shown.emit(_told(errand))
        origin = errand.origin if isinstance(errand, KeepEntry) else None
        if origin is not None:
            self.offer_wanted.emit(origin)
        else:
            self.tell()


def _told(errand: KeepEntry | DropEntry) -> str:
    if isinstance(errand, DropEntry):
        return f"{errand.namespace} is not in the list of launchers any more."
    return f"{errand.entry.namespace} is in the list of launchers."
