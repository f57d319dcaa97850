"""Large state files: shown by their slices before anybody has judged them, judged in another process.

One idea: what a person waits for is to see the state, and that needs no more than to know where its
attributes stand, and how the large ones begin. To hold the bytes takes some times as long; whether the file
is sound a hundred times, and that is found out elsewhere. Until then nothing can be edited. A file in another
layout is laid out there, too, so that here all large files lie in the same way.

What was judged once is not judged again, and what was just written by us is known. Lives on the thread of its
worker. Not for small files, which are read here in no time.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from app.files.apart import NotWanted, ask
from app.files.judge import Verdict
from app.session import Summary
from persistence.document import Document
from persistence.errors import StateError
from persistence.files.history import etag_of
from persistence.files.live import Snapshot
from persistence.files.reading import pass_by
from persistence.scan import Site, summary_by
from persistence.sessions.query_values import Values, load_values
from persistence.states import slices
from persistence.states.passing import OtherLayout, Passing
from persistence.store import Outlined, StateFile, read_outline

_REMEMBERED = 100  # verdicts, some of which have fifty kilobytes of values
_TRIES = 3

Shown = Callable[[Document, int, bool], None]
"""Told the document of a large file, unjudged, how many bytes it has, and whether they are all held."""


def is_large(file: StateFile) -> bool:
    """Whether a file is, as far as its size can be had."""
    try:
        return file.path.stat().st_size >= slices.LARGE
    except OSError:
        return False


@dataclass(frozen=True, slots=True)
class Read:
    """What a file says; `size` is in bytes."""

    document: Document
    etag: str
    size: int


class Large:
    """The large files of one folder."""

    def __init__(self) -> None:
        self._verdicts: dict[str, Verdict] = {}
        self._written: Read | None = None
        self._given: tuple[str, int, weakref.ref[Document]] | None = None
        self._last = ""

    def know(self, directory: str, written: Snapshot) -> None:
        """What was just written there. A large one holds its values in the new bytes from now on, so that the
        older ones can go.
        """
        document, size = written.document, len(written.data)
        if size >= slices.LARGE:
            slices.sliced(written.data, document)
        self._written, self._last = Read(document, written.etag, size), directory

    def read(
        self, file: StateFile, shown: Shown | None = None, wanted: Callable[[], bool] = lambda: True
    ) -> Read:
        """As `StateFile.read`, for a file of any size; `shown` is told of a large one before it is judged: of
        its outline, and again when its bytes are held.

        Raises NotWanted when `wanted` says so meanwhile.
        """
        tries = _TRIES if is_large(file) else 0
        if tries and str(file.directory) == self._last and (found := self._known(file.peek())) is not None:
            return found  # its bytes passed by, and are not held a second time
        told = _told_of_outline(file, shown, wanted) if shown is not None and tries else None
        for _ in range(tries):
            _refuse_unless(wanted)
            data, size = file.raw_start(file.size_limit) or (b"", 0)  # its etag is not waited for
            if len(data) < max(slices.LARGE, size):
                break
            document = slices.sliced(data, told)
            if document is not None and shown is not None:
                shown(document, len(data), True)
            _refuse_unless(wanted)
            found = self._judged(file, data, document, wanted)
            if found is not None:
                self._given = found.etag, found.size, weakref.ref(found.document)
                self._last = str(file.directory)
                return found
        whole = file.read()
        return Read(whole.document, whole.etag, len(whole.data))

    def survey(
        self, site: Site, root: str, wanted: Callable[[], bool] = lambda: True
    ) -> tuple[Summary, Values] | None:
        """What a list wants to know of a session with a large file, and what can be asked of it.

        None for a small one, and where it cannot be had in this way. Raises NotWanted.
        """
        file = StateFile(site.directory)
        if not is_large(file):
            return None
        _refuse_unless(wanted)  # it takes a tenth of a second to find out that its bytes are known
        try:
            known = self._verdicts.get(file.peek())
            verdict = known or self._ask(file, wanted, lay_out=False)
        except StateError:
            return None
        summary = None if verdict is None else summary_by(site, root, partial(_outline_as_judged, verdict))
        if verdict is None or summary is None:
            return None
        return summary, load_values(verdict.values) if verdict.values else {}

    def _judged(
        self, file: StateFile, data: bytes, document: Document | None, wanted: Callable[[], bool]
    ) -> Read | None:
        """What the bytes say; None where they are others by now, or have to be read here.

        Raises Damaged.
        """
        etag = etag_of(data)
        read = partial(Read, etag=etag, size=len(data))
        known = self._known(etag)
        if known is not None:
            return known
        verdict = self._verdicts.get(etag)
        if verdict is None or not (verdict.sliced or verdict.laid_out):
            verdict = self._ask(file, wanted, lay_out=document is None)
        if verdict is None or verdict.etag != etag:
            return None
        if verdict.error is not None:
            raise verdict.error.at(file.path)
        if verdict.sliced and document is not None:
            return read(document)
        laid_out = slices.sliced(verdict.laid_out) if verdict.laid_out else None
        return None if laid_out is None else read(laid_out)

    def _known(self, etag: str) -> Read | None:
        """What these bytes say, where they were just written, or where somebody still has what they say: what
        is shown stays, and is not held twice.
        """
        if self._written is not None and self._written.etag == etag:
            return self._written
        given, size, document = self._given or ("", 0, lambda: None)
        still = document() if given == etag else None
        return None if still is None else Read(still, etag, size)

    def _ask(self, file: StateFile, wanted: Callable[[], bool], *, lay_out: bool) -> Verdict | None:
        verdict = ask(str(file.directory), file.size_limit, wanted, lay_out=lay_out)
        if verdict is not None:
            self._verdicts[verdict.etag] = replace(verdict, laid_out=b"")
            if len(self._verdicts) > _REMEMBERED:
                self._verdicts.pop(next(iter(self._verdicts)))
        return verdict


def _refuse_unless(wanted: Callable[[], bool]) -> None:
    """Raises NotWanted: each step takes as long as it takes to see another state."""
    if not wanted():
        raise NotWanted


def _told_of_outline(file: StateFile, shown: Shown, wanted: Callable[[], bool]) -> Document | None:
    """Look through a file, and tell what is seen of it; None where that is nothing. Raises NotWanted."""
    passing = Passing()

    def take(piece: bytes) -> None:
        _refuse_unless(wanted)
        passing.take(piece)

    try:
        pass_by(file.path, take, limit=file.size_limit)
    except (OSError, StateError, OtherLayout):  # whatever it is, who reads the bytes says it
        return None
    document = slices.begun(passing)
    if document is not None:
        shown(document, passing.size, False)
    return document


def _outline_as_judged(verdict: Verdict, directory: str) -> Outlined:
    """The outline of a file that was judged elsewhere; one that has changed since is judged when it is looked
    at again, which that change leads to.
    """
    if verdict.error is not None:
        raise verdict.error.at(StateFile(directory).path)
    return read_outline(directory)
