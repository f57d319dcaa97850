"""What stands in a file beside a saved state, and what is new in it since the last look.

One idea: a file is opened, read and closed at each look, so that it is its writer's in between; what was seen
before says what is new. Of a log its end is read, of another file its beginning, never more than fits in
memory with ease, however large the file is. On Windows it can be written while it is read, but neither
renamed nor deleted.

Never used on the GUI thread. Not for finding files (`beside`).
"""

from __future__ import annotations

import stat
from dataclasses import replace
from pathlib import Path

from app.file_errands import FileSeen, LookAt, TextSeen, is_log
from app.files.beside import path_of
from app.values.raw_text import RawText
from persistence.errors import Refused, StateError, words_for
from persistence.files.reading import read_part

LIMIT = 64 * 1024 * 1024
"""Bytes that are shown of a file, from its beginning."""
LOG_LIMIT = 8 * 1024 * 1024
"""Bytes that are shown of a log, up to its end."""
_COMPARED = 512
"""Bytes before the end that was seen, by which it is known again."""
_LONGEST_LINE = 1 << 16

_GONE = "It is not there any more."


def look(errand: LookAt) -> FileSeen:
    """Answer one look. Raises nothing that the disk can raise."""
    try:
        path = path_of(errand.directory, errand.name)
        status = path.lstat()
        _refuse_others(status.st_mode, path)
        standing = (status.st_ino, status.st_size, status.st_mtime_ns)
        seen = errand.seen
        if seen is None:
            return FileSeen(errand, "new", TextSeen(_read(errand.name, path), standing))
        if seen.status == standing:
            return FileSeen(errand, "same", seen)
        return _again(errand, seen, path, standing)
    except FileNotFoundError:
        return FileSeen(errand, "problem", errand.seen, problem=_GONE)
    except StateError as error:
        return FileSeen(errand, "problem", errand.seen, problem=f"It is not shown: {error.cause}.")
    except OSError as error:
        return FileSeen(errand, "problem", errand.seen, problem=f"It cannot be read: {words_for(error)}.")


def _refuse_others(mode: int, path: Path) -> None:
    if stat.S_ISDIR(mode):
        raise Refused("it is a folder, and what lies in it is not looked at here", path=path)
    if not stat.S_ISREG(mode):
        raise Refused("it is a pipe or a device, which is never read", path=path)


def _again(errand: LookAt, seen: TextSeen, path: Path, standing: tuple[int, ...]) -> FileSeen:
    """Something happened to it: more was written, or it is another file."""
    same_file = seen.status[:1] == standing[:1]
    if same_file and (grown := _grown(errand.name, seen.text, path, standing[1])) is not None:
        return FileSeen(errand, "grown", TextSeen(grown, standing))
    text = _read(errand.name, path)
    if (text.data, text.skipped, text.size) == (seen.text.data, seen.text.skipped, seen.text.size):
        return FileSeen(errand, "same", replace(seen, status=standing))
    return FileSeen(errand, "changed", TextSeen(text, standing), _what_happened(seen, standing))


def _grown(name: str, text: RawText, path: Path, size: int) -> RawText | None:
    """The text with what was appended; None where something else happened, or more than one wants to read."""
    log = is_log(name)
    keep = LOG_LIMIT if log else LIMIT
    if size <= text.size or (log and size - text.end > keep):
        return None
    before = text.data[-_COMPARED:]
    room = keep if log else max(0, keep - len(text.data))
    found, _, now = read_part(path, text.end - len(before), len(before) + room)
    if not found.startswith(before):
        return None
    return text.grown(found[len(before) :], keep, None if log else now)


def _read(name: str, path: Path) -> RawText:
    if not is_log(name):
        data, _, size = read_part(path, 0, LIMIT)
        return RawText(data, size)
    data, begin, _ = read_part(path, -LOG_LIMIT, LOG_LIMIT)
    cut = _first_line(data) if begin else 0
    return RawText(data[cut:], skipped=begin + cut)


def _first_line(data: bytes) -> int:
    """Where the first whole line begins in what was cut out of a file; else the first whole character."""
    newline = data.find(b"\n", 0, _LONGEST_LINE)
    if newline >= 0:
        return newline + 1
    return next((at for at in range(min(4, len(data))) if data[at] & 0xC0 != 0x80), 0)


def _what_happened(seen: TextSeen, standing: tuple[int, ...]) -> str:
    if standing[1] < seen.text.size:
        return "shortened"
    return "replaced" if seen.status[:1] != standing[:1] else ""
