"""What the system says while a state file is read or written, as an error of the library.

One idea: whoever asks for something of a state file catches StateError alone, and each one names the file.
Not for: which words an error of the system gets (`persistence.errors`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from persistence.errors import StateError, step_for, words_for


@contextmanager
def told(path: Path, error_class: type[StateError]) -> Iterator[None]:
    """Raise an OSError of the system as `error_class` about `path`, and every StateError with a path."""
    try:
        yield
    except OSError as error:
        raise error_class(words_for(error), path=path, next_step=step_for(error)) from error
    except StateError as error:
        error.at(error.path or path)
        raise
