"""Large state files: shown by their slices before anybody has judged them, judged in another process.

One idea: what a person waits for is to see the state, and that needs no more than to know where its
attributes stand, and how the large ones begin. To hold the bytes takes some times as long; whether the file
is sound a hundred times, and that is found out elsewhere. Until then nothing can be edited. A file in another
layout is laid out there, too, so that here all large files lie in the same way.

Lives on the thread of its worker. Not for small files, which are read here in no time; nor for what is known
of bytes (`verdicts`), nor for who has what they say (`still_held`).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from app.files.apart import NotWanted
from app.files.judge import Verdict
from app.files.outlines import Outlines
from app.files.still_held import Read, StillHeld
from app.files.verdicts import Verdicts
from app.session import Summary
from persistence.document import Document
from persistence.errors import StateError
from persistence.files.history import etag_of
from persistence.files.live import Snapshot
from persistence.scan import Site, summary_by
from persistence.sessions.query_values import Values, load_values
from persistence.states import slices
from persistence.states.passing import Passing
from persistence.store import Outlined, StateFile, read_outline
from persistence.values.spelled import Spelled

_TRIES = 3

Shown = Callable[[Document, int, bool], None]
"""Told the document of a large file, unjudged, how many bytes it has, and whether they are all held."""


def is_large(file: StateFile) -> bool:
    """Whether a file is, as far as its size can be had."""
    try:
        return file.path.stat().st_size >= slices.LARGE
    except OSError:
        return False


def has_large_file(directory: str) -> bool:
    """The same of the saved state in a directory."""
    return is_large(StateFile(directory))


class Large:
    """The large files of one folder."""

    def __init__(self) -> None:
        self._verdicts = Verdicts()
        self._held = StillHeld()
        self._outlines = Outlines()
        self._last = ("", "")

    def know(self, directory: str, written: Snapshot) -> None:
        """What was just written there. A large one holds its values in the new bytes from now on, so that the
        older ones can go.
        """
        document, size = written.document, len(written.data)
        if size < slices.LARGE:
            return
        if slices.sliced(written.data, document) is document and _has_all_texts(document):
            self._verdicts.wrote(written.etag)
        self._note(directory, Read(document, written.etag, size))

    def read(
        self, file: StateFile, shown: Shown | None = None, wanted: Callable[[], bool] = lambda: True
    ) -> Read:
        """As `StateFile.read`, for a file of any size; `shown` is told of a large one before it is judged: of
        its outline, and again when its bytes are held.

        Raises NotWanted when `wanted` says so meanwhile, which is asked at each few megabytes.
        """
        tries, going = (_TRIES if is_large(file) else 0), partial(_refuse_unless, wanted)
        if tries and (held := self._last_of(file, going)) is not None:
            return held
        told = self._told_of_outline(file, shown, going) if shown is not None and tries else None
        for _ in range(tries):
            going()
            data, size = file.raw_start(file.size_limit, going) or (b"", 0)  # its etag is not waited for
            if len(data) < max(slices.LARGE, size):
                break
            document = slices.sliced(data, told)
            if document is not None and shown is not None:
                shown(document, len(data), True)
            going()
            found = self._judged(file, data, document, wanted)
            if found is not None:
                self._note(str(file.directory), found)
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
        going = partial(_refuse_unless, wanted)
        try:
            going()
            known = self._verdicts.find(file.peek(going))
            verdict = known or self._ask(file, wanted, lay_out=False)
            self._outline(file, going)  # for whoever opens it
        except StateError:
            return None
        summary = None if verdict is None else summary_by(site, root, partial(_outline_as_judged, verdict))
        if verdict is None or summary is None:
            return None
        return summary, load_values(verdict.values) if verdict.values else {}

    def _told_of_outline(self, file: StateFile, shown: Shown, going: Callable[[], None]) -> Document | None:
        """Tell what is to be seen of a file at once, or when it has gone by; None where that is nothing.

        Raises NotWanted.
        """
        found = self._outline(file, going)
        document = None if found is None else slices.begun(found)
        if found is not None and document is not None:
            shown(document, found.size, False)
        return document

    def _outline(self, file: StateFile, going: Callable[[], None]) -> Passing | None:
        path, limit = file.path, file.size_limit
        return self._outlines.find(path, limit) or self._outlines.look(path, limit, going)

    def _judged(
        self, file: StateFile, data: bytes, document: Document | None, wanted: Callable[[], bool]
    ) -> Read | None:
        """What the bytes say; None where they are others by now, or have to be read here.

        Raises Damaged.
        """
        etag = etag_of(data, partial(_refuse_unless, wanted))
        held = self._held.find(etag)
        if held is not None:
            return held
        if document is None or not self._verdicts.is_sound(etag):
            verdict = self._ask(file, wanted, lay_out=document is None)
            if verdict is None or verdict.etag != etag:
                return None
            if verdict.error is not None:
                raise verdict.error.at(file.path)
            if not verdict.sliced:
                document = slices.sliced(verdict.laid_out) if verdict.laid_out else None
        return None if document is None else Read(document, etag, len(data))

    def _note(self, directory: str, read: Read) -> None:
        self._held.note(read)
        self._last = directory, read.etag

    def _last_of(self, file: StateFile, going: Callable[[], None]) -> Read | None:
        """What was read or written last, where that is what the file says and somebody has it: its bytes pass
        by, and are not held a second time.
        """
        directory, etag = self._last
        held = self._held.find(etag) if str(file.directory) == directory else None
        return held if held is not None and file.peek(going) == etag else None

    def _ask(self, file: StateFile, wanted: Callable[[], bool], *, lay_out: bool) -> Verdict | None:
        return self._verdicts.ask(str(file.directory), file.size_limit, wanted, lay_out=lay_out)


def _refuse_unless(wanted: Callable[[], bool]) -> None:
    """Raises NotWanted: to look on would take as long as it takes to see another state."""
    if not wanted():
        raise NotWanted


def _has_all_texts(document: Document) -> bool:
    """Whether all attributes know their text: one with a number that JSON lacks has none that can be kept."""
    attributes = (document.namespace(name).attributes.as_in_tree for name in document.namespaces)
    return all(isinstance(held, Spelled) for each in attributes for held in each.values())


def _outline_as_judged(verdict: Verdict, directory: str) -> Outlined:
    """The outline of a file that was judged elsewhere; one that has changed since is judged when it is looked
    at again, which that change leads to.
    """
    if verdict.error is not None:
        raise verdict.error.at(StateFile(directory).path)
    return read_outline(directory)
