"""What verbs say of values and of what they did: a value on one line, and the way back from a commit.

One idea: a command that is printed is one that can be typed as it stands.
"""

from __future__ import annotations

import os
import shlex
import subprocess

from persistence.cli.choosing import PROGRAM
from persistence.cli.plain import one_line
from persistence.document import Absent
from persistence.json_text import JSON, write
from persistence.store import Committed, StateFile


def shown(value: JSON | Absent) -> str:
    """A value as JSON on one line, cut when it is long."""
    return "not there" if isinstance(value, Absent) else one_line(write(value))


def committed_as(file: StateFile, committed: Committed, what: str) -> str:
    """What was done, as which version, and how to take it back."""
    done = f"{one_line(str(file.directory), 1000)}: {what} (version {committed.sequence})."
    if committed.replaced is None:
        return done
    return f"{done}\nTo undo: {PROGRAM} restore {quoted(file)} {committed.replaced}"


def quoted(file: StateFile) -> str:
    """The directory as one would type it into a shell of this system."""
    directory = one_line(str(file.directory), 1000)
    return subprocess.list2cmdline([directory]) if os.name == "nt" else shlex.quote(directory)
