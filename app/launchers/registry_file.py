"""Changes the operator's own `launchers.toml`: one entry at a time, whole or not at all.

One idea: what stands there is kept, byte for byte; a file that cannot be read is never written over; and when
an entry is replaced or removed, the file as it was stays beside it. Touches the disk, so never used on the
GUI thread. Not for the computer's own file, which is only read.
"""

from collections.abc import Callable
from pathlib import Path

from app.launchers.registry import NAME, SIZE_LIMIT, Entry, WrongEntry
from app.launchers.registry_text import NotWritable, with_entry, without_entry
from persistence.errors import StateError, words_for
from persistence.files.durable import write_file
from persistence.files.reading import read_file

BEFORE = "launchers.before.toml"
"""The file as it was before an entry was replaced or removed."""


class NotKept(Exception):
    """The message is the sentence that says why the list was not changed."""


def keep_entry(config: Path, entry: Entry) -> None:
    """Put an entry into the list, in the place of an earlier one of its name. Raises NotKept."""
    _change(config, lambda text: with_entry(text, entry))


def drop_entry(config: Path, namespace: str) -> None:
    """Take an entry out of the list. Raises NotKept."""
    _change(config, lambda text: without_entry(text, namespace))


def _change(config: Path, change: Callable[[str], str]) -> None:
    path = config / NAME
    try:
        config.mkdir(parents=True, exist_ok=True)
        data = _read(path)
        text = data.decode("utf-8")
        changed = change(text)
        if not changed.startswith(text):
            write_file(config / BEFORE, data)
        if _read(path) != data:
            raise NotWritable("somebody else was changing it")
        if changed != text:
            write_file(path, changed.encode("utf-8"))
    except OSError as error:
        raise NotKept(f"{path}: the list was not changed, because {words_for(error)}.") from error
    except (NotWritable, WrongEntry, UnicodeDecodeError, StateError) as error:
        why = str(error).rstrip(".")
        raise NotKept(f"{path}: the list was not changed: {why}. It stays as it is.") from error


def _read(path: Path) -> bytes:
    try:
        return read_file(path, limit=SIZE_LIMIT)
    except FileNotFoundError:
        return b""
