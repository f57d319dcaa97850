"""The threads on which files beside saved states are listed and read: one for each watched folder.

One idea: as with `disk`, a folder that hangs holds up nobody else; but reading a log is never in line with
opening or saving a session, and neither waits for the other. A thread is begun when somebody first looks, and
ended when its folder is watched no longer.

Not for reading (`files.beside`, `files.followed`), nor for when to look (`looking`).
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.file_errands import FileErrand, ListFiles, LookAt
from app.files.beside import listed
from app.files.followed import look
from app.session import RootStatus
from app.worker import Worker, delete_ended


class Reader(Worker):
    """Answers FilesListed and FileSeen."""

    def work(self, errand: object) -> None:
        match errand:
            case ListFiles():
                self.answered.emit(listed(errand))
            case LookAt():
                self.answered.emit(look(errand))


class Readers(QObject):
    """All readers. `answered` carries what they answer, on the thread of this object."""

    answered = Signal(object)

    def __init__(self, folder_of: Callable[[str], str], parent: QObject | None = None) -> None:
        """`folder_of` says which watched folder holds a session; an empty text for none."""
        super().__init__(parent)
        self._folder_of = folder_of
        self._readers: dict[str, Reader] = {}
        self._ending: list[Reader] = []

    @property
    def workers(self) -> tuple[Reader, ...]:
        """Those that were begun, to be ended."""
        return (*self._readers.values(), *self._ending)

    def take_roots(self, roots: tuple[RootStatus, ...]) -> None:
        """Keep no thread for a folder that is not watched any more; one that hangs may end later."""
        self._ending = delete_ended(self._ending)
        for folder in self._readers.keys() - {one.root for one in roots}:
            reader = self._readers.pop(folder)
            reader.close()
            self._ending.append(reader)

    def ask(self, errand: FileErrand) -> bool:
        """Send an errand to the thread of its folder. False when no watched folder holds the session."""
        folder = self._folder_of(errand.directory)
        if folder:
            self._reader(folder).ask(errand)
        return bool(folder)

    def _reader(self, folder: str) -> Reader:
        if folder not in self._readers:
            reader = Reader(f"reader {folder}")
            reader.answered.connect(self.answered)
            reader.start()
            self._readers[folder] = reader
        return self._readers[folder]
