"""What takes long to make and is then only looked at: made once per run, by whichever worker comes first.

The one idea: the workers of a run have one folder above their own; who comes second finds it made, or waits
until it is. A fixture of a module alone is made by every worker that gets a test of that module.
Not for what a test changes.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from persistence.lock import FileLock

SECONDS = 600.0


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """The folder of that name that `make` has filled, in this worker or in another one.

    Raises what `make` raises; the next who asks tries again, in an empty folder.
    """
    folder = of_all_workers(factory) / name
    made, lock = folder.with_suffix(".made"), FileLock(folder.with_suffix(".lock"))
    lock.acquire(SECONDS)
    with lock:
        if not made.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            made.touch()
    return folder


def of_all_workers(factory: pytest.TempPathFactory) -> Path:
    """The folder of this run, whoever of its workers asks."""
    own = factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
