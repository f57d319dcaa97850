"""What a session held before, read: its versions, and what each of them said.

One idea: a question about the past is answered from the files of now and changes none of them, not even a
lock. Whatever the disk or the store can raise becomes a sentence in the answer.

Never used on the GUI thread. Not for what a session holds now (`changes.read_session`), nor for bringing
anything back (`changes.change`).
"""

import sys
from contextlib import suppress
from pathlib import Path

from app.files import unforeseen, ways
from app.files.copies import write_copy
from app.folder_errands import Terms
from app.past_errands import (
    CopySaved,
    Damage,
    FindWays,
    HistoryRead,
    PastErrand,
    RawRead,
    ReadHistory,
    ReadRaw,
    ReadVersion,
    SaveCopy,
    TryWay,
    UnsavedState,
    VersionRead,
    WaysFound,
    WayTried,
)
from app.values.raw_text import RawText
from persistence.document import parse_document
from persistence.errors import Damaged, NoStateFile, NoSuchVersion, StateError, TooLarge, words_for
from persistence.files.history import etag_of
from persistence.launching.sources import find
from persistence.sessions import spilling
from persistence.store import SIZE_LIMIT, StateFile

Answer = VersionRead | HistoryRead | RawRead | CopySaved | WaysFound | WayTried
_PLAIN = Terms()
COPY_LIMIT = 1 << 30
"""Bytes of a file that are copied at the most: they are all in memory for a moment."""
RAW_LIMIT = 64 * 1024 * 1024
"""Bytes of a file that are shown as they are; of a larger one its beginning."""


def size_limit(terms: Terms) -> int:
    """The bytes that a state file may have to be read under these terms."""
    return sys.maxsize if terms.any_size else SIZE_LIMIT


def read(errand: PastErrand, terms: Terms = _PLAIN) -> Answer:
    """Answer one question. Raises nothing: what nobody foresaw is a problem in the answer, too."""
    try:
        return _answer(errand, terms)
    except Exception as error:  # noqa: BLE001 - whatever it is, somebody waits for the answer
        return _unanswered(errand, unforeseen.told(error))


def _unanswered(errand: PastErrand, why: str) -> Answer:
    match errand:
        case ReadVersion():
            return VersionRead(errand, problem=why)
        case ReadHistory():
            return HistoryRead(errand, problem=why)
        case ReadRaw():
            return RawRead(errand, problem=why)
        case SaveCopy():
            return CopySaved(errand, f"No copy was saved. {why}")
        case FindWays():
            return WaysFound(errand, problem=why)
        case TryWay():
            return WayTried(errand, problem=why)


def _answer(errand: PastErrand, terms: Terms) -> Answer:
    file = StateFile(errand.directory, size_limit=size_limit(terms))
    match errand:
        case ReadVersion():
            return _version(errand, terms)
        case ReadHistory():
            return history_of(errand, terms)
        case ReadRaw():
            return _raw(errand, file)
        case SaveCopy():
            return _copy(errand, terms)
        case FindWays():
            return _ways(errand, file)
        case TryWay():
            return _way(errand, file)


def bytes_of(directory: str, version: int | str, terms: Terms = _PLAIN) -> bytes:
    """The exact bytes of a version, by number or by etag; those of the file now where it is that version.

    Raises StateError.
    """
    file = StateFile(directory, size_limit=size_limit(terms))
    if isinstance(version, int):
        return file.version(version)
    live = file.raw()
    found = live if live is not None and etag_of(live) == version else file.find(version)
    if found is None:
        raise NoSuchVersion("history does not have it any more", sequence=0, path=file.path)
    return found


def history_of(errand: ReadHistory, terms: Terms = _PLAIN) -> HistoryRead:
    """Every version of a session. Raises nothing that the disk or the store can raise."""
    try:
        file = StateFile(errand.directory, size_limit=size_limit(terms))
        return HistoryRead(errand, file.history())
    except TooLarge as error:
        return HistoryRead(errand, problem=f"{error} Open anyway reads its versions, too.", too_large=True)
    except StateError as error:
        return HistoryRead(errand, problem=str(error))


def _ways(errand: FindWays, file: StateFile) -> WaysFound:
    unsaved = ways.unsaved_in(errand.directory)
    if not errand.lost:
        return WaysFound(errand, unsaved=unsaved)
    try:
        return ways.found(errand, find(file), unsaved)
    except StateError as error:
        return WaysFound(errand, unsaved=unsaved, problem=str(error))


def _way(errand: TryWay, file: StateFile) -> WayTried:
    try:
        if isinstance(errand.way, UnsavedState):
            with suppress(Damaged, NoStateFile):  # the usual case, and quick: the session is sound
                read = file.read()
                answer = WayTried(errand, read.etag, read.document)
                return ways.brought_in(answer, spilling.read(Path(errand.way.file)), read.document)
        return ways.tried(errand, find(file))
    except StateError as error:
        return WayTried(errand, problem=str(error))
    except OSError as error:
        return WayTried(errand, problem=f"It cannot be read: {words_for(error)}.")


def _raw(errand: ReadRaw, file: StateFile) -> RawRead:
    try:
        found = file.raw_start(RAW_LIMIT)
    except StateError as error:
        return RawRead(errand, problem=str(error))
    if found is None:
        return RawRead(errand, problem="There is no saved state in this session.")
    text = RawText(*found)
    return RawRead(errand, text, _damage(text) if errand.damaged else None)


def _damage(text: RawText) -> Damage | None:
    try:
        parse_document(text.data)
    except Damaged as error:
        sentence = f"{error.cause[:1].upper()}{error.cause[1:]}."
        return Damage(sentence, text.offset_of(error.line or 1, error.column or 1))
    return None


def _copy(errand: SaveCopy, terms: Terms) -> CopySaved:
    directory, sequence = errand.directory, errand.sequence
    try:
        live = StateFile(directory, size_limit=COPY_LIMIT).raw() if sequence is None else None
        data = live if sequence is None else bytes_of(directory, sequence, terms)
        if data is None:
            return CopySaved(errand, "There is no saved state to be copied.")
        write_copy(Path(errand.target), data)
    except StateError as error:
        return CopySaved(errand, f"No copy was saved. {error}")
    return CopySaved(errand)


def _version(errand: ReadVersion, terms: Terms) -> VersionRead:
    try:
        if errand.version is None:
            read = StateFile(errand.directory, size_limit=size_limit(terms)).read()
            return VersionRead(errand, read.document, read.etag)
        data = bytes_of(errand.directory, errand.version, terms)
        return VersionRead(errand, parse_document(data), etag_of(data))
    except StateError as error:
        name = {int: f"Version {errand.version}", str: "That version"}.get(type(errand.version), "It")
        return VersionRead(errand, problem=f"{name} cannot be shown: {error.cause}.")
