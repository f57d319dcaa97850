"""Copies of saved states, written where the operator wants them, and never into a session.

One idea: a copy is for a drawer, a mail, another computer; a file put into a session's folder by this way
could take the place of something that a run made. Not for state files and their history: those belong to the
store.
"""

import os
from contextlib import suppress
from pathlib import Path

from persistence.errors import NotWritten, Refused, words_for
from persistence.files.durable import DirectoryNotSynced, write_file
from persistence.scan import site_at


def write_copy(target: Path, data: bytes) -> None:
    """Write the whole file, or leave it alone. Raises Refused for a place inside a session, NotWritten."""
    folder = Path(os.path.realpath(target.parent))
    around = next((str(one) for one in (folder, *folder.parents) if site_at(str(one)) is not None), "")
    if around:
        cause = f"{around} is the folder of a session"
        raise Refused(cause, path=target, next_step="Choose a folder outside of it.")
    try:
        with suppress(DirectoryNotSynced):  # it is there; whether it outlives a power cut is not known
            write_file(target, data)
    except OSError as error:
        raise NotWritten(words_for(error), path=target, next_step="Choose another place.") from error
