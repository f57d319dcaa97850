"""What verbs say of what they did: a value and a place on one line, the way back from a commit.

One idea: a command that is printed is one that can be typed as it stands.
"""

from __future__ import annotations

import os
import shlex
import subprocess

from persistence.cli.choosing import PROGRAM
from persistence.cli.in_words import in_words
from persistence.cli.plain import WIDEST, one_line
from persistence.document import Absent, Document, Place, parse_document
from persistence.errors import StateError
from persistence.states.edits import format_pointer, get_value
from persistence.store import Committed, StateFile
from persistence.values.json_text import JSON


def shown(value: JSON | Absent) -> str:
    """A value on one line, cut when it is long."""
    return "not there" if isinstance(value, Absent) else one_line(in_words(value, WIDEST + 1))


def pointer(place: Place) -> str:
    """A place as a pointer on one line."""
    return one_line(format_pointer(place), 1000)


def place_in(document: Document, namespace: str, place: Place) -> str:
    """A place as a pointer and, where list items are on the way, in words: ``gains/1 (item 2 of 4)``.

    A pointer counts items from 0, people and the window from 1: both are said. Raises NoSuchAttribute.
    """
    items = [
        f"item {int(step) + 1} of {len(holder)}"
        for at, step in enumerate(place)
        if isinstance(holder := get_value(document, namespace, place[:at]), list)
    ]
    return f"{pointer(place)} ({', '.join(items)})" if items else pointer(place)


def committed_as(file: StateFile, committed: Committed, what: str) -> str:
    """What was done, as which version, and how to take it back."""
    done = f"{one_line(str(file.directory), 1000)}: {what} (version {committed.sequence})."
    return "\n".join([done, *way_back(file, committed)])


def way_back(file: StateFile, committed: Committed) -> list[str]:
    """How to get at the bytes before a commit, if there were any: `restore` takes none that are damaged."""
    number = committed.replaced
    if number is None:
        return []
    try:
        parse_document(file.version(number))
    except StateError:
        export = f"{PROGRAM} history {quoted(file)} --export FOLDER"
        return [f"The damaged bytes are kept as version {number}. To copy them out: {export}"]
    return [f"To undo: {PROGRAM} restore {quoted(file)} {number}"]


def quoted(file: StateFile) -> str:
    """The directory as one would type it into a shell of this system."""
    directory = str(file.directory)
    if directory.startswith("-"):  # else it would be taken for an option
        directory = os.path.join(os.curdir, directory)
    if os.name == "nt":
        return subprocess.list2cmdline([one_line(directory, 10_000)])
    return shlex.quote(directory) if directory.isprintable() else _spelled_out(directory)


def _spelled_out(directory: str) -> str:
    """A name with characters that a terminal would obey, as bash and zsh take it."""
    plain = "".join(
        chr(byte) if 32 <= byte < 127 and byte not in b"\\'" else f"\\x{byte:02x}"
        for byte in os.fsencode(directory)
    )
    return f"$'{plain}'"
