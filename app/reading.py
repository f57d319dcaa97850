"""What a session held before, read: its versions, and what each of them said.

One idea: a question about the past is answered from the files of now and changes none of them, not even a
lock. Whatever the disk or the store can raise becomes a sentence in the answer.

Never used on the GUI thread. Not for what a session holds now (`changes.read_snapshot`), nor for bringing
anything back (`changes.change`).
"""

from pathlib import Path

from app.copies import write_copy
from app.errands import (
    CopySaved,
    Damage,
    HistoryRead,
    RawRead,
    ReadHistory,
    Reading,
    ReadRaw,
    ReadVersion,
    SaveCopy,
    VersionRead,
)
from app.raw_text import RawText
from persistence.document import parse_document
from persistence.errors import Damaged, NoSuchVersion, StateError
from persistence.history import etag_of
from persistence.store import StateFile

RAW_LIMIT = 64 * 1024 * 1024
"""Bytes of a file that are shown as they are; of a larger one its beginning."""


def read(errand: Reading) -> VersionRead | HistoryRead | RawRead | CopySaved:
    """Answer one question. Raises nothing that the disk or the store can raise."""
    match errand:
        case ReadVersion():
            return _version(errand)
        case ReadHistory():
            return history_of(errand)
        case ReadRaw():
            return _raw(errand)
        case SaveCopy():
            return _copy(errand)


def bytes_of(directory: str, version: int | str) -> bytes:
    """The exact bytes of a version, by number or by etag; those of the file now where it is that version.

    Raises StateError.
    """
    file = StateFile(directory)
    if isinstance(version, int):
        return file.version(version)
    live = file.raw()
    found = live if live is not None and etag_of(live) == version else file.find(version)
    if found is None:
        raise NoSuchVersion("history does not have it any more", sequence=0, path=file.path)
    return found


def history_of(errand: ReadHistory) -> HistoryRead:
    """Every version of a session. Raises nothing that the disk or the store can raise."""
    try:
        return HistoryRead(errand, StateFile(errand.directory).history())
    except StateError as error:
        return HistoryRead(errand, problem=str(error))


def _raw(errand: ReadRaw) -> RawRead:
    try:
        found = StateFile(errand.directory).raw_start(RAW_LIMIT)
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


def _copy(errand: SaveCopy) -> CopySaved:
    try:
        if errand.sequence is None:
            data = StateFile(errand.directory).raw()
        else:
            data = bytes_of(errand.directory, errand.sequence)
        if data is None:
            return CopySaved(errand, "There is no saved state to be copied.")
        write_copy(Path(errand.target), data)
    except StateError as error:
        return CopySaved(errand, f"No copy was saved. {error}")
    return CopySaved(errand)


def _version(errand: ReadVersion) -> VersionRead:
    try:
        data = bytes_of(errand.directory, errand.version)
        return VersionRead(errand, parse_document(data), etag_of(data))
    except StateError as error:
        name = f"Version {errand.version}" if isinstance(errand.version, int) else "That version"
        return VersionRead(errand, problem=f"{name} cannot be shown: {error.cause}.")
