"""Writes an edited state into a file that the operator chose: for edits whose session cannot take them.

One idea: it is a copy, never a session made anew; what is written is what the window shows, edits included.
Runs as a worker. Not for versions that a session has on disk (`reading`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from app.files.copies import write_copy
from app.worker import Worker
from persistence.document import Document, render
from persistence.errors import StateError


@dataclass(frozen=True, slots=True)
class WriteEdited:
    """Errand: write this document, which is the drafted state of a session, into the file `target`."""

    directory: str
    document: Document = field(compare=False)
    target: str


@dataclass(frozen=True, slots=True)
class EditedWritten:
    """Answer: it is there; where `problem` is a sentence, it is not, and nothing was changed."""

    errand: WriteEdited
    problem: str = ""


class Elsewhere(Worker):
    """Answers each WriteEdited with an EditedWritten."""

    def __init__(self) -> None:
        super().__init__("elsewhere")

    def work(self, errand: object) -> None:
        if not isinstance(errand, WriteEdited):
            return
        try:
            write_copy(Path(errand.target), render(errand.document))
        except StateError as error:
            self.answered.emit(EditedWritten(errand, str(error)))
        else:
            self.answered.emit(EditedWritten(errand))
